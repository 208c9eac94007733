/**
 * The question a log puts to a witness (c2sp.org/tlog-witness, body of `add-checkpoint`) and what a witness must check
 * before it cosigns. It keeps no state: whoever asks holds the last head seen.
 */
import { assert, err, fromBase64, ok, type Result, toBase64 } from '#kernel'
import { type Checkpoint, parseCheckpoint, parseDecimal } from './checkpoint.ts'
import { parseNote, type VerifierKey, verifyNote } from './note.ts'
import { checkConsistency, emptyRoot, HASH_BYTES, type Hash } from './tree.ts'

const MOST_HASHES = 63

export interface AddCheckpoint {
  /** Size of the head that the log believes the witness saw last. */
  readonly oldSize: number
  readonly hashes: readonly Hash[]
  /** The signed note, verbatim. */
  readonly checkpoint: string
}

export type WitnessRefusal =
  | 'witness-request-malformed'
  | 'witness-log-unknown'
  | 'witness-log-signature-invalid'
  | 'witness-old-size-stale'
  | 'witness-fork'
  | 'witness-proof-invalid'

/** `old <size>`, the consistency proof, an empty line, the signed checkpoint. */
export function formatAddCheckpoint(request: AddCheckpoint): string {
  assert(request.hashes.length <= MOST_HASHES, 'a consistency proof has at most 63 hashes')
  const lines = [`old ${request.oldSize}`, ...request.hashes.map(toBase64)]
  return `${lines.join('\n')}\n\n${request.checkpoint}`
}

/** Parses the body strictly. */
export function parseAddCheckpoint(body: string): Result<AddCheckpoint, 'witness-request-malformed'> {
  const split = body.indexOf('\n\n')
  const [oldLine, ...hashLines] = body.slice(0, Math.max(split, 0)).split('\n')
  const oldSize = oldLine?.startsWith('old ') ? parseDecimal(oldLine.slice('old '.length)) : null
  const checkpoint = body.slice(split + 2)
  if (split < 0 || oldSize === null || hashLines.length > MOST_HASHES || !parseNote(checkpoint).ok) {
    return err('witness-request-malformed')
  }
  const hashes: Hash[] = []
  for (const line of hashLines) {
    const hash = fromBase64(line)
    if (hash?.length !== HASH_BYTES) return err('witness-request-malformed')
    hashes.push(hash)
  }
  return ok({ oldSize, hashes, checkpoint })
}

/**
 * Judges a request in the order of the specification: the head to cosign, or the refusal. `logs` are the keys the
 * witness knows; `seen` is the last head it cosigned for this origin, null when it has seen none.
 */
export function checkAddCheckpoint(
  body: string,
  logs: readonly VerifierKey[],
  seenOf: (origin: string) => Pick<Checkpoint, 'size' | 'root'> | null,
): Result<Checkpoint, WitnessRefusal> {
  const request = parseAddCheckpoint(body)
  if (!request.ok) return request
  const note = parseNote(request.value.checkpoint)
  const head = note.ok ? parseCheckpoint(note.value.text) : note
  if (!head.ok || request.value.oldSize > head.value.size) return err('witness-request-malformed')
  const { origin, size, root } = head.value
  const keys = logs.filter(key => key.name === origin)
  if (keys.length === 0) return err('witness-log-unknown')
  if (!verifyNote(request.value.checkpoint, keys).ok) return err('witness-log-signature-invalid')
  const seen = seenOf(origin) ?? { size: 0, root: emptyRoot() }
  if (request.value.oldSize !== seen.size) return err('witness-old-size-stale')
  const isConsistent = checkConsistency(request.value.hashes, seen.size, seen.root, size, root)
  // Another root at the size already seen is proof of a fork: an alarm, never a retry.
  if (size === seen.size && !isConsistent && request.value.hashes.length === 0) return err('witness-fork')
  return isConsistent ? ok(head.value) : err('witness-proof-invalid')
}
