/**
 * The leaves of the projects: every act on a proposal as the exact bytes that are logged. A text stands as its salted digest, a
 * home as one, a person as an office: nothing in a leaf says who proposed or who supports. Pure.
 */
import { type CanonicalValue, canonicalBytes, formatInstant, saltedDigest } from '#kernel'
import type { ProposalAct } from './course.ts'
import type { FundingSource } from './funding.ts'

/** What a leaf says besides who, when and which. Canonical, so that it is stored as it is hashed. */
export interface ProposalDetail {
  readonly [name: string]: CanonicalValue | undefined
  readonly round?: string
  /** Wanted, secured, or spent: fen in decimal digits. */
  readonly fen?: string
  readonly source?: FundingSource
  readonly documents?: readonly string[]
  readonly poll?: string
}

/** What the log holds as a digest only: what was written, or which home supports. */
export interface ProposalText {
  readonly title?: string
  readonly text?: string
  readonly place?: string
  readonly home?: string
}

/** The salted digest by which a text, or a home, stands in a leaf. */
export function proposalTextDigest(salt: Uint8Array, hidden: ProposalText): string {
  return saltedDigest(salt, 'project-text', { ...hidden })
}

export interface ProposalEvent {
  readonly log: string
  readonly proposalId: string
  readonly eventNo: number
  readonly act: ProposalAct
  readonly at: Date
  /** The office in which it was done; `owner` for those who propose and support. */
  readonly office: string
  readonly detail: ProposalDetail
  readonly textDigest: string | null
}

/** An act on a proposal. */
export function proposalLeaf(event: ProposalEvent): Uint8Array {
  return canonicalBytes({
    v: 1,
    t: 'projects.proposal',
    log: event.log,
    proposal: event.proposalId,
    n: event.eventNo,
    act: event.act,
    at: formatInstant(event.at),
    by: event.office,
    digest: event.textDigest ?? undefined,
    ...event.detail,
  })
}

/** A round was opened. */
export function roundLeaf(
  log: string,
  round: {
    readonly roundId: string
    readonly title: string
    readonly opensOn: string
    readonly closesOn: string
    readonly office: string
    readonly at: Date
  },
): Uint8Array {
  const { roundId, title, opensOn, closesOn, office, at } = round
  return canonicalBytes({
    v: 1,
    t: 'projects.round',
    log,
    round: roundId,
    title,
    opensOn,
    closesOn,
    by: office,
    at: formatInstant(at),
  })
}
