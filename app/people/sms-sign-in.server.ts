/**
 * Signing in by a code sent to a telephone whose owner verified it and asked for this. Nothing tells whether an account has a
 * number: for any number a code is made, sealed, stored and counted, and only sending, which comes later, makes a difference.
 * Where a second factor is set up or an office needs one, it is asked for afterwards as after a password.
 */

import type { Tx } from '#db'
import {
  countSmsCodes,
  deleteExpiredSessions,
  deleteSession,
  deleteSmsFactor,
  insertSmsCode,
  insertSmsFactor,
  readSmsCode,
  readSmsCodesToSend,
  readSmsFactor,
  readUserOfPhone,
  type SmsCodeRow,
  updateAttemptSucceeded,
  updateSmsCode,
} from '#db/people'
import { err, ok, type Result, utf8 } from '#kernel'
import { type MessageGateway, type Portal, tokenDigest } from '#platform'
import { addressClassOf } from './audit-act.ts'
import type { DeviceKind } from './device.ts'
import { keyedDigest, openSecret, sealSecret } from './factor-secret.server.ts'
import { maskedAddress, parseMessageAddress } from './message.ts'
import { noteAccountAct } from './note-account-act.server.ts'
import { mayChangeKeys } from './own-factors.server.ts'
import type { Actor } from './permission.ts'
import { beginCountedAttempt, beginSession, type SignedIn, type SignInRefusal } from './sign-in.server.ts'
import {
  parseSmsCode,
  SMS_CODE_MINUTES,
  SMS_CODE_TRIES,
  SMS_CODES_A_DAY,
  SMS_SEND_ATTEMPTS,
  smsCodeOf,
} from './sms-code.ts'

const DAY_MS = 86_400_000

export type SmsRefusal =
  | SignInRefusal
  | { readonly code: 'phone-malformed' | 'sms-code-wrong' | 'not-fresh' | 'phone-taken' | 'sms-too-many' }

interface Order {
  readonly purpose: 'verify' | 'sign-in'
  readonly phone: string
  /** Whoever verifies; for a sign-in, whoever has the number. */
  readonly userId: string | null
}

async function phoneHashOf(portal: Portal, phone: string): Promise<string> {
  return keyedDigest(portal, `phone ${phone}`)
}

/** Makes a code and stores it, sealed for sending; gives its id. The same work for every number. */
async function enterCode(portal: Portal, tx: Tx, order: Order, phoneHash: string): Promise<string> {
  const now = portal.clock.now()
  const codeId = portal.random.id()
  const code = smsCodeOf(length => portal.random.bytes(length))
  await insertSmsCode(
    tx,
    {
      code_id: codeId,
      purpose: order.purpose,
      user_id: order.userId,
      phone_hash: phoneHash,
      sealed_phone: await sealSecret(portal, utf8(order.phone), `sms phone ${codeId}`),
      code_digest: await keyedDigest(portal, `sms ${codeId} ${code}`),
      sealed_code: await sealSecret(portal, utf8(code), `sms code ${codeId}`),
      created_at: now,
      expires_at: new Date(now.getTime() + SMS_CODE_MINUTES * 60_000),
    },
    new Date(now.getTime() - 2 * DAY_MS),
  )
  return codeId
}

async function isTooMany(portal: Portal, tx: Tx, phoneHash: string): Promise<boolean> {
  const since = new Date(portal.clock.now().getTime() - DAY_MS)
  return (await countSmsCodes(tx, phoneHash, since)) >= SMS_CODES_A_DAY
}

/** Asks for a code to sign in with. Answers the same for a number that nobody has. */
export async function askSmsSignIn(
  portal: Portal,
  asked: { readonly phone: string; readonly address: string },
): Promise<Result<{ readonly codeId: string }, SmsRefusal>> {
  const phone = parseMessageAddress('sms', asked.phone)
  if (!phone.ok) return err({ code: 'phone-malformed' })
  const attempt = await beginCountedAttempt(portal, `sms ${phone.value}`, asked.address)
  if (!attempt.ok) return attempt
  const phoneHash = await phoneHashOf(portal, phone.value)
  return portal.db.transaction().execute(async tx => {
    // Beyond the day's number nothing is sent, and nothing says so: the row is made for nobody.
    const isOver = await isTooMany(portal, tx, phoneHash)
    const found = await readUserOfPhone(tx, phoneHash)
    const order = { purpose: 'sign-in', phone: phone.value, userId: isOver ? null : found } as const
    return ok({ codeId: await enterCode(portal, tx, order, phoneHash) })
  })
}

/** Judges a code and counts the try; the row when it was right, which it is once. The caller commits whatever this gives. */
async function takeCode(
  portal: Portal,
  tx: Tx,
  given: { readonly codeId: string; readonly code: string; readonly purpose: SmsCodeRow['purpose'] },
): Promise<SmsCodeRow | null> {
  const row = await readSmsCode(tx, given.codeId)
  const code = parseSmsCode(given.code) ?? ''
  const digest = await keyedDigest(portal, `sms ${given.codeId} ${code}`)
  if (row === null || row.purpose !== given.purpose || row.used_at !== null) return null
  const now = portal.clock.now()
  if (now >= row.expires_at || row.tries >= SMS_CODE_TRIES) return null
  const isRight = digest === row.code_digest && row.user_id !== null
  await updateSmsCode(
    tx,
    row.code_id,
    isRight ? { used_at: now, sealed_code: null } : { tries: row.tries + 1 },
  )
  return isRight ? row : null
}

/** Signs in with the code. A wrong, late or used one, and one of a number that nobody has, are refused alike. */
export async function signInBySms(
  portal: Portal,
  given: {
    readonly codeId: string
    readonly code: string
    readonly address: string
    readonly replacedToken?: string | null
    readonly device?: DeviceKind
  },
): Promise<Result<SignedIn, SmsRefusal>> {
  const attempt = await beginCountedAttempt(portal, `sms code ${given.codeId}`, given.address)
  if (!attempt.ok) return attempt
  return portal.db.transaction().execute(async tx => {
    const row = await takeCode(portal, tx, { ...given, purpose: 'sign-in' })
    // Whose number it is may have changed since the code was asked for.
    const userId = row === null ? null : await readUserOfPhone(tx, row.phone_hash)
    if (row === null || userId === null || userId !== row.user_id)
      return err({ code: 'sms-code-wrong' } as const)
    await updateAttemptSucceeded(tx, attempt.value)
    await deleteExpiredSessions(tx, portal.clock.now())
    if (given.replacedToken) await deleteSession(tx, tokenDigest(given.replacedToken))
    const start = { device: given.device, addressClass: addressClassOf(given.address) }
    return ok({ userId, token: await beginSession(portal, tx, userId, start) })
  })
}

/** The end of the number by which the person signed in may sign in; null when there is none. */
export async function readOwnSmsNumber(portal: Portal, actor: Actor): Promise<string | null> {
  const row = await readSmsFactor(portal.db, actor.userId)
  if (row === null) return null
  const phone = await openSecret(portal, row.sealed_phone, `sms factor ${actor.userId}`)
  return maskedAddress(new TextDecoder().decode(phone))
}

/** Asks for a code to verify one's own number with. A session left open changes nothing: a second factor, where there is one, is fresh. */
export async function askSmsVerification(
  portal: Portal,
  actor: Actor,
  asked: { readonly phone: string; readonly address: string },
): Promise<Result<{ readonly codeId: string }, SmsRefusal>> {
  const phone = parseMessageAddress('sms', asked.phone)
  if (!phone.ok) return err({ code: 'phone-malformed' })
  const attempt = await beginCountedAttempt(portal, `sms ${phone.value}`, asked.address)
  if (!attempt.ok) return attempt
  const phoneHash = await phoneHashOf(portal, phone.value)
  return portal.db.transaction().execute(async tx => {
    if (!(await mayChangeKeys(portal, actor, tx))) return err({ code: 'not-fresh' } as const)
    if (await isTooMany(portal, tx, phoneHash)) return err({ code: 'sms-too-many' } as const)
    const order = { purpose: 'verify', phone: phone.value, userId: actor.userId } as const
    return ok({ codeId: await enterCode(portal, tx, order, phoneHash) })
  })
}

/** Keeps the number as one to sign in by, with the code that arrived on it. */
export async function verifySmsNumber(
  portal: Portal,
  actor: Actor,
  given: { readonly codeId: string; readonly code: string },
): Promise<Result<void, SmsRefusal>> {
  return portal.db.transaction().execute(async tx => {
    if (!(await mayChangeKeys(portal, actor, tx))) return err({ code: 'not-fresh' } as const)
    const row = await takeCode(portal, tx, { ...given, purpose: 'verify' })
    if (row === null || row.user_id !== actor.userId) return err({ code: 'sms-code-wrong' } as const)
    const phone = await openSecret(portal, row.sealed_phone, `sms phone ${row.code_id}`)
    const isNew = await insertSmsFactor(tx, {
      user_id: actor.userId,
      sealed_phone: await sealSecret(portal, phone, `sms factor ${actor.userId}`),
      phone_hash: row.phone_hash,
      verified_at: portal.clock.now(),
    })
    // Told only to whoever held the telephone a moment ago.
    if (!isNew) return err({ code: 'phone-taken' } as const)
    await noteAccountAct(portal, tx, actor, 'add-sms-sign-in')
    return ok(undefined)
  })
}

/** Ends signing in by telephone. */
export async function removeSmsNumber(portal: Portal, actor: Actor): Promise<void> {
  await portal.db.transaction().execute(async tx => {
    await deleteSmsFactor(tx, actor.userId)
    await noteAccountAct(portal, tx, actor, 'remove-sms-sign-in')
  })
}

export interface SmsSending {
  /** The way there is; without one codes wait until they expire. */
  readonly gateway: MessageGateway | undefined
  readonly words: (code: string, minutes: number) => string
}

/** Sends the codes that wait, each under its own key: a gateway that took it over without our hearing sends it once. */
export async function sendDueSmsCodes(portal: Portal, sending: SmsSending): Promise<void> {
  const { gateway } = sending
  if (gateway === undefined) return
  for (const row of await readSmsCodesToSend(portal.db, portal.clock.now(), SMS_SEND_ATTEMPTS)) {
    const open = async (sealed: string, what: string) =>
      new TextDecoder().decode(await openSecret(portal, sealed, `sms ${what} ${row.code_id}`))
    const code = await open(row.sealed_code ?? '', 'code')
    try {
      await gateway.send({
        address: await open(row.sealed_phone, 'phone'),
        text: sending.words(code, SMS_CODE_MINUTES),
        idempotencyKey: row.code_id,
      })
      await updateSmsCode(portal.db, row.code_id, { sealed_code: null, sent_at: portal.clock.now() })
    } catch (error) {
      portal.logger.warn({ error, codeId: row.code_id }, 'code not sent')
      await updateSmsCode(portal.db, row.code_id, { send_attempts: row.send_attempts + 1 })
    }
  }
}
