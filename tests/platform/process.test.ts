import { type ChildProcess, spawn } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import { join } from 'node:path'
import { afterAll, describe, expect, it, onTestFinished } from 'vitest'
import { projectRoot } from '#platform'
import { openLogger, startLoop } from '#platform/process'
import { endOnUncaughtDefect } from '../../app/platform/serve.server.ts'
import { databaseKinds, openTestDatabase, type TestDatabase } from '../support/database.ts'
import { ask } from '../support/http.ts'

const logger = openLogger('silent')

describe('a loop', () => {
  it('repeats, survives failures and stops after the running act', async () => {
    let acts = 0
    const failures: number[] = []
    const loop = startLoop({ name: 'test', everyMs: 1, logger }, async () => {
      acts += 1
      if (acts < 4) {
        failures.push(acts)
        throw new Error('not yet')
      }
    })
    expect(loop.sinceSuccessMs()).toBeNull()
    await expect.poll(() => loop.sinceSuccessMs()).not.toBeNull()
    await loop.stop()
    const ended = acts
    expect(failures).toEqual([1, 2, 3])
    await new Promise(resolve => setImmediate(resolve))
    expect(acts).toBe(ended)
  })

  it('never runs twice at once, and is not cut off by stopping', async () => {
    let running = 0
    let finish = () => {}
    const held = new Promise<void>(resolve => {
      finish = resolve
    })
    const loop = startLoop({ name: 'test', everyMs: 1, logger }, async () => {
      running += 1
      await held
      running += 10
    })
    const stopping = loop.stop()
    expect(running).toBe(1)
    finish()
    await stopping
    expect(running).toBe(11)
  })
})

describe('a defect that nobody caught', () => {
  it('ends the process with 70', () => {
    const codes: number[] = []
    const before = process.listeners('uncaughtException')
    const beforeRejection = process.listeners('unhandledRejection')
    endOnUncaughtDefect(logger, code => codes.push(code))
    const ours = process.listeners('uncaughtException').filter(each => !before.includes(each))
    const oursRejection = process
      .listeners('unhandledRejection')
      .filter(each => !beforeRejection.includes(each))
    onTestFinished(() => {
      for (const each of ours) process.off('uncaughtException', each)
      for (const each of oursRejection) process.off('unhandledRejection', each)
    })
    const emitter = new EventEmitter()
    emitter.on('thrown', ours[0]!)
    emitter.emit('thrown', new TypeError('from a socket'))
    oursRejection[0]!(new Error('forgotten'), Promise.resolve())
    expect(codes).toEqual([70, 70])
  })
})

if (databaseKinds().includes('native')) {
  describe('a serving process on a native database', () => {
    const open: { child: ChildProcess; database: TestDatabase }[] = []
    afterAll(async () => {
      for (const { child, database } of open) {
        child.kill('SIGKILL')
        await database.close()
      }
    })

    async function start() {
      const database = await openTestDatabase('native')
      const child = spawn(
        process.execPath,
        ['--import', 'tsx', join(projectRoot(), 'tests/support/served-portal.ts'), database.url!],
        {
          cwd: projectRoot(),
          env: { ...process.env, NODE_OPTIONS: '', VITEST: '' },
          stdio: ['ignore', 'pipe', 'inherit'],
        },
      )
      open.push({ child, database })
      const [line] = (await once(child.stdout!, 'data')) as [Buffer]
      const port = Number.parseInt(line.toString(), 10)
      const exited = once(child, 'exit')
      return { database, child, port, exited }
    }

    it('answers again after its connections were killed, or ends: it never hangs', async () => {
      const { database, port, exited } = await start()
      const ended = exited.then(([code]) => `ended ${code}`)
      for (let round = 0; round < 5; round++) {
        const busy = Array.from({ length: 40 }, (_, i) =>
          ask(port, i % 2 === 0 ? '/' : '/act').catch(() => null),
        )
        await database.asOwner(
          `select pg_terminate_backend(pid) from pg_stat_activity
           where datname = current_database() and usename is not null and pid <> pg_backend_pid()
             and application_name = 'mingzhang'`,
        )
        expect(await Promise.race([Promise.all(busy).then(() => 'answered'), ended])).toMatch(
          /answered|ended 70/,
        )
      }
      const recovered = expect
        .poll(async () => (await ask(port, '/act').catch(() => null))?.text, { timeout: 20_000 })
        .toBe('0 communities')
        .then(() => 'recovered')
      expect(await Promise.race([recovered, ended])).toMatch(/recovered|ended 70/)
    })

    it('finishes and ends with 0 when told to stop', async () => {
      const { child, port, exited } = await start()
      expect((await ask(port, '/healthz')).status).toBe(200)
      child.kill('SIGTERM')
      expect((await exited)[0]).toBe(0)
    })
  })
}
