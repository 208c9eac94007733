/** The door of the officers' views: what the routes below /c/:slug/office show. */
export {
  BenchLines,
  DraftedNotice,
  DraftLineButton,
  ExplainForm,
  LINE_FILTERS,
  LineCard,
  type OfficeLine,
  Proposals,
} from './bench.tsx'
export { BudgetForm, type VoteChoice } from './budget-form.tsx'
export { ClosedNotice, CloseForm, Obstacles, Reconciliations, TrialBalance } from './closing.tsx'
export { type MappingView, mappingView } from './column-mapping-form.tsx'
export { ControlChangeList, type OfficeChange } from './controls.tsx'
export { AccountForm, CeilingForm, ControlsForm, EmergencyForm } from './controls-forms.tsx'
export type { DecidedStep, OwnFactors } from './draft-decision.tsx'
export { DraftForm, type DraftFormView, type EnteredPosting } from './draft-form.tsx'
export { DraftSheet } from './draft-page.tsx'
export { type FeePoll, FeeStandardForm } from './fee-form.tsx'
export { FormerOwners } from './former-owners.tsx'
export { ImportStatePill, ImportTable, UploadForm } from './import-list.tsx'
export { ImportView } from './import-view.tsx'
export {
  AskCodeForm,
  AskTenantForm,
  type BuildingChoice,
  JoinedTable,
  LetterBatches,
  type LetterBatchView,
  LetterFile,
  LettersLink,
  LetterTable,
  PrintLettersForm,
  ProofForm,
  WaitingCodes,
} from './letters.tsx'
export { DoneMerges, SameNames, WaitingMerges } from './merges.tsx'
export { bankAccountLabel, mainFundOf, type NamedChart } from './names.ts'
export {
  CsrfField,
  type OfficeFrame,
  OfficePage,
  type OfficePermissions,
  officePath,
} from './office-page.tsx'
export { OwnMarks, PaymentForms, PaymentNotes, type PaymentNotesView } from './payment-notes.tsx'
export { AppointForm, ChangeList, InvitationOnce, OfficeBoard } from './people.tsx'
export { ReversalForm } from './reversal-form.tsx'
export { PICK_FIELD, ReviewReceipts, seenField } from './review-table.tsx'
export { RollImportTable, RollStatePill, RollUploadForm } from './roll-import.tsx'
export { MAPPABLE_ROLL_ROLES, type RollMappingView } from './roll-mapping.tsx'
export type { AskedMember, RollPreviewView } from './roll-preview.tsx'
export { BuildingTable, CodeSlip, OwnerCards, UnitFactList, UnitHistory, UnitTable } from './roll-units.tsx'
export { RollImportView } from './roll-view.tsx'
export { type EnteredRule, RuleTable, TeachForm } from './rules.tsx'
export { IssueJob, type JobView, StatementMonths, type StatementRow } from './statement-issue.tsx'
export { DraftStatePill, type DraftView } from './voucher-sheet.tsx'
export { type WaitingDraft, Workbench } from './workbench.tsx'
