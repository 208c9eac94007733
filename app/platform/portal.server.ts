/**
 * The portal: everything a use case needs from outside, opened once and passed explicitly. The pages' bundle and the
 * server process are two module graphs in one process, so the running portal is remembered under a global symbol.
 */
import { join } from 'node:path'
import { type Database, type OpenDatabase, openDatabase } from '#db'
import { isReachable, readPageVersion } from '#db/platform'
import { dateOf } from '#kernel'
import { type Clock, systemClock } from './clock.server.ts'
import type { Settings } from './env.server.ts'
import { directoryKeyStore, type KeyStore } from './key-store.server.ts'
import { type Logger, openLogger } from './logger.server.ts'
import { directoryObjectStore, type ObjectStore } from './object-store.server.ts'
import { type Random, systemRandom } from './random.server.ts'

/** What a use case is given first. */
export interface Portal {
  readonly db: Database
  readonly databaseKind: OpenDatabase['kind']
  readonly clock: Clock
  readonly random: Random
  readonly objects: ObjectStore
  readonly keys: KeyStore
  readonly settings: Settings
  readonly logger: Logger
}

export interface OpenPortal extends Portal {
  /** Names of the migrations that this opening applied. */
  readonly migrated: readonly string[]
  /** Settled when the process of an embedded database has ended; null for a native one. */
  readonly databaseEnded: Promise<void> | null
  /** Ends the database connections; the portal must not be used afterwards. */
  close(): Promise<void>
}

/** Parts that the demo and the tests replace. */
export interface PortalParts {
  readonly clock?: Clock
  readonly random?: Random
  readonly logger?: Logger
  /** False opens without migrating. */
  readonly migrate?: boolean
}

/** Puts a portal together over an open database. */
export function portalOver(database: OpenDatabase, settings: Settings, parts: PortalParts = {}): OpenPortal {
  return {
    db: database.db,
    databaseKind: database.kind,
    migrated: database.migrated,
    databaseEnded: database.ended,
    clock: parts.clock ?? systemClock,
    random: parts.random ?? systemRandom,
    objects: directoryObjectStore(settings.objectDirectory),
    keys: directoryKeyStore(join(settings.dataDirectory, 'keys')),
    settings,
    logger: parts.logger ?? openLogger(settings.logLevel),
    close: () => database.close(),
  }
}

/** Opens (and migrates) the database of the settings and gives the portal over it. */
export async function openPortal(settings: Settings, parts: PortalParts = {}): Promise<OpenPortal> {
  const database = await openDatabase({
    url: settings.databaseUrl,
    ownerUrl: settings.databaseOwnerUrl,
    embeddedDirectory: join(settings.dataDirectory, 'database'),
    migrate: parts.migrate ?? true,
  })
  return portalOver(database, settings, parts)
}

const RUNNING = Symbol.for('mingzhang.portal')
type Global = typeof globalThis & { [RUNNING]?: Portal }

/** Remembers the portal that pages use; null forgets it. */
export function rememberPortal(portal: Portal | null): void {
  if (portal === null) delete (globalThis as Global)[RUNNING]
  else (globalThis as Global)[RUNNING] = portal
}

/** The portal of this process, for routes only: a use case is given its portal. */
export function currentPortal(): Portal {
  const portal = (globalThis as Global)[RUNNING]
  if (portal === undefined) throw new Error('invariant broken: no portal is open in this process')
  return portal
}

const REACHABLE_WITHIN_MS = 3_000

/** True when the database answers within seconds. */
export async function isDatabaseReachable(portal: Portal): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<boolean>(resolve => {
    timer = setTimeout(() => resolve(false), REACHABLE_WITHIN_MS)
  })
  const answer = await Promise.race([isReachable(portal.db), late])
  clearTimeout(timer)
  return answer
}

/**
 * The version of what public pages of a community show, by its address name: the key of kept pages. The day is part of it,
 * because something may become overdue with a new day and nothing else.
 */
export async function readBooksVersion(portal: Portal, slug: string): Promise<string | null> {
  const version = await readPageVersion(portal.db, slug)
  return version === null ? null : `${version}.${dateOf(portal.clock.now())}`
}
