/** What the buttons on a bank file's page do: each asks its own permission, because both sides act there. */

import { type Lang, translate } from '#i18n'
import {
  type ControlRefusal,
  confirmBankImport,
  decideControlChange,
  discardBankImport,
  mapBankImport,
  proposeColumnMapping,
  readBankImport,
  remapBankImport,
  retryBankImport,
} from '#ledger/server'
import type { FieldError } from '#ui'
import type { MappingView } from '#ui/office'
import { controlErrors, controlStatus } from './controls-form.ts'
import { type Entered, textOf } from './entered.ts'
import { mappingOfView } from './mapping-form.ts'
import { importErrors, refusalStatus } from './refusals.ts'
import { type OfficeVisit, requireAct } from './visit.server.ts'

/** Null when it was done; else the words and the status. */
export type ImportAnswer = { readonly errors: readonly FieldError[]; readonly status: number } | null

const DECISIONS = ['confirmed', 'refused', 'withdrawn'] as const

function answerTo(refusal: ControlRefusal, lang: Lang): ImportAnswer {
  return { errors: controlErrors(refusal, translate(lang)), status: controlStatus(refusal.code) }
}

/** The other side decides about the columns, or whoever proposed them takes them back. */
async function decide(
  visit: OfficeVisit,
  importId: string,
  form: Entered,
  lang: Lang,
): Promise<ImportAnswer> {
  const { portal, actor, community } = visit
  const decision = DECISIONS.find(each => each === textOf(form, 'intent'))!
  requireAct(visit, decision === 'withdrawn' ? 'bank-statement:import' : 'bookkeeping-change:confirm')
  const changeId = textOf(form, 'change')
  const found = await readBankImport(portal, actor, community, importId)
  // Only the change that this file waits for: another one has a page of its own.
  if (found === null || found.mappingChange !== changeId) return answerTo({ code: 'change-unknown' }, lang)
  const request = { changeId, decision, seenDigest: textOf(form, 'seen'), note: textOf(form, 'note') }
  const done = await decideControlChange(portal, actor, community, request)
  if (done.ok) return null
  return answerTo(done.error, lang)
}

/** Asks the other side to agree to the columns as they were previewed. */
async function propose(
  visit: OfficeVisit,
  importId: string,
  reason: string,
  lang: Lang,
): Promise<ImportAnswer> {
  const { portal, actor, community } = visit
  const done = await proposeColumnMapping(portal, actor, community, { importId, reason })
  if (done.ok) return null
  const { error } = done
  if (error.code === 'import-unknown' || error.code === 'import-not-ready')
    return { errors: importErrors(error, { lang }), status: refusalStatus(error) }
  return answerTo(error, lang)
}

/** Does what was pressed. Throws 403 for somebody else's work. */
export async function actOnImport(
  visit: OfficeVisit,
  importId: string,
  form: Entered,
  mapping: MappingView,
  lang: Lang,
): Promise<ImportAnswer> {
  const { portal, actor, community } = visit
  const intent = textOf(form, 'intent')
  if (DECISIONS.some(each => each === intent)) return decide(visit, importId, form, lang)
  requireAct(visit, 'bank-statement:import')
  if (intent === 'propose') return propose(visit, importId, textOf(form, 'reason'), lang)
  const done =
    intent === 'discard'
      ? await discardBankImport(portal, actor, community, importId)
      : intent === 'map'
        ? await mapBankImport(portal, actor, community, importId, mappingOfView(mapping))
        : intent === 'remap'
          ? await remapBankImport(portal, actor, community, importId)
          : intent === 'retry'
            ? await retryBankImport(portal, actor, community, importId)
            : await confirmBankImport(portal, actor, community, {
                importId,
                confirmsDiscrepancies: textOf(form, 'confirms') === 'yes',
                reason: textOf(form, 'reason'),
              })
  if (done.ok) return null
  return { errors: importErrors(done.error, { lang }), status: refusalStatus(done.error) }
}
