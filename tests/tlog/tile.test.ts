/** Paths, widths, the tiles of proofs, and bundles. */
import { describe, expect, it } from 'vitest'
import { equalBytes, toHex, utf8 } from '#kernel'
import { createGrowingTree } from '../../app/tlog/growing-tree.ts'
import {
  decodeEntryBundle,
  encodeEntryBundle,
  formatTilePath,
  hashComplete,
  parseTilePath,
  readerOfTiles,
  splitHashes,
  type TileBytes,
  tilesOfNodes,
  tilesOfTree,
  tileWidth,
} from '../../app/tlog/tile.ts'
import {
  type Hash,
  hashLeaf,
  nodesOfConsistencyProof,
  nodesOfInclusionProof,
  nodesOfRange,
  proveConsistency,
  proveInclusion,
  rootOf,
} from '../../app/tlog/tree.ts'
import { fc } from '../support/properties.ts'
import vectors from '../vectors/tlog/vectors.json'
import { entriesUpTo, naiveTree } from './reference.ts'

describe('paths', () => {
  it.each([
    [{ level: 0, index: 0, width: 256 }, 'tile/0/000'],
    [{ level: 0, index: 999, width: 256 }, 'tile/0/999'],
    [{ level: 1, index: 1000, width: 1 }, 'tile/1/x001/000.p/1'],
    [{ level: 63, index: 1234067, width: 255 }, 'tile/63/x001/x234/067.p/255'],
    [{ level: 'entries', index: 7, width: 12 }, 'tile/entries/007.p/12'],
  ] as const)('%o is %s', (tile, path) => {
    expect(formatTilePath(tile)).toBe(path)
    expect(parseTilePath(path)).toEqual({ ok: true, value: tile })
  })

  it.each([
    ...vectors.negative_parse_cases.tile_paths_404,
    '/tile/0/000',
    'tile/0/000/',
    'tile/0/000.p/01',
    'tile/0/000.p/',
    'tile/Entries/000',
    'tile/-1/000',
    'tile/0/x999/x999/x999/x999/x999/999',
    'tile/0/000\n',
    'tile/0/٠٠٠',
  ])('refuses %j', path => {
    expect(parseTilePath(path)).toEqual({ ok: false, error: 'tile-path-malformed' })
  })

  it('reads back every tile it writes', () => {
    const level = fc.oneof(fc.integer({ min: 0, max: 63 }), fc.constant('entries' as const))
    const tile = fc.record({ level, index: fc.maxSafeNat(), width: fc.integer({ min: 1, max: 256 }) })
    fc.assert(
      fc.property(tile, one => {
        expect(parseTilePath(formatTilePath(one))).toEqual({ ok: true, value: one })
      }),
    )
  })

  it('will not write a tile that is none', () => {
    expect(() => formatTilePath({ level: 0, index: 0, width: 0 })).toThrow('not a tile')
    expect(() => formatTilePath({ level: 64, index: 0, width: 1 })).toThrow('not a tile')
    expect(() => formatTilePath({ level: 0, index: 0, width: 257 })).toThrow('not a tile')
  })
})

describe('widths', () => {
  const described = (size: number) => tilesOfTree(size).map(formatTilePath)

  it.each([
    [0, []],
    [1, ['tile/0/000.p/1']],
    [255, ['tile/0/000.p/255']],
    [256, ['tile/0/000', 'tile/1/000.p/1']],
    [257, ['tile/0/000', 'tile/0/001.p/1', 'tile/1/000.p/1']],
  ])('a tree of %i has %j', (size, tiles) => {
    expect(described(size)).toEqual(tiles)
  })

  it('a tree of 70,000 has the tiles of the specification', () => {
    const expected = vectors.c2sp_tile_examples.size_70000
    const tiles = tilesOfTree(70_000)
    const full = (level: number) => tiles.filter(tile => tile.level === level && tile.width === 256).length
    const partial = (level: number) => tiles.filter(t => t.level === level && t.width < 256).map(t => t.width)
    expect([full(0), ...partial(0)]).toEqual([expected.level0_full, expected.level0_partial])
    expect([full(1), ...partial(1)]).toEqual([expected.level1_full, expected.level1_partial])
    expect([full(2), ...partial(2)]).toEqual([0, expected.level2_partial])
    expect(tiles).toHaveLength(273 + 1 + 1 + 1 + 1)
    expect(formatTilePath({ level: 0, index: 1234067, width: 256 })).toContain(
      vectors.c2sp_tile_examples.index_1234067,
    )
  })

  it('has no tile beyond the tree', () => {
    expect(tileWidth(0, 1, 256)).toBe(0)
    expect(tileWidth(1, 0, 255)).toBe(0)
    expect(tileWidth('entries', 1, 300)).toBe(44)
    expect(tileWidth(63, 0, Number.MAX_SAFE_INTEGER)).toBe(0)
  })
})

/** Every tile of a tree, cut out of the leaf hashes level by level. */
function cutTiles(leafHashes: readonly Hash[]): Map<string, TileBytes> {
  const tiles = new Map<string, TileBytes>()
  let row = leafHashes
  for (let level = 0; row.length > 0; level++) {
    const above: Hash[] = []
    for (let index = 0; index * 256 < row.length; index++) {
      const hashes = row.slice(index * 256, index * 256 + 256)
      const tile = { level, index, width: hashes.length }
      tiles.set(formatTilePath(tile), { tile, bytes: Uint8Array.from(hashes.flatMap(hash => [...hash])) })
      if (hashes.length === 256) above.push(hashComplete(hashes))
    }
    row = above
  }
  return tiles
}

describe('proofs out of tiles', () => {
  it.each([255, 256, 257, 70_000])('root, inclusion and consistency at %i', size => {
    const leafHashes = entriesUpTo(size).map(hashLeaf)
    const naive = naiveTree(leafHashes)
    const tiles = cutTiles(leafHashes)
    const read = (nodes: Parameters<typeof tilesOfNodes>[0], of: number) =>
      readerOfTiles(
        tilesOfNodes(nodes, of).map(tile => {
          // A smaller tree's partial tile is the beginning of a larger one's.
          const whole = tiles.get(formatTilePath({ ...tile, width: tileWidth(tile.level, tile.index, size) }))
          return { tile, bytes: whole!.bytes.subarray(0, tile.width * 32) }
        }),
      )
    expect(tiles.size).toBe(tilesOfTree(size).length)
    expect(rootOf(size, read(nodesOfRange(0, size), size))).toEqual(naive.root(size))
    const indices = [0, 1, 100, 254, 255, 256, 65_535, 65_536, size - 1].filter(index => index < size)
    for (const index of indices) {
      const proof = proveInclusion(index, size, read(nodesOfInclusionProof(index, size), size))
      expect(proof).toEqual(naive.inclusion(index, size))
    }
    for (const from of indices.map(index => index + 1)) {
      const proof = proveConsistency(from, size, read(nodesOfConsistencyProof(from, size), size))
      expect(proof).toEqual(naive.consistency(from, size))
    }
  })

  it('a growing tree completes exactly the full tiles', () => {
    const leafHashes = entriesUpTo(66_000).map(hashLeaf)
    const full = [...cutTiles(leafHashes)].filter(([, { tile }]) => tile.width === 256)
    const grown = createGrowingTree()
    const completed = leafHashes.flatMap(hash => grown.append(hash))
    expect(completed).toHaveLength(full.length)
    const found = new Map(completed.map(tile => [formatTilePath(tile.tile), tile.bytes]))
    for (const [path, { bytes }] of full) expect(equalBytes(found.get(path)!, bytes)).toBe(true)
  })

  it('throws rather than read a subtree that no tile holds', () => {
    const read = readerOfTiles([])
    expect(() => read({ level: 0, index: 0 })).toThrow('no tile holds')
    expect(() => tilesOfNodes([{ level: 3, index: 1 }], 12)).toThrow('is not in a tree of 12')
    expect(() => splitHashes(new Uint8Array(33))).toThrow('32 bytes')
    expect(() => hashComplete(Array.from({ length: 3 }, () => new Uint8Array(32)))).toThrow('not a complete')
  })
})

describe('bundles', () => {
  it('encodes the worked example', () => {
    const bundle = encodeEntryBundle([utf8('one'), utf8(''), utf8('two')])
    expect(toHex(bundle)).toBe('00036f6e650000000374776f')
    expect(decodeEntryBundle(bundle)).toEqual({ ok: true, value: [utf8('one'), utf8(''), utf8('two')] })
  })

  it('reads back what it writes, and refuses every truncation inside an entry', () => {
    const entries = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 20 })
    fc.assert(
      fc.property(entries, written => {
        const bundle = encodeEntryBundle(written)
        expect(decodeEntryBundle(bundle)).toEqual({ ok: true, value: written })
        const ends = new Set([0])
        let end = 0
        for (const entry of written) {
          end += 2 + entry.length
          ends.add(end)
        }
        for (let cut = 0; cut < bundle.length; cut++) {
          expect(decodeEntryBundle(bundle.subarray(0, cut)).ok).toBe(ends.has(cut))
        }
      }),
    )
  })

  it('holds entries of 65,535 bytes and not one more, and 256 entries and not one more', () => {
    expect(decodeEntryBundle(encodeEntryBundle([new Uint8Array(65_535)])).ok).toBe(true)
    expect(() => encodeEntryBundle([new Uint8Array(65_536)])).toThrow('65,535')
    expect(decodeEntryBundle(encodeEntryBundle(entriesUpTo(256))).ok).toBe(true)
    expect(decodeEntryBundle(encodeEntryBundle(entriesUpTo(257))).ok).toBe(false)
  })
})
