/** What anybody may read of the council: seats, topics with their whole life, meetings, published minutes, decisions. Never writes. */
import type { Tx } from '#db'
import {
  listNotices,
  listPublishedMinutes,
  listTopicEvents,
  listTopics,
  type TopicEventRow,
  type TopicRow,
} from '#db/council'
import { addDays, assert, type CivilDate, civilDate, dateOf } from '#kernel'
import type { Portal } from '#platform'
import { type CouncilCommunity, readSeats } from './council-access.server.ts'
import { type OwedAction, readActions } from './finish-action.server.ts'
import type { Minutes, MinutesItem } from './minutes.ts'
import { type Notice, parseNotice } from './notice.ts'
import { COMMITTEE_POSTING_DAYS } from './quorum.ts'
import { type Seat, seatsOn } from './seat.ts'
import { minutesOf } from './stored-minutes.server.ts'
import {
  type TopicEventKind,
  type TopicSource,
  type TopicStanding,
  topicStanding,
  whoDecides,
} from './topic.ts'

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
  readonly kind: Minutes['kind']
  readonly heldOn: CivilDate
  readonly publishedAt: Date
  readonly item: MinutesItem
}

interface Published {
  readonly meetingId: string
  readonly minutes: Minutes
  readonly publishedAt: Date
}

async function readPublished(tx: Tx, communityId: number): Promise<readonly Published[]> {
  return (await listPublishedMinutes(tx, communityId)).map(row => ({
    meetingId: row.meeting_id,
    minutes: minutesOf(row.content),
    publishedAt: row.published_at,
  }))
}

/** The day an instant in +08:00 falls on. */
function heldOn(minutes: Pick<Minutes, 'startsAt'>): CivilDate {
  return civilDate(minutes.startsAt.slice(0, 10))
}

function summaryOf(
  row: TopicRow,
  events: readonly TopicEventRow[],
  published: readonly Published[],
): TopicSummary {
  const own = events.filter(event => event.topic_id === row.topic_id)
  const items = published.flatMap(({ minutes }) => minutes.items.filter(item => item.topic === row.topic_id))
  const said = items.flatMap(item =>
    item.opinion === '' ? [] : [{ opinion: item.opinion, needsVote: item.vote !== null }],
  )
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

/** All topics, newest first. */
export async function readTopics(
  portal: Portal,
  { communityId }: Pick<CouncilCommunity, 'communityId'>,
): Promise<readonly TopicSummary[]> {
  const events = await listTopicEvents(portal.db, communityId, null)
  const published = await readPublished(portal.db, communityId)
  return (await listTopics(portal.db, communityId)).map(row => summaryOf(row, events, published))
}

/** One topic with its life on one page; null when there is none. */
export async function readTopic(
  portal: Portal,
  community: CouncilCommunity,
  topicId: string,
): Promise<TopicView | null> {
  const { communityId } = community
  const row = (await listTopics(portal.db, communityId)).find(each => each.topic_id === topicId)
  if (row === undefined) return null
  const events = await listTopicEvents(portal.db, communityId, topicId)
  const published = await readPublished(portal.db, communityId)
  const opinions = published.flatMap(({ meetingId, minutes, publishedAt }) =>
    minutes.items
      .filter(item => item.topic === topicId)
      .map(item => ({
        meetingId,
        meetingTitle: minutes.title,
        heldOn: heldOn(minutes),
        publishedAt,
        item,
      })),
  )
  const meetings = await readMeetings(portal, community)
  return {
    ...summaryOf(row, events, published),
    summary: row.summary,
    events: events.map(event => ({
      kind: event.kind,
      reference: event.reference,
      text: event.text,
      on: civilDate(event.happened_on),
    })),
    opinions: opinions.toSorted((a, b) => (a.heldOn < b.heldOn ? -1 : 1)),
    coming: meetings.filter(
      ({ state, notice }) =>
        (state === 'coming' || state === 'held') && notice.agenda.some(item => item.topicId === topicId),
    ),
    actions: (await readActions(portal, community)).filter(action => action.topicId === topicId),
  }
}

/** All meetings with their newest notice, the latest start first. */
export async function readMeetings(
  portal: Portal,
  { communityId }: Pick<CouncilCommunity, 'communityId'>,
): Promise<readonly MeetingSummary[]> {
  const rows = await listNotices(portal.db, communityId, null)
  const newest = new Map(rows.map(row => [row.meeting_id, row]))
  const published = await readPublished(portal.db, communityId)
  const now = portal.clock.now()
  const meetings = [...newest.values()].map((row): MeetingSummary => {
    const notice = parseNotice(row.content)
    assert(notice !== null, 'a stored notice is malformed')
    const startsAt = new Date(notice.startsAt)
    const isPublished = published.some(each => each.meetingId === row.meeting_id)
    const isOver = startsAt <= now
    const isCommittee = notice.kind === 'owners-committee' && isOver && !isPublished
    return {
      meetingId: row.meeting_id,
      notice,
      startsAt,
      postedAt: row.posted_at,
      state: isPublished ? 'published' : notice.cancelled !== null ? 'cancelled' : isOver ? 'held' : 'coming',
      postBy: isCommittee ? addDays(dateOf(startsAt), COMMITTEE_POSTING_DAYS) : null,
    }
  })
  return meetings.toSorted((a, b) => b.startsAt.getTime() - a.startsAt.getTime())
}

/** Every outcome of published minutes, newest meeting first: the register over all years. */
export async function readDecisions(
  portal: Portal,
  { communityId }: Pick<CouncilCommunity, 'communityId'>,
): Promise<readonly Decision[]> {
  const published = await readPublished(portal.db, communityId)
  return published
    .flatMap(({ meetingId, minutes, publishedAt }) =>
      minutes.items.map(item => ({
        meetingId,
        kind: minutes.kind,
        heldOn: heldOn(minutes),
        publishedAt,
        item,
      })),
    )
    .toSorted((a, b) => (a.heldOn > b.heldOn ? -1 : a.heldOn < b.heldOn ? 1 : a.item.no - b.item.no))
}

/** The seats of both bodies today. */
export async function readSeatsToday(
  portal: Portal,
  { communityId }: Pick<CouncilCommunity, 'communityId'>,
): Promise<{ readonly council: readonly Seat[]; readonly committee: readonly Seat[] }> {
  const seats = await readSeats(portal.db, communityId)
  const today = dateOf(portal.clock.now())
  return {
    council: seatsOn(seats, 'council', today),
    committee: seatsOn(seats, 'owners-committee', today),
  }
}
