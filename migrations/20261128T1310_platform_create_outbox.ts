/** The outbox: messages to people, on the way they chose, sent at least once and under one name, so that none arrives twice. Frozen. */
import { type Kysely, sql } from 'kysely'

/** What is to be said is appended with the act it is about; how far it got is kept beside it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // Where a person wants to be told. The address is sealed: a copy of this table is nobody's phone book.
  await sql`
    create table message_choice (
      user_id text primary key references portal_user,
      channel text not null check (channel in ('none', 'sms', 'wecom', 'email')),
      sealed_address text,
      is_digest boolean not null,
      chosen_at timestamptz not null,
      check ((channel = 'none') = (sealed_address is null))
    )`.execute(db)
  await sql`
    create table message (
      community_id integer not null references community,
      message_id text not null,
      user_id text not null references portal_user,
      kind text not null,
      subject_key text not null,
      -- Canonical JSON of figures and references; never a name, a phone or an address.
      message_values text not null,
      enqueued_at timestamptz not null,
      primary key (community_id, message_id),
      unique (community_id, user_id, kind, subject_key)
    )`.execute(db)
  await sql`
    create table message_delivery (
      community_id integer not null,
      message_id text not null,
      state text not null default 'waiting' check (state in ('waiting', 'sending', 'sent', 'unwanted', 'failed')),
      attempts integer not null default 0,
      due_at timestamptz not null,
      leased_until timestamptz,
      settled_at timestamptz,
      primary key (community_id, message_id),
      foreign key (community_id, message_id) references message
    )`.execute(db)
  await sql`
    create index message_delivery_due on message_delivery (due_at) where state in ('waiting', 'sending')`.execute(
    db,
  )
  await sql`
    create table message_attempt (
      community_id integer not null,
      message_id text not null,
      attempt integer not null,
      channel text not null,
      outcome text not null check (outcome in ('sent', 'unwanted', 'failed')),
      at timestamptz not null,
      primary key (community_id, message_id, attempt),
      foreign key (community_id, message_id) references message
    )`.execute(db)
  for (const table of ['message', 'message_attempt']) {
    await sql`
      create trigger ${sql.raw(table)}_is_appended before update or delete or truncate on ${sql.table(table)}
      for each statement execute function forbid_change()`.execute(db)
  }
  await sql`
    grant select, insert on message_choice, message, message_delivery, message_attempt to mingzhang_app`.execute(
    db,
  )
  await sql`grant update (channel, sealed_address, is_digest, chosen_at) on message_choice to mingzhang_app`.execute(
    db,
  )
  await sql`
    grant update (state, attempts, due_at, leased_until, settled_at) on message_delivery to mingzhang_app`.execute(
    db,
  )
}
