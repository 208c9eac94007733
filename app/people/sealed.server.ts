/**
 * What is personal at rest: sealed with AES-256-GCM under the key `people-seal`, found again by HMAC-SHA-256 under the key
 * `people-match`. Both keys are files of the portal's key store, made at first use: a copy of the database without them
 * gives away no name, phone or identity number, and losing them loses those for good.
 */
import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto'
import { type CanonicalValue, canonicalBytes, concatBytes, utf8 } from '#kernel'
import type { Portal } from '#platform'

const FORMAT = 1
const NONCE_BYTES = 12
const TAG_BYTES = 16

export interface Sealer {
  /** Version byte, nonce, ciphertext, tag. `place` names the row: what is moved to another row does not open. */
  seal(place: string, bytes: Uint8Array): Uint8Array
  /** The bytes; throws when they were changed, moved, or sealed under another key. */
  open(place: string, sealed: Uint8Array): Uint8Array
}

/** The sealer of the portal's key. */
export async function openSealer(portal: Pick<Portal, 'keys' | 'random'>): Promise<Sealer> {
  const key = await portal.keys.readOrCreate('people-seal', () => portal.random.bytes(32))
  return {
    seal(place, bytes) {
      const nonce = portal.random.bytes(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', key, nonce)
      cipher.setAAD(utf8(place))
      return concatBytes(
        Uint8Array.of(FORMAT),
        nonce,
        cipher.update(bytes),
        cipher.final(),
        cipher.getAuthTag(),
      )
    },
    open(place, sealed) {
      if (sealed[0] !== FORMAT) throw new Error(`invariant broken: ${place} is sealed in an unknown format`)
      const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, 1 + NONCE_BYTES))
      decipher.setAAD(utf8(place))
      decipher.setAuthTag(sealed.subarray(-TAG_BYTES))
      const text = sealed.subarray(1 + NONCE_BYTES, -TAG_BYTES)
      return concatBytes(decipher.update(text), decipher.final())
    },
  }
}

/** Seals canonical JSON. */
export function sealJson(sealer: Sealer, place: string, value: CanonicalValue): Uint8Array {
  return sealer.seal(place, canonicalBytes(value))
}

/** Opens canonical JSON; the caller knows its shape, because the seal vouches for who wrote it. */
export function openJson(sealer: Sealer, place: string, sealed: Uint8Array): unknown {
  return JSON.parse(new TextDecoder().decode(sealer.open(place, sealed)))
}

export type Matcher = (kind: 'name' | 'phone' | 'identity', text: string) => Uint8Array

/** Keyed hashes of one community: the same person in another community has others. */
export async function openMatcher(
  portal: Pick<Portal, 'keys' | 'random'>,
  communityId: number,
): Promise<Matcher> {
  const key = await portal.keys.readOrCreate('people-match', () => portal.random.bytes(32))
  return (kind, text) =>
    new Uint8Array(
      createHmac('sha256', key)
        .update(canonicalBytes([communityId, kind, text]))
        .digest(),
    )
}
