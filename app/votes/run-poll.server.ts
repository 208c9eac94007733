/**
 * The clock steps of a poll: it opens, may be extended, closes and is sealed. Opening and closing happen by themselves when
 * due (`openPollJob`, `closePollJob`); the acts here do the same by hand. Each step and its leaf are one transaction.
 */
import type { Result } from '#kernel'
import type { Actor } from '#people'
import type { JobRun, Portal } from '#platform'
import type { ExtensionProblem } from './course.ts'
import type { PollRefusal, VotingCommunity } from './poll-access.server.ts'

export const OPEN_POLL = 'open-poll'
export const CLOSE_POLL = 'close-poll'

export type OpenRefusal = PollRefusal | { readonly code: 'not-yet'; readonly at: Date }
export type ExtendRefusal =
  | PollRefusal
  | { readonly code: ExtensionProblem }
  | { readonly code: 'decision-missing' }
export type SealRefusal =
  | PollRefusal
  | { readonly code: 'not-yet'; readonly at: Date }
  /** Papers that were at the desk before the close and are not entered twice yet. */
  | { readonly code: 'papers-pending'; readonly paperNumbers: readonly number[] }

/** Opens an announced poll whose opening has come. Needs `poll:announce`. */
export async function openPoll(
  _portal: Portal,
  _actor: Actor,
  _community: VotingCommunity,
  _request: { readonly pollId: string },
): Promise<Result<null, OpenRefusal>> {
  throw new Error('not built yet')
}

/** Makes the window longer, where the motion's course allows it; `decision` is the published reason. Needs `poll:announce`. */
export async function extendPoll(
  _portal: Portal,
  _actor: Actor,
  _community: VotingCommunity,
  _request: { readonly pollId: string; readonly closesAt: Date; readonly decision: string },
): Promise<Result<null, ExtendRefusal>> {
  throw new Error('not built yet')
}

/**
 * Closes a poll whose close has come, and seals its list of ballots. Papers that were received at the desk before the close
 * may still be entered; the last of them seals. `refusesPending` seals without them and records each as refused. Needs
 * `poll:close`.
 */
export async function sealPoll(
  _portal: Portal,
  _actor: Actor,
  _community: VotingCommunity,
  _request: { readonly pollId: string; readonly refusesPending: boolean },
): Promise<Result<{ readonly ballotCount: number }, SealRefusal>> {
  throw new Error('not built yet')
}

/** The job that opens a poll when its time has come. */
export async function openPollJob(_run: JobRun): Promise<Result<string, string>> {
  throw new Error('not built yet')
}

/** The job that closes a poll when its time has come, seals it when no paper is pending, and has it counted. */
export async function closePollJob(_run: JobRun): Promise<Result<string, string>> {
  throw new Error('not built yet')
}
