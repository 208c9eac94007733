/** What every use case of a poll begins with: the community, the refusals they share, the poll under its lock, and its step. */
import type { Tx } from '#db'
import { insertStep, insertVoteSecrets, lockPoll, type PollRow } from '#db/votes'
import { assert, type CanonicalValue, canonicalText, err, ok, type Result, saltedDigest } from '#kernel'
import type { Portal } from '#platform'
import { appendLeaf } from '#tlog/server'
import type { BallotWindow } from './ballot.ts'
import type { PollState } from './course.ts'
import { encodeVoteLeaf, type VoteLeaf } from './leaf.ts'
import { type Motion, parseMotion } from './motion.ts'
import type { Policy } from './policy.ts'

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

/** Who is named as the doer of a step that the clock takes. */
export const CLOCK = 'clock'

/** The poll under its lock, if it is in one of the states. */
export async function lockPollIn(
  tx: Tx,
  { communityId }: VotingCommunity,
  pollId: string,
  states: readonly PollState[],
): Promise<Result<PollRow, PollRefusal>> {
  const poll = await lockPoll(tx, communityId, pollId)
  if (poll === undefined) return err({ code: 'poll-unknown' })
  return states.includes(poll.state) ? ok(poll) : err({ code: 'poll-state', state: poll.state })
}

/** A stored motion. */
export function motionOf(bytes: Uint8Array): Motion {
  const motion = parseMotion(bytes)
  assert(motion.ok, 'a stored motion is malformed')
  return motion.value
}

/** A stored policy: every switch. */
export function policyOf(text: string): Policy {
  return JSON.parse(text) as Policy
}

/** Microseconds of the Unix epoch, as the engine takes instants. */
export function microsOf(instant: Date): number {
  return instant.getTime() * 1000
}

/** The window of a poll. */
export function windowOf(poll: Pick<PollRow, 'opens_at' | 'closes_at'>): BallotWindow {
  return { opensAtMicros: microsOf(poll.opens_at), closesAtMicros: microsOf(poll.closes_at) }
}

/** The members of every leaf. */
export function leafHead(community: VotingCommunity, pollId: string) {
  return { v: 1, log: community.logOrigin, poll: pollId } as const
}

/** A value that a leaf names by its salted digest; the salt is kept beside it, deletable. */
export interface Salted {
  readonly name: string
  readonly value: string
  readonly salt: Uint8Array
  readonly digest: string
}

/** Salts a value for a leaf. */
export function salted(portal: Portal, name: string, value: string): Salted {
  const salt = portal.random.bytes(32)
  return { name, value, salt, digest: saltedDigest(salt, name, value) }
}

/** Appends a leaf with what it hides; gives its index. */
export async function appendVoteLeaf(
  tx: Tx,
  community: VotingCommunity,
  leaf: VoteLeaf,
  hidden: readonly Salted[] = [],
): Promise<number> {
  const { firstIndex } = await appendLeaf(tx, community.communityId, [encodeVoteLeaf(leaf)])
  await insertVoteSecrets(
    tx,
    hidden.map(({ name, value, salt }) => ({
      community_id: community.communityId,
      poll_id: leaf.poll,
      leaf_index: BigInt(firstIndex),
      name,
      salt,
      value,
    })),
  )
  return firstIndex
}

/** A step of the course with its leaf; gives the leaf's index. */
export async function takeStep(
  tx: Tx,
  community: VotingCommunity,
  step: {
    readonly kind: Parameters<typeof insertStep>[1]['kind']
    readonly at: Date
    readonly by: string
    readonly detail: { readonly [name: string]: CanonicalValue }
    readonly leaf: VoteLeaf
    readonly hidden?: readonly Salted[]
  },
): Promise<number> {
  const leafIndex = await appendVoteLeaf(tx, community, step.leaf, step.hidden)
  await insertStep(tx, {
    community_id: community.communityId,
    poll_id: step.leaf.poll,
    kind: step.kind,
    at: step.at,
    by_user: step.by,
    detail: canonicalText(step.detail),
    leaf_index: BigInt(leafIndex),
  })
  return leafIndex
}
