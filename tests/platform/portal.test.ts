import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { isId } from '#kernel'
import { currentPortal } from '#platform'
import { movableClock, openLogger, rememberPortal, seededRandom, systemRandom } from '#platform/process'
import { describeOnEachDatabase } from '../support/database.ts'
import { openTestPortal } from '../support/portal.ts'

describe('the clock and the random source', () => {
  it('stand still until moved', () => {
    const clock = movableClock(new Date(1000))
    expect(clock.now()).toEqual(clock.now())
    clock.advance(500)
    expect(clock.now()).toEqual(new Date(1500))
    clock.moveTo(new Date(0))
    expect(clock.now()).toEqual(new Date(0))
  })

  it('repeat for the same seed, however the bytes are asked for, and differ for another', () => {
    const whole = seededRandom('a').bytes(100)
    const source = seededRandom('a')
    expect([...source.bytes(1), ...source.bytes(31), ...source.bytes(68)]).toEqual([...whole])
    expect(seededRandom('b').bytes(100)).not.toEqual(whole)
    expect(isId(seededRandom('a').id())).toBe(true)
  })

  it('make secrets of 256 bits that never repeat', () => {
    const secrets = Array.from({ length: 100 }, () => systemRandom.secret())
    expect(new Set(secrets).size).toBe(100)
    for (const secret of secrets) expect(secret).toMatch(/^[A-Za-z0-9_-]{43}$/)
  })
})

describe('the logger', () => {
  it('leaves out secrets, personal data and what a database says about a row', () => {
    const lines: string[] = []
    const out = new PassThrough()
    out.on('data', chunk => lines.push(String(chunk)))
    const logger = openLogger('info', out)
    const broken = Object.assign(new Error('invalid input: "张三"'), { name: 'PostgresError', code: '22P02' })
    logger.info({ requestId: 'r1', password: 'hush', user: { displayName: '张三', login: 'zhang' } }, 'tried')
    logger.error({ error: broken }, 'failed')
    expect(lines.join('')).not.toMatch(/hush|张三|zhang/)
    const [tried, failed] = lines.map(line => JSON.parse(line) as Record<string, unknown>)
    expect(tried).toMatchObject({ level: 'info', requestId: 'r1', event: 'tried' })
    expect(failed).toMatchObject({ event: 'failed', error: { type: 'PostgresError', errorCode: '22P02' } })
  })
})

describeOnEachDatabase('a portal', (open, kind) => {
  it('is opened over a test database with reproducible parts', async () => {
    const database = await open()
    const portal = openTestPortal(database, { seed: 's' })
    expect(portal.databaseKind).toBe(kind)
    expect(portal.random.id()).toBe(seededRandom('s').id())
    expect(await portal.db.selectFrom('community').select('slug').execute()).toEqual([])
    const digest = await portal.objects.put(Uint8Array.of(1))
    expect(await openTestPortal(database).objects.has(digest)).toBe(false)
  })

  it('is remembered for the pages of the process, and not after it is forgotten', async () => {
    const portal = openTestPortal(await open())
    rememberPortal(portal)
    expect(currentPortal()).toBe(portal)
    rememberPortal(null)
    expect(() => currentPortal()).toThrow(/no portal/)
  })
})
