/** The sessions of the person signed in, on all their devices, and the password that begins them. */
import {
  deleteOtherSessions,
  deleteSessionById,
  readSessionsOf,
  readUserById,
  updateAttemptSucceeded,
  updatePasswordHash,
} from '#db/people'
import { assert, err, ok, type Result } from '#kernel'
import type { Portal } from '#platform'
import { checkPassword, type PasswordProblem } from './credential.ts'
import type { DeviceKind } from './device.ts'
import { noteAccountAct } from './note-account-act.server.ts'
import { hashPassword } from './password-hash.server.ts'
import type { Actor } from './permission.ts'
import { judgePassword, type SignInRefusal } from './sign-in.server.ts'

export interface OwnSession {
  readonly sessionId: string
  readonly startedAt: Date
  readonly seenAt: Date
  readonly device: DeviceKind
  readonly withSecondFactor: boolean
  readonly isThis: boolean
}

/** The sessions of the person signed in that still open something, last used first. */
export async function listSessions(portal: Portal, actor: Actor): Promise<OwnSession[]> {
  const now = portal.clock.now()
  const rows = await readSessionsOf(portal.db, actor.userId, now)
  return rows
    .filter(row => now.getTime() - row.seen_at.getTime() < portal.settings.sessionIdleMs)
    .map(row => ({
      sessionId: row.session_id,
      startedAt: row.started_at,
      seenAt: row.seen_at,
      device: row.device,
      withSecondFactor: row.second_factor_at !== null,
      isThis: row.session_id === actor.sessionId,
    }))
}

/** Ends one session of the person signed in; false when it is not theirs or has ended. */
export function endSession(portal: Portal, actor: Actor, sessionId: string): Promise<boolean> {
  return deleteSessionById(portal.db, actor.userId, sessionId)
}

/** Ends all sessions of the person signed in but this one. */
export function endOtherSessions(portal: Portal, actor: Actor): Promise<void> {
  return deleteOtherSessions(portal.db, actor.userId, actor.sessionId)
}

/** The name a person signs in with, for their own page. */
export async function readOwnLogin(portal: Portal, actor: Actor): Promise<string> {
  const user = await readUserById(portal.db, actor.userId)
  assert(user !== null, 'somebody signed in is a user')
  return user.login
}

export type PasswordRefusal = SignInRefusal | { readonly code: PasswordProblem }

/** Changes the password of the person signed in, who knows the present one. Every other session ends. */
export async function changePassword(
  portal: Portal,
  actor: Actor,
  change: { readonly current: string; readonly next: string; readonly address: string },
): Promise<Result<void, PasswordRefusal>> {
  const login = await readOwnLogin(portal, actor)
  const checked = checkPassword(change.next, login)
  if (!checked.ok) return err({ code: checked.error })
  const judged = await judgePassword(portal, { login, password: change.current, address: change.address })
  if (!judged.ok) return judged
  const passwordHash = await hashPassword(checked.value, portal.random.bytes(16))
  await portal.db.transaction().execute(async tx => {
    await updateAttemptSucceeded(tx, judged.value.attemptId)
    await updatePasswordHash(tx, actor.userId, passwordHash)
    await deleteOtherSessions(tx, actor.userId, actor.sessionId)
    await noteAccountAct(portal, tx, actor, 'change-password')
  })
  return ok(undefined)
}
