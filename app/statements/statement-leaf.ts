/**
 * The log leaf of a sealed document: it commits to the digest of the document's canonical JSON, never to the PDF file (whose
 * bytes hold this leaf's proof). A leaf that supersedes another document is itself the proof that the old one is old.
 */
import { type CanonicalValue, canonicalBytes, err, ok, parseCanonical, type Result } from '#kernel'
import { type FundStatement, statementDigestOf, statementIdOf } from './fund-statement.ts'
import { certificateIdOf, type TallyCertificate } from './tally-certificate.ts'

interface LeafHead {
  readonly v: 1
  readonly t: 'statement'
  /** Origin of the log it belongs to, so that it proves nothing in any other. */
  readonly log: string
  readonly statement: string
  readonly version: number
  /** Digest and length of the canonical JSON. */
  readonly sha256: string
  readonly bytes: number
  /** Digest of the document that this one replaces. */
  readonly supersedes?: string
}

/** What one leaf says, and of what: a month's funds, or a poll's count. */
export type StatementLeaf =
  | (LeafHead & { readonly kind: 'fund-statement'; readonly period: string })
  | (LeafHead & { readonly kind: 'tally-certificate'; readonly poll: string })

function encode(
  document: Pick<FundStatement, 'community' | 'version' | 'supersedes'>,
  statement: string,
  subject: { readonly kind: 'fund-statement'; period: string } | { kind: 'tally-certificate'; poll: string },
  bytes: Uint8Array,
): Uint8Array {
  const leaf: StatementLeaf = {
    v: 1,
    t: 'statement',
    log: document.community.logOrigin,
    ...subject,
    statement,
    version: document.version,
    sha256: statementDigestOf(bytes),
    bytes: bytes.length,
    ...(document.supersedes && { supersedes: document.supersedes.digest }),
  }
  return canonicalBytes(leaf as unknown as CanonicalValue)
}

/** The leaf bytes of a statement, to be appended before the PDF is rendered. `bytes` are the statement's canonical bytes. */
export function encodeStatementLeaf(statement: FundStatement, bytes: Uint8Array): Uint8Array {
  const subject = { kind: 'fund-statement', period: statement.period } as const
  return encode(statement, statementIdOf(statement), subject, bytes)
}

/** The leaf bytes of a tally certificate, likewise. */
export function encodeCertificateLeaf(certificate: TallyCertificate, bytes: Uint8Array): Uint8Array {
  const subject = { kind: 'tally-certificate', poll: certificate.poll } as const
  return encode(certificate, certificateIdOf(certificate), subject, bytes)
}

/** What a document and its corrections have in common: the month, or the poll. */
export function subjectOfLeaf(leaf: StatementLeaf): string {
  return leaf.kind === 'fund-statement' ? `${leaf.kind} ${leaf.period}` : `${leaf.kind} ${leaf.poll}`
}

/** Parses leaf bytes; refuses other kinds of leaves and anything not canonical. */
export function parseStatementLeaf(bytes: Uint8Array): Result<StatementLeaf, 'leaf-malformed'> {
  const json = parseCanonical(bytes)
  if (!json.ok || json.value === null || typeof json.value !== 'object') return err('leaf-malformed')
  const leaf = json.value as unknown as StatementLeaf
  const subject =
    leaf.kind === 'fund-statement' ? leaf.period : leaf.kind === 'tally-certificate' ? leaf.poll : undefined
  const isGood =
    leaf.v === 1 &&
    leaf.t === 'statement' &&
    [leaf.log, leaf.statement, subject].every(member => typeof member === 'string') &&
    Number.isSafeInteger(leaf.version) &&
    Number.isSafeInteger(leaf.bytes) &&
    isDigest(leaf.sha256) &&
    (leaf.supersedes === undefined || isDigest(leaf.supersedes))
  return isGood ? ok(leaf) : err('leaf-malformed')
}

function isDigest(value: unknown): boolean {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)
}
