/**
 * What anybody may read of the council: seats, topics with their whole life, meetings, decisions. Lists come by the page and read the
 * rows of that page. Never writes.
 */
import {
  countOutcomes,
  findMeetingNotice,
  findTopicFrom,
  findTopics,
  listMeetings,
  listOutcomes,
  listOutcomesOfTopics,
  listPublishedMinutes,
  listTopicEvents,
  listTopics,
  listUnpublished,
  type MeetingNoticeRow,
  type MeetingPlace,
  type OutcomePlace,
  type OutcomeRow,
  spanOfOutcomes,
  type TopicEventRow,
  type TopicRow,
} from '#db/council'
import { addDays, assert, type CivilDate, civilDate, dateOf, instantOf, isId } from '#kernel'
import type { Portal } from '#platform'
import { type Clause, classOf } from '#votes'
import { type CouncilCommunity, readSeats } from './council-access.server.ts'
import { type OwedAction, readActionsOfTopic } from './finish-action.server.ts'
import type { MinutesItem } from './minutes.ts'
import { type Notice, parseNotice } from './notice.ts'
import { COMMITTEE_POSTING_DAYS, type MeetingKind } from './quorum.ts'
import { type Seat, seatsOn } from './seat.ts'
import { minutesOf } from './stored-minutes.server.ts'
import {
  type Opinion,
  type TopicEventKind,
  type TopicSource,
  type TopicStage,
  type TopicStanding,
  topicStages,
  topicStanding,
  whoDecides,
} from './topic.ts'

type Community = Pick<CouncilCommunity, 'communityId'>

export interface TopicSummary {
  readonly topicId: string
  readonly number: number
  readonly title: string
  readonly source: TopicSource
  readonly reference: string | null
  readonly openedOn: CivilDate
  readonly standing: TopicStanding
  readonly decides: 'council-opinion' | 'owners-vote'
}

export interface TopicEventView {
  readonly kind: TopicEventKind
  readonly reference: string | null
  readonly text: string
  readonly on: CivilDate
}

/** A topic in the published minutes of a meeting. */
export interface TopicOpinion {
  readonly meetingId: string
  readonly meetingTitle: string
  readonly heldOn: CivilDate
  readonly publishedAt: Date
  readonly item: MinutesItem
}

export interface TopicView extends TopicSummary {
  readonly summary: string
  readonly events: readonly TopicEventView[]
  readonly opinions: readonly TopicOpinion[]
  /** From the source to the answer, each with whether it was reached. */
  readonly stages: readonly TopicStage[]
  /** Meetings whose notice has it on the agenda and whose minutes are not published. */
  readonly coming: readonly MeetingSummary[]
  readonly actions: readonly OwedAction[]
}

export interface MeetingSummary {
  readonly meetingId: string
  readonly notice: Notice
  readonly startsAt: Date
  readonly postedAt: Date
  readonly state: 'coming' | 'cancelled' | 'held' | 'published'
  /** The owners' committee posts what it decided within three days; null for other bodies and where it is done. */
  readonly postBy: CivilDate | null
}

/** One topic's outcome in published minutes: a row of the register. */
export interface Decision {
  readonly meetingId: string
  readonly kind: MeetingKind
  readonly heldOn: CivilDate
  readonly publishedAt: Date
  readonly item: {
    readonly no: number
    readonly topic: string | null
    readonly title: string
    readonly conclusion: string
    readonly opinion: Opinion
    readonly vote: { readonly clause: Clause; readonly class: 'ordinary' | 'special' } | null
  }
}

/** A page of a list, and where the next one begins; null at the end. */
export interface Listed<Row, Place> {
  readonly rows: readonly Row[]
  readonly next: Place | null
}

/** The first rows of one too many, and the last of them when there are more. */
function pageOf<Row>(rows: readonly Row[], limit: number): { shown: readonly Row[]; last: Row | null } {
  const shown = rows.slice(0, limit)
  return { shown, last: rows.length > limit ? (shown.at(-1) ?? null) : null }
}

function summaryOf(
  row: TopicRow,
  events: readonly TopicEventRow[],
  outcomes: readonly OutcomeRow[],
): TopicSummary {
  const own = events.filter(event => event.topic_id === row.topic_id)
  const said = outcomes.filter(outcome => outcome.topic_id === row.topic_id).map(minutesSaid)
  return {
    topicId: row.topic_id,
    number: row.number,
    title: row.title,
    source: row.source,
    reference: row.source_reference,
    openedOn: dateOf(row.opened_at),
    standing: topicStanding(said, own),
    decides: whoDecides(own),
  }
}

const minutesSaid = ({ opinion, clause }: OutcomeRow) => ({ opinion, needsVote: clause !== null })

async function summariesOf(
  portal: Portal,
  communityId: number,
  rows: readonly TopicRow[],
): Promise<readonly TopicSummary[]> {
  const ids = rows.map(row => row.topic_id)
  const events = await listTopicEvents(portal.db, communityId, ids)
  const outcomes = await listOutcomesOfTopics(portal.db, communityId, ids)
  return rows.map(row => summaryOf(row, events, outcomes))
}

/** A page of topics, newest first, below a number. */
export async function readTopics(
  portal: Portal,
  { communityId }: Community,
  page: { readonly before: number | null; readonly limit: number },
): Promise<Listed<TopicSummary, number>> {
  const { before, limit } = page
  const { shown, last } = pageOf(
    await listTopics(portal.db, communityId, { before, limit: limit + 1 }),
    limit,
  )
  return { rows: await summariesOf(portal, communityId, shown), next: last?.number ?? null }
}

/** Some topics by their identifiers; those that are not there are left out. */
export async function readTopicsNamed(
  portal: Portal,
  { communityId }: Community,
  topicIds: readonly string[],
): Promise<readonly TopicSummary[]> {
  return summariesOf(portal, communityId, await findTopics(portal.db, communityId, topicIds.filter(isId)))
}

/** The topic that a request or a challenge became; null when it became none. */
export async function readTopicFrom(
  portal: Portal,
  { communityId }: Community,
  reference: string,
): Promise<TopicSummary | null> {
  const row = await findTopicFrom(portal.db, communityId, reference)
  return row === undefined ? null : ((await summariesOf(portal, communityId, [row]))[0] ?? null)
}

async function opinionsOf(
  portal: Portal,
  communityId: number,
  topicId: string,
  outcomes: readonly OutcomeRow[],
): Promise<readonly TopicOpinion[]> {
  const meetings = [...new Set(outcomes.map(outcome => outcome.meeting_id))]
  const published = await listPublishedMinutes(portal.db, communityId, meetings)
  const opinions = published.flatMap(row => {
    const minutes = minutesOf(row.content)
    const heldOn = civilDate(minutes.startsAt.slice(0, 10))
    const of = {
      meetingId: row.meeting_id,
      meetingTitle: minutes.title,
      publishedAt: row.published_at,
      heldOn,
    }
    return minutes.items.filter(item => item.topic === topicId).map(item => ({ ...of, item }))
  })
  return opinions.toSorted((a, b) => (a.heldOn < b.heldOn ? -1 : 1))
}

/** One topic with its life on one page; null when there is none. */
export async function readTopic(
  portal: Portal,
  community: CouncilCommunity,
  topicId: string,
): Promise<TopicView | null> {
  const { communityId } = community
  const [row] = await findTopics(portal.db, communityId, [topicId])
  if (row === undefined) return null
  const events = await listTopicEvents(portal.db, communityId, [topicId])
  const outcomes = await listOutcomesOfTopics(portal.db, communityId, [topicId])
  const now = portal.clock.now()
  // No meeting spoke of it before it was opened.
  const since = instantOf(dateOf(row.opened_at))
  const waiting = await listUnpublished(portal.db, communityId, { since, kind: null })
  return {
    ...summaryOf(row, events, outcomes),
    summary: row.summary,
    events: events.map(event => ({
      kind: event.kind,
      reference: event.reference,
      text: event.text,
      on: civilDate(event.happened_on),
    })),
    opinions: await opinionsOf(portal, communityId, topicId, outcomes),
    stages: topicStages(outcomes.map(minutesSaid), events),
    coming: waiting
      .map(each => meetingOf(each, now))
      .filter(
        ({ state, notice }) => state !== 'cancelled' && notice.agenda.some(it => it.topicId === topicId),
      ),
    actions: await readActionsOfTopic(portal, community, topicId),
  }
}

function meetingOf(row: MeetingNoticeRow, now: Date): MeetingSummary {
  const notice = parseNotice(row.content)
  assert(notice !== null, 'a stored notice is malformed')
  const startsAt = new Date(notice.startsAt)
  const isPublished = Boolean(row.is_published)
  const isCancelled = notice.cancelled !== null
  const isOver = startsAt <= now
  const isCommittee = notice.kind === 'owners-committee' && isOver && !isPublished && !isCancelled
  return {
    meetingId: row.meeting_id,
    notice,
    startsAt,
    postedAt: row.posted_at,
    state: isPublished ? 'published' : isCancelled ? 'cancelled' : isOver ? 'held' : 'coming',
    postBy: isCommittee ? addDays(dateOf(startsAt), COMMITTEE_POSTING_DAYS) : null,
  }
}

/** Meetings called ahead: nobody calls more than a page of them. */
const COMING_MAX = 60

/** The meetings that are to come, the soonest first; cancelled ones among them. */
export async function readComingMeetings(
  portal: Portal,
  { communityId }: Community,
): Promise<readonly MeetingSummary[]> {
  const now = portal.clock.now()
  const wish = { span: 'coming', now, after: null } as const
  return (await listMeetings(portal.db, communityId, wish, COMING_MAX)).map(row => meetingOf(row, now))
}

/** A page of the meetings that were to begin before now, the latest first. */
export async function readPastMeetings(
  portal: Portal,
  { communityId }: Community,
  page: { readonly after: MeetingPlace | null; readonly limit: number },
): Promise<Listed<MeetingSummary, MeetingPlace>> {
  const now = portal.clock.now()
  const wish = { span: 'past', now, after: page.after } as const
  const rows = await listMeetings(portal.db, communityId, wish, page.limit + 1)
  const { shown, last } = pageOf(rows, page.limit)
  return {
    rows: shown.map(row => meetingOf(row, now)),
    next: last && { startsAt: last.starts_at, meetingId: last.meeting_id },
  }
}

/** One meeting by its newest notice; null when there is none. */
export async function readMeetingSummary(
  portal: Portal,
  { communityId }: Community,
  meetingId: string,
): Promise<MeetingSummary | null> {
  const row = await findMeetingNotice(portal.db, communityId, meetingId)
  return row === undefined ? null : meetingOf(row, portal.clock.now())
}

/** Meetings of the owners' committee whose decisions are not posted although their three days are over, the longest overdue first. */
export async function readOverduePostings(
  portal: Portal,
  { communityId }: Community,
): Promise<readonly MeetingSummary[]> {
  const now = portal.clock.now()
  const rows = await listUnpublished(portal.db, communityId, { since: null, kind: 'owners-committee' })
  return rows.map(row => meetingOf(row, now)).filter(({ postBy }) => postBy !== null && postBy < dateOf(now))
}

function decisionOf(row: OutcomeRow): Decision {
  const clause = row.clause as Clause | null
  return {
    meetingId: row.meeting_id,
    kind: row.kind,
    heldOn: civilDate(row.held_on),
    publishedAt: row.published_at,
    item: {
      no: row.item_no,
      topic: row.topic_id,
      title: row.title,
      conclusion: row.conclusion,
      opinion: row.opinion,
      vote: clause === null ? null : { clause, class: classOf(clause) },
    },
  }
}

/** What a page of the register is narrowed to. */
export interface DecisionFilter {
  /** Four digits. */
  readonly year?: string
  readonly kind?: MeetingKind
  readonly opinion?: Opinion
}

function wishOf({ year, kind, opinion }: DecisionFilter) {
  return {
    ...(year === undefined ? {} : { from: `${year}-01-01`, until: `${year}-12-31` }),
    ...(kind === undefined ? {} : { kind }),
    ...(opinion === undefined ? {} : { opinion }),
  }
}

/** A page of outcomes of published minutes, newest meeting first: the register over all years. */
export async function readDecisions(
  portal: Portal,
  { communityId }: Community,
  page: { readonly filter?: DecisionFilter; readonly after?: OutcomePlace | null; readonly limit: number },
): Promise<Listed<Decision, OutcomePlace>> {
  const { filter = {}, after = null, limit } = page
  const rows = await listOutcomes(portal.db, communityId, wishOf(filter), after, limit + 1)
  const { shown, last } = pageOf(rows, limit)
  return {
    rows: shown.map(decisionOf),
    next: last && { heldOn: last.held_on, meetingId: last.meeting_id, item: last.item_no },
  }
}

/** How many outcomes there are, and of which years, the newest first. */
export async function countDecisions(
  portal: Portal,
  { communityId }: Community,
  filter: DecisionFilter,
): Promise<{ readonly count: number; readonly years: readonly string[] }> {
  const span = await spanOfOutcomes(portal.db, communityId)
  const [first, last] = span === undefined ? [0, -1] : [span.first, span.last].map(day => yearOf(day))
  return {
    count: await countOutcomes(portal.db, communityId, wishOf(filter)),
    years: Array.from({ length: last! - first! + 1 }, (_, back) => String(last! - back)),
  }
}

const yearOf = (day: string) => Number.parseInt(day.slice(0, 4), 10)

/** The seats of both bodies today. */
export async function readSeatsToday(
  portal: Portal,
  { communityId }: Community,
): Promise<{ readonly council: readonly Seat[]; readonly committee: readonly Seat[] }> {
  const seats = await readSeats(portal.db, communityId)
  const today = dateOf(portal.clock.now())
  return {
    council: seatsOn(seats, 'council', today),
    committee: seatsOn(seats, 'owners-committee', today),
  }
}
