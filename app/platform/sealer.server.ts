/**
 * Seals what the database or the object store keeps and must not be able to use: AES-256-GCM under a key of the key store.
 * A copy of either without the keys gives nothing away; losing a key loses what it sealed, for good.
 */
import { createCipheriv, createDecipheriv } from 'node:crypto'
import { concatBytes, utf8 } from '#kernel'
import type { Portal } from './portal.server.ts'

const FORMAT = 1
const NONCE_BYTES = 12
const TAG_BYTES = 16

export interface Sealer {
  /** Version byte, nonce, ciphertext, tag. `place` names the row: what is moved to another row does not open. */
  seal(place: string, bytes: Uint8Array): Uint8Array
  /** The bytes; throws when they were changed, moved, or sealed under another key. */
  open(place: string, sealed: Uint8Array): Uint8Array
}

/** The sealer of the key of that name, which is made at first use. */
export async function openSealer(portal: Pick<Portal, 'keys' | 'random'>, keyName: string): Promise<Sealer> {
  const key = await portal.keys.readOrCreate(keyName, () => portal.random.bytes(32))
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
