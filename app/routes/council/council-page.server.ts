/** What the public pages of the council show, read in one place: office holders by name, residents only as counts. Never writes. */
import { type Seat, shapeOf } from '#council'
import {
  readActions,
  readDecisions,
  readMeetings,
  readOverdueActions,
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

/** A seat without the account behind it. */
export function shownSeat(seat: Seat): ShownSeat {
  const { seatId, kind, organisation, office, holderName, deputyName, isVoting, termUntil } = seat
  return { seatId, kind, organisation, office, holderName, deputyName, isVoting, termUntil }
}

/** The first page of the council. */
export async function readCouncilPage(portal: Portal, community: LedgerCommunity) {
  const meetings = await readMeetings(portal, community)
  const { council, committee } = await readSeatsToday(portal, community)
  const actions = await readActions(portal, community)
  return {
    community: viewOf(community),
    today: dateOf(portal.clock.now()),
    coming: meetings.filter(meeting => meeting.state === 'coming').reverse(),
    past: meetings.filter(meeting => meeting.state !== 'coming').slice(0, LATEST_MEETINGS),
    decisions: (await readDecisions(portal, community)).slice(0, LATEST_DECISIONS),
    actions: actions.filter(action => action.done === null),
    topics: await readTopics(portal, community),
    council: council.map(shownSeat),
    committee: committee.map(shownSeat),
    shape: shapeOf(council),
  }
}

/** What a community's home says of the council: the next meeting, the last outcomes, what is overdue. */
export async function readCouncilNews(portal: Portal, community: LedgerCommunity) {
  const meetings = await readMeetings(portal, community)
  return {
    next: meetings.filter(meeting => meeting.state === 'coming').at(-1) ?? null,
    decisions: (await readDecisions(portal, community)).slice(0, 2),
    overdue: (await readOverdueActions(portal, community)).length,
  }
}
