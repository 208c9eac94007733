/**
 * How fees come in: what was received in a month beside a twelfth of the year's budget. Pure, in fen; the books are kept by
 * payments (收付实现制) and hold no bills, so this is received against planned, and the page says so.
 */
import { addMonths, type Fen, fen, fiscalYearOf, type Period, sumFen } from '#kernel'

/** Service fees, whatever month they are for. */
const FEE_ACCOUNTS = '4101'

export interface FeeMonth {
  readonly period: Period
  readonly receivedFen: Fen
  /** Nothing where the year has no budget for fees. */
  readonly plannedFen: Fen
}

interface Turnover {
  readonly period: Period
  readonly account: string
  readonly creditFen: Fen
}

interface YearBudget {
  readonly fiscalYear: number
  readonly account: string
  readonly direction: 'in' | 'out'
  readonly amountFen: Fen
}

/** What a year's sum plans for its months 1 to n: the twelve parts add up to the year to the fen. */
function plannedUpTo(yearFen: bigint, months: number): bigint {
  return (yearFen * BigInt(months)) / 12n
}

function plannedIn(month: Period, budget: readonly YearBudget[]): bigint {
  const year = fiscalYearOf(month)
  const yearFen = budget
    .filter(
      line => line.fiscalYear === year && line.direction === 'in' && line.account.startsWith(FEE_ACCOUNTS),
    )
    .reduce((sum, line) => sum + line.amountFen, 0n)
  const place = Number(month.slice(5, 7))
  return plannedUpTo(yearFen, place) - plannedUpTo(yearFen, place - 1)
}

/** The months from `from` to `until`, oldest first. */
export function feeTrend(
  turnovers: readonly Turnover[],
  budget: readonly YearBudget[],
  from: Period,
  until: Period,
): readonly FeeMonth[] {
  const months: FeeMonth[] = []
  for (let month = from; month <= until; month = addMonths(month, 1)) {
    const receivedFen = turnovers
      .filter(each => each.period === month && each.account.startsWith(FEE_ACCOUNTS))
      .reduce((sum, each) => sum + each.creditFen, 0n)
    months.push({
      period: month,
      receivedFen: fen(receivedFen),
      plannedFen: fen(plannedIn(month, budget)),
    })
  }
  return months
}

/** Months of several communities as one row for each month, oldest first: what came in and what was planned, added up. */
export function rollUpFees(months: readonly FeeMonth[]): readonly FeeMonth[] {
  return [...new Set(months.map(month => month.period))].sort().map(period => {
    const same = months.filter(month => month.period === period)
    return {
      period,
      receivedFen: sumFen(same.map(month => month.receivedFen)),
      plannedFen: sumFen(same.map(month => month.plannedFen)),
    }
  })
}
