/** Enters a user with offices, and shuts a user out. For set-up, for accepted invitations and for the demo. */
import type { Tx } from '#db'
import {
  deleteSessionsOf,
  disableUserRow,
  insertOfficeTerm,
  insertUser,
  readOfficeHolders,
  readUserNames,
} from '#db/people'
import { type CivilDate, civilDate, dateOf, err, ok, type Result } from '#kernel'
import type { Portal } from '#platform'
import { checkPassword, type LoginProblem, type PasswordProblem, parseLogin } from './credential.ts'
import { hashPassword } from './password-hash.server.ts'
import type { Role, Term } from './role.ts'

export type AddUserRefusal = {
  readonly code: LoginProblem | PasswordProblem | 'login-taken' | 'name-missing'
}

export interface NewUser {
  readonly login: string
  readonly password: string
  /** As the public reads it beside an act in office. */
  readonly displayName: string
}

export interface CheckedUser {
  readonly login: string
  readonly displayName: string
  readonly passwordHash: string
}

/** Checks the name and password of a new user and hashes the password; writes nothing. */
export async function checkNewUser(
  portal: Portal,
  user: NewUser,
): Promise<Result<CheckedUser, AddUserRefusal>> {
  const login = parseLogin(user.login)
  if (!login.ok) return err({ code: login.error })
  const displayName = user.displayName.normalize('NFC').trim()
  if (displayName === '' || displayName.length > 60) return err({ code: 'name-missing' })
  const password = checkPassword(user.password, login.value)
  if (!password.ok) return err({ code: password.error })
  const passwordHash = await hashPassword(password.value, portal.random.bytes(16))
  return ok({ login: login.value, displayName, passwordHash })
}

/** Enters a checked user with terms of office; null when the login name is taken. The caller holds a transaction. */
export async function enterUser(
  portal: Portal,
  tx: Tx,
  user: CheckedUser,
  terms: readonly Term[],
  grantedBy: string,
): Promise<string | null> {
  const userId = portal.random.id()
  const isNew = await insertUser(tx, {
    user_id: userId,
    login: user.login,
    display_name: user.displayName,
    password_hash: user.passwordHash,
    created_at: portal.clock.now(),
  })
  if (!isNew) return null
  for (const term of terms) await grantOffice(portal, tx, userId, term, grantedBy)
  return userId
}

/** Enters a term of office. The caller holds a transaction and has checked who may grant it. */
export async function grantOffice(
  portal: Portal,
  tx: Tx,
  userId: string,
  term: Term,
  grantedBy: string,
): Promise<void> {
  await insertOfficeTerm(tx, {
    community_id: term.communityId,
    user_id: userId,
    role: term.role,
    term_from: term.from,
    term_until: term.until,
    granted_by: grantedBy,
    granted_at: portal.clock.now(),
    is_deputy: term.isDeputy ?? false,
  })
}

/** Enters a user with offices without an invitation: for the operator's console and the demo. Gives the user's id. */
export async function addUser(
  portal: Portal,
  user: NewUser,
  terms: readonly Term[],
): Promise<Result<string, AddUserRefusal>> {
  const checked = await checkNewUser(portal, user)
  if (!checked.ok) return checked
  const userId = await portal.db
    .transaction()
    .execute(tx => enterUser(portal, tx, checked.value, terms, 'console'))
  return userId === null ? err({ code: 'login-taken' }) : ok(userId)
}

/** Shuts a user out of everything at once: for the operator's console. False when that was done before. */
export function disableUser(portal: Portal, userId: string): Promise<boolean> {
  return portal.db.transaction().execute(async tx => {
    const done = await disableUserRow(tx, userId, portal.clock.now())
    await deleteSessionsOf(tx, userId)
    return done
  })
}

export interface OfficeHolder {
  readonly userId: string
  readonly displayName: string
  readonly role: Role
  readonly from: CivilDate
  readonly until: CivilDate | null
}

/** The office holders of a community today. Public, but for the owners among them: those the caller leaves out. */
export async function listOfficeHolders(portal: Portal, communityId: number): Promise<OfficeHolder[]> {
  const rows = await readOfficeHolders(portal.db, communityId, dateOf(portal.clock.now()))
  return rows.map(row => ({
    userId: row.user_id,
    displayName: row.display_name,
    role: row.role,
    from: civilDate(row.term_from),
    until: row.term_until === null ? null : civilDate(row.term_until),
  }))
}

/** Display names by user id, within the caller's transaction or on the connection. */
export function readDisplayNames(tx: Tx, userIds: readonly string[]): Promise<Map<string, string>> {
  return readUserNames(tx, userIds)
}
