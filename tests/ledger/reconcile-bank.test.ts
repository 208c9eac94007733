/** Reconciling from what is outstanding gives what reconciling from all lines and vouchers ever gives, month by month. */
import { beforeAll, describe, expect, it } from 'vitest'
import { addDays, addMonths, civilDate, fen, lastDayOf, type Period, period, periodOf } from '#kernel'
import { previewClosing, readChart, reconcileBank } from '#ledger/server'
import { reconcile } from '../../app/ledger/reconciliation.ts'
import { openSampleCommunity, type SampleCommunity } from '../support/community.ts'
import { describeOnOneDatabase, type TestDatabase } from '../support/database.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'
import { fc, runs } from '../support/properties.ts'
import { type SyntheticLine, type SyntheticVoucher, writeSyntheticBooks } from './synthetic-books.ts'

const FIRST = civilDate('2024-01-01')
const dayAt = (index: number) => addDays(FIRST, index)

interface Books {
  readonly lines: readonly SyntheticLine[]
  readonly vouchers: readonly SyntheticVoucher[]
}

/** Movements of half a year: at the bank, in the books or both, on different days; some taken back later and booked again. */
const anyBooks: fc.Arbitrary<Books> = fc
  .tuple(
    fc.bigInt({ min: 0n, max: 10_000n }),
    fc.array(
      fc.record({
        amount: fc.bigInt({ min: -500n, max: 500n }),
        banked: fc.option(fc.nat(180)),
        booked: fc.option(fc.nat(180)),
        takenBack: fc.option(fc.nat(90), { freq: 2 }),
        again: fc.option(fc.nat(30), { freq: 2 }),
      }),
      { minLength: 5, maxLength: 40 },
    ),
    fc.boolean(),
  )
  .map(([opening, moves, statesBalances]) => {
    const vouchers: SyntheticVoucher[] = []
    const push = (voucher: Omit<SyntheticVoucher, 'number'>) => {
      vouchers.push({ ...voucher, number: vouchers.length + 1 })
      return vouchers.length
    }
    if (opening > 0n) push({ day: FIRST, kind: 'opening', amountFen: opening, lines: [], reverses: null })
    const banked = moves
      .map((move, i) => ({ ...move, id: `line-${String(i).padStart(2, '0')}` }))
      .filter(move => move.banked !== null)
      .sort((a, b) => a.banked! - b.banked!)
    let balance = opening
    const lines = banked.map((move, i): SyntheticLine => {
      balance += move.amount
      return {
        id: move.id,
        day: dayAt(move.banked!),
        amountFen: move.amount,
        balanceFen: statesBalances ? balance : null,
        sequence: i + 1,
      }
    })
    moves.forEach((move, i) => {
      if (move.booked === null || move.amount === 0n) return
      const id = `line-${String(i).padStart(2, '0')}`
      const held = move.banked === null ? [] : [id]
      const kind = move.amount < 0n ? 'payment' : 'receipt'
      const number = push({
        day: dayAt(move.booked),
        kind,
        amountFen: move.amount,
        lines: held,
        reverses: null,
      })
      if (move.takenBack === null) return
      const back = move.booked + move.takenBack
      push({ day: dayAt(back), kind: 'reversal', amountFen: -move.amount, lines: [], reverses: number })
      if (move.again === null) return
      push({ day: dayAt(back + move.again), kind, amountFen: move.amount, lines: held, reverses: null })
    })
    return { lines, vouchers }
  })

/** The same, written anew over everything there is: who held what when the books stood at the end of a month. */
function reconcileNaively({ lines, vouchers }: Books, month: Period) {
  const known = vouchers.filter(v => v.day.slice(0, 7) <= month)
  const live = known.filter(v => v.kind !== 'reversal' && !known.some(r => r.reverses === v.number))
  const opening = live.filter(v => v.kind === 'opening').reduce((sum, v) => sum + v.amountFen, 0n)
  const banked = lines.filter(l => l.day <= lastDayOf(month))
  return reconcile({
    period: month,
    bankBalanceFen: fen(banked.reduce((sum, l) => sum + l.amountFen, opening)),
    bookBalanceFen: fen(known.reduce((sum, v) => sum + v.amountFen, 0n)),
    lines: lines.map(l => ({
      bankLine: l.id,
      bookedOn: civilDate(l.day),
      amountFen: fen(l.amountFen),
      postedIn: live.some(v => v.lines.includes(l.id)) ? month : null,
    })),
    postings: live
      .filter(v => v.kind !== 'opening')
      .map(v => ({
        voucher: `2016-${String(v.number).padStart(4, '0')}`,
        occurredOn: civilDate(v.day),
        amountFen: fen(v.amountFen),
        atBankFen: fen(banked.filter(l => v.lines.includes(l.id)).reduce((sum, l) => sum + l.amountFen, 0n)),
      })),
  })
}

describeOnOneDatabase('reconciling a bank account', (open, kind) => {
  let database: TestDatabase
  let portal: TestPortal

  beforeAll(async () => {
    database = await open()
    portal = openTestPortal(database)
  })

  async function compare(books: Books, slug: string): Promise<void> {
    const sample: SampleCommunity = await openSampleCommunity(portal, slug, { firstPeriod: '2024-01' })
    const { communityId } = sample.community
    await writeSyntheticBooks(database, communityId, books.lines, books.vouchers)
    const chart = await readChart(portal.db, communityId)
    for (let month = periodOf(FIRST); month <= '2024-12'; month = addMonths(month, 1)) {
      const [found] = await portal.db
        .transaction()
        .execute(tx => reconcileBank(tx, communityId, chart, month))
      const { account: _, ...figures } = found!
      const naive = reconcileNaively(books, month)
      expect(figures).toEqual(naive)
      expect(figures.agrees).toBe(true)
    }
  }

  it('gives what a count over all lines and vouchers gives, and both sides agree, at every month’s end', async () => {
    const samples = fc.sample(anyBooks, { numRuns: runs(kind === 'native' ? 12 : 4), seed: 20_250_131 })
    for (const [index, books] of samples.entries()) await compare(books, `random-${index}`)
    expect(samples.some(books => books.vouchers.some(v => v.kind === 'reversal'))).toBe(true)
  })

  describe('small cases', () => {
    const line = (
      id: string,
      day: string,
      amountFen: bigint,
      balanceFen: bigint | null,
      sequence = 1,
    ): SyntheticLine => ({
      id,
      day,
      amountFen,
      balanceFen,
      sequence,
    })
    const read = async (slug: string, books: Books, month: string) => {
      const { community } = await openSampleCommunity(portal, slug, { firstPeriod: '2024-01' })
      await writeSyntheticBooks(database, community.communityId, books.lines, books.vouchers)
      return previewClosing(portal, community, period(month))
    }

    it('a voucher taken back in the next month does not stop this one from closing', async () => {
      const receipt = {
        number: 1,
        day: '2024-01-10',
        kind: 'receipt',
        amountFen: 100n,
        lines: ['a'],
        reverses: null,
      } as const
      const reversal = {
        number: 2,
        day: '2024-02-03',
        kind: 'reversal',
        amountFen: -100n,
        lines: [],
        reverses: 1,
      } as const
      const again = { ...receipt, number: 3, day: '2024-02-03' }
      const books = { lines: [line('a', '2024-01-10', 100n, 100n)], vouchers: [receipt, reversal, again] }
      const preview = await read('taken-back', books, '2024-01')
      expect(preview.refusal).toBeNull()
      expect(preview.reconciliations[0]).toMatchObject({ agrees: true, items: [] })
    })

    it('lines after the last stated balance count with it', async () => {
      const lines = [
        line('a', '2024-01-10', 100n, 100n, 1),
        line('b', '2024-01-10', -30n, null, 2),
        line('c', '2024-01-11', 5n, null, 1),
      ]
      const preview = await read('masked', { lines, vouchers: [] }, '2024-01')
      expect(preview.reconciliations[0]).toMatchObject({
        bankBalanceFen: 75n,
        adjustedBookFen: 75n,
        agrees: true,
      })
    })

    it('a lost line is caught: the balance says what the lines do not', async () => {
      const lines = [line('a', '2024-01-10', 100n, 100n), line('c', '2024-01-12', 5n, 75n)]
      const preview = await read('lost', { lines, vouchers: [] }, '2024-01')
      expect(preview.refusal).toEqual({
        code: 'bank-differs',
        account: '100201',
        adjustedBankFen: 75n,
        adjustedBookFen: 105n,
      })
    })
  })
})
