/**
 * Life of a posting under `kill -9`: twenty times a process is killed in the middle of two hundred postings. What it
 * acknowledged is there, nothing is half there, and the log still holds to every checkpoint it ever handed out.
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, inject, it } from 'vitest'
import { readEntries } from '#db/tlog'
import { toHex } from '#kernel'
import { readCommunity } from '#ledger/server'
import { openLogger, openPortal, portalOver, readSettings } from '#platform'
import { createGrowingTree, hashLeaf, parseCheckpoint, verifyNote } from '#tlog'
import { createLogKey, openLogSigner } from '#tlog/server'
import { openDatabase } from '../../db/index.server.ts'
import { openSampleCommunity } from '../support/community.ts'
import { type DatabaseKind, databaseKinds, openTestDatabase } from '../support/database.ts'
import { openTestPortal } from '../support/portal.ts'
import type { WorkOrder, WorkReport } from './kill-worker.ts'

const ROUNDS = 20
const VOUCHERS = 200
const CALLERS = 4
const WORKER = fileURLToPath(new URL('./kill-worker.ts', import.meta.url))
const ROOT = fileURLToPath(new URL('../../', import.meta.url))

interface Run {
  readonly posted: readonly number[]
  readonly notes: readonly string[]
  readonly found: Extract<WorkReport, { kind: 'found' }>
}

/**
 * Lets a process work and kills it at its n-th acknowledgement; null lets it end. Resolves when every process of it is gone
 * (they hold its standard output). `withDatabase` takes the embedded database's process down in the same moment.
 */
async function runAndKill(order: WorkOrder, killAt: number | null, withDatabase: boolean): Promise<Run> {
  const child = spawn(process.execPath, ['--import', 'tsx', WORKER, JSON.stringify(order)], {
    cwd: ROOT,
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: '', VITEST: '' },
  })
  const closed = new Promise<number | null>(resolve => child.once('close', resolve))
  const posted: number[] = []
  const notes: string[] = []
  let found: Run['found'] | null = null
  let isDone = false
  for await (const line of createInterface({ input: child.stdout })) {
    const report = JSON.parse(line) as WorkReport
    if (report.kind === 'found') found = report
    else if (report.kind === 'published') notes.push(report.note)
    else if (report.kind === 'done') isDone = true
    else if (posted.push(report.number) === killAt) {
      process.kill(withDatabase ? -child.pid! : child.pid!, 'SIGKILL')
    }
  }
  await closed
  if (found === null) throw new Error('the process did not start')
  expect(isDone).toBe(killAt === null)
  return { posted, notes, found }
}

/** A community with its log, in a database that other processes open by the settings. */
async function prepare(kind: DatabaseKind, directory: string): Promise<Omit<WorkOrder, 'vouchers'>> {
  const env: Record<string, string> = { PORTAL_DATA: directory, LOG_LEVEL: 'silent' }
  const settings = readSettings(env)
  if (!settings.ok) throw new Error('settings')
  const database =
    kind === 'native'
      ? await openTestDatabase('native')
      : await openDatabase({
          url: null,
          ownerUrl: null,
          embeddedDirectory: join(directory, 'database'),
          embeddedTemplatePath: inject('embeddedTemplatePath'),
          migrate: false,
        })
  const portal = portalOver(database, settings.value, { logger: openLogger('silent') })
  const { bookkeeper, reviewer, community } = await openSampleCommunity({
    ...openTestPortal({ ...database, url: null, asOwner: async () => [] }),
    keys: portal.keys,
  })
  await createLogKey(portal)
  if ('url' in database && typeof database.url === 'string') {
    env.DATABASE_URL = database.url
    databasesToClose.push(() => database.close())
  } else await database.close()
  return { env, slug: community.slug, bookkeeper, reviewer, callers: CALLERS }
}

const databasesToClose: (() => Promise<void>)[] = []

/** Roots of the log at each size, derived from the entries alone. */
async function rootsOf(order: Omit<WorkOrder, 'vouchers'>) {
  const settings = readSettings(order.env)
  if (!settings.ok) throw new Error('settings')
  const portal = await openPortal(settings.value, { migrate: false })
  const community = await readCommunity(portal.db, order.slug)
  const tree = createGrowingTree()
  const roots = [toHex(tree.root())]
  for (const { entry } of await readEntries(portal.db, community!.communityId, 0, 1000)) {
    tree.append(hashLeaf(entry))
    roots.push(toHex(tree.root()))
  }
  const { key } = await openLogSigner(portal, community!.logOrigin)
  await portal.close()
  return { roots, key }
}

describe.each(databaseKinds())('a server that is killed (%s)', kind => {
  const directory = mkdtempSync(join(tmpdir(), 'mingzhang-kill-'))
  afterAll(async () => {
    for (const close of databasesToClose.splice(0)) await close()
    rmSync(directory, { recursive: true, force: true })
  })

  it('loses nothing it acknowledged, in twenty rounds', { timeout: 300_000 }, async () => {
    const order = await prepare(kind, directory)
    const acknowledged: number[] = []
    const notes: string[] = []
    for (let round = 0; round <= ROUNDS; round++) {
      const isLast = round === ROUNDS
      // Each number from 1 to 20 once, in no order: 210 acknowledgements in all.
      const killAt = isLast ? null : 1 + ((round * 7) % ROUNDS)
      const vouchers = isLast ? 0 : VOUCHERS
      const {
        posted,
        notes: served,
        found,
      } = await runAndKill({ ...order, vouchers }, killAt, round % 2 === 0)
      const stored = new Set(found.numbers)
      expect(found.findings, `round ${round}`).toEqual([])
      expect(
        acknowledged.filter(number => !stored.has(number)),
        `round ${round}`,
      ).toEqual([])
      expect(found.numbers).toEqual(found.numbers.map((_, index) => index + 1))
      // What was under way may have been committed unsaid, once for each caller and round.
      expect(found.numbers.length).toBeLessThanOrEqual(acknowledged.length + round * CALLERS)
      acknowledged.push(...posted)
      notes.push(...served)
    }
    expect(acknowledged.length).toBeGreaterThanOrEqual(VOUCHERS)
    expect(new Set(acknowledged).size).toBe(acknowledged.length)
    const { roots, key } = await rootsOf(order)
    const sizes = notes.map(note => {
      const verified = verifyNote(note, [key])
      const head = verified.ok ? parseCheckpoint(verified.value.text) : verified
      if (!head.ok) throw new Error(head.error)
      expect(toHex(head.value.root)).toBe(roots[head.value.size])
      return head.value.size
    })
    expect(new Set(sizes).size).toBeGreaterThan(ROUNDS)
  })
})
