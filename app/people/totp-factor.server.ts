/** TOTP secrets: made, shown once more until the first code confirms them, and judged by the codes they make. */
import { createHmac } from 'node:crypto'
import type { Tx } from '#db'
import {
  deleteTotpFactors,
  insertTotpFactor,
  readTotpInUse,
  readTotpWaiting,
  type TotpFactorRow,
  updateTotpConfirmed,
  updateTotpStep,
} from '#db/people'
import type { Portal } from '#platform'
import { openSecret, sealSecret } from './factor-secret.server.ts'
import { acceptableSteps, parseTotpCode, TOTP_SECRET_BYTES, totpCodeOf, totpCounter } from './totp.ts'

export type CodeJudgement = 'accepted' | 'wrong' | 'used'

/** The code of a secret in a half-minute. */
export function totpCodeAt(secret: Uint8Array, step: number): string {
  return totpCodeOf(createHmac('sha1', secret).update(totpCounter(step)).digest())
}

function ownerOf(factor: Pick<TotpFactorRow, 'user_id' | 'factor_id'>): string {
  return `totp ${factor.user_id} ${factor.factor_id}`
}

async function enter(portal: Portal, tx: Tx, userId: string, secret: Uint8Array, confirmedAt: Date | null) {
  const factor = { user_id: userId, factor_id: portal.random.id() }
  await insertTotpFactor(tx, {
    ...factor,
    sealed_secret: await sealSecret(portal, secret, ownerOf(factor)),
    created_at: portal.clock.now(),
    confirmed_at: confirmedAt,
  })
}

/** Makes a secret that waits for its first code, in the place of one that waited before. */
export async function beginTotp(portal: Portal, tx: Tx, userId: string): Promise<void> {
  await deleteTotpFactors(tx, userId, 'waiting')
  await enter(portal, tx, userId, portal.random.bytes(TOTP_SECRET_BYTES), null)
}

/** Enters a secret that is in use at once, in the place of any other. */
export async function addTotpInUse(
  portal: Portal,
  tx: Tx,
  userId: string,
  secret: Uint8Array,
): Promise<void> {
  await deleteTotpFactors(tx, userId, 'all')
  await enter(portal, tx, userId, secret, portal.clock.now())
}

/** The secret that waits for its first code, to show it; null when none waits. One in use is never shown again. */
export async function readWaitingSecret(portal: Portal, userId: string): Promise<Uint8Array | null> {
  const factor = await readTotpWaiting(portal.db, userId)
  return factor === null ? null : openSecret(portal, factor.sealed_secret, ownerOf(factor))
}

/** Puts the waiting secret to use when the code is one of its, in the place of the one in use. */
export async function confirmTotp(portal: Portal, tx: Tx, userId: string, code: string): Promise<boolean> {
  const factor = await readTotpWaiting(tx, userId)
  const typed = parseTotpCode(code)
  if (factor === null || typed === null) return false
  const secret = await openSecret(portal, factor.sealed_secret, ownerOf(factor))
  const now = portal.clock.now()
  const step = acceptableSteps(now, 0).find(candidate => totpCodeAt(secret, candidate) === typed)
  if (step === undefined) return false
  await deleteTotpFactors(tx, userId, 'in-use')
  await updateTotpConfirmed(tx, factor, { at: now, step })
  return true
}

/**
 * Judges a code and uses it up: no code of its half-minute or before is accepted again, for whatever it was given. The caller
 * holds a transaction and the person's lock.
 */
export async function judgeTotpCode(
  portal: Portal,
  tx: Tx,
  userId: string,
  code: string,
): Promise<CodeJudgement> {
  const factor = await readTotpInUse(tx, userId)
  const typed = parseTotpCode(code)
  if (factor === null || typed === null) return 'wrong'
  const secret = await openSecret(portal, factor.sealed_secret, ownerOf(factor))
  // Earlier steps are looked at only to tell a code that was used from one that is wrong.
  const step = acceptableSteps(portal.clock.now(), 0).findLast(at => totpCodeAt(secret, at) === typed)
  if (step === undefined) return 'wrong'
  if (step <= factor.last_step) return 'used'
  return (await updateTotpStep(tx, factor, step)) ? 'accepted' : 'used'
}
