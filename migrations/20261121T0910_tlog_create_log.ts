/** The transparency log: entries, tiles, checkpoints, and the one function that appends. Frozen. */
import { type Kysely, sql } from 'kysely'

/**
 * One transparency log per community: head, entries, full tiles, checkpoints, and the append (RFC 6962 §2.1,
 * c2sp.org/tlog-tiles). Entries and tiles are hash-partitioned, so that a distributed PostgreSQL needs no remodelling.
 */
const PARTITIONS = 16

const APPENDED = ['tlog_entry', 'tlog_tile', 'tlog_checkpoint']

async function createTables(db: Kysely<unknown>): Promise<void> {
  // The lock on the head row is the sequencer. edge: hashes of the complete subtrees, largest first, 32 bytes each.
  await sql`
    create table tlog (
      community_id integer primary key references community,
      origin text not null unique check (octet_length(origin) between 1 and 255 and origin !~ '[[:space:]+]'),
      size bigint not null default 0 check (size >= 0),
      edge bytea not null default ''::bytea,
      root bytea not null default sha256(''::bytea) check (octet_length(root) = 32)
    ) with (fillfactor = 50)`.execute(db)
  // No foreign key on what only tlog_append writes: it holds the head's lock, and a check per leaf would buy nothing.
  await sql`
    create table tlog_entry (
      community_id integer not null,
      leaf_index bigint not null,
      leaf_hash bytea not null,
      entry bytea not null check (octet_length(entry) <= 65535),
      primary key (community_id, leaf_index)
    ) partition by hash (community_id)`.execute(db)
  // Full tiles only; tile_root is what the level above holds. Partial tiles are read out of the level below.
  await sql`
    create table tlog_tile (
      community_id integer not null,
      level integer not null,
      tile_index bigint not null,
      tile_root bytea not null,
      hashes bytea not null check (octet_length(hashes) = 8192),
      primary key (community_id, level, tile_index)
    ) partition by hash (community_id)`.execute(db)
  await sql`
    create table tlog_checkpoint (
      community_id integer not null references tlog,
      size bigint not null,
      root bytea not null check (octet_length(root) = 32),
      note text not null,
      published_at timestamptz not null,
      primary key (community_id, size)
    )`.execute(db)
  await sql
    .raw(`
    do $$ begin
      for i in 0..${PARTITIONS - 1} loop
        execute format('create table tlog_entry_%s partition of tlog_entry for values with (modulus ${PARTITIONS}, remainder %s)', i, i);
        execute format('create table tlog_tile_%s partition of tlog_tile for values with (modulus ${PARTITIONS}, remainder %s)', i, i);
        -- Hashes do not compress.
        execute format('alter table tlog_tile_%s alter hashes set storage external', i);
      end loop;
    end $$`)
    .execute(db)
}

/** Statement triggers of a partitioned table do not fire for a statement on a partition: each partition gets its own. */
async function forbidChanges(db: Kysely<unknown>): Promise<void> {
  const partitions = Array.from({ length: PARTITIONS }, (_, i) => [
    `tlog_entry_${i}`,
    `tlog_tile_${i}`,
  ]).flat()
  for (const table of [...APPENDED, ...partitions]) {
    await sql
      .raw(`create trigger ${table}_is_appended before update or delete or truncate on ${table}
        for each statement execute function forbid_change()`)
      .execute(db)
  }
  await sql`
    create trigger tlog_stays before delete or truncate on tlog
    for each statement execute function forbid_change()`.execute(db)
  await sql`
    create trigger tlog_only_grows before update on tlog for each row
    when (new.size <= old.size or new.community_id <> old.community_id or new.origin <> old.origin)
    execute function forbid_change()`.execute(db)
}

/**
 * Appends entries in the caller's transaction. Two hashes a leaf on average, one for each bit of the size for the root,
 * one update of the head per call.
 */
async function createAppend(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function tlog_append(
      p_community_id integer, p_entries bytea[],
      out first_index bigint, out new_size bigint, out new_root bytea
    ) language plpgsql volatile security definer set search_path = public, pg_temp set jit = off as $$
    declare
      v_edge bytea;
      v_end integer;
      v_entry bytea;
      v_hash bytea;
      v_rest bigint;
      v_depth integer;
    begin
      select size, edge into first_index, v_edge from tlog
      where community_id = p_community_id for no key update;
      if not found then
        raise exception 'community % has no log', p_community_id using errcode = 'MZ002';
      end if;
      if coalesce(cardinality(p_entries), 0) = 0 then
        raise exception 'nothing to append' using errcode = 'MZ003';
      end if;
      new_size := first_index;
      foreach v_entry in array p_entries loop
        v_hash := sha256('\\x00'::bytea || v_entry);
        insert into tlog_entry (community_id, leaf_index, leaf_hash, entry)
        values (p_community_id, new_size, v_hash, v_entry);
        v_rest := new_size;
        v_end := octet_length(v_edge);
        v_depth := 0;
        new_size := new_size + 1;
        -- Each trailing one of the old size is a complete subtree that the new leaf doubles.
        while v_rest & 1 = 1 loop
          v_hash := sha256('\\x01'::bytea || substr(v_edge, v_end - 31, 32) || v_hash);
          v_end := v_end - 32;
          v_rest := v_rest >> 1;
          v_depth := v_depth + 1;
          if v_depth & 7 = 0 then
            insert into tlog_tile (community_id, level, tile_index, tile_root, hashes)
            values (
              p_community_id, v_depth / 8 - 1, (new_size >> v_depth) - 1, v_hash,
              tlog_aggregate_tile(p_community_id, v_depth / 8 - 1, (new_size >> v_depth) - 1, 256)
            );
          end if;
        end loop;
        v_edge := substr(v_edge, 1, v_end) || v_hash;
      end loop;
      v_end := octet_length(v_edge);
      new_root := substr(v_edge, v_end - 31, 32);
      while v_end > 32 loop
        v_end := v_end - 32;
        new_root := sha256('\\x01'::bytea || substr(v_edge, v_end - 31, 32) || new_root);
      end loop;
      update tlog set size = new_size, edge = v_edge, root = new_root where community_id = p_community_id;
    end $$`.execute(db)
}

/** Reads tiles: the first hashes of one tile, out of the rows below it, or out of the stored tile once it is full. */
async function createReads(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function tlog_aggregate_tile(p_community_id integer, p_level integer, p_index bigint, p_width integer)
    returns bytea language plpgsql stable set search_path = public, pg_temp set jit = off as $$
    begin
      if p_level = 0 then
        return (
          select string_agg(leaf_hash, ''::bytea order by leaf_index) from tlog_entry
          where community_id = p_community_id
            and leaf_index >= p_index * 256 and leaf_index < p_index * 256 + p_width
        );
      end if;
      return (
        select string_agg(tile_root, ''::bytea order by tile_index) from tlog_tile
        where community_id = p_community_id and level = p_level - 1
          and tile_index >= p_index * 256 and tile_index < p_index * 256 + p_width
      );
    end $$`.execute(db)
  await sql`
    create function tlog_read_tile(p_community_id integer, p_level integer, p_index bigint, p_width integer)
    returns bytea language plpgsql stable set search_path = public, pg_temp set jit = off as $$
    declare
      v_hashes bytea;
    begin
      select substr(hashes, 1, p_width * 32) into v_hashes from tlog_tile
      where community_id = p_community_id and level = p_level and tile_index = p_index;
      return coalesce(v_hashes, tlog_aggregate_tile(p_community_id, p_level, p_index, p_width));
    end $$`.execute(db)
}

export async function up(db: Kysely<unknown>): Promise<void> {
  await createTables(db)
  await forbidChanges(db)
  await createReads(db)
  await createAppend(db)
  await sql`
    revoke execute on function tlog_append(integer, bytea[]),
      tlog_aggregate_tile(integer, integer, bigint, integer),
      tlog_read_tile(integer, integer, bigint, integer) from public`.execute(db)
  await sql`
    grant execute on function tlog_append(integer, bytea[]),
      tlog_aggregate_tile(integer, integer, bigint, integer),
      tlog_read_tile(integer, integer, bigint, integer) to mingzhang_app`.execute(db)
  await sql`grant select on tlog, tlog_entry, tlog_tile, tlog_checkpoint to mingzhang_app`.execute(db)
  // A new log starts empty: size, edge and root can not be given.
  await sql`grant insert (community_id, origin) on tlog to mingzhang_app`.execute(db)
  await sql`grant insert on tlog_checkpoint to mingzhang_app`.execute(db)
}
