/** The forms that open a case, read and judged: what is private is covered first, what is alike is shown before it is entered. */
import type { Lang } from '#i18n'
import type { LedgerCommunity } from '#ledger/server'
import type { Actor } from '#people'
import type { Portal } from '#platform'
import type { EnteredCase } from '#ui/voice'
import { redact, type Subject } from '#voice'
import { askChallenge, listRequest, readSimilar } from '#voice/server'
import { type Entered, textOf } from '../office/entered.ts'
import { takeDocuments } from './act-form.server.ts'
import { problemOf, type VoiceRefusal, voiceStatus } from './problems.ts'

interface OpenVisit {
  readonly portal: Portal
  readonly actor: Actor
  readonly community: LedgerCommunity
}

type Opened =
  | { readonly caseId: string }
  | { readonly caseId: null; readonly entered: EnteredCase; readonly status: number }

const EMPTY: EnteredCase = {
  text: '',
  place: '',
  category: '',
  isPrivate: false,
  documents: [],
  errors: [],
  covered: [],
  similar: [],
}

function refused(entered: EnteredCase, error: VoiceRefusal, lang: Lang): Opened {
  const covered = error.code === 'text-private' ? error.redacted : null
  return {
    caseId: null,
    status: voiceStatus(error),
    entered: {
      ...entered,
      ...(covered === null ? {} : { text: covered.text, place: covered.place ?? '' }),
      errors: [problemOf(error, lang)],
      covered: error.code === 'text-private' ? error.found : [],
    },
  }
}

/** True when the step that shows similar ones is still to come: not for what cannot be entered anyway. */
function looksFirst(form: Entered, texts: readonly string[]): boolean {
  const isClean = texts.every(text => redact(text).found.length === 0)
  return textOf(form, 'seen') !== 'yes' && isClean && texts[0] !== ''
}

/** Asks about a subject. */
export async function openChallenge(
  visit: OpenVisit,
  subject: Subject,
  form: Entered,
  lang: Lang,
): Promise<Opened> {
  const { portal, actor, community } = visit
  const text = textOf(form, 'text')
  const entered = { ...EMPTY, text }
  if (looksFirst(form, [text])) {
    const similar = await readSimilar(portal, community, { kind: 'challenge', text, subject })
    if (similar.length > 0) return { caseId: null, status: 200, entered: { ...entered, similar } }
  }
  const asked = await askChallenge(portal, actor, community, { subject, text })
  return asked.ok ? asked.value : refused(entered, asked.error, lang)
}

/** Lists a request, for oneself or written down for somebody. */
export async function openRequest(
  visit: OpenVisit,
  request: { readonly spotId: string | null; readonly isOnBehalf: boolean },
  form: Entered,
  lang: Lang,
): Promise<Opened> {
  const { portal, actor, community } = visit
  const { documents, refusal } = await takeDocuments(visit, form)
  const entered: EnteredCase = {
    ...EMPTY,
    text: textOf(form, 'text'),
    place: textOf(form, 'place'),
    category: textOf(form, 'category'),
    isPrivate: textOf(form, 'private') === 'yes',
    documents,
  }
  if (refusal !== null) return refused(entered, refusal, lang)
  const { text, place, category, isPrivate } = entered
  if (!isPrivate && looksFirst(form, [text, place])) {
    const similar = await readSimilar(portal, community, { kind: 'request', text, subject: null })
    if (similar.length > 0) return { caseId: null, status: 200, entered: { ...entered, similar } }
  }
  const input = { category, text, place, isPrivate, documents, ...request }
  const listed = await listRequest(portal, actor, community, input)
  return listed.ok ? listed.value : refused(entered, listed.error, lang)
}
