/**
 * People's own second factors: set up, given at sign-in, taken away, with the codes for the day the phone is lost. Each change
 * needs a factor that was given minutes ago, begins a new session, and is noted.
 */
import type { Tx } from '#db'
import {
  countRecoveryCodes,
  deletePasskey,
  deleteSessionById,
  deleteTotpFactors,
  lockSecondFactor,
  readPasskeys,
  readTotpInUse,
  replaceRecoveryCodes,
} from '#db/people'
import { err, ok, type Result } from '#kernel'
import type { Portal } from '#platform'
import type { DeviceKind } from './device.ts'
import { noteAccountAct } from './note-account-act.server.ts'
import { type PasskeyProblem, registerPasskey } from './passkey.server.ts'
import type { Actor } from './permission.ts'
import { RECOVERY_CODE_BYTES, RECOVERY_CODE_COUNT, recoveryCodeOf } from './recovery-code.ts'
import { FRESH_MINUTES, type GivenFactor, needsSecondFactor, SIGN_IN_PURPOSE } from './second-factor.ts'
import { beginSession } from './sign-in.server.ts'
import { type FactorRefusal, recoveryDigest, takeSecondFactor } from './take-second-factor.server.ts'
import { addTotpInUse, beginTotp, confirmTotp } from './totp-factor.server.ts'

export interface Passkey {
  readonly credentialId: string
  readonly name: string
  readonly createdAt: Date
  readonly lastUsedAt: Date | null
}

/** The second factors of a person, as their own page shows them. */
export interface Factors {
  readonly totpSince: Date | null
  readonly passkeys: readonly Passkey[]
  readonly recoveryCodesLeft: number
}

/** A session begun anew: what was known before it opens nothing any more. */
export interface Renewed {
  readonly token: string
  /** Shown once, when the first second factor was set up; else null. */
  readonly recoveryCodes: readonly string[] | null
}

export type AccountProblem = { readonly code: 'not-fresh' | 'factor-last' | 'factor-unknown' }

/** The second factors of the person signed in. */
export async function readFactors(portal: Portal, actor: Actor): Promise<Factors> {
  const totp = await readTotpInUse(portal.db, actor.userId)
  const passkeys = await readPasskeys(portal.db, actor.userId)
  return {
    totpSince: totp?.confirmed_at ?? null,
    passkeys: passkeys.map(row => ({
      credentialId: row.credential_id,
      name: row.name,
      createdAt: row.created_at,
      lastUsedAt: row.last_used_at,
    })),
    recoveryCodesLeft: await countRecoveryCodes(portal.db, actor.userId),
  }
}

async function countFactors(tx: Tx, userId: string): Promise<number> {
  const totp = await readTotpInUse(tx, userId)
  return (await readPasskeys(tx, userId)).length + (totp === null ? 0 : 1)
}

/**
 * True when the person may change their keys now: the second factor was given minutes ago, or there is none yet. A session
 * left open on a shared machine changes nothing.
 */
export async function mayChangeKeys(portal: Portal, actor: Actor, tx: Tx = portal.db): Promise<boolean> {
  const at = actor.secondFactorAt
  if (at === undefined) return (await countFactors(tx, actor.userId)) === 0
  return portal.clock.now().getTime() - at.getTime() < FRESH_MINUTES * 60_000
}

async function makeRecoveryCodes(portal: Portal, tx: Tx, userId: string): Promise<readonly string[]> {
  const codes = Array.from({ length: RECOVERY_CODE_COUNT }, () =>
    recoveryCodeOf(portal.random.bytes(RECOVERY_CODE_BYTES)),
  )
  const rows = await Promise.all(
    codes.map(async code => ({
      user_id: userId,
      code_digest: await recoveryDigest(portal, userId, code),
      created_at: portal.clock.now(),
    })),
  )
  await replaceRecoveryCodes(tx, userId, rows)
  return codes
}

async function renewSession(portal: Portal, tx: Tx, actor: Actor, device?: DeviceKind): Promise<string> {
  await deleteSessionById(tx, actor.userId, actor.sessionId)
  const { addressClass } = actor
  return beginSession(portal, tx, actor.userId, { device, addressClass, withSecondFactor: true })
}

/** Gives the awaited second factor, or gives it once more: the session is begun anew. Recovery codes are taken here only. */
export async function giveSecondFactor(
  portal: Portal,
  actor: Actor,
  given: GivenFactor | null,
  device?: DeviceKind,
): Promise<Result<Renewed, FactorRefusal>> {
  return portal.db.transaction().execute(async tx => {
    const used = await takeSecondFactor(portal, tx, actor, given, SIGN_IN_PURPOSE)
    if (!used.ok) return used
    if (used.value === 'recovery') await noteAccountAct(portal, tx, actor, 'use-recovery-code')
    return ok({ token: await renewSession(portal, tx, actor, device), recoveryCodes: null })
  })
}

/** Makes a TOTP secret that waits for its first code. */
export async function prepareTotp(portal: Portal, actor: Actor): Promise<Result<void, AccountProblem>> {
  return portal.db.transaction().execute(async tx => {
    if (!(await mayChangeKeys(portal, actor, tx))) return err({ code: 'not-fresh' } as const)
    await beginTotp(portal, tx, actor.userId)
    return ok(undefined)
  })
}

async function finishEnrolment(
  portal: Portal,
  tx: Tx,
  actor: Actor,
  enrolled: { readonly method: 'totp' | 'passkey'; readonly isFirst: boolean; readonly device?: DeviceKind },
): Promise<Renewed> {
  const recoveryCodes = enrolled.isFirst ? await makeRecoveryCodes(portal, tx, actor.userId) : null
  await noteAccountAct(portal, tx, actor, 'add-second-factor', { method: enrolled.method })
  return { token: await renewSession(portal, tx, actor, enrolled.device), recoveryCodes }
}

/** Puts the waiting TOTP secret to use with its first code. */
export async function enrolTotp(
  portal: Portal,
  actor: Actor,
  code: string,
  device?: DeviceKind,
): Promise<Result<Renewed, AccountProblem | { readonly code: 'factor-wrong' }>> {
  return portal.db.transaction().execute(async tx => {
    await lockSecondFactor(tx, actor.userId)
    if (!(await mayChangeKeys(portal, actor, tx))) return err({ code: 'not-fresh' } as const)
    const isFirst = (await countFactors(tx, actor.userId)) === 0
    if (!(await confirmTotp(portal, tx, actor.userId, code))) return err({ code: 'factor-wrong' } as const)
    return ok(await finishEnrolment(portal, tx, actor, { method: 'totp', isFirst, device }))
  })
}

/** Keeps a passkey that was just made. */
export async function enrolPasskey(
  portal: Portal,
  actor: Actor,
  given: { readonly name: string; readonly answer: string },
  device?: DeviceKind,
): Promise<Result<Renewed, AccountProblem | { readonly code: PasskeyProblem }>> {
  return portal.db.transaction().execute(async tx => {
    await lockSecondFactor(tx, actor.userId)
    if (!(await mayChangeKeys(portal, actor, tx))) return err({ code: 'not-fresh' } as const)
    const isFirst = (await countFactors(tx, actor.userId)) === 0
    const problem = await registerPasskey(portal, tx, actor, given)
    if (problem !== null) return err({ code: problem })
    return ok(await finishEnrolment(portal, tx, actor, { method: 'passkey', isFirst, device }))
  })
}

/** Takes a second factor away: a passkey by its id, or `totp`. The last one of an office holder stays. */
export async function removeFactor(
  portal: Portal,
  actor: Actor,
  which: 'totp' | { readonly credentialId: string },
): Promise<Result<void, AccountProblem>> {
  return portal.db.transaction().execute(async tx => {
    await lockSecondFactor(tx, actor.userId)
    if (!(await mayChangeKeys(portal, actor, tx))) return err({ code: 'not-fresh' } as const)
    const isOfficer = actor.roles.some(({ role }) => needsSecondFactor(role))
    if (isOfficer && (await countFactors(tx, actor.userId)) <= 1) return err({ code: 'factor-last' } as const)
    if (which === 'totp') await deleteTotpFactors(tx, actor.userId, 'all')
    else if (!(await deletePasskey(tx, actor.userId, which.credentialId)))
      return err({ code: 'factor-unknown' } as const)
    await noteAccountAct(portal, tx, actor, 'remove-second-factor', {
      method: which === 'totp' ? 'totp' : 'passkey',
    })
    return ok(undefined)
  })
}

/** New recovery codes, shown once; the old ones open nothing any more. */
export async function renewRecoveryCodes(
  portal: Portal,
  actor: Actor,
): Promise<Result<readonly string[], AccountProblem>> {
  return portal.db.transaction().execute(async tx => {
    if (actor.secondFactorAt === undefined || !(await mayChangeKeys(portal, actor, tx)))
      return err({ code: 'not-fresh' } as const)
    await noteAccountAct(portal, tx, actor, 'renew-recovery-codes')
    return ok(await makeRecoveryCodes(portal, tx, actor.userId))
  })
}

/** Gives somebody a TOTP secret that is known beforehand: for the demo, whose visitors must be able to sign in. */
export function addKnownTotp(portal: Portal, userId: string, secret: Uint8Array): Promise<void> {
  return portal.db.transaction().execute(tx => addTotpInUse(portal, tx, userId, secret))
}
