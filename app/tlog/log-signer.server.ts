/**
 * Signing of checkpoints with Ed25519. The private key is handed in by the platform, or never enters the process when
 * another `CheckpointSigner` (a key service) is given; it is never written or logged here.
 */
import { createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto'
import { assert } from '#kernel'
import { cosignedMessage, encodeCosignature } from './cosignature.ts'
import {
  ED25519_COSIGNATURE,
  ED25519_NOTE,
  formatSignatureLine,
  type VerifierKey,
  verifierKeyOf,
} from './note.ts'

/** Signs the text of one log's checkpoints under one name. */
export interface CheckpointSigner {
  /** The public half; its name is the log's origin. */
  readonly key: VerifierKey
  /** The signature line `— <name> <base64>\n` over the text. */
  sign(text: string): Promise<string>
}

/** PKCS #8 of an Ed25519 private key up to the seed (RFC 8410 §7). */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex')
const SEED_BYTES = 32

function openSeed(seed: Uint8Array): { privateKey: KeyObject; publicKey: Uint8Array } {
  assert(seed.length === SEED_BYTES, 'an Ed25519 seed has 32 bytes')
  const privateKey = createPrivateKey({
    key: Buffer.concat([PKCS8_PREFIX, seed]),
    format: 'der',
    type: 'pkcs8',
  })
  const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' })
  return { privateKey, publicKey: new Uint8Array(spki.subarray(-32)) }
}

/** A signer on a 32-byte seed in memory. One seed may serve several logs: the origin is in the text and in the key id. */
export function createLogSigner(seed: Uint8Array, origin: string): CheckpointSigner {
  const { privateKey, publicKey } = openSeed(seed)
  const key = verifierKeyOf(origin, ED25519_NOTE, publicKey)
  return {
    key,
    sign: async text => formatSignatureLine(key.name, key.keyId, sign(null, Buffer.from(text), privateKey)),
  }
}

/** A witness's signer on a seed: cosigns a checkpoint text at a time in POSIX seconds. For witnesses, and for tests. */
export function createCosigner(
  seed: Uint8Array,
  name: string,
): { readonly key: VerifierKey; cosign(checkpointText: string, timestamp: bigint): string } {
  const { privateKey, publicKey } = openSeed(seed)
  const key = verifierKeyOf(name, ED25519_COSIGNATURE, publicKey)
  return {
    key,
    cosign(checkpointText, timestamp) {
      const signature = sign(null, cosignedMessage(timestamp, checkpointText), privateKey)
      return formatSignatureLine(key.name, key.keyId, encodeCosignature(timestamp, signature))
    },
  }
}
