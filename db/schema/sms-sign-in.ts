/** Tables of signing in by a code sent to a telephone, and by a passkey alone. Types only. */
import type { Defaulted, Written } from './columns.ts'

export interface SmsFactorTable {
  user_id: Written<string>
  sealed_phone: Written<string>
  /** Keyed digest. */
  phone_hash: Written<string>
  verified_at: Written<Date>
}

export interface SmsCodeTable {
  code_id: Written<string>
  purpose: Written<'verify' | 'sign-in'>
  /** Null where no account has the number. */
  user_id: Written<string | null>
  phone_hash: Written<string>
  sealed_phone: Written<string>
  /** Keyed digest, bound to the row. */
  code_digest: Written<string>
  /** Gone once it was sent. */
  sealed_code: Defaulted<string | null>
  created_at: Written<Date>
  expires_at: Written<Date>
  tries: Defaulted<number>
  send_attempts: Defaulted<number>
  sent_at: Defaulted<Date | null>
  used_at: Defaulted<Date | null>
}

export interface SignInChallengeTable {
  challenge_digest: Written<string>
  created_at: Written<Date>
  expires_at: Written<Date>
}

export interface SmsSignInTables {
  sms_factor: SmsFactorTable
  sms_code: SmsCodeTable
  sign_in_challenge: SignInChallengeTable
}
