/**
 * The one place where this room asks the transparency log's mathematics: is a leaf in the log that the reader knows, and
 * does another leaf of that log replace the statement in hand?
 */
import {
  type CanonicalValue,
  canonicalBytes,
  err,
  fromBase64,
  ok,
  parseCanonical,
  type Result,
  toBase64,
  utf8,
} from '#kernel'
import { parseVkey, type VerifiedProof, type VerifierKey, verifyProof } from '#tlog'
import { parseStatementLeaf, type StatementLeaf, subjectOfLeaf } from './statement-leaf.ts'

export type InclusionProblem =
  | 'no-log-key'
  | 'proof-malformed'
  | 'log-unknown'
  | 'log-signature-missing'
  | 'log-signature-invalid'
  | 'not-in-log'

/** A leaf with its stand-alone proof, as attached to every statement. */
export interface LeafEvidence {
  readonly leaf: Uint8Array
  /** Text of a `.tlog-proof`. */
  readonly proof: string
}

const PROBLEMS = {
  'proof-malformed': 'proof-malformed',
  'proof-log-unknown': 'log-unknown',
  'proof-log-signature-missing': 'log-signature-missing',
  'proof-signature-invalid': 'log-signature-invalid',
  'proof-quorum-missing': 'log-signature-missing',
  'proof-inclusion-invalid': 'not-in-log',
} as const

/** The verifier keys of a text with one per line; lines that are none are left out. */
export function parseLogKeys(text: string): readonly VerifierKey[] {
  return text.split('\n').flatMap(line => {
    const key = parseVkey(line.trim())
    return key.ok ? [key.value] : []
  })
}

/** Checks that the leaf is an entry of a log whose key the reader brought. */
export function checkInLog(
  evidence: LeafEvidence,
  logs: readonly VerifierKey[],
): Result<VerifiedProof, InclusionProblem> {
  if (logs.length === 0) return err('no-log-key')
  const verified = verifyProof(evidence.proof, evidence.leaf, { logs, witnesses: [], quorum: null })
  return verified.ok ? verified : err(PROBLEMS[verified.error])
}

/** Another leaf of the same log that makes a statement an old one, or contradicts it. */
export interface Supersession {
  readonly code: 'superseded' | 'contradicted'
  readonly by: StatementLeaf
}

/** Looks for a proven leaf that replaces the statement, or that names another digest for the same version of it. */
export function findSupersession(
  own: StatementLeaf,
  known: readonly LeafEvidence[],
  logs: readonly VerifierKey[],
): Supersession | null {
  let found: Supersession | null = null
  for (const evidence of known) {
    const leaf = parseStatementLeaf(evidence.leaf)
    const proven = checkInLog(evidence, logs)
    if (!leaf.ok || !proven.ok || proven.value.origin !== own.log || leaf.value.log !== own.log) continue
    const by = leaf.value
    if (by.statement === own.statement && by.sha256 !== own.sha256) return { code: 'contradicted', by }
    const isNewer =
      by.supersedes === own.sha256 || (subjectOfLeaf(by) === subjectOfLeaf(own) && by.version > own.version)
    if (isNewer && (found === null || by.version > found.by.version)) found = { code: 'superseded', by }
  }
  return found
}

/** The list of superseding leaves with their proofs that the portal offers for download. It needs no trust: each entry is proved. */
export function encodeSupersedingList(entries: readonly LeafEvidence[]): Uint8Array {
  const list: CanonicalValue = {
    v: 1,
    t: 'superseding-statements',
    entries: entries.map(({ leaf, proof }) => ({ leaf: toBase64(leaf), proof })),
  }
  return canonicalBytes(list)
}

/** Parses such a list. */
export function parseSupersedingList(bytes: Uint8Array): Result<readonly LeafEvidence[], 'list-malformed'> {
  const json = parseCanonical(bytes)
  const list = json.ok ? (json.value as { t?: unknown; entries?: unknown } | null) : null
  if (list?.t !== 'superseding-statements' || !Array.isArray(list.entries)) return err('list-malformed')
  const entries: LeafEvidence[] = []
  for (const entry of list.entries as readonly ({ leaf?: unknown; proof?: unknown } | null)[]) {
    const leaf = typeof entry?.leaf === 'string' ? fromBase64(entry.leaf) : null
    if (leaf === null || typeof entry?.proof !== 'string') return err('list-malformed')
    entries.push({ leaf, proof: entry.proof })
  }
  return ok(entries)
}

/** A proof's bytes as text. */
export function proofText(bytes: Uint8Array): string | null {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
  const again = utf8(text)
  return again.length === bytes.length && again.every((byte, index) => byte === bytes[index]) ? text : null
}
