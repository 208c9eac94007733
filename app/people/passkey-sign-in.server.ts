/**
 * Signing in by a passkey alone, without name and password: the device is what one has, and finger, face or PIN what it asked
 * for. So it counts as a second factor too.
 */
import {
  deleteExpiredSessions,
  deleteSession,
  insertSecondFactorUse,
  updateAttemptSucceeded,
} from '#db/people'
import { err, ok, type Result } from '#kernel'
import { type Portal, tokenDigest } from '#platform'
import { addressClassOf } from './audit-act.ts'
import type { DeviceKind } from './device.ts'
import { judgePasswordlessAnswer } from './passkey.server.ts'
import { SIGN_IN_PURPOSE } from './second-factor.ts'
import { beginCountedAttempt, beginSession, type SignedIn, type SignInRefusal } from './sign-in.server.ts'

export type PasskeySignInRefusal = SignInRefusal | { readonly code: 'passkey-unknown' }

/** Signs in with what the passkey answered to `passwordlessQuestion`. */
export async function signInByPasskey(
  portal: Portal,
  given: {
    readonly answer: string
    readonly address: string
    readonly replacedToken?: string | null
    readonly device?: DeviceKind
  },
): Promise<Result<SignedIn, PasskeySignInRefusal>> {
  const attempt = await beginCountedAttempt(portal, `passkey ${tokenDigest(given.answer)}`, given.address)
  if (!attempt.ok) return attempt
  return portal.db.transaction().execute(async tx => {
    const userId = await judgePasswordlessAnswer(portal, tx, given.answer)
    if (userId === null) return err({ code: 'passkey-unknown' } as const)
    const now = portal.clock.now()
    await updateAttemptSucceeded(tx, attempt.value)
    await deleteExpiredSessions(tx, now)
    if (given.replacedToken) await deleteSession(tx, tokenDigest(given.replacedToken))
    const token = await beginSession(portal, tx, userId, {
      device: given.device,
      addressClass: addressClassOf(given.address),
      withSecondFactor: true,
    })
    await insertSecondFactorUse(tx, {
      user_id: userId,
      session_id: 'passwordless',
      method: 'passkey',
      purpose: SIGN_IN_PURPOSE,
      outcome: 'accepted',
      used_at: now,
    })
    return ok({ userId, token })
  })
}
