/**
 * Announces a poll: motion, policy and roll are frozen, their digests logged, the units get their credentials and paper
 * numbers, and the clock steps are asked for. One transaction. No topic after it (rule 22).
 */
import type { CivilDate, Result } from '#kernel'
import type { Actor } from '#people'
import type { Portal } from '#platform'
import type { PollRefusal, VotingCommunity } from './poll-access.server.ts'

export type AnnounceRefusal =
  | PollRefusal
  | { readonly code: 'revision-stale'; readonly revision: number }
  /** The notice lasts its days: the window may open on this day at the earliest. */
  | { readonly code: 'opens-too-early'; readonly earliest: CivilDate }
  /** A question whose scope holds no unit of the register. */
  | { readonly code: 'base-empty'; readonly question: string }

/** Announces a draft. Needs `poll:announce`; `revision` is the one that was shown. */
export async function announcePoll(
  _portal: Portal,
  _actor: Actor,
  _community: VotingCommunity,
  _request: { readonly pollId: string; readonly revision: number },
): Promise<Result<{ readonly leafIndex: number }, AnnounceRefusal>> {
  throw new Error('not built yet')
}
