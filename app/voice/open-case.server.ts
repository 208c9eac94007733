/**
 * Opens a case: an owner's challenge to a spend, or a request, their own or written down by an officer for somebody who came
 * to the desk. What is to be public is looked through first; what was asked before is found by likeness.
 */
import type { Tx } from '#db'
import { countOpened, insertCase, listCases, listSpots, listTexts } from '#db/voice'
import { dateOf, err, ok, type Result } from '#kernel'
import type { LedgerCommunity } from '#ledger/server'
import { type Actor, can } from '#people'
import type { Portal } from '#platform'
import { readClocks } from './arrange-voice.server.ts'
import {
  appendAct,
  checkDocuments,
  checkText,
  officesHeld,
  type TextRefusal,
  type VoiceCommunity,
} from './case-access.server.ts'
import type { CaseView } from './case-view.ts'
import { termOf } from './clocks.ts'
import { viewsOf } from './read-cases.server.ts'
import { MOST_CASES_A_DAY, officeOf } from './rules.ts'
import { similarTo } from './similar.ts'
import { type Category, isCategory, type Seat, type Subject, seatOf } from './subject.ts'
import { subjectExists } from './subject-exists.server.ts'

const DAY_MS = 86_400_000

export type OpenRefusal =
  | TextRefusal
  | { readonly code: 'not-permitted' }
  | { readonly code: 'subject-unknown' }
  | { readonly code: 'category-unknown' }
  | { readonly code: 'spot-unknown' }
  | { readonly code: 'too-many-cases'; readonly limit: number }

interface Opening {
  readonly kind: 'challenge' | 'request'
  readonly isPrivate: boolean
  readonly category: Category | null
  readonly subject: Subject | null
  readonly spotId: string | null
  readonly seat: Seat
  readonly isOnBehalf: boolean
  readonly office: string
  readonly written: { readonly text: string; readonly place?: string }
  readonly documents: readonly string[]
}

/** Enters a case with its first act. */
async function enterCase(
  portal: Portal,
  tx: Tx,
  actor: Actor,
  community: VoiceCommunity,
  opening: Opening,
): Promise<Result<{ readonly caseId: string }, OpenRefusal>> {
  const { communityId } = community
  const { kind, isPrivate, subject, category, documents } = opening
  const now = portal.clock.now()
  const hidden = checkText(opening.written, !isPrivate)
  if (!hidden.ok) return hidden
  const named = await checkDocuments(tx, actor, community, documents)
  if (!named.ok) return named
  const since = new Date(now.getTime() - DAY_MS)
  if (!opening.isOnBehalf && (await countOpened(tx, communityId, actor.userId, since)) >= MOST_CASES_A_DAY) {
    return err({ code: 'too-many-cases', limit: MOST_CASES_A_DAY })
  }
  const clocks = await readClocks(tx, community)
  const term = termOf(clocks, kind === 'challenge' ? 'answerDays' : 'takeDays', dateOf(now))
  const caseId = portal.random.id()
  await insertCase(tx, {
    community_id: communityId,
    case_id: caseId,
    kind,
    is_private: isPrivate,
    category,
    subject_kind: subject?.kind ?? null,
    subject_key: subject?.key ?? null,
    spot_id: opening.spotId,
    seat: opening.seat,
    opened_by: actor.userId,
    is_on_behalf: opening.isOnBehalf,
    opened_at: now,
  })
  await appendAct(portal, tx, community, {
    caseId,
    kind,
    eventNo: 1,
    act: kind === 'challenge' ? 'ask' : 'list',
    at: now,
    userId: actor.userId,
    office: opening.office,
    detail: {
      ...(subject === null ? { isPrivate } : { subject: `${subject.kind}:${subject.key}` }),
      ...(category === null || isPrivate ? {} : { category }),
      dueOn: term.dueOn,
      ...(term.isCalendarKnown ? {} : { isCalendarKnown: false }),
      // A private photograph is not named in public, not even by its digest.
      ...(named.value.length === 0 || isPrivate ? {} : { documents: named.value }),
    },
    hidden: isPrivate && named.value.length > 0 ? { ...hidden.value, documents: named.value } : hidden.value,
    next: { state: kind === 'challenge' ? 'asked' : 'listed', dueOn: term.dueOn },
  })
  return ok({ caseId })
}

/** An owner asks about a spend. Needs `voice:ask`. The text is public at once, redacted first. */
export async function askChallenge(
  portal: Portal,
  actor: Actor,
  community: LedgerCommunity,
  request: { readonly subject: Subject; readonly text: string; readonly documents?: readonly string[] },
): Promise<Result<{ readonly caseId: string }, OpenRefusal>> {
  if (!can(actor, 'voice:ask', community.communityId)) return err({ code: 'not-permitted' })
  if (!(await subjectExists(portal, community, request.subject))) return err({ code: 'subject-unknown' })
  return portal.db.transaction().execute(tx =>
    enterCase(portal, tx, actor, community, {
      kind: 'challenge',
      isPrivate: false,
      category: null,
      subject: request.subject,
      spotId: null,
      seat: seatOf(request.subject.kind),
      isOnBehalf: false,
      office: 'owner',
      written: { text: request.text },
      documents: request.documents ?? [],
    }),
  )
}

export interface NewRequest {
  readonly category: string
  readonly text: string
  readonly place: string
  /** Where the code on the wall was read; null elsewhere. */
  readonly spotId: string | null
  readonly isPrivate: boolean
  readonly documents: readonly string[]
}

/** A resident lists a request (列单). Needs `request:list`; with `isOnBehalf` an officer writes it down for somebody, which needs `request:handle`. */
export async function listRequest(
  portal: Portal,
  actor: Actor,
  community: VoiceCommunity,
  request: NewRequest & { readonly isOnBehalf: boolean },
): Promise<Result<{ readonly caseId: string }, OpenRefusal>> {
  const { communityId } = community
  const { category, spotId, isOnBehalf, isPrivate, documents } = request
  if (!can(actor, isOnBehalf ? 'request:handle' : 'request:list', communityId)) {
    return err({ code: 'not-permitted' })
  }
  if (!isCategory(category)) return err({ code: 'category-unknown' })
  const handlers = ['residents_committee', 'manager', 'committee_member', 'committee_chair'] as const
  const office = isOnBehalf ? officeOf(officesHeld(actor, communityId), handlers) : 'owner'
  return portal.db.transaction().execute(async tx => {
    const spots = spotId === null ? [] : await listSpots(tx, communityId)
    const spot = spots.find(each => each.spot_id === spotId)
    if (spotId !== null && spot === undefined) return err({ code: 'spot-unknown' })
    return enterCase(portal, tx, actor, community, {
      kind: 'request',
      isPrivate,
      category,
      subject: null,
      spotId,
      seat: 'company',
      isOnBehalf,
      office: office ?? 'committee_treasurer',
      written: { text: request.text, place: request.place },
      documents,
    })
  })
}

/** How many earlier cases are compared. */
const COMPARED = 300

/** Public cases of the same kind that say nearly the same, most alike first: of a challenge those on its subject come in any case. */
export async function readSimilar(
  portal: Portal,
  community: VoiceCommunity,
  wish: { readonly kind: 'challenge' | 'request'; readonly text: string; readonly subject: Subject | null },
): Promise<readonly CaseView[]> {
  const { communityId } = community
  const { kind, subject } = wish
  const states = kind === 'request' ? { states: ['listed', 'taken'] as const } : {}
  const rows = await listCases(portal.db, communityId, {
    kind,
    ...states,
    isPublicOnly: true,
    limit: COMPARED,
  })
  const texts = await listTexts(
    portal.db,
    communityId,
    rows.map(row => row.case_id),
  )
  const candidates = texts
    .filter(text => text.event_no === 1)
    .map(text => ({ caseId: text.case_id, text: (JSON.parse(text.value) as { text: string }).text }))
  const alike = similarTo(wish.text, candidates).map(({ caseId }) => caseId)
  const same = rows.filter(
    row => subject !== null && row.subject_kind === subject.kind && row.subject_key === subject.key,
  )
  const wanted = [...new Set([...alike, ...same.slice(0, 3).map(row => row.case_id)])]
  const views = await viewsOf(
    portal,
    community,
    rows.filter(row => wanted.includes(row.case_id)),
  )
  // A hidden text is no earlier question that anybody should be shown.
  return views
    .filter(view => view.text !== null)
    .sort((a, b) => wanted.indexOf(a.caseId) - wanted.indexOf(b.caseId))
}
