/** The columns of a bank file in an unknown layout are agreed by two officers, version by version for each account and header. Frozen. */
import { type Kysely, sql } from 'kysely'

const STATEMENTS = [
  'alter table control_change drop constraint control_change_kind_check',
  `alter table control_change add constraint control_change_kind_check check (kind in
    ('controls', 'ceiling', 'emergency', 'teach-rule', 'retire-rule', 'add-account', 'reissue', 'fee-standard',
      'map-columns'))`,
  // Why a change was refused: for whoever proposed it.
  'alter table control_decision add column note text',
  `alter table control_decision add constraint control_decision_note_check
    check (note is null or decision = 'refused')`,
  // What one officer had mapped and nobody had stored yet is put aside; the file is uploaded again and its columns proposed.
  `update bank_import set state = 'discarded', reading = null
    where state in ('reading', 'ready', 'held', 'storing')
      and (column_mapping is not null or reading::jsonb ->> 'layout' = 'mapped')`,
  'drop table column_mapping',
  'alter table bank_import drop constraint bank_import_state_check',
  `alter table bank_import add constraint bank_import_state_check check (state in
    ('reading', 'rejected', 'unknown', 'mapped', 'waiting', 'ready', 'held', 'storing', 'stored', 'discarded'))`,
  // The change that proposed the columns a file is read by, or, where one was agreed before, that one.
  'alter table bank_import add column mapping_change text',
  `alter table bank_import add foreign key (community_id, mapping_change)
    references control_change (community_id, change_id)`,
  'create index bank_import_by_mapping on bank_import (community_id, mapping_change)',
  'grant update (mapping_change) on bank_import to mingzhang_app',
  `create table column_mapping_version (
    community_id integer not null,
    account_code text not null,
    header_signature text not null,
    version integer not null check (version > 0),
    change_id text not null,
    mapping text not null,
    primary key (community_id, account_code, header_signature, version),
    unique (community_id, change_id),
    foreign key (community_id, account_code) references bank_account (community_id, account_code),
    foreign key (community_id, change_id) references control_decision
  )`,
  // The last word on "two people": no line is stored by columns that nobody else has agreed to.
  `create function refuse_unconfirmed_columns() returns trigger language plpgsql
    security definer set search_path = public, pg_temp as $$
    begin
      if new.column_mapping is not null and not exists (
        select from control_change c join control_decision d using (community_id, change_id)
        where c.community_id = new.community_id and c.change_id = new.mapping_change
          and c.kind = 'map-columns' and d.decision = 'confirmed'
      ) then
        raise exception 'the columns of import % are not confirmed', new.import_id using errcode = 'MZ047';
      end if;
      return new;
    end $$`,
  `create trigger bank_import_by_confirmed_columns before insert or update on bank_import
    for each row when (new.state in ('ready', 'held', 'storing', 'stored'))
    execute function refuse_unconfirmed_columns()`,
  `create trigger column_mapping_version_is_appended before update or delete or truncate on column_mapping_version
    for each statement execute function forbid_change()`,
  'grant select, insert on column_mapping_version to mingzhang_app',
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}
