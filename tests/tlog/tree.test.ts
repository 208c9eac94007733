/** Every size up to 256, every leaf, every pair of sizes, each with tampered twins. */
import { describe, expect, it } from 'vitest'
import { equalBytes } from '#kernel'
import { createGrowingTree } from '../../app/tlog/growing-tree.ts'
import {
  checkConsistency,
  checkInclusion,
  emptyRoot,
  type HashReader,
  hashLeaf,
  nodesOfConsistencyProof,
  nodesOfInclusionProof,
  nodesOfRange,
  proveConsistency,
  proveInclusion,
  rootOf,
} from '../../app/tlog/tree.ts'
import { entriesUpTo, naiveLeafHash, naiveTree, tampered } from './reference.ts'

const LARGEST = 256
const leafHashes = entriesUpTo(LARGEST + 1).map(hashLeaf)
const naive = naiveTree(leafHashes)
const read: HashReader = ({ level, index }) => naive.subtree(index * 2 ** level, (index + 1) * 2 ** level)

function areEqual(a: readonly Uint8Array[], b: readonly Uint8Array[]): boolean {
  return a.length === b.length && a.every((hash, i) => equalBytes(hash, b[i]!))
}

describe('roots', () => {
  it('hashes leaves as an independent hash does', () => {
    for (const entry of entriesUpTo(20)) expect(hashLeaf(entry)).toEqual(naiveLeafHash(entry))
  })

  it('gives the naive root at every size, folded and grown', () => {
    const grown = createGrowingTree()
    for (let size = 0; size <= LARGEST; size++) {
      expect(grown.size()).toBe(size)
      expect(equalBytes(grown.root(), naive.root(size))).toBe(true)
      expect(equalBytes(rootOf(size, read), naive.root(size))).toBe(true)
      expect(grown.edge()).toHaveLength([...size.toString(2)].filter(bit => bit === '1').length)
      grown.append(leafHashes[size]!)
    }
  })

  it('refuses to fold a range that is no subtree', () => {
    expect(() => nodesOfRange(1, 3)).toThrow('is not a subtree')
  })
})

describe('inclusion', () => {
  it('proves every leaf of every size, and no proof holds for anything else', () => {
    let refused = 0
    for (let size = 1; size <= LARGEST; size++) {
      const root = naive.root(size)
      for (let index = 0; index < size; index++) {
        const proof = proveInclusion(index, size, read)
        const leaf = leafHashes[index]!
        if (!areEqual(proof, naive.inclusion(index, size))) throw new Error(`proof ${index} of ${size}`)
        if (!checkInclusion(proof, leaf, index, size, root)) throw new Error(`check ${index} of ${size}`)
        const wrong = [
          checkInclusion(proof, tampered(leaf), index, size, root),
          checkInclusion(proof, leaf, index, size, tampered(root, 31)),
          checkInclusion([...proof, root], leaf, index, size, root),
          checkInclusion(proof, leaf, size, size, root),
          size > 1 && checkInclusion(proof.slice(1), leaf, index, size, root),
          size > 1 && checkInclusion(proof, leaf, (index + 1) % size, size, root),
          size > 1 && checkInclusion([tampered(proof[0]!), ...proof.slice(1)], leaf, index, size, root),
          checkInclusion(proof, leaf, index, size + 1, naive.root(size + 1)),
        ]
        if (wrong.some(Boolean)) throw new Error(`tampered ${index} of ${size}: ${wrong}`)
        refused += wrong.length
      }
    }
    expect(refused).toBe((8 * LARGEST * (LARGEST + 1)) / 2)
  })

  it('reads no more than the nodes it names', () => {
    const named = new Set(nodesOfInclusionProof(100, 200).map(node => `${node.level}/${node.index}`))
    proveInclusion(100, 200, node => {
      expect(named).toContain(`${node.level}/${node.index}`)
      return read(node)
    })
    expect(named.size).toBeGreaterThan(0)
  })

  it.each([
    [-1, 4],
    [4, 4],
    [0.5, 4],
    [0, 0],
    [Number.NaN, 4],
    [2 ** 53, 2 ** 54],
  ])('refuses index %s of size %s', (index, size) => {
    expect(checkInclusion([], leafHashes[0]!, index, size, leafHashes[0]!)).toBe(false)
    expect(() => proveInclusion(index, size, read)).toThrow('no leaf')
  })

  it('refuses hashes that are not 32 bytes', () => {
    expect(checkInclusion([], new Uint8Array(31), 0, 1, new Uint8Array(31))).toBe(false)
  })
})

describe('consistency', () => {
  it('proves every pair of sizes, and no proof holds for anything else', () => {
    let refused = 0
    for (let to = 0; to <= LARGEST; to++) {
      const toRoot = naive.root(to)
      for (let from = 0; from <= to; from++) {
        const fromRoot = naive.root(from)
        const proof = proveConsistency(from, to, read)
        if (!areEqual(proof, naive.consistency(from, to))) throw new Error(`proof ${from} to ${to}`)
        if (!checkConsistency(proof, from, fromRoot, to, toRoot)) throw new Error(`check ${from} to ${to}`)
        const wrong = [
          checkConsistency(proof, from, tampered(fromRoot), to, toRoot),
          // From the empty tree nothing binds the new root: every root is consistent with it.
          from > 0 && checkConsistency(proof, from, fromRoot, to, tampered(toRoot)),
          checkConsistency([...proof, toRoot], from, fromRoot, to, toRoot),
          proof.length > 0 && checkConsistency(proof.slice(1), from, fromRoot, to, toRoot),
          proof.length > 0 && checkConsistency(proof.slice(0, -1), from, fromRoot, to, toRoot),
          proof.length > 0 &&
            checkConsistency([...proof.slice(0, -1), tampered(proof.at(-1)!)], from, fromRoot, to, toRoot),
          from < to && checkConsistency(proof, to, toRoot, from, fromRoot),
          from > 0 && from < to && checkConsistency([], from, fromRoot, to, toRoot),
        ]
        if (wrong.some(Boolean)) throw new Error(`tampered ${from} to ${to}: ${wrong}`)
        refused += wrong.length
      }
    }
    expect(refused).toBe((8 * (LARGEST + 1) * (LARGEST + 2)) / 2)
  })

  it('reads no more than the nodes it names', () => {
    const named = new Set(nodesOfConsistencyProof(77, 200).map(node => `${node.level}/${node.index}`))
    proveConsistency(77, 200, node => {
      expect(named).toContain(`${node.level}/${node.index}`)
      return read(node)
    })
    expect(named.size).toBeGreaterThan(0)
  })

  it('holds the empty tree to the empty root', () => {
    expect(checkConsistency([], 0, emptyRoot(), 0, emptyRoot())).toBe(true)
    expect(checkConsistency([], 0, leafHashes[0]!, 0, leafHashes[0]!)).toBe(false)
    expect(checkConsistency([], 0, leafHashes[0]!, 1, leafHashes[0]!)).toBe(false)
  })

  it('never ends in an exception for sizes that are none', () => {
    for (const [from, to] of [
      [-1, 3],
      [1.5, 3],
      [3, 2],
      [1, Number.NaN],
    ] as const) {
      expect(checkConsistency([leafHashes[0]!], from, leafHashes[0]!, to, leafHashes[1]!)).toBe(false)
    }
  })
})
