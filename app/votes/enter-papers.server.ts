/**
 * Paper ballots at the counter's desk: received, read by one teller and by another from the scan, a difference decided by a
 * third. What two agree on is cast in the same transaction. Papers that can never count are refused with their reason.
 */
import type { CivilDate, Result } from '#kernel'
import type { Actor } from '#people'
import type { Portal } from '#platform'
import type { AnswerProblem } from './answers.ts'
import type { Reason } from './ballot.ts'
import type { PollRefusal, VotingCommunity } from './poll-access.server.ts'

/** A printed ballot by its number, or by the secret of its QR code. */
export type PaperReference = { readonly paperNumber: number } | { readonly paperCode: string }

export type PaperRefusal =
  | PollRefusal
  | { readonly code: 'paper-unknown' }
  | { readonly code: 'official-system-only'; readonly system: string }
  | { readonly code: 'before-open'; readonly opensAt: Date }
  /** Signed or received after the close: recorded as refused, with its place in the public count. */
  | { readonly code: 'paper-late'; readonly paperNumber: number }
  | { readonly code: 'paper-refused-before'; readonly reason: Reason | 'UNCONFIRMED' }
  | { readonly code: 'paper-already-cast' }

export type EntryRefusal =
  | PaperRefusal
  /** Who entered a paper never confirms it. */
  | { readonly code: 'same-teller' }
  | { readonly code: 'signed-on-malformed' }
  | { readonly code: 'signer-missing' }
  | { readonly code: 'scan-missing' }
  | { readonly code: 'scan-kind-unknown' }
  | { readonly code: 'scan-too-large'; readonly limitBytes: number }
  | { readonly code: 'cannot-count'; readonly unit: string; readonly reason: Reason }
  | AnswerProblem

/** What a teller reads on a paper. */
export interface PaperEntry {
  readonly pollId: string
  readonly paper: PaperReference
  /** Person id of who signed, of the unit's voters or its registered proxies (`readDesk` lists them by paper). */
  readonly signedBy: string
  readonly asProxy: boolean
  /** Question id to mark (`marksOf`); `BLANK` for none, `OVERVOTE` for several. */
  readonly answers: { readonly [questionId: string]: string }
  readonly signedOn: CivilDate | string
  /** Image or PDF; needed with the first entry, ignored afterwards: the others read the same scan. */
  readonly scan: Uint8Array | null
}

export type EntryOutcome =
  /** The first entry stands; another teller reads the scan. */
  | { readonly outcome: 'entered'; readonly paperNumber: number }
  | {
      readonly outcome: 'cast'
      readonly paperNumber: number
      readonly seq: number
      readonly leafIndex: number
    }
  /** Two entries differ; a third person reads the scan. */
  | { readonly outcome: 'differs'; readonly paperNumber: number }
  /** Three entries differ, or a paper that can never count: recorded as refused. */
  | { readonly outcome: 'refused'; readonly paperNumber: number; readonly reason: Reason }

/**
 * Receives a paper at the desk: from this instant on it belongs to the poll, whenever it is read. Needs `ballot:enter`. A
 * paper offered after the close is recorded as refused (LATE) and answered with `paper-late`.
 */
export async function receivePaper(
  _portal: Portal,
  _actor: Actor,
  _community: VotingCommunity,
  _request: {
    readonly pollId: string
    readonly paper: PaperReference
    readonly signedOn?: CivilDate | string
  },
): Promise<Result<{ readonly paperNumber: number; readonly receivedAt: Date }, PaperRefusal>> {
  throw new Error('not built yet')
}

/** Enters what a teller reads. Needs `ballot:enter`. Receives the paper when that was not done before. */
export async function enterPaper(
  _portal: Portal,
  _actor: Actor,
  _community: VotingCommunity,
  _entry: PaperEntry,
): Promise<Result<EntryOutcome, EntryRefusal>> {
  throw new Error('not built yet')
}

/** A paper as the next teller sees it: the scan and whom it may be of, without what the others read. */
export interface PaperToRead {
  readonly paperNumber: number
  readonly unit: string
  readonly entries: number
  readonly receivedAt: Date
  /** Person ids; names by `readPersonNames` of people. */
  readonly voters: readonly string[]
  readonly proxies: readonly string[]
  readonly scan: Uint8Array | null
  readonly scanMediaType: string | null
}

/** The paper with its scan, for the teller who enters or confirms it; null when there is none. Needs `ballot:enter`. */
export async function readPaperToRead(
  _portal: Portal,
  _actor: Actor,
  _community: VotingCommunity,
  _request: { readonly pollId: string; readonly paper: PaperReference },
): Promise<PaperToRead | null> {
  throw new Error('not built yet')
}

/** A ballot paper to print: one per unit of the base. `code` is the secret of its QR. */
export interface PrintedPaper {
  readonly paperNumber: number
  readonly unit: string
  readonly building: string
  readonly entrance: string
  readonly code: string
  readonly isDelivered: boolean
}

/** All papers of an announced poll in order of unit, for the printed file; null without `ballot:deliver`. */
export async function readPapersToPrint(
  _portal: Portal,
  _actor: Actor,
  _community: VotingCommunity,
  _request: { readonly pollId: string },
): Promise<readonly PrintedPaper[] | null> {
  throw new Error('not built yet')
}
