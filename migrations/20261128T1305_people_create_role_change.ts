/** Changes of office: proposed by one officer, decided by another, both appended; and terms held as a deputy. Frozen. */
import { type Kysely, sql } from 'kysely'

/** Who may hold which key is changed by two people, and how it came about stays readable. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table office_term add column is_deputy boolean not null default false`.execute(db)
  await sql`alter table invitation add column is_deputy boolean not null default false`.execute(db)
  await sql`
    create table role_change (
      community_id integer not null references community,
      change_id text not null,
      kind text not null check (kind in ('appoint', 'end', 'reset-factors')),
      role text not null,
      -- The holder whose office ends or whose keys are reset; nobody yet when somebody is appointed.
      user_id text references portal_user,
      display_name text not null,
      term_from date,
      term_until date,
      is_deputy boolean not null,
      reason text not null,
      proposed_by text not null references portal_user,
      proposed_at timestamptz not null,
      primary key (community_id, change_id),
      check ((kind = 'appoint') = (user_id is null)),
      check (kind <> 'appoint' or term_from is not null),
      check (kind <> 'end' or term_until is not null)
    )`.execute(db)
  await sql`
    create table role_change_decision (
      community_id integer not null,
      change_id text not null,
      decision text not null check (decision in ('confirmed', 'refused', 'withdrawn')),
      decided_by text not null references portal_user,
      decided_at timestamptz not null,
      primary key (community_id, change_id),
      foreign key (community_id, change_id) references role_change
    )`.execute(db)
  for (const table of ['role_change', 'role_change_decision']) {
    await sql`
      create trigger ${sql.raw(table)}_is_appended before update or delete or truncate on ${sql.table(table)}
      for each statement execute function forbid_change()`.execute(db)
  }
  await sql`grant select, insert on role_change, role_change_decision to mingzhang_app`.execute(db)
}
