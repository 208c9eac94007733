/** What a count came to, and the public archive of it. Every read here answers null until the tally exists. */
import type { Tx } from '#db'
import type { CivilDate } from '#kernel'
import type { Reason } from './ballot.ts'
import type { PollState } from './course.ts'
import type { MatterClass } from './matter.ts'
import type { Motion, Question } from './motion.ts'
import type { Policy } from './policy.ts'
import type { VotingCommunity } from './poll-access.server.ts'
import type { ClauseResult, Figures } from './tally.ts'
import type { SignOffStep } from './tally-poll.server.ts'
import type { Measure, Outcome } from './threshold.ts'

/** One question's result. */
export interface QuestionResult {
  readonly question: Question
  readonly class: MatterClass
  readonly outcome: Outcome
  /** For plans: of the adopted plan, or of the one with most in favour. Null for an imported result's missing piles. */
  readonly figures: Figures
  /** The silence clause beside it, labelled; null when the policy has none. */
  readonly clause: ClauseResult | null
  /** For plans, each against all who took part. */
  readonly plans: readonly ({ readonly plan: string } & Figures)[]
  readonly none: Measure | null
  readonly adoptedPlan: string | null
  readonly excludedByReason: { readonly [Name in Reason]?: number }
  readonly digest: string
  readonly leafIndex: number
}

/** The result of a poll. */
export interface PollResult {
  readonly pollId: string
  readonly state: PollState
  readonly motion: Motion
  readonly policy: Policy
  readonly policyDigest: string
  readonly rulesVersion: string | null
  readonly countedAt: Date
  /** Joined digest of all questions' tallies: what sign-offs are given to. */
  readonly digest: string
  readonly questions: readonly QuestionResult[]
  /** Null when nobody is elected. */
  readonly election: {
    readonly seats: number
    readonly elected: readonly string[]
    readonly tied: readonly string[]
    readonly vacantSeats: number
  } | null
  /** Set when this is the government system's result, taken over. */
  readonly imported: { readonly system: string; readonly documentSha256: string } | null
  readonly signOffs: readonly { readonly step: SignOffStep; readonly at: Date; readonly leafIndex: number }[]
}

/** The result; null until the tally exists. */
export async function readResult(
  _tx: Tx,
  _community: VotingCommunity,
  _pollId: string,
): Promise<PollResult | null> {
  throw new Error('not built yet')
}

/** All that the certificate prints; null until the tally exists. */
export interface CertificateSource {
  readonly result: PollResult
  readonly announcedAt: Date
  readonly opensAt: Date
  readonly closesAt: Date
  readonly sealedAt: Date
  readonly ballotCount: number
  readonly ballotsByChannel: { readonly online: number; readonly paper: number; readonly proxy: number }
  readonly deliveredUnits: number
  readonly refusedPapers: { readonly [reason: string]: number }
  readonly objections: { readonly made: number; readonly answered: number; readonly upheld: number }
  readonly digests: {
    readonly motion: string
    readonly policy: string
    readonly roll: string
    readonly weights: string
    readonly seal: string
    readonly board: string
  }
  readonly leaves: {
    readonly notice: number
    readonly open: number
    readonly seal: number
    readonly tallies: readonly number[]
    readonly final: number | null
  }
  /** User ids; display names by `readDisplayNames` of people. */
  readonly signers: readonly { readonly step: SignOffStep; readonly userId: string; readonly at: Date }[]
  readonly deadlines: { readonly postedBy: CivilDate; readonly objectionsUntil: CivilDate }
}

/** Everything that the certificate is made of; null until the tally exists. */
export async function readCertificateSource(
  _tx: Tx,
  _community: VotingCommunity,
  _pollId: string,
): Promise<CertificateSource | null> {
  throw new Error('not built yet')
}

/** The public record of a poll as the stored bytes; choices only inside `board`, so nothing of them before the count. */
export interface PollArchive {
  readonly pollId: string
  readonly motion: Uint8Array
  readonly policy: Uint8Array
  readonly courseDays: string
  readonly rollDigest: string
  readonly publicRoll: Uint8Array
  readonly weightRoll: Uint8Array
  /** Every leaf of the poll in the order of the log. */
  readonly leaves: readonly { readonly index: number; readonly bytes: Uint8Array }[]
  readonly board: Uint8Array
}

/** The archive; null until the tally exists. */
export async function readPollArchive(
  _tx: Tx,
  _community: VotingCommunity,
  _pollId: string,
): Promise<PollArchive | null> {
  throw new Error('not built yet')
}
