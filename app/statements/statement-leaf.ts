/**
 * The log leaf of a statement: it commits to the digest of the statement's canonical JSON, never to the PDF file (whose
 * bytes hold this leaf's proof). A leaf that supersedes another statement is itself the proof that the old one is old.
 */
import { type CanonicalValue, canonicalBytes, err, ok, parseCanonical, type Result } from '#kernel'
import { type FundStatement, statementDigestOf, statementIdOf } from './fund-statement.ts'

/** What one leaf says. */
export interface StatementLeaf {
  readonly v: 1
  readonly t: 'statement'
  /** Origin of the log it belongs to, so that it proves nothing in any other. */
  readonly log: string
  readonly kind: 'fund-statement'
  readonly statement: string
  readonly period: string
  readonly version: number
  /** Digest and length of the canonical JSON. */
  readonly sha256: string
  readonly bytes: number
  /** Digest of the statement that this one replaces. */
  readonly supersedes?: string
}

/** The leaf bytes of a statement, to be appended before the PDF is rendered. `bytes` are the statement's canonical bytes. */
export function encodeStatementLeaf(statement: FundStatement, bytes: Uint8Array): Uint8Array {
  const leaf: StatementLeaf = {
    v: 1,
    t: 'statement',
    log: statement.community.logOrigin,
    kind: 'fund-statement',
    statement: statementIdOf(statement),
    period: statement.period,
    version: statement.version,
    sha256: statementDigestOf(bytes),
    bytes: bytes.length,
    ...(statement.supersedes && { supersedes: statement.supersedes.digest }),
  }
  return canonicalBytes(leaf as unknown as CanonicalValue)
}

/** Parses leaf bytes; refuses other kinds of leaves and anything not canonical. */
export function parseStatementLeaf(bytes: Uint8Array): Result<StatementLeaf, 'leaf-malformed'> {
  const json = parseCanonical(bytes)
  if (!json.ok || json.value === null || typeof json.value !== 'object') return err('leaf-malformed')
  const leaf = json.value as unknown as StatementLeaf
  const isGood =
    leaf.v === 1 &&
    leaf.t === 'statement' &&
    leaf.kind === 'fund-statement' &&
    [leaf.log, leaf.statement, leaf.period].every(member => typeof member === 'string') &&
    Number.isSafeInteger(leaf.version) &&
    Number.isSafeInteger(leaf.bytes) &&
    isDigest(leaf.sha256) &&
    (leaf.supersedes === undefined || isDigest(leaf.supersedes))
  return isGood ? ok(leaf) : err('leaf-malformed')
}

function isDigest(value: unknown): boolean {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)
}
