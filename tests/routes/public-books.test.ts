/** The health of the books: every check by name, the rows at fault, and no reader can make the server re-derive at will. */
import { beforeAll, expect, it } from 'vitest'
import { checkLedger, LEDGER_INVARIANTS } from '#ledger/server'
import { LOG_CHECKS, readBooksHealth } from '../../app/routes/public/checked-books.server.ts'
import { describeOnOneDatabase, type TestDatabase } from '../support/database.ts'
import { wordsIn } from './public-site.ts'
import { openPublicWorld, type PublicWorld, receiptOf } from './public-world.ts'

describeOnOneDatabase('health of the books', open => {
  let database: TestDatabase
  let world: PublicWorld
  const health = () => readBooksHealth(world.portal, world.community)

  beforeAll(async () => {
    database = await open()
    world = await openPublicWorld(database)
  })

  it('names every check of the ledger and of the log, all passed', async () => {
    const words = wordsIn(await world.site.html('/c/sample/books'))
    expect(words).toContain(`${LEDGER_INVARIANTS.length + LOG_CHECKS.length} 项检查，6 张凭证`)
    expect(words.match(/通过/g)?.length).toBe(LEDGER_INVARIANTS.length + LOG_CHECKS.length + 1)
    expect(words).toContain('每张凭证借贷相等，每项资金单独相等')
    const english = wordsIn(await world.site.html('/c/sample/books?lang=en'))
    expect(english).toContain('All checks passed')
    expect(wordsIn(await world.site.html('/c/sample'))).toContain('全部通过')
  })

  it('re-derives once for all readers of one size of the log, and again when it grew or after hours', async () => {
    const [first, ...others] = (await Promise.all(Array.from({ length: 20 }, health))).map(each => each.last)
    for (const other of others) expect(other).toBe(first)
    world.portal.clock.advance(3_600_000)
    expect((await health()).last).toBe(first)
    await world.post(receiptOf(11n, '又一笔', '2025-03-31'))
    await world.publish()
    const grown = await health()
    expect([grown.state, grown.last?.logSize]).toEqual(['checked', first!.logSize + 1])
    world.portal.clock.advance(6 * 3_600_000)
    const later = await health()
    expect(later.last).not.toBe(grown.last)
    expect(later.last?.logSize).toBe(grown.last?.logSize)
  })

  it('names what was tampered with, with the voucher at fault, on its page and on the home page', async () => {
    for (const statement of [
      'set session_replication_role = replica',
      "update posting set amount_fen = 150001 where fiscal_year = 2025 and number = 2 and side = 'credit'",
      "update tlog_entry set entry = decode('7b7d', 'hex') where leaf_index = 1",
      'set session_replication_role = origin',
    ]) {
      await database.asOwner(statement)
    }
    // Nothing grew: the kept verdict stands until its age is up, and says of when it is.
    expect((await health()).last?.ledger.every(check => check.faults.length === 0)).toBe(true)
    world.portal.clock.advance(6 * 3_600_000)
    const html = await world.site.html('/c/sample/books')
    const words = wordsIn(html)
    expect(words).toContain('项没有通过')
    expect(html).toContain('href="/c/sample/vouchers/2025-0002"')
    expect(words).toContain('日志记录一条不少，哈希值都对')
    const failed = (await health()).last!
    const names = [...failed.ledger, ...failed.log]
      .filter(check => check.faults.length > 0)
      .map(check => check.name)
    expect(names).toEqual(
      expect.arrayContaining(['voucher-balances', 'voucher-in-log', 'turnover-adds-up', 'entries']),
    )
    const found = new Set(
      (await checkLedger(world.portal, world.community)).findings.map(each => each.invariant),
    )
    expect(new Set(failed.ledger.filter(check => check.faults.length > 0).map(check => check.name))).toEqual(
      found,
    )
    expect(wordsIn(await world.site.html('/c/sample'))).toMatch(/账本体检\d+ 项没有通过/)
  })

  it('says that a check did not finish, and waits before it tries again', async () => {
    const broken = {
      ...world.portal,
      db: world.portal.db.withoutPlugins(),
      objects: { ...world.portal.objects },
    }
    const keys = { ...world.portal.keys, read: async () => null }
    const failing = { ...broken, keys }
    const failed = await readBooksHealth(failing, world.community)
    expect(failed).toEqual({ state: 'failed', last: null })
    // The cause is mended, but the time is not up.
    expect((await readBooksHealth(broken, world.community)).state).toBe('failed')
    world.portal.clock.advance(300_000)
    expect((await readBooksHealth(broken, world.community)).state).toBe('checked')
  })
})
