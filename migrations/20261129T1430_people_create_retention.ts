/** How long personal data is kept, what was removed when, and erasure of an account. Frozen. */
import { type Kysely, sql } from 'kysely'

const STATEMENTS = [
  `create table retention_setting (
    community_id integer not null references community,
    kind text not null check (kind in ('former-owner', 'counterparty')),
    setting_no integer not null check (setting_no > 0),
    days integer not null check (days between 30 and 36500),
    set_by text not null,
    set_at timestamptz not null,
    primary key (community_id, kind, setting_no)
  )`,
  // What was erased of whom, and on what ground: an id, no name.
  `create table person_erasure (
    community_id integer not null,
    person_id text not null,
    ground text not null check (ground in ('asked', 'retention')),
    erased_by text not null,
    erased_at timestamptz not null,
    primary key (community_id, person_id),
    foreign key (community_id, person_id) references person
  )`,
  'grant select, insert on retention_setting, person_erasure to mingzhang_app',
  'grant update (login) on portal_user to mingzhang_app',
  'grant delete on message_choice to mingzhang_app',
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
  for (const table of ['retention_setting', 'person_erasure']) {
    await sql`
      create trigger ${sql.raw(table)}_is_appended before update or delete or truncate on ${sql.table(table)}
      for each statement execute function forbid_change()`.execute(db)
  }
}
