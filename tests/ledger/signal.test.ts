/** Each signal against the rule as a sentence: exhaustively where the cases are small, by properties where they are not. */
import { describe, expect, it } from 'vitest'
import { addDays, type CivilDate, civilDate, fen, instantOf, isWorkingDay } from '#kernel'
import type { Mark } from '../../app/ledger/relation.ts'
import {
  accountBefore,
  isFarFromUsual,
  isRestDay,
  isRoundSum,
  lowerMedian,
  type PaymentSeen,
  SIGNAL_KINDS,
  signalsOf,
  splitBeside,
} from '../../app/ledger/signal.ts'
import { fc } from '../support/properties.ts'

/** A Wednesday. */
const DAY = civilDate('2025-03-12')
const NOON = 12 * 3600

function payment(changes: Partial<PaymentSeen> = {}): PaymentSeen {
  return {
    voucher: null,
    payee: '净邻保洁',
    amountFen: fen(123_456n),
    occurredOn: DAY,
    purpose: 'trust 5103',
    pictures: [],
    invoices: [],
    marks: [],
    draftedAt: instantOf(DAY, 9 * 3600),
    releasedAt: instantOf(DAY, NOON),
    ...changes,
  }
}
const kindsOf = (...of: Parameters<typeof signalsOf>) => signalsOf(...of).map(signal => signal.kind)
const usual = [1, 2, 3].map(number => payment({ voucher: `2025-000${number}` }))

it('an ordinary payment has none', () => {
  expect(signalsOf(payment(), usual, fen(10n ** 9n))).toEqual([])
})

describe('split: to one payee within seven days, each below the threshold, together at or above it', () => {
  it('in every small case', () => {
    let seen = 0
    for (const mine of [1n, 2n, 3n, 4n])
      for (const theirs of [1n, 2n, 3n, 4n])
        for (let days = -8; days <= 8; days++)
          for (const payee of ['净邻保洁', '别家', null]) {
            const other = payment({ payee, amountFen: fen(theirs), occurredOn: addDays(DAY, days) })
            const found = splitBeside(payment({ amountFen: fen(mine) }), [other], fen(4n)).length === 1
            const expected =
              payee === '净邻保洁' && mine < 4n && theirs < 4n && mine + theirs >= 4n && Math.abs(days) < 7
            expect([mine, theirs, days, payee, found]).toEqual([mine, theirs, days, payee, expected])
            seen++
          }
    expect(seen).toBe(4 * 4 * 17 * 3)
    expect(splitBeside(payment({ amountFen: fen(3n) }), [payment({ amountFen: fen(3n) })], null)).toEqual([])
  })

  it('names the vouchers it was seen beside, oldest first', () => {
    const beside = ['2025-0007', '2025-0003'].map(voucher => payment({ voucher, amountFen: fen(2n) }))
    expect(signalsOf(payment({ amountFen: fen(2n) }), beside, fen(6n))).toEqual([
      { kind: 'split', others: ['2025-0003', '2025-0007'] },
    ])
  })

  it('adds up as anybody would, whatever the amounts', () => {
    const amount = fc.bigInt({ min: 1n, max: 100n }).map(fen)
    fc.assert(
      fc.property(amount, fc.array(amount, { maxLength: 6 }), amount, (mine, others, threshold) => {
        const history = others.map(amountFen => payment({ amountFen }))
        const below = others.filter(each => each < threshold)
        const together = below.reduce((sum, each) => sum + each, mine as bigint)
        const found = splitBeside(payment({ amountFen: mine }), history, threshold)
        expect(found.length).toBe(mine < threshold && together >= threshold ? below.length : 0)
      }),
    )
  })
})

describe('the same invoice or picture twice', () => {
  it.each(['invoices', 'pictures'] as const)('%s', field => {
    const kind = field === 'invoices' ? 'same-invoice' : 'same-picture'
    const other = payment({ voucher: '2025-0009', payee: '别家', [field]: ['a', 'b'] })
    expect(signalsOf(payment({ [field]: ['b'] }), [...usual, other], null)).toEqual([
      { kind, others: ['2025-0009'] },
    ])
    expect(signalsOf(payment({ [field]: ['c'] }), [...usual, other], null)).toEqual([])
    expect(signalsOf(payment(), [...usual, other], null)).toEqual([])
  })
})

it('a round sum is of whole thousands from five thousand yuan on, unless this payee was paid just that before', () => {
  for (let yuan = 0; yuan <= 12_000; yuan += 500) {
    const round = payment({ amountFen: fen(BigInt(yuan) * 100n) })
    expect([yuan, isRoundSum(round, usual)]).toEqual([yuan, yuan >= 5_000 && yuan % 1_000 === 0])
    expect(isRoundSum(round, [round])).toBe(false)
  }
  const round = payment({ amountFen: fen(600_000n) })
  expect(isRoundSum(payment({ amountFen: fen(600_001n) }), [])).toBe(false)
  expect(isRoundSum(round, [{ ...round, payee: '别家' }])).toBe(true)
})

it('days off by the day in Shanghai: weekends but those that are worked (调休), and holidays', () => {
  const isRest = (day: CivilDate) => isRestDay(instantOf(day))
  for (let days = 0; days < 800; days++) {
    const day = addDays(civilDate('2024-01-01'), days)
    expect([day, isRest(day), isRestDay(instantOf(day, 86_399))]).toEqual([
      day,
      !isWorkingDay(day),
      !isWorkingDay(day),
    ])
  }
  const cases = [
    ['2025-01-26', false], // a Sunday that is worked for the Spring Festival
    ['2025-02-08', false], // a Saturday that is worked
    ['2025-10-08', true], // a Wednesday of the National Day
    ['2025-03-15', true], // a Saturday like others
    ['2025-03-14', false],
    ['2023-10-07', true], // no calendar is known: a Saturday is one
  ] as const
  for (const [day, rests] of cases) expect([day, isRest(civilDate(day))]).toEqual([day, rests])
})

it('within a minute of being prepared; a new payee within a day of it', () => {
  const draftedAt = instantOf(DAY, NOON)
  const after = (ms: number) => payment({ draftedAt, releasedAt: new Date(draftedAt.getTime() + ms) })
  const stranger = (ms: number) => ({ ...after(ms), payee: '新来的' })
  expect([0, 59_999, 60_000].map(ms => kindsOf(after(ms), usual, null))).toEqual([['hasty'], ['hasty'], []])
  const day = 24 * 3_600_000
  expect([day - 1, day].map(ms => kindsOf(stranger(ms), usual, null))).toEqual([['new-payee'], []])
  expect(kindsOf({ ...after(60_000), payee: null }, usual, null)).toEqual([])
})

describe('marks of the payee', () => {
  const mark = (kind: Mark['kind'], digest: string): Mark => ({ kind, digest })
  const known = payment({ voucher: '2025-0005', marks: [mark('bank-account', 'old')] })

  it('another bank account than last time, and only when both are known', () => {
    const now = (digest: string) => payment({ marks: [mark('bank-account', digest)] })
    expect(accountBefore(now('new'), [known])).toBe(known)
    expect(accountBefore(now('old'), [known])).toBe(null)
    expect(accountBefore(payment(), [known])).toBe(null)
    expect(accountBefore(now('new'), [payment(), { ...known, payee: '别家' }])).toBe(null)
    // The newest counts: a payee who went back to an older account changed it as well.
    expect(accountBefore(now('old'), [{ ...known, marks: [mark('bank-account', 'new')] }, known])).not.toBe(
      null,
    )
  })

  it('shared with another payee, kind by kind', () => {
    for (const mine of ['phone', 'bank-account', 'legal-person'] as const)
      for (const theirs of ['phone', 'bank-account', 'legal-person'] as const)
        for (const payee of ['净邻保洁', '别家']) {
          const other = payment({ voucher: '2025-0005', payee, marks: [mark(theirs, 'x')] })
          const kinds = kindsOf(payment({ marks: [mark(mine, 'x')] }), [...usual, other], null)
          expect(kinds).toEqual(mine === theirs && payee === '别家' ? ['shared-mark'] : [])
        }
  })
})

describe('far from what this community usually pays', () => {
  it('is more than twice or less than half of the lower median, of three or more', () => {
    for (const usually of [1n, 2n, 5n])
      for (let now = 1n; now <= 12n; now++) {
        const history = [usually, usually, usually].map(each => payment({ amountFen: fen(each) }))
        const expected = now > 2n * usually || now * 2n < usually
        expect(isFarFromUsual(payment({ amountFen: fen(now) }), history)).toBe(expected)
        expect(isFarFromUsual(payment({ amountFen: fen(now) }), history.slice(1))).toBe(false)
        const elsewhere = history.map(other => ({ ...other, purpose: 'trust 5104' }))
        expect(isFarFromUsual(payment({ amountFen: fen(now) }), elsewhere)).toBe(false)
      }
  })

  it('the lower median is an amount that was paid, with half of them on either side', () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt({ min: 0n, max: 50n }), { minLength: 1, maxLength: 9 }), amounts => {
        const middle = lowerMedian(amounts)
        expect(amounts).toContain(middle)
        expect(amounts.filter(each => each < middle).length * 2).toBeLessThan(amounts.length)
        expect(amounts.filter(each => each > middle).length * 2).toBeLessThanOrEqual(amounts.length)
      }),
    )
  })
})

it('signals come in the order of their kinds, each once', () => {
  const all = payment({
    payee: '新来的',
    amountFen: fen(600_000n),
    releasedAt: instantOf(civilDate('2025-03-15'), 0),
    draftedAt: instantOf(civilDate('2025-03-15'), 0),
    invoices: ['a'],
    pictures: ['p'],
    marks: [{ kind: 'phone', digest: 'x' }],
  })
  const other = payment({ invoices: ['a'], pictures: ['p'], marks: [{ kind: 'phone', digest: 'x' }] })
  const kinds = kindsOf(all, [other], null)
  expect(kinds).toEqual(SIGNAL_KINDS.filter(kind => kinds.includes(kind)))
  expect(kinds).toEqual([
    'same-invoice',
    'same-picture',
    'round-sum',
    'new-payee',
    'shared-mark',
    'weekend',
    'hasty',
  ])
})
