/**
 * Identifiers: 128 bits as 26 characters of Crockford base 32, lower case. The bits are passed in (by the platform's
 * random source), so that the demo community and the tests are reproducible. An identifier carries no meaning and no time.
 */

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'

/** Sixteen random bytes as an identifier. */
export function idOf(bytes: Uint8Array): string {
  if (bytes.length !== 16) throw new Error('an identifier takes 16 bytes')
  let bits = 0n
  for (const byte of bytes) bits = (bits << 8n) | BigInt(byte)
  let text = ''
  for (let i = 0; i < 26; i++) {
    text = ALPHABET[Number(bits & 31n)] + text
    bits >>= 5n
  }
  return text
}

/** True for text of the form `idOf` gives. */
export function isId(text: string): boolean {
  return /^[0-7][0-9a-hjkmnp-tv-z]{25}$/.test(text)
}

/** True for a community's address name: 2 to 40 of a-z, 0-9 and inner hyphens. */
export function isSlug(text: string): boolean {
  return /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])$/.test(text)
}
