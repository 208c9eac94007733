/** Seats, topics, meetings, minutes with their corrections and sign-offs, action items: appended only, and refused when out of order. Frozen. */
import { type Kysely, sql } from 'kysely'

const APPENDED = [
  'council_seat',
  'council_seat_end',
  'council_topic',
  'council_topic_event',
  'council_meeting',
  'council_notice',
  'council_attendance',
  'council_sign_in_sheet',
  'council_section',
  'council_minutes',
  'council_correction',
  'council_correction_answer',
  'council_sign_off',
  'council_publication',
  'council_action',
  'council_action_event',
]

async function createSeats(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table council_seat (
      community_id integer not null references community,
      seat_id text not null,
      body text not null check (body in ('council', 'owners-committee')),
      kind text not null check (kind in
        ('party', 'residents-committee', 'owners-committee', 'property-company', 'other')),
      organisation text not null,
      office text not null,
      holder_name text not null,
      deputy_name text,
      user_id text references portal_user,
      is_voting boolean not null,
      term_from date not null,
      term_until date,
      entered_by text not null,
      entered_at timestamptz not null,
      primary key (community_id, seat_id),
      check (term_until is null or term_from <= term_until)
    )`.execute(db)
  // Deletable, and never shown on a page: sealed with a key outside the database.
  await sql`
    create table council_seat_contact (
      community_id integer not null,
      seat_id text not null,
      sealed bytea not null,
      primary key (community_id, seat_id),
      foreign key (community_id, seat_id) references council_seat
    )`.execute(db)
  await sql`
    create table council_seat_end (
      community_id integer not null,
      seat_id text not null,
      ended_on date not null,
      reason text not null,
      ended_by text not null,
      ended_at timestamptz not null,
      primary key (community_id, seat_id),
      foreign key (community_id, seat_id) references council_seat
    )`.execute(db)
}

async function createTopics(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table council_topic (
      community_id integer not null references community,
      topic_id text not null,
      number integer not null check (number > 0),
      title text not null,
      summary text not null,
      source text not null check (source in ('request', 'committee', 'company', 'branch', 'check')),
      source_reference text,
      opened_by text not null,
      opened_at timestamptz not null,
      primary key (community_id, topic_id),
      unique (community_id, number)
    )`.execute(db)
  await sql`
    create table council_topic_event (
      community_id integer not null,
      topic_id text not null,
      event_no integer not null check (event_no > 0),
      kind text not null check (kind in
        ('vote', 'budget', 'contract', 'voucher', 'acceptance', 'answer', 'closed', 'reopened')),
      reference text,
      text text not null,
      happened_on date not null,
      entered_by text not null,
      entered_at timestamptz not null,
      primary key (community_id, topic_id, event_no),
      foreign key (community_id, topic_id) references council_topic
    )`.execute(db)
}

async function createMeetings(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table council_meeting (
      community_id integer not null references community,
      meeting_id text not null,
      kind text not null check (kind in ('council', 'owners-committee', 'assembly', 'open-air')),
      opened_by text not null,
      opened_at timestamptz not null,
      primary key (community_id, meeting_id)
    )`.execute(db)
  await sql`
    create table council_notice (
      community_id integer not null,
      meeting_id text not null,
      version integer not null check (version > 0),
      content bytea not null,
      digest text not null check (digest = encode(sha256(content), 'hex')),
      starts_at timestamptz not null,
      leaf_index bigint not null,
      posted_by text not null,
      posted_at timestamptz not null,
      primary key (community_id, meeting_id, version),
      foreign key (community_id, meeting_id) references council_meeting,
      foreign key (community_id, leaf_index) references tlog_entry (community_id, leaf_index)
    )`.execute(db)
  await sql`
    create table council_attendance (
      community_id integer not null,
      meeting_id text not null,
      revision integer not null check (revision > 0),
      content bytea not null,
      recorded_by text not null,
      recorded_at timestamptz not null,
      primary key (community_id, meeting_id, revision),
      foreign key (community_id, meeting_id) references council_meeting
    )`.execute(db)
  // Who came to an open-air assembly is nobody's business but the counters': deletable, only ever counted on pages.
  await sql`
    create table council_sign_in (
      community_id integer not null,
      meeting_id text not null,
      user_id text not null references portal_user,
      signed_at timestamptz not null,
      primary key (community_id, meeting_id, user_id),
      foreign key (community_id, meeting_id) references council_meeting
    )`.execute(db)
  await sql`
    create table council_sign_in_sheet (
      community_id integer not null,
      meeting_id text not null,
      sheet_no integer not null check (sheet_no > 0),
      method text not null check (method in ('paper', 'voice')),
      people_count integer not null check (people_count > 0 and people_count <= 10000),
      scan_sha256 text check (scan_sha256 ~ '^[0-9a-f]{64}$'),
      entered_by text not null,
      entered_at timestamptz not null,
      primary key (community_id, meeting_id, sheet_no),
      check ((method = 'paper') = (scan_sha256 is not null)),
      foreign key (community_id, meeting_id) references council_meeting
    )`.execute(db)
}

async function createMinutes(db: Kysely<unknown>): Promise<void> {
  // The order in which things happened to minutes, whatever the clocks of the servers say.
  await sql`create sequence council_step`.execute(db)
  // Every saved text of every topic stays: two clerks never overwrite each other. Item 0 is the raw record.
  await sql`
    create table council_section (
      community_id integer not null,
      meeting_id text not null,
      item_no integer not null check (item_no >= 0),
      revision integer not null check (revision > 0),
      content bytea not null,
      saved_by text not null,
      saved_at timestamptz not null,
      primary key (community_id, meeting_id, item_no, revision),
      foreign key (community_id, meeting_id) references council_meeting
    )`.execute(db)
  await sql`
    create table council_minutes (
      community_id integer not null,
      step_no bigint not null default nextval('council_step'),
      meeting_id text not null,
      version integer not null check (version > 0),
      content bytea not null,
      digest text not null check (digest = encode(sha256(content), 'hex')),
      raw_salt bytea not null,
      reason text,
      corrections_until timestamptz not null,
      leaf_index bigint not null,
      circulated_by text not null,
      circulated_at timestamptz not null,
      primary key (community_id, meeting_id, version),
      unique (community_id, meeting_id, version, digest),
      check ((version = 1) = (reason is null)),
      foreign key (community_id, meeting_id) references council_meeting,
      foreign key (community_id, leaf_index) references tlog_entry (community_id, leaf_index)
    )`.execute(db)
  await sql`
    create table council_correction (
      community_id integer not null,
      step_no bigint not null default nextval('council_step'),
      meeting_id text not null,
      correction_no integer not null check (correction_no > 0),
      version integer not null,
      item_no integer not null,
      seat_id text not null,
      text text not null,
      made_by text not null,
      made_at timestamptz not null,
      primary key (community_id, meeting_id, correction_no),
      foreign key (community_id, meeting_id, version) references council_minutes,
      foreign key (community_id, seat_id) references council_seat
    )`.execute(db)
  await sql`
    create table council_correction_answer (
      community_id integer not null,
      step_no bigint not null default nextval('council_step'),
      meeting_id text not null,
      correction_no integer not null,
      version integer not null,
      is_accepted boolean not null,
      answer text not null,
      answered_by text not null,
      answered_at timestamptz not null,
      primary key (community_id, meeting_id, correction_no),
      foreign key (community_id, meeting_id, correction_no) references council_correction,
      foreign key (community_id, meeting_id, version) references council_minutes
    )`.execute(db)
  await sql`
    create table council_sign_off (
      community_id integer not null,
      step_no bigint not null default nextval('council_step'),
      meeting_id text not null,
      version integer not null,
      seat_id text not null,
      digest text not null,
      stance text not null check (stance in ('agrees', 'refuses')),
      reason text,
      method text not null check (method in ('own-key', 'paper')),
      scan_sha256 text check (scan_sha256 ~ '^[0-9a-f]{64}$'),
      signed_by text not null,
      signed_at timestamptz not null,
      leaf_index bigint not null,
      primary key (community_id, meeting_id, version, seat_id),
      check ((method = 'paper') = (scan_sha256 is not null)),
      check ((stance = 'refuses') = (reason is not null)),
      foreign key (community_id, meeting_id, version, digest)
        references council_minutes (community_id, meeting_id, version, digest),
      foreign key (community_id, seat_id) references council_seat,
      foreign key (community_id, leaf_index) references tlog_entry (community_id, leaf_index)
    )`.execute(db)
  await sql`
    create table council_publication (
      community_id integer not null,
      step_no bigint not null default nextval('council_step'),
      meeting_id text not null,
      issue integer not null check (issue > 0),
      version integer not null,
      digest text not null,
      leaf_index bigint not null,
      published_by text not null,
      published_at timestamptz not null,
      primary key (community_id, meeting_id, issue),
      unique (community_id, meeting_id, version),
      foreign key (community_id, meeting_id, version, digest)
        references council_minutes (community_id, meeting_id, version, digest),
      foreign key (community_id, leaf_index) references tlog_entry (community_id, leaf_index)
    )`.execute(db)
}

async function createActions(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table council_action (
      community_id integer not null,
      meeting_id text not null,
      version integer not null,
      item_no integer not null,
      action_no integer not null,
      topic_id text,
      seat_id text not null,
      text text not null,
      due_on date not null,
      primary key (community_id, meeting_id, version, item_no, action_no),
      foreign key (community_id, meeting_id, version) references council_minutes,
      foreign key (community_id, seat_id) references council_seat
    )`.execute(db)
  await sql`
    create table council_action_event (
      community_id integer not null,
      meeting_id text not null,
      item_no integer not null,
      action_no integer not null,
      event_no integer not null check (event_no > 0),
      kind text not null check (kind in ('done', 'reopened')),
      text text not null,
      proof_sha256 text check (proof_sha256 ~ '^[0-9a-f]{64}$'),
      entered_by text not null,
      entered_at timestamptz not null,
      primary key (community_id, meeting_id, item_no, action_no, event_no),
      foreign key (community_id, meeting_id) references council_meeting
    )`.execute(db)
}

/** What the course of minutes forbids, whoever asks: a gap in the versions, a signature on an old text or beside an open correction. */
async function guardCourse(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function council_minutes_follow() returns trigger language plpgsql as $$
    begin
      if new.version <> 1 + coalesce((select max(version) from council_minutes
          where community_id = new.community_id and meeting_id = new.meeting_id), 0) then
        raise exception 'minutes: version % does not follow', new.version;
      end if;
      return new;
    end $$`.execute(db)
  await sql`create trigger council_minutes_follow before insert on council_minutes
    for each row execute function council_minutes_follow()`.execute(db)
  await sql`
    create function council_text_stands() returns trigger language plpgsql as $$
    begin
      if exists (select from council_minutes where community_id = new.community_id
          and meeting_id = new.meeting_id and version > new.version) then
        raise exception 'minutes: version % is not the newest', new.version;
      end if;
      if exists (select from council_correction c where c.community_id = new.community_id
          and c.meeting_id = new.meeting_id and not exists (select from council_correction_answer a
            where a.community_id = c.community_id and a.meeting_id = c.meeting_id
              and a.correction_no = c.correction_no)) then
        raise exception 'minutes: a correction is open';
      end if;
      if tg_table_name = 'council_publication' and not exists (select from council_sign_off s
          where s.community_id = new.community_id and s.meeting_id = new.meeting_id
            and s.version = new.version and s.stance = 'agrees') then
        raise exception 'minutes: nobody signed version % off', new.version;
      end if;
      return new;
    end $$`.execute(db)
  for (const table of ['council_sign_off', 'council_publication']) {
    await sql
      .raw(`create trigger ${table}_on_standing_text before insert on ${table}
        for each row execute function council_text_stands()`)
      .execute(db)
  }
}

/** The council's tables. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createSeats(db)
  await createTopics(db)
  await createMeetings(db)
  await createMinutes(db)
  await createActions(db)
  await guardCourse(db)
  await sql`create index council_notice_by_start on council_notice (community_id, starts_at)`.execute(db)
  await sql`create index council_action_by_due on council_action (community_id, due_on)`.execute(db)
  for (const table of APPENDED) {
    await sql
      .raw(`create trigger ${table}_is_appended before update or delete or truncate on ${table}
        for each statement execute function forbid_change()`)
      .execute(db)
    await sql.raw(`grant select, insert on ${table} to mingzhang_app`).execute(db)
  }
  await sql`grant usage on sequence council_step to mingzhang_app`.execute(db)
  await sql`grant select, insert, delete on council_seat_contact, council_sign_in to mingzhang_app`.execute(
    db,
  )
}
