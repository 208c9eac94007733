/** The pure door of people: who may do what. */
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
} from './permission.ts'
export { parseRecoveryCode, RECOVERY_CODE_COUNT, recoveryCodeOf } from './recovery-code.ts'
export { isInOffice, isRole, ROLES, type Role, type Term } from './role.ts'
export {
  type FactorMethod,
  FRESH_MINUTES,
  type GivenFactor,
  needsSecondFactor,
  SIGN_IN_PURPOSE,
  WRONG_CODE_LIMITS,
} from './second-factor.ts'
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
