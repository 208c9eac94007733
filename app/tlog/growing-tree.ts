/**
 * A tree that is grown leaf by leaf in memory and says which tiles each leaf completes: the independent second way to
 * every root and tile, for checks and tests. The database has its own way (`tlog_append`); the two must agree.
 */
import { concatBytes } from '#kernel'
import { hashComplete, TILE_WIDTH, type TileBytes } from './tile.ts'
import { emptyRoot, foldHashes, type Hash, hashNode } from './tree.ts'

export interface GrowingTree {
  /** Leaves so far. */
  size(): number
  /** Root over the leaves so far. */
  root(): Hash
  /** Hashes of the complete subtrees the leaves so far fall into, largest first. */
  edge(): readonly Hash[]
  /** Adds a leaf by its hash; returns the tiles that it completed, lowest level first. */
  append(leafHash: Hash): TileBytes[]
}

/** An empty tree to grow. Keeps the right edge only: 256 hashes a level. */
export function createGrowingTree(): GrowingTree {
  let size = 0
  const edge: Hash[] = []
  const openTiles: Hash[][] = []

  function completeTiles(leafHash: Hash): TileBytes[] {
    const completed: TileBytes[] = []
    let hash = leafHash
    for (let level = 0; ; level++) {
      openTiles[level] ??= []
      const open = openTiles[level]!
      open.push(hash)
      if (open.length < TILE_WIDTH) return completed
      const index = size / TILE_WIDTH ** (level + 1) - 1
      completed.push({ tile: { level, index, width: TILE_WIDTH }, bytes: concatBytes(...open) })
      hash = hashComplete(open)
      openTiles[level] = []
    }
  }

  return {
    size: () => size,
    root: () => (size === 0 ? emptyRoot() : foldHashes(edge)),
    edge: () => [...edge],
    append: leafHash => {
      let hash = leafHash
      for (let rest = size; rest % 2 === 1; rest = Math.floor(rest / 2)) hash = hashNode(edge.pop()!, hash)
      edge.push(hash)
      size += 1
      return completeTiles(leafHash)
    },
  }
}
