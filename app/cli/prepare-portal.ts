/**
 * What a server does before it serves: seeds the demo where there is nothing and this is not production, and makes the keys
 * that are missing. Never touches a community that is there.
 */
import type { Period } from '#kernel'
import { readCommunities } from '#ledger/server'
import type { Portal } from '#platform'
import { demoState, seedDemo } from './demo.ts'
import { prepareKeys } from './prepare-keys.ts'

/** Who hears what is being done. */
export interface PrepareListener {
  /** A demo that was broken off is there: nothing is seeded. */
  partial(): void
  seeding(): void
  seededMonth(month: Period): void
}

/** The demo comes first: its seals are of 2025, so the certificate behind them must be of its clock and not of today's. */
export async function preparePortal(portal: Portal, listener: PrepareListener): Promise<void> {
  if (!portal.settings.production) await seedWhereEmpty(portal, listener)
  await prepareKeys(portal)
}

async function seedWhereEmpty(portal: Portal, listener: PrepareListener): Promise<void> {
  const state = await demoState(portal)
  if (state === 'partial') listener.partial()
  if (state !== 'absent' || (await readCommunities(portal.db)).length > 0) return
  listener.seeding()
  await seedDemo(portal, month => listener.seededMonth(month))
}
