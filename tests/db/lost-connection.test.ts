/** What callers see when the server goes away under them: an error at once, and a working connection at the next try. */
import { sql } from 'kysely'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Database, type OpenDatabase, openDatabase } from '#db'
import { type NativeServer, postgresBinaries, startNativeServer } from '../support/native-server.ts'

const CALLERS = 16
const TURNS = 60
const KEPT_FAILURES = 10_000

const eventOf = (id: string) => ({
  community_id: 1,
  audit_event_id: id,
  at: new Date(0),
  actor_user_id: 'u',
  act: 'test',
  subject: 's',
  detail: '{}',
})

async function enterCommunity(db: Database): Promise<void> {
  await db
    .insertInto('community')
    .values({
      community_id: 1,
      slug: 'demo',
      name: '示例小区',
      name_en: 'Sample Court',
      district: '成都市武侯区',
      charging_model: 'trust',
      log_origin: 'portal.example/c/demo',
      created_at: new Date(0),
    })
    .onConflict(conflict => conflict.doNothing())
    .execute()
}

/** Lets callers write rows, each in a transaction of its own, again and again until it is acknowledged. */
async function workThrough(db: Database, name: string, onAcknowledged: (count: number) => void) {
  const acknowledged: string[] = []
  const failures: unknown[] = []
  const work = async (caller: number) => {
    for (let turn = 0; turn < TURNS; turn++) {
      for (let attempt = 0; ; attempt++) {
        const id = `${name}-${caller}-${turn}-${attempt}`
        try {
          await db.transaction().execute(async tx => {
            await tx.insertInto('audit_event').values(eventOf(id)).execute()
            await tx.selectFrom('audit_event').select('act').where('audit_event_id', '=', id).execute()
          })
          acknowledged.push(id)
          break
        } catch (failure) {
          // The first of them tell what callers see; a server that is slow to come back must not fill the memory.
          if (failures.length < KEPT_FAILURES) failures.push(failure)
          await new Promise(resolve => setImmediate(resolve))
        }
      }
      onAcknowledged(acknowledged.length)
    }
  }
  await Promise.all(Array.from({ length: CALLERS }, (_, caller) => work(caller)))
  return { acknowledged, failures }
}

const bin = postgresBinaries()

describe.runIf(bin !== null)('a native server that goes away', () => {
  let server: NativeServer
  let open: OpenDatabase
  let owner: postgres.Sql
  const url = () => `${server.url}/postgres`

  beforeAll(async () => {
    server = await startNativeServer(bin!)
    open = await openDatabase({ url: url(), ownerUrl: null, embeddedDirectory: null })
    await enterCommunity(open.db)
    owner = postgres(url(), { max: 1, onnotice: () => {}, connection: { application_name: 'owner' } })
  })
  afterAll(async () => {
    await open.close()
    await owner.end({ timeout: 0 })
    await server.stop()
  })

  async function expectStored(name: string, acknowledged: readonly string[]): Promise<void> {
    const rows = await owner`select audit_event_id from audit_event where audit_event_id like ${`${name}-%`}`
    const stored = new Set(rows.map(row => row.audit_event_id))
    expect(acknowledged.filter(id => !stored.has(id))).toEqual([])
    expect(acknowledged.length).toBe(CALLERS * TURNS)
  }

  it('fails what was under way when backends are ended, and then goes on', async () => {
    const kills: Promise<unknown>[] = []
    const { acknowledged, failures } = await workThrough(open.db, 'terminate', count => {
      if (count % 40 === 0)
        kills.push(
          owner`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'mingzhang'`.execute(),
        )
    })
    await Promise.all(kills)
    expect(kills.length).toBeGreaterThan(10)
    expect(failures.length).toBeGreaterThan(0)
    await expectStored('terminate', acknowledged)
  })

  it('fails what was under way when the server crashes, and goes on when it is back', {
    timeout: 240_000,
  }, async () => {
    const crashes: Promise<void>[] = []
    const { acknowledged, failures } = await workThrough(open.db, 'crash', count => {
      if (count === 200 || count === 500 || count === 800) crashes.push(server.crashAndRestart())
    })
    await Promise.all(crashes)
    expect(crashes.length).toBe(3)
    expect(failures.length).toBeGreaterThan(0)
    await expectStored('crash', acknowledged)
  })

  it('opens idle connections anew that ended meanwhile', async () => {
    await server.crashAndRestart()
    const readers = Array.from({ length: CALLERS }, () => sql`select 1 as one`.execute(open.db))
    const answers = await Promise.allSettled(readers)
    expect(answers.map(answer => answer.status)).toEqual(Array(CALLERS).fill('fulfilled'))
    const roles = await sql<{ role: string }>`select current_user as role`.execute(open.db)
    expect(roles.rows).toEqual([{ role: 'mingzhang_app' }])
  })
})

describe('an embedded server', () => {
  it('answers callers who stand in line for its one connection', async () => {
    const open = await openDatabase({ url: null, ownerUrl: null, embeddedDirectory: null })
    try {
      await enterCommunity(open.db)
      const { acknowledged, failures } = await workThrough(open.db, 'embedded', () => {})
      expect(failures).toEqual([])
      expect(acknowledged.length).toBe(CALLERS * TURNS)
    } finally {
      await open.close()
    }
  })
})
