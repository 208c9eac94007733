/** One owner who was entered as two persons: proposed by one officer, confirmed by another, taken back the same way. Frozen. */
import { type Kysely, sql } from 'kysely'

const STATEMENTS = [
  `create table person_merge (
    community_id integer not null references tlog,
    merge_id text not null,
    kind text not null check (kind in ('merge', 'undo')),
    -- Whose units the other's become; an undo names the two of the merge it takes back.
    kept_person_id text not null,
    merged_person_id text not null,
    undoes text,
    proposed_by text not null references portal_user,
    proposed_at timestamptz not null,
    primary key (community_id, merge_id),
    foreign key (community_id, kept_person_id) references person,
    foreign key (community_id, merged_person_id) references person,
    foreign key (community_id, undoes) references person_merge,
    check (kept_person_id <> merged_person_id),
    check ((kind = 'undo') = (undoes is not null))
  )`,
  `create table person_merge_decision (
    community_id integer not null,
    merge_id text not null,
    decision text not null check (decision in ('confirmed', 'refused')),
    decided_by text not null references portal_user,
    decided_at timestamptz not null,
    -- The records of the register that it made, and its leaf: kind and running number, nobody's name.
    import_id text,
    merge_no integer check (merge_no > 0),
    leaf_index bigint,
    primary key (community_id, merge_id),
    foreign key (community_id, merge_id) references person_merge,
    foreign key (community_id, import_id) references roll_import_confirmation,
    foreign key (community_id, leaf_index) references tlog_entry (community_id, leaf_index),
    unique (community_id, merge_no),
    check ((decision = 'confirmed') = (import_id is not null)),
    check ((decision = 'confirmed') = (merge_no is not null)),
    check ((decision = 'confirmed') = (leaf_index is not null))
  )`,
  // Whoever proposed it never confirms it, whatever an application thinks.
  `create function refuse_own_merge() returns trigger language plpgsql
    security definer set search_path = public, pg_temp as $$
    begin
      if new.decision = 'confirmed' and exists (
        select from person_merge m where m.community_id = new.community_id and m.merge_id = new.merge_id
          and m.proposed_by = new.decided_by
      ) then
        raise exception 'the merge % takes a second person', new.merge_id using errcode = 'MZ022';
      end if;
      return new;
    end $$`,
  `create trigger person_merge_takes_two before insert on person_merge_decision
    for each row execute function refuse_own_merge()`,
  'grant select, insert on person_merge, person_merge_decision to mingzhang_app',
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
  for (const table of ['person_merge', 'person_merge_decision']) {
    await sql`
      create trigger ${sql.raw(table)}_is_appended before update or delete or truncate on ${sql.table(table)}
      for each statement execute function forbid_change()`.execute(db)
  }
}
