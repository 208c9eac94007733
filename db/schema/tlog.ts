/** Tables of the transparency log. Types only. Entries and tiles are written by the function `tlog_append` alone. */
import type { Derived, Written } from './columns.ts'

export interface TlogTable {
  community_id: Written<number>
  origin: Written<string>
  size: Derived<bigint>
  /** Hashes of the complete subtrees, largest first, 32 bytes each. */
  edge: Derived<Uint8Array>
  root: Derived<Uint8Array>
}

export interface TlogEntryTable {
  community_id: Derived<number>
  leaf_index: Derived<bigint>
  leaf_hash: Derived<Uint8Array>
  entry: Derived<Uint8Array>
}

export interface TlogTileTable {
  community_id: Derived<number>
  level: Derived<number>
  tile_index: Derived<bigint>
  tile_root: Derived<Uint8Array>
  hashes: Derived<Uint8Array>
}

export interface TlogCheckpointTable {
  community_id: Written<number>
  size: Written<bigint>
  root: Written<Uint8Array>
  note: Written<string>
  published_at: Written<Date>
}

export interface TlogTables {
  tlog: TlogTable
  tlog_entry: TlogEntryTable
  tlog_tile: TlogTileTable
  tlog_checkpoint: TlogCheckpointTable
}
