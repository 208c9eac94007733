/**
 * The kinds of document that this room seals, in one table: under which names their data is attached, how it is read, what
 * its leaf must be. Everything else about a sealed file is the same for all of them.
 */
import { err, ok, type Result } from '#kernel'
import { type FundStatement, parseFundStatement, statementIdOf } from './fund-statement.ts'
import { type MinutesCopy, minutesCopyIdOf, parseMinutesCopy } from './minutes-copy.ts'
import { encodeCertificateLeaf, encodeMinutesLeaf, encodeStatementLeaf } from './statement-leaf.ts'
import { certificateIdOf, parseTallyCertificate, type TallyCertificate } from './tally-certificate.ts'

/** A document's model with its kind. */
export type SealedDocument =
  | { readonly kind: 'fund-statement'; readonly model: FundStatement }
  | { readonly kind: 'tally-certificate'; readonly model: TallyCertificate }
  | { readonly kind: 'minutes-copy'; readonly model: MinutesCopy }

export type DocumentKindName = SealedDocument['kind']

/** Data that has been read and judged self-consistent, with what follows from it. */
export interface OpenedDocument {
  readonly document: SealedDocument
  readonly id: string
  /** The only leaf that may commit to it. */
  readonly leaf: Uint8Array
}

/** Why data is not to be believed, whatever its seal says; the code and detail of the verifier's fact `figures`. */
export interface FiguresProblem {
  readonly code: 'malformed' | 'do-not-add-up' | 'cannot-be' | 'disagree'
  readonly detail: Readonly<Record<string, string>>
}

export interface DocumentKind {
  readonly kind: DocumentKindName
  /** Names of the attachments. */
  readonly dataFile: string
  readonly proofFile: string
  /** What the fact `figures` says of data that can be read. */
  readonly soundFigures: 'add-up' | 'judged-again' | 'signed-text'
  readonly open: (data: Uint8Array) => Result<OpenedDocument, FiguresProblem>
  /** What a valid seal does not prove of such a document. */
  readonly openQuestion: 'figures-are-complete' | 'ballots-are-genuine' | 'minutes-are-what-was-said'
}

/** The attachment with the log leaf; the same name in every kind. */
export const LEAF_FILE = 'leaf.json'

export const FUND_STATEMENT_KIND: DocumentKind = {
  kind: 'fund-statement',
  dataFile: 'statement.json',
  proofFile: 'statement.tlog-proof',
  soundFigures: 'add-up',
  openQuestion: 'figures-are-complete',
  open: data => {
    const parsed = parseFundStatement(data)
    if (parsed.ok) {
      const model = parsed.value
      const document = { kind: 'fund-statement', model } as const
      return ok({ document, id: statementIdOf(model), leaf: encodeStatementLeaf(model, data) })
    }
    const problem = parsed.error
    if (problem.code === 'statement-malformed') return err({ code: 'malformed', detail: { at: problem.at } })
    const { code, at, expectedFen, foundFen } = problem
    return err({ code: 'do-not-add-up', detail: { rule: code, at, expectedFen, foundFen } })
  },
}

export const TALLY_CERTIFICATE_KIND: DocumentKind = {
  kind: 'tally-certificate',
  dataFile: 'certificate.json',
  proofFile: 'certificate.tlog-proof',
  soundFigures: 'judged-again',
  openQuestion: 'ballots-are-genuine',
  open: data => {
    const parsed = parseTallyCertificate(data)
    if (parsed.ok) {
      const model = parsed.value
      const document = { kind: 'tally-certificate', model } as const
      return ok({ document, id: certificateIdOf(model), leaf: encodeCertificateLeaf(model, data) })
    }
    const problem = parsed.error
    if (problem.code === 'certificate-malformed')
      return err({ code: 'malformed', detail: { at: problem.at } })
    if (problem.code === 'count-impossible') {
      return err({ code: 'cannot-be', detail: { at: problem.at, rule: problem.rule } })
    }
    const { at, expected, found } = problem
    return err({ code: 'disagree', detail: { at, expected, found } })
  },
}

export const MINUTES_COPY_KIND: DocumentKind = {
  kind: 'minutes-copy',
  dataFile: 'minutes.json',
  proofFile: 'minutes.tlog-proof',
  soundFigures: 'signed-text',
  openQuestion: 'minutes-are-what-was-said',
  open: data => {
    const parsed = parseMinutesCopy(data)
    if (parsed.ok) {
      const model = parsed.value
      const document = { kind: 'minutes-copy', model } as const
      return ok({ document, id: minutesCopyIdOf(model), leaf: encodeMinutesLeaf(model, data) })
    }
    const problem = parsed.error
    if (problem.code === 'copy-malformed') return err({ code: 'malformed', detail: { at: problem.at } })
    const { at, expected, found } = problem
    return err({ code: 'disagree', detail: { at, expected, found } })
  },
}

export const DOCUMENT_KINDS: readonly DocumentKind[] = [
  FUND_STATEMENT_KIND,
  TALLY_CERTIFICATE_KIND,
  MINUTES_COPY_KIND,
]
