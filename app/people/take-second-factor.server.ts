/**
 * Takes a second factor for one purpose: judges it, uses it up, notes it. Guesses are counted; whoever asks writes their own
 * effect in the same transaction, so that a factor is used exactly when the act it confirms happens.
 */
import type { Tx } from '#db'
import {
  countWrongCodes,
  insertSecondFactorUse,
  lockSecondFactor,
  readPasskeys,
  readTotpInUse,
  updateRecoveryCodeUsed,
} from '#db/people'
import { err, ok, type Result } from '#kernel'
import type { Portal } from '#platform'
import { keyedDigest } from './factor-secret.server.ts'
import { judgePasskeyAnswer } from './passkey.server.ts'
import type { Actor } from './permission.ts'
import { parseRecoveryCode } from './recovery-code.ts'
import { type FactorMethod, type GivenFactor, WRONG_CODE_LIMITS } from './second-factor.ts'
import { type CodeJudgement, judgeTotpCode } from './totp-factor.server.ts'

export type FactorRefusal =
  | {
      readonly code:
        | 'factor-missing'
        | 'factor-wrong'
        /** The right code of a moment in which one was already used. */
        | 'factor-used'
    }
  | { readonly code: 'factor-locked'; readonly waitMinutes: number }

type Asker = Pick<Actor, 'userId' | 'sessionId'>

/** How a recovery code is kept. */
export function recoveryDigest(portal: Portal, userId: string, code: string): Promise<string> {
  return keyedDigest(portal, `recovery ${userId} ${code}`)
}

async function judgeRecoveryCode(
  portal: Portal,
  tx: Tx,
  userId: string,
  text: string,
): Promise<CodeJudgement> {
  const code = parseRecoveryCode(text)
  if (code === null) return 'wrong'
  const digest = await recoveryDigest(portal, userId, code)
  return (await updateRecoveryCodeUsed(tx, userId, digest, portal.clock.now())) ? 'accepted' : 'wrong'
}

/** Minutes until a code of that kind is heard again; 0 when it is heard. */
async function waitMinutes(
  portal: Portal,
  tx: Tx,
  userId: string,
  method: 'totp' | 'recovery',
): Promise<number> {
  const now = portal.clock.now().getTime()
  let wait = 0
  for (const { minutes, wrong } of WRONG_CODE_LIMITS) {
    const counted = await countWrongCodes(tx, userId, method, new Date(now - minutes * 60_000))
    if (counted >= wrong) wait = minutes
  }
  return wait
}

function judge(
  portal: Portal,
  tx: Tx,
  asker: Asker,
  given: GivenFactor,
  purpose: string,
): Promise<CodeJudgement> {
  switch (given.method) {
    case 'totp':
      return judgeTotpCode(portal, tx, asker.userId, given.code)
    case 'recovery':
      return judgeRecoveryCode(portal, tx, asker.userId, given.code)
    case 'passkey':
      return judgePasskeyAnswer(portal, tx, asker, purpose, given.answer)
  }
}

/**
 * Takes the given factor for the purpose, a short text that names one act and nothing else. Gives the method. Must be called
 * in the transaction that writes the act, after everything else about it was checked, and that transaction must be committed
 * when this refuses: the refusal counts against guessing.
 */
export async function takeSecondFactor(
  portal: Portal,
  tx: Tx,
  asker: Asker,
  given: GivenFactor | null,
  purpose: string,
): Promise<Result<FactorMethod, FactorRefusal>> {
  if (given === null) return err({ code: 'factor-missing' })
  await lockSecondFactor(tx, asker.userId)
  if (given.method !== 'passkey') {
    const wait = await waitMinutes(portal, tx, asker.userId, given.method)
    if (wait > 0) return err({ code: 'factor-locked', waitMinutes: wait })
  }
  const outcome = await judge(portal, tx, asker, given, purpose)
  await insertSecondFactorUse(tx, {
    user_id: asker.userId,
    session_id: asker.sessionId,
    method: given.method,
    purpose,
    outcome,
    used_at: portal.clock.now(),
  })
  if (outcome === 'accepted') return ok(given.method)
  return err({ code: outcome === 'used' ? 'factor-used' : 'factor-wrong' })
}

export interface FactorKinds {
  readonly totp: boolean
  readonly passkey: boolean
}

/** Which second factors a person has. */
export async function readFactorKinds(portal: Portal, userId: string): Promise<FactorKinds> {
  return {
    totp: (await readTotpInUse(portal.db, userId)) !== null,
    passkey: (await readPasskeys(portal.db, userId)).length > 0,
  }
}
