/** The books: chart, bank lines, drafts, vouchers, turnovers and closings, with who may append what. Frozen. */
import { type Kysely, sql } from 'kysely'

/** Funds, accounts, bank lines, drafts, vouchers, roll-ups and the lock of closed months. */

const APPENDED = [
  'fund',
  'account',
  'bank_account',
  'bank_line',
  'bank_line_explanation',
  'bank_import_confirmation',
  'source_document',
  'source_document_public_copy',
  'voucher_draft_revision',
  'voucher_approval',
  'voucher_refusal',
  'voucher',
  'posting',
  'voucher_bank_line',
  'voucher_document',
  'period_close',
  'budget_line',
]

async function run(db: Kysely<unknown>, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const CHART = [
  `create table ledger (
    community_id integer primary key references tlog,
    first_period text not null check (first_period ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
    remuneration text not null,
    opened_at timestamptz not null
  )`,
  `create table fund (
    community_id integer not null references ledger,
    code text not null check (code ~ '^[a-z0-9-]{1,32}$'),
    kind text not null check (kind in ('trust-fund', 'restricted-project', 'maintenance-fund', 'community-fund', 'deposits-held')),
    name_zh text not null,
    name_en text not null,
    primary key (community_id, code)
  )`,
  `create table account (
    community_id integer not null references ledger,
    code text not null check (code ~ '^[0-9]{4,10}$'),
    type text not null check (type in ('cash', 'interfund', 'liability', 'balance', 'income', 'expense')),
    name_zh text not null,
    name_en text not null,
    primary key (community_id, code)
  )`,
  `create table bank_account (
    community_id integer not null,
    account_code text not null,
    fund_code text not null,
    bank_name text not null,
    holder_name text not null,
    number_last4 text not null check (number_last4 ~ '^[0-9]{4}$'),
    number_hash bytea not null check (octet_length(number_hash) = 32),
    opened_on date not null,
    primary key (community_id, account_code),
    foreign key (community_id, account_code) references account,
    foreign key (community_id, fund_code) references fund
  )`,
  `create table budget_line (
    community_id integer not null,
    fiscal_year integer not null,
    version integer not null,
    fund_code text not null,
    account_code text not null,
    direction text not null check (direction in ('in', 'out')),
    amount_fen bigint not null check (amount_fen >= 0),
    primary key (community_id, fiscal_year, version, fund_code, account_code, direction),
    foreign key (community_id, account_code) references account,
    foreign key (community_id, fund_code) references fund
  )`,
]

const BANK = [
  `create table bank_import (
    community_id integer not null references ledger,
    import_id text not null,
    account_code text not null,
    file_name text not null,
    file_sha256 text not null,
    file_bytes integer not null,
    uploaded_by text not null,
    uploaded_at timestamptz not null,
    state text not null default 'reading'
      check (state in ('reading', 'rejected', 'unknown', 'ready', 'held', 'storing', 'stored', 'discarded')),
    column_mapping text,
    reading text,
    primary key (community_id, import_id),
    foreign key (community_id, account_code) references bank_account (community_id, account_code)
  )`,
  `create table bank_import_confirmation (
    community_id integer not null,
    import_id text not null,
    confirmed_by text not null,
    confirmed_at timestamptz not null,
    outcome text not null check (outcome in ('accept', 'hold')),
    reason text,
    discrepancies text not null,
    stored_new integer not null,
    already_there integer not null,
    leaf_index bigint not null,
    primary key (community_id, import_id),
    foreign key (community_id, import_id) references bank_import,
    foreign key (community_id, leaf_index) references tlog_entry (community_id, leaf_index)
  )`,
  `create table bank_line (
    community_id integer not null,
    bank_line_id text not null,
    account_code text not null,
    import_id text not null,
    source_line integer not null,
    booked_on date not null,
    booked_at timestamptz,
    -- Effect on the account: + received, - paid; 0 where the file says that no money moved or not which way.
    amount_fen bigint not null,
    stated_fen bigint not null,
    direction text not null check (direction in ('in', 'out', 'neutral')),
    balance_fen bigint,
    is_reversal boolean not null,
    line_key text not null,
    occurrence integer not null check (occurrence > 0),
    sequence integer not null,
    primary key (community_id, bank_line_id),
    unique (community_id, account_code, line_key, occurrence),
    foreign key (community_id, account_code) references bank_account (community_id, account_code),
    foreign key (community_id, import_id) references bank_import
  )`,
  'create index bank_line_by_day on bank_line (community_id, account_code, booked_on, sequence)',
  // What identifies a person on a bank line: kept apart, so that it can be erased while the ledger stays whole.
  `create table bank_line_private (
    community_id integer not null,
    bank_line_id text not null,
    counterparty text not null,
    counterparty_last4 text not null,
    purpose text not null,
    serial text,
    primary key (community_id, bank_line_id),
    foreign key (community_id, bank_line_id) references bank_line
  )`,
  `create table bank_line_explanation (
    community_id integer not null,
    bank_line_id text not null,
    explanation text not null,
    explained_by text not null,
    explained_at timestamptz not null,
    leaf_index bigint not null,
    primary key (community_id, bank_line_id),
    foreign key (community_id, bank_line_id) references bank_line,
    foreign key (community_id, leaf_index) references tlog_entry (community_id, leaf_index)
  )`,
  `create table matching_rule (
    community_id integer not null references ledger,
    rule_id text not null,
    direction text not null check (direction in ('in', 'out')),
    contains text not null,
    fund_code text not null,
    account_code text not null,
    narration text not null,
    taught_by text not null,
    taught_at timestamptz not null,
    retired_at timestamptz,
    primary key (community_id, rule_id),
    foreign key (community_id, account_code) references account,
    foreign key (community_id, fund_code) references fund
  )`,
  `create table column_mapping (
    community_id integer not null references ledger,
    header_signature text not null,
    mapping text not null,
    taught_by text not null,
    taught_at timestamptz not null,
    primary key (community_id, header_signature)
  )`,
]

const DRAFTS = [
  `create table source_document (
    community_id integer not null references ledger,
    sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
    media_type text not null,
    byte_count integer not null,
    file_name text not null,
    uploaded_by text not null,
    uploaded_at timestamptz not null,
    primary key (community_id, sha256)
  )`,
  `create table source_document_public_copy (
    community_id integer not null,
    sha256 text not null,
    public_sha256 text not null check (public_sha256 ~ '^[0-9a-f]{64}$'),
    public_media_type text not null,
    public_byte_count integer not null,
    made_by text not null,
    made_at timestamptz not null,
    leaf_index bigint not null,
    primary key (community_id, sha256, public_sha256),
    foreign key (community_id, sha256) references source_document,
    foreign key (community_id, leaf_index) references tlog_entry (community_id, leaf_index)
  )`,
  `create table voucher_draft (
    community_id integer not null references ledger,
    draft_id text not null,
    state text not null default 'open' check (state in ('open', 'posted', 'withdrawn')),
    opened_at timestamptz not null,
    primary key (community_id, draft_id)
  )`,
  "create index voucher_draft_open on voucher_draft (community_id, opened_at) where state = 'open'",
  `create table voucher_draft_revision (
    community_id integer not null,
    draft_id text not null,
    revision integer not null check (revision > 0),
    content bytea not null,
    content_digest text not null check (content_digest = encode(sha256(content), 'hex')),
    drafted_by text not null,
    drafted_at timestamptz not null,
    primary key (community_id, draft_id, revision),
    foreign key (community_id, draft_id) references voucher_draft
  )`,
  `create table voucher_approval (
    community_id integer not null,
    draft_id text not null,
    revision integer not null,
    step text not null check (step in ('prepare', 'review', 'release_company', 'release_committee')),
    user_id text not null,
    role text not null,
    content_digest text not null,
    approved_at timestamptz not null,
    primary key (community_id, draft_id, revision, step),
    -- Nobody acts twice on one voucher, whatever the program says.
    unique (community_id, draft_id, revision, user_id),
    foreign key (community_id, draft_id, revision) references voucher_draft_revision
  )`,
  `create table voucher_refusal (
    community_id integer not null,
    draft_id text not null,
    revision integer not null,
    step text not null,
    user_id text not null,
    reason text not null,
    refused_at timestamptz not null,
    primary key (community_id, draft_id, revision),
    foreign key (community_id, draft_id, revision) references voucher_draft_revision
  )`,
]

const VOUCHERS = [
  `create table voucher_counter (
    community_id integer not null references ledger,
    fiscal_year integer not null,
    last_number integer not null,
    primary key (community_id, fiscal_year)
  )`,
  `create table voucher (
    community_id integer not null references ledger,
    fiscal_year integer not null,
    number integer not null check (number > 0),
    period text not null,
    kind text not null check (kind in ('opening', 'receipt', 'payment', 'transfer', 'reversal')),
    occurred_on date not null,
    narration text not null,
    amount_fen bigint not null,
    draft_id text not null,
    revision integer not null,
    reverses_fiscal_year integer,
    reverses_number integer,
    replaces_fiscal_year integer,
    replaces_number integer,
    posted_at timestamptz not null,
    leaf_index bigint not null,
    leaf_sha256 text not null,
    primary key (community_id, fiscal_year, number),
    unique (community_id, draft_id),
    unique (community_id, leaf_index),
    -- A voucher is taken back at most once.
    unique (community_id, reverses_fiscal_year, reverses_number),
    check (period = to_char(occurred_on, 'YYYY-MM')),
    check ((kind = 'reversal') = (reverses_number is not null)),
    foreign key (community_id, draft_id, revision) references voucher_draft_revision,
    foreign key (community_id, leaf_index) references tlog_entry (community_id, leaf_index),
    foreign key (community_id, reverses_fiscal_year, reverses_number) references voucher,
    foreign key (community_id, replaces_fiscal_year, replaces_number) references voucher
  )`,
  'create index voucher_by_period on voucher (community_id, period, number)',
  `create table posting (
    community_id integer not null,
    fiscal_year integer not null,
    number integer not null,
    line integer not null,
    fund_code text not null,
    account_code text not null,
    side text not null check (side in ('debit', 'credit')),
    amount_fen bigint not null check (amount_fen <> 0),
    primary key (community_id, fiscal_year, number, line),
    foreign key (community_id, fiscal_year, number) references voucher,
    foreign key (community_id, fund_code) references fund,
    foreign key (community_id, account_code) references account
  )`,
  'create index posting_by_account on posting (community_id, account_code, fiscal_year, number)',
  `create table voucher_document (
    community_id integer not null,
    fiscal_year integer not null,
    number integer not null,
    line integer not null,
    sha256 text not null,
    primary key (community_id, fiscal_year, number, line),
    foreign key (community_id, fiscal_year, number) references voucher,
    foreign key (community_id, sha256) references source_document
  )`,
  'create index voucher_document_by_digest on voucher_document (community_id, sha256)',
  `create table voucher_bank_line (
    community_id integer not null,
    bank_line_id text not null,
    fiscal_year integer not null,
    number integer not null,
    primary key (community_id, bank_line_id, fiscal_year, number),
    foreign key (community_id, bank_line_id) references bank_line,
    foreign key (community_id, fiscal_year, number) references voucher
  )`,
  'create index voucher_bank_line_by_voucher on voucher_bank_line (community_id, fiscal_year, number)',
  `create table account_turnover (
    community_id integer not null,
    period text not null,
    fund_code text not null,
    account_code text not null,
    debit_fen bigint not null,
    credit_fen bigint not null,
    primary key (community_id, period, fund_code, account_code),
    foreign key (community_id, fund_code) references fund,
    foreign key (community_id, account_code) references account
  )`,
  // Salt and value of what leaves hold as salted digests: deletable, and then nobody can tell whose digest it was.
  `create table leaf_secret (
    community_id integer not null references ledger,
    leaf_index bigint not null,
    name text not null,
    salt bytea not null check (octet_length(salt) = 32),
    value text not null,
    primary key (community_id, leaf_index, name)
  )`,
  `create table period_close (
    community_id integer not null references ledger,
    period text not null check (period ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
    closed_by text not null,
    closed_at timestamptz not null,
    trial_balance bytea not null,
    reconciliation bytea not null,
    leaf_index bigint not null,
    primary key (community_id, period),
    foreign key (community_id, leaf_index) references tlog_entry (community_id, leaf_index)
  )`,
]

/** Posting and closing of one community take the same lock, so a month cannot close between a check and an insert. */
const LOCKS = [
  `create function lock_ledger(p_community_id integer) returns void language sql as
    $$ select pg_advisory_xact_lock(771, p_community_id) $$`,
  `create function refuse_closed_period() returns trigger language plpgsql
    security definer set search_path = public, pg_temp as $$
    begin
      perform lock_ledger(new.community_id);
      if exists (select from period_close c where c.community_id = new.community_id and c.period >= new.period) then
        raise exception 'period % is closed', new.period using errcode = 'MZ010';
      end if;
      return new;
    end $$`,
  `create trigger voucher_period_is_open before insert on voucher
    for each row execute function refuse_closed_period()`,
  `create function refuse_late_posting() returns trigger language plpgsql
    security definer set search_path = public, pg_temp as $$
    begin
      if not exists (
        select from voucher v where v.community_id = new.community_id and v.fiscal_year = new.fiscal_year
          and v.number = new.number and v.xmin::text = (pg_current_xact_id()::xid)::text
      ) then
        raise exception 'voucher %-% is already posted', new.fiscal_year, new.number using errcode = 'MZ011';
      end if;
      return new;
    end $$`,
  `create trigger posting_with_its_voucher before insert on posting
    for each row execute function refuse_late_posting()`,
  // The last word on double entry: at commit every fund of a voucher balances and its headline amount is its debit side.
  `create function check_voucher_balances() returns trigger language plpgsql
    security definer set search_path = public, pg_temp as $$
    begin
      if exists (
        select from posting p where p.community_id = new.community_id and p.fiscal_year = new.fiscal_year and p.number = new.number
        group by p.fund_code having sum(case p.side when 'debit' then p.amount_fen else -p.amount_fen end) <> 0
      ) or new.amount_fen is distinct from (
        select sum(p.amount_fen)::bigint from posting p where p.community_id = new.community_id
          and p.fiscal_year = new.fiscal_year and p.number = new.number and p.side = 'debit'
      ) then
        raise exception 'voucher %-% does not balance', new.fiscal_year, new.number using errcode = 'MZ012';
      end if;
      return null;
    end $$`,
  `create constraint trigger voucher_balances after insert on voucher deferrable initially deferred
    for each row execute function check_voucher_balances()`,
]

const GRANTS = [
  `grant select, insert on ledger, ${APPENDED.join(', ')} to mingzhang_app`,
  `grant select, insert on bank_import, bank_line_private, matching_rule, column_mapping, voucher_draft,
    voucher_counter, account_turnover, leaf_secret to mingzhang_app`,
  'grant update (state, column_mapping, reading) on bank_import to mingzhang_app',
  'grant update (retired_at) on matching_rule to mingzhang_app',
  'grant update (mapping, taught_by, taught_at) on column_mapping to mingzhang_app',
  'grant update (state) on voucher_draft to mingzhang_app',
  'grant update (last_number) on voucher_counter to mingzhang_app',
  'grant update (debit_fen, credit_fen) on account_turnover to mingzhang_app',
  'grant delete on bank_line_private, leaf_secret to mingzhang_app',
]

export async function up(db: Kysely<unknown>): Promise<void> {
  await run(db, [...CHART, ...BANK, ...DRAFTS, ...VOUCHERS, ...LOCKS])
  await run(
    db,
    [...APPENDED, 'ledger'].map(
      table => `create trigger ${table}_is_appended before update or delete or truncate on ${table}
        for each statement execute function forbid_change()`,
    ),
  )
  await run(db, GRANTS)
}
