/**
 * The memory of what was signed, kept outside the database: a restored backup is the realistic way to fork a log, and
 * the database can not remember what it forgot. One append-only file per origin; nothing is ever removed from it.
 */
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { assert, equalBytes, err, fromBase64, ok, type Result, sha256Hex, toBase64, utf8 } from '#kernel'
import { parseDecimal } from './checkpoint.ts'
import { HASH_BYTES, type Hash } from './tree.ts'

/** A head that was signed, or is about to be. */
export interface SignedHead {
  readonly size: number
  readonly root: Hash
}

export type SignGuardRefusal = 'sign-guard-refused' | 'sign-guard-moved'

export interface SignGuard {
  /** The last head remembered for this origin; null when it knows nothing of it. */
  last(origin: string): Promise<SignedHead | null>
  /**
   * Remembers a head durably before it is signed. Refuses (`sign-guard-refused`) a smaller size or another root at the
   * same size, and (`sign-guard-moved`) when the last head is no longer `after`: another signer is at work.
   */
  remember(
    origin: string,
    head: SignedHead,
    after: SignedHead | null,
  ): Promise<Result<null, SignGuardRefusal>>
}

export function isSameHead(a: SignedHead | null, b: SignedHead | null): boolean {
  return a === null || b === null ? a === b : a.size === b.size && equalBytes(a.root, b.root)
}

function formatHead(head: SignedHead): string {
  return `${head.size} ${toBase64(head.root)}\n`
}

function parseHead(line: string): SignedHead | null {
  const [sizeText, rootText] = line.split(' ')
  const size = parseDecimal(sizeText ?? '')
  const root = fromBase64(rootText ?? '')
  return size !== null && root?.length === HASH_BYTES ? { size, root } : null
}

/** A line that a power cut tore: it was never signed, because signing waits for the flush. */
function isTorn(line: string): boolean {
  return line.length < 61 && /^\d*(?: [A-Za-z0-9+/]{0,43})?$/.test(line)
}

function readHeads(path: string, origin: string): { heads: SignedHead[]; endsInLine: boolean } {
  const [first, ...lines] = readFileSync(path, 'utf8').split('\n')
  assert(first === origin, `${path} is not the sign-guard of ${origin}`)
  const endsInLine = lines.pop() === ''
  const heads: SignedHead[] = []
  for (const line of lines) {
    const head = parseHead(line)
    assert(head !== null || isTorn(line), `${path} has a line that is no signed head`)
    if (head !== null) heads.push(head)
  }
  return { heads, endsInLine }
}

function flush(path: string, text: string): void {
  const file = openSync(path, 'a', 0o600)
  try {
    writeSync(file, text)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

function createGuardFile(directory: string, path: string, origin: string): void {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  flush(path, `${origin}\n`)
  // The name of a new file is durable only once its directory is.
  const entry = openSync(directory, 'r')
  fsyncSync(entry)
  closeSync(entry)
}

/**
 * A guard in a directory that is not restored together with the database (another disk, at best append-only). One file per
 * origin, named by the origin's SHA-256: the origin, then a line `<size> <base64 root>` for each head signed.
 */
export function fileSignGuard(directory: string): SignGuard {
  const pathOf = (origin: string) => join(directory, `${sha256Hex(utf8(origin))}.heads`)
  return {
    async last(origin) {
      const path = pathOf(origin)
      return existsSync(path) ? (readHeads(path, origin).heads.at(-1) ?? null) : null
    },
    async remember(origin, head, after) {
      const path = pathOf(origin)
      if (!existsSync(path)) createGuardFile(directory, path, origin)
      const before = readHeads(path, origin)
      const last = before.heads.at(-1) ?? null
      if (!isSameHead(last, after)) return err('sign-guard-moved')
      if (last !== null && isSameHead(last, head)) return ok(null)
      if (last !== null && head.size <= last.size) return err('sign-guard-refused')
      flush(path, `${before.endsInLine ? '' : '\n'}${formatHead(head)}`)
      // Another process may have written between reading and writing: then neither signs.
      const heads = readHeads(path, origin).heads
      const isNext = heads.length === before.heads.length + 1 && isSameHead(heads.at(-1) ?? null, head)
      return isNext ? ok(null) : err('sign-guard-moved')
    },
  }
}
