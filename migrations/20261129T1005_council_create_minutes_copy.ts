/** Sealed copies of published minutes and their files, appended only. Frozen. */
import { type Kysely, sql } from 'kysely'

/** Copies of minutes as issued documents: the canonical model that was logged, and the sealed files made of it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table minutes_copy (
      community_id integer not null references tlog,
      meeting_id text not null,
      version integer not null check (version > 0),
      issue integer not null,
      copy_id text not null,
      model bytea not null,
      digest text not null check (digest = encode(sha256(model), 'hex')),
      leaf bytea not null,
      leaf_index bigint not null,
      supersedes_digest text,
      reason text,
      requested_by text not null,
      issued_at timestamptz not null,
      primary key (community_id, meeting_id, version),
      unique (community_id, copy_id),
      unique (community_id, digest),
      unique (community_id, meeting_id, issue),
      check ((version = 1) = (supersedes_digest is null)),
      check ((version = 1) = (reason is null)),
      foreign key (community_id, meeting_id, issue) references council_publication,
      foreign key (community_id, supersedes_digest) references minutes_copy (community_id, digest),
      foreign key (community_id, leaf_index) references tlog_entry (community_id, leaf_index)
    )`.execute(db)
  await sql`
    create table minutes_copy_file (
      community_id integer not null,
      copy_id text not null,
      pdf_sha256 text not null check (pdf_sha256 ~ '^[0-9a-f]{64}$'),
      pdf_bytes integer not null,
      level text not null check (level in ('B-B', 'B-T')),
      sealed_at timestamptz not null,
      primary key (community_id, copy_id, level),
      foreign key (community_id, copy_id) references minutes_copy (community_id, copy_id)
    )`.execute(db)
  for (const table of ['minutes_copy', 'minutes_copy_file']) {
    await sql
      .raw(`create trigger ${table}_is_appended before update or delete or truncate on ${table}
        for each statement execute function forbid_change()`)
      .execute(db)
  }
  await sql`grant select, insert on minutes_copy, minutes_copy_file to mingzhang_app`.execute(db)
}
