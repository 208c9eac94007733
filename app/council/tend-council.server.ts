/** What the clock does for the council, again and again: reminds the seats of a meeting within a day, and whoever owes what is overdue. */
import { enqueueMessage } from '#people/server'
import type { Portal } from '#platform'
import { type CouncilCommunity, readSeats } from './council-access.server.ts'
import { readOverdueActions } from './finish-action.server.ts'
import { readComingMeetings } from './read-council.server.ts'
import { tellSeats } from './tell-seats.server.ts'

const DAY_MS = 86_400_000

type Community = Pick<CouncilCommunity, 'communityId'>

/** Reminds the seats of each meeting that begins within a day; once for each version of its notice. */
export async function remindOfMeetings(portal: Portal, { communityId }: Community): Promise<number> {
  const now = portal.clock.now()
  const near = (await readComingMeetings(portal, { communityId })).filter(
    ({ state, startsAt }) => state === 'coming' && startsAt.getTime() - now.getTime() <= DAY_MS,
  )
  if (near.length === 0) return 0
  return portal.db.transaction().execute(async tx => {
    let told = 0
    for (const { notice } of near) {
      const subjectKey = `${notice.meeting}/${notice.version}`
      told += await tellSeats(portal, tx, communityId, { kind: 'meeting-near', notice, subjectKey })
    }
    return told
  })
}

/** Tells the holder of a seat once of each action item that it did not finish in time. */
export async function tellOverdueActions(portal: Portal, { communityId }: Community): Promise<number> {
  const overdue = await readOverdueActions(portal, { communityId })
  if (overdue.length === 0) return 0
  const seats = await readSeats(portal.db, communityId)
  return portal.db.transaction().execute(async tx => {
    let told = 0
    for (const { meetingId, item, no, seatId, text, dueOn } of overdue) {
      const userId = seats.find(seat => seat.seatId === seatId)?.userId
      if (userId == null) continue
      const subjectKey = `${meetingId}/${item}/${no}/${dueOn}`
      const order = { communityId, userId, subjectKey, values: { subject: text } }
      if (await enqueueMessage(portal, tx, { ...order, kind: 'action-overdue' })) told += 1
    }
    return told
  })
}

/** All of it, for one community. */
export async function tendCouncil(portal: Portal, community: Community): Promise<void> {
  await remindOfMeetings(portal, community)
  await tellOverdueActions(portal, community)
}
