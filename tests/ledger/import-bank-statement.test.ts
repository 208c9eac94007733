/** A bank file from upload to stored lines: once each, never unseen, never half. */
import { beforeAll, describe, expect, it } from 'vitest'
import { parseCanonical, sha256Hex, utf8 } from '#kernel'
import type { ColumnMapping } from '#ledger'
import {
  BANK_FILE_LIMIT_BYTES,
  decideControlChange,
  discardBankImport,
  mapBankImport,
  proposeColumnMapping,
  readBankImport,
  readBankImports,
  readControlChange,
  readUnmatchedLines,
  retryBankImport,
  STORE_BANK_IMPORT,
  storeBankImportJob,
  uploadBankStatement,
} from '#ledger/server'
import { runNextJob } from '#platform/process'
import { openSampleCommunity, type SampleCommunity } from '../support/community.ts'
import { describeOnEachDatabase, type TestDatabase } from '../support/database.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'
import {
  ACCOUNT,
  benchOf,
  confirm,
  expectSound,
  importOf,
  must,
  runJobs,
  statementOf,
  takeIn,
  upload,
} from './office.ts'

const NUMBER = '4402010009200123456'
const JANUARY = [
  ['2025-01-05', '100.00', '100.00', '王小明', '3-1-1602物业费'],
  ['2025-01-05', '-30.00', '70.00', '绿源保洁有限公司', '保洁'],
  ['2025-01-06', '8.00', '78.00', '李大', '停车费'],
] as const

describeOnEachDatabase('taking in a bank file', open => {
  let database: TestDatabase
  let portal: TestPortal
  let sample: SampleCommunity
  let slug = 0

  beforeAll(async () => {
    database = await open()
    portal = openTestPortal(database, { now: new Date('2025-02-10T02:00:00Z') })
  })

  /** A community of its own, so that no test sees another's lines. */
  const fresh = async () => {
    slug += 1
    sample = await openSampleCommunity(portal, `import-${slug}`, { accountNumber: NUMBER })
    return sample
  }
  const stored = async () => (await benchOf(portal, sample)).lines
  const ways = async () => {
    const rows = await readBankImports(portal, sample.bookkeeper, sample.community, 10)
    return rows!.map(row => [row.state, row.storedNew, row.alreadyThere])
  }

  it('shows first, stores after the confirmation, and then forgets the names in the preview', async () => {
    await fresh()
    const importId = await upload(portal, sample, statementOf(JANUARY, NUMBER))
    const preview = await importOf(portal, sample, importId)
    expect(preview.state).toBe('ready')
    expect(preview.reading).toMatchObject({
      rows: 3,
      rowsIn: 2,
      rowsOut: 1,
      sumInFen: 10_800n,
      sumOutFen: 3_000n,
      accountLast4: '3456',
    })
    expect(preview.reading!.lines.map(l => [l.counterparty, l.known])).toEqual([
      ['王小明', false],
      ['绿源保洁有限公司', false],
      ['李大', false],
    ])
    expect(await stored()).toEqual([])
    must(await confirm(portal, sample, importId))
    expect(await stored()).toEqual([])
    await runJobs(portal)
    expect((await stored()).map(l => [l.bookedOn, l.amountFen, l.counterparty])).toEqual([
      ['2025-01-05', 10_000n, '王小明'],
      ['2025-01-05', -3_000n, '绿源保洁有限公司'],
      ['2025-01-06', 800n, '李大'],
    ])
    const after = await importOf(portal, sample, importId)
    expect([after.state, after.reading!.lines]).toEqual(['stored', []])
    expect(await ways()).toEqual([['stored', 3, 0]])
    const seen = await readUnmatchedLines(portal, sample.community, 10)
    expect(seen.map(l => l.counterparty)).toEqual([null, '绿源保洁有限公司', null])
    await expectSound(portal, sample)
  })

  it('logs figures and digests, and no name', async () => {
    await fresh()
    const bytes = statementOf(JANUARY, NUMBER)
    await takeIn(portal, sample, bytes)
    const rows = await database.asOwner(
      `select encode(entry, 'hex') as entry from tlog_entry where community_id = ${sample.community.communityId}`,
    )
    const leaves = rows.map(row => new Uint8Array(Buffer.from(row.entry as string, 'hex')))
    expect(leaves).toHaveLength(1)
    expect(parseCanonical(leaves[0]!)).toMatchObject({
      ok: true,
      value: {
        t: 'ledger.bank-import',
        rows: 3,
        new_rows: 3,
        sum_in_fen: '10800',
        file_sha256: sha256Hex(bytes),
        outcome: 'accept',
        confirmation: null,
      },
    })
    expect(new TextDecoder().decode(leaves[0])).not.toMatch(/王小明|李大|绿源|1602/)
  })

  it('stores a line once, however often and however overlapping it comes', async () => {
    await fresh()
    await takeIn(portal, sample, statementOf(JANUARY.slice(0, 2), NUMBER))
    await takeIn(portal, sample, statementOf(JANUARY.slice(0, 2), NUMBER))
    const overlap = [...JANUARY.slice(1), ['2025-01-07', '1.00', '79.00', '李大', '停车费'] as const]
    const importId = await upload(portal, sample, statementOf(overlap, NUMBER))
    expect((await importOf(portal, sample, importId)).reading!.lines.map(l => l.known)).toEqual([
      true,
      false,
      false,
    ])
    must(await confirm(portal, sample, importId))
    await runJobs(portal)
    expect((await ways()).sort()).toEqual([
      ['stored', 0, 2],
      ['stored', 2, 0],
      ['stored', 2, 1],
    ])
    expect((await stored()).map(l => l.amountFen)).toEqual([10_000n, -3_000n, 800n, 100n])
    await expectSound(portal, sample)
  })

  it('keeps two files apart that were both read before either was stored', async () => {
    await fresh()
    const first = await upload(portal, sample, statementOf(JANUARY, NUMBER))
    const second = await upload(portal, sample, statementOf(JANUARY, NUMBER), '再来.csv')
    must(await confirm(portal, sample, first))
    must(await confirm(portal, sample, second))
    await runJobs(portal)
    expect(await stored()).toHaveLength(3)
    expect((await ways()).sort()).toEqual([
      ['stored', 0, 3],
      ['stored', 3, 0],
    ])
  })

  it('stores legitimate twins each, and a third only when the bank shows a third', async () => {
    await fresh()
    const twin = ['2025-01-05', '50.00', '', '王小明', '停车费'] as const
    await takeIn(portal, sample, statementOf([twin, twin]))
    expect(await stored()).toHaveLength(2)
    await takeIn(portal, sample, statementOf([twin, twin]))
    expect(await stored()).toHaveLength(2)
    await takeIn(portal, sample, statementOf([twin, twin, twin]))
    expect(await stored()).toHaveLength(3)
  })

  describe('a file that contradicts itself', () => {
    const broken = [JANUARY[0], ['2025-01-05', '-30.00', '75.00', '绿源保洁有限公司', '保洁']] as const

    it('is held until somebody ticks and says why, and both are logged with the figures', async () => {
      await fresh()
      const importId = await upload(portal, sample, statementOf(broken, NUMBER))
      const held = await importOf(portal, sample, importId)
      expect([held.state, held.reading!.problems.map(p => p.code)]).toEqual(['held', ['balance-break']])
      expect(await confirm(portal, sample, importId)).toEqual({
        ok: false,
        error: { code: 'confirmation-missing' },
      })
      const ticked = { confirmsDiscrepancies: true }
      expect(await confirm(portal, sample, importId, { ...ticked, reason: ' \n' })).toEqual({
        ok: false,
        error: { code: 'reason-missing' },
      })
      await runJobs(portal)
      expect(await stored()).toEqual([])
      must(await confirm(portal, sample, importId, { ...ticked, reason: '银行次日更正' }))
      await runJobs(portal)
      expect(await stored()).toHaveLength(2)
      const [row] = await database.asOwner(
        `select convert_from(entry, 'UTF8') as leaf from tlog_entry where community_id = ${sample.community.communityId}`,
      )
      expect(row!.leaf).toContain('"outcome":"hold"')
      expect(row!.leaf).toContain('"reason":"银行次日更正"')
      expect(row!.leaf).toContain('"code":"balance-break"')
    })

    it('is held when it is of another account, by its whole number and not by the last digits', async () => {
      await fresh()
      const other = `9${NUMBER.slice(1)}`
      const importId = await upload(portal, sample, statementOf(JANUARY, other))
      const held = await importOf(portal, sample, importId)
      expect(held.state).toBe('held')
      expect(held.reading!.problems.map(p => [p.code, p.facts.stated, p.facts.expected])).toEqual([
        ['account-mismatch', '*3456', '*3456'],
      ])
      const masked = await upload(portal, sample, statementOf(JANUARY, '4402****3456'))
      expect((await importOf(portal, sample, masked)).state).toBe('ready')
    })
  })

  it('stores nothing of a file that cannot be read', async () => {
    await fresh()
    const bad = statementOf([JANUARY[0], ['2025-02-30', '1.00', '101.00', '李大', '停车费']], NUMBER)
    const importId = await upload(portal, sample, bad)
    const rejected = await importOf(portal, sample, importId)
    expect([rejected.state, rejected.reading!.problems.map(p => [p.code, p.line])]).toEqual([
      'rejected',
      [['date-malformed', 4]],
    ])
    expect(
      await confirm(portal, sample, importId, { confirmsDiscrepancies: true, reason: '就这样' }),
    ).toEqual({
      ok: false,
      error: { code: 'import-not-ready', state: 'rejected' },
    })
    must(await discardBankImport(portal, sample.bookkeeper, sample.community, importId))
    expect(await stored()).toEqual([])
    expect((await importOf(portal, sample, importId)).reading).toBeNull()
  })

  describe('a layout nobody knows', () => {
    const file = (day: string) =>
      utf8(`何时,多少,谁,做什么\n${day},100.00,王小明,物业费\n${day},-30.00,绿源保洁有限公司,保洁\n`)
    const mapping: ColumnMapping = {
      headerRow: 0,
      columns: { date: [0], amount: 1, counterpartyName: 2, narration: [3] },
      amountSign: 'signed',
      directionWords: { in: [], out: [], neutral: [] },
      dayFirst: false,
      yearInTitle: false,
    }
    const map = (importId: string, columns = mapping.columns) =>
      mapBankImport(portal, sample.bookkeeper, sample.community, importId, { ...mapping, columns })
    /** The other side agrees to the columns as they are previewed. */
    const agree = async (importId: string) => {
      const { community, bookkeeper, treasurer } = sample
      const changeId = must(
        await proposeColumnMapping(portal, bookkeeper, community, { importId, reason: '新银行' }),
      )
      const seenDigest = (await readControlChange(portal, treasurer, community, changeId))!.contentDigest
      must(
        await decideControlChange(portal, treasurer, community, {
          changeId,
          decision: 'confirmed',
          seenDigest,
        }),
      )
    }

    it('is mapped by hand and agreed to once, and remembered for the next file', async () => {
      await fresh()
      const importId = await upload(portal, sample, file('2025-01-05'))
      const unknown = await importOf(portal, sample, importId)
      expect([unknown.state, unknown.reading!.head[0]]).toEqual(['unknown', ['何时', '多少', '谁', '做什么']])
      expect(await map(importId, { date: [9], amount: 1, narration: [] })).toMatchObject({
        ok: false,
        error: { code: 'mapping-unfit', reason: 'out-of-range' },
      })
      must(await map(importId))
      await runJobs(portal)
      const mapped = await importOf(portal, sample, importId)
      expect([mapped.state, mapped.reading!.lines.map(l => l.amountFen)]).toEqual([
        'mapped',
        [10_000n, -3_000n],
      ])
      await agree(importId)
      expect((await importOf(portal, sample, importId)).state).toBe('ready')
      const next = await upload(portal, sample, file('2025-01-06'))
      expect((await importOf(portal, sample, next)).state).toBe('ready')
    })

    it('can be mapped again after a mapping under which nothing can be read, also for the next file', async () => {
      await fresh()
      const importId = await upload(portal, sample, file('2025-01-05'))
      const wrong = { date: [2], amount: 1, narration: [3] }
      for (let round = 0; round < 2; round++) {
        must(await map(importId, wrong))
        await runJobs(portal)
        const again = await importOf(portal, sample, importId)
        expect([again.state, again.reading!.lines]).toEqual(['unknown', []])
        expect(again.reading!.problems.map(p => p.code)).toContain('date-malformed')
      }
      const next = await upload(portal, sample, file('2025-01-06'))
      expect((await importOf(portal, sample, next)).state).toBe('unknown')
      must(await map(next))
      await runJobs(portal)
      await agree(next)
      expect((await importOf(portal, sample, next)).state).toBe('ready')
    })
  })

  describe('a process that dies', () => {
    it('while reading leaves the import to be read again', async () => {
      await fresh()
      const file = { account: ACCOUNT, name: 'a.csv', bytes: statementOf(JANUARY, NUMBER) }
      const { importId } = must(await uploadBankStatement(portal, sample.bookkeeper, sample.community, file))
      const broken = {
        ...portal,
        objects: { ...portal.objects, read: () => Promise.reject(new Error('disk gone')) },
      }
      await runJobs(broken)
      expect((await importOf(portal, sample, importId)).state).toBe('reading')
      portal.clock.advance(60_000)
      await runJobs(portal)
      expect((await importOf(portal, sample, importId)).state).toBe('ready')
    })

    const fiveTimes = async (broken: TestPortal) => {
      for (let attempt = 0; attempt < 5; attempt++) {
        await runJobs(broken)
        portal.clock.advance(600_000)
      }
    }
    const retry = (importId: string, actor = sample.bookkeeper) =>
      retryBankImport(portal, actor, sample.community, importId)

    it('time after time while reading is given up, said, and tried again when somebody asks', async () => {
      await fresh()
      const importId = await upload(portal, sample, statementOf(JANUARY, NUMBER))
      expect(await retry(importId)).toEqual({
        ok: false,
        error: { code: 'import-not-ready', state: 'ready' },
      })
      const file = { account: ACCOUNT, name: 'b.csv', bytes: statementOf(JANUARY, NUMBER) }
      const second = must(
        await uploadBankStatement(portal, sample.bookkeeper, sample.community, file),
      ).importId
      expect(await importOf(portal, sample, second)).toMatchObject({ state: 'reading', failure: null })
      await fiveTimes({
        ...portal,
        objects: { ...portal.objects, read: () => Promise.reject(new Error('disk gone')) },
      })
      expect(await importOf(portal, sample, second)).toMatchObject({ state: 'reading', failure: 'gave-up' })
      expect(await retry(second, sample.manager)).toEqual({ ok: false, error: { code: 'not-permitted' } })
      expect(await retry('none')).toEqual({ ok: false, error: { code: 'import-unknown' } })
      must(await retry(second))
      expect(await importOf(portal, sample, second)).toMatchObject({ state: 'reading', failure: null })
      expect(await retry(second)).toMatchObject({ error: { code: 'import-not-ready' } })
      await runJobs(portal)
      expect(await importOf(portal, sample, second)).toMatchObject({ state: 'ready', failure: null })
    })

    it('time after time while reading can be put aside for good', async () => {
      await fresh()
      const file = { account: ACCOUNT, name: 'c.csv', bytes: statementOf(JANUARY, NUMBER) }
      const { importId } = must(await uploadBankStatement(portal, sample.bookkeeper, sample.community, file))
      const discard = () => discardBankImport(portal, sample.bookkeeper, sample.community, importId)
      expect(await discard()).toMatchObject({ error: { code: 'import-not-ready' } })
      await fiveTimes({
        ...portal,
        objects: { ...portal.objects, read: () => Promise.reject(new Error('disk gone')) },
      })
      must(await discard())
      expect(await importOf(portal, sample, importId)).toMatchObject({ state: 'discarded', failure: null })
      expect(await retry(importId)).toMatchObject({ error: { code: 'import-not-ready' } })
    })

    it('time after time while storing has stored nothing, and stores all once when asked again', async () => {
      await fresh()
      const importId = await upload(portal, sample, statementOf(JANUARY, NUMBER))
      must(await confirm(portal, sample, importId))
      const bytes = () => {
        throw new Error('no salt')
      }
      await fiveTimes({ ...portal, random: { ...portal.random, bytes, id: bytes } })
      expect(await importOf(portal, sample, importId)).toMatchObject({ state: 'storing', failure: 'gave-up' })
      expect(await stored()).toEqual([])
      const discarded = await discardBankImport(portal, sample.bookkeeper, sample.community, importId)
      expect(discarded).toMatchObject({ error: { code: 'import-not-ready' } })
      must(await retry(importId))
      await runJobs(portal)
      expect(await importOf(portal, sample, importId)).toMatchObject({ state: 'stored', failure: null })
      expect(await stored()).toHaveLength(3)
      await expectSound(portal, sample)
    })

    it('while storing leaves nothing behind, and the second attempt stores all', async () => {
      await fresh()
      const importId = await upload(portal, sample, statementOf(JANUARY, NUMBER))
      must(await confirm(portal, sample, importId))
      // The lease asks the clock twice; the third time is the job's own, after its lines were written and before its leaf.
      let asked = 0
      const now = () => {
        asked += 1
        if (asked === 3) throw new Error('killed')
        return portal.clock.now()
      }
      await runNextJob({ ...portal, clock: { now } }, { [STORE_BANK_IMPORT]: storeBankImportJob })
      expect(asked).toBeGreaterThan(3)
      expect([(await importOf(portal, sample, importId)).state, await stored()]).toEqual(['storing', []])
      await expectSound(portal, sample)
      portal.clock.advance(60_000)
      await runJobs(portal)
      expect([(await importOf(portal, sample, importId)).state, (await stored()).length]).toEqual([
        'stored',
        3,
      ])
      await runJobs(portal)
      expect(await stored()).toHaveLength(3)
      await expectSound(portal, sample)
    })
  })

  it('two confirmations at once: one wins, and the lines are stored once', async () => {
    await fresh()
    const importId = await upload(portal, sample, statementOf(JANUARY, NUMBER))
    const both = await Promise.all([confirm(portal, sample, importId), confirm(portal, sample, importId)])
    expect(both.filter(result => result.ok)).toHaveLength(1)
    expect(both.find(result => !result.ok)).toMatchObject({ error: { code: 'import-not-ready' } })
    await runJobs(portal)
    expect(await stored()).toHaveLength(3)
  })

  it('is for the bookkeeper only, and says what else is wrong', async () => {
    await fresh()
    const file = { account: ACCOUNT, name: 'a.csv', bytes: statementOf(JANUARY, NUMBER) }
    const code = async (actor: SampleCommunity['manager'], changes: object) => {
      const result = await uploadBankStatement(portal, actor, sample.community, { ...file, ...changes })
      return result.ok ? null : result.error.code
    }
    expect(await code(sample.manager, {})).toBe('not-permitted')
    expect(await code(sample.treasurer, {})).toBe('not-permitted')
    expect(await code(sample.bookkeeper, { account: '100299' })).toBe('bank-account-unknown')
    expect(await code(sample.bookkeeper, { bytes: new Uint8Array() })).toBe('file-empty')
    expect(await code(sample.bookkeeper, { bytes: new Uint8Array(BANK_FILE_LIMIT_BYTES + 1) })).toBe(
      'file-too-large',
    )
    const importId = await upload(portal, sample, file.bytes)
    const stranger = { ...sample.bookkeeper, roles: [] }
    expect(await readBankImport(portal, stranger, sample.community, importId)).toBeNull()
    expect(await readBankImport(portal, sample.bookkeeper, sample.community, 'none')).toBeNull()
    const other = await openSampleCommunity(portal, `other-${slug}`)
    expect(await readBankImport(portal, other.bookkeeper, sample.community, importId)).toBeNull()
    expect(await confirm(portal, { ...sample, bookkeeper: other.bookkeeper }, importId)).toEqual({
      ok: false,
      error: { code: 'not-permitted' },
    })
    expect(await readBankImport(portal, other.bookkeeper, other.community, importId)).toBeNull()
  })
})
