/** A whole portal for tests, over a test database: a directory of its own, a clock that is moved, reproducible randomness. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type MovableClock,
  movableClock,
  type OpenPortal,
  openLogger,
  portalOver,
  readSettings,
  seededRandom,
} from '#platform/process'
import type { TestDatabase } from './database.ts'

export interface TestPortal extends OpenPortal {
  readonly clock: MovableClock
}

export interface TestPortalOptions {
  /** Where the clock stands; 2026-07-01 09:00 in Shanghai when not given. */
  readonly now?: Date
  /** Seed of the random source; two portals of one seed make the same identifiers. */
  readonly seed?: string
  /** Environment variables beyond the defaults. */
  readonly env?: Record<string, string>
}

let directory: string | null = null

/** One directory per test process, gone with it. */
function scratchDirectory(): string {
  if (directory === null) {
    const made = mkdtempSync(join(tmpdir(), 'mingzhang-portal-'))
    process.once('exit', () => rmSync(made, { recursive: true, force: true }))
    directory = made
  }
  return mkdtempSync(join(directory, 'data-'))
}

/** Opens a portal over the database; the database stays the test's to close. */
export function openTestPortal(database: TestDatabase, options: TestPortalOptions = {}): TestPortal {
  const settings = readSettings({ PORTAL_DATA: scratchDirectory(), LOG_LEVEL: 'silent', ...options.env })
  if (!settings.ok) throw new Error(`settings of the test: ${settings.error.map(p => p.variable).join(', ')}`)
  const clock = movableClock(options.now ?? new Date('2026-07-01T01:00:00Z'))
  const portal = portalOver(database, settings.value, {
    clock,
    random: seededRandom(options.seed ?? 'test'),
    logger: openLogger('silent'),
  })
  return { ...portal, clock, close: async () => {} }
}
