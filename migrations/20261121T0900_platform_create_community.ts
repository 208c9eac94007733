/** The application role, what forbids changes, and the tables of communities, jobs and the audit. Frozen. */
import { type Kysely, sql } from 'kysely'

/** The application role, the trigger that forbids change, communities, jobs and the audit of officers' acts. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    do $$ begin
      if not exists (select from pg_roles where rolname = 'mingzhang_app') then
        create role mingzhang_app nologin;
      end if;
    exception when duplicate_object or unique_violation then null;
    end $$`.execute(db)
  await sql`grant usage on schema public to mingzhang_app`.execute(db)
  await sql`
    create function forbid_change() returns trigger language plpgsql as $$
    begin
      raise exception 'rows of % are never changed or removed', tg_table_name using errcode = 'MZ001';
    end $$`.execute(db)
  await sql`
    create table community (
      community_id integer primary key,
      slug text not null unique check (slug ~ '^[a-z0-9][a-z0-9-]{0,38}[a-z0-9]$'),
      name text not null,
      name_en text not null,
      district text not null,
      charging_model text not null check (charging_model in ('trust', 'remuneration', 'lump_sum')),
      log_origin text not null unique,
      publishes_detail boolean not null default true,
      created_at timestamptz not null
    )`.execute(db)
  await sql`
    create table job (
      job_id text primary key,
      community_id integer not null references community,
      kind text not null,
      job_key text not null,
      payload text not null,
      state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'failed')),
      attempts integer not null default 0,
      progress_done integer not null default 0,
      progress_total integer not null default 0,
      outcome text,
      run_after timestamptz not null default now(),
      leased_until timestamptz,
      requested_by text not null,
      requested_at timestamptz not null,
      finished_at timestamptz,
      unique (community_id, kind, job_key)
    )`.execute(db)
  await sql`create index job_due on job (run_after) where state in ('waiting', 'running')`.execute(db)
  await sql`
    create table audit_event (
      community_id integer not null references community,
      audit_event_id text not null,
      at timestamptz not null,
      actor_user_id text not null,
      act text not null,
      subject text not null,
      detail text not null,
      recorded_at timestamptz not null default now(),
      primary key (community_id, audit_event_id)
    )`.execute(db)
  await sql`
    create trigger audit_event_is_appended before update or delete or truncate on audit_event
    for each statement execute function forbid_change()`.execute(db)
  await sql`grant select, insert on community, audit_event to mingzhang_app`.execute(db)
  await sql`grant update (name, name_en, district, publishes_detail) on community to mingzhang_app`.execute(
    db,
  )
  await sql`grant select, insert on job to mingzhang_app`.execute(db)
  await sql`
    grant update (state, attempts, progress_done, progress_total, outcome, run_after, leased_until, finished_at)
    on job to mingzhang_app`.execute(db)
}
