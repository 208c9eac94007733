/**
 * The text of a checkpoint (c2sp.org/tlog-checkpoint): the head of a log that is signed. One spelling per head; it never
 * judges a signature (see note.ts).
 */
import { assert, err, fromBase64, ok, type Result, toBase64 } from '#kernel'
import { HASH_BYTES, type Hash, isTreeSize } from './tree.ts'

/** The head of a log. `extensions` are opaque lines of foreign logs; ours have none. */
export interface Checkpoint {
  readonly origin: string
  readonly size: number
  readonly root: Hash
  readonly extensions: readonly string[]
}

/** Parses decimal digits without leading zeros into a size or an index; null when it is anything else. */
export function parseDecimal(text: string): number | null {
  const value = /^(?:0|[1-9]\d{0,15})$/.test(text) ? Number(text) : null
  return value !== null && isTreeSize(value) ? value : null
}

/** `<origin>\n<size>\n<base64 root>\n` and any extension lines. */
export function formatCheckpoint(head: Pick<Checkpoint, 'origin' | 'size' | 'root'>): string {
  assert(/^[^\n]+$/.test(head.origin), 'an origin is one non-empty line')
  assert(isTreeSize(head.size) && head.root.length === HASH_BYTES, 'not the head of a tree')
  return `${head.origin}\n${head.size}\n${toBase64(head.root)}\n`
}

/** Parses the signed text strictly: no leading zero, no other base64 spelling, no empty line, a final newline. */
export function parseCheckpoint(text: string): Result<Checkpoint, 'checkpoint-malformed'> {
  const lines = text.split('\n')
  const last = lines.pop()
  const [origin, sizeText, rootText, ...extensions] = lines
  if (last !== '' || lines.some(line => line === '')) return err('checkpoint-malformed')
  if (origin === undefined || sizeText === undefined || rootText === undefined)
    return err('checkpoint-malformed')
  const size = parseDecimal(sizeText)
  const root = fromBase64(rootText)
  if (size === null || root === null || root.length !== HASH_BYTES) return err('checkpoint-malformed')
  return ok({ origin, size, root, extensions })
}
