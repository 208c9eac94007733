/**
 * Objections of owners: to their entry of the roll before the opening, to how their unit was counted afterwards. The text is
 * the owner's and deletable; its salted digest is logged, and so is the answer.
 */
import type { Result } from '#kernel'
import type { Actor } from '#people'
import type { Portal } from '#platform'
import type { PollRefusal, VotingCommunity } from './poll-access.server.ts'

export type ObjectionRefusal =
  | PollRefusal
  | { readonly code: 'not-an-owner' }
  | { readonly code: 'unit-not-yours' }
  | { readonly code: 'text-missing' }
  | { readonly code: 'text-too-long'; readonly limit: number }
  | { readonly code: 'objection-period-over' }

/** Objects for a unit of one's own: to the roll from notice until close of the window's opening, to the count in its objection period. */
export async function objectTo(
  _portal: Portal,
  _actor: Actor,
  _community: VotingCommunity,
  _request: { readonly pollId: string; readonly unit: string; readonly text: string },
): Promise<Result<{ readonly objectionId: string; readonly stage: 'roll' | 'count' }, ObjectionRefusal>> {
  throw new Error('not built yet')
}

export type AnswerRefusal =
  | PollRefusal
  | { readonly code: 'objection-unknown' }
  | { readonly code: 'already-answered' }
  | { readonly code: 'text-missing' }

/** Answers an objection. Needs `objection:answer`. The objector gets a household notice. */
export async function answerObjection(
  _portal: Portal,
  _actor: Actor,
  _community: VotingCommunity,
  _request: {
    readonly pollId: string
    readonly objectionId: string
    readonly isUpheld: boolean
    readonly answer: string
  },
): Promise<Result<null, AnswerRefusal>> {
  throw new Error('not built yet')
}

/** An objection as officers see it. */
export interface ObjectionView {
  readonly objectionId: string
  readonly unit: string
  readonly byPerson: string
  readonly stage: 'roll' | 'count'
  readonly madeAt: Date
  readonly text: string | null
  readonly answer: { readonly isUpheld: boolean; readonly text: string | null; readonly at: Date } | null
}

/** All objections of a poll, oldest first; null without `objection:answer`. */
export async function readObjections(
  _portal: Portal,
  _actor: Actor,
  _community: VotingCommunity,
  _request: { readonly pollId: string },
): Promise<readonly ObjectionView[] | null> {
  throw new Error('not built yet')
}
