/** The open budget (开放式预算): what was planned for an account in a fiscal year beside what was spent. Pure. */
import { type Fen, fen } from '#kernel'
import type { CategoryMovement } from './balance.ts'

export interface BudgetLine {
  readonly fiscalYear: number
  readonly fund: string
  readonly account: string
  readonly direction: 'in' | 'out'
  /** For the whole year. */
  readonly amountFen: Fen
}

export interface BudgetComparison extends BudgetLine {
  readonly actualFen: Fen
  /** What is left; negative when over budget. */
  readonly leftFen: Fen
}

/** Every budget line with what was moved against it so far, and movements without any line with a budget of nothing. */
export function compareBudget(
  fiscalYear: number,
  lines: readonly BudgetLine[],
  actual: readonly CategoryMovement[],
): BudgetComparison[] {
  const keyOf = (row: { fund: string; account: string; direction: string }) =>
    `${row.fund}\n${row.account}\n${row.direction}`
  const planned = new Map(
    lines.filter(line => line.fiscalYear === fiscalYear).map(line => [keyOf(line), line]),
  )
  const moved = new Map(actual.map(movement => [keyOf(movement), movement.amountFen]))
  const unplanned = actual
    .filter(movement => !planned.has(keyOf(movement)))
    .map(movement => ({ ...movement, fiscalYear, amountFen: fen(0n) }))
  return [...planned.values(), ...unplanned]
    .map(line => {
      const actualFen = moved.get(keyOf(line)) ?? fen(0n)
      return { ...line, actualFen, leftFen: fen(line.amountFen - actualFen) }
    })
    .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
}
