/** What the public pages of the council show, read in one place: office holders by name, residents only as counts. Never writes. */
import { type Seat, shapeOf } from '#council'
import {
  countOverdue,
  readComingMeetings,
  readDecisions,
  readOpenActions,
  readOverduePostings,
  readPastMeetings,
  readSeatsToday,
  readTopics,
} from '#council/server'
import { dateOf } from '#kernel'
import type { LedgerCommunity } from '#ledger/server'
import type { Portal } from '#platform'
import type { ShownSeat } from '#ui/council'
import { viewOf } from '../public/community.server.ts'

const LATEST_DECISIONS = 5
const LATEST_MEETINGS = 6
const LATEST_TOPICS = 12

/** A seat without the account behind it. */
export function shownSeat(seat: Seat): ShownSeat {
  const { seatId, kind, organisation, office, holderName, deputyName, isVoting, termUntil } = seat
  return { seatId, kind, organisation, office, holderName, deputyName, isVoting, termUntil }
}

/** The first page of the council. */
export async function readCouncilPage(portal: Portal, community: LedgerCommunity) {
  const ahead = await readComingMeetings(portal, community)
  const past = await readPastMeetings(portal, community, { after: null, limit: LATEST_MEETINGS })
  const { council, committee } = await readSeatsToday(portal, community)
  const topics = await readTopics(portal, community, { before: null, limit: LATEST_TOPICS })
  return {
    community: viewOf(community),
    today: dateOf(portal.clock.now()),
    coming: ahead,
    past: past.rows,
    hasEarlier: past.next !== null,
    decisions: (await readDecisions(portal, community, { limit: LATEST_DECISIONS })).rows,
    actions: await readOpenActions(portal, community),
    topics: topics.rows,
    hasOlderTopics: topics.next !== null,
    council: council.map(shownSeat),
    committee: committee.map(shownSeat),
    shape: shapeOf(council),
  }
}

/** What a community's home says of the council: the next meeting, the last outcomes, what is overdue. */
export async function readCouncilNews(portal: Portal, community: LedgerCommunity) {
  const ahead = await readComingMeetings(portal, community)
  return {
    next: ahead.find(meeting => meeting.state === 'coming') ?? null,
    decisions: (await readDecisions(portal, community, { limit: 2 })).rows,
    overdue: await countOverdue(portal, community),
    unposted: (await readOverduePostings(portal, community)).length,
  }
}
