/** The address of a voucher list is its filter, both ways; what a row counts is what the fund page counts. */
import { describe, expect, it, test } from 'vitest'
import { type Fen, fen, period, sumFen } from '#kernel'
import { CHART_OF_ACCOUNTS, categoryMovements, fundMovement, type Posting } from '#ledger'
import {
  formatSpan,
  type ListFilter,
  listQuery,
  parseListQuery,
  parseSpan,
  VOUCHER_KINDS,
} from '../../app/routes/public/voucher-filter.ts'
import { movementOf } from '../../app/routes/public/voucher-row.ts'
import { fc } from '../support/properties.ts'

const ACCOUNTS = [
  ...CHART_OF_ACCOUNTS,
  { code: '100201', type: 'cash' as const, nameZh: '银行', nameEn: 'Bank' },
]
const month = fc
  .record({ year: fc.integer({ min: 2020, max: 2030 }), index: fc.integer({ min: 1, max: 12 }) })
  .map(({ year, index }) => period(`${year}-${String(index).padStart(2, '0')}`))
const span = fc.tuple(month, month).map(([a, b]) => (a < b ? { from: a, until: b } : { from: b, until: a }))

describe('a span', () => {
  test('comes back from its text', () => {
    fc.assert(
      fc.property(span, each => {
        expect(parseSpan(formatSpan(each))).toEqual(each)
      }),
    )
  })

  test.each([
    ['2026-06', '2026-06', '2026-06'],
    ['2026', '2026-01', '2026-12'],
    ['2026-01..2026-06', '2026-01', '2026-06'],
  ])('%s', (text, from, until) => expect(parseSpan(text)).toEqual({ from, until }))

  test.each([
    '',
    '26',
    '2026-13',
    '2026-06..2026-05',
    '2026-01..',
    '..2026-01',
    '2026-01..2026-02..2026-03',
    '2026..2027',
  ])('refuses %j', text => expect(parseSpan(text)).toBeNull())
})

test('a filter comes back from its query', () => {
  const filters = fc.record(
    {
      span,
      fund: fc.constantFrom('trust', 'maintenance'),
      account: fc.constantFrom('5107', '100201'),
      kind: fc.constantFrom(...VOUCHER_KINDS),
      direction: fc.constantFrom('in' as const, 'out' as const),
      text: fc.constantFrom('电梯', 'a&b=c', '100%', '+ #?'),
    },
    { requiredKeys: [] },
  )
  fc.assert(
    fc.property(filters, filter => {
      const parsed = parseListQuery(new URLSearchParams(listQuery(filter as ListFilter)))
      expect(parsed).toEqual({ filter, before: null })
    }),
  )
})

it('ignores fields left empty, which a form sends all the same', () => {
  const sent = new URLSearchParams('period=&fund=&account=&kind=&direction=&text=++&lang=en')
  expect(parseListQuery(sent)).toEqual({ filter: {}, before: null })
})

describe('a row', () => {
  const posting = (side: Posting['side'], fund: string, account: string, amount: bigint): Posting => ({
    side,
    fund,
    account,
    amountFen: fen(amount),
  })
  const postings = fc.array(
    fc.record({
      side: fc.constantFrom('debit' as const, 'credit' as const),
      fund: fc.constantFrom('trust', 'maintenance'),
      account: fc.constantFrom('100201', '1391', '2241', '3101', '410101', '4108', '5103', '5107'),
      amountFen: fc.bigInt({ min: -500n, max: 500n }).map(fen),
    }),
    { maxLength: 12 },
  )
  const turnoversOf = (vouchers: readonly (readonly Posting[])[]) =>
    vouchers.flat().map(each => ({
      period: period('2026-06'),
      fund: each.fund,
      account: each.account,
      debitFen: each.side === 'debit' ? each.amountFen : fen(0n),
      creditFen: each.side === 'credit' ? each.amountFen : fen(0n),
    }))
  const totalOf = (vouchers: readonly (readonly Posting[])[], counting: Parameters<typeof movementOf>[2]) => {
    const rows = vouchers.map(each => movementOf(each, ACCOUNTS, counting))
    return { inFen: sumFen(rows.map(row => row.inFen)), outFen: sumFen(rows.map(row => row.outFen)) }
  }

  test('counts as the fund page does: rows add up to the totals of funds and of categories', () => {
    const june = period('2026-06')
    fc.assert(
      fc.property(fc.array(postings, { maxLength: 5 }), vouchers => {
        const turnovers = turnoversOf(vouchers)
        for (const fund of [null, 'trust', 'maintenance']) {
          const { inFen, outFen } = fundMovement(turnovers, ACCOUNTS, fund, june, june)
          expect(totalOf(vouchers, fund === null ? {} : { fund })).toEqual({ inFen, outFen })
        }
        for (const { fund, account, direction, amountFen } of categoryMovements(
          turnovers,
          ACCOUNTS,
          june,
          june,
        )) {
          const total = totalOf(vouchers, { fund, account, direction })
          expect<Fen>(direction === 'in' ? total.inFen : total.outFen).toBe(amountFen)
          expect<Fen>(direction === 'in' ? total.outFen : total.inFen).toBe(fen(0n))
        }
      }),
    )
  })

  test('reads a bank account that is asked for by name as the bank does', () => {
    const payment = [posting('debit', 'trust', '5107', 300n), posting('credit', 'trust', '100201', 300n)]
    expect(movementOf(payment, ACCOUNTS, { account: '100201' })).toEqual({ inFen: 0n, outFen: 300n })
    expect(movementOf(payment, ACCOUNTS, {})).toEqual({ inFen: 0n, outFen: 300n })
  })
})
