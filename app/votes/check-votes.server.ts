/** Re-derives every digest, commitment, place and tally of every poll and names what is off. Writes nothing. */
import type { Portal } from '#platform'
import type { VotingCommunity } from './poll-access.server.ts'

/** What must hold of stored polls; a finding names one of these. */
export const VOTE_INVARIANTS = ['notice-matches-log'] as const

export interface VoteFinding {
  readonly invariant: (typeof VOTE_INVARIANTS)[number]
  readonly reference: string
  readonly found: string
}

/** Checks all polls of a community. */
export async function checkVotes(
  _portal: Portal,
  _community: VotingCommunity,
): Promise<{ readonly polls: number; readonly ballots: number; readonly findings: readonly VoteFinding[] }> {
  throw new Error('not built yet')
}
