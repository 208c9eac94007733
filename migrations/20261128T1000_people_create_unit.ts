/** The owners' register: units with their history, persons, what is personal about them, and the rolls it came from. Frozen. */
import { type Kysely, sql } from 'kysely'

/** Units, records and persons are appended only; what is personal stands apart, sealed, and can be removed. */
const APPENDED = [
  'person',
  'roll_import_confirmation',
  'unit',
  'unit_record',
  'unit_owner',
  'roll_column_mapping',
  'owner_invitation',
]

async function run(db: Kysely<unknown>, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const OFFICES = [
  'alter table office_term drop constraint office_term_role_check',
  `alter table office_term add constraint office_term_role_check check (role in (
    'owner', 'committee_member', 'committee_treasurer', 'committee_chair', 'teller', 'bookkeeper', 'manager',
    'overseer', 'residents_committee', 'auditor', 'operator'))`,
]

const PERSONS = [
  `create table person (
    community_id integer not null references community,
    person_id text not null,
    kind text not null check (kind in ('natural', 'organisation', 'developer')),
    recorded_at timestamptz not null,
    primary key (community_id, person_id)
  )`,
  // Sealed with AES-256-GCM; the hashes are keyed, so that a guessed name cannot be tried without the portal's key.
  `create table person_private (
    community_id integer not null,
    person_id text not null,
    sealed bytea not null,
    name_hash bytea not null check (octet_length(name_hash) = 32),
    phone_hash bytea check (octet_length(phone_hash) = 32),
    identity_hash bytea check (octet_length(identity_hash) = 32),
    identity_last4 text check (identity_last4 ~ '^[0-9A-Z]{4}$'),
    primary key (community_id, person_id),
    foreign key (community_id, person_id) references person
  )`,
  'create index person_private_by_name on person_private (community_id, name_hash)',
  `create table person_user (
    community_id integer not null,
    person_id text not null,
    user_id text not null references portal_user,
    bound_at timestamptz not null,
    ended_at timestamptz,
    primary key (community_id, person_id, user_id, bound_at),
    foreign key (community_id, person_id) references person
  )`,
  'create unique index person_user_of_person on person_user (community_id, person_id) where ended_at is null',
  'create unique index person_user_of_user on person_user (community_id, user_id) where ended_at is null',
  `create table owner_invitation (
    community_id integer not null,
    invitation_id text not null,
    person_id text not null,
    primary key (community_id, invitation_id),
    foreign key (community_id, invitation_id) references invitation,
    foreign key (community_id, person_id) references person
  )`,
  'create index owner_invitation_of_person on owner_invitation (community_id, person_id)',
]

const IMPORTS = [
  `create table roll_import (
    community_id integer not null references community,
    import_id text not null,
    file_name text not null,
    file_sha256 text not null check (file_sha256 ~ '^[0-9a-f]{64}$'),
    file_bytes integer not null,
    effective_on date not null,
    area_source text not null check (area_source in ('register', 'survey', 'contract')),
    uploaded_by text not null,
    uploaded_at timestamptz not null,
    state text not null default 'reading'
      check (state in ('reading', 'rejected', 'unknown', 'ready', 'stored', 'discarded')),
    column_mapping text,
    -- What the file says and what the importer answered: sealed, and gone once stored or discarded.
    sealed_reading bytea,
    sealed_answers bytea,
    primary key (community_id, import_id)
  )`,
  `create table roll_import_file (
    community_id integer not null,
    import_id text not null,
    sealed bytea not null,
    primary key (community_id, import_id),
    foreign key (community_id, import_id) references roll_import
  )`,
  `create table roll_import_confirmation (
    community_id integer not null,
    import_id text not null,
    confirmation_no integer not null check (confirmation_no > 0),
    confirmed_by text not null,
    confirmed_at timestamptz not null,
    effective_on date not null,
    developer_person_id text,
    units_new integer not null,
    units_changed integer not null,
    units_unchanged integer not null,
    units_removed integer not null,
    primary key (community_id, import_id),
    unique (community_id, confirmation_no),
    foreign key (community_id, import_id) references roll_import,
    foreign key (community_id, developer_person_id) references person
  )`,
  `create table roll_column_mapping (
    community_id integer not null references community,
    header_signature text not null,
    mapping_no integer not null,
    mapping text not null,
    taught_by text not null,
    taught_at timestamptz not null,
    primary key (community_id, header_signature, mapping_no)
  )`,
]

const UNITS = [
  `create table unit (
    community_id integer not null references community,
    unit_id text not null check (char_length(unit_id) between 1 and 120),
    building text not null,
    entrance text not null,
    number text not null,
    recorded_at timestamptz not null,
    primary key (community_id, unit_id)
  )`,
  // What is registered of a unit from a day on, until the next record. A later record of the same day corrects an earlier one.
  `create table unit_record (
    community_id integer not null,
    unit_id text not null,
    record_no integer not null check (record_no > 0),
    effective_on date not null,
    recorded_at timestamptz not null,
    recorded_by text not null,
    import_id text not null,
    is_removed boolean not null,
    kind text not null check (kind in ('residence', 'commercial', 'parking', 'storage')),
    area_centi_m2 bigint not null check (area_centi_m2 > 0),
    area_source text not null check (area_source in ('register', 'survey', 'contract')),
    status text not null check (status in ('delivered', 'unsold', 'sold_undelivered')),
    primary key (community_id, unit_id, record_no),
    foreign key (community_id, unit_id) references unit,
    foreign key (community_id, import_id) references roll_import_confirmation
  )`,
  'create index unit_record_by_day on unit_record (community_id, unit_id, effective_on desc, record_no desc)',
  `create table unit_owner (
    community_id integer not null,
    unit_id text not null,
    record_no integer not null,
    person_id text not null,
    primary key (community_id, unit_id, record_no, person_id),
    foreign key (community_id, unit_id, record_no) references unit_record,
    foreign key (community_id, person_id) references person
  )`,
  'create index unit_owner_of_person on unit_owner (community_id, person_id)',
  // Time only runs forward in one unit: an earlier day cannot be slipped in behind a later record.
  `create function refuse_earlier_unit_record() returns trigger language plpgsql
    security definer set search_path = public, pg_temp as $$
    begin
      if exists (
        select from unit_record r where r.community_id = new.community_id and r.unit_id = new.unit_id
          and (r.record_no >= new.record_no or r.effective_on > new.effective_on)
      ) then
        raise exception 'unit % has a later record', new.unit_id using errcode = 'MZ020';
      end if;
      return new;
    end $$`,
  `create trigger unit_record_runs_forward before insert on unit_record
    for each row execute function refuse_earlier_unit_record()`,
  // Owners belong to the record that is being written; nobody is added to one that stands.
  `create function refuse_late_unit_owner() returns trigger language plpgsql
    security definer set search_path = public, pg_temp as $$
    begin
      if not exists (
        select from unit_record r where r.community_id = new.community_id and r.unit_id = new.unit_id
          and r.record_no = new.record_no and r.xmin::text = (pg_current_xact_id()::xid)::text
      ) then
        raise exception 'the record of unit % stands already', new.unit_id using errcode = 'MZ021';
      end if;
      return new;
    end $$`,
  `create trigger unit_owner_with_its_record before insert on unit_owner
    for each row execute function refuse_late_unit_owner()`,
]

const GRANTS = [
  `grant select, insert on ${APPENDED.join(', ')} to mingzhang_app`,
  'grant select, insert on person_private, person_user, roll_import, roll_import_file to mingzhang_app',
  `grant update (sealed, name_hash, phone_hash, identity_hash, identity_last4), delete
    on person_private to mingzhang_app`,
  'grant update (ended_at) on person_user to mingzhang_app',
  'grant update (state, column_mapping, sealed_reading, sealed_answers) on roll_import to mingzhang_app',
  'grant delete on roll_import_file to mingzhang_app',
]

export async function up(db: Kysely<unknown>): Promise<void> {
  await run(db, [...OFFICES, ...PERSONS, ...IMPORTS, ...UNITS])
  await run(
    db,
    APPENDED.map(
      table => `create trigger ${table}_is_appended before update or delete or truncate on ${table}
        for each statement execute function forbid_change()`,
    ),
  )
  await run(db, GRANTS)
}
