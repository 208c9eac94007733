/** The counter's desk: who has a ballot delivered, what lies there unread, what waits for whom. No choice, no figure of a result. */
import type { Actor } from '#people'
import type { Portal } from '#platform'
import type { Channel } from './ballot.ts'
import type { VotingCommunity } from './poll-access.server.ts'
import type { PollView } from './read-polls.server.ts'

/** A unit at the desk. */
export interface DeskUnit {
  readonly unit: string
  readonly building: string
  readonly entrance: string
  readonly paperNumber: number
  readonly isDelivered: boolean
  /** The channel of the latest standing ballot; null when none stands. */
  readonly receivedBy: Channel | null
  /** Person ids; names by `readPersonNames` of people. */
  readonly voters: readonly string[]
  readonly proxies: readonly string[]
  readonly representative: string | null
}

/** A paper that lies at the desk. */
export interface DeskPaper {
  readonly paperNumber: number
  readonly unit: string
  readonly receivedAt: Date
  readonly entries: number
  /** `second` and `third` wait for somebody who has not entered it. */
  readonly waitsFor: 'first' | 'second' | 'third'
  readonly isMine: boolean
}

export interface Desk {
  readonly poll: PollView
  readonly units: readonly DeskUnit[]
  readonly pending: readonly DeskPaper[]
  readonly refused: readonly {
    readonly paperNumber: number
    readonly unit: string
    readonly reason: string
    readonly offeredAt: Date
  }[]
  readonly castPapers: number
}

/** The desk of an announced poll; null without `ballot:enter`. */
export async function readDesk(
  _portal: Portal,
  _actor: Actor,
  _community: VotingCommunity,
  _pollId: string,
): Promise<Desk | null> {
  throw new Error('not built yet')
}
