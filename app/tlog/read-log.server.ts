/**
 * Reading what is published: checkpoints, tiles, bundles and proofs, never beyond the newest checkpoint. An entry that is
 * committed but not yet covered by a signature does not exist for a reader.
 */
import type { Tx } from '#db'
import {
  readCheckpointOfSize,
  readEntries,
  readHead,
  readNewestCheckpoint,
  readTiles,
  type StoredCheckpoint,
} from '#db/tlog'
import { assert, err, ok, type Result } from '#kernel'
import { formatProof } from './proof.ts'
import { encodeEntryBundle, readerOfTiles, TILE_WIDTH, type Tile, tilesOfNodes, tileWidth } from './tile.ts'
import {
  type Hash,
  type HashReader,
  nodesOfConsistencyProof,
  nodesOfInclusionProof,
  proveConsistency,
  proveInclusion,
  type TreeNode,
} from './tree.ts'

export type ReadLogProblem = 'log-unpublished' | 'leaf-unpublished' | 'checkpoint-missing'

/** How many entries the log has, published or not; 0 where there is no log. */
export async function readLogSize(tx: Tx, communityId: number): Promise<number> {
  return (await readHead(tx, communityId))?.size ?? 0
}

/** Leaves in their order from an index on, published or not; fewer at the end. */
export async function readLeaves(
  tx: Tx,
  communityId: number,
  first: number,
  count: number,
): Promise<readonly Uint8Array[]> {
  return (await readEntries(tx, communityId, first, count)).map(({ entry }) => entry)
}

/** The newest signed checkpoint; null before the first. */
export function readCheckpoint(tx: Tx, communityId: number): Promise<StoredCheckpoint | null> {
  return readNewestCheckpoint(tx, communityId)
}

async function isPublished(tx: Tx, communityId: number, tile: Tile): Promise<boolean> {
  const newest = await readNewestCheckpoint(tx, communityId)
  return newest !== null && tile.width <= tileWidth(tile.level, tile.index, newest.size)
}

/** The hashes of a tile, `width * 32` bytes; null when the published tree does not have it that wide. */
export async function readTile(tx: Tx, communityId: number, tile: Tile): Promise<Uint8Array | null> {
  assert(tile.level !== 'entries', 'a bundle is not a tile of hashes')
  if (!(await isPublished(tx, communityId, tile))) return null
  const [found] = await readTiles(tx, communityId, [tile])
  return found!.bytes
}

/** The bundle of the first `width` entries of a tile; null when the published tree does not have it that wide. */
export async function readEntryBundle(
  tx: Tx,
  communityId: number,
  bundle: { readonly index: number; readonly width: number },
): Promise<Uint8Array | null> {
  if (!(await isPublished(tx, communityId, { level: 'entries', ...bundle }))) return null
  const entries = await readEntries(tx, communityId, bundle.index * TILE_WIDTH, bundle.width)
  assert(entries.length === bundle.width, `entries of community ${communityId} are missing`)
  return encodeEntryBundle(entries.map(({ entry }) => entry))
}

async function readNodes(
  tx: Tx,
  communityId: number,
  nodes: readonly TreeNode[],
  size: number,
): Promise<HashReader> {
  return readerOfTiles(await readTiles(tx, communityId, tilesOfNodes(nodes, size)))
}

/**
 * The stand-alone proof (`.tlog-proof`) of an entry under the newest checkpoint, or under the one of exactly
 * `checkpointSize`.
 */
export async function readInclusionProof(
  tx: Tx,
  communityId: number,
  index: number,
  checkpointSize?: number,
): Promise<Result<string, ReadLogProblem>> {
  const newest = await readNewestCheckpoint(tx, communityId)
  if (newest === null) return err('log-unpublished')
  const checkpoint =
    checkpointSize === undefined ? newest : await readCheckpointOfSize(tx, communityId, checkpointSize)
  if (checkpoint === null) return err('checkpoint-missing')
  const { size, note } = checkpoint
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) return err('leaf-unpublished')
  const read = await readNodes(tx, communityId, nodesOfInclusionProof(index, size), size)
  return ok(formatProof({ extra: null, index, hashes: proveInclusion(index, size, read), checkpoint: note }))
}

/** The consistency proof between two published sizes, the larger at most that of the newest checkpoint. */
export async function readConsistencyProof(
  tx: Tx,
  communityId: number,
  fromSize: number,
  toSize: number,
): Promise<Result<Hash[], ReadLogProblem>> {
  const newest = await readNewestCheckpoint(tx, communityId)
  if (newest === null) return err('log-unpublished')
  const isInOrder =
    Number.isSafeInteger(fromSize) && Number.isSafeInteger(toSize) && 0 <= fromSize && fromSize <= toSize
  if (!isInOrder || toSize > newest.size) return err('leaf-unpublished')
  const read = await readNodes(tx, communityId, nodesOfConsistencyProof(fromSize, toSize), toSize)
  return ok(proveConsistency(fromSize, toSize, read))
}
