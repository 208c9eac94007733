/** Queries of signing in by a code sent to a telephone, and of challenges before anybody is known. */
import { type Insertable, type Selectable, sql } from 'kysely'
import type { Tx } from '../schema/index.ts'
import type { PasskeyTable } from '../schema/second-factor.ts'
import type { SignInChallengeTable, SmsCodeTable, SmsFactorTable } from '../schema/sms-sign-in.ts'

export type SmsFactorRow = Selectable<SmsFactorTable>
export type SmsCodeRow = Selectable<SmsCodeTable>

/** The verified number of a user; null when there is none. */
export async function readSmsFactor(tx: Tx, userId: string): Promise<SmsFactorRow | null> {
  const row = await tx.selectFrom('sms_factor').selectAll().where('user_id', '=', userId).executeTakeFirst()
  return row ?? null
}

/** The user whose verified number has the hash and who is not shut out; null when there is none. */
export async function readUserOfPhone(tx: Tx, phoneHash: string): Promise<string | null> {
  const row = await tx
    .selectFrom('sms_factor')
    .innerJoin('portal_user', 'portal_user.user_id', 'sms_factor.user_id')
    .select('sms_factor.user_id')
    .where('phone_hash', '=', phoneHash)
    .where('portal_user.disabled_at', 'is', null)
    .executeTakeFirst()
  return row?.user_id ?? null
}

/** Enters a verified number; false when another account has it. */
export async function insertSmsFactor(tx: Tx, row: Insertable<SmsFactorTable>): Promise<boolean> {
  const other = await tx
    .selectFrom('sms_factor')
    .select('user_id')
    .where('phone_hash', '=', row.phone_hash)
    .where('user_id', '!=', row.user_id)
    .executeTakeFirst()
  if (other !== undefined) return false
  await tx.deleteFrom('sms_factor').where('user_id', '=', row.user_id).execute()
  await tx.insertInto('sms_factor').values(row).execute()
  return true
}

/** Takes a verified number away. */
export async function deleteSmsFactor(tx: Tx, userId: string): Promise<void> {
  await tx.deleteFrom('sms_factor').where('user_id', '=', userId).execute()
}

/** How many codes were asked for, for a number, since an instant. */
export async function countSmsCodes(tx: Tx, phoneHash: string, since: Date): Promise<number> {
  const { rows } = await sql<{ asked: number }>`
    select count(*)::integer as asked from sms_code
    where phone_hash = ${phoneHash} and created_at > ${since}`.execute(tx)
  return rows[0]!.asked
}

/** Enters a code that was asked for, and forgets those of long ago. */
export async function insertSmsCode(
  tx: Tx,
  row: Insertable<SmsCodeTable>,
  forgetBefore: Date,
): Promise<void> {
  await tx.deleteFrom('sms_code').where('created_at', '<', forgetBefore).execute()
  await tx.insertInto('sms_code').values(row).execute()
}

/** A code, kept from others until the transaction ends; null when there is none. */
export async function readSmsCode(tx: Tx, codeId: string): Promise<SmsCodeRow | null> {
  const row = await tx
    .selectFrom('sms_code')
    .selectAll()
    .where('code_id', '=', codeId)
    .forUpdate()
    .executeTakeFirst()
  return row ?? null
}

/** Codes that wait to be sent, oldest first. */
export function readSmsCodesToSend(tx: Tx, now: Date, attemptsMax: number): Promise<SmsCodeRow[]> {
  return tx
    .selectFrom('sms_code')
    .selectAll()
    .where('sealed_code', 'is not', null)
    .where('user_id', 'is not', null)
    .where('expires_at', '>', now)
    .where('send_attempts', '<', attemptsMax)
    .orderBy('created_at')
    .limit(50)
    .execute()
}

/** Notes what became of a code. */
export async function updateSmsCode(
  tx: Tx,
  codeId: string,
  change: Partial<Pick<SmsCodeRow, 'tries' | 'send_attempts' | 'sealed_code' | 'sent_at' | 'used_at'>>,
): Promise<void> {
  await tx.updateTable('sms_code').set(change).where('code_id', '=', codeId).execute()
}

/** Keeps a challenge, and forgets those that expired. */
export async function insertSignInChallenge(
  tx: Tx,
  challenge: Insertable<SignInChallengeTable>,
  now: Date,
): Promise<void> {
  await tx.deleteFrom('sign_in_challenge').where('expires_at', '<', now).execute()
  await tx.insertInto('sign_in_challenge').values(challenge).execute()
}

/** Takes a challenge out, once; false when it is not there or has expired. */
export async function takeSignInChallenge(tx: Tx, digest: string, now: Date): Promise<boolean> {
  const row = await tx
    .deleteFrom('sign_in_challenge')
    .where('challenge_digest', '=', digest)
    .returning('expires_at')
    .executeTakeFirst()
  return row !== undefined && now < row.expires_at
}

/** A passkey by its id, of a user who is not shut out; null when there is none. */
export async function readPasskeyById(
  tx: Tx,
  credentialId: string,
): Promise<Selectable<PasskeyTable> | null> {
  const row = await tx
    .selectFrom('passkey')
    .innerJoin('portal_user', 'portal_user.user_id', 'passkey.user_id')
    .selectAll('passkey')
    .where('credential_id', '=', credentialId)
    .where('portal_user.disabled_at', 'is', null)
    .executeTakeFirst()
  return row ?? null
}
