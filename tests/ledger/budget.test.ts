/** The open budget beside what was moved: nothing planned is left out, nothing moved is left out, and what is left may be negative. */
import { expect, it } from 'vitest'
import { type Fen, fen } from '#kernel'
import type { BudgetLine, CategoryMovement } from '#ledger'
import { compareBudget } from '../../app/ledger/budget.ts'
import { fc } from '../support/properties.ts'
import { anyAmount } from './books.ts'

const planned = (account: string, amount: bigint, fiscalYear = 2025): BudgetLine => ({
  fiscalYear,
  fund: 'trust',
  account,
  direction: 'out',
  amountFen: fen(amount),
})
const moved = (account: string, amount: bigint): CategoryMovement => ({
  fund: 'trust',
  account,
  direction: 'out',
  amountFen: fen(amount),
})

it('compares, shows what is over, and what nobody planned', () => {
  const rows = compareBudget(
    2025,
    [planned('5103', 100n), planned('5104', 50n), planned('5103', 999n, 2024)],
    [],
    [moved('5103', 130n), moved('5110', 7n)],
  )
  expect(rows.map(r => [r.account, r.amountFen, r.actualFen, r.leftFen])).toEqual([
    ['5103', 100n, 130n, -30n],
    ['5104', 50n, 0n, 50n],
    ['5110', 0n, 7n, -7n],
  ])
})

it('leaves what votes and emergencies of the year allow beyond the budget, for spending only', () => {
  const beyond = [planned('5103', 20n), planned('5103', 5n), planned('5110', 7n), planned('5103', 900n, 2024)]
  const rows = compareBudget(
    2025,
    [planned('5103', 100n), { ...planned('5103', 50n), direction: 'in' }],
    beyond.map(({ direction: _, ...each }) => each),
    [moved('5103', 130n), moved('5110', 7n)],
  )
  expect(rows.map(r => [r.account, r.direction, r.allowedFen, r.leftFen])).toEqual([
    ['5103', 'in', 0n, 50n],
    ['5103', 'out', 25n, -5n],
    ['5110', 'out', 7n, 0n],
  ])
})

it('money in and money out of one account are two lines', () => {
  const rows = compareBudget(2025, [planned('2241', 5n)], [], [{ ...moved('2241', 9n), direction: 'in' }])
  expect(rows.map(r => [r.direction, r.amountFen, r.actualFen])).toEqual([
    ['in', 0n, 9n],
    ['out', 5n, 0n],
  ])
})

it('loses nothing: sums of plan and of movement are the sums that came in', () => {
  const accounts = ['5101', '5102', '5103', '5104']
  const some = fc.uniqueArray(fc.tuple(fc.constantFrom(...accounts), anyAmount), {
    selector: ([account]) => account,
  })
  const sum = (amounts: readonly Fen[]) => amounts.reduce((a, b) => a + b, 0n)
  fc.assert(
    fc.property(some, some, (plan, actual) => {
      const rows = compareBudget(
        2025,
        plan.map(([a, n]) => planned(a, n)),
        [],
        actual.map(([a, n]) => moved(a, n)),
      )
      expect(sum(rows.map(r => r.amountFen))).toBe(sum(plan.map(([, n]) => n)))
      expect(sum(rows.map(r => r.actualFen))).toBe(sum(actual.map(([, n]) => n)))
      for (const row of rows) expect(row.amountFen - row.actualFen).toBe(row.leftFen)
      expect(new Set(rows.map(r => r.account))).toEqual(new Set([...plan, ...actual].map(([a]) => a)))
    }),
  )
})
