/** Drafts a poll: its motion, policy and window, changeable until the notice and never after it (rule 22). */
import type { Result } from '#kernel'
import type { Actor } from '#people'
import type { Portal } from '#platform'
import type { MotionInput, MotionProblem } from './motion.ts'
import type { PolicyProblem } from './policy.ts'
import type { PollRefusal, VotingCommunity } from './poll-access.server.ts'

/** What an officer writes of a poll. */
export interface PollDraft {
  readonly motion: MotionInput
  /** The switches that differ from the default, as the form or the rules of procedure name them. */
  readonly policy: { readonly [name: string]: unknown }
  readonly opensAt: Date
  /** Inclusive. */
  readonly closesAt: Date
}

export type PollDraftRefusal =
  | PollRefusal
  | { readonly code: 'motion-unfit'; readonly problems: readonly MotionProblem[] }
  | { readonly code: 'policy-unfit'; readonly problems: readonly PolicyProblem[] }
  /** Whole seconds, and opening before closing. */
  | { readonly code: 'window-malformed' }
  /** The draft was revised since it was shown. */
  | { readonly code: 'revision-stale'; readonly revision: number }

/** Drafts a poll. Needs `poll:draft`. Nothing of it is public or logged yet. */
export async function draftPoll(
  _portal: Portal,
  _actor: Actor,
  _community: VotingCommunity,
  _draft: PollDraft,
): Promise<Result<{ readonly pollId: string }, PollDraftRefusal>> {
  throw new Error('not built yet')
}

/** Replaces a draft by another text. Needs `poll:draft`; `revision` is the one that was shown. */
export async function revisePoll(
  _portal: Portal,
  _actor: Actor,
  _community: VotingCommunity,
  _revision: PollDraft & { readonly pollId: string; readonly revision: number },
): Promise<Result<{ readonly revision: number }, PollDraftRefusal>> {
  throw new Error('not built yet')
}
