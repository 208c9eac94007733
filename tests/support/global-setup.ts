/**
 * Once per run: a native PostgreSQL when its binaries are present (in CI they must be), a migrated template database in
 * it, and a migrated embedded data directory as a tar. Test files clone these; they share nothing else.
 */
import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Kysely } from 'kysely'
import postgres from 'postgres'
import type { TestProject } from 'vitest/node'
import { postgresJsDialect } from '../../db/dialect.server.ts'
import { startEmbedded } from '../../db/embedded.server.ts'
import { migrateToLatest } from '../../db/migrate.server.ts'
import type { Schema } from '../../db/schema/index.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Address of the test cluster without a database name, or null where PostgreSQL is not installed. */
    nativeUrl: string | null
    embeddedTemplatePath: string
  }
}

function postgresBinaries(): string | null {
  const candidates = ['/usr/lib/postgresql', '/opt/homebrew/opt', '/usr/local/opt']
    .filter(existsSync)
    .flatMap(base => readdirSync(base).map(version => join(base, version, 'bin')))
    .filter(bin => existsSync(join(bin, 'initdb')) && existsSync(join(bin, 'postgres')))
    .sort()
  return candidates.at(-1) ?? null
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        address !== null && typeof address === 'object'
          ? resolve(address.port)
          : reject(new Error('no port')),
      )
    })
  })
}

/** PostgreSQL refuses to run as root: there it runs as the account Debian makes for it. */
function serverAccount(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {}
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres']).toString().trim())
  return { uid: id('-u'), gid: id('-g') }
}

async function startNative(bin: string): Promise<{ url: string; stop: () => Promise<void> }> {
  const account = serverAccount()
  const directory = mkdtempSync(join(tmpdir(), 'mingzhang-pg-'))
  if (account.uid !== undefined) execFileSync('chown', [`${account.uid}:${account.gid}`, directory])
  const cluster = join(directory, 'cluster')
  execFileSync(
    join(bin, 'initdb'),
    ['-D', cluster, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '-N'],
    {
      ...account,
      cwd: directory,
      stdio: 'ignore',
    },
  )
  const port = await freePort()
  const settings = [
    'fsync=off',
    'synchronous_commit=off',
    'full_page_writes=off',
    'max_connections=120',
    'jit=off',
  ]
  const server = spawn(
    join(bin, 'postgres'),
    [
      '-D',
      cluster,
      '-p',
      String(port),
      '-h',
      '127.0.0.1',
      '-k',
      directory,
      ...settings.flatMap(s => ['-c', s]),
    ],
    { ...account, cwd: directory, stdio: 'ignore' },
  )
  const url = `postgres://postgres@127.0.0.1:${port}`
  const deadline = Date.now() + 30_000
  for (;;) {
    const sql = postgres(`${url}/postgres`, { max: 1, onnotice: () => {} })
    try {
      await sql`select 1`
      await sql.end()
      break
    } catch (error) {
      await sql.end({ timeout: 0 })
      if (Date.now() > deadline) throw error
      await new Promise(resolve => setTimeout(resolve, 50))
    }
  }
  return {
    url,
    stop: async () => {
      const exited = new Promise(resolve => server.once('exit', resolve))
      server.kill('SIGINT')
      await exited
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

async function createNativeTemplate(url: string): Promise<void> {
  const admin = postgres(`${url}/postgres`, { max: 1, onnotice: () => {} })
  await admin.unsafe('create database mingzhang_template')
  await admin.end()
  const owner = new Kysely<Schema>({
    dialect: postgresJsDialect(postgres(`${url}/mingzhang_template`, { max: 1, onnotice: () => {} })),
  })
  await migrateToLatest(owner)
  await owner.destroy()
}

async function createEmbeddedTemplate(directory: string): Promise<string> {
  const embedded = await startEmbedded(null)
  const sql = postgres({
    path: embedded.socketPath,
    user: 'postgres',
    database: 'postgres',
    max: 1,
    onnotice: () => {},
  } as never)
  const owner = new Kysely<Schema>({ dialect: postgresJsDialect(sql) })
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
  const native = bin === null ? null : await startNative(bin)
  if (native) await createNativeTemplate(native.url)
  project.provide('nativeUrl', native?.url ?? null)
  project.provide('embeddedTemplatePath', await createEmbeddedTemplate(directory))
  return async () => {
    await native?.stop()
    rmSync(directory, { recursive: true, force: true })
  }
}
