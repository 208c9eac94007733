/** Messages to the people behind seats: that a meeting is called, that it is near, that minutes wait for their word. Each is told once. */
import type { Tx } from '#db'
import type { MessageKind } from '#people'
import { enqueueMessage } from '#people/server'
import type { Portal } from '#platform'
import { readMeetingSeats } from './council-access.server.ts'
import type { Notice } from './notice.ts'

/**
 * Tells whoever has an account behind a seat of the meeting, or only behind those of `seats`; gives how many were told now. Public words
 * only: title, day and hour.
 */
export async function tellSeats(
  portal: Portal,
  tx: Tx,
  communityId: number,
  told: {
    readonly kind: MessageKind
    readonly notice: Notice
    readonly subjectKey: string
    readonly seats?: readonly string[]
  },
): Promise<number> {
  const { kind, notice, subjectKey, seats } = told
  const sitting = await readMeetingSeats(tx, communityId, notice)
  const users = sitting
    .filter(seat => seats === undefined || seats.includes(seat.seatId))
    .flatMap(seat => (seat.userId === null ? [] : [seat.userId]))
  const subject = `${notice.title} ${notice.startsAt.slice(0, 10)} ${notice.startsAt.slice(11, 16)}`
  let count = 0
  for (const userId of new Set(users)) {
    const order = { communityId, userId, kind, subjectKey, values: { subject } }
    if (await enqueueMessage(portal, tx, order)) count += 1
  }
  return count
}
