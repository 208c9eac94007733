/**
 * The Merkle tree of RFC 6962 §2.1 (RFC 9162 §2.1): hashes, proofs, and their checks. It works on hashes it is handed,
 * reads nothing, stores nothing, and knows no meaning of a leaf.
 */
import { assert, equalBytes, sha256 } from '#kernel'

/** A SHA-256 value, 32 bytes. */
export type Hash = Uint8Array

/** A complete subtree: the hash over the `2^level` leaves from `index * 2^level` on. */
export interface TreeNode {
  readonly level: number
  readonly index: number
}

/** Where proofs take the hashes of complete subtrees from. Throws when it does not hold one. */
export type HashReader = (node: TreeNode) => Hash

export const HASH_BYTES = 32

/** Sizes and indices are exact JavaScript integers; no log of ours comes near 2^53 leaves. */
export function isTreeSize(size: number): boolean {
  return Number.isSafeInteger(size) && size >= 0
}

/** Hash of a leaf: `SHA-256(0x00 || entry)`. */
export function hashLeaf(entry: Uint8Array): Hash {
  const input = new Uint8Array(entry.length + 1)
  input.set(entry, 1)
  return sha256(input)
}

/** Hash of an inner node: `SHA-256(0x01 || left || right)`. */
export function hashNode(left: Hash, right: Hash): Hash {
  const input = new Uint8Array(1 + 2 * HASH_BYTES)
  input[0] = 1
  input.set(left, 1)
  input.set(right, 1 + HASH_BYTES)
  return sha256(input)
}

/** Root of the tree without leaves: `SHA-256("")`. */
export function emptyRoot(): Hash {
  return sha256(new Uint8Array(0))
}

/** Largest power of two strictly below `count` (the `k` of RFC 6962), for `count >= 2`. */
function splitOf(count: number): number {
  let split = 1
  while (split * 2 < count) split *= 2
  return split
}

function isPowerOfTwo(count: number): boolean {
  let odd = count
  while (odd % 2 === 0) odd /= 2
  return odd === 1
}

/**
 * The complete subtrees, left to right, whose hashes fold into `MTH(D[start:end])`. `start` must be a multiple of the
 * smallest power of two that is not below the length, as it is for every range that a proof or a root names.
 */
export function nodesOfRange(start: number, end: number): TreeNode[] {
  const nodes: TreeNode[] = []
  let at = start
  while (at < end) {
    let level = 0
    let width = 1
    while (width * 2 <= end - at) {
      width *= 2
      level += 1
    }
    assert(at % width === 0, `range ${start}..${end} is not a subtree`)
    nodes.push({ level, index: at / width })
    at += width
  }
  return nodes
}

/** Folds the hashes of complete subtrees of falling size, left to right, into one. */
export function foldHashes(hashes: readonly Hash[]): Hash {
  assert(hashes.length > 0, 'nothing to fold')
  return hashes.reduceRight((right, left) => hashNode(left, right))
}

function hashRange(start: number, end: number, read: HashReader): Hash {
  return foldHashes(nodesOfRange(start, end).map(read))
}

/** `MTH(D[0:size])`. */
export function rootOf(size: number, read: HashReader): Hash {
  return size === 0 ? emptyRoot() : hashRange(0, size, read)
}

type Range = readonly [start: number, end: number]

/** The ranges whose hashes are `PATH(index, D[0:size])`, leaf's sibling first (RFC 6962 §2.1.1). */
function inclusionRanges(index: number, size: number): Range[] {
  assert(isTreeSize(size) && isTreeSize(index) && index < size, `no leaf ${index} in a tree of ${size}`)
  const ranges: Range[] = []
  let [start, end] = [0, size]
  while (end - start > 1) {
    const middle = start + splitOf(end - start)
    if (index < middle) {
      ranges.push([middle, end])
      end = middle
    } else {
      ranges.push([start, middle])
      start = middle
    }
  }
  return ranges.reverse()
}

/** The ranges whose hashes are `PROOF(from, D[0:to])` (RFC 6962 §2.1.2). */
function consistencyRanges(from: number, to: number): Range[] {
  assert(isTreeSize(from) && isTreeSize(to) && from <= to, `no consistency proof from ${from} to ${to}`)
  if (from === 0 || from === to) return []
  const ranges: Range[] = []
  let [start, end] = [0, to]
  while (end !== from) {
    const middle = start + splitOf(end - start)
    if (from <= middle) {
      ranges.push([middle, end])
      end = middle
    } else {
      ranges.push([start, middle])
      start = middle
    }
  }
  // The old tree's own subtree is known to the checker only when it is the whole old tree.
  if (start !== 0) ranges.push([start, end])
  return ranges.reverse()
}

/** The complete subtrees that `proveInclusion` reads: what to bring into memory first. */
export function nodesOfInclusionProof(index: number, size: number): TreeNode[] {
  return inclusionRanges(index, size).flatMap(([start, end]) => nodesOfRange(start, end))
}

/** The complete subtrees that `proveConsistency` reads. */
export function nodesOfConsistencyProof(from: number, to: number): TreeNode[] {
  return consistencyRanges(from, to).flatMap(([start, end]) => nodesOfRange(start, end))
}

/** Inclusion proof of leaf `index` in the tree of `size` leaves, leaf's sibling first (RFC 6962 §2.1.1). */
export function proveInclusion(index: number, size: number, read: HashReader): Hash[] {
  return inclusionRanges(index, size).map(([start, end]) => hashRange(start, end, read))
}

/** Consistency proof between the trees of `from` and `to` leaves (RFC 6962 §2.1.2); empty when either is trivial. */
export function proveConsistency(from: number, to: number, read: HashReader): Hash[] {
  return consistencyRanges(from, to).map(([start, end]) => hashRange(start, end, read))
}

function areHashes(hashes: readonly Uint8Array[]): boolean {
  return hashes.every(hash => hash.length === HASH_BYTES)
}

/** True when the proof shows `leafHash` at `index` in the tree of `size` leaves with this root (RFC 9162 §2.1.3.2). */
export function checkInclusion(
  proof: readonly Hash[],
  leafHash: Hash,
  index: number,
  size: number,
  root: Hash,
): boolean {
  if (!isTreeSize(index) || !isTreeSize(size) || index >= size) return false
  if (!areHashes([...proof, leafHash, root])) return false
  let position = index
  let last = size - 1
  let hash = leafHash
  for (const sibling of proof) {
    if (last === 0) return false
    if (position % 2 === 1 || position === last) {
      hash = hashNode(sibling, hash)
      while (position % 2 === 0 && position !== 0) {
        position /= 2
        last = Math.floor(last / 2)
      }
    } else {
      hash = hashNode(hash, sibling)
    }
    position = Math.floor(position / 2)
    last = Math.floor(last / 2)
  }
  return last === 0 && equalBytes(hash, root)
}

/**
 * True when the proof shows that the tree of `to` leaves only appends to the tree of `from` leaves (RFC 9162 §2.1.4.2).
 * Everything is consistent with the empty tree, whose root must be the empty root.
 */
export function checkConsistency(
  proof: readonly Hash[],
  from: number,
  fromRoot: Hash,
  to: number,
  toRoot: Hash,
): boolean {
  if (!isTreeSize(from) || !isTreeSize(to) || from > to) return false
  if (!areHashes([...proof, fromRoot, toRoot])) return false
  if (from === to) {
    const isRightWhenEmpty = from !== 0 || equalBytes(fromRoot, emptyRoot())
    return proof.length === 0 && isRightWhenEmpty && equalBytes(fromRoot, toRoot)
  }
  if (from === 0) return proof.length === 0 && equalBytes(fromRoot, emptyRoot())
  return checkProperConsistency(proof, from, fromRoot, to, toRoot)
}

function checkProperConsistency(
  proof: readonly Hash[],
  from: number,
  fromRoot: Hash,
  to: number,
  toRoot: Hash,
): boolean {
  // A whole old tree is a subtree of the new one: its root starts the path and is left out of the proof.
  const path = isPowerOfTwo(from) ? [fromRoot, ...proof] : proof
  const first = path[0]
  if (first === undefined || proof.length === 0) return false
  let position = from - 1
  let last = to - 1
  while (position % 2 === 1) {
    position = Math.floor(position / 2)
    last = Math.floor(last / 2)
  }
  let oldHash = first
  let newHash = first
  for (const hash of path.slice(1)) {
    if (last === 0) return false
    if (position % 2 === 1 || position === last) {
      oldHash = hashNode(hash, oldHash)
      newHash = hashNode(hash, newHash)
      while (position % 2 === 0 && position !== 0) {
        position /= 2
        last = Math.floor(last / 2)
      }
    } else {
      newHash = hashNode(newHash, hash)
    }
    position = Math.floor(position / 2)
    last = Math.floor(last / 2)
  }
  return last === 0 && equalBytes(oldHash, fromRoot) && equalBytes(newHash, toRoot)
}
