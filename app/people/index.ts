/** The pure door of people: who may do what. */
export {
  checkPassword,
  type LoginProblem,
  PASSWORD_LENGTH_MAX,
  PASSWORD_LENGTH_MIN,
  type PasswordProblem,
  parseLogin,
} from './credential.ts'
export { ACTIONS, type Action, type Actor, can, mayInvite, officesFor } from './permission.ts'
export {
  AREA_SOURCES,
  type AreaSource,
  type PersonKind,
  type Register,
  type RegisteredUnit,
  UNIT_KINDS,
  UNIT_STATUSES,
  type UnitFacts,
  type UnitKind,
  type UnitStatus,
} from './register.ts'
export { isInOffice, isRole, ROLES, type Role, type Term } from './role.ts'
