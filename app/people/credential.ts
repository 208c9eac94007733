/** What a login name and a password must be. Pure; hashing and checking against an account are on the server. */
import { err, ok, type Result } from '#kernel'
import { COMMON_PASSWORDS } from './common-passwords.ts'

/** 12 characters, as 等保 and NIST SP 800-63B-4 (15 without, 8 with a second factor) bracket it; no composition rules. */
export const PASSWORD_LENGTH_MIN = 12
/** Long enough for any phrase, short enough that hashing it is no attack on the server. */
export const PASSWORD_LENGTH_MAX = 256

export type LoginProblem = 'login-malformed'
export type PasswordProblem = 'password-too-short' | 'password-too-long' | 'password-too-common'

/**
 * A login name in the form that is stored: 3 to 40 of a-z, 0-9, dot, hyphen and underscore, compared without case.
 * Never a phone or identity number: those are personal data, and eleven or more digits in a row are refused.
 */
export function parseLogin(text: string): Result<string, LoginProblem> {
  const login = text.normalize('NFKC').trim().toLowerCase()
  if (!/^[a-z0-9][a-z0-9._-]{1,38}[a-z0-9]$/.test(login)) return err('login-malformed')
  return /\d{11,}/.test(login) ? err('login-malformed') : ok(login)
}

/** The form of a password that is hashed: full-width and composed characters typed on another keyboard are the same password. */
export function normalisePassword(text: string): string {
  return text.normalize('NFKC')
}

/** Whatever is left of a password when decoration is taken away: what guessing programs try first. */
function coreOf(password: string): string {
  return password
    .toLowerCase()
    .replaceAll('@', 'a')
    .replaceAll('$', 's')
    .replace(/[^\p{Letter}\p{Number}]/gu, '')
}

function isTrivial(core: string, login: string): boolean {
  if (new Set(core).size < 5) return true
  if ('01234567890123456789'.includes(core) || '98765432109876543210'.includes(core)) return true
  const name = coreOf(login)
  if (name.length >= 4 && core.replaceAll(name, '').length < 6) return true
  return COMMON_PASSWORDS.some(common => core.replaceAll(common, '').length < 5)
}

/** Checks a new password for an account of that login name. */
export function checkPassword(text: string, login: string): Result<string, PasswordProblem> {
  const password = normalisePassword(text)
  const length = [...password].length
  if (length < PASSWORD_LENGTH_MIN) return err('password-too-short')
  if (length > PASSWORD_LENGTH_MAX) return err('password-too-long')
  return isTrivial(coreOf(password), login) ? err('password-too-common') : ok(password)
}
