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
export { isInOffice, isRole, ROLES, type Role, type Term } from './role.ts'
