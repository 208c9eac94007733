/**
 * Proofs that stand alone (c2sp.org/tlog-proof@v1, file extension `.tlog-proof`): an entry's index, its inclusion proof
 * and the signed checkpoint, verified offline against a policy that the reader brings.
 */
import { assert, err, fromBase64, ok, type Result, toBase64 } from '#kernel'
import { parseCheckpoint, parseDecimal } from './checkpoint.ts'
import { isSameKey, parseNote, type VerifiedSignature, verifyNote } from './note.ts'
import { isQuorum, type LogPolicy } from './policy.ts'
import { checkInclusion, HASH_BYTES, type Hash, hashLeaf } from './tree.ts'

const FIRST_LINE = 'c2sp.org/tlog-proof@v1'
/** A tree has at most 63 levels above a leaf. */
const MOST_HASHES = 63

export interface LogProof {
  /** Not authenticated: never trust it, never put personal data into it. */
  readonly extra: Uint8Array | null
  readonly index: number
  readonly hashes: readonly Hash[]
  /** The signed note of the checkpoint, verbatim. */
  readonly checkpoint: string
}

export type ProofProblem =
  | 'proof-malformed'
  | 'proof-log-unknown'
  | 'proof-log-signature-missing'
  | 'proof-signature-invalid'
  | 'proof-quorum-missing'
  | 'proof-inclusion-invalid'

/** What a proof shows once all of it has been verified. */
export interface VerifiedProof {
  readonly origin: string
  readonly index: number
  readonly size: number
  readonly root: Hash
  /** Known witnesses that cosigned, with their times. */
  readonly witnesses: readonly VerifiedSignature[]
}

/** The text of a proof. */
export function formatProof(proof: LogProof): string {
  assert(parseNote(proof.checkpoint).ok, 'a proof carries a signed checkpoint')
  const lines = [FIRST_LINE]
  if (proof.extra !== null) lines.push(`extra ${toBase64(proof.extra)}`)
  lines.push(`index ${proof.index}`, ...proof.hashes.map(toBase64))
  return `${lines.join('\n')}\n\n${proof.checkpoint}`
}

/** Parses a proof strictly. Verifies nothing. */
export function parseProof(text: string): Result<LogProof, 'proof-malformed'> {
  const split = text.indexOf('\n\n')
  if (split < 0) return err('proof-malformed')
  const lines = text.slice(0, split).split('\n')
  if (lines.shift() !== FIRST_LINE) return err('proof-malformed')
  const extraText = lines[0]?.startsWith('extra ') ? lines.shift()!.slice('extra '.length) : null
  const extra = extraText === null ? null : fromBase64(extraText)
  if (extraText !== null && extra === null) return err('proof-malformed')
  const indexLine = lines.shift()
  const index = indexLine?.startsWith('index ') ? parseDecimal(indexLine.slice('index '.length)) : null
  if (index === null || lines.length > MOST_HASHES) return err('proof-malformed')
  const hashes: Hash[] = []
  for (const line of lines) {
    const hash = fromBase64(line)
    if (hash?.length !== HASH_BYTES) return err('proof-malformed')
    hashes.push(hash)
  }
  const checkpoint = text.slice(split + 2)
  return parseNote(checkpoint).ok ? ok({ extra, index, hashes, checkpoint }) : err('proof-malformed')
}

/**
 * Verifies that these very bytes are an entry of a log that the policy accepts, at a head that enough witnesses saw:
 * origin and log signature, cosignatures, then inclusion.
 */
export function verifyProof(
  text: string,
  entry: Uint8Array,
  policy: LogPolicy,
): Result<VerifiedProof, ProofProblem> {
  const proof = parseProof(text)
  if (!proof.ok) return proof
  const note = parseNote(proof.value.checkpoint)
  const head = note.ok ? parseCheckpoint(note.value.text) : note
  if (!head.ok) return err('proof-malformed')
  const { origin, size, root } = head.value
  const logs = policy.logs.filter(key => key.name === origin)
  if (logs.length === 0) return err('proof-log-unknown')
  const verified = verifyNote(proof.value.checkpoint, [...logs, ...policy.witnesses])
  if (!verified.ok) {
    return err(
      verified.error === 'note-signature-missing' ? 'proof-log-signature-missing' : 'proof-signature-invalid',
    )
  }
  const { signatures } = verified.value
  if (!signatures.some(({ key }) => logs.some(log => isSameKey(log, key)))) {
    return err('proof-log-signature-missing')
  }
  const witnesses = signatures.filter(({ key }) => policy.witnesses.includes(key))
  if (
    !isQuorum(
      policy.quorum,
      witnesses.map(({ key }) => key),
    )
  )
    return err('proof-quorum-missing')
  if (!checkInclusion(proof.value.hashes, hashLeaf(entry), proof.value.index, size, root)) {
    return err('proof-inclusion-invalid')
  }
  return ok({ origin, index: proof.value.index, size, root, witnesses })
}
