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
  /** What votes and witnessed emergencies allow beyond the budget. */
  readonly allowedFen: Fen
  readonly actualFen: Fen
  /** What is left of the budget and of what is allowed beyond it; negative when over both. */
  readonly leftFen: Fen
}

/**
 * Every budget line with what was moved against it so far, and movements without any line with a budget of nothing. `beyond` is
 * what was allowed besides the budget, for spending only.
 */
export function compareBudget(
  fiscalYear: number,
  lines: readonly BudgetLine[],
  beyond: readonly Omit<BudgetLine, 'direction'>[],
  actual: readonly CategoryMovement[],
): BudgetComparison[] {
  const keyOf = (row: { fund: string; account: string; direction: string }) =>
    `${row.fund}\n${row.account}\n${row.direction}`
  const planned = new Map(
    lines.filter(line => line.fiscalYear === fiscalYear).map(line => [keyOf(line), line]),
  )
  const moved = new Map(actual.map(movement => [keyOf(movement), movement.amountFen]))
  const allowed = new Map<string, Fen>()
  for (const each of beyond.filter(one => one.fiscalYear === fiscalYear)) {
    const key = keyOf({ ...each, direction: 'out' })
    allowed.set(key, fen((allowed.get(key) ?? 0n) + each.amountFen))
  }
  const unplanned = actual
    .filter(movement => !planned.has(keyOf(movement)))
    .map(movement => ({ ...movement, fiscalYear, amountFen: fen(0n) }))
  return [...planned.values(), ...unplanned]
    .map(line => {
      const actualFen = moved.get(keyOf(line)) ?? fen(0n)
      const allowedFen = allowed.get(keyOf(line)) ?? fen(0n)
      return { ...line, allowedFen, actualFen, leftFen: fen(line.amountFen + allowedFen - actualFen) }
    })
    .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
}
