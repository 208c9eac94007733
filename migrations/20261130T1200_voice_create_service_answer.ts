/** What homes say after a service: that one has answered, what was answered, a sentence, and the published rounds. Frozen. */
import { type Kysely, sql } from 'kysely'

const APPENDED = ['service_home', 'service_answer', 'service_round']

async function run(db: Kysely<unknown>, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const PERIOD = "check (period ~ '^[0-9]{4}-(0[1-9]|1[0-2])$')"

const TABLES = [
  // That a home has answered about a service, and nothing of what. The month is that of the reply.
  `create table service_home (
    community_id integer not null,
    case_id text not null,
    unit_id text not null,
    period text not null ${PERIOD},
    primary key (community_id, case_id, unit_id),
    foreign key (community_id, case_id) references voice_case
  )`,
  'create index service_home_by_month on service_home (community_id, period)',
  // What was answered, under a random name: no time, no case, no home.
  `create table service_answer (
    community_id integer not null references tlog,
    answer_id text not null,
    period text not null ${PERIOD},
    category text not null,
    scores text not null,
    primary key (community_id, answer_id)
  )`,
  'create index service_answer_by_month on service_answer (community_id, period)',
  // A sentence stands by itself, too: no score leads to it. Never published, and removed after its time.
  `create table service_sentence (
    community_id integer not null references tlog,
    sentence_id text not null,
    period text not null ${PERIOD},
    category text not null,
    value text not null,
    primary key (community_id, sentence_id)
  )`,
  `create table service_round (
    community_id integer not null references tlog,
    round_no integer not null check (round_no > 0),
    through text not null check (through ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
    result bytea not null,
    published_at timestamptz not null,
    leaf_index bigint not null,
    primary key (community_id, round_no),
    foreign key (community_id, leaf_index) references tlog_entry (community_id, leaf_index)
  )`,
  // A published month takes nothing more, whatever an application thinks.
  `create function refuse_late_service_answer() returns trigger language plpgsql
    security definer set search_path = public, pg_temp as $$
    begin
      perform pg_advisory_xact_lock(772, hashtext(new.community_id || '/service'));
      if exists (
        select from service_round r where r.community_id = new.community_id and r.through >= new.period
      ) then
        raise exception 'the answers of % are published', new.period using errcode = 'MZ042';
      end if;
      return new;
    end $$`,
  ...['service_home', 'service_answer'].map(
    table => `create trigger ${table}_in_time before insert on ${table}
      for each row execute function refuse_late_service_answer()`,
  ),
  // A leaf of the log leads to the act that it is of.
  'create index voice_event_by_leaf on voice_event (community_id, leaf_index)',
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
  await run(db, [
    `grant select, insert on service_sentence, ${APPENDED.join(', ')} to mingzhang_app`,
    'grant delete on service_sentence to mingzhang_app',
    // Requests and challenges are found by the search from now on: its index is made again from the log.
    'update search_progress set next_index = 0',
  ])
}
