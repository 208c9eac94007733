/** A month closes when both sides agree, and then for good: the program says so, and so does the database, to its owner. */
import { beforeAll, describe, expect, it } from 'vitest'
import { civilDate, type Period, period } from '#kernel'
import {
  closePeriod,
  draftReversal,
  draftVoucher,
  previewClosing,
  readClosedMonths,
  readFund,
  withdrawDraft,
} from '#ledger/server'
import { openSampleCommunity, type SampleCommunity } from '../support/community.ts'
import { describeOnOneDatabase, type TestDatabase } from '../support/database.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'
import { approveAll, attach, benchOf, entry, expectSound, must, post, statementOf, takeIn } from './office.ts'

const JANUARY = period('2025-01')
const FEBRUARY = period('2025-02')

describeOnOneDatabase('closing a month', open => {
  let database: TestDatabase
  let portal: TestPortal
  let sample: SampleCommunity

  beforeAll(async () => {
    database = await open()
    portal = openTestPortal(database, { now: new Date('2025-02-10T02:00:00Z') })
    sample = await openSampleCommunity(portal)
  })

  const close = (month: Period, actor = sample.manager) => closePeriod(portal, actor, sample.community, month)
  const codeOf = async (month: Period, actor = sample.manager) => {
    const result = await close(month, actor)
    return result.ok ? null : result.error.code
  }
  const lineOf = async (amount: bigint) =>
    (await benchOf(portal, sample)).lines.find(l => l.amountFen === amount)!.bankLine

  it('is refused out of turn, before the month is over, with drafts open, and to who may not', async () => {
    expect(await codeOf(JANUARY, sample.treasurer)).toBe('not-permitted')
    expect(await codeOf(FEBRUARY)).toBe('period-before-open')
    const draft = must(await draftVoucher(portal, sample.bookkeeper, sample.community, entry(100n)))
    expect(await codeOf(JANUARY)).toBe('drafts-open')
    must(await withdrawDraft(portal, sample.bookkeeper, sample.community, draft.draftId))
    const late = must(
      await draftVoucher(
        portal,
        sample.bookkeeper,
        sample.community,
        entry(1n, { occurredOn: civilDate('2025-02-01') }),
      ),
    )
    expect((await previewClosing(portal, sample.community, JANUARY)).openDrafts).toBe(0)
    must(await withdrawDraft(portal, sample.bookkeeper, sample.community, late.draftId))
  })

  it('lists every outstanding item of both sides, and closes with them', async () => {
    await takeIn(
      portal,
      sample,
      statementOf([
        ['2025-01-05', '100.00', '100.00', '王小明', '物业费'],
        ['2025-01-31', '-2.00', '98.00', '', '手续费'],
        ['2025-02-02', '-30.00', '68.00', '绿源保洁有限公司', '保洁'],
      ]),
    )
    await post(
      portal,
      sample,
      entry(10_000n, { bankLines: [await lineOf(10_000n)], occurredOn: civilDate('2025-01-05') }),
    )
    await post(
      portal,
      sample,
      entry(-3_000n, {
        documents: [await attach(portal, sample)],
        bankLines: [await lineOf(-3_000n)],
        occurredOn: civilDate('2025-01-30'),
      }),
    )
    await post(portal, sample, entry(500n, { occurredOn: civilDate('2025-01-31') }))
    const preview = await previewClosing(portal, sample.community, JANUARY)
    expect(preview).toMatchObject({ refusal: null, vouchers: 3, openDrafts: 0 })
    const [bank] = preview.reconciliations
    expect(bank).toMatchObject({
      bankBalanceFen: 9_800n,
      bookBalanceFen: 7_500n,
      adjustedBankFen: 7_300n,
      adjustedBookFen: 7_300n,
      agrees: true,
    })
    expect(bank!.items.map(item => [item.kind, item.on, item.amountFen])).toEqual([
      ['booked-paid-not-banked', '2025-01-30', -3_000n],
      ['booked-received-not-banked', '2025-01-31', 500n],
      ['bank-paid-not-booked', '2025-01-31', -200n],
    ])
    const closed = must(await close(JANUARY))
    expect(closed.lockedThrough).toBe('2025-01-31')
    expect(await readClosedMonths(portal.db, sample.community)).toEqual(['2025-01'])
    expect((await readFund(portal, sample.community, null)).reconciledThrough).toBe('2025-01-31')
    await expectSound(portal, sample)
  })

  it('once only', async () => {
    expect(await codeOf(JANUARY)).toBe('period-closed')
    portal.clock.advance(30 * 86_400_000)
    const both = await Promise.all([close(FEBRUARY), close(FEBRUARY, sample.bookkeeper)])
    expect(both.filter(result => result.ok)).toHaveLength(1)
    expect(both.find(result => !result.ok)).toMatchObject({ error: { code: 'period-closed' } })
    await expectSound(portal, sample)
  })

  it('lets nothing be dated into it any more, not even a draft that was there', async () => {
    const march = entry(9n, { occurredOn: civilDate('2025-03-05') })
    portal.clock.advance(86_400_000)
    const waiting = must(await draftVoucher(portal, sample.bookkeeper, sample.community, march))
    expect(await draftVoucher(portal, sample.bookkeeper, sample.community, entry(1n))).toEqual({
      ok: false,
      error: { code: 'period-closed', period: '2025-01' },
    })
    const reversal = {
      reverses: { fiscalYear: 2025, number: 3 },
      occurredOn: civilDate('2025-01-31'),
      narration: '冲销',
    }
    expect(await draftReversal(portal, sample.bookkeeper, sample.community, reversal)).toMatchObject({
      error: { code: 'period-closed' },
    })
    expect(
      await draftReversal(portal, sample.bookkeeper, sample.community, {
        ...reversal,
        occurredOn: civilDate('2025-03-01'),
      }),
    ).toMatchObject({ ok: true })
    await approveAll(portal, sample, waiting)
  })

  it('a voucher taken back a month later leaves the closed month as it was', async () => {
    const before = await previewClosing(portal, sample.community, JANUARY)
    const request = {
      reverses: { fiscalYear: 2025, number: 1 },
      occurredOn: civilDate('2025-03-06'),
      narration: '冲销重开',
    }
    const early = {
      ...request,
      reverses: { fiscalYear: 2025, number: 4 },
      occurredOn: civilDate('2025-03-04'),
    }
    expect(await draftReversal(portal, sample.bookkeeper, sample.community, early)).toEqual({
      ok: false,
      error: { code: 'reversal-before-original', occurredOn: '2025-03-05' },
    })
    await approveAll(
      portal,
      sample,
      must(await draftReversal(portal, sample.bookkeeper, sample.community, request)),
    )
    const after = await previewClosing(portal, sample.community, JANUARY)
    expect(after.reconciliations).toEqual(before.reconciliations)
    expect(after.trialBalance).toEqual(before.trialBalance)
    expect((await benchOf(portal, sample)).lines.map(l => l.amountFen)).toContain(10_000n)
    await expectSound(portal, sample)
  })

  it('does not close over a line that was lost', async () => {
    const other = await openSampleCommunity(portal, 'lost')
    // The balance runs on over a line that the file does not have; the preview holds it, somebody lets it through.
    await takeIn(portal, other, statementOf([['2025-01-05', '100.00', '100.00', '王小明', '物业费']]))
    await takeIn(portal, other, statementOf([['2025-01-20', '5.00', '75.00', '李大', '停车费']]))
    const refused = await closePeriod(portal, other.manager, other.community, JANUARY)
    expect(refused).toEqual({
      ok: false,
      error: { code: 'bank-differs', account: '100201', adjustedBankFen: 7_500n, adjustedBookFen: 10_500n },
    })
    await takeIn(portal, other, statementOf([['2025-01-12', '-30.00', '70.00', '绿源保洁有限公司', '保洁']]))
    expect((await closePeriod(portal, other.manager, other.community, JANUARY)).ok).toBe(true)
  })

  describe('the database by itself, to its owner', () => {
    const codeFrom = async (statement: string): Promise<string> => {
      try {
        await database.asOwner(statement)
        return 'done'
      } catch (error) {
        return (error as { code?: string }).code ?? String(error)
      }
    }
    const voucher = (number: number, day: string, amount: number) => {
      const columns =
        'community_id, fiscal_year, number, period, kind, occurred_on, narration, amount_fen, draft_id, revision, posted_at, leaf_index, leaf_sha256'
      return `insert into voucher (${columns}) select community_id, 2025, ${number}, '${day.slice(0, 7)}', 'receipt', '${day}', 'x', ${amount}, draft_id, revision, now(), 0, 'x' from voucher_draft_revision where community_id = ${sample.community.communityId} and draft_id not in (select draft_id from voucher where community_id = ${sample.community.communityId}) limit 1`
    }

    it('takes no voucher into a closed month', async () => {
      expect(await codeFrom(voucher(90, '2025-01-15', 5))).toBe('MZ010')
      expect(await codeFrom(voucher(90, '2025-02-15', 5))).toBe('MZ010')
    })

    it('takes no line on a voucher that is posted', async () => {
      const { communityId } = sample.community
      const line = (number: number) =>
        `insert into posting values (${communityId}, 2025, ${number}, 9, 'trust', '100201', 'debit', 5)`
      expect(await codeFrom(line(1))).toBe('MZ011')
      expect(await codeFrom(line(77))).toBe('MZ011')
    })

    it('takes no voucher that does not balance, found at the commit', async () => {
      // Without lines it adds up to nothing, and says five.
      expect(await codeFrom(voucher(91, '2025-03-15', 5))).toBe('MZ012')
      const { communityId } = sample.community
      const withLines = (credit: number) => `do $$ begin
          ${voucher(92, '2025-03-15', 5)};
          insert into posting values (${communityId}, 2025, 92, 1, 'trust', '100201', 'debit', 5),
            (${communityId}, 2025, 92, 2, 'trust', '410101', 'credit', ${credit});
          set constraints all immediate;
          raise exception 'balanced' using errcode = 'MZ999';
        end $$`
      expect(await codeFrom(withLines(4))).toBe('MZ012')
      expect(await codeFrom(withLines(5))).toBe('MZ999')
    })

    it.each([
      'update voucher set narration = narration',
      'delete from posting',
      'update bank_line set amount_fen = 1',
      'delete from period_close',
      'truncate voucher cascade',
      'update voucher_draft_revision set content = content',
      'update voucher_approval set user_id = user_id',
    ])('refuses: %s', async statement => {
      expect(await codeFrom(statement)).toBe('MZ001')
    })

    it('and the books are as they were', async () => {
      await expectSound(portal, sample)
    })
  })
})
