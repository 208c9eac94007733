/** What every use case of the council begins with: the community, the refusals they share, the seats, and a leaf. */
import type { Tx } from '#db'
import { listSeats, type SeatRow } from '#db/council'
import { civilDate, dateOf } from '#kernel'
import { appendLeaf } from '#tlog/server'
import { type CouncilLeaf, encodeCouncilLeaf } from './leaf.ts'
import type { Notice } from './notice.ts'
import { type Seat, seatsOn } from './seat.ts'

/** A community with a council. A `LedgerCommunity` is one. */
export interface CouncilCommunity {
  readonly communityId: number
  readonly slug: string
  readonly logOrigin: string
}

export type CouncilRefusal =
  | { readonly code: 'not-permitted' }
  | { readonly code: 'meeting-unknown' }
  | { readonly code: 'topic-unknown' }
  | { readonly code: 'seat-unknown'; readonly seat: string }

/** A stored seat; one that was ended early has that day as its last. */
export function seatOf(row: SeatRow): Seat {
  const last = [row.term_until, row.ended_on].filter(day => day !== null).sort()[0]
  return {
    seatId: row.seat_id,
    body: row.body,
    kind: row.kind,
    organisation: row.organisation,
    office: row.office,
    holderName: row.holder_name,
    deputyName: row.deputy_name,
    userId: row.user_id,
    isVoting: row.is_voting,
    termFrom: civilDate(row.term_from),
    termUntil: last === undefined ? null : civilDate(last),
  }
}

/** All seats that ever were. */
export async function readSeats(tx: Tx, communityId: number): Promise<readonly Seat[]> {
  return (await listSeats(tx, communityId)).map(seatOf)
}

/** The seats of a meeting on its day: the owners' committee's, or the council's. */
export async function readMeetingSeats(
  tx: Tx,
  communityId: number,
  { kind, startsAt }: Pick<Notice, 'kind' | 'startsAt'>,
): Promise<readonly Seat[]> {
  const body = kind === 'owners-committee' ? 'owners-committee' : 'council'
  return seatsOn(await readSeats(tx, communityId), body, dateOf(new Date(startsAt)))
}

/** Appends a leaf and gives its place, as tables hold it. Call last in a transaction: it locks the log. */
export async function appendCouncilLeaf(
  tx: Tx,
  community: Pick<CouncilCommunity, 'communityId'>,
  leaf: CouncilLeaf,
): Promise<bigint> {
  const { firstIndex } = await appendLeaf(tx, community.communityId, [encodeCouncilLeaf(leaf)])
  return BigInt(firstIndex)
}
