/**
 * What an owner may know of their own: their entry, their share of both gates, how they voted, how it counted, receipts and
 * the household's notices. Never how a co-owner voted.
 */
import type { Result } from '#kernel'
import type { Actor } from '#people'
import type { Portal } from '#platform'
import type { Channel, Fate, Reason } from './ballot.ts'
import type { VotingCommunity } from './poll-access.server.ts'
import type { PollView } from './read-polls.server.ts'
import type { PublicRollRow } from './roll.ts'
import type { Measure } from './threshold.ts'

/** One submission of the reader's for one unit. */
export interface MyBallot {
  readonly seq: number
  readonly unit: string
  readonly channel: Channel
  readonly asProxy: boolean
  readonly receivedAt: Date
  readonly withdraws: boolean
  /** Question id to choice; null when withdrawn, or after the secrets were erased. */
  readonly choices: { readonly [questionId: string]: string } | null
  /** By question, once counted: what became of it. Null before the count. */
  readonly fates: { readonly [questionId: string]: Fate } | null
}

/** A unit that the reader may speak for. */
export interface MyUnit {
  readonly entry: PublicRollRow
  readonly asProxy: boolean
  /** Ids of the questions whose scope holds the unit. */
  readonly questions: readonly string[]
  /** The head this unit belongs to and the whole base, of the first question in whose scope it lies. */
  readonly head: Measure
  readonly total: Measure
  readonly coOwners: number
  readonly representative: 'none' | 'me' | 'another'
  /** Why a ballot now could not count; null when it can. */
  readonly obstacle: Reason | null
  /** Another co-owner's ballot stands: say so before casting, and what the policy does with differing ones. Never how. */
  readonly coOwnerVoted: boolean
  readonly ballots: readonly MyBallot[]
  /** The ballot of the reader's that stands now; null when none does. */
  readonly standing: MyBallot | null
  readonly isDelivered: boolean
  readonly objections: readonly {
    readonly objectionId: string
    readonly stage: 'roll' | 'count'
    readonly madeAt: Date
    readonly text: string | null
    readonly answer: { readonly isUpheld: boolean; readonly text: string | null; readonly at: Date } | null
  }[]
}

export interface MyPoll {
  readonly poll: PollView
  /** Casting is possible at the portal's clock. */
  readonly isOpenNow: boolean
  readonly units: readonly MyUnit[]
}

/** The reader's side of a poll; `not-an-owner` for a user bound to no person, null inside for no such poll. */
export async function readMyPoll(
  _portal: Portal,
  _actor: Actor,
  _community: VotingCommunity,
  _pollId: string,
): Promise<Result<MyPoll, { readonly code: 'not-an-owner' } | { readonly code: 'poll-unknown' }>> {
  throw new Error('not built yet')
}

/** What proves a ballot without this server: all texts as they were hashed. */
export interface Receipt {
  readonly v: 1
  readonly community: string
  readonly log: string
  readonly poll: string
  readonly seq: number
  readonly unit: string
  /** `q1=FOR;q2=PLAN-A` or `WITHDRAW`. */
  readonly answers: string
  /** Hexadecimal, 16 bytes. */
  readonly salt: string
  readonly token: string
  readonly leafIndex: number
  /** Base64 of the leaf's bytes. */
  readonly leaf: string
  /** Base64 of each hash of the inclusion proof, and the checkpoint's note: null until a checkpoint covers the leaf. */
  readonly proof: readonly string[] | null
  readonly checkpoint: string | null
}

/** The receipt of a ballot of the reader's own; null when it is not theirs, or erased. */
export async function readReceipt(
  _portal: Portal,
  _actor: Actor,
  _community: VotingCommunity,
  _request: { readonly pollId: string; readonly seq: number },
): Promise<Receipt | null> {
  throw new Error('not built yet')
}

/** A message on "my page". `detail` holds ids and numbers for the text in i18n, never a choice. */
export interface HouseholdNotice {
  readonly noticeId: string
  readonly kind: 'ballot-recorded' | 'ballot-withdrawn' | 'reminder' | 'objection-answered'
  readonly pollId: string
  readonly title: string
  readonly unit: string
  readonly channel: Channel | null
  readonly seq: number | null
  readonly at: Date
  readonly isRead: boolean
}

/** The reader's notices, newest first, at most 100; empty for a user bound to no person. */
export async function readNotices(
  _portal: Portal,
  _actor: Actor,
  _community: VotingCommunity,
): Promise<readonly HouseholdNotice[]> {
  throw new Error('not built yet')
}

/** Marks the reader's notices as read; those of others are left alone. */
export async function markNoticesRead(
  _portal: Portal,
  _actor: Actor,
  _community: VotingCommunity,
  _noticeIds: readonly string[],
): Promise<void> {
  throw new Error('not built yet')
}
