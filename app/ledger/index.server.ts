/** The server door of the ledger: its use cases, each with the refusals it can give, and its reads. */
export { type BudgetInput, proposeBudget } from './adopt-budget.server.ts'
export { type ApproveRefusal, approveVoucher, refuseVoucher, STEP_ACTION } from './approve-voucher.server.ts'
export {
  type AttachedDocument,
  attachSourceDocument,
  type DocumentRefusal,
  preparePublicFile,
  publishRedactedCopy,
  readAttachedDocuments,
  readOriginal,
  readPublicCopy,
} from './attach-source-document.server.ts'
export { readBankStatementFile } from './bank-statement/read-bank-statement.server.ts'
export { adoptBudget, type BudgetAdoption, readBudgetAdoption } from './budget-adoption.server.ts'
export {
  type ControlDecision,
  type ControlRefusal,
  decideControlChange,
  proposeControlChange,
  reviewEmergency,
} from './change-controls.server.ts'
export { checkLedger, LEDGER_INVARIANTS, type LedgerFinding } from './check-ledger.server.ts'
export { checkPoints, POINT_INVARIANTS, type PointFinding } from './check-points.server.ts'
export { type CloseRefusal, closePeriod, previewClosing } from './close-period.server.ts'
export {
  type DraftInput,
  type DraftRefusal,
  draftReversal,
  draftVoucher,
  reviseDraft,
  withdrawDraft,
} from './draft-voucher.server.ts'
export { forgetCounterparties } from './forget-counterparties.server.ts'
export {
  BANK_FILE_LIMIT_BYTES,
  confirmBankImport,
  discardBankImport,
  type ImportRefusal,
  READ_BANK_IMPORT,
  readBankImport,
  readBankImportJob,
  readBankImports,
  retryBankImport,
  STORE_BANK_IMPORT,
  storeBankImportJob,
  uploadBankStatement,
} from './import-bank-statement.server.ts'
export {
  decidePoints,
  endPartner,
  hasPoints,
  type KeepPointsRefusal,
  type PointProposal,
  proposePoints,
  registerPartner,
} from './keep-points.server.ts'
export { mapBankImport, proposeColumnMapping, remapBankImport } from './map-bank-columns.server.ts'
export {
  draftProposals,
  type ExplainRefusal,
  explainBankLine,
  readBench,
  readMatchingRules,
  readOfficeLines,
  readVoucherLines,
  retireRule,
  type TeachRefusal,
  teachMatchingRule,
} from './match-bank-lines.server.ts'
export {
  type AnswerRefusal,
  answerSignal,
  type NotedSignal,
  type OpenSignal,
  readDraftNotes,
  readOpenSignals,
} from './note-payment.server.ts'
export { type LedgerOpening, openLedger } from './open-ledger.server.ts'
export type { PdfCopyFinding } from './pdf-copy.server.ts'
export {
  type BankAccount,
  type Chart,
  type LedgerCommunity,
  readChart,
  readClosedMonths,
  readCommunities,
  readCommunity,
  readCommunityById,
  readPeriodState,
} from './read-chart.server.ts'
export { readCollections, readYearCollection, type YearCollection } from './read-collection.server.ts'
export {
  type ControlChangeView,
  type ControlsInForce,
  readAllowancesOf,
  readControlChange,
  readControlChanges,
  readControls,
  readPublicControls,
  readReissues,
} from './read-controls.server.ts'
export {
  type DraftDetail,
  type OfficePayee,
  type OpenDraft,
  readDraftDetail,
  readOpenDrafts,
} from './read-drafts.server.ts'
export {
  type FeeStandardVersion,
  readFeeStandardOf,
  readFeeStandards,
  readPublicFeeStandards,
} from './read-fee-standards.server.ts'
export {
  type ExplainedLine,
  type FundReading,
  type PublicBankLine,
  readExplainedLines,
  readFund,
  readUnmatchedLines,
} from './read-fund.server.ts'
export {
  type PointPartner,
  type PointRequestView,
  type PointVoucherView,
  readOwnPoints,
  readPointDesk,
  readPublicPoints,
} from './read-points.server.ts'
export {
  readVoucher,
  readVoucherPage,
  readVouchersAfter,
  readVouchersOfPeriod,
  type VoucherDetail,
  type VoucherSummary,
  type VoucherWithPostings,
} from './read-vouchers.server.ts'
export { readTurnovers, reconcileBank } from './reconcile-bank.server.ts'
export {
  declareRelation,
  type MarkTexts,
  noteOwnMarks,
  notePaymentMarks,
  type RecuseRefusal,
  readOwnMarks,
} from './recuse.server.ts'
export {
  type BatchRefusal,
  type ReceiptToReview,
  readReceiptsToReview,
  reviewReceipts,
} from './review-receipts.server.ts'
export { spendOwnPoints, type UsePointsRefusal } from './use-points.server.ts'
