/**
 * Seals what the database keeps and must not be able to use: AES-256-GCM under a key of the key store, bound to whose it is,
 * so that a sealed value moved to another row does not open.
 */
import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto'
import { assert, concatBytes, fromBase64, toBase64, utf8 } from '#kernel'
import type { Portal } from '#platform'

const NONCE_BYTES = 12
const TAG_BYTES = 16

function readKey(portal: Portal): Promise<Uint8Array> {
  return portal.keys.readOrCreate('people-secrets', () => portal.random.bytes(32))
}

/** Makes the key unless it is there. Before anything with reproducible randomness runs. */
export async function createPeopleKey(portal: Portal): Promise<void> {
  await readKey(portal)
}

/** The secret as text for the database. `owner` names whose it is and what for. */
export async function sealSecret(portal: Portal, secret: Uint8Array, owner: string): Promise<string> {
  const nonce = portal.random.bytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', await readKey(portal), nonce)
  cipher.setAAD(utf8(owner))
  return toBase64(concatBytes(nonce, cipher.update(secret), cipher.final(), cipher.getAuthTag()))
}

/** The secret of a sealed text. Throws when it was changed or belongs to somebody else. */
export async function openSecret(portal: Portal, sealed: string, owner: string): Promise<Uint8Array> {
  const bytes = fromBase64(sealed)
  assert(bytes !== null && bytes.length > NONCE_BYTES + TAG_BYTES, 'a sealed secret is base64')
  const decipher = createDecipheriv('aes-256-gcm', await readKey(portal), bytes.subarray(0, NONCE_BYTES))
  decipher.setAAD(utf8(owner))
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES))
  const inner = bytes.subarray(NONCE_BYTES, -TAG_BYTES)
  return new Uint8Array(concatBytes(decipher.update(inner), decipher.final()))
}

/** A digest that only the key store's owner can make: what short codes are kept as. */
export async function keyedDigest(portal: Portal, text: string): Promise<string> {
  return createHmac('sha256', await readKey(portal))
    .update(text)
    .digest('hex')
}
