/** Queries of the second factor: TOTP secrets, passkeys, challenges, recovery codes, and every use. Secrets come sealed or as digests. */
import { type Insertable, type Selectable, sql } from 'kysely'
import type { Tx } from '../schema/index.ts'
import type {
  PasskeyChallengeTable,
  PasskeyTable,
  RecoveryCodeTable,
  SecondFactorUseTable,
  TotpFactorTable,
} from '../schema/second-factor.ts'

export type TotpFactorRow = Selectable<TotpFactorTable>
export type PasskeyRow = Selectable<PasskeyTable>
export type PasskeyChallengeRow = Selectable<PasskeyChallengeTable>

/** Lets one use of a person's second factors wait for the other: two at once must not both find a code unused. The caller holds a transaction. */
export async function lockSecondFactor(tx: Tx, userId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('second_factor'), hashtext(${userId}))`.execute(tx)
}

/** Enters a TOTP secret that waits for its first code. */
export async function insertTotpFactor(tx: Tx, factor: Insertable<TotpFactorTable>): Promise<void> {
  await tx.insertInto('totp_factor').values(factor).execute()
}

/** The TOTP secret in use; null when there is none. */
export async function readTotpInUse(tx: Tx, userId: string): Promise<TotpFactorRow | null> {
  const row = await tx
    .selectFrom('totp_factor')
    .selectAll()
    .where('user_id', '=', userId)
    .where('confirmed_at', 'is not', null)
    .executeTakeFirst()
  return row ?? null
}

/** The newest TOTP secret that waits for its first code; null when there is none. */
export async function readTotpWaiting(tx: Tx, userId: string): Promise<TotpFactorRow | null> {
  const row = await tx
    .selectFrom('totp_factor')
    .selectAll()
    .where('user_id', '=', userId)
    .where('confirmed_at', 'is', null)
    .orderBy('created_at', 'desc')
    .executeTakeFirst()
  return row ?? null
}

/** Puts a TOTP secret to use with the step of its first code. */
export async function updateTotpConfirmed(
  tx: Tx,
  factor: Pick<TotpFactorRow, 'user_id' | 'factor_id'>,
  confirmed: { at: Date; step: number },
): Promise<void> {
  await tx
    .updateTable('totp_factor')
    .set({ confirmed_at: confirmed.at, last_step: confirmed.step })
    .where('user_id', '=', factor.user_id)
    .where('factor_id', '=', factor.factor_id)
    .execute()
}

/** Uses up the codes until a step; false when that was done before, by whoever was quicker. */
export async function updateTotpStep(
  tx: Tx,
  factor: Pick<TotpFactorRow, 'user_id' | 'factor_id'>,
  step: number,
): Promise<boolean> {
  const done = await tx
    .updateTable('totp_factor')
    .set({ last_step: step })
    .where('user_id', '=', factor.user_id)
    .where('factor_id', '=', factor.factor_id)
    .where('last_step', '<', step)
    .executeTakeFirst()
  return done.numUpdatedRows === 1n
}

/** Removes a person's TOTP secrets, in use or waiting. */
export async function deleteTotpFactors(
  tx: Tx,
  userId: string,
  which: 'in-use' | 'waiting' | 'all',
): Promise<void> {
  const all = tx.deleteFrom('totp_factor').where('user_id', '=', userId)
  if (which === 'all') await all.execute()
  else await all.where('confirmed_at', which === 'in-use' ? 'is not' : 'is', null).execute()
}

/** Enters a passkey; false when that credential is known already. */
export async function insertPasskey(tx: Tx, passkey: Insertable<PasskeyTable>): Promise<boolean> {
  const done = await tx
    .insertInto('passkey')
    .values(passkey)
    .onConflict(conflict => conflict.column('credential_id').doNothing())
    .executeTakeFirst()
  return done.numInsertedOrUpdatedRows === 1n
}

/** The passkeys of a person, oldest first. */
export function readPasskeys(tx: Tx, userId: string): Promise<PasskeyRow[]> {
  return tx
    .selectFrom('passkey')
    .selectAll()
    .where('user_id', '=', userId)
    .orderBy('created_at')
    .orderBy('credential_id')
    .execute()
}

/** Notes that a passkey was used, and how often it says it was. */
export async function updatePasskeyUsed(
  tx: Tx,
  credentialId: string,
  used: { at: Date; count: bigint },
): Promise<void> {
  await tx
    .updateTable('passkey')
    .set({ last_used_at: used.at, sign_count: used.count })
    .where('credential_id', '=', credentialId)
    .execute()
}

/** Removes a passkey of a person; false when there is none. */
export async function deletePasskey(tx: Tx, userId: string, credentialId: string): Promise<boolean> {
  const done = await tx
    .deleteFrom('passkey')
    .where('user_id', '=', userId)
    .where('credential_id', '=', credentialId)
    .executeTakeFirst()
  return done.numDeletedRows === 1n
}

/** Removes all passkeys of a person. */
export async function deletePasskeysOf(tx: Tx, userId: string): Promise<void> {
  await tx.deleteFrom('passkey').where('user_id', '=', userId).execute()
}

/** Enters a challenge, and forgets those whose time is over. */
export async function insertPasskeyChallenge(
  tx: Tx,
  challenge: Insertable<PasskeyChallengeTable>,
  now: Date,
): Promise<void> {
  await tx.deleteFrom('passkey_challenge').where('expires_at', '<', now).execute()
  await tx.insertInto('passkey_challenge').values(challenge).execute()
}

/** Takes a challenge out: whoever gets the row answers it, nobody else ever does. Null when it is not there. */
export async function takePasskeyChallenge(tx: Tx, digest: string): Promise<PasskeyChallengeRow | null> {
  const row = await tx
    .deleteFrom('passkey_challenge')
    .where('challenge_digest', '=', digest)
    .returningAll()
    .executeTakeFirst()
  return row ?? null
}

/** Puts new recovery codes in the place of a person's old ones. */
export async function replaceRecoveryCodes(
  tx: Tx,
  userId: string,
  codes: readonly Insertable<RecoveryCodeTable>[],
): Promise<void> {
  await tx.deleteFrom('recovery_code').where('user_id', '=', userId).execute()
  if (codes.length > 0)
    await tx
      .insertInto('recovery_code')
      .values([...codes])
      .execute()
}

/** Uses a recovery code up; false when there is none such or it was used. */
export async function updateRecoveryCodeUsed(
  tx: Tx,
  userId: string,
  codeDigest: string,
  at: Date,
): Promise<boolean> {
  const done = await tx
    .updateTable('recovery_code')
    .set({ used_at: at })
    .where('user_id', '=', userId)
    .where('code_digest', '=', codeDigest)
    .where('used_at', 'is', null)
    .executeTakeFirst()
  return done.numUpdatedRows === 1n
}

/** How many recovery codes a person has left. */
export async function countRecoveryCodes(tx: Tx, userId: string): Promise<number> {
  const { rows } = await sql<{ left: number }>`
    select count(*)::integer as left from recovery_code
    where user_id = ${userId} and used_at is null`.execute(tx)
  return rows[0]!.left
}

/** Appends a use of a second factor. */
export async function insertSecondFactorUse(tx: Tx, use: Insertable<SecondFactorUseTable>): Promise<void> {
  await tx.insertInto('second_factor_use').values(use).execute()
}

/** Wrong codes of one kind that a person's account was given since an instant. */
export async function countWrongCodes(
  tx: Tx,
  userId: string,
  method: 'totp' | 'recovery',
  since: Date,
): Promise<number> {
  const { rows } = await sql<{ wrong: number }>`
    select count(*)::integer as wrong from second_factor_use
    where user_id = ${userId} and method = ${method} and outcome = 'wrong' and used_at > ${since}`.execute(tx)
  return rows[0]!.wrong
}
