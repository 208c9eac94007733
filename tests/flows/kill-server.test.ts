/**
 * Life of a posting under `kill -9`: twenty times, ten on each database, the running server is killed in the middle of two hundred postings that
 * officers send through its forms. What it acknowledged is there, nothing is half there, and the log still holds to every
 * checkpoint it ever handed out.
 */
import { execFileSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseCheckpoint, verifyNote } from '#tlog'
import { buildPortal } from '../../app/cli/build-portal.ts'
import { databaseKinds } from '../support/database.ts'
import { startProcess } from '../support/start-process.ts'
import {
  type Found,
  type KilledPortal,
  preparePortal,
  type Reviewed,
  readReviewForm,
  readServedCheckpoint,
  review,
  signIn,
  type WaitingDraft,
} from './killed-portal.ts'

/** The embedded database is slower to start and has one session to lose. */
const ROUNDS = { native: 10, embedded: 5 } as const
/** Reviews that are waiting to be sent when a round begins. */
const POSTINGS = 200
const CALLERS = 4
/** Of 1, 5, 9 to 37, in no order: early, and when much is under way. */
const killAt = (round: number) => 1 + 4 * ((round * 7) % 10)

type Posted = Extract<Reviewed, { kind: 'posted' }>

/** Acknowledged postings that are not there, or not under the number that was said. */
function lost(acknowledged: readonly Posted[], found: Found): Posted[] {
  return acknowledged.filter(({ draftId, voucher }) => found.voucherOf.get(draftId) !== voucher)
}

/** Checkpoints that were served and that the log does not hold to. */
function broken(notes: readonly string[], { roots, key }: Found): string[] {
  return notes.filter(note => {
    const verified = verifyNote(note, [key])
    const head = verified.ok ? parseCheckpoint(verified.value.text) : verified
    return !head.ok || Buffer.from(head.value.root).toString('hex') !== roots[head.value.size]
  })
}

function sizeOf(note: string): number {
  return Number(note.split('\n')[1])
}

/** Asks until the served checkpoint covers so many leaves: a server that starts signs what the one before left unsigned. */
async function checkpointOver(port: number, size: number): Promise<string> {
  for (;;) {
    const note = await readServedCheckpoint(port)
    if (note !== null && sizeOf(note) >= size) return note
  }
}

interface Heard {
  readonly reviewed: readonly Reviewed[]
  readonly notes: readonly string[]
}

/**
 * One life of the server: reviews are sent by several callers at once until the n-th is acknowledged, and in that moment the
 * process is killed, every other time together with its embedded database.
 */
async function liveAndDie(
  { env, port }: KilledPortal,
  cookie: string | null,
  waiting: readonly WaitingDraft[],
  /** Leaves that the life before left in the log. */
  size: number,
  killAfter: number,
  withDatabase: boolean,
): Promise<Heard & { readonly cookie: string }> {
  const { child, gone, said } = await startProcess(env)
  const session = cookie ?? (await signIn(port))
  // The last one is never sent; the first may be posted already, unsaid.
  const form = await readReviewForm(port, session, waiting.at(-1)!.draftId)
  const reviewed: Reviewed[] = []
  const notes = size === 0 ? [] : [await checkpointOver(port, size)]
  const queue = [...waiting]
  let acknowledged = 0
  let isAlive = true
  const call = async () => {
    while (isAlive) {
      const answer = await review(port, session, form, queue.shift()!)
      reviewed.push(answer)
      if (answer.kind !== 'posted') continue
      acknowledged += 1
      if (acknowledged === killAfter) {
        isAlive = false
        process.kill(withDatabase ? -child.pid! : child.pid!, 'SIGKILL')
      } else if (isAlive && acknowledged % 2 === 1) {
        const note = await readServedCheckpoint(port).catch(() => null)
        if (note !== null) notes.push(note)
      }
    }
  }
  const callers = Array.from({ length: CALLERS }, call)
  await Promise.all(callers)
  await gone
  expect(said()).not.toMatch(/"level":(?:50|60)|"(?:error|fatal)"/)
  return { reviewed, notes, cookie: session }
}

/** The last life: it publishes all that is there, answers for it, and ends as it is told. */
async function liveToTheEnd({ env, port }: KilledPortal, size: number): Promise<string> {
  const { child, gone } = await startProcess(env)
  const note = await checkpointOver(port, size)
  child.kill('SIGTERM')
  await gone
  expect(child.exitCode).toBe(0)
  return note
}

/** A life whose embedded database is killed under it: nothing works without it, so the server says so and ends. */
async function loseDatabase({ env }: KilledPortal): Promise<{ readonly code: number | null; said: string }> {
  const { child, gone, said } = await startProcess(env)
  const found = execFileSync('pgrep', ['-P', String(child.pid), '-f', 'embedded.worker'], {
    encoding: 'utf8',
  })
  process.kill(Number(found), 'SIGKILL')
  await gone
  return { code: child.exitCode, said: said() }
}

beforeAll(async () => {
  expect(await buildPortal(() => {})).toBe(true)
})

describe.each(databaseKinds())('the server that is killed (%s)', kind => {
  const rounds = ROUNDS[kind]
  const allKilled = Array.from({ length: rounds }, (_, round) => killAt(round)).reduce((a, b) => a + b)
  let portal: KilledPortal
  const acknowledged: Posted[] = []
  const notes: string[] = []
  beforeAll(async () => {
    portal = await preparePortal(kind, POSTINGS + allKilled + rounds * CALLERS)
  })
  afterAll(() => portal?.remove())

  it(`loses nothing it acknowledged, in ${rounds} rounds`, { timeout: 600_000 }, async () => {
    let waiting = portal.drafts
    let cookie: string | null = null
    let found = await portal.look()
    for (let round = 0; round < rounds; round++) {
      expect(waiting.length).toBeGreaterThanOrEqual(POSTINGS)
      const heard: Heard & { cookie: string } = await liveAndDie(
        portal,
        cookie,
        waiting,
        found.roots.length - 1,
        killAt(round),
        round % 2 === 0,
      )
      cookie = heard.cookie
      acknowledged.push(...heard.reviewed.filter(each => each.kind === 'posted'))
      notes.push(...heard.notes)
      found = await portal.look()
      expect(found.findings, `round ${round}`).toEqual([])
      expect(lost(acknowledged, found), `round ${round}`).toEqual([])
      expect(broken(notes, found), `round ${round}`).toEqual([])
      expect(found.numbers).toEqual(found.numbers.map((_, index) => index + 1))
      // What was under way may have been committed unsaid, once for each caller and round.
      expect(found.numbers.length).toBeLessThanOrEqual(acknowledged.length + (round + 1) * CALLERS)
      const done = new Set(acknowledged.map(({ draftId }) => draftId))
      waiting = waiting.filter(({ draftId }) => !done.has(draftId))
    }
    expect(acknowledged.length).toBeGreaterThanOrEqual(allKilled)
    expect(new Set(acknowledged.map(({ voucher }) => voucher)).size).toBe(acknowledged.length)
    if (kind === 'embedded') {
      const { code, said } = await loseDatabase(portal)
      expect(code).toBe(70)
      expect(said).toContain('the embedded database is gone')
    }
    notes.push(await liveToTheEnd(portal, found.roots.length - 1))
    expect(broken(notes, await portal.look())).toEqual([])
    expect(new Set(notes.map(sizeOf)).size).toBeGreaterThanOrEqual(rounds)
  })

  it('would say so, had something been lost, halved or rewritten', async () => {
    const sound = await portal.look()
    const last = acknowledged.at(-1)!
    expect(lost([{ ...last, voucher: last.voucher + 1 }], sound)).toHaveLength(1)
    const forked = { ...sound, roots: sound.roots.map(root => root.replace(/^../, '00')) }
    expect(broken(notes, forked)).toHaveLength(notes.length)
    const half = `delete from posting where number = ${last.voucher} and side = 'credit'`
    const asOwner = ['set local role postgres', 'set local session_replication_role = replica']
    const halved = await portal.look([...asOwner, half])
    expect(JSON.stringify(halved.findings)).toContain('voucher-balances')
    const whole = `delete from voucher where number = ${last.voucher}`
    const without = await portal.look([...asOwner, whole])
    expect(lost(acknowledged, without)).toEqual([last])
    expect(JSON.stringify(without.findings)).toContain('voucher-in-log')
  })
})
