/**
 * Queries of the transparency log. Appends through the database's function only; gives bytes and sizes, judges nothing
 * (what may be published is decided in the room).
 */
import { sql } from 'kysely'
import type { Tile, TileBytes } from '#tlog'
import type { Tx } from './schema/index.ts'

export interface LogHead {
  readonly origin: string
  readonly size: number
  readonly root: Uint8Array
}

/** The head with what else the database holds of the log, all of one moment. */
export interface LogExtent extends LogHead {
  readonly edge: Uint8Array
  /** Rows, whatever their indices. */
  readonly entryCount: number
  readonly tileCount: number
}

export interface StoredEntry {
  readonly index: number
  readonly leafHash: Uint8Array
  readonly entry: Uint8Array
}

export interface StoredCheckpoint {
  readonly size: number
  readonly root: Uint8Array
  readonly note: string
  readonly publishedAt: Date
}

/** First key of the publisher's advisory locks; the second is the community. */
const PUBLISHER_LOCK = 0x746c6f67

function sizeOf(value: bigint): number {
  const size = Number(value)
  if (!Number.isSafeInteger(size)) throw new Error(`invariant broken: log size ${value}`)
  return size
}

/** An array literal: postgres.js takes an array of bytes for one value of type bytea. */
function byteaArray(entries: readonly Uint8Array[]): string {
  return `{${entries.map(entry => `"\\\\x${Buffer.from(entry).toString('hex')}"`).join(',')}}`
}

/** Makes the empty log of a community. */
export async function insertLog(tx: Tx, communityId: number, origin: string): Promise<void> {
  await tx.insertInto('tlog').values({ community_id: communityId, origin }).execute()
}

/** Appends entries in the caller's transaction; holds the head's lock until it ends. */
export async function appendEntries(
  tx: Tx,
  communityId: number,
  entries: readonly Uint8Array[],
): Promise<{ firstIndex: number; size: number; root: Uint8Array }> {
  const { rows } = await sql<{ first_index: bigint; new_size: bigint; new_root: Uint8Array }>`
    select first_index, new_size, new_root
    from tlog_append(${communityId}::integer, ${byteaArray(entries)}::text::bytea[])`.execute(tx)
  const row = rows[0]!
  return { firstIndex: sizeOf(row.first_index), size: sizeOf(row.new_size), root: row.new_root }
}

/** The head, published or not; null when the community has no log. */
export async function readHead(tx: Tx, communityId: number): Promise<LogHead | null> {
  const row = await tx
    .selectFrom('tlog')
    .select(['origin', 'size', 'root'])
    .where('community_id', '=', communityId)
    .executeTakeFirst()
  return row ? { origin: row.origin, size: sizeOf(row.size), root: row.root } : null
}

/** The head with its edge and row counts, in one statement, so that appends meanwhile do not disturb a check. */
export async function readExtent(tx: Tx, communityId: number): Promise<LogExtent | null> {
  const row = await tx
    .selectFrom('tlog')
    .select(['origin', 'size', 'root', 'edge'])
    .select(eb => [
      eb
        .selectFrom('tlog_entry')
        .select(e => e.fn.countAll<bigint>().as('count'))
        .where('community_id', '=', communityId)
        .as('entry_count'),
      eb
        .selectFrom('tlog_tile')
        .select(e => e.fn.countAll<bigint>().as('count'))
        .where('community_id', '=', communityId)
        .as('tile_count'),
    ])
    .where('community_id', '=', communityId)
    .executeTakeFirst()
  if (!row) return null
  return {
    origin: row.origin,
    size: sizeOf(row.size),
    root: row.root,
    edge: row.edge,
    entryCount: sizeOf(row.entry_count ?? 0n),
    tileCount: sizeOf(row.tile_count ?? 0n),
  }
}

/** Communities whose log has no checkpoint yet or has grown since its newest. */
export async function listUnpublishedLogs(tx: Tx): Promise<number[]> {
  const rows = await tx
    .selectFrom('tlog')
    .select('community_id')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('tlog_checkpoint')
            .select('tlog_checkpoint.size')
            .whereRef('tlog_checkpoint.community_id', '=', 'tlog.community_id')
            .whereRef('tlog_checkpoint.size', '=', 'tlog.size'),
        ),
      ),
    )
    .orderBy('community_id')
    .execute()
  return rows.map(row => row.community_id)
}

/** True when this transaction is now the only publisher of the log, until it ends. */
export async function tryPublisherLock(tx: Tx, communityId: number): Promise<boolean> {
  const { rows } = await sql<{ is_held: boolean }>`
    select pg_try_advisory_xact_lock(${PUBLISHER_LOCK}::integer, ${communityId}::integer) as is_held`.execute(
    tx,
  )
  return rows[0]!.is_held
}

/** Stores a signed head. */
export async function insertCheckpoint(
  tx: Tx,
  communityId: number,
  checkpoint: StoredCheckpoint,
): Promise<void> {
  await tx
    .insertInto('tlog_checkpoint')
    .values({
      community_id: communityId,
      size: BigInt(checkpoint.size),
      root: checkpoint.root,
      note: checkpoint.note,
      published_at: checkpoint.publishedAt,
    })
    .execute()
}

function selectCheckpoints(tx: Tx, communityId: number) {
  return tx
    .selectFrom('tlog_checkpoint')
    .select(['size', 'root', 'note', 'published_at'])
    .where('community_id', '=', communityId)
}

function checkpointOf(row: { size: bigint; root: Uint8Array; note: string; published_at: Date }) {
  return { size: sizeOf(row.size), root: row.root, note: row.note, publishedAt: row.published_at }
}

/** The newest signed head; null before the first. */
export async function readNewestCheckpoint(tx: Tx, communityId: number): Promise<StoredCheckpoint | null> {
  const row = await selectCheckpoints(tx, communityId).orderBy('size', 'desc').limit(1).executeTakeFirst()
  return row ? checkpointOf(row) : null
}

/** The signed head of exactly this size. */
export async function readCheckpointOfSize(
  tx: Tx,
  communityId: number,
  size: number,
): Promise<StoredCheckpoint | null> {
  const row = await selectCheckpoints(tx, communityId).where('size', '=', BigInt(size)).executeTakeFirst()
  return row ? checkpointOf(row) : null
}

/** Up to `limit` signed heads larger than `afterSize`, smallest first; -1 begins. */
export async function listCheckpoints(
  tx: Tx,
  communityId: number,
  afterSize: number,
  limit: number,
): Promise<StoredCheckpoint[]> {
  const rows = await selectCheckpoints(tx, communityId)
    .where('size', '>', BigInt(afterSize))
    .orderBy('size')
    .limit(limit)
    .execute()
  return rows.map(checkpointOf)
}

/** Up to `count` entries from index `first` on, in order. */
export async function readEntries(
  tx: Tx,
  communityId: number,
  first: number,
  count: number,
): Promise<StoredEntry[]> {
  const rows = await tx
    .selectFrom('tlog_entry')
    .select(['leaf_index', 'leaf_hash', 'entry'])
    .where('community_id', '=', communityId)
    .where('leaf_index', '>=', BigInt(first))
    .where('leaf_index', '<', BigInt(first + count))
    .orderBy('leaf_index')
    .execute()
  return rows.map(row => ({ index: sizeOf(row.leaf_index), leafHash: row.leaf_hash, entry: row.entry }))
}

/** The tiles of hashes asked for, in one statement; published or not. Throws when the log has not grown to one of them. */
export async function readTiles(tx: Tx, communityId: number, tiles: readonly Tile[]): Promise<TileBytes[]> {
  if (tiles.length === 0) return []
  const { rows } = await sql<{ place: bigint; hashes: Uint8Array | null }>`
    select place, tlog_read_tile(${communityId}::integer, level, tile_index, width) as hashes
    from unnest(
      ${tiles.map(tile => tile.level)}::integer[],
      ${tiles.map(tile => tile.index)}::bigint[],
      ${tiles.map(tile => tile.width)}::integer[]
    ) with ordinality as wanted (level, tile_index, width, place)
    order by place`.execute(tx)
  return tiles.map((tile, i) => {
    const bytes = rows[i]?.hashes
    if (bytes?.length !== tile.width * 32) {
      throw new Error(
        `invariant broken: tile ${tile.level}/${tile.index} of community ${communityId} is not there`,
      )
    }
    return { tile, bytes }
  })
}

/** Full tiles as they are stored, with the root kept for the level above; those missing are left out. */
export async function readStoredTiles(
  tx: Tx,
  communityId: number,
  tiles: readonly { level: number; index: number }[],
): Promise<{ level: number; index: number; tileRoot: Uint8Array; hashes: Uint8Array }[]> {
  if (tiles.length === 0) return []
  const { rows } = await sql<{
    level: number
    tile_index: bigint
    tile_root: Uint8Array
    hashes: Uint8Array
  }>`
    select level, tile_index, tile_root, hashes
    from tlog_tile join unnest(
      ${tiles.map(tile => tile.level)}::integer[], ${tiles.map(tile => tile.index)}::bigint[]
    ) as wanted (level, tile_index) using (level, tile_index)
    where community_id = ${communityId}`.execute(tx)
  return rows.map(row => ({
    level: row.level,
    index: sizeOf(row.tile_index),
    tileRoot: row.tile_root,
    hashes: row.hashes,
  }))
}
