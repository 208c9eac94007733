/** What every act on a case begins and ends with: the community, the refusals they share, and the one place that appends. */
import type { Tx } from '#db'
import { insertEvent, insertText, listUploads, putState, type StandingCase } from '#db/voice'
import { type CivilDate, canonicalText, err, ok, type Result } from '#kernel'
import { type Actor, can, type Role } from '#people'
import type { Portal } from '#platform'
import { appendLeaf } from '#tlog/server'
import type { Act, CaseKind, CaseState } from './course.ts'
import { type EventDetail, eventLeaf, type HiddenText, textDigest } from './leaf.ts'
import { type PrivateKind, redact } from './redaction.ts'
import { LONGEST_PLACE, LONGEST_TEXT, MOST_DOCUMENTS } from './rules.ts'

/** A community whose residents are heard. A `LedgerCommunity` is one. */
export interface VoiceCommunity {
  readonly communityId: number
  readonly logOrigin: string
}

/** Refusals of what is attached. */
export type DocumentsRefusal =
  | { readonly code: 'too-many-documents'; readonly limit: number }
  /** Not uploaded by this person. */
  | { readonly code: 'document-unknown' }

/** Refusals of a text and of what comes with it. */
export type TextRefusal =
  | { readonly code: 'text-missing' }
  | { readonly code: 'text-too-long'; readonly limit: number }
  | { readonly code: 'place-too-long'; readonly limit: number }
  /** Numbers or addresses of a person stand in it: the text with them covered, to be sent instead. */
  | { readonly code: 'text-private'; readonly found: readonly PrivateKind[]; readonly redacted: HiddenText }
  | DocumentsRefusal

/** Refusals of every act on a case. */
export type CaseRefusal =
  | { readonly code: 'not-permitted' }
  | { readonly code: 'case-unknown' }
  /** It stands where this cannot be done. */
  | { readonly code: 'case-state'; readonly state: CaseState }

/** The offices that somebody holds in a community today. */
export function officesHeld(actor: Actor, communityId: number): readonly Role[] {
  return actor.roles.filter(held => held.communityId === communityId).map(held => held.role)
}

/** True when the actor may see a case: anybody a public one, a private one whoever opened it and the officers who handle or watch. */
export function mayRead(
  actor: Actor | null,
  communityId: number,
  row: Pick<StandingCase, 'is_private' | 'opened_by'>,
): boolean {
  return (
    !row.is_private ||
    row.opened_by === actor?.userId ||
    can(actor, 'request:handle', communityId) ||
    can(actor, 'supervision:order', communityId)
  )
}

/** A text as it will be kept, or why not. Private cases may hold numbers of persons: nobody else reads them. */
export function checkText(
  written: { readonly text: string; readonly place?: string },
  isPublic: boolean,
): Result<HiddenText, TextRefusal> {
  const text = redact(written.text)
  const place = redact(written.place ?? '')
  if (text.text === '') return err({ code: 'text-missing' })
  if ([...text.text].length > LONGEST_TEXT) return err({ code: 'text-too-long', limit: LONGEST_TEXT })
  if ([...place.text].length > LONGEST_PLACE) return err({ code: 'place-too-long', limit: LONGEST_PLACE })
  const redacted = { text: text.text, ...(place.text === '' ? {} : { place: place.text }) }
  const found = [...new Set([...text.found, ...place.found])]
  if (isPublic && found.length > 0) return err({ code: 'text-private', found, redacted })
  const place0 = written.place?.trim() ?? ''
  return ok(isPublic ? redacted : { text: written.text.trim(), ...(place0 === '' ? {} : { place: place0 }) })
}

/** The documents of an act: few, and each uploaded by whoever names it. */
export async function checkDocuments(
  tx: Tx,
  actor: Actor,
  { communityId }: VoiceCommunity,
  documents: readonly string[],
): Promise<Result<readonly string[], DocumentsRefusal>> {
  const digests = [...new Set(documents)]
  if (digests.length > MOST_DOCUMENTS) return err({ code: 'too-many-documents', limit: MOST_DOCUMENTS })
  const own = await listUploads(tx, communityId, actor.userId, digests)
  return digests.every(sha256 => own.includes(sha256)) ? ok(digests) : err({ code: 'document-unknown' })
}

/** An act that has been judged and is to be appended. */
export interface JudgedAct {
  readonly caseId: string
  readonly kind: CaseKind
  readonly eventNo: number
  readonly act: Act
  readonly at: Date
  readonly userId: string
  readonly office: string
  readonly detail: EventDetail
  readonly hidden: HiddenText | null
  readonly next: Pick<StandingCase, 'state'> & { readonly dueOn: CivilDate | null }
}

/** Appends an act: leaf, event, text and state, in the caller's transaction. */
export async function appendAct(
  portal: Portal,
  tx: Tx,
  community: VoiceCommunity,
  judged: JudgedAct,
): Promise<void> {
  const { communityId, logOrigin } = community
  const { caseId, kind, eventNo, act, at, office, detail, hidden, next } = judged
  const salt = portal.random.bytes(32)
  const digest = hidden === null ? null : textDigest(salt, hidden)
  const leaf = eventLeaf({
    log: logOrigin,
    caseId,
    kind,
    eventNo,
    act,
    at,
    office,
    detail,
    textDigest: digest,
  })
  const { firstIndex } = await appendLeaf(tx, communityId, [leaf])
  const key = { community_id: communityId, case_id: caseId }
  await insertEvent(tx, {
    ...key,
    event_no: eventNo,
    act,
    at,
    by_user: judged.userId,
    by_office: office,
    detail: canonicalText(detail),
    text_digest: digest,
    leaf_index: BigInt(firstIndex),
  })
  if (hidden !== null) {
    await insertText(tx, { ...key, event_no: eventNo, salt, value: canonicalText({ ...hidden }) })
  }
  await putState(tx, { ...key, state: next.state, due_on: next.dueOn, acted_at: at })
}
