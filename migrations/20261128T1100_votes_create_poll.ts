/** Polls: notice, roll, ballots, paper entries, tallies and the household's notices, with who may append what. Frozen. */
import { type Kysely, sql } from 'kysely'

const APPENDED = [
  'poll_step',
  'poll_notice',
  'poll_unit',
  'poll_voter',
  'poll_paper_receipt',
  'poll_paper_entry',
  'poll_paper',
  'poll_ballot',
  'poll_refused_paper',
  'poll_delivery',
  'poll_proxy',
  'poll_representative',
  'poll_transfer',
  'poll_objection',
  'poll_objection_answer',
  'poll_tally',
  'poll_board',
  'poll_signoff',
]

async function run(db: Kysely<unknown>, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const STATES = `'draft', 'notice', 'open', 'closed', 'sealed', 'counted', 'objection', 'final'`
const DIGEST = `~ '^[0-9a-f]{64}$'`
const POLL_KEY = 'foreign key (community_id, poll_id) references poll'
const UNIT_KEY = 'foreign key (community_id, poll_id, unit_id) references poll_unit'
const LEAF_KEY = 'foreign key (community_id, leaf_index) references tlog_entry (community_id, leaf_index)'

const POLLS = [
  `create table poll (
    community_id integer not null references tlog,
    poll_id text not null,
    state text not null default 'draft' check (state in (${STATES})),
    title text not null,
    motion bytea not null,
    policy text not null,
    rules_version text,
    opens_at timestamptz not null,
    closes_at timestamptz not null,
    created_by text not null,
    created_at timestamptz not null,
    revision integer not null default 1,
    primary key (community_id, poll_id),
    check (opens_at < closes_at)
  )`,
  // The lock on this row gives ballots their places: no gap, and the order of the log.
  `create table poll_counter (
    community_id integer not null,
    poll_id text not null,
    last_seq integer not null default 0,
    last_paper integer not null default 0,
    primary key (community_id, poll_id),
    ${POLL_KEY}
  ) with (fillfactor = 50)`,
  `create table poll_step (
    community_id integer not null,
    poll_id text not null,
    step_no integer not null,
    kind text not null check (kind in (
      'notice', 'open', 'extension', 'close', 'seal', 'tally', 'objection', 'answer', 'signoff', 'final', 'posted')),
    at timestamptz not null,
    by_user text not null,
    detail text not null,
    leaf_index bigint,
    primary key (community_id, poll_id, step_no),
    ${POLL_KEY},
    ${LEAF_KEY}
  )`,
  `create unique index poll_step_once on poll_step (community_id, poll_id, kind)
    where kind in ('notice', 'open', 'close', 'seal', 'tally', 'final', 'posted')`,
  `create table poll_notice (
    community_id integer not null,
    poll_id text not null,
    motion bytea not null,
    policy text not null,
    rules_version text,
    roll bytea not null,
    roll_salt bytea not null check (octet_length(roll_salt) = 32),
    roll_digest text not null check (roll_digest ${DIGEST}),
    weight_roll bytea not null,
    course_days text not null,
    announced_at timestamptz not null,
    primary key (community_id, poll_id),
    ${POLL_KEY}
  )`,
]

const ROLL = [
  `create table poll_unit (
    community_id integer not null,
    poll_id text not null,
    unit_id text not null,
    token text not null,
    paper_number integer not null check (paper_number > 0),
    paper_code_digest text not null check (paper_code_digest ${DIGEST}),
    building text not null,
    entrance text not null,
    area bigint not null check (area >= 0),
    head_no integer not null,
    in_base boolean not null,
    area_blinding bytea not null check (octet_length(area_blinding) = 32),
    primary key (community_id, poll_id, unit_id),
    unique (community_id, poll_id, token),
    unique (community_id, poll_id, paper_number),
    unique (community_id, paper_code_digest),
    ${POLL_KEY}
  )`,
  `create table poll_voter (
    community_id integer not null,
    poll_id text not null,
    unit_id text not null,
    person_id text not null,
    primary key (community_id, poll_id, unit_id, person_id),
    ${UNIT_KEY}
  )`,
  'create index poll_voter_by_person on poll_voter (community_id, poll_id, person_id)',
  `create table poll_representative (
    community_id integer not null,
    poll_id text not null,
    unit_id text not null,
    person_id text not null,
    named_at timestamptz not null,
    document_sha256 text not null check (document_sha256 ${DIGEST}),
    by_user text not null,
    leaf_index bigint not null,
    primary key (community_id, poll_id, unit_id),
    ${UNIT_KEY},
    ${LEAF_KEY}
  )`,
  `create table poll_proxy (
    community_id integer not null,
    poll_id text not null,
    unit_id text not null,
    proxy_person text not null,
    registered_at timestamptz not null,
    document_sha256 text not null check (document_sha256 ${DIGEST}),
    by_user text not null,
    leaf_index bigint not null,
    primary key (community_id, poll_id, unit_id, proxy_person),
    ${UNIT_KEY},
    ${LEAF_KEY}
  )`,
  'create index poll_proxy_by_person on poll_proxy (community_id, poll_id, proxy_person)',
  `create table poll_transfer (
    community_id integer not null,
    poll_id text not null,
    transfer_no integer not null,
    unit_id text not null,
    from_person text not null,
    to_person text not null,
    at timestamptz not null,
    document_sha256 text not null check (document_sha256 ${DIGEST}),
    by_user text not null,
    leaf_index bigint not null,
    primary key (community_id, poll_id, transfer_no),
    ${UNIT_KEY},
    ${LEAF_KEY}
  )`,
  'create index poll_transfer_by_unit on poll_transfer (community_id, poll_id, unit_id)',
  `create table poll_delivery (
    community_id integer not null,
    poll_id text not null,
    unit_id text not null,
    delivered_at timestamptz not null,
    method text not null check (method in ('handed', 'posted-at-door', 'registered-mail', 'message')),
    by_user text not null,
    evidence_sha256 text check (evidence_sha256 ${DIGEST}),
    leaf_index bigint not null,
    primary key (community_id, poll_id, unit_id),
    ${UNIT_KEY},
    ${LEAF_KEY}
  )`,
]

const BALLOTS = [
  `create table poll_paper_receipt (
    community_id integer not null,
    poll_id text not null,
    paper_number integer not null,
    received_at timestamptz not null,
    received_by text not null,
    primary key (community_id, poll_id, paper_number),
    foreign key (community_id, poll_id, paper_number) references poll_unit (community_id, poll_id, paper_number)
  )`,
  // What a teller read on a paper. Nobody enters the same paper twice: the key says so.
  `create table poll_paper_entry (
    community_id integer not null,
    poll_id text not null,
    paper_number integer not null,
    entry_no integer not null check (entry_no between 1 and 3),
    entered_by text not null,
    signed_by text not null,
    as_proxy boolean not null,
    answers text not null,
    signed_on date not null,
    scan_sha256 text not null check (scan_sha256 ${DIGEST}),
    entered_at timestamptz not null,
    primary key (community_id, poll_id, paper_number, entry_no),
    unique (community_id, poll_id, paper_number, entered_by),
    foreign key (community_id, poll_id, paper_number) references poll_paper_receipt
  )`,
  `create table poll_paper (
    community_id integer not null,
    poll_id text not null,
    paper_no integer not null,
    by_person text not null,
    as_proxy boolean not null,
    channel text not null check (channel in ('online', 'paper', 'proxy')),
    paper_number integer,
    withdraws boolean not null,
    received_at timestamptz not null,
    recorded_by text not null,
    evidence_sha256 text check (evidence_sha256 ${DIGEST}),
    primary key (community_id, poll_id, paper_no),
    unique (community_id, poll_id, paper_number),
    check (channel <> 'paper' or paper_number is not null),
    check (channel <> 'online' or paper_number is null),
    check ((channel = 'proxy') = as_proxy),
    ${POLL_KEY}
  )`,
  `create table poll_ballot (
    community_id integer not null,
    poll_id text not null,
    seq integer not null check (seq > 0),
    paper_no integer not null,
    unit_id text not null,
    cc text not null check (cc ${DIGEST}),
    leaf_index bigint not null,
    primary key (community_id, poll_id, seq),
    unique (community_id, poll_id, paper_no, unit_id),
    foreign key (community_id, poll_id, paper_no) references poll_paper,
    ${UNIT_KEY},
    ${LEAF_KEY}
  )`,
  'create index poll_ballot_by_unit on poll_ballot (community_id, poll_id, unit_id)',
  // What a commitment hides. Deletable, and then nobody can tell what was chosen.
  `create table poll_ballot_secret (
    community_id integer not null,
    poll_id text not null,
    seq integer not null,
    answers text not null,
    salt bytea not null check (octet_length(salt) = 16),
    primary key (community_id, poll_id, seq),
    foreign key (community_id, poll_id, seq) references poll_ballot
  )`,
  `create table poll_refused_paper (
    community_id integer not null,
    poll_id text not null,
    refusal_no integer not null,
    paper_number integer not null,
    reason text not null,
    signed_on date,
    offered_at timestamptz not null,
    recorded_by text not null,
    leaf_index bigint not null,
    primary key (community_id, poll_id, refusal_no),
    unique (community_id, poll_id, paper_number),
    foreign key (community_id, poll_id, paper_number) references poll_unit (community_id, poll_id, paper_number),
    ${LEAF_KEY}
  )`,
  // Salt and value of what leaves of votes hold as salted digests.
  `create table poll_leaf_secret (
    community_id integer not null,
    poll_id text not null,
    leaf_index bigint not null,
    name text not null,
    salt bytea not null check (octet_length(salt) = 32),
    value text not null,
    primary key (community_id, poll_id, leaf_index, name),
    ${POLL_KEY}
  )`,
]

const RESULTS = [
  `create table poll_objection (
    community_id integer not null,
    poll_id text not null,
    objection_id text not null,
    unit_id text not null,
    by_person text not null,
    stage text not null check (stage in ('roll', 'count')),
    made_at timestamptz not null,
    leaf_index bigint not null,
    primary key (community_id, poll_id, objection_id),
    ${UNIT_KEY},
    ${LEAF_KEY}
  )`,
  `create table poll_objection_text (
    community_id integer not null,
    poll_id text not null,
    objection_id text not null,
    text text not null,
    answer text,
    primary key (community_id, poll_id, objection_id),
    foreign key (community_id, poll_id, objection_id) references poll_objection
  )`,
  `create table poll_objection_answer (
    community_id integer not null,
    poll_id text not null,
    objection_id text not null,
    is_upheld boolean not null,
    answered_by text not null,
    answered_at timestamptz not null,
    leaf_index bigint not null,
    primary key (community_id, poll_id, objection_id),
    foreign key (community_id, poll_id, objection_id) references poll_objection,
    ${LEAF_KEY}
  )`,
  `create table poll_tally (
    community_id integer not null,
    poll_id text not null,
    question_id text not null,
    result bytea not null,
    digest text not null check (digest ${DIGEST}),
    leaf_index bigint not null,
    primary key (community_id, poll_id, question_id),
    ${POLL_KEY},
    ${LEAF_KEY}
  )`,
  `create table poll_board (
    community_id integer not null,
    poll_id text not null,
    bytes bytea not null,
    digest text not null check (digest = encode(sha256(bytes), 'hex')),
    primary key (community_id, poll_id),
    ${POLL_KEY}
  )`,
  `create table poll_signoff (
    community_id integer not null,
    poll_id text not null,
    step text not null check (step in ('teller-1', 'teller-2', 'party-branch')),
    by_user text not null,
    digest text not null check (digest ${DIGEST}),
    at timestamptz not null,
    leaf_index bigint not null,
    primary key (community_id, poll_id, step),
    unique (community_id, poll_id, by_user),
    ${POLL_KEY},
    ${LEAF_KEY}
  )`,
  `create table household_notice (
    community_id integer not null references community,
    notice_id text not null,
    person_id text not null,
    kind text not null,
    detail text not null,
    at timestamptz not null,
    read_at timestamptz,
    primary key (community_id, notice_id)
  )`,
  'create index household_notice_of_person on household_notice (community_id, person_id, at)',
]

/** The course, held by the database: what is frozen stays, states go on one by one, and nothing is cast outside the window. */
const GUARDS = [
  `create function guard_poll() returns trigger language plpgsql as $$
    declare
      states text[] := array[${STATES}];
    begin
      if new.state is distinct from old.state
        and array_position(states, new.state) <> array_position(states, old.state) + 1 then
        raise exception 'a poll goes from % to the next state only', old.state using errcode = 'MZ030';
      end if;
      if old.state <> 'draft' and (
        new.title is distinct from old.title or new.motion is distinct from old.motion
        or new.policy is distinct from old.policy or new.rules_version is distinct from old.rules_version
        or new.opens_at is distinct from old.opens_at or new.revision is distinct from old.revision
      ) then
        raise exception 'a poll is frozen from its notice on' using errcode = 'MZ031';
      end if;
      if old.state <> 'draft' and new.closes_at is distinct from old.closes_at
        and (old.state not in ('notice', 'open') or new.closes_at < old.closes_at) then
        raise exception 'a window is only ever made longer, and before it closes' using errcode = 'MZ032';
      end if;
      return new;
    end $$`,
  `create trigger poll_keeps_its_course before update on poll for each row execute function guard_poll()`,
  `create trigger poll_stays before delete or truncate on poll for each statement execute function forbid_change()`,
  // The state decides, not a clock of the application: after the close only a paper that was at the desk before it.
  `create function refuse_outside_window() returns trigger language plpgsql
    security definer set search_path = public, pg_temp as $$
    declare
      p record;
    begin
      select state, opens_at, closes_at into p from poll
        where community_id = new.community_id and poll_id = new.poll_id for share;
      if new.received_at < p.opens_at or new.received_at > p.closes_at then
        raise exception 'received outside the window of poll %', new.poll_id using errcode = 'MZ033';
      end if;
      if p.state = 'open' then return new; end if;
      if tg_table_name = 'poll_paper' and p.state = 'closed' and exists (
        select from poll_paper_receipt r where r.community_id = new.community_id and r.poll_id = new.poll_id
          and r.paper_number = (to_jsonb(new) ->> 'paper_number')::integer and r.received_at = new.received_at
      ) then return new; end if;
      raise exception 'poll % takes no ballot: it is %', new.poll_id, p.state using errcode = 'MZ034';
    end $$`,
  `create trigger poll_paper_in_window before insert on poll_paper
    for each row execute function refuse_outside_window()`,
  `create trigger poll_paper_receipt_in_window before insert on poll_paper_receipt
    for each row execute function refuse_outside_window()`,
  // A paper's units are named with it: nothing is added to a submission afterwards.
  `create function refuse_late_ballot() returns trigger language plpgsql
    security definer set search_path = public, pg_temp as $$
    begin
      if not exists (
        select from poll_paper p where p.community_id = new.community_id and p.poll_id = new.poll_id
          and p.paper_no = new.paper_no and p.xmin::text = (pg_current_xact_id()::xid)::text
      ) then
        raise exception 'paper % of poll % was already cast', new.paper_no, new.poll_id using errcode = 'MZ035';
      end if;
      return new;
    end $$`,
  `create trigger poll_ballot_with_its_paper before insert on poll_ballot
    for each row execute function refuse_late_ballot()`,
  // The roll is frozen with its notice: no unit and no voter is added in another transaction.
  `create function refuse_late_unit() returns trigger language plpgsql
    security definer set search_path = public, pg_temp as $$
    begin
      if not exists (
        select from poll_notice n where n.community_id = new.community_id and n.poll_id = new.poll_id
          and n.xmin::text = (pg_current_xact_id()::xid)::text
      ) then
        raise exception 'the roll of poll % is frozen', new.poll_id using errcode = 'MZ036';
      end if;
      return new;
    end $$`,
  `create trigger poll_unit_with_its_notice before insert on poll_unit
    for each row execute function refuse_late_unit()`,
  `create trigger poll_voter_with_its_notice before insert on poll_voter
    for each row execute function refuse_late_unit()`,
  // A result is never written while the list of ballots is open.
  `create function refuse_early_result() returns trigger language plpgsql
    security definer set search_path = public, pg_temp as $$
    begin
      if not exists (
        select from poll where community_id = new.community_id and poll_id = new.poll_id and state = 'sealed'
      ) then
        raise exception 'poll % is not sealed, or was counted', new.poll_id using errcode = 'MZ037';
      end if;
      return new;
    end $$`,
  `create trigger poll_tally_after_seal before insert on poll_tally
    for each row execute function refuse_early_result()`,
  `create trigger poll_board_after_seal before insert on poll_board
    for each row execute function refuse_early_result()`,
]

const GRANTS = [
  `grant select, insert on poll, poll_counter, poll_ballot_secret, poll_leaf_secret, poll_objection_text,
    household_notice, ${APPENDED.join(', ')} to mingzhang_app`,
  'grant update (state, title, motion, policy, rules_version, opens_at, closes_at, revision) on poll to mingzhang_app',
  'grant update (last_seq, last_paper) on poll_counter to mingzhang_app',
  'grant update (answer) on poll_objection_text to mingzhang_app',
  'grant update (read_at) on household_notice to mingzhang_app',
  'grant delete on poll_ballot_secret, poll_leaf_secret, poll_objection_text to mingzhang_app',
]

export async function up(db: Kysely<unknown>): Promise<void> {
  await run(db, [...POLLS, ...ROLL, ...BALLOTS, ...RESULTS, ...GUARDS])
  await run(
    db,
    APPENDED.map(
      table => `create trigger ${table}_is_appended before update or delete or truncate on ${table}
        for each statement execute function forbid_change()`,
    ),
  )
  await run(db, GRANTS)
}
