/** The residents' voice: requests and challenges with every act on them, their hidden texts, documents, spots and clocks. Frozen. */
import { type Kysely, sql } from 'kysely'

const APPENDED = ['voice_clock', 'voice_case', 'voice_event', 'voice_document']

async function run(db: Kysely<unknown>, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const CASE_KEY = 'foreign key (community_id, case_id) references voice_case'
const LEAF_KEY = 'foreign key (community_id, leaf_index) references tlog_entry (community_id, leaf_index)'

const TABLES = [
  // How many working days each turn has. The largest number is in force.
  `create table voice_clock (
    community_id integer not null references tlog,
    clock_no integer not null check (clock_no > 0),
    answer_days integer not null check (answer_days between 1 and 60),
    take_days integer not null check (take_days between 1 and 60),
    reply_days integer not null check (reply_days between 1 and 60),
    judge_days integer not null check (judge_days between 1 and 60),
    set_by text not null,
    set_at timestamptz not null,
    leaf_index bigint not null,
    primary key (community_id, clock_no),
    ${LEAF_KEY}
  )`,
  // A place in the compound with a code on its wall.
  `create table voice_spot (
    community_id integer not null references community,
    spot_id text not null,
    name text not null,
    grid text not null,
    made_by text not null,
    made_at timestamptz not null,
    retired_at timestamptz,
    primary key (community_id, spot_id)
  )`,
  `create table voice_case (
    community_id integer not null references tlog,
    case_id text not null,
    kind text not null check (kind in ('challenge', 'request')),
    is_private boolean not null,
    category text,
    subject_kind text,
    subject_key text,
    spot_id text,
    seat text not null,
    opened_by text not null,
    is_on_behalf boolean not null,
    opened_at timestamptz not null,
    primary key (community_id, case_id),
    foreign key (community_id, spot_id) references voice_spot,
    check ((kind = 'challenge') = (subject_kind is not null)),
    check ((subject_kind is null) = (subject_key is null)),
    check ((kind = 'request') = (category is not null)),
    -- A challenge to a spend is public (its text can be hidden, with a reason).
    check (kind = 'request' or not is_private)
  )`,
  'create index voice_case_by_subject on voice_case (community_id, subject_kind, subject_key)',
  'create index voice_case_by_opener on voice_case (community_id, opened_by, opened_at)',
  'create index voice_case_by_time on voice_case (community_id, opened_at)',
  `create table voice_event (
    community_id integer not null,
    case_id text not null,
    event_no integer not null check (event_no > 0),
    act text not null,
    at timestamptz not null,
    by_user text not null,
    by_office text not null,
    -- Canonical JSON of what the leaf says besides: days, documents, verdicts. Never a text of a person.
    detail text not null,
    text_digest text check (text_digest ~ '^[0-9a-f]{64}$'),
    leaf_index bigint not null,
    primary key (community_id, case_id, event_no),
    ${CASE_KEY},
    ${LEAF_KEY}
  )`,
  "create unique index voice_event_one_support on voice_event (community_id, case_id, by_user) where act = 'support'",
  // What people wrote, with the salt of its digest: deletable, and then nobody can tell what was written.
  `create table voice_text (
    community_id integer not null,
    case_id text not null,
    event_no integer not null,
    salt bytea not null check (octet_length(salt) = 32),
    value text not null,
    primary key (community_id, case_id, event_no),
    foreign key (community_id, case_id, event_no) references voice_event
  )`,
  // Kept up in the transaction of each act; fsck derives it anew.
  `create table voice_state (
    community_id integer not null,
    case_id text not null,
    state text not null,
    due_on date,
    acted_at timestamptz not null,
    primary key (community_id, case_id),
    ${CASE_KEY}
  )`,
  'create index voice_state_due on voice_state (community_id, state, due_on)',
  `create table voice_document (
    community_id integer not null references community,
    sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
    uploaded_by text not null,
    media_type text not null,
    byte_count integer not null,
    uploaded_at timestamptz not null,
    primary key (community_id, sha256, uploaded_by)
  )`,
]

const GRANTS = [
  `grant select, insert on voice_spot, voice_text, voice_state, ${APPENDED.join(', ')} to mingzhang_app`,
  'grant update (retired_at) on voice_spot to mingzhang_app',
  'grant update (state, due_on, acted_at) on voice_state to mingzhang_app',
  'grant delete on voice_text to mingzhang_app',
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
  await run(db, GRANTS)
}
