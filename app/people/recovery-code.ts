/**
 * Recovery codes: what an office holder who lost phone and passkey signs in with, each once. Twelve characters of base 32
 * are 60 bits: at the twenty guesses a day that are heard, guessing one takes longer than anybody lives.
 */

/** Codes that are given out at once. */
export const RECOVERY_CODE_COUNT = 10
/** Random bytes behind one code. */
export const RECOVERY_CODE_BYTES = 8

/** Without letters that are read as digits or as one another. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'

/** A code out of eight random bytes, in groups that can be read aloud: `7k2m-q0xd-93wp`. */
export function recoveryCodeOf(bytes: Uint8Array): string {
  let bits = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0) >> 4n
  let text = ''
  for (let i = 0; i < 12; i++) {
    text = ALPHABET[Number(bits & 31n)] + text
    bits >>= 5n
  }
  return text.replace(/(.{4})(?=.)/g, '$1-')
}

/** What was typed, as `recoveryCodeOf` writes it; null when it is no such code. Forgives case, spaces and look-alikes. */
export function parseRecoveryCode(text: string): string | null {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s-]/g, '')
    .replaceAll('o', '0')
    .replace(/[il]/g, '1')
  return /^[0-9a-hjkmnp-tv-z]{12}$/.test(plain) ? plain.replace(/(.{4})(?=.)/g, '$1-') : null
}
