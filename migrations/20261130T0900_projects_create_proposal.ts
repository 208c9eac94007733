/** Proposals of residents: rounds of a contest, proposals with every act on them, their texts, and the homes that support them. Frozen. */
import { type Kysely, sql } from 'kysely'

const APPENDED = ['project_round', 'project_proposal', 'project_event']

async function run(db: Kysely<unknown>, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const PROPOSAL_KEY = 'foreign key (community_id, proposal_id) references project_proposal'
const LEAF_KEY = 'foreign key (community_id, leaf_index) references tlog_entry (community_id, leaf_index)'

const TABLES = [
  `create table project_round (
    community_id integer not null references tlog,
    round_id text not null,
    title text not null,
    opens_on date not null,
    closes_on date not null,
    opened_by text not null,
    opened_office text not null,
    opened_at timestamptz not null,
    leaf_index bigint not null,
    primary key (community_id, round_id),
    check (closes_on >= opens_on),
    ${LEAF_KEY}
  )`,
  `create table project_proposal (
    community_id integer not null references tlog,
    proposal_id text not null,
    number integer not null check (number > 0),
    round_id text,
    proposed_by text not null,
    proposed_at timestamptz not null,
    primary key (community_id, proposal_id),
    unique (community_id, number),
    foreign key (community_id, round_id) references project_round
  )`,
  'create index project_proposal_by_proposer on project_proposal (community_id, proposed_by, proposed_at)',
  `create table project_event (
    community_id integer not null,
    proposal_id text not null,
    event_no integer not null check (event_no > 0),
    act text not null,
    at timestamptz not null,
    by_user text not null,
    by_office text not null,
    -- Canonical JSON of what the leaf says besides: amounts, sources, documents, the poll. Never a text of a person.
    detail text not null,
    text_digest text check (text_digest ~ '^[0-9a-f]{64}$'),
    leaf_index bigint not null,
    primary key (community_id, proposal_id, event_no),
    ${PROPOSAL_KEY},
    ${LEAF_KEY}
  )`,
  // What people wrote, or which home supports, with the salt of its digest: deletable, and then nobody can tell.
  `create table project_text (
    community_id integer not null,
    proposal_id text not null,
    event_no integer not null,
    salt bytea not null check (octet_length(salt) = 32),
    value text not null,
    primary key (community_id, proposal_id, event_no),
    foreign key (community_id, proposal_id, event_no) references project_event
  )`,
  // Kept up in the transaction of each act; fsck derives both anew.
  `create table project_state (
    community_id integer not null,
    proposal_id text not null,
    state text not null,
    acted_at timestamptz not null,
    primary key (community_id, proposal_id),
    ${PROPOSAL_KEY}
  )`,
  `create table project_support (
    community_id integer not null,
    proposal_id text not null,
    unit_id text not null,
    event_no integer not null,
    -- The last word on "once per home", whatever the program says.
    primary key (community_id, proposal_id, unit_id),
    foreign key (community_id, proposal_id, event_no) references project_event
  )`,
]

const GRANTS = [
  `grant select, insert on project_text, project_state, project_support, ${APPENDED.join(', ')} to mingzhang_app`,
  'grant update (state, acted_at) on project_state to mingzhang_app',
  'grant delete on project_text, project_support to mingzhang_app',
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
