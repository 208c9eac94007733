/**
 * Reads cases: what anybody may see of public ones, what the asker and the officers see of private ones. Who asked is never
 * given out; a hidden text is not either, only the reason why it is hidden.
 */
import {
  type CaseWish,
  findCase,
  findCaseOfLeaf,
  listCases,
  listDocuments,
  listEvents,
  listSpots,
  listTexts,
  type StandingCase,
} from '#db/voice'
import {
  addMonths,
  assert,
  type CivilDate,
  civilDate,
  dateOf,
  firstDayOf,
  instantOf,
  isId,
  type Period,
} from '#kernel'
import { type Actor, can, isRole } from '#people'
import { readDisplayNames } from '#people/server'
import type { Portal } from '#platform'
import { mayRead, type VoiceCommunity } from './case-access.server.ts'
import type { CaseDocument, CaseView, ChallengeMark, EventView, SupervisionOrder } from './case-view.ts'
import { type Act, dueStates, isOver, isOverdue } from './course.ts'
import type { EventDetail, HiddenText } from './leaf.ts'
import { type MonthFigures, monthFigures } from './month.ts'
import { type Category, isSeat, type Subject } from './subject.ts'

type Rows = Awaited<ReturnType<typeof listEvents>>
type Texts = ReadonlyMap<string, HiddenText>

/** What the views of some cases are made with. */
interface Beside {
  readonly texts: Texts
  readonly names: ReadonlyMap<string, string>
  readonly spots: ReadonlyMap<string, string>
  /** Kind of each document, by digest. */
  readonly kinds: ReadonlyMap<string, string>
  readonly today: CivilDate
}

/** Which texts of a case are hidden at the end of its acts. */
function hiddenIn(events: Rows): ReadonlyMap<number, number> {
  const hidden = new Map<number, number>()
  for (const { act, detail, event_no } of events) {
    const { target } = JSON.parse(detail) as EventDetail
    if (target === undefined) continue
    if (act === 'hide') hidden.set(target, event_no)
    else hidden.delete(target)
  }
  return hidden
}

const keyOf = (caseId: string, eventNo: number) => `${caseId} ${eventNo}`

function documentsIn(
  detail: EventDetail,
  hidden: HiddenText | undefined,
  kinds: ReadonlyMap<string, string>,
): readonly CaseDocument[] {
  return [...(detail.documents ?? []), ...(hidden?.documents ?? [])].flatMap(sha256 => {
    const mediaType = kinds.get(sha256)
    return mediaType === undefined ? [] : [{ sha256, mediaType }]
  })
}

function eventViewOf(row: Rows[number], isHidden: boolean, { texts, names, kinds }: Beside): EventView {
  const detail = JSON.parse(row.detail) as EventDetail
  const hidden = texts.get(keyOf(row.case_id, row.event_no))
  assert(isRole(row.by_office), `an act in the office ${row.by_office}`)
  return {
    eventNo: row.event_no,
    act: row.act as Act,
    at: row.at,
    office: row.by_office,
    name: row.by_office === 'owner' ? null : (names.get(row.by_user) ?? null),
    text: isHidden ? null : (hidden?.text ?? null),
    isHidden,
    textDigest: row.text_digest,
    documents: isHidden ? [] : documentsIn(detail, hidden, kinds),
    dueOn: detail.dueOn === undefined ? null : civilDate(detail.dueOn),
    stars: detail.stars ?? null,
    leafIndex: Number(row.leaf_index),
  }
}

function viewOf(row: StandingCase, rows: Rows, beside: Beside): CaseView {
  const { texts, spots, today } = beside
  const hidden = hiddenIn(rows)
  const events = rows.map(each => eventViewOf(each, hidden.has(each.event_no), beside))
  const [first] = events
  assert(first !== undefined && isSeat(row.seat), `case ${row.case_id} has no first act`)
  const dueOn = row.due_on === null ? null : civilDate(row.due_on)
  const hiddenBy = hidden.get(1)
  const details = rows.map(each => JSON.parse(each.detail) as EventDetail)
  return {
    caseId: row.case_id,
    kind: row.kind,
    state: row.state,
    isPrivate: row.is_private,
    category: row.category as Category | null,
    subject: row.subject_kind === null ? null : { kind: row.subject_kind, key: row.subject_key! },
    seat: row.seat,
    isOnBehalf: row.is_on_behalf,
    openedAt: row.opened_at,
    text: first.text,
    place: first.isHidden ? null : (texts.get(keyOf(row.case_id, 1))?.place ?? null),
    spot: row.spot_id === null ? null : (spots.get(row.spot_id) ?? null),
    documents: first.documents,
    hiddenBecause: hiddenBy === undefined ? null : (texts.get(keyOf(row.case_id, hiddenBy))?.text ?? ''),
    dueOn,
    isOverdue: isOverdue(row.state, dueOn, today),
    isCalendarKnown: details.findLast(each => each.dueOn !== undefined)?.isCalendarKnown !== false,
    supports: events.filter(each => each.act === 'support').length,
    stars: events.findLast(each => each.stars !== null)?.stars ?? null,
    events: events.filter(each => each.act !== 'support'),
  }
}

/** Stored cases as views, in the order of the rows. */
export async function viewsOf(
  portal: Portal,
  { communityId }: VoiceCommunity,
  rows: readonly StandingCase[],
): Promise<readonly CaseView[]> {
  const tx = portal.db
  const ids = rows.map(row => row.case_id)
  const events = await listEvents(tx, communityId, ids)
  const texts = new Map(
    (await listTexts(tx, communityId, ids)).map(text => [
      keyOf(text.case_id, text.event_no),
      JSON.parse(text.value) as HiddenText,
    ]),
  )
  const officers = events.filter(event => event.by_office !== 'owner').map(event => event.by_user)
  const names = await readDisplayNames(tx, [...new Set(officers)])
  const spots = new Map(
    rows.some(row => row.spot_id !== null)
      ? (await listSpots(tx, communityId)).map(spot => [spot.spot_id, spot.name])
      : [],
  )
  const digests = [
    ...events.flatMap(event => (JSON.parse(event.detail) as EventDetail).documents ?? []),
    ...[...texts.values()].flatMap(text => text.documents ?? []),
  ]
  const kept = await listDocuments(tx, communityId, [...new Set(digests)])
  const kinds = new Map(kept.map(document => [document.sha256, document.media_type]))
  const beside = { texts, names, spots, kinds, today: dateOf(portal.clock.now()) }
  return rows.map(row => {
    const own = events.filter(event => event.case_id === row.case_id)
    return viewOf(row, own, beside)
  })
}

/** What a list of public cases is narrowed to. */
export type CaseFilter = Pick<CaseWish, 'kind' | 'states' | 'openedFrom' | 'openedBefore'> & {
  readonly limit?: number
}

const LISTED = 60

/** Public cases, newest first. */
export async function readPublicCases(
  portal: Portal,
  community: VoiceCommunity,
  filter: CaseFilter = {},
): Promise<readonly CaseView[]> {
  const { limit = LISTED, ...wish } = filter
  const rows = await listCases(portal.db, community.communityId, { ...wish, isPublicOnly: true, limit })
  return viewsOf(portal, community, rows)
}

/** A case and what it is to the reader. */
export interface ReadCase {
  readonly view: CaseView
  /** The reader opened it, for themselves or for somebody. */
  readonly isOwn: boolean
}

/**
 * A case, for everybody when it is public; a private one for whoever opened it and the officers who handle or watch. Null for
 * anybody else, as for one that does not exist: nobody learns which private requests there are.
 */
export async function readCase(
  portal: Portal,
  community: VoiceCommunity,
  actor: Actor | null,
  caseId: string,
): Promise<ReadCase | null> {
  const { communityId } = community
  const row = isId(caseId) ? await findCase(portal.db, communityId, caseId) : undefined
  if (row === undefined) return null
  const isOwn = actor !== null && row.opened_by === actor.userId
  if (!mayRead(actor, communityId, row)) return null
  const [view] = await viewsOf(portal, community, [row])
  return view === undefined ? null : { view, isOwn }
}

/** The public case that a leaf of the log is an act on; null for any other leaf, and for a private case. */
export async function readCaseOfLeaf(
  portal: Portal,
  community: VoiceCommunity,
  leafIndex: number,
): Promise<CaseView | null> {
  const caseId = await findCaseOfLeaf(portal.db, community.communityId, BigInt(leafIndex))
  return caseId === undefined ? null : ((await readCase(portal, community, null, caseId))?.view ?? null)
}

/** The cases that somebody opened, newest first. */
export async function readOwnCases(
  portal: Portal,
  actor: Actor,
  community: VoiceCommunity,
): Promise<readonly CaseView[]> {
  const wish = { openedBy: actor.userId, isPublicOnly: false, limit: LISTED }
  return viewsOf(portal, community, await listCases(portal.db, community.communityId, wish))
}

/** What waits and what is done, for the officers' desk: open cases first, overdue before all, private ones for those who may read them. */
export async function readVoiceDesk(
  portal: Portal,
  actor: Actor,
  community: VoiceCommunity,
): Promise<readonly CaseView[] | null> {
  const { communityId } = community
  if (!can(actor, 'voice:read', communityId)) return null
  const readsPrivate =
    can(actor, 'request:handle', communityId) || can(actor, 'supervision:order', communityId)
  const rows = await listCases(portal.db, communityId, { isPublicOnly: !readsPrivate, limit: 200 })
  const views = await viewsOf(portal, community, rows)
  const rank = (view: CaseView) => (view.isOverdue ? 0 : isOver(view.state) ? 2 : 1)
  return views.toSorted((a, b) => rank(a) - rank(b))
}

/** Challenges to one voucher, budget line, motion, statement or minutes, newest first; for the page of that thing. */
export async function readChallengesOn(
  portal: Portal,
  community: VoiceCommunity,
  subject: Subject,
): Promise<readonly CaseView[]> {
  const wish = { kind: 'challenge', subject, isPublicOnly: true, limit: LISTED } as const
  return viewsOf(portal, community, await listCases(portal.db, community.communityId, wish))
}

const OPEN_CHALLENGES = ['asked', 'answered', 'not-proved', 'ordered', 'reported', 'referred'] as const

/** Every challenge that is not over, for the rows of lists. */
export async function readChallengeMarks(
  portal: Portal,
  { communityId }: VoiceCommunity,
): Promise<readonly ChallengeMark[]> {
  const today = dateOf(portal.clock.now())
  const wish = { kind: 'challenge', states: OPEN_CHALLENGES, isPublicOnly: true, limit: 500 } as const
  return (await listCases(portal.db, communityId, wish)).map(row => {
    const dueOn = row.due_on === null ? null : civilDate(row.due_on)
    return {
      caseId: row.case_id,
      subject: { kind: row.subject_kind!, key: row.subject_key! },
      state: row.state,
      dueOn,
      isOverdue: isOverdue(row.state, dueOn, today),
    }
  })
}

/** Challenges whose answer, or the report on an order about them, is overdue: longest first. Public. */
export async function readOverdueChallenges(
  portal: Portal,
  community: VoiceCommunity,
): Promise<readonly CaseView[]> {
  const views = await readPublicCases(portal, community, {
    kind: 'challenge',
    states: dueStates(),
    limit: 500,
  })
  return views.filter(view => view.isOverdue).toSorted((a, b) => ((a.dueOn ?? '') < (b.dueOn ?? '') ? -1 : 1))
}

function ordersIn(view: CaseView): readonly SupervisionOrder[] {
  return view.events.flatMap((event, index) => {
    if (event.act !== 'order' || view.subject === null) return []
    const after = view.events.slice(index + 1)
    const next = after.findIndex(each => each.act === 'order')
    const within = next === -1 ? after : after.slice(0, next)
    const report = within.find(each => each.act === 'report')
    return [
      {
        caseId: view.caseId,
        subject: view.subject,
        seat: view.seat,
        orderedAt: event.at,
        orderedBy: { office: event.office, name: event.name },
        text: event.text,
        dueOn: event.dueOn,
        isOverdue: report === undefined && view.isOverdue,
        answeredAt: report?.at ?? null,
        answer: report?.text ?? null,
        isSettled: within.some(each => each.act === 'settle'),
      },
    ]
  })
}

/** Every supervision order, newest first; those that are not settled before the others. */
export async function readSupervisionOrders(
  portal: Portal,
  community: VoiceCommunity,
): Promise<readonly SupervisionOrder[]> {
  const states = ['ordered', 'reported', 'settled', 'referred'] as const
  const views = await readPublicCases(portal, community, { kind: 'challenge', states, limit: 200 })
  return views
    .flatMap(ordersIn)
    .toSorted(
      (a, b) => Number(a.isSettled) - Number(b.isSettled) || b.orderedAt.getTime() - a.orderedAt.getTime(),
    )
}

/** The month's list: figures of every request that was listed in it, and the public ones themselves. */
export async function readRequestMonth(
  portal: Portal,
  community: VoiceCommunity,
  month: Period,
): Promise<{ readonly figures: MonthFigures; readonly cases: readonly CaseView[] }> {
  const rows = await listCases(portal.db, community.communityId, {
    kind: 'request',
    openedFrom: instantOf(firstDayOf(month)),
    openedBefore: instantOf(firstDayOf(addMonths(month, 1))),
    isPublicOnly: false,
    limit: 2_000,
  })
  const views = await viewsOf(portal, community, rows)
  const at = (view: CaseView, act: Act) => view.events.find(event => event.act === act)?.at ?? null
  const figures = monthFigures(
    month,
    views.map(view => ({
      openedAt: view.openedAt,
      takenAt: at(view, 'take'),
      repliedAt: at(view, 'reply'),
      stars: view.stars,
      isOverdue: view.isOverdue,
    })),
  )
  return { figures, cases: views.filter(view => !view.isPrivate) }
}
