/**
 * Salted digests: how a person, a document or a text stands in a public leaf. Salt and value lie in a deletable table; once
 * they are gone, nobody can tell whose digest it was.
 */
import { type CanonicalValue, canonicalText } from './canonical.ts'
import { concatBytes, sha256Hex, utf8 } from './digest.ts'

/** `SHA-256("sd/v1" || 0x00 || salt32 || 0x00 || name || 0x00 || JCS(value))`: a digest nobody can guess back without the salt. */
export function saltedDigest(salt: Uint8Array, name: string, value: CanonicalValue): string {
  if (salt.length !== 32) throw new Error('invariant broken: a salt has 32 bytes')
  const zero = new Uint8Array(1)
  return sha256Hex(concatBytes(utf8('sd/v1'), zero, salt, zero, utf8(name), zero, utf8(canonicalText(value))))
}
