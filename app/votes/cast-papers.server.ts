/**
 * Casting on screen: an owner's answers for one or several of their units, changed ("edit my vote") and withdrawn until the
 * close. A submission, its ballots, their leaves and the household's notices are one transaction. A submission that can
 * never count is refused and leaves nothing.
 */
import type { Result } from '#kernel'
import type { Actor } from '#people'
import type { Portal } from '#platform'
import type { AnswerProblem } from './answers.ts'
import type { Reason } from './ballot.ts'
import type { PollRefusal, VotingCommunity } from './poll-access.server.ts'

export type CastRefusal =
  | PollRefusal
  /** The signed-in user is bound to no person of the register. */
  | { readonly code: 'not-an-owner' }
  | { readonly code: 'before-open'; readonly opensAt: Date }
  | { readonly code: 'after-close'; readonly closesAt: Date }
  /** The city's own system decides: nothing is cast here. */
  | { readonly code: 'official-system-only'; readonly system: string }
  | { readonly code: 'units-missing' }
  /** The engine's reason why a ballot for this unit could never count. */
  | { readonly code: 'cannot-count'; readonly unit: string; readonly reason: Reason }
  /** Nothing of this person stands that could be withdrawn. */
  | { readonly code: 'nothing-to-withdraw'; readonly unit: string }
  | AnswerProblem

export interface CastInput {
  readonly pollId: string
  /** Unit ids, as `readMyPoll` lists them. */
  readonly units: readonly string[]
  /** Question id to choice (`choicesOf`), for every question whose scope holds one of the units. */
  readonly answers: { readonly [questionId: string]: string }
  /** Cast with a registered written proxy, for units that are not the person's own. */
  readonly asProxy: boolean
}

/** A submission that is recorded. */
export interface CastReceipt {
  readonly paperNo: number
  readonly receivedAt: Date
  /** One per unit, in the order asked; `seq` opens `readReceipt`. */
  readonly ballots: readonly { readonly unit: string; readonly seq: number; readonly leafIndex: number }[]
  /** Units where another co-owner's ballot stands: warn that differing ones are handled by the policy. Never how it was cast. */
  readonly coOwnerVoted: readonly string[]
}

/** Casts answers. Only a person who may speak for every unit named; later submissions are later places, not replacements. */
export async function castPapers(
  _portal: Portal,
  _actor: Actor,
  _community: VotingCommunity,
  _input: CastInput,
): Promise<Result<CastReceipt, CastRefusal>> {
  throw new Error('not built yet')
}

/** Withdraws what stands for the units (rule 8): a submission of its own, with its own leaves and receipt. */
export async function withdrawPaper(
  _portal: Portal,
  _actor: Actor,
  _community: VotingCommunity,
  _input: { readonly pollId: string; readonly units: readonly string[]; readonly asProxy: boolean },
): Promise<Result<CastReceipt, CastRefusal>> {
  throw new Error('not built yet')
}
