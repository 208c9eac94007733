/** What overseers and auditors write, what is answered, and what each day's check of a community found. Frozen. */
import { type Kysely, sql } from 'kysely'

const APPENDED = ['oversight_entry', 'oversight_reply', 'community_check']

/** Comments and findings are rows and leaves; their words, and who wrote them, lie in a table that can be erased. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table oversight_entry (
      community_id integer not null references community,
      entry_id text not null,
      kind text not null check (kind in ('comment', 'finding')),
      subject_kind text not null check (subject_kind in ('community', 'period', 'voucher')),
      subject text not null,
      role text not null,
      reply_due_on date,
      made_at timestamptz not null,
      leaf_index bigint not null,
      primary key (community_id, entry_id),
      unique (community_id, leaf_index),
      check ((kind = 'finding') = (reply_due_on is not null)),
      check ((subject_kind = 'community') = (subject = '')),
      foreign key (community_id, leaf_index) references tlog_entry (community_id, leaf_index)
    )`.execute(db)
  await sql`
    create index oversight_entry_by_subject on oversight_entry (community_id, subject_kind, subject)`.execute(
    db,
  )
  await sql`
    create table oversight_reply (
      community_id integer not null,
      reply_id text not null,
      entry_id text not null,
      kind text not null check (kind in ('answer', 'settle', 'insist')),
      role text not null,
      made_at timestamptz not null,
      leaf_index bigint not null,
      primary key (community_id, reply_id),
      unique (community_id, leaf_index),
      foreign key (community_id, entry_id) references oversight_entry,
      foreign key (community_id, leaf_index) references tlog_entry (community_id, leaf_index)
    )`.execute(db)
  await sql`create index oversight_reply_by_entry on oversight_reply (community_id, entry_id)`.execute(db)
  await sql`
    create table oversight_text (
      community_id integer not null,
      leaf_index bigint not null,
      salt bytea not null check (octet_length(salt) = 32),
      author text not null,
      words text not null,
      primary key (community_id, leaf_index),
      foreign key (community_id, leaf_index) references tlog_entry (community_id, leaf_index)
    )`.execute(db)
  // The roll-up that the pages over several communities read; nothing joins across communities.
  await sql`
    create table community_check (
      community_id integer not null references community,
      checked_at timestamptz not null,
      log_size bigint not null,
      findings bytea not null,
      items bytea not null,
      fee_period text,
      fee_received_fen bigint not null,
      fee_planned_fen bigint not null,
      primary key (community_id, checked_at)
    )`.execute(db)
  for (const table of APPENDED) {
    await sql`
      create trigger ${sql.raw(table)}_is_appended before update or delete or truncate on ${sql.table(table)}
      for each statement execute function forbid_change()`.execute(db)
  }
  await sql`
    grant select, insert on oversight_entry, oversight_reply, oversight_text, community_check to mingzhang_app`.execute(
    db,
  )
  await sql`grant delete on oversight_text to mingzhang_app`.execute(db)
}
