/**
 * Once per run: a native PostgreSQL when its binaries are present (in CI they must be), a migrated template database in
 * it, and a migrated embedded data directory as a tar. Test files clone these; they share nothing else.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Kysely } from 'kysely'
import postgres from 'postgres'
import type { TestProject } from 'vitest/node'
import { postgresJsDialect } from '../../db/dialect.server.ts'
import { startEmbedded } from '../../db/embedded.server.ts'
import { migrateToLatest } from '../../db/migrate.server.ts'
import type { Schema } from '../../db/schema/index.ts'
import { postgresBinaries, startNativeServer } from './native-server.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Address of the test cluster without a database name, or null where PostgreSQL is not installed. */
    nativeUrl: string | null
    embeddedTemplatePath: string
  }
}

async function createNativeTemplate(url: string): Promise<void> {
  const admin = postgres(`${url}/postgres`, { max: 1, onnotice: () => {} })
  await admin.unsafe('create database mingzhang_template')
  await admin.end()
  const owner = new Kysely<Schema>({
    dialect: postgresJsDialect(
      onclose => postgres(`${url}/mingzhang_template`, { max: 1, onnotice: () => {}, onclose }),
      1,
    ),
  })
  await migrateToLatest(owner)
  await owner.destroy()
}

async function createEmbeddedTemplate(directory: string): Promise<string> {
  const embedded = await startEmbedded(null)
  const open = (onclose: () => void) =>
    postgres({
      path: embedded.socketPath,
      user: 'postgres',
      database: 'postgres',
      max: 1,
      onnotice: () => {},
      onclose,
    } as never)
  const owner = new Kysely<Schema>({ dialect: postgresJsDialect(open, 1) })
  await migrateToLatest(owner)
  const bytes = await embedded.dump()
  await owner.destroy()
  await embedded.stop()
  const path = join(directory, 'embedded.tar')
  writeFileSync(path, bytes)
  return path
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = mkdtempSync(join(tmpdir(), 'mingzhang-tests-'))
  const bin = postgresBinaries()
  if (bin === null && process.env.CI)
    throw new Error('CI must test on a native PostgreSQL, and none is installed')
  const native = bin === null ? null : await startNativeServer(bin)
  if (native) await createNativeTemplate(native.url)
  project.provide('nativeUrl', native?.url ?? null)
  project.provide('embeddedTemplatePath', await createEmbeddedTemplate(directory))
  return async () => {
    await native?.stop()
    rmSync(directory, { recursive: true, force: true })
  }
}
