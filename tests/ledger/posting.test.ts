/** Double entry: what balances is taken, and every single change to it is refused. */
import { describe, expect, it } from 'vitest'
import { fen } from '#kernel'
import { type Posting, voucherAmount } from '#ledger'
import {
  cashMovement,
  checkPostings,
  POSTING_LIMIT,
  paysMoney,
  redPostings,
  turnover,
} from '../../app/ledger/posting.ts'
import { fc } from '../support/properties.ts'
import { ACCOUNTS, anyPostings, CHART, credit, debit } from './books.ts'

const codes = (postings: readonly Posting[], red = false) => {
  const checked = checkPostings(postings, CHART, red)
  return checked.ok ? [] : checked.error.map(problem => problem.code)
}

describe('any voucher that balances in every fund', () => {
  it('is taken, in any order of its lines, and in red', () => {
    fc.assert(
      fc.property(anyPostings, fc.infiniteStream(fc.nat()), (postings, order) => {
        expect(codes(postings)).toEqual([])
        const shuffled = postings
          .map(posting => ({ posting, at: order.next().value as number }))
          .sort((a, b) => a.at - b.at)
          .map(({ posting }) => posting)
        expect(codes(shuffled)).toEqual([])
        expect(codes(redPostings(postings), true)).toEqual([])
      }),
    )
  })

  it('is refused after one change: an amount, a side, a fund, a line left out or twice', () => {
    fc.assert(
      fc.property(anyPostings, fc.nat(), fc.bigInt({ min: 1n, max: 10n ** 9n }), (postings, pick, by) => {
        const at = pick % postings.length
        const line = postings[at]!
        const replaced = (changed: Posting) => postings.map((posting, i) => (i === at ? changed : posting))
        const other = line.fund === 'trust' ? 'maintenance' : 'trust'
        for (const tampered of [
          replaced({ ...line, amountFen: fen(line.amountFen + by) }),
          replaced({ ...line, side: line.side === 'debit' ? 'credit' : 'debit' }),
          replaced({ ...line, fund: other }),
          postings.filter((_, i) => i !== at),
          [...postings, line],
        ]) {
          expect(codes(tampered)).toContain('fund-unbalanced')
        }
        expect(codes(replaced({ ...line, amountFen: fen(0n) }))).toContain('posting-zero')
        expect(codes(replaced({ ...line, account: '9999' }))).toContain('posting-account-unknown')
        expect(codes(replaced({ ...line, fund: 'nobody' }))).toContain('posting-fund-unknown')
      }),
    )
  })

  it('is refused in red when one line is black, and in black when one is red', () => {
    fc.assert(
      fc.property(anyPostings, fc.nat(), (postings, pick) => {
        const at = pick % postings.length
        const flipped = (lines: readonly Posting[]) =>
          lines.map((line, i) => (i === at ? { ...line, amountFen: fen(-line.amountFen) } : line))
        expect(codes(flipped(postings))).toContain('posting-negative')
        expect(codes(flipped(redPostings(postings)), true)).toContain('posting-positive-in-red')
      }),
    )
  })
})

describe('small cases', () => {
  it('balances of all pairs of amounts from -2 to 2, exhausted', () => {
    for (let a = -2n; a <= 2n; a++) {
      for (let b = -2n; b <= 2n; b++) {
        const postings = [debit('100201', a), credit('410101', b)]
        expect(checkPostings(postings, CHART, false).ok).toBe(a === b && a > 0n)
        expect(checkPostings(postings, CHART, true).ok).toBe(a === b && a < 0n)
      }
    }
  })

  it('two funds do not balance each other', () => {
    const checked = checkPostings([debit('100201', 5n), credit('410101', 5n, 'maintenance')], CHART, false)
    expect(checked).toEqual({
      ok: false,
      error: [
        { code: 'fund-unbalanced', fund: 'trust', debitFen: 5n, creditFen: 0n },
        { code: 'fund-unbalanced', fund: 'maintenance', debitFen: 0n, creditFen: 5n },
      ],
    })
  })

  it('what a fund lends, another borrows in the same voucher: money cannot leave between them', () => {
    const lend = [debit('1391', 5n), credit('100201', 5n)]
    const borrow = [debit('100202', 5n, 'maintenance'), credit('1391', 5n, 'maintenance')]
    expect(codes([...lend, ...borrow])).toEqual([])
    expect(checkPostings(lend, CHART, false)).toEqual({
      ok: false,
      error: [{ code: 'interfund-unbalanced', debitFen: 5n, creditFen: 0n }],
    })
    expect(codes(borrow)).toEqual(['interfund-unbalanced'])
    expect(codes(redPostings(lend), true)).toEqual(['interfund-unbalanced'])
  })

  it('no line, one line, and more lines than a voucher has', () => {
    expect(codes([])).toEqual(['postings-too-few'])
    expect(codes([debit('100201', 1n)])).toEqual(['postings-too-few', 'fund-unbalanced'])
    const many = Array.from({ length: POSTING_LIMIT / 2 }, () => [
      debit('100201', 1n),
      credit('410101', 1n),
    ]).flat()
    expect(codes(many)).toEqual([])
    expect(codes([...many, debit('100201', 1n), credit('410101', 1n)])).toEqual(['postings-too-many'])
  })

  it('gives all problems at once, by line', () => {
    const checked = checkPostings([debit('9', 0n), credit('410101', -3n, 'x')], CHART, false)
    expect(checked.ok ? [] : checked.error).toEqual([
      { code: 'posting-zero', line: 1 },
      { code: 'posting-account-unknown', line: 1, account: '9' },
      { code: 'posting-negative', line: 2 },
      { code: 'posting-fund-unknown', line: 2, fund: 'x' },
      { code: 'fund-unbalanced', fund: 'x', debitFen: 0n, creditFen: -3n },
    ])
  })
})

describe('what postings do', () => {
  it('turnover is the naive sum; the amount is its debit side', () => {
    fc.assert(
      fc.property(anyPostings, postings => {
        const sums = turnover(postings)
        expect(sums.debitFen).toBe(sums.creditFen)
        expect(voucherAmount(postings)).toBe(sums.debitFen)
        const red = turnover(redPostings(postings))
        expect([red.debitFen + sums.debitFen, red.creditFen + sums.creditFen]).toEqual([0n, 0n])
      }),
    )
  })

  it('red lines are the same lines: fund, account and side stay', () => {
    expect(redPostings([debit('100201', 7n), credit('410101', 7n)])).toEqual([
      debit('100201', -7n),
      credit('410101', -7n),
    ])
  })

  it('cash moves by account, debits in and credits out, and only cash', () => {
    const postings = [
      debit('100201', 100n),
      credit('101201', 99n),
      credit('410101', 1n),
      credit('100201', 30n),
    ]
    expect(cashMovement(postings, ACCOUNTS)).toEqual(
      new Map([
        ['100201', 70n],
        ['101201', -99n],
      ]),
    )
  })

  it('money leaves by a credit on cash, in red as well, and by nothing else', () => {
    expect(paysMoney([debit('5103', 1n), credit('100201', 1n)], ACCOUNTS)).toBe(true)
    expect(paysMoney([debit('5103', -1n), credit('100201', -1n)], ACCOUNTS)).toBe(true)
    expect(paysMoney([debit('100201', 1n), credit('410101', 1n)], ACCOUNTS)).toBe(false)
    expect(paysMoney([debit('5103', 1n), credit('2202', 1n)], ACCOUNTS)).toBe(false)
  })
})
