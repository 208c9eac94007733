/** Secrets of second factors at rest: sealed, bound to whose they are, under a key of their own; short codes as keyed digests. */
import { createHmac } from 'node:crypto'
import { assert, fromBase64, toBase64 } from '#kernel'
import { openSealer, type Portal } from '#platform'

const KEY_NAME = 'people-secrets'

function readKey(portal: Portal): Promise<Uint8Array> {
  return portal.keys.readOrCreate(KEY_NAME, () => portal.random.bytes(32))
}

/** Makes the key unless it is there. Before anything with reproducible randomness runs. */
export async function createPeopleKey(portal: Portal): Promise<void> {
  await readKey(portal)
}

/** The secret as text for the database. `owner` names whose it is and what for. */
export async function sealSecret(portal: Portal, secret: Uint8Array, owner: string): Promise<string> {
  return toBase64((await openSealer(portal, KEY_NAME)).seal(owner, secret))
}

/** The secret of a sealed text. Throws when it was changed or belongs to somebody else. */
export async function openSecret(portal: Portal, sealed: string, owner: string): Promise<Uint8Array> {
  const bytes = fromBase64(sealed)
  assert(bytes !== null, 'a sealed secret is base64')
  return new Uint8Array((await openSealer(portal, KEY_NAME)).open(owner, bytes))
}

/** A digest that only the key store's owner can make: what short codes are kept as. */
export async function keyedDigest(portal: Portal, text: string): Promise<string> {
  return createHmac('sha256', await readKey(portal))
    .update(text)
    .digest('hex')
}
