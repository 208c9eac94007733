/** A second, naive way to every tree hash, straight from the recursive definitions of RFC 6962 §2.1: the tests' oracle. */
import { createHash } from 'node:crypto'

function sha256(...parts: Uint8Array[]): Uint8Array {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return new Uint8Array(hash.digest())
}

function split(count: number): number {
  let k = 1
  while (2 * k < count) k *= 2
  return k
}

export function naiveLeafHash(entry: Uint8Array): Uint8Array {
  return sha256(Uint8Array.of(0), entry)
}

/** MTH over leaf hashes, remembered by range. */
export function naiveTree(leafHashes: readonly Uint8Array[]) {
  const known = new Map<string, Uint8Array>()
  function root(start: number, end: number): Uint8Array {
    if (start === end) return sha256()
    if (end - start === 1) return leafHashes[start]!
    const name = `${start}-${end}`
    const held = known.get(name)
    if (held) return held
    const middle = start + split(end - start)
    const hash = sha256(Uint8Array.of(1), root(start, middle), root(middle, end))
    known.set(name, hash)
    return hash
  }
  function path(index: number, start: number, end: number): Uint8Array[] {
    if (end - start === 1) return []
    const middle = start + split(end - start)
    return index < middle
      ? [...path(index, start, middle), root(middle, end)]
      : [...path(index, middle, end), root(start, middle)]
  }
  function subproof(from: number, start: number, end: number, isWhole: boolean): Uint8Array[] {
    if (from === end) return isWhole ? [] : [root(start, end)]
    const middle = start + split(end - start)
    return from <= middle
      ? [...subproof(from, start, middle, isWhole), root(middle, end)]
      : [...subproof(from, middle, end, false), root(start, middle)]
  }
  return {
    root: (size: number) => root(0, size),
    subtree: root,
    inclusion: (index: number, size: number) => path(index, 0, size),
    consistency: (from: number, to: number) => (from === 0 || from === to ? [] : subproof(from, 0, to, true)),
  }
}

/** Entries that the vectors and the tests share: `i` as text. */
export function entriesUpTo(count: number): Uint8Array[] {
  return Array.from({ length: count }, (_, i) => new TextEncoder().encode(`entry ${i}`))
}

/** The bytes with one bit turned. */
export function tampered(bytes: Uint8Array, at = 0): Uint8Array {
  const copy = Uint8Array.from(bytes)
  copy[at] = copy[at]! ^ 1
  return copy
}
