/** Balances from roll-ups against a naive recount from random vouchers. */
import { describe, expect, it } from 'vitest'
import { type Fen, fen, type Period, period } from '#kernel'
import { accountByCode, categoryMovements, fundMovement, type Posting } from '#ledger'
import { OPENING_ACCOUNT } from '../../app/ledger/account.ts'
import { type AccountTurnover, cashBalance, trialBalance, unbalancedFunds } from '../../app/ledger/balance.ts'
import { fc } from '../support/properties.ts'
import { ACCOUNTS, anyMonth, anyPostings, credit, debit, FUNDS } from './books.ts'

interface Booked {
  readonly month: Period
  readonly postings: readonly Posting[]
}

const anyBooks: fc.Arbitrary<Booked[]> = fc.array(fc.record({ month: anyMonth, postings: anyPostings }), {
  maxLength: 12,
})

/** Roll-ups as the posting transaction keeps them. */
function rollUp(books: readonly Booked[]): AccountTurnover[] {
  const rows = new Map<string, { -readonly [K in keyof AccountTurnover]: AccountTurnover[K] }>()
  for (const { month, postings } of books) {
    for (const p of postings) {
      const key = `${month} ${p.fund} ${p.account}`
      const row = rows.get(key) ?? {
        period: month,
        fund: p.fund,
        account: p.account,
        debitFen: fen(0n),
        creditFen: fen(0n),
      }
      if (p.side === 'debit') row.debitFen = fen(row.debitFen + p.amountFen)
      else row.creditFen = fen(row.creditFen + p.amountFen)
      rows.set(key, row)
    }
  }
  return [...rows.values()]
}

const signed = (p: Posting) => (p.side === 'debit' ? p.amountFen : -p.amountFen)
const typeOf = (p: Posting) => accountByCode(ACCOUNTS, p.account)!.type
const sum = (amounts: readonly bigint[]): Fen => fen(amounts.reduce((a, b) => a + b, 0n))

/** The same figures counted posting by posting. */
function recount(books: readonly Booked[], fund: string | null, from: Period, to: Period) {
  const all = books
    .filter(b => b.month <= to)
    .flatMap(b => b.postings.map(posting => ({ month: b.month, posting })))
    .filter(({ posting }) => fund === null || posting.fund === fund)
  const inside = all.filter(({ month }) => month >= from).map(({ posting }) => posting)
  const cash = (rows: readonly Posting[]) => sum(rows.filter(p => typeOf(p) === 'cash').map(signed))
  const moving = inside.filter(
    p =>
      typeOf(p) !== 'cash' && p.account !== OPENING_ACCOUNT && (fund !== null || typeOf(p) !== 'interfund'),
  )
  const opened = sum(inside.filter(p => p.account === OPENING_ACCOUNT).map(p => -signed(p)))
  return {
    openingFen: fen(cash(all.filter(({ month }) => month < from).map(({ posting }) => posting)) + opened),
    inFen: sum(moving.filter(p => p.side === 'credit').map(p => p.amountFen)),
    outFen: sum(moving.filter(p => p.side === 'debit').map(p => p.amountFen)),
    closingFen: cash(all.map(({ posting }) => posting)),
  }
}

const span = fc.tuple(anyMonth, anyMonth).map(([a, b]) => (a <= b ? ([a, b] as const) : ([b, a] as const)))

describe('any books', () => {
  it('opening + in - out = closing, and closing is the money counted: for each fund and for all', () => {
    fc.assert(
      fc.property(anyBooks, span, (books, [from, to]) => {
        const turnovers = rollUp(books)
        for (const fund of [null, ...FUNDS.map(f => f.code)]) {
          const movement = fundMovement(turnovers, ACCOUNTS, fund, from, to)
          expect(movement).toEqual(recount(books, fund, from, to))
          expect(movement.openingFen + movement.inFen - movement.outFen).toBe(movement.closingFen)
        }
      }),
    )
  })

  it('the total is the sum of the funds, less what they lend each other', () => {
    fc.assert(
      fc.property(anyBooks, span, (books, [from, to]) => {
        const turnovers = rollUp(books)
        const total = fundMovement(turnovers, ACCOUNTS, null, from, to)
        const funds = FUNDS.map(f => fundMovement(turnovers, ACCOUNTS, f.code, from, to))
        const lent = sum(
          turnovers
            .filter(t => t.account === '1391' && t.period >= from && t.period <= to)
            .map(t => t.debitFen),
        )
        expect(sum(funds.map(f => f.openingFen))).toBe(total.openingFen)
        expect(sum(funds.map(f => f.closingFen))).toBe(total.closingFen)
        expect(sum(funds.map(f => f.inFen))).toBe(total.inFen + lent)
        expect(sum(funds.map(f => f.outFen))).toBe(total.outFen + lent)
      }),
    )
  })

  it('a month closes with what the next opens with', () => {
    fc.assert(
      fc.property(anyBooks, anyMonth, (books, month) => {
        const turnovers = rollUp(books.filter(b => b.postings.every(p => p.account !== OPENING_ACCOUNT)))
        const next = period(
          month.endsWith('12')
            ? `${Number(month.slice(0, 4)) + 1}-01`
            : month.replace(/\d\d$/, m => String(Number(m) + 1).padStart(2, '0')),
        )
        expect(fundMovement(turnovers, ACCOUNTS, null, next, next).openingFen).toBe(
          fundMovement(turnovers, ACCOUNTS, null, month, month).closingFen,
        )
      }),
    )
  })

  it('categories add up to what came in and went out of each fund, and none is netted away', () => {
    fc.assert(
      fc.property(anyBooks, span, (books, [from, to]) => {
        const turnovers = rollUp(books)
        const categories = categoryMovements(turnovers, ACCOUNTS, from, to)
        for (const { code } of FUNDS) {
          const movement = fundMovement(turnovers, ACCOUNTS, code, from, to)
          const of = (direction: 'in' | 'out') =>
            sum(categories.filter(c => c.fund === code && c.direction === direction).map(c => c.amountFen))
          expect([of('in'), of('out')]).toEqual([movement.inFen, movement.outFen])
        }
        const keys = categories.map(c => `${c.fund} ${c.account} ${c.direction}`)
        expect(new Set(keys).size).toBe(keys.length)
        expect(categories.filter(c => c.account === OPENING_ACCOUNT || c.amountFen === 0n)).toEqual([])
      }),
    )
  })

  it('cash is counted account by account', () => {
    fc.assert(
      fc.property(anyBooks, anyMonth, (books, until) => {
        const counted = books
          .filter(b => b.month <= until)
          .flatMap(b => b.postings)
          .filter(p => p.account === '100201')
        expect(cashBalance(rollUp(books), '100201', until)).toBe(sum(counted.map(signed)))
      }),
    )
  })
})

describe('the trial balance', () => {
  it('comes to nothing in every fund, row by row as counted', () => {
    fc.assert(
      fc.property(anyBooks, anyMonth, (books, month) => {
        const rows = trialBalance(rollUp(books), month)
        expect(unbalancedFunds(rows)).toEqual([])
        for (const row of rows) {
          expect(row.openingFen + row.debitFen - row.creditFen).toBe(row.closingFen)
          const counted = books
            .filter(b => b.month <= month)
            .flatMap(b => b.postings)
            .filter(p => p.fund === row.fund && p.account === row.account)
          expect(row.closingFen).toBe(sum(counted.map(signed)))
        }
      }),
    )
  })

  it('names the fund of any one roll-up that was changed', () => {
    fc.assert(
      fc.property(
        anyBooks.filter(books => books.length > 0),
        fc.nat(),
        fc.bigInt({ min: 1n, max: 10n ** 9n }),
        (books, pick, by) => {
          const turnovers = rollUp(books)
          const at = pick % turnovers.length
          const tampered = turnovers.map((t, i) => (i === at ? { ...t, debitFen: fen(t.debitFen + by) } : t))
          expect(unbalancedFunds(trialBalance(tampered, period('2199-12')))).toEqual([turnovers[at]!.fund])
        },
      ),
    )
  })
})

describe('what is shown gross', () => {
  const january = period('2025-01')
  const movement = (...vouchers: Posting[][]) =>
    fundMovement(
      rollUp(vouchers.map(postings => ({ month: january, postings }))),
      ACCOUNTS,
      'trust',
      january,
      january,
    )

  it('a refund is paid out and does not shrink the income', () => {
    const shown = movement(
      [debit('100201', 100n), credit('410101', 100n)],
      [debit('410101', 30n), credit('100201', 30n)],
    )
    expect(shown).toEqual({ openingFen: 0n, inFen: 100n, outFen: 30n, closingFen: 70n })
  })

  it('a red entry shrinks the side it corrects', () => {
    const shown = movement(
      [debit('100201', 100n), credit('410101', 100n)],
      [debit('100201', -30n), credit('410101', -30n)],
    )
    expect(shown).toEqual({ openingFen: 0n, inFen: 70n, outFen: 0n, closingFen: 70n })
  })

  it('money that was there is no receipt', () => {
    const shown = movement([debit('100201', 100n), credit('3101', 100n)])
    expect(shown).toEqual({ openingFen: 100n, inFen: 0n, outFen: 0n, closingFen: 100n })
  })
})

it('turnover on an account that the chart does not have is a broken invariant', () => {
  const stray = [
    { period: period('2025-01'), fund: 'trust', account: '9', debitFen: fen(1n), creditFen: fen(0n) },
  ]
  expect(() => fundMovement(stray, ACCOUNTS, null, period('2025-01'), period('2025-01'))).toThrow(
    'invariant broken',
  )
})
