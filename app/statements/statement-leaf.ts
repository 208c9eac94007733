/**
 * The log leaf of a sealed document: it commits to the digest of the document's canonical JSON, never to the PDF file (whose
 * bytes hold this leaf's proof). A leaf that supersedes another document is itself the proof that the old one is old.
 */
import { type CanonicalValue, canonicalBytes, err, ok, parseCanonical, type Result } from '#kernel'
import { type FundStatement, statementDigestOf, statementIdOf } from './fund-statement.ts'
import { type MinutesCopy, minutesCopyIdOf } from './minutes-copy.ts'
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

/** What one leaf says, and of what: a month's funds, a poll's count, or a meeting's minutes. */
export type StatementLeaf =
  | (LeafHead & { readonly kind: 'fund-statement'; readonly period: string })
  | (LeafHead & { readonly kind: 'tally-certificate'; readonly poll: string })
  | (LeafHead & { readonly kind: 'minutes-copy'; readonly meeting: string })

type Subject =
  | { readonly kind: 'fund-statement'; readonly period: string }
  | { readonly kind: 'tally-certificate'; readonly poll: string }
  | { readonly kind: 'minutes-copy'; readonly meeting: string }

function encode(
  document: Pick<FundStatement, 'community' | 'version' | 'supersedes'>,
  statement: string,
  subject: Subject,
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

/** The leaf bytes of a copy of minutes, likewise. */
export function encodeMinutesLeaf(copy: MinutesCopy, bytes: Uint8Array): Uint8Array {
  const subject = { kind: 'minutes-copy', meeting: copy.minutes.meeting } as const
  return encode(copy, minutesCopyIdOf(copy), subject, bytes)
}

/** The month, the poll or the meeting; undefined for a kind that is none of ours. */
function namedIn(leaf: StatementLeaf): string | undefined {
  switch (leaf.kind) {
    case 'fund-statement':
      return leaf.period
    case 'tally-certificate':
      return leaf.poll
    case 'minutes-copy':
      return leaf.meeting
    default:
      return undefined
  }
}

/** What a document and its corrections have in common: the month, the poll, or the meeting. */
export function subjectOfLeaf(leaf: StatementLeaf): string {
  return `${leaf.kind} ${namedIn(leaf)}`
}

/** Parses leaf bytes; refuses other kinds of leaves and anything not canonical. */
export function parseStatementLeaf(bytes: Uint8Array): Result<StatementLeaf, 'leaf-malformed'> {
  const json = parseCanonical(bytes)
  if (!json.ok || json.value === null || typeof json.value !== 'object') return err('leaf-malformed')
  const leaf = json.value as unknown as StatementLeaf
  const subject = namedIn(leaf)
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
