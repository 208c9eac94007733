/** The pure door of people: who may do what. */

export {
  type AddressClass,
  AUDIT_ACTS,
  type AuditedAct,
  addressClassOf,
  auditBatchLeaf,
  auditDigest,
  byForm,
  changeIn,
  formIn,
  isAuditAct,
  READING_ACTS,
  READING_REASONS,
  type ReadingReason,
  readingReasonOf,
  WHOLE_ROLL_ACTS,
} from './audit-act.ts'
export {
  type ChangeLine,
  changesAbout,
  concernsIn,
  decisionIn,
  joinChanges,
  linesOf,
  type NotedChanges,
  type NotedRow,
  type NotedValues,
  officersIn,
  readChanges,
} from './audit-change.ts'
export {
  CHANGED_FIELDS,
  CHANGED_TABLES,
  CHANGED_VALUES,
  type ChangedTable,
  fieldIn,
  isChangedTable,
  isChangedValue,
} from './audit-words.ts'
export {
  checkPassword,
  type LoginProblem,
  PASSWORD_LENGTH_MAX,
  PASSWORD_LENGTH_MIN,
  type PasswordProblem,
  parseLogin,
} from './credential.ts'
export { type DeviceKind, deviceKindOf } from './device.ts'
export {
  gridOf,
  isJurisdictionLevel,
  JURISDICTION_LEVELS,
  type Jurisdiction,
  type JurisdictionLevel,
  type MicroGrid,
  parseGridPlace,
  pathTo,
} from './jurisdiction.ts'
export {
  CLAIM_PROOFS,
  CLAIM_TRIES,
  type ClaimProof,
  CODE_REASONS,
  type CodeReason,
  groupedCode,
  isClaimProof,
  isCodeReason,
  type LetterSlot,
  LONGEST_HELP,
  maskedName,
  type PlannedLetter,
  parseLastFour,
  planLetters,
  typedCode,
} from './letter.ts'
export {
  MESSAGE_CHANNELS,
  MESSAGE_KINDS,
  type MessageChannel,
  type MessageKind,
  maskedAddress,
  messageDueAt,
  parseMessageAddress,
  retryDelayMs,
} from './message.ts'
export { type HeldTerm, type OfficeState, officeBoard } from './office-board.ts'
export {
  ACTIONS,
  type Action,
  type Actor,
  can,
  mayDecideChange,
  mayInvite,
  officesFor,
  overseenBy,
} from './permission.ts'
export type { MergeBoard, MergePerson } from './person-merge.ts'
export { parseRecoveryCode, RECOVERY_CODE_COUNT, recoveryCodeOf } from './recovery-code.ts'
export {
  AREA_SOURCES,
  type AreaSource,
  isDeveloperStock,
  isHome,
  type PersonKind,
  type Register,
  type RegisteredUnit,
  UNIT_KINDS,
  UNIT_STATUSES,
  type UnitFacts,
  type UnitKind,
  type UnitStatus,
} from './register.ts'
export {
  isRetentionKind,
  keptSince,
  parseRetentionDays,
  RETENTION_DAYS,
  RETENTION_KINDS,
  type RetentionKind,
} from './retention.ts'
export { isInOffice, isRole, ROLES, type Role, type Term } from './role.ts'
export type { RollMapping, RollMappingProblem } from './roll-file/column-mapping.ts'
export type {
  ChangedField,
  ComparedRow,
  RollAnswers,
  RollPlan,
  RowVerdict,
} from './roll-file/compare-roll.ts'
export type { RollRow } from './roll-file/read-roll.ts'
export type { RollProblem, RollProblemCode } from './roll-file/roll-problem.ts'
export { answerKey, type PersonQuestion } from './roll-file/same-person.ts'
export { ROLL_ROLES, type RollRole } from './roll-file/vocabulary.ts'
export {
  type FactorMethod,
  FRESH_MINUTES,
  type GivenFactor,
  needsSecondFactor,
  SIGN_IN_PURPOSE,
  WRONG_CODE_LIMITS,
} from './second-factor.ts'
export { parseSmsCode, SMS_CODE_MINUTES, SMS_CODE_TRIES, SMS_CODES_A_DAY, smsCodeOf } from './sms-code.ts'
export {
  acceptableSteps,
  base32Of,
  parseTotpCode,
  TOTP_SECRET_BYTES,
  totpAddress,
  totpCodeOf,
  totpCounter,
  totpStepAt,
} from './totp.ts'
