/** The form of an act, read and taken: files first, then the act itself; what was refused comes back with what was entered. */
import type { Lang } from '#i18n'
import type { LedgerCommunity } from '#ledger/server'
import type { Actor } from '#people'
import type { Portal } from '#platform'
import type { EnteredAct } from '#ui/voice'
import { ACTS } from '#voice'
import { actOnCase, attachCaseDocument, type NextAct } from '#voice/server'
import { bytesOf, type Entered, filesOf, textOf, textsOf } from '../office/entered.ts'
import { problemOf, type VoiceRefusal, voiceStatus } from './problems.ts'

interface ActVisit {
  readonly portal: Portal
  readonly actor: Actor
  readonly community: LedgerCommunity
}

/** Takes the uploaded files of a field in, beside what earlier tries of the same form took; stops at the first that is refused. */
export async function takeDocuments(
  { portal, actor, community }: ActVisit,
  form: Entered,
): Promise<{ readonly documents: readonly string[]; readonly refusal: VoiceRefusal | null }> {
  const documents = textsOf(form, 'kept').filter(sha256 => /^[0-9a-f]{64}$/.test(sha256))
  for (const file of filesOf(form, 'documents')) {
    const kept = await attachCaseDocument(portal, actor, community, { bytes: await bytesOf(file) })
    if (!kept.ok) return { documents, refusal: kept.error }
    if (!documents.includes(kept.value.sha256)) documents.push(kept.value.sha256)
  }
  return { documents, refusal: null }
}

function actIn(form: Entered): NextAct | null {
  const named = ACTS.find(act => act === textOf(form, 'act'))
  return named === undefined || named === 'ask' || named === 'list' ? null : named
}

/** Takes the act of a form; null when it was taken. Throws 400 for a form that names none. */
export async function takeAct(
  visit: ActVisit,
  caseId: string,
  form: Entered,
  lang: Lang,
): Promise<{ readonly entered: EnteredAct; readonly status: number } | null> {
  const act = actIn(form)
  if (act === null) throw new Response(null, { status: 400 })
  const { documents, refusal } = await takeDocuments(visit, form)
  const fields = {
    text: textOf(form, 'text'),
    dueOn: textOf(form, 'dueOn'),
    stars: textOf(form, 'stars'),
    into: textOf(form, 'into'),
    target: textOf(form, 'target'),
  }
  const refuse = (error: VoiceRefusal) => ({
    status: voiceStatus(error),
    entered: {
      ...fields,
      act,
      documents,
      text: error.code === 'text-private' ? error.redacted.text : fields.text,
      errors: [problemOf(error, lang, `${act}-`)],
      covered: error.code === 'text-private' ? error.found : [],
    },
  })
  if (refusal !== null) return refuse(refusal)
  const done = await actOnCase(visit.portal, visit.actor, visit.community, {
    caseId,
    act,
    text: fields.text,
    documents,
    dueOn: fields.dueOn,
    stars: Number(fields.stars),
    into: fields.into,
    target: Number(fields.target),
  })
  return done.ok ? null : refuse(done.error)
}
