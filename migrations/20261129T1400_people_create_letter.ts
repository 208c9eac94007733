/** Invitation letters, the proof that goes with a code, codes that the desk issues by two people, and tenants. Frozen. */
import { type Kysely, sql } from 'kysely'

const APPENDED = [
  'claim_setting',
  'letter_batch',
  'letter',
  'letter_handover',
  'claim_attempt',
  'code_request',
  'code_request_decision',
]

const STATEMENTS = [
  'alter table office_term drop constraint office_term_role_check',
  `alter table office_term add constraint office_term_role_check check (role in (
    'owner', 'tenant', 'committee_member', 'committee_treasurer', 'committee_chair', 'teller', 'bookkeeper', 'manager',
    'overseer', 'residents_committee', 'auditor', 'operator'))`,
  // What somebody who holds a code must know besides; the newest setting is in force.
  `create table claim_setting (
    community_id integer not null references community,
    setting_no integer not null check (setting_no > 0),
    proof text not null check (proof in ('none', 'phone', 'identity')),
    set_by text not null,
    set_at timestamptz not null,
    primary key (community_id, setting_no)
  )`,
  `create table letter_batch (
    community_id integer not null references community,
    batch_id text not null,
    -- Empty for all buildings.
    building text not null,
    proof text not null check (proof in ('none', 'phone', 'identity')),
    -- Where help is to be had, as printed.
    help text not null check (char_length(help) <= 80),
    requested_by text not null,
    requested_at timestamptz not null,
    primary key (community_id, batch_id)
  )`,
  // The file with the codes: sealed, and gone once it was fetched or has had its time.
  `create table letter_batch_file (
    community_id integer not null,
    batch_id text not null,
    sealed bytea not null,
    made_at timestamptz not null,
    fetched_at timestamptz,
    primary key (community_id, batch_id),
    foreign key (community_id, batch_id) references letter_batch
  )`,
  `create table letter (
    community_id integer not null,
    batch_id text not null,
    unit_id text not null,
    codes integer not null check (codes >= 0),
    primary key (community_id, batch_id, unit_id),
    foreign key (community_id, batch_id) references letter_batch,
    foreign key (community_id, unit_id) references unit
  )`,
  `create table letter_handover (
    community_id integer not null,
    batch_id text not null,
    unit_id text not null,
    handed_by text not null,
    handed_at timestamptz not null,
    primary key (community_id, batch_id, unit_id),
    foreign key (community_id, batch_id, unit_id) references letter
  )`,
  // Keyed hashes of four digits: worthless without the key, and removed with the person.
  `create table claim_proof (
    community_id integer not null,
    invitation_id text not null,
    proof text not null check (proof in ('phone', 'identity')),
    proof_hash bytea not null check (octet_length(proof_hash) = 32),
    primary key (community_id, invitation_id),
    foreign key (community_id, invitation_id) references invitation
  )`,
  `create table claim_attempt (
    community_id integer not null,
    attempt_id text not null,
    invitation_id text not null,
    is_right boolean not null,
    attempted_at timestamptz not null,
    primary key (community_id, attempt_id),
    foreign key (community_id, invitation_id) references invitation
  )`,
  'create index claim_attempt_of_invitation on claim_attempt (community_id, invitation_id)',
  `create table code_request (
    community_id integer not null references community,
    request_id text not null,
    kind text not null check (kind in ('owner', 'tenant')),
    unit_id text not null,
    person_id text,
    -- The last day of a tenancy.
    term_until date,
    reason text not null check (reason in ('lost', 'never-arrived', 'locked', 'new-owner', 'tenancy')),
    requested_by text not null references portal_user,
    requested_at timestamptz not null,
    primary key (community_id, request_id),
    foreign key (community_id, unit_id) references unit,
    foreign key (community_id, person_id) references person,
    check ((kind = 'owner') = (person_id is not null)),
    check ((kind = 'tenant') = (term_until is not null))
  )`,
  `create table code_request_decision (
    community_id integer not null,
    request_id text not null,
    decision text not null check (decision in ('confirmed', 'refused')),
    decided_by text not null references portal_user,
    decided_at timestamptz not null,
    invitation_id text,
    primary key (community_id, request_id),
    foreign key (community_id, request_id) references code_request,
    foreign key (community_id, invitation_id) references invitation,
    check ((decision = 'confirmed') = (invitation_id is not null))
  )`,
  // Two people, whatever an application believes.
  `create function refuse_same_hand() returns trigger language plpgsql
    security definer set search_path = public, pg_temp as $$
    begin
      if new.decision = 'confirmed' and exists (
        select from code_request r where r.community_id = new.community_id and r.request_id = new.request_id
          and r.requested_by = new.decided_by
      ) then
        raise exception 'code request % needs a second person', new.request_id using errcode = 'MZ022';
      end if;
      return new;
    end $$`,
  `create trigger code_request_takes_two before insert on code_request_decision
    for each row execute function refuse_same_hand()`,
  `grant select, insert on ${APPENDED.join(', ')}, letter_batch_file, claim_proof to mingzhang_app`,
  'grant update (fetched_at), delete on letter_batch_file to mingzhang_app',
  'grant delete on claim_proof to mingzhang_app',
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
  for (const table of APPENDED) {
    await sql`
      create trigger ${sql.raw(table)}_is_appended before update or delete or truncate on ${sql.table(table)}
      for each statement execute function forbid_change()`.execute(db)
  }
}
