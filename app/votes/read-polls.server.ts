/** What anybody may know of a poll: its text, course, clocks, turnout and roll. Never a choice, and no result before the count. */
import type { Tx } from '#db'
import type { CivilDate } from '#kernel'
import type { Actor } from '#people'
import type { Portal } from '#platform'
import type { PollState } from './course.ts'
import type { MatterClass } from './matter.ts'
import type { Motion } from './motion.ts'
import type { Policy } from './policy.ts'
import type { VotingCommunity } from './poll-access.server.ts'
import type { PublicRollRow } from './roll.ts'
import type { Measure, Outcome } from './threshold.ts'

/** A poll in a list. */
export interface PollSummary {
  readonly pollId: string
  readonly title: string
  readonly state: PollState
  readonly opensAt: Date
  readonly closesAt: Date
  readonly classes: readonly MatterClass[]
  readonly officialVoting: Motion['officialVoting']
  /** By question; null before the count. */
  readonly outcomes: readonly { readonly question: string; readonly outcome: Outcome }[] | null
}

/** A step of the course as it is logged. */
export interface PollStepView {
  readonly kind: string
  readonly at: Date
  /** Canonical detail without personal data: an extension's new close and decision, a sign-off's step, a posting's place. */
  readonly detail: { readonly [name: string]: unknown }
  readonly leafIndex: number | null
}

/** A poll with all that is frozen at its notice. Digests are null while it is a draft. */
export interface PollView {
  readonly pollId: string
  readonly state: PollState
  readonly revision: number
  readonly motion: Motion
  readonly policy: Policy
  readonly policyDigest: string
  readonly opensAt: Date
  readonly closesAt: Date
  /** The day from which a poll announced today could open; for a draft. */
  readonly classes: readonly { readonly question: string; readonly class: MatterClass }[]
  readonly announcedAt: Date | null
  readonly motionDigest: string
  readonly rollDigest: string | null
  readonly weightsDigest: string | null
  readonly sealDigest: string | null
  readonly boardDigest: string | null
  readonly steps: readonly PollStepView[]
  /** Null before the count. `isPostingOverdue` is judged at the portal's clock. */
  readonly deadlines: {
    readonly postedBy: CivilDate
    readonly objectionsUntil: CivilDate
    readonly postedOn: CivilDate | null
    readonly isPostingOverdue: boolean
    readonly annulmentUntil: CivilDate | null
  } | null
  readonly objections: { readonly made: number; readonly answered: number; readonly upheld: number }
  /** Papers refused at the desk, by reason. */
  readonly refusedPapers: { readonly [reason: string]: number }
}

/** The announced polls of a community, newest first; with drafts for an actor who may draft. */
export async function readPolls(
  _portal: Portal,
  _community: VotingCommunity,
  _actor: Actor | null,
): Promise<readonly PollSummary[]> {
  throw new Error('not built yet')
}

/** A poll; null when there is none, and for a draft also when the actor may not draft. */
export async function readPoll(
  _portal: Portal,
  _community: VotingCommunity,
  _actor: Actor | null,
  _pollId: string,
): Promise<PollView | null> {
  throw new Error('not built yet')
}

/** Units and heads for which a ballot stands, of all in the base of at least one question. */
export interface Turnout {
  readonly state: PollState
  readonly total: Measure
  readonly received: Measure
  /** By the channel of the latest standing ballot of a unit; a head counts in the channel of its first unit. Merged into `others` below 3 owners. */
  readonly byChannel: readonly {
    readonly channels: readonly ('online' | 'paper' | 'proxy')[]
    readonly received: Measure
  }[]
  /** Buildings, merged with others where a cell would cover fewer than 3 owners. Their sums are the totals by area. */
  readonly byBuilding: readonly {
    readonly buildings: readonly string[]
    readonly total: Measure
    readonly received: Measure
  }[]
}

/** Who took part so far, in numbers: never reads what was chosen. Null for a draft or no poll. */
export async function readTurnout(
  _tx: Tx,
  _community: VotingCommunity,
  _pollId: string,
): Promise<Turnout | null> {
  throw new Error('not built yet')
}

/** The frozen roll without names; null before the notice. */
export async function readPublicRoll(
  _tx: Tx,
  _community: VotingCommunity,
  _pollId: string,
): Promise<{ readonly digest: string; readonly rows: readonly PublicRollRow[] } | null> {
  throw new Error('not built yet')
}
