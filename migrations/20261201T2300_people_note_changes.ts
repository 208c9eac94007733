/**
 * What an officer's act changed, noted by the database itself: values before and after, in the transaction of the act, in a table
 * that no application can write. Frozen.
 */
import { type Kysely, sql } from 'kysely'

/**
 * What is told of a table's rows. `shown` are values; `texts` are an officer's own words, shortened and with numbers covered;
 * `json` are canonical bytes or text; of `sealed` it is told that they were written, never what. A column in none is left out.
 */
interface Noting {
  readonly shown?: string
  readonly texts?: string
  readonly json?: string
  readonly sealed?: string
  /** For rows that replace the last one of the same `by`: the largest `order` before it is what was. */
  readonly by?: string
  readonly order?: string
  /** The row that this one decides, found by a column of both. */
  readonly of?: {
    readonly table: string
    readonly key: string
    readonly shown?: string
    readonly json?: string
  }
}

const NOTED: Readonly<Record<string, Noting>> = {
  account: { shown: 'code type name_zh name_en' },
  bank_account: {
    shown: 'account_code fund_code bank_name opened_on',
    sealed: 'holder_name number_last4 number_hash',
  },
  bank_import: {
    shown: 'account_code file_sha256 file_bytes state',
    sealed: 'file_name column_mapping reading',
  },
  bank_import_confirmation: {
    shown: 'import_id outcome stored_new already_there',
    texts: 'reason discrepancies',
  },
  bank_line: { shown: 'account_code booked_on amount_fen direction is_reversal', sealed: 'line_key' },
  bank_line_explanation: { shown: 'bank_line_id', texts: 'explanation' },
  budget_adoption: {
    shown: 'fiscal_year version basis poll_title voted_fen decided_on document',
    texts: 'words',
    by: 'fiscal_year',
    order: 'version',
  },
  budget_line: {
    shown: 'fiscal_year version fund_code account_code direction amount_fen',
    by: 'fiscal_year fund_code account_code direction',
    order: 'version',
  },
  claim_setting: { shown: 'proof', by: '', order: 'setting_no' },
  code_request: { shown: 'kind unit_id person_id term_until reason' },
  code_request_decision: {
    shown: 'decision',
    of: { table: 'code_request', key: 'request_id', shown: 'kind unit_id person_id reason' },
  },
  column_mapping_version: {
    shown: 'account_code version',
    sealed: 'header_signature mapping',
    by: 'account_code header_signature',
    order: 'version',
  },
  community: { shown: 'slug name name_en district charging_model publishes_detail' },
  community_place: { shown: 'jurisdiction_code jurisdiction_level' },
  control_change: { shown: 'kind', json: 'content', sealed: 'contains header words' },
  control_decision: {
    shown: 'decision version',
    texts: 'note',
    sealed: 'contains header words',
    of: { table: 'control_change', key: 'change_id', shown: 'kind', json: 'content' },
  },
  council_action: { shown: 'item_no action_no due_on', texts: 'text' },
  council_action_event: { shown: 'item_no action_no kind', texts: 'text' },
  council_attendance: { shown: 'revision', sealed: 'content', by: 'meeting_id', order: 'revision' },
  council_correction: { shown: 'correction_no version item_no', texts: 'text' },
  council_correction_answer: { shown: 'correction_no version is_accepted', texts: 'answer' },
  council_meeting: { shown: 'kind' },
  council_minutes: {
    shown: 'version digest corrections_until',
    texts: 'reason',
    sealed: 'content raw_salt',
    by: 'meeting_id',
    order: 'version',
  },
  council_notice: {
    shown: 'version starts_at',
    json: 'content',
    by: 'meeting_id',
    order: 'version',
  },
  council_publication: { shown: 'issue version digest', by: 'meeting_id', order: 'issue' },
  council_seat: {
    shown: 'body kind organisation office is_voting term_from term_until',
    sealed: 'holder_name deputy_name',
  },
  council_seat_end: { shown: 'seat_id ended_on', texts: 'reason' },
  council_section: {
    shown: 'item_no revision',
    sealed: 'content',
    by: 'meeting_id item_no',
    order: 'revision',
  },
  council_sign_in_sheet: { shown: 'sheet_no method people_count' },
  council_sign_off: { shown: 'version seat_id stance method', texts: 'reason' },
  council_topic: { shown: 'number source source_reference', texts: 'title summary' },
  council_topic_event: { shown: 'event_no kind reference happened_on', texts: 'text' },
  draft_recusal: { shown: 'draft_id kind role' },
  emergency_review: { shown: 'outcome', texts: 'note' },
  fund: { shown: 'code kind name_zh name_en' },
  fund_statement: {
    shown: 'period version digest',
    texts: 'reason',
    sealed: 'model leaf',
    by: 'period',
    order: 'version',
  },
  invitation: {
    shown:
      'role term_from term_until is_deputy jurisdiction_code jurisdiction_title expires_at accepted_at accepted_by',
    sealed: 'code_digest display_name',
  },
  jurisdiction: { shown: 'jurisdiction_code level name name_en parent_code' },
  ledger: { shown: 'first_period remuneration' },
  letter: { shown: 'unit_id codes' },
  letter_batch: { shown: 'building proof', texts: 'help' },
  letter_batch_file: { shown: 'fetched_at', sealed: 'sealed' },
  letter_handover: { shown: 'unit_id' },
  matching_rule: {
    shown: 'direction fund_code account_code retired_at',
    texts: 'narration',
    sealed: 'contains',
  },
  micro_grid: { shown: 'grid_id name' },
  micro_grid_place: { shown: 'building entrance grid_id' },
  minutes_copy: {
    shown: 'version issue digest',
    texts: 'reason',
    sealed: 'model leaf',
    by: 'meeting_id',
    order: 'version',
  },
  office_term: { shown: 'user_id role term_from term_until is_deputy' },
  officer_mark: { shown: 'kind', sealed: 'digest' },
  oversight_entry: { shown: 'kind subject_kind subject role reply_due_on' },
  oversight_reply: { shown: 'kind role' },
  overseer_term: { shown: 'jurisdiction_code user_id title term_from term_until' },
  owner_invitation: { shown: 'person_id' },
  payment_mark: { shown: 'kind', sealed: 'digest' },
  payment_note: { shown: 'draft_id' },
  payment_signal: { shown: 'kind others' },
  period_close: { shown: 'period', sealed: 'trial_balance reconciliation' },
  person: { shown: 'person_id kind' },
  person_erasure: { shown: 'person_id ground' },
  person_merge: { shown: 'kind kept_person_id merged_person_id undoes' },
  person_merge_decision: {
    shown: 'decision merge_no',
    of: { table: 'person_merge', key: 'merge_id', shown: 'kind kept_person_id merged_person_id' },
  },
  person_private: {
    shown: 'person_id',
    sealed: 'sealed name_hash phone_hash identity_hash identity_last4',
  },
  person_user: { shown: 'person_id user_id ended_at' },
  point_decision: {
    shown: 'decision',
    of: { table: 'point_request', key: 'request_id', json: 'content' },
  },
  point_partner: { shown: 'name' },
  point_partner_end: { shown: 'partner_id' },
  point_posting: { shown: 'line account points' },
  point_request: { json: 'content' },
  point_voucher: {
    shown: 'number kind points happened_on partner_id',
    texts: 'activity',
    sealed: 'salt form_key',
  },
  poll: { shown: 'state title opens_at closes_at rules_version revision', json: 'motion policy' },
  poll_delivery: { shown: 'unit_id method' },
  poll_document: { shown: 'sha256' },
  poll_notice: {
    shown: 'rules_version course_days announced_at',
    json: 'policy',
    sealed: 'roll roll_salt weight_roll',
  },
  poll_objection: { shown: 'unit_id stage', sealed: 'by_person' },
  poll_objection_answer: { shown: 'is_upheld' },
  poll_paper_entry: {
    shown: 'paper_number entry_no as_proxy signed_on',
    sealed: 'answers signed_by',
  },
  poll_paper_receipt: { shown: 'paper_number' },
  poll_proxy: { shown: 'unit_id document_sha256', sealed: 'proxy_person' },
  poll_refused_paper: { shown: 'paper_number reason signed_on' },
  poll_representative: { shown: 'unit_id person_id document_sha256' },
  poll_signoff: { shown: 'step digest' },
  poll_step: { shown: 'kind detail' },
  poll_tally: { shown: 'question_id digest', sealed: 'result' },
  poll_transfer: { shown: 'unit_id from_person to_person document_sha256' },
  portal_user: { shown: 'disabled_at', sealed: 'login display_name password_hash' },
  posting: { shown: 'line fund_code account_code side amount_fen' },
  project_event: { shown: 'act by_office detail' },
  project_proposal: { shown: 'number round_id', sealed: 'proposed_by' },
  project_round: { shown: 'title opens_on closes_on' },
  project_state: { shown: 'state' },
  retention_setting: { shown: 'kind days', by: 'kind', order: 'setting_no' },
  role_change: {
    shown: 'kind role user_id term_from term_until is_deputy',
    texts: 'reason',
    sealed: 'display_name',
  },
  role_change_decision: {
    shown: 'decision',
    of: { table: 'role_change', key: 'change_id', shown: 'kind role user_id term_from term_until is_deputy' },
  },
  roll_column_mapping: {
    shown: 'mapping',
    sealed: 'header_signature',
    by: 'header_signature',
    order: 'mapping_no',
  },
  roll_import: {
    shown: 'file_sha256 file_bytes effective_on area_source state',
    sealed: 'file_name column_mapping sealed_reading sealed_answers',
  },
  roll_import_confirmation: {
    shown: 'effective_on units_new units_changed units_unchanged units_removed',
  },
  service_round: { shown: 'round_no through', sealed: 'result' },
  signal_answer: { shown: 'kind', texts: 'answer' },
  source_document: { shown: 'sha256 media_type byte_count', sealed: 'file_name' },
  source_document_public_copy: { shown: 'sha256 public_sha256 public_media_type' },
  survey: { shown: 'year closes_on' },
  survey_result: { shown: 'survey_id', sealed: 'result' },
  tally_certificate: {
    shown: 'version digest',
    texts: 'reason',
    sealed: 'model leaf',
    by: 'poll_id',
    order: 'version',
  },
  unit: { shown: 'unit_id building entrance number' },
  unit_owner: { shown: 'unit_id record_no person_id' },
  unit_record: {
    shown: 'unit_id record_no effective_on is_removed kind area_centi_m2 area_source status',
    by: 'unit_id',
    order: 'record_no',
  },
  voice_case: {
    shown: 'kind is_private category subject_kind subject_key seat is_on_behalf',
    sealed: 'opened_by',
  },
  voice_clock: { shown: 'answer_days take_days reply_days judge_days', by: '', order: 'clock_no' },
  voice_document: { shown: 'sha256 media_type byte_count' },
  voice_event: { shown: 'event_no act by_office detail' },
  voice_spot: { shown: 'name grid retired_at' },
  voice_state: { shown: 'state due_on' },
  voucher: {
    shown:
      'fiscal_year number period kind occurred_on amount_fen reverses_fiscal_year reverses_number replaces_fiscal_year replaces_number',
    texts: 'narration',
  },
  voucher_approval: { shown: 'revision step role' },
  voucher_bank_line: { shown: 'bank_line_id' },
  voucher_document: { shown: 'sha256' },
  voucher_draft: { shown: 'state' },
  voucher_draft_revision: { shown: 'revision', json: 'content', by: 'draft_id', order: 'revision' },
  voucher_refusal: { shown: 'step', texts: 'reason' },
}

const TABLES = [
  // What the transaction in hand changed, until its commit.
  `create table audit_pending (
    xid xid8 not null,
    pending_no bigint not null generated always as identity,
    -- Of an act: whose changes these are. Null in a row that tells of a change.
    act_community_id integer,
    act_event_id text,
    table_name text,
    row_count integer not null,
    change jsonb,
    concerns text[] not null,
    is_first boolean not null,
    primary key (xid, pending_no)
  )`,
  `create table audit_change (
    community_id integer not null,
    audit_event_id text not null,
    changes text not null,
    -- Units, persons and accounts of which a row that is told was changed.
    concerns text[] not null,
    primary key (community_id, audit_event_id),
    foreign key (community_id, audit_event_id) references audit_event
  )`,
  'create index audit_change_by_concern on audit_change using gin (concerns)',
  'grant select on audit_change to mingzhang_app',
]

const TELLING = [
  `create function noted_text(value text) returns text language sql immutable as $$
    select case when length(value) > 300 then left(value, 200) || '… (' || length(value) || ')' else value end $$`,
  // Bytes that are no JSON are told by their number: an officer's act never fails because of what is told of it.
  `create function noted_json(value text, sealed jsonb) returns text language plpgsql immutable as $$
    declare
      content text;
      members jsonb;
      name text;
    begin
      content := case when value like '\\\\x%' then convert_from(decode(substr(value, 3), 'hex'), 'UTF8') else value end;
      if octet_length(content) > 6000 then
        return '(' || octet_length(content) || ', sha256 ' || encode(sha256(convert_to(content, 'UTF8')), 'hex') || ')';
      end if;
      members := content::jsonb;
      for name in select jsonb_array_elements_text(coalesce(sealed, '[]')) loop
        if jsonb_typeof(members) = 'object' and members ? name then
          members := jsonb_set(members, array[name], '"(sealed)"');
        end if;
      end loop;
      return members::text;
    exception when data_exception then
      return '(' || length(value) || ')';
    end $$`,
  `create function noted_values(told jsonb, noting jsonb) returns jsonb language sql immutable as $$
    select coalesce(jsonb_object_agg(key, case
      when value is null then null
      when (noting->'json') ? key then noted_json(value, noting->'sealed')
      when (noting->'texts') ? key then
        noted_text(regexp_replace(value, '\\d([ -]?\\d){5,}[\\dXx]?', '****', 'g'))
      else noted_text(value) end), '{}')
    from jsonb_each_text(told)
    where (noting->'shown') ? key or (noting->'texts') ? key or (noting->'json') ? key $$`,
  `create function noted_sealed(was jsonb, now jsonb, noting jsonb) returns jsonb language sql immutable as $$
    select coalesce(jsonb_agg(name order by name), '[]') from jsonb_array_elements_text(coalesce(noting->'sealed', '[]')) as name
    where coalesce(was->>name, '') <> coalesce(now->>name, '') $$`,
  `create function noted_concerns(told jsonb) returns text[] language sql immutable as $$
    select coalesce(array_agg(distinct value), '{}') from jsonb_each_text(told)
    where value is not null and key in
      ('unit_id', 'person_id', 'user_id', 'kept_person_id', 'merged_person_id', 'from_person', 'to_person') $$`,
  `create function noted_key(told jsonb, noting jsonb) returns jsonb language sql immutable as $$
    select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each_text(told)
    where (noting->'key') ? key and not coalesce((noting->'sealed') ? key, false) $$`,
]

const COLLECTING = [
  // What one row tells; null for a change of nothing that is told.
  `create function noted_row(place text, act text, noting jsonb, was jsonb, now jsonb) returns jsonb
    language plpgsql set search_path = public, pg_temp as $$
    declare
      earlier jsonb;
      decided jsonb;
      after jsonb := case when now is null then null else noted_values(now, noting) end;
      before jsonb := case when was is null then null else noted_values(was, noting) end;
      hidden jsonb := noted_sealed(was, now, noting);
      told jsonb := jsonb_build_object('t', place, 'o', lower(act));
    begin
      if act = 'UPDATE' then
        select coalesce(jsonb_object_agg(key, value), '{}') into after from jsonb_each(after)
          where value is distinct from before->key;
        select coalesce(jsonb_object_agg(key, value), '{}') into before from jsonb_each(before)
          where after ? key;
        if after = '{}' and hidden = '[]' then
          return null;
        end if;
        told := told || jsonb_build_object('k', noted_key(now, noting));
      end if;
      if act = 'INSERT' and noting ? 'order' then
        execute format(
          'select to_jsonb(o) from public.%1$I o, jsonb_populate_record(null::public.%1$I, $1) n
            where o.community_id = n.community_id and o.%2$I < n.%2$I %3$s order by o.%2$I desc limit 1',
          place, noting->>'order',
          (select string_agg(format('and o.%1$I = n.%1$I', name), ' ')
            from jsonb_array_elements_text(noting->'by') as name)
        ) into earlier using now;
        if earlier is not null then
          before := noted_values(earlier, noting);
        end if;
      end if;
      if noting ? 'of' then
        execute format(
          'select to_jsonb(o) from public.%1$I o, jsonb_populate_record(null::public.%2$I, $1) n
            where o.community_id = n.community_id and o.%3$I = n.%3$I',
          noting->'of'->>'table', place, noting->'of'->>'key'
        ) into decided using now;
        told := told || jsonb_build_object('of', jsonb_build_object('t', noting->'of'->>'table',
          'a', jsonb_strip_nulls(noted_values(decided, (noting->'of') || jsonb_build_object('sealed', noting->'sealed')))));
      end if;
      return told
        || case when before is null then '{}' else jsonb_build_object('b', before) end
        || case when after is null then '{}' else jsonb_build_object('a', after) end
        || case when hidden = '[]' then '{}' else jsonb_build_object('h', hidden) end
        || jsonb_build_object('c', to_jsonb((select array(select distinct unnest(
          noted_concerns(coalesce(now, was)) || noted_concerns(coalesce(decided, '{}'))) order by 1))));
    end $$`,
  // One call per statement: the first forty rows of a transaction are told, of the others how many there were.
  `create function note_change() returns trigger language plpgsql security definer
    set search_path = public, pg_temp set timezone = 'UTC' as $$
    declare
      noting jsonb := tg_argv[0]::jsonb;
      room integer := 40 - coalesce(nullif(current_setting('mingzhang.noted', true), ''), '0')::integer;
      is_first boolean := coalesce(current_setting('mingzhang.pending', true), '') <> 'yes';
      total integer;
      told jsonb[] := '{}';
      change jsonb;
      pair record;
    begin
      if tg_op = 'INSERT' then
        select count(*) into total from now_rows;
        for pair in select null::jsonb as was, to_jsonb(r) as now from now_rows r limit greatest(room, 0) loop
          told := told || noted_row(tg_table_name, tg_op, noting, pair.was, pair.now);
        end loop;
      elsif tg_op = 'DELETE' then
        select count(*) into total from was_rows;
        for pair in select to_jsonb(r) as was, null::jsonb as now from was_rows r limit greatest(room, 0) loop
          told := told || noted_row(tg_table_name, tg_op, noting, pair.was, pair.now);
        end loop;
      else
        select count(*) into total from now_rows;
        if room > 0 then
          for pair in
            select o.was, n.now
            from (select to_jsonb(r) as was, noted_key(to_jsonb(r), noting - 'sealed') as row_key from was_rows r) o
            join (select to_jsonb(r) as now, noted_key(to_jsonb(r), noting - 'sealed') as row_key from now_rows r) n using (row_key)
            limit room
          loop
            change := noted_row(tg_table_name, tg_op, noting, pair.was, pair.now);
            if change is null then
              total := total - 1;
            else
              told := told || change;
            end if;
          end loop;
        end if;
      end if;
      if total = 0 then
        return null;
      end if;
      foreach change in array told loop
        insert into audit_pending (xid, table_name, row_count, change, concerns, is_first)
        values (pg_current_xact_id(), tg_table_name, 1, change,
          array(select jsonb_array_elements_text(change->'c')), is_first);
        is_first := false;
      end loop;
      if total > cardinality(told) then
        insert into audit_pending (xid, table_name, row_count, concerns, is_first)
        values (pg_current_xact_id(), tg_table_name, total - cardinality(told), '{}', is_first);
      end if;
      perform set_config('mingzhang.pending', 'yes', true);
      perform set_config('mingzhang.noted', (40 - room + cardinality(told))::text, true);
      return null;
    end $$`,
  `create function note_act() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
    begin
      insert into audit_pending (xid, act_community_id, act_event_id, row_count, concerns, is_first)
      values (pg_current_xact_id(), new.community_id, new.audit_event_id, 0, '{}',
        coalesce(current_setting('mingzhang.pending', true), '') <> 'yes');
      perform set_config('mingzhang.pending', 'yes', true);
      return null;
    end $$`,
]

const KEEPING = [
  // At the commit: an act has the changes since the act before it, the last one also what came after it. Of a transaction without
  // an act (it was refused) nothing is kept.
  `create function keep_changes() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
    begin
      insert into audit_change (community_id, audit_event_id, changes, concerns)
      with mine as (select * from audit_pending where xid = pg_current_xact_id()),
      acts as (
        select act_community_id as community_id, act_event_id as audit_event_id, pending_no,
          lag(pending_no, 1, 0::bigint) over (order by pending_no) as after_no,
          lead(pending_no) over (order by pending_no) is null as is_last
        from mine where act_event_id is not null
      ),
      changed as (
        select a.community_id, a.audit_event_id, m.pending_no, m.table_name, m.row_count, m.concerns,
          case when sum(length(m.change::text)) over (partition by a.audit_event_id order by m.pending_no) <= 24000
            then m.change end as change
        from acts a join mine m on m.act_event_id is null and m.pending_no > a.after_no
          and (m.pending_no < a.pending_no or a.is_last)
      ),
      others as (
        select audit_event_id, jsonb_object_agg(table_name, row_count) as counted from (
          select audit_event_id, table_name, sum(row_count) as row_count from changed
          where change is null group by audit_event_id, table_name
        ) counted group by audit_event_id
      )
      select c.community_id, c.audit_event_id,
        jsonb_build_object('v', 1,
          'rows', coalesce(jsonb_agg(c.change order by c.pending_no) filter (where c.change is not null), '[]'),
          'more', coalesce((select o.counted from others o where o.audit_event_id = c.audit_event_id), '{}'))::text,
        array(select distinct unnest(d.concerns) from changed d
          where d.audit_event_id = c.audit_event_id and d.change is not null order by 1)
      from changed c group by c.community_id, c.audit_event_id;
      delete from audit_pending where xid = pg_current_xact_id();
      return null;
    end $$`,
  // A table that comes later is noted by a call in its own migration; called again it says anew what is told.
  `create function note_table(place text, told jsonb) returns void language plpgsql set search_path = public, pg_temp as $$
    declare
      noting jsonb := told || jsonb_build_object('key', (
        select jsonb_agg(a.attname) from pg_index i
        join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any(i.indkey)
        where i.indrelid = place::regclass and i.indisprimary and a.attname <> 'community_id'));
      act text;
    begin
      foreach act in array array['insert', 'update', 'delete'] loop
        execute format('drop trigger if exists %I on %I', place || '_notes_' || act, place);
        execute format('create trigger %I after %s on %I %s for each statement
          when (current_setting(''mingzhang.noting'', true) = ''on'') execute function note_change(%L)',
          place || '_notes_' || act, act, place,
          case act when 'insert' then 'referencing new table as now_rows'
            when 'update' then 'referencing old table as was_rows new table as now_rows'
            else 'referencing old table as was_rows' end, noting::text);
      end loop;
    end $$`,
  'revoke execute on function note_change(), note_act(), keep_changes(), note_table(text, jsonb) from public',
  `create trigger audit_event_takes_changes after insert on audit_event for each row
    when (current_setting('mingzhang.noting', true) = 'on') execute function note_act()`,
  `create constraint trigger audit_pending_is_kept after insert on audit_pending deferrable initially deferred
    for each row when (new.is_first) execute function keep_changes()`,
  `create trigger audit_change_is_appended before update or delete or truncate on audit_change
    for each statement execute function forbid_change()`,
]

const LISTS = ['shown', 'texts', 'json', 'sealed', 'by'] as const

/** Names with spaces between them as the database's functions read them. */
function listed(noting: Noting): Record<string, unknown> {
  const words = (text: string) => text.split(' ').filter(word => word !== '')
  const lists = LISTS.flatMap(name => (noting[name] === undefined ? [] : [[name, words(noting[name])]]))
  return {
    ...Object.fromEntries(lists),
    ...(noting.order === undefined ? {} : { order: noting.order }),
    ...(noting.of === undefined
      ? {}
      : { of: { ...listed(noting.of), table: noting.of.table, key: noting.of.key } }),
  }
}

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...TABLES, ...TELLING, ...COLLECTING, ...KEEPING]) {
    await sql.raw(statement).execute(db)
  }
  for (const [table, noting] of Object.entries(NOTED)) {
    // Some tables are younger than this list.
    await sql`select note_table(${table}, ${JSON.stringify(listed(noting))}::text::jsonb)
      where to_regclass(${table}) is not null`.execute(db)
  }
}
