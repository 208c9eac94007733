/**
 * The resources of c2sp.org/tlog-tiles: paths, widths, the tiles that a proof needs, and entry bundles. It works on
 * bytes it is handed and never decides what may be published.
 */
import { assert, err, ok, type Result } from '#kernel'
import { foldHashes, HASH_BYTES, type Hash, type HashReader, hashNode, type TreeNode } from './tree.ts'

/** Hashes in a full tile: it spans eight levels of the tree. */
export const TILE_WIDTH = 256
const TILE_HEIGHT = 8
const LARGEST_LEVEL = 63

/** A tile of hashes, or (`level: 'entries'`) a bundle of entries. `width` is 1 to 256; below 256 it is partial. */
export interface Tile {
  readonly level: number | 'entries'
  readonly index: number
  readonly width: number
}

/** `tile/0/x001/x234/067.p/112`: relative to the log's prefix. */
export function formatTilePath(tile: Tile): string {
  assert(isTile(tile), `not a tile: ${tile.level} ${tile.index} ${tile.width}`)
  const groups = [String(tile.index % 1000).padStart(3, '0')]
  for (let rest = Math.floor(tile.index / 1000); rest > 0; rest = Math.floor(rest / 1000)) {
    groups.unshift(`x${String(rest % 1000).padStart(3, '0')}`)
  }
  const partial = tile.width === TILE_WIDTH ? '' : `.p/${tile.width}`
  return `tile/${tile.level}/${groups.join('/')}${partial}`
}

function isTile(tile: Tile): boolean {
  const isLevel =
    tile.level === 'entries' ||
    (Number.isInteger(tile.level) && tile.level >= 0 && tile.level <= LARGEST_LEVEL)
  const isIndex = Number.isSafeInteger(tile.index) && tile.index >= 0
  return isLevel && isIndex && Number.isInteger(tile.width) && tile.width >= 1 && tile.width <= TILE_WIDTH
}

/** Parses a path as `formatTilePath` gives it, and no other spelling: a cache must know one name per resource. */
export function parseTilePath(path: string): Result<Tile, 'tile-path-malformed'> {
  const match = /^tile\/(entries|\d{1,2})\/((?:x\d{3}\/){0,5}\d{3})(?:\.p\/([1-9]\d{0,2}))?$/.exec(path)
  if (!match) return err('tile-path-malformed')
  const tile: Tile = {
    level: match[1] === 'entries' ? 'entries' : Number(match[1]),
    index: Number(match[2]!.replace(/[x/]/g, '')),
    width: match[3] === undefined ? TILE_WIDTH : Number(match[3]),
  }
  return isTile(tile) && formatTilePath(tile) === path ? ok(tile) : err('tile-path-malformed')
}

/** Leaves below one hash of a tile at this level. */
function spanOf(level: number | 'entries'): number {
  return level === 'entries' ? 1 : TILE_WIDTH ** level
}

/** How many hashes (or entries) of the tile a tree of `size` leaves has: 0 when it has none of it, at most 256. */
export function tileWidth(level: number | 'entries', index: number, size: number): number {
  const hashes = Math.floor(size / spanOf(level)) - index * TILE_WIDTH
  return Math.max(0, Math.min(TILE_WIDTH, hashes))
}

/** Every tile of hashes of the tree of `size` leaves, full and partial, level by level. */
export function tilesOfTree(size: number): Tile[] {
  const tiles: Tile[] = []
  for (let level = 0; Math.floor(size / spanOf(level)) > 0; level++) {
    const hashes = Math.floor(size / spanOf(level))
    for (let index = 0; index * TILE_WIDTH < hashes; index++) {
      tiles.push({ level, index, width: tileWidth(level, index, size) })
    }
  }
  return tiles
}

/** Place of a complete subtree among the tiles: the hashes `offset` to `offset + count` of one tile fold into it. */
function placeOf(node: TreeNode): { level: number; index: number; offset: number; count: number } {
  const level = Math.floor(node.level / TILE_HEIGHT)
  const count = 2 ** (node.level % TILE_HEIGHT)
  const first = node.index * count
  return { level, index: Math.floor(first / TILE_WIDTH), offset: first % TILE_WIDTH, count }
}

/** The tiles, without repeats, that hold these complete subtrees of a tree of `size` leaves, as wide as that tree has them. */
export function tilesOfNodes(nodes: readonly TreeNode[], size: number): Tile[] {
  const tiles = new Map<string, Tile>()
  for (const node of nodes) {
    const { level, index, offset, count } = placeOf(node)
    const width = tileWidth(level, index, size)
    assert(offset + count <= width, `subtree ${node.level}/${node.index} is not in a tree of ${size}`)
    tiles.set(`${level}/${index}`, { level, index, width })
  }
  return [...tiles.values()]
}

/** A tile with its bytes: `width` hashes of 32 bytes. */
export interface TileBytes {
  readonly tile: Tile
  readonly bytes: Uint8Array
}

/** Reads complete subtrees out of tiles in memory. The reader throws on a subtree that no tile holds. */
export function readerOfTiles(tiles: readonly TileBytes[]): HashReader {
  const held = new Map(tiles.map(({ tile, bytes }) => [`${tile.level}/${tile.index}`, bytes]))
  return node => {
    const { level, index, offset, count } = placeOf(node)
    const bytes = held.get(`${level}/${index}`)
    assert(
      bytes !== undefined && bytes.length >= (offset + count) * HASH_BYTES,
      `no tile holds subtree ${node.level}/${node.index}`,
    )
    return hashComplete(splitHashes(bytes.subarray(offset * HASH_BYTES, (offset + count) * HASH_BYTES)))
  }
}

/** Cuts concatenated hashes apart. */
export function splitHashes(bytes: Uint8Array): Hash[] {
  assert(bytes.length % HASH_BYTES === 0, 'hashes have 32 bytes each')
  return Array.from({ length: bytes.length / HASH_BYTES }, (_, i) =>
    bytes.slice(i * HASH_BYTES, (i + 1) * HASH_BYTES),
  )
}

/** Root over a power of two of hashes; of a full tile it is the hash that the level above holds. */
export function hashComplete(hashes: readonly Hash[]): Hash {
  let row = hashes
  while (row.length > 1) {
    assert(row.length % 2 === 0, 'not a complete subtree')
    row = Array.from({ length: row.length / 2 }, (_, i) => hashNode(row[2 * i]!, row[2 * i + 1]!))
  }
  return foldHashes(row)
}

/** Largest entry that a bundle can hold: its length is a uint16. */
export const LARGEST_ENTRY_BYTES = 65_535

/** Concatenation of big-endian uint16 length and entry. */
export function encodeEntryBundle(entries: readonly Uint8Array[]): Uint8Array {
  const bundle = new Uint8Array(entries.reduce((length, entry) => length + 2 + entry.length, 0))
  const view = new DataView(bundle.buffer)
  let offset = 0
  for (const entry of entries) {
    assert(entry.length <= LARGEST_ENTRY_BYTES, 'an entry has at most 65,535 bytes')
    view.setUint16(offset, entry.length)
    bundle.set(entry, offset + 2)
    offset += 2 + entry.length
  }
  return bundle
}

/** The entries of a bundle; refuses one that ends inside an entry or holds more than 256. */
export function decodeEntryBundle(bundle: Uint8Array): Result<Uint8Array[], 'entry-bundle-malformed'> {
  const view = new DataView(bundle.buffer, bundle.byteOffset, bundle.byteLength)
  const entries: Uint8Array[] = []
  let offset = 0
  while (offset < bundle.length) {
    if (offset + 2 > bundle.length || entries.length === TILE_WIDTH) return err('entry-bundle-malformed')
    const end = offset + 2 + view.getUint16(offset)
    if (end > bundle.length) return err('entry-bundle-malformed')
    entries.push(bundle.slice(offset + 2, end))
    offset = end
  }
  return ok(entries)
}
