/** The pure door of the ledger: accounts, double entry, approvals, balances, reconciliation, and what a bank file says. */
export {
  type Account,
  type AccountType,
  accountByCode,
  CHART_OF_ACCOUNTS,
  type Fund,
  type FundKind,
} from './account.ts'
export { isRelease, releasePurpose, requiredSteps, type Step } from './approval.ts'
export {
  type AccountTurnover,
  type CategoryMovement,
  categoryMovements,
  encodeTrialBalance,
  type FundMovement,
  fundMovement,
  type TrialBalanceRow,
  trialBalance,
} from './balance.ts'
export type { BankImportReading, ImportLine, ImportState } from './bank-import.ts'
export {
  BANK_PROBLEM_SEVERITY,
  type BankProblem,
  type BankProblemCode,
  sumBankLines,
} from './bank-statement/bank-statement.ts'
export type { ColumnMapping } from './bank-statement/column-mapping.ts'
export type { BudgetComparison, BudgetLine } from './budget.ts'
export {
  type BudgetBasis,
  type BudgetPlan,
  type BudgetProblem,
  budgetedFen,
  type VoteReference,
  voteBasis,
} from './budget-plan.ts'
export {
  type Ceiling,
  type ControlChange,
  type ControlKind,
  EMERGENCY_KINDS,
  type EmergencyKind,
  isControlKind,
  witnessPurpose,
} from './control-change.ts'
export {
  CHARGING_MODELS,
  type ChargingModel,
  CONTROL_NAMES,
  type ControlName,
  type Controls,
  changedControls,
} from './controls.ts'
export {
  FEE_BASES,
  type FeeBasis,
  type FeeRate,
  type FeeStandard,
  monthlyFee,
  priceField,
  rateOf,
} from './fee-standard.ts'
export { formatJournal, type JournalFormat, journalAccount } from './journal.ts'
export type { MappedFile } from './mapped-file.ts'
export { type MatchingRule, type Proposal, postingsAgainst } from './matching.ts'
export { nextToClose } from './period.ts'
export {
  LONGEST_ACTIVITY,
  LONGEST_PARTNER,
  MOST_POINTS,
  POINT_KINDS,
  type PointKind,
  type PointRequest,
} from './point.ts'
export { type Posting, type Side, voucherAmount } from './posting.ts'
export { isOrganisation, privateTextIn, publicCounterparty } from './public-text.ts'
export { type Collection, type ReceivablePart, sumCollections } from './receivable.ts'
export type { OutstandingItem, OutstandingKind } from './reconciliation.ts'
export { MARK_KINDS, type MarkKind } from './relation.ts'
export { type RemunerationFormula, trusteeRemuneration } from './remuneration.ts'
export { SIGNAL_KINDS, type SignalKind } from './signal.ts'
export { formatVoucherKey, parseVoucherKey, type VoucherKey, type VoucherKind } from './voucher.ts'
