/** Changes of a community's rules for money: proposed by one officer, decided by another, both appended; and the chair's release. Frozen. */
import { type Kysely, sql } from 'kysely'

const STATEMENTS = [
  `create table control_change (
    community_id integer not null references ledger,
    change_id text not null,
    kind text not null check (kind in
      ('controls', 'ceiling', 'emergency', 'teach-rule', 'retire-rule', 'add-account', 'reissue')),
    content bytea not null,
    content_digest text not null check (content_digest = encode(sha256(content), 'hex')),
    proposed_by text not null,
    proposed_role text not null,
    proposed_at timestamptz not null,
    primary key (community_id, change_id)
  )`,
  `create table control_decision (
    community_id integer not null,
    change_id text not null,
    decision text not null check (decision in ('confirmed', 'refused', 'withdrawn')),
    decided_by text not null,
    decided_role text not null,
    decided_at timestamptz not null,
    -- The version of the rules that this makes; the first one, which nobody proposed, is not here.
    version integer check (version > 1),
    leaf_index bigint,
    primary key (community_id, change_id),
    unique (community_id, version),
    unique (community_id, leaf_index),
    check ((decision = 'confirmed') = (leaf_index is not null)),
    check (version is null or decision = 'confirmed'),
    foreign key (community_id, change_id) references control_change,
    foreign key (community_id, leaf_index) references tlog_entry (community_id, leaf_index)
  )`,
  `create table emergency_review (
    community_id integer not null,
    change_id text not null,
    outcome text not null check (outcome in ('justified', 'disputed')),
    note text not null,
    reviewed_by text not null,
    reviewed_role text not null,
    reviewed_at timestamptz not null,
    leaf_index bigint not null,
    primary key (community_id, change_id),
    foreign key (community_id, change_id) references control_decision,
    foreign key (community_id, leaf_index) references tlog_entry (community_id, leaf_index)
  )`,
  // The last word on "two people": whoever proposed confirms nothing, whatever the program says.
  `create function refuse_own_control() returns trigger language plpgsql
    security definer set search_path = public, pg_temp as $$
    begin
      if new.decision <> 'withdrawn' and exists (
        select from control_change c where c.community_id = new.community_id
          and c.change_id = new.change_id and c.proposed_by = new.decided_by
      ) then
        raise exception 'change % is decided by who proposed it', new.change_id using errcode = 'MZ013';
      end if;
      return new;
    end $$`,
  `create trigger control_decision_by_another before insert on control_decision
    for each row execute function refuse_own_control()`,
  ...['control_change', 'control_decision', 'emergency_review'].map(
    table => `create trigger ${table}_is_appended before update or delete or truncate on ${table}
      for each statement execute function forbid_change()`,
  ),
  'grant select, insert on control_change, control_decision, emergency_review to mingzhang_app',
  'grant update (charging_model) on community to mingzhang_app',
  'alter table voucher_approval drop constraint voucher_approval_step_check',
  `alter table voucher_approval add constraint voucher_approval_step_check check (step in
    ('prepare', 'review', 'release_company', 'release_committee', 'release_chair'))`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}
