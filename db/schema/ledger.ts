/** Tables of the ledger. Types only. `Written` columns are never updated: not by the types, the grants or the triggers. */
import type { Defaulted, Written } from './columns.ts'

interface LedgerTable {
  community_id: Written<number>
  first_period: Written<string>
  /** Canonical JSON of the trustee's remuneration formula. */
  remuneration: Written<string>
  opened_at: Written<Date>
}

interface FundTable {
  community_id: Written<number>
  code: Written<string>
  kind: Written<'trust-fund' | 'restricted-project' | 'maintenance-fund' | 'community-fund' | 'deposits-held'>
  name_zh: Written<string>
  name_en: Written<string>
}

interface AccountTable {
  community_id: Written<number>
  code: Written<string>
  type: Written<'cash' | 'interfund' | 'liability' | 'balance' | 'income' | 'expense'>
  name_zh: Written<string>
  name_en: Written<string>
}

interface BankAccountTable {
  community_id: Written<number>
  account_code: Written<string>
  fund_code: Written<string>
  bank_name: Written<string>
  holder_name: Written<string>
  number_last4: Written<string>
  number_hash: Written<Uint8Array>
  opened_on: Written<string>
}

interface BudgetLineTable {
  community_id: Written<number>
  fiscal_year: Written<number>
  version: Written<number>
  fund_code: Written<string>
  account_code: Written<string>
  direction: Written<'in' | 'out'>
  amount_fen: Written<bigint>
}

interface BudgetAdoptionTable {
  community_id: Written<number>
  fiscal_year: Written<number>
  version: Written<number>
  basis: Written<'vote' | 'outside' | 'unrecorded'>
  poll_id: Written<string | null>
  question_id: Written<string | null>
  poll_title: Written<string | null>
  tally_digest: Written<string | null>
  voted_fen: Written<bigint | null>
  words: Written<string | null>
  decided_on: Written<string | null>
  document: Written<string | null>
  /** The two officers who entered it; null for what the operator entered when the books were opened. */
  change_id: Written<string | null>
  adopted_at: Written<Date>
}

interface BankImportTable {
  community_id: Written<number>
  import_id: Written<string>
  account_code: Written<string>
  file_name: Written<string>
  file_sha256: Written<string>
  file_bytes: Written<number>
  uploaded_by: Written<string>
  uploaded_at: Written<Date>
  state: Defaulted<
    | 'reading'
    | 'rejected'
    | 'unknown'
    | 'mapped'
    | 'waiting'
    | 'ready'
    | 'held'
    | 'storing'
    | 'stored'
    | 'discarded'
  >
  /** Canonical JSON of the columns that a person chose; null for a layout that is known. */
  column_mapping: Defaulted<string | null>
  /** The change by which two people agreed, or are asked to agree, to those columns. */
  mapping_change: Defaulted<string | null>
  /** Canonical JSON of what was read, for the preview; null until the job has read the file. */
  reading: Defaulted<string | null>
}

interface BankImportConfirmationTable {
  community_id: Written<number>
  import_id: Written<string>
  confirmed_by: Written<string>
  confirmed_at: Written<Date>
  outcome: Written<'accept' | 'hold'>
  reason: Written<string | null>
  discrepancies: Written<string>
  stored_new: Written<number>
  already_there: Written<number>
  leaf_index: Written<bigint>
}

interface BankLineTable {
  community_id: Written<number>
  bank_line_id: Written<string>
  account_code: Written<string>
  import_id: Written<string>
  source_line: Written<number>
  booked_on: Written<string>
  booked_at: Written<Date | null>
  amount_fen: Written<bigint>
  stated_fen: Written<bigint>
  direction: Written<'in' | 'out' | 'neutral'>
  balance_fen: Written<bigint | null>
  is_reversal: Written<boolean>
  line_key: Written<string>
  occurrence: Written<number>
  /** Order within the bank's day: later lines have larger numbers. */
  sequence: Written<number>
}

interface BankLinePrivateTable {
  community_id: Written<number>
  bank_line_id: Written<string>
  counterparty: Written<string>
  counterparty_last4: Written<string>
  purpose: Written<string>
  serial: Written<string | null>
}

interface BankLineExplanationTable {
  community_id: Written<number>
  bank_line_id: Written<string>
  explanation: Written<string>
  explained_by: Written<string>
  explained_at: Written<Date>
  leaf_index: Written<bigint>
}

interface MatchingRuleTable {
  community_id: Written<number>
  rule_id: Written<string>
  direction: Written<'in' | 'out'>
  contains: Written<string>
  fund_code: Written<string>
  account_code: Written<string>
  narration: Written<string>
  taught_by: Written<string>
  taught_at: Written<Date>
  retired_at: Defaulted<Date | null>
}

interface ColumnMappingVersionTable {
  community_id: Written<number>
  account_code: Written<string>
  header_signature: Written<string>
  version: Written<number>
  change_id: Written<string>
  mapping: Written<string>
}

interface SourceDocumentTable {
  community_id: Written<number>
  sha256: Written<string>
  media_type: Written<string>
  byte_count: Written<number>
  file_name: Written<string>
  uploaded_by: Written<string>
  uploaded_at: Written<Date>
}

interface SourceDocumentPublicCopyTable {
  community_id: Written<number>
  sha256: Written<string>
  public_sha256: Written<string>
  public_media_type: Written<string>
  public_byte_count: Written<number>
  made_by: Written<string>
  made_at: Written<Date>
  leaf_index: Written<bigint>
}

interface VoucherDraftTable {
  community_id: Written<number>
  draft_id: Written<string>
  state: Defaulted<'open' | 'posted' | 'withdrawn'>
  opened_at: Written<Date>
}

interface VoucherDraftRevisionTable {
  community_id: Written<number>
  draft_id: Written<string>
  revision: Written<number>
  content: Written<Uint8Array>
  content_digest: Written<string>
  drafted_by: Written<string>
  drafted_at: Written<Date>
}

/** Who a digest in a draft's content stands for: erasable, and then nobody can tell. */
interface DraftPayeeTable {
  community_id: Written<number>
  draft_id: Written<string>
  revision: Written<number>
  salt: Written<Uint8Array>
  name: Written<string>
}

type StepColumn = 'prepare' | 'review' | 'release_company' | 'release_committee' | 'release_chair'

interface VoucherApprovalTable {
  community_id: Written<number>
  draft_id: Written<string>
  revision: Written<number>
  step: Written<StepColumn>
  user_id: Written<string>
  role: Written<string>
  content_digest: Written<string>
  approved_at: Written<Date>
}

interface VoucherRefusalTable {
  community_id: Written<number>
  draft_id: Written<string>
  revision: Written<number>
  step: Written<StepColumn>
  user_id: Written<string>
  reason: Written<string>
  refused_at: Written<Date>
}

interface VoucherCounterTable {
  community_id: Written<number>
  fiscal_year: Written<number>
  last_number: number
}

interface VoucherTable {
  community_id: Written<number>
  fiscal_year: Written<number>
  number: Written<number>
  period: Written<string>
  kind: Written<'opening' | 'receipt' | 'payment' | 'transfer' | 'reversal'>
  occurred_on: Written<string>
  narration: Written<string>
  amount_fen: Written<bigint>
  draft_id: Written<string>
  revision: Written<number>
  reverses_fiscal_year: Written<number | null>
  reverses_number: Written<number | null>
  replaces_fiscal_year: Written<number | null>
  replaces_number: Written<number | null>
  posted_at: Written<Date>
  leaf_index: Written<bigint>
  leaf_sha256: Written<string>
}

interface PostingTable {
  community_id: Written<number>
  fiscal_year: Written<number>
  number: Written<number>
  line: Written<number>
  fund_code: Written<string>
  account_code: Written<string>
  side: Written<'debit' | 'credit'>
  amount_fen: Written<bigint>
}

interface VoucherDocumentTable {
  community_id: Written<number>
  fiscal_year: Written<number>
  number: Written<number>
  line: Written<number>
  sha256: Written<string>
}

interface VoucherBankLineTable {
  community_id: Written<number>
  bank_line_id: Written<string>
  fiscal_year: Written<number>
  number: Written<number>
}

/** Kept up in the posting transaction; fsck sums it anew. */
interface AccountTurnoverTable {
  community_id: Written<number>
  period: Written<string>
  fund_code: Written<string>
  account_code: Written<string>
  debit_fen: bigint
  credit_fen: bigint
}

interface LeafSecretTable {
  community_id: Written<number>
  leaf_index: Written<bigint>
  name: Written<string>
  salt: Written<Uint8Array>
  value: Written<string>
}

interface PeriodCloseTable {
  community_id: Written<number>
  period: Written<string>
  closed_by: Written<string>
  closed_at: Written<Date>
  trial_balance: Written<Uint8Array>
  reconciliation: Written<Uint8Array>
  leaf_index: Written<bigint>
}

export interface LedgerTables {
  ledger: LedgerTable
  fund: FundTable
  account: AccountTable
  bank_account: BankAccountTable
  budget_line: BudgetLineTable
  budget_adoption: BudgetAdoptionTable
  bank_import: BankImportTable
  bank_import_confirmation: BankImportConfirmationTable
  bank_line: BankLineTable
  bank_line_private: BankLinePrivateTable
  bank_line_explanation: BankLineExplanationTable
  matching_rule: MatchingRuleTable
  column_mapping_version: ColumnMappingVersionTable
  source_document: SourceDocumentTable
  source_document_public_copy: SourceDocumentPublicCopyTable
  voucher_draft: VoucherDraftTable
  voucher_draft_revision: VoucherDraftRevisionTable
  draft_payee: DraftPayeeTable
  voucher_approval: VoucherApprovalTable
  voucher_refusal: VoucherRefusalTable
  voucher_counter: VoucherCounterTable
  voucher: VoucherTable
  posting: PostingTable
  voucher_document: VoucherDocumentTable
  voucher_bank_line: VoucherBankLineTable
  account_turnover: AccountTurnoverTable
  leaf_secret: LeafSecretTable
  period_close: PeriodCloseTable
}
