/** What is due for a month and what came in for it: parts that add up, whatever the order; small parts that nobody can tell; three accounts kept apart. */
import { describe, expect, it } from 'vitest'
import { areaCentiM2, type Fen, fen, type Period, period, sumFen } from '#kernel'
import { type FeeStandard, monthlyFee, sumCollections } from '#ledger'
import { UNIT_KINDS, type UnitKind } from '#people'
import {
  type ChargedUnit,
  collectionOf,
  publicParts,
  type Receivable,
  receivableOf,
} from '../../app/ledger/receivable.ts'
import { fc } from '../support/properties.ts'

const STANDARD: FeeStandard = {
  from: period('2025-01'),
  rates: [
    { unitKind: 'residence', per: 'm2', priceFen: fen(133n) },
    { unitKind: 'commercial', per: 'm2', priceFen: fen(257n) },
    { unitKind: 'parking', per: 'unit', priceFen: fen(4_000n) },
  ],
  poll: '',
  document: '',
}
const unit = (kind: UnitKind, area: bigint): ChargedUnit => ({ kind, areaCentiM2: areaCentiM2(area) })
const anyUnits = fc.array(
  fc.record({
    kind: fc.constantFrom(...UNIT_KINDS),
    areaCentiM2: fc.bigInt({ min: 0n, max: 100_000n }).map(areaCentiM2),
  }),
  { maxLength: 12 },
)

describe('what is due for a month', () => {
  it('is what each unit owes, by kind and together', () => {
    const units = [unit('residence', 8_951n), unit('residence', 10_033n), unit('parking', 1_250n)]
    expect(receivableOf([...units, unit('storage', 700n)], STANDARD)).toEqual({
      unitCount: 3,
      // 119.0483 and 133.4389 yuan, each rounded by itself: 119.05 + 133.44, where one sum would be 252.49 as well.
      dueFen: 11_905n + 13_344n + 4_000n,
      parts: [
        { kind: 'residence', unitCount: 2, areaCentiM2: 18_984n, dueFen: 25_249n },
        { kind: 'parking', unitCount: 1, areaCentiM2: 1_250n, dueFen: 4_000n },
      ],
    })
    expect(receivableOf([], STANDARD)).toEqual({ unitCount: 0, dueFen: 0n, parts: [] })
  })

  it('is the sum of its parts and of its units, in any order of the units', () => {
    fc.assert(
      fc.property(anyUnits, units => {
        const whole = receivableOf(units, STANDARD)
        expect(sumFen(whole.parts.map(part => part.dueFen))).toBe(whole.dueFen)
        expect(sumFen(units.map(each => monthlyFee(STANDARD, each)))).toBe(whole.dueFen)
        expect(receivableOf([...units].reverse(), STANDARD)).toEqual(whole)
        const [left, right] = [units.slice(0, 5), units.slice(5)].map(half => receivableOf(half, STANDARD))
        expect(left!.dueFen + right!.dueFen).toBe(whole.dueFen)
      }),
    )
  })

  it('follows the month’s own standard', () => {
    const dearer = {
      ...STANDARD,
      rates: [{ unitKind: 'residence', per: 'm2', priceFen: fen(266n) } as const],
    }
    const units = [unit('residence', 10_000n), unit('commercial', 5_000n)]
    expect(receivableOf(units, STANDARD).dueFen).toBe(13_300n + 12_850n)
    expect(receivableOf(units, dearer).dueFen).toBe(26_600n)
  })
})

describe('what stands by itself in public', () => {
  const receivableWith = (...counts: readonly number[]): Receivable => {
    const parts = counts.flatMap((unitCount, at) =>
      unitCount === 0
        ? []
        : [{ kind: UNIT_KINDS[at]!, unitCount, areaCentiM2: areaCentiM2(1n), dueFen: fen(1n) }],
    )
    return { unitCount: counts.reduce((a, b) => a + b, 0), dueFen: fen(BigInt(parts.length)), parts }
  }

  it('never lets a kind of one or two units be told, shown or by the difference', () => {
    const counts = [0, 1, 2, 3, 4, 5]
    for (const a of counts) {
      for (const b of counts) {
        for (const c of counts) {
          for (const d of counts) {
            const receivable = receivableWith(a, b, c, d)
            const shown = publicParts(receivable)
            expect(shown.every(part => part.unitCount >= 3)).toBe(true)
            const hidden = receivable.unitCount - shown.reduce((sum, part) => sum + part.unitCount, 0)
            // Nothing is hidden, enough is, or nothing at all is shown beside the total.
            expect(hidden === 0 || hidden >= 3 || shown.length === 0).toBe(true)
          }
        }
      }
    }
  })

  it('is every kind where all are large', () => {
    expect(publicParts(receivableWith(3, 3, 7, 0)).map(part => part.unitCount)).toEqual([3, 3, 7])
    expect(publicParts(receivableWith(9, 5, 1, 0)).map(part => part.unitCount)).toEqual([9])
    expect(publicParts(receivableWith(9, 5, 2, 1)).map(part => part.unitCount)).toEqual([9, 5])
  })
})

describe('what came in', () => {
  const row = (month: string, account: string, amount: bigint) => ({
    period: period(month),
    account,
    creditFen: fen(amount),
  })
  const TURNOVERS = [
    row('2025-03', '410101', 1_000n),
    row('2025-03', '41010101', 20n),
    row('2025-03', '410101', -100n),
    row('2025-03', '410103', 300n),
    row('2025-03', '410102', 7n),
    row('2025-03', '410201', 9_999n),
    row('2025-02', '410101', 5n),
  ]

  it('is for the period and in advance together, for past periods apart, and nothing else is', () => {
    expect(collectionOf(period('2025-03'), fen(2_000n), TURNOVERS)).toEqual({
      dueFen: 2_000n,
      collectedFen: 1_220n,
      advanceFen: 300n,
      pastFen: 7n,
    })
    expect(collectionOf('2025-04' as Period, fen(1n), TURNOVERS)).toMatchObject({ collectedFen: 0n })
  })

  it('adds up over months and communities, in any order', () => {
    const any = fc.bigInt({ min: -(10n ** 6n), max: 10n ** 9n }).map(fen)
    const anyCollection = fc.record({ dueFen: any, collectedFen: any, advanceFen: any, pastFen: any })
    fc.assert(
      fc.property(fc.array(anyCollection, { maxLength: 6 }), all => {
        const sum = sumCollections(all)
        expect(sumCollections([...all].reverse())).toEqual(sum)
        expect(sumCollections([sumCollections(all.slice(0, 2)), sumCollections(all.slice(2))])).toEqual(sum)
        const due: Fen = sumFen(all.map(each => each.dueFen))
        expect(sum.dueFen).toBe(due)
      }),
    )
  })
})
