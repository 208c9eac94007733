/** Databases for tests: every test of SQL runs on the native PostgreSQL and on the embedded one. */
import { randomBytes } from 'node:crypto'
import postgres from 'postgres'
import { afterAll, describe, inject } from 'vitest'
import { type OpenDatabase, openDatabase } from '../../db/index.server.ts'

export type DatabaseKind = OpenDatabase['kind']

export interface TestDatabase extends OpenDatabase {
  /** Runs SQL as the owner, past every guard: for tampering twins. */
  asOwner(statement: string): Promise<readonly Record<string, unknown>[]>
  /** Address for a second process; null for the embedded one. */
  readonly url: string | null
}

async function openNativeTest(clusterUrl: string): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`
  const admin = postgres(`${clusterUrl}/postgres`, { max: 1, onnotice: () => {} })
  await admin.unsafe(`create database ${name} template mingzhang_template`)
  const url = `${clusterUrl}/${name}`
  const open = await openDatabase({ url, ownerUrl: null, embeddedDirectory: null, migrate: false })
  const owner = postgres(url, { max: 1, onnotice: () => {} })
  return {
    ...open,
    url,
    asOwner: async statement => [...(await owner.unsafe(statement))],
    async close() {
      await owner.end()
      await open.close()
      await admin.unsafe(`drop database ${name} with (force)`)
      await admin.end()
    },
  }
}

async function openEmbeddedTest(): Promise<TestDatabase> {
  const open = await openDatabase({
    url: null,
    ownerUrl: null,
    embeddedDirectory: null,
    embeddedTemplatePath: inject('embeddedTemplatePath'),
    migrate: false,
  })
  return {
    ...open,
    url: null,
    // One session: become the owner inside one transaction, and go back with its end.
    asOwner: statement =>
      open.db.transaction().execute(async tx => {
        const run = async (text: string) =>
          (
            await tx.executeQuery({
              sql: text,
              parameters: [],
              query: { kind: 'RawNode' } as never,
              queryId: { queryId: text },
            })
          ).rows
        await run('set local role postgres')
        return (await run(statement)) as Record<string, unknown>[]
      }),
  }
}

/** Opens a fresh migrated database of the kind. */
export async function openTestDatabase(kind: DatabaseKind): Promise<TestDatabase> {
  const clusterUrl = inject('nativeUrl')
  if (kind === 'embedded') return openEmbeddedTest()
  if (clusterUrl === null) throw new Error('no native PostgreSQL in this run')
  return openNativeTest(clusterUrl)
}

/** The kinds present in this run; CI has both. */
export function databaseKinds(): DatabaseKind[] {
  return inject('nativeUrl') === null ? ['embedded'] : ['native', 'embedded']
}

type Body = (open: () => Promise<TestDatabase>, kind: DatabaseKind) => void

/** A describe block per database kind; `open` gives fresh databases, closed after the block. */
export function describeOnEachDatabase(name: string, body: Body): void {
  describeOn(databaseKinds(), name, body)
}

/**
 * A describe block on the native PostgreSQL, or on the embedded one where there is no other: for what pages, forms and
 * attacks do with the answers of rooms. The walk through each room's life puts its statements to both.
 */
export function describeOnOneDatabase(name: string, body: Body): void {
  describeOn(databaseKinds().slice(0, 1), name, body)
}

function describeOn(kinds: readonly DatabaseKind[], name: string, body: Body): void {
  describe.each(kinds)(`${name} (%s)`, kind => {
    const opened: TestDatabase[] = []
    afterAll(async () => {
      for (const database of opened) await database.close()
    })
    body(async () => {
      const database = await openTestDatabase(kind)
      opened.push(database)
      return database
    }, kind)
  })
}
