/**
 * Which offices need a second factor, how one is given, how often it may be guessed. Pure: one table, no secret.
 */
import type { Role } from './role.ts'

/** The offices that need none: whoever holds no other reads, and votes for themselves at most. Every other office, also one added later, needs one. */
const NEEDS_NONE: readonly Role[] = ['owner', 'tenant']

/** True when somebody with the office must give a second factor to act in it. */
export function needsSecondFactor(role: Role): boolean {
  return !NEEDS_NONE.includes(role)
}

/** A second factor as it was given: a code, or what a passkey answered (JSON of the browser). */
export type GivenFactor =
  | { readonly method: 'totp'; readonly code: string }
  | { readonly method: 'passkey'; readonly answer: string }
  | { readonly method: 'recovery'; readonly code: string }

export type FactorMethod = GivenFactor['method']

/** What a second factor is given for at sign-in. Other purposes are named by who asks (`release …`). */
export const SIGN_IN_PURPOSE = 'sign-in'

/**
 * How many wrong codes are heard. Three of a million codes are right at any time, so twenty guesses a day find one once in
 * 16 000 days, and whoever guesses must have the password first. Signatures of a passkey cannot be guessed and are not counted.
 */
export const WRONG_CODE_LIMITS: readonly { readonly minutes: number; readonly wrong: number }[] = [
  { minutes: 15, wrong: 5 },
  { minutes: 1440, wrong: 20 },
]

/** For how long after it was given a second factor lets its owner change their own keys. */
export const FRESH_MINUTES = 10
