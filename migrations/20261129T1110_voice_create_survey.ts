/** Satisfaction surveys: one answer per home, and no answer that says whose it is. Frozen. */
import { type Kysely, sql } from 'kysely'

const APPENDED = ['survey', 'survey_unit', 'survey_answer', 'survey_result']

async function run(db: Kysely<unknown>, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const LEAF_KEY = 'foreign key (community_id, leaf_index) references tlog_entry (community_id, leaf_index)'
const SURVEY_KEY = 'foreign key (community_id, survey_id) references survey'

const TABLES = [
  `create table survey (
    community_id integer not null references tlog,
    survey_id text not null,
    year integer not null check (year between 2000 and 2199),
    closes_on date not null,
    opened_by text not null,
    opened_at timestamptz not null,
    leaf_index bigint not null,
    primary key (community_id, survey_id),
    ${LEAF_KEY}
  )`,
  // That a home has answered, and nothing of what.
  `create table survey_unit (
    community_id integer not null,
    survey_id text not null,
    unit_id text not null,
    primary key (community_id, survey_id, unit_id),
    ${SURVEY_KEY}
  )`,
  // What was answered, under a random name and without a time: nothing leads from here to a home.
  `create table survey_answer (
    community_id integer not null,
    survey_id text not null,
    answer_id text not null,
    building text not null,
    scores text not null,
    primary key (community_id, survey_id, answer_id),
    ${SURVEY_KEY}
  )`,
  `create table survey_result (
    community_id integer not null,
    survey_id text not null,
    result bytea not null,
    closed_by text not null,
    closed_at timestamptz not null,
    leaf_index bigint not null,
    primary key (community_id, survey_id),
    ${SURVEY_KEY},
    ${LEAF_KEY}
  )`,
  // After the result nothing is answered any more, whatever an application thinks.
  `create function refuse_late_answer() returns trigger language plpgsql
    security definer set search_path = public, pg_temp as $$
    begin
      perform pg_advisory_xact_lock(772, hashtext(new.community_id || '/survey/' || new.survey_id));
      if exists (
        select from survey_result r where r.community_id = new.community_id and r.survey_id = new.survey_id
      ) then
        raise exception 'survey % is closed', new.survey_id using errcode = 'MZ041';
      end if;
      return new;
    end $$`,
  `create trigger survey_unit_in_time before insert on survey_unit
    for each row execute function refuse_late_answer()`,
  `create trigger survey_answer_in_time before insert on survey_answer
    for each row execute function refuse_late_answer()`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  await run(db, TABLES)
  await run(
    db,
    APPENDED.map(
      table => `create trigger ${table}_is_appended before update or delete or truncate on ${table}
        for each statement execute function forbid_change()`,
    ),
  )
  await run(db, [`grant select, insert on ${APPENDED.join(', ')} to mingzhang_app`])
}
