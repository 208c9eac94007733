/** Applies the frozen migrations in the order of their names. Must never change one that has landed. */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Kysely, type Migration, Migrator } from 'kysely'
import { projectRoot } from './project-root.server.ts'
import type { Schema } from './schema/index.ts'

/** Kysely's own provider cannot run under the test runner: this one imports by file address. */
async function readMigrations(): Promise<Record<string, Migration>> {
  const directory = join(projectRoot(), 'migrations')
  const migrations: Record<string, Migration> = {}
  for (const file of (await readdir(directory)).filter(name => name.endsWith('.ts')).sort()) {
    migrations[file.slice(0, -3)] = (await import(
      /* @vite-ignore */ pathToFileURL(join(directory, file)).href
    )) as Migration
  }
  return migrations
}

/** Brings the schema to the newest migration; gives the names it applied. Throws with the failing one named. */
export async function migrateToLatest(db: Kysely<Schema>): Promise<string[]> {
  const migrator = new Migrator({ db, provider: { getMigrations: readMigrations } })
  const { error, results } = await migrator.migrateToLatest()
  if (error) {
    const failed = results?.find(result => result.status === 'Error')?.migrationName ?? 'unknown'
    throw new Error(`migration ${failed} failed: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    })
  }
  return (results ?? []).filter(result => result.status === 'Success').map(result => result.migrationName)
}
