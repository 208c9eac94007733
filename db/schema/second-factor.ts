/** Tables of the second factor: TOTP secrets, passkeys and their challenges, recovery codes, every use. Types only. */
import type { Defaulted, Written, WrittenByDefault } from './columns.ts'

export interface TotpFactorTable {
  user_id: Written<string>
  factor_id: Written<string>
  /** Base64 of nonce, ciphertext and tag. */
  sealed_secret: Written<string>
  created_at: Written<Date>
  /** Null until its first code was given. */
  confirmed_at: Defaulted<Date | null>
  /** The step of the last code that was accepted: no code up to it is accepted again. */
  last_step: Defaulted<number>
}

export interface PasskeyTable {
  /** Base64url, as the browser gives it. */
  credential_id: Written<string>
  user_id: Written<string>
  /** COSE. */
  public_key: Written<Uint8Array>
  transports: Written<string>
  name: Written<string>
  created_at: Written<Date>
  sign_count: bigint
  last_used_at: Defaulted<Date | null>
}

export interface PasskeyChallengeTable {
  challenge_digest: Written<string>
  user_id: Written<string>
  session_id: Written<string>
  purpose: Written<string>
  created_at: Written<Date>
  expires_at: Written<Date>
}

export interface RecoveryCodeTable {
  user_id: Written<string>
  /** Keyed digest. */
  code_digest: Written<string>
  created_at: Written<Date>
  used_at: Defaulted<Date | null>
}

export interface SecondFactorUseTable {
  use_number: WrittenByDefault<bigint>
  user_id: Written<string>
  session_id: Written<string>
  method: Written<'totp' | 'passkey' | 'recovery'>
  purpose: Written<string>
  outcome: Written<'accepted' | 'wrong' | 'used'>
  used_at: Written<Date>
}

export interface SecondFactorTables {
  totp_factor: TotpFactorTable
  passkey: PasskeyTable
  passkey_challenge: PasskeyChallengeTable
  recovery_code: RecoveryCodeTable
  second_factor_use: SecondFactorUseTable
}
