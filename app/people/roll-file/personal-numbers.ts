/** Phone and identity numbers of a roll: read strictly, and left out with a warning when they are not what they should be. */
import { err, ok, type Result } from '#kernel'
import { plainCell } from '#tables'

const folded = (text: string) => plainCell(text).normalize('NFKC').replace(/[\s-]/g, '').toUpperCase()

/** A mobile number, or a fixed line with its area code, as digits. */
export function parsePhone(text: string): Result<string, 'phone-malformed'> {
  const digits = folded(text).replace(/^(?:\+|00)?86(?=1\d{10}$)/, '')
  return /^(?:1[3-9]\d{9}|0\d{9,11}|[48]00\d{7})$/.test(digits) ? ok(digits) : err('phone-malformed')
}

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/** GB 11643: the last character of a citizen's number is a check of the others. */
function isCitizenNumber(text: string): boolean {
  if (!/^[1-9]\d{16}[\dX]$/.test(text)) return false
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * (text.charCodeAt(index) - 48), 0)
  return '10X98765432'[sum % 11] === text[17]
}

const CREDIT_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'

/** GB 32100: an organisation's unified credit code with its check character. */
function isCreditCode(text: string): boolean {
  if (!/^[0-9A-HJ-NPQRTUWXY]{18}$/.test(text)) return false
  let weight = 1
  let sum = 0
  for (const character of text.slice(0, 17)) {
    sum += CREDIT_ALPHABET.indexOf(character) * weight
    weight = (weight * 3) % 31
  }
  return CREDIT_ALPHABET[(31 - (sum % 31)) % 31] === text[17]
}

/** A citizen's number, a credit code, or a passport or permit (letters and 6 to 10 digits), in capitals without spaces. */
export function parseIdentity(text: string): Result<string, 'identity-malformed'> {
  const plain = folded(text)
  // A year of birth in its place makes it a person's: a wrong digit must not turn it into some organisation's code.
  const isDated = /^\d{6}(?:18|19|20)\d{9}[\dX]$/.test(plain)
  const known = isDated
    ? isCitizenNumber(plain)
    : isCreditCode(plain) || isCitizenNumber(plain) || /^[A-Z]{1,2}\d{6,10}$/.test(plain)
  return known ? ok(plain) : err('identity-malformed')
}
