/** The standard of service fees: a home's month exact to the fen, what no standard could mean, which one holds for a month, bytes there and back. */
import { describe, expect, it } from 'vitest'
import { areaCentiM2, canonicalBytes, fen, parseCanonical, period } from '#kernel'
import { type FeeRate, type FeeStandard, monthlyFee, priceField, rateOf } from '#ledger'
import { UNIT_KINDS, type UnitKind } from '#people'
import {
  checkFeeStandard,
  feeMembers,
  feeStandardOf,
  isSameStandard,
  standardOf,
} from '../../app/ledger/fee-standard.ts'
import { fc } from '../support/properties.ts'

const rate = (unitKind: UnitKind, price: bigint, per: FeeRate['per'] = 'm2'): FeeRate => ({
  unitKind,
  per,
  priceFen: fen(price),
})
const STANDARD: FeeStandard = {
  from: period('2025-01'),
  rates: [rate('residence', 140n), rate('commercial', 280n), rate('parking', 5_000n, 'unit')],
  poll: '',
  document: '',
}
const feeOf = (kind: UnitKind, area: bigint, standard = STANDARD) =>
  monthlyFee(standard, { kind, areaCentiM2: areaCentiM2(area) })

describe('a unit’s month', () => {
  it.each<[UnitKind, bigint, bigint]>([
    ['residence', 8_950n, 12_530n],
    ['residence', 1n, 1n],
    ['residence', 0n, 0n],
    // 0.35 m² at 1.40 yuan is 49 fen; 0.3575 would be more than an area can say.
    ['residence', 35n, 49n],
    ['commercial', 5_640n, 15_792n],
    ['parking', 1_250n, 5_000n],
    ['parking', 99_999n, 5_000n],
    ['storage', 700n, 0n],
  ])('%s of %s hundredths of a square metre owes %s fen', (kind, area, due) => {
    expect(feeOf(kind, area)).toBe(due)
  })

  it('is rounded half up: a tie goes up, a fen less than a tie goes down', () => {
    const at = (price: bigint) => ({ ...STANDARD, rates: [rate('residence', price)] })
    expect(feeOf('residence', 50n, at(1n))).toBe(1n)
    expect(feeOf('residence', 49n, at(1n))).toBe(0n)
    expect(feeOf('residence', 150n, at(1n))).toBe(2n)
    expect(feeOf('residence', 250n, at(1n))).toBe(3n)
    const price = fc.bigInt({ min: 1n, max: 1_000_000n })
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 9n }), price, (area, each) => {
        const twiceOff = 2n * (feeOf('residence', area, at(each)) * 100n - area * each)
        // Never half a fen or more below, never more than half a fen above.
        expect(twiceOff > -100n && twiceOff <= 100n).toBe(true)
      }),
    )
  })
})

describe('what no standard could mean', () => {
  it.each<[string, string, Partial<FeeStandard>]>([
    ['fee-rates-missing', 'price-residence', { rates: [] }],
    ['fee-price-unfit', 'price-residence', { rates: [rate('residence', 0n)] }],
    ['fee-price-unfit', 'price-storage', { rates: [rate('residence', 1n), rate('storage', -1n)] }],
    ['fee-price-unfit', 'price-parking', { rates: [rate('parking', 1_000_001n, 'unit')] }],
    ['fee-basis-unfit', 'per-parking', { rates: [rate('residence', 100n, 'unit')] }],
    ['fee-from-too-early', 'from', { from: period('2024-12') }],
    ['fee-poll-malformed', 'feePoll', { poll: '../votes' }],
    ['fee-document-malformed', 'document', { document: 'A'.repeat(64) }],
    ['fee-document-malformed', 'document', { document: 'a'.repeat(63) }],
  ])('%s at %s', (code, name, changes) => {
    expect(checkFeeStandard({ ...STANDARD, ...changes }, STANDARD)).toEqual({
      ok: false,
      error: { code, name },
    })
  })

  it('is told from what can: any month for the first one, the same month or a later one after it', () => {
    expect(checkFeeStandard(STANDARD, null).ok).toBe(true)
    expect(checkFeeStandard(STANDARD, STANDARD).ok).toBe(true)
    expect(checkFeeStandard({ ...STANDARD, from: period('2025-02') }, STANDARD).ok).toBe(true)
    const full = { ...STANDARD, poll: '01JABCDEF', document: 'a'.repeat(64) }
    expect(checkFeeStandard(full, null).ok).toBe(true)
  })
})

describe('the standard of a month', () => {
  const from = (month: string, price: bigint) => ({
    standard: { ...STANDARD, from: period(month), rates: [rate('residence', price)] },
  })
  const priceIn = (month: string, ...confirmed: ReturnType<typeof from>[]) =>
    standardOf(confirmed, period(month))?.standard.rates[0]?.priceFen ?? null

  it('is the last confirmed of those that have begun', () => {
    const versions = [from('2025-01', 100n), from('2025-01', 110n), from('2026-01', 120n)]
    expect(['2024-12', '2025-01', '2025-12', '2026-01', '2030-01'].map(m => priceIn(m, ...versions))).toEqual(
      [null, 110n, 110n, 120n, 120n],
    )
    expect(priceIn('2025-01')).toBe(null)
  })
})

describe('bytes', () => {
  const anyStandard: fc.Arbitrary<FeeStandard> = fc.record({
    from: fc.constantFrom(period('2024-02'), period('2031-12')),
    rates: fc
      .subarray([...UNIT_KINDS])
      .map(kinds => kinds.map((kind, at) => rate(kind, BigInt(at + 1), kind === 'parking' ? 'unit' : 'm2'))),
    poll: fc.constantFrom('', 'P1'),
    document: fc.constantFrom('', 'd'.repeat(64)),
  })

  it('of any standard come back as they were, and tell it from every other', () => {
    fc.assert(
      fc.property(anyStandard, anyStandard, (a, b) => {
        const stored = parseCanonical(canonicalBytes(feeMembers(a)))
        if (!stored.ok) throw new Error('not canonical')
        expect(feeStandardOf(stored.value)).toEqual(a)
        const isEqual = Buffer.compare(canonicalBytes(feeMembers(a)), canonicalBytes(feeMembers(b))) === 0
        expect(isSameStandard(a, b)).toBe(isEqual)
        expect(isSameStandard(a, null)).toBe(false)
      }),
    )
    expect(isSameStandard(null, null)).toBe(true)
  })

  it('a kind without a price has none, and every kind has a field of its own', () => {
    expect(rateOf(STANDARD, 'storage')).toBe(null)
    expect(new Set(UNIT_KINDS.map(priceField)).size).toBe(UNIT_KINDS.length)
  })
})
