/** How fees come in: compared with what was due where a standard was in force, with a twelfth of the budget elsewhere, added up without losing or mixing anything, and kept as it was. */
import { describe, expect, it } from 'vitest'
import { type Fen, fen, type Period, period, sumFen } from '#kernel'
import type { Collection } from '#ledger'
import { comparisonsOf, type FeeMonth, feesByLevel } from '#oversight'
import { feeTrend, rollUpFees } from '../../app/oversight/fee-trend.ts'
import { feesKeptIn, keptFees } from '../../app/oversight/kept-fees.ts'
import { fc } from '../support/properties.ts'

const turnover = (text: string, account: string, amount: bigint) => ({
  period: period(text),
  account,
  creditFen: fen(amount),
})
const budget = (fiscalYear: number, account: string, amount: bigint, direction: 'in' | 'out' = 'in') => ({
  fiscalYear,
  account,
  direction,
  amountFen: fen(amount),
})
const collection = (due: bigint, collected: bigint, advance = 0n, past = 0n): Collection => ({
  dueFen: fen(due),
  collectedFen: fen(collected),
  advanceFen: fen(advance),
  pastFen: fen(past),
})
const byStandard = (text: string, of: Collection): FeeMonth => ({
  period: period(text),
  collection: of,
  planned: null,
})
const byBudget = (text: string, received: bigint, planned: bigint): FeeMonth => ({
  period: period(text),
  collection: null,
  planned: { receivedFen: fen(received), plannedFen: fen(planned) },
})
const NONE: ReadonlyMap<Period, Collection> = new Map()

describe('the months of a community', () => {
  const TURNOVERS = [
    turnover('2026-01', '410101', 700n),
    turnover('2026-01', '410102', 300n),
    turnover('2026-01', '410201', 999n),
    turnover('2026-02', '410101', 50n),
  ]
  const BUDGET = [budget(2026, '410101', 12_000n), budget(2026, '5107', 9n, 'out'), budget(2026, '4102', 7n)]
  const trend = (collections: ReadonlyMap<Period, Collection>) =>
    feeTrend(TURNOVERS, BUDGET, collections, period('2025-12'), period('2026-02'))

  it('without a standard are all fee accounts beside a twelfth of the budget, and nothing else', () => {
    expect(trend(NONE)).toEqual([
      byBudget('2025-12', 0n, 0n),
      byBudget('2026-01', 1000n, 1000n),
      byBudget('2026-02', 50n, 1000n),
    ])
    expect(feeTrend([], [], NONE, period('2026-02'), period('2026-01'))).toEqual([])
  })

  it('with one are compared with what was due, and with nothing else', () => {
    const due = collection(900n, 700n, 0n, 300n)
    expect(trend(new Map([[period('2026-01'), due]]))).toEqual([
      byBudget('2025-12', 0n, 0n),
      byStandard('2026-01', due),
      byBudget('2026-02', 50n, 1000n),
    ])
    expect(comparisonsOf(byStandard('2026-01', due))).toEqual([
      { period: '2026-01', against: 'due', partFen: 700n, wholeFen: 900n, pastFen: 300n },
    ])
    expect(comparisonsOf(byBudget('2026-02', 50n, 1000n))).toEqual([
      { period: '2026-02', against: 'budget', partFen: 50n, wholeFen: 1000n, pastFen: null },
    ])
  })

  it('are planned in twelve parts that add up to the year to the fen', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 12n }), amount => {
        const year = feeTrend(
          [],
          [budget(2026, '410101', amount)],
          NONE,
          period('2026-01'),
          period('2026-12'),
        )
        const parts = year.map(each => each.planned!.plannedFen)
        expect(sumFen(parts)).toBe(amount)
        const spread = parts.reduce((a, b) => (a > b ? a : b)) - parts.reduce((a, b) => (a < b ? a : b))
        expect(spread <= 1n).toBe(true)
      }),
    )
  })
})

const anyFen = fc.bigInt({ min: 0n, max: 10n ** 10n }).map(fen)
const anyMonth: fc.Arbitrary<FeeMonth> = fc.oneof(
  fc
    .record({ dueFen: anyFen, collectedFen: anyFen, advanceFen: anyFen, pastFen: anyFen })
    .chain(of => fc.constantFrom('2026-01', '2026-02').map(month => byStandard(month, of))),
  fc
    .tuple(anyFen, anyFen, fc.constantFrom('2026-01', '2026-02'))
    .map(([received, planned, month]) => byBudget(month, received, planned)),
)

describe('several communities', () => {
  it('are one row a month, with a standard and without one each by itself', () => {
    const months = [
      byBudget('2026-02', 5n, 6n),
      byStandard('2026-02', collection(10n, 9n, 2n, 1n)),
      byBudget('2026-01', 1n, 2n),
      byStandard('2026-02', collection(20n, 8n)),
      byBudget('2026-02', 7n, 8n),
    ]
    expect(rollUpFees(months)).toEqual([
      byBudget('2026-01', 1n, 2n),
      { ...byBudget('2026-02', 12n, 14n), collection: collection(30n, 17n, 2n, 1n) },
    ])
    expect(rollUpFees([])).toEqual([])
  })

  it('lose nothing, in any order', () => {
    const sums = (months: readonly FeeMonth[]) => {
      const sum = (of: (month: FeeMonth) => Fen | undefined) =>
        sumFen(months.map(each => of(each) ?? fen(0n)))
      return [
        sum(each => each.collection?.dueFen),
        sum(each => each.collection?.collectedFen),
        sum(each => each.collection?.pastFen),
        sum(each => each.planned?.receivedFen),
        sum(each => each.planned?.plannedFen),
      ]
    }
    fc.assert(
      fc.property(fc.array(anyMonth, { maxLength: 8 }), months => {
        expect(sums(rollUpFees(months))).toEqual(sums(months))
        expect(rollUpFees([...months].reverse())).toEqual(rollUpFees(months))
      }),
    )
  })

  it('are rolled up for each level above them, by the newest month there', () => {
    const [district, north, south] = ['d', 'n', 's'].map(code => ({ code }))
    const placed = [
      { path: [district!, north!], fees: byStandard('2026-02', collection(10n, 5n)) },
      { path: [district!, north!], fees: byBudget('2026-01', 3n, 4n) },
      { path: [district!, south!], fees: byStandard('2026-02', collection(30n, 30n)) },
      { path: [district!, south!], fees: null },
      { path: [], fees: byStandard('2026-02', collection(99n, 99n)) },
    ]
    expect(feesByLevel(placed)).toEqual([
      { level: district, communityCount: 2, month: byStandard('2026-02', collection(40n, 35n)) },
      { level: north, communityCount: 1, month: byStandard('2026-02', collection(10n, 5n)) },
      { level: south, communityCount: 1, month: byStandard('2026-02', collection(30n, 30n)) },
    ])
    expect(feesByLevel([{ path: [district!], fees: null }])).toEqual([])
  })
})

describe('what is kept of a month', () => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(anyMonth, month => {
        expect(feesKeptIn(keptFees(month))).toEqual(month)
      }),
    )
    expect(feesKeptIn(keptFees(null))).toBe(null)
  })
})
