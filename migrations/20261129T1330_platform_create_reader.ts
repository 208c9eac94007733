/** The role of those who only look: overseers and auditors, at the database as on the pages. Frozen. */
import { type Kysely, sql } from 'kysely'

/**
 * What may be read. Names, addresses, sealed rolls, keys, codes, salts, what was marked on a ballot and the frozen rolls with
 * person ids are not among them; a table that comes later is not, until it is added here by name.
 */
const READABLE = [
  ...['community', 'jurisdiction', 'community_place', 'micro_grid', 'micro_grid_place', 'community_check'],
  ...['ledger', 'fund', 'account', 'budget_line', 'bank_import_confirmation'],
  ...[
    'bank_line',
    'bank_line_explanation',
    'source_document',
    'source_document_public_copy',
    'voucher_draft',
  ],
  ...[
    'voucher_draft_revision',
    'voucher_approval',
    'voucher_refusal',
    'voucher_counter',
    'voucher',
    'posting',
  ],
  ...['voucher_document', 'voucher_bank_line', 'account_turnover', 'period_close'],
  ...['fund_statement', 'fund_statement_file', 'tally_certificate', 'tally_certificate_file'],
  ...['poll', 'poll_counter', 'poll_step', 'poll_tally', 'poll_board', 'poll_signoff', 'poll_refused_paper'],
  ...['poll_objection', 'poll_objection_answer'],
  ...['tlog', 'tlog_entry', 'tlog_tile', 'tlog_checkpoint'],
  ...['office_term', 'overseer_term', 'role_change', 'role_change_decision'],
  ...['oversight_entry', 'oversight_reply', 'oversight_text'],
]

/** Reads what is public or of the books, and can change nothing; the application may take it on, to read as one who only looks. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    do $$ begin
      if not exists (select from pg_roles where rolname = 'mingzhang_reader') then
        create role mingzhang_reader nologin;
      end if;
    exception when duplicate_object or unique_violation then null;
    end $$`.execute(db)
  await sql`grant usage on schema public to mingzhang_reader`.execute(db)
  await sql.raw(`grant select on ${READABLE.join(', ')} to mingzhang_reader`).execute(db)
  // The number of an account stays out of sight; what is needed beside it does not.
  await sql`
    grant select (community_id, account_code, fund_code, bank_name, holder_name, number_last4, opened_on)
    on bank_account to mingzhang_reader`.execute(db)
  // Names of office holders are public; login names and password hashes are not.
  await sql`grant select (user_id, display_name) on portal_user to mingzhang_reader`.execute(db)
  await sql`
    do $$ begin
      if not pg_has_role('mingzhang_app', 'mingzhang_reader', 'MEMBER') then
        grant mingzhang_reader to mingzhang_app;
      end if;
    exception when unique_violation then null;
    end $$`.execute(db)
}
