/**
 * The door of the database: opens it, native by DATABASE_URL or embedded under the data directory, as the application
 * role that cannot change what is posted. Queries live in one file per room beside this one.
 */
import { Kysely, sql } from 'kysely'
import postgres from 'postgres'
import { type OpenClient, postgresJsDialect } from './dialect.server.ts'
import { type EmbeddedProcess, startEmbedded } from './embedded.server.ts'
import { migrateToLatest } from './migrate.server.ts'
import type { Schema, Tx } from './schema/index.ts'

export { EmbeddedDatabaseInUse } from './embedded.server.ts'
export { notingDatabase } from './noting-database.server.ts'
export { projectRoot } from './project-root.server.ts'
export type { Schema, Tx } from './schema/index.ts'

export type Database = Kysely<Schema>

/** The role the portal works as: reads, appends, and changes only what is not yet posted. */
export const APPLICATION_ROLE = 'mingzhang_app'

/** The role of those who only look: overseers and auditors. It can change nothing and sees no secret. */
export const READER_ROLE = 'mingzhang_reader'

export interface OpenDatabase {
  readonly kind: 'native' | 'embedded'
  readonly db: Database
  /** The names of migrations applied by this opening. */
  readonly migrated: readonly string[]
  /** Settled when an embedded database's own process has ended, by `close` or by itself; null for a native one. */
  readonly ended: Promise<void> | null
  close(): Promise<void>
}

export interface DatabaseLocation {
  /** The application's connection to a native PostgreSQL; null takes the embedded database. */
  readonly url: string | null
  /** The owner's connection, for migrations; null migrates through `url`. */
  readonly ownerUrl: string | null
  /** Directory of the embedded database; null keeps it in memory. */
  readonly embeddedDirectory: string | null
  /** A migrated data directory as a tar to start an embedded database from (tests). */
  readonly embeddedTemplatePath?: string
  /** False opens without migrating. */
  readonly migrate?: boolean
  readonly connections?: number
}

/** Integers of 64 bits are bigint, dates are text, instants are Date: no other conversion. */
const TYPES = {
  bigint: postgres.BigInt,
  date: { to: 1082, from: [1082], serialize: (value: string) => value, parse: (value: string) => value },
}

/** How to reach a database: an address, or the socket of an embedded one. */
type Address = string | { readonly path: string }

/** Clients of one connection; a role is taken on at the start of each session, also of one that replaces a lost one. */
function clientsOf(address: Address, role: string | null): OpenClient {
  return onclose => {
    const options = {
      max: 1,
      types: TYPES,
      onnotice: () => {},
      onclose,
      connection: { application_name: 'mingzhang', ...(role === null ? {} : { role }) },
    }
    return typeof address === 'string'
      ? postgres(address, options)
      : postgres({ ...options, path: address.path, user: 'postgres', database: 'postgres' } as never)
  }
}

function connect(address: Address, role: string | null, connections: number): Database {
  return new Kysely<Schema>({ dialect: postgresJsDialect(clientsOf(address, role), connections) })
}

/** Refuses to work on a connection that could change posted rows: the guard is the database's, so it is checked there. */
async function assertLeastPrivilege(db: Database): Promise<void> {
  const { rows } = await sql<{ role: string; may_change: boolean }>`select current_user as role,
    has_table_privilege(current_user, 'audit_event', 'update') as may_change`.execute(db)
  const [row] = rows
  if (row?.role !== APPLICATION_ROLE || row.may_change) {
    throw new Error(
      `the database session works as ${row?.role}: it must be ${APPLICATION_ROLE} without UPDATE on appended rows`,
    )
  }
}

/** Migrates through a connection of its own, and ends it. */
async function migrateAsOwner(address: Address): Promise<string[]> {
  const owner = connect(address, null, 1)
  try {
    return await migrateToLatest(owner)
  } finally {
    await owner.destroy()
  }
}

async function openNative(url: string, location: DatabaseLocation): Promise<OpenDatabase> {
  const migrated = location.migrate === false ? [] : await migrateAsOwner(location.ownerUrl ?? url)
  const db = connect(url, APPLICATION_ROLE, location.connections ?? 10)
  await assertLeastPrivilege(db)
  return { kind: 'native', db, migrated, ended: null, close: () => db.destroy() }
}

async function openEmbedded(location: DatabaseLocation): Promise<OpenDatabase> {
  const child: EmbeddedProcess = await startEmbedded(
    location.embeddedDirectory,
    location.embeddedTemplatePath === undefined ? {} : { templatePath: location.embeddedTemplatePath },
  )
  // One connection: the embedded database has one session, and clients would tread on each other's portals. Its role
  // outlives a connection and is not taken from a client's start, so it is set here.
  const db = connect({ path: child.socketPath }, null, 1)
  await sql`reset role`.execute(db)
  const migrated = location.migrate === false ? [] : await migrateToLatest(db)
  await sql`set role ${sql.id(APPLICATION_ROLE)}`.execute(db)
  await assertLeastPrivilege(db)
  return {
    kind: 'embedded',
    db,
    migrated,
    ended: child.ended,
    async close() {
      await db.destroy()
      await child.stop()
    },
  }
}

/** Reads as one who only looks: in a transaction that cannot write, under the role that may not. */
export function readAsReader<T>(db: Database, read: (tx: Tx) => Promise<T>): Promise<T> {
  return db
    .transaction()
    .setAccessMode('read only')
    .execute(async tx => {
      await sql`set local role ${sql.id(READER_ROLE)}`.execute(tx)
      return read(tx)
    })
}

/** Opens the database named by the location, migrates it unless told otherwise, and gives the application's view of it. */
export async function openDatabase(location: DatabaseLocation): Promise<OpenDatabase> {
  return location.url === null ? openEmbedded(location) : openNative(location.url, location)
}
