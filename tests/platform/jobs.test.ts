import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { projectRoot } from '#db'
import { insertAuditEvent } from '#db/platform'
import { err, ok } from '#kernel'
import { enqueueJob, type Job, type JobRun, type Portal, readJob, retryFailedJob } from '#platform'
import { type JobHandlers, runNextJob, startJobRunner } from '#platform/process'
import { enterTestCommunity } from '../support/communities.ts'
import { describeOnEachDatabase, type TestDatabase } from '../support/database.ts'
import { openTestPortal } from '../support/portal.ts'

const REPORT = { key: '2026-06', payload: { period: '2026-06' }, requestedBy: 'u' }

/** A job whose effect is one audit event, written with its end. */
async function writeOnce(run: JobRun): Promise<ReturnType<typeof ok<string>>> {
  await run.portal.db.transaction().execute(async tx => {
    await insertAuditEvent(tx, {
      community_id: run.job.communityId,
      audit_event_id: run.portal.random.id(),
      at: run.portal.clock.now(),
      actor_user_id: 'u',
      act: 'test',
      subject: run.job.key,
      detail: '{}',
    })
    await run.finish(tx, 'written')
  })
  return ok('not this: finish has spoken')
}

const effects = (portal: Portal, communityId: number) =>
  portal.db.selectFrom('audit_event').select('subject').where('community_id', '=', communityId).execute()

describeOnEachDatabase('jobs', (open, databaseKind) => {
  let opened: Promise<TestDatabase> | null = null
  let started = 0

  /** A community and a kind of job of the test's own, in a database that the tests of this block share. */
  async function start() {
    opened ??= open()
    started += 1
    const database = await opened
    const portal = openTestPortal(database, { seed: String(started) })
    const communityId = await enterTestCommunity(portal.db, `demo-${started}`)
    const kind = `report-${started}`
    const ask = (more: { key?: string; kind?: string } = {}): Promise<Job> =>
      portal.db.transaction().execute(tx => enqueueJob(portal, tx, { communityId, kind, ...REPORT, ...more }))
    const look = async (job: Job) => (await readJob(portal.db, communityId, job.jobId))!
    return { database, portal, communityId, kind, ask, look }
  }

  it('are asked for once per key and done once, showing progress', async () => {
    const { ask, communityId, kind, look, portal } = await start()
    const job = await ask()
    expect((await ask()).jobId).toBe(job.jobId)
    expect(await look(job)).toMatchObject({ state: 'waiting', payload: { period: '2026-06' } })
    const seen: number[] = []
    const handlers: JobHandlers = {
      [kind]: async run => {
        await run.progress(3, 4)
        seen.push((await look(job)).progressDone)
        return writeOnce(run)
      },
    }
    expect(await runNextJob(portal, handlers)).toBe(true)
    expect(await runNextJob(portal, handlers)).toBe(false)
    expect(seen).toEqual([3])
    expect(await look(job)).toMatchObject({
      state: 'done',
      outcome: 'written',
      progressTotal: 4,
      attempts: 1,
    })
    expect(await effects(portal, communityId)).toHaveLength(1)
    expect((await ask()).state).toBe('done')
  })

  it('do not exist when the transaction that asked is rolled back', async () => {
    const { communityId, kind, portal } = await start()
    const asked = portal.db.transaction().execute(async tx => {
      await enqueueJob(portal, tx, { communityId, kind, ...REPORT })
      throw new Error('no')
    })
    await expect(asked).rejects.toThrow('no')
    expect(await runNextJob(portal, { [kind]: writeOnce })).toBe(false)
  })

  it('are shown to their own community only', async () => {
    const { ask, communityId, portal } = await start()
    const job = await ask()
    expect(await readJob(portal.db, communityId + 1, job.jobId)).toBeNull()
  })

  it('are left to a process that knows their kind', async () => {
    const { ask, kind, look, portal } = await start()
    const job = await ask({ kind: `${kind}-other` })
    expect(await runNextJob(portal, { [kind]: writeOnce })).toBe(false)
    expect(await runNextJob(portal, {})).toBe(false)
    expect((await look(job)).state).toBe('waiting')
  })

  it('are tried again with growing pauses, given up at last, and tried anew when asked', async () => {
    const { ask, communityId, kind, look, portal } = await start()
    const job = await ask()
    const failing: JobHandlers = {
      [kind]: async () => {
        throw new Error('the disk is full')
      },
    }
    expect(await runNextJob(portal, failing)).toBe(true)
    expect((await look(job)).state).toBe('waiting')
    for (const pause of [5, 20, 80, 320]) {
      portal.clock.advance(pause * 1000 - 1)
      expect(await runNextJob(portal, failing)).toBe(false)
      portal.clock.advance(1)
      expect(await runNextJob(portal, failing)).toBe(true)
    }
    expect(await look(job)).toMatchObject({ state: 'failed', outcome: 'gave-up', attempts: 5 })
    portal.clock.advance(86_400_000)
    expect(await runNextJob(portal, failing)).toBe(false)
    expect(await retryFailedJob(portal, portal.db, communityId, job.jobId)).toBe(true)
    expect(await retryFailedJob(portal, portal.db, communityId, job.jobId)).toBe(false)
    expect(await runNextJob(portal, { [kind]: writeOnce })).toBe(true)
    expect(await look(job)).toMatchObject({ state: 'done', attempts: 1 })
    expect(await effects(portal, communityId)).toHaveLength(1)
  })

  it('end at once with a code that trying again cannot help', async () => {
    const { ask, kind, look, portal } = await start()
    const job = await ask()
    await runNextJob(portal, { [kind]: async () => err('period-not-closed') })
    expect(await look(job)).toMatchObject({ state: 'failed', outcome: 'period-not-closed' })
  })

  it('that were abandoned are taken up after their lease, and the late one can change nothing', async () => {
    const { ask, communityId, database, kind, look, portal } = await start()
    const job = await ask()
    let late: JobRun | null = null
    let release: (value: ReturnType<typeof ok<string>>) => void = () => {}
    const abandoned = runNextJob(portal, {
      [kind]: run => {
        late = run
        return new Promise(resolve => {
          release = resolve
        })
      },
    })
    await expect.poll(() => late !== null).toBe(true)
    const second = openTestPortal(database, { seed: 'second', now: portal.clock.now() })
    second.clock.advance(29_000)
    expect(await runNextJob(second, { [kind]: writeOnce })).toBe(false)
    second.clock.advance(2_000)
    expect(await runNextJob(second, { [kind]: writeOnce })).toBe(true)
    await expect(writeOnce(late!)).rejects.toThrow(/taken over/)
    await expect(late!.progress(1, 1)).rejects.toThrow(/taken over/)
    release(ok('late'))
    await abandoned
    expect(await look(job)).toMatchObject({ state: 'done', outcome: 'written', attempts: 2 })
    expect(await effects(portal, communityId)).toHaveLength(1)
  })

  it('are given up when they take their process down every time', async () => {
    const { ask, kind, look, portal } = await start()
    const job = await ask()
    const dying: JobHandlers = { [kind]: () => new Promise(() => {}) }
    for (let crash = 0; crash < 5; crash++) {
      void runNextJob(portal, dying)
      await expect.poll(async () => (await look(job)).attempts).toBe(crash + 1)
      portal.clock.advance(31_000)
    }
    expect(await runNextJob(portal, dying)).toBe(true)
    expect(await look(job)).toMatchObject({ state: 'failed', outcome: 'gave-up' })
  })

  it('run in a loop that wakes when asked and stops gracefully, giving the running job back', async () => {
    const { ask, kind, look, portal } = await start()
    const runner = startJobRunner(portal, {
      [kind]: writeOnce,
      [`${kind}-long`]: run =>
        new Promise((_, reject) =>
          run.signal.addEventListener('abort', () => reject(run.signal.reason as Error)),
        ),
    })
    const report = await ask()
    await expect.poll(async () => (await look(report)).state).toBe('done')
    const long = await ask({ kind: `${kind}-long` })
    await expect.poll(async () => (await look(long)).state).toBe('running')
    await runner.stop()
    expect(await look(long)).toMatchObject({ state: 'waiting', attempts: 1 })
    const untaken = await ask({ key: '2026-07' })
    expect(await runNextJob(portal, { [`${kind}-long`]: async () => ok('resumed') })).toBe(true)
    expect(await look(long)).toMatchObject({ state: 'done', outcome: 'resumed', attempts: 2 })
    expect((await look(untaken)).state).toBe('waiting')
  })

  // The embedded database ends with its one process, and has one session.
  if (databaseKind === 'native') {
    it('survive the kill of their process in the middle of their end', async () => {
      const { ask, communityId, database, kind, look, portal } = await start()
      const job = await ask()
      const child = spawn(
        process.execPath,
        [
          '--import',
          'tsx',
          join(projectRoot(), 'tests/support/killed-job.ts'),
          database.url!,
          portal.clock.now().toISOString(),
          kind,
        ],
        {
          cwd: projectRoot(),
          env: { ...process.env, NODE_OPTIONS: '', VITEST: '' },
          stdio: ['ignore', 'pipe', 'inherit'],
        },
      )
      await once(child.stdout, 'data')
      expect(await look(job)).toMatchObject({ state: 'running', progressDone: 1 })
      const exited = once(child, 'exit')
      child.kill('SIGKILL')
      await exited
      expect(await runNextJob(portal, { [kind]: writeOnce })).toBe(false)
      portal.clock.advance(31_000)
      expect(await runNextJob(portal, { [kind]: writeOnce })).toBe(true)
      expect(await runNextJob(portal, { [kind]: writeOnce })).toBe(false)
      expect(await look(job)).toMatchObject({ state: 'done', outcome: 'written', attempts: 2 })
      expect(await effects(portal, communityId)).toHaveLength(1)
    })

    it('are taken by one of many runners each', async () => {
      const { ask, communityId, kind, portal } = await start()
      const keys = Array.from({ length: 40 }, (_, i) => `k${i}`)
      for (const key of keys) await ask({ key })
      const drain = async () => {
        while (await runNextJob(portal, { [kind]: writeOnce }));
      }
      await Promise.all([drain(), drain(), drain(), drain()])
      expect((await effects(portal, communityId)).map(row => row.subject).sort()).toEqual(keys.sort())
    })
  }
})
