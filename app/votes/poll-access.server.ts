/** What every use case of a poll begins with: the community, the refusals they share, and the poll's row under its lock. */
import type { PollState } from './course.ts'

/** A community whose owners vote. A `LedgerCommunity` is one. */
export interface VotingCommunity {
  readonly communityId: number
  readonly logOrigin: string
}

/** Refusals of every act on a poll. */
export type PollRefusal =
  | { readonly code: 'not-permitted' }
  | { readonly code: 'poll-unknown' }
  /** The poll is in a state in which this cannot be done. */
  | { readonly code: 'poll-state'; readonly state: PollState }
