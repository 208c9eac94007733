/**
 * The portal's own log key and publisher: one operator key, kept by the platform, used under one name per log. Never makes
 * a second key where one is lost: that is an operator's decision, because readers hold the old one.
 */
import { join } from 'node:path'
import { assert } from '#kernel'
import type { Portal } from '#platform'
import { type CheckpointSigner, createLogSigner } from './log-signer.server.ts'
import type { Publisher } from './publish-checkpoint.server.ts'
import { fileSignGuard, type SignGuard } from './sign-guard.server.ts'

const KEY_NAME = 'log-ed25519'
const SEED_BYTES = 32

/** Makes the log key (a 32-byte Ed25519 seed) unless it is there. For set-up only. */
export async function createLogKey(portal: Pick<Portal, 'keys' | 'random'>): Promise<void> {
  await portal.keys.readOrCreate(KEY_NAME, () => portal.random.bytes(SEED_BYTES))
}

/** The signer of the log with this origin; its `key` is what readers must know. Throws when the log key was never made. */
export async function openLogSigner(portal: Pick<Portal, 'keys'>, origin: string): Promise<CheckpointSigner> {
  const seed = await portal.keys.read(KEY_NAME)
  assert(seed !== null, `there is no key ${KEY_NAME} in ${portal.keys.directory}`)
  return createLogSigner(seed, origin)
}

/** The portal's sign-guard. Its directory must not be restored together with the database. */
export function openSignGuard(portal: Pick<Portal, 'settings'>): SignGuard {
  return fileSignGuard(join(portal.settings.dataDirectory, 'sign-guard'))
}

/** The publisher of all logs of the portal. */
export function openPublisher(portal: Pick<Portal, 'db' | 'clock' | 'keys' | 'settings'>): Publisher {
  return {
    db: portal.db,
    now: () => portal.clock.now(),
    signerOf: origin => openLogSigner(portal, origin),
    guard: openSignGuard(portal),
  }
}
