/**
 * Counts a sealed poll, has the count signed off, makes it final and records its posting. The count is the pure engine's;
 * this file reads its inputs and stores its answer with the leaf in one transaction.
 */
import type { CivilDate, Result } from '#kernel'
import type { Actor } from '#people'
import type { JobRun, Portal } from '#platform'
import type { PollRefusal, VotingCommunity } from './poll-access.server.ts'
import type { Outcome } from './threshold.ts'

export type SignOffStep = 'teller-1' | 'teller-2' | 'party-branch'
export const SIGN_OFF_STEPS: readonly SignOffStep[] = ['teller-1', 'teller-2', 'party-branch']

/** Counts a sealed poll. Needs `poll:close`; also done by itself after sealing. */
export async function tallyPoll(
  _portal: Portal,
  _actor: Actor,
  _community: VotingCommunity,
  _request: { readonly pollId: string },
): Promise<
  Result<
    { readonly outcomes: readonly { readonly question: string; readonly outcome: Outcome }[] },
    PollRefusal
  >
> {
  throw new Error('not built yet')
}

/** The job that counts a sealed poll. */
export async function tallyPollJob(_run: JobRun): Promise<Result<string, string>> {
  throw new Error('not built yet')
}

export type OfficialResultRefusal =
  | PollRefusal
  | { readonly code: 'not-an-import' }
  | { readonly code: 'document-missing' }
  | { readonly code: 'document-kind-unknown' }
  | { readonly code: 'document-too-large'; readonly limitBytes: number }
  | { readonly code: 'result-missing'; readonly question: string }
  | { readonly code: 'figures-malformed'; readonly question: string }

/** Figures as the government's system states them: areas in 0.01 m2, heads. */
export interface OfficialFigures {
  readonly question: string
  readonly outcome: Outcome
  readonly total: { readonly area: bigint; readonly heads: bigint }
  readonly participating: { readonly area: bigint; readonly heads: bigint }
  readonly inFavour: { readonly area: bigint; readonly heads: bigint }
}

/** Takes over the result of the government's own system (`officialVoting` import), labelled as such. Needs `poll:close`. */
export async function importOfficialResult(
  _portal: Portal,
  _actor: Actor,
  _community: VotingCommunity,
  _request: {
    readonly pollId: string
    readonly figures: readonly OfficialFigures[]
    readonly document: Uint8Array
  },
): Promise<Result<null, OfficialResultRefusal>> {
  throw new Error('not built yet')
}

export type SignOffRefusal =
  | PollRefusal
  | { readonly code: 'already-signed-off' }
  /** Three steps, three people. */
  | { readonly code: 'same-person' }
  /** The count is another one than was shown. */
  | { readonly code: 'digest-differs' }

/** Signs the count off over its digest (`PollResult.digest`). Tellers need `tally:sign-off`, the branch `tally:witness`. */
export async function signOffTally(
  _portal: Portal,
  _actor: Actor,
  _community: VotingCommunity,
  _request: { readonly pollId: string; readonly step: SignOffStep; readonly seenDigest: string },
): Promise<Result<null, SignOffRefusal>> {
  throw new Error('not built yet')
}

export type FinalizeRefusal =
  | PollRefusal
  | { readonly code: 'objection-period-running'; readonly until: CivilDate }
  | { readonly code: 'objections-unanswered'; readonly count: number }
  | { readonly code: 'sign-offs-missing'; readonly steps: readonly SignOffStep[] }

/** Ends the course: the objection period is over, objections are answered, the count is signed off. Needs `poll:close`. */
export async function finalizePoll(
  _portal: Portal,
  _actor: Actor,
  _community: VotingCommunity,
  _request: { readonly pollId: string },
): Promise<Result<null, FinalizeRefusal>> {
  throw new Error('not built yet')
}

/** Records that the result was posted at `place` (rule 22: within 3 days of the count). Needs `poll:close`. Once. */
export async function recordPosting(
  _portal: Portal,
  _actor: Actor,
  _community: VotingCommunity,
  _request: { readonly pollId: string; readonly place: string },
): Promise<
  Result<null, PollRefusal | { readonly code: 'place-missing' } | { readonly code: 'already-posted' }>
> {
  throw new Error('not built yet')
}
