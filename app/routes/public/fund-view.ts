/** The fund as pages show it: figures and names, nothing of the bank accounts beyond what is public. Pure. */
import { addMonths, type CivilDate, type Fen, fen, fiscalYearOf, type Period, period } from '#kernel'
import { type Account, accountByCode, type FundKind, type FundMovement } from '#ledger'
import type { FundReading } from '#ledger/server'

export interface Named {
  readonly nameZh: string
  readonly nameEn: string
}

export interface CategoryView extends Named {
  readonly key: string
  readonly fund: string
  readonly account: string
  readonly direction: 'in' | 'out'
  readonly monthFen: Fen
  readonly yearFen: Fen
  /** For the whole year; null without a budget line. */
  readonly budgetFen: Fen | null
  /** Allowed beyond the budget by votes and emergencies. */
  readonly allowedFen: Fen
}

export interface FundView {
  readonly period: Period
  /** The first month of the year to date. */
  readonly yearFrom: Period
  /** Months that can be chosen, newest first. */
  readonly periods: readonly Period[]
  readonly asOf: Date | null
  readonly reconciledThrough: CivilDate | null
  readonly total: { readonly month: FundMovement; readonly year: FundMovement }
  readonly funds: readonly (Named & {
    readonly code: string
    readonly kind: FundKind
    readonly month: FundMovement
    readonly year: FundMovement
  })[]
  readonly months: readonly { readonly period: Period; readonly movement: FundMovement }[]
  readonly categories: readonly CategoryView[]
  /** By what right the year's budget holds; null when there is none. */
  readonly adoption: FundReading['adoption']
  readonly unmatched: { readonly lines: number; readonly sumFen: Fen }
}

function isMoved(movement: FundMovement): boolean {
  return Object.values(movement).some(amount => amount !== 0n)
}

function monthsBack(from: Period, to: Period): Period[] {
  const months: Period[] = []
  for (let month = to; month >= from; month = addMonths(month, -1)) months.push(month)
  return months
}

function categoriesOf(reading: FundReading): CategoryView[] {
  const { accounts } = reading.chart
  const keyOf = (row: { fund: string; account: string; direction: string }) =>
    `${row.fund}/${row.account}/${row.direction}`
  const month = new Map(reading.categories.map(row => [keyOf(row), row.amountFen]))
  const year = new Map(reading.categoriesYearToDate.map(row => [keyOf(row), row]))
  const budget = new Map(reading.budget.map(row => [keyOf(row), row]))
  const keys = new Map([...budget, ...year].map(([key, row]) => [key, row]))
  return [...keys].map(([key, row]) => {
    const account: Account | null = accountByCode(accounts, row.account)
    const planned = budget.get(key)?.amountFen ?? fen(0n)
    return {
      key,
      fund: row.fund,
      account: row.account,
      direction: row.direction,
      nameZh: account?.nameZh ?? row.account,
      nameEn: account?.nameEn ?? row.account,
      monthFen: month.get(key) ?? fen(0n),
      yearFen: year.get(key)?.amountFen ?? fen(0n),
      // A line of nothing is how the ledger shows that there is no line.
      budgetFen: planned === 0n ? null : planned,
      allowedFen: budget.get(key)?.allowedFen ?? fen(0n),
    }
  })
}

/** The view of a reading. Funds that never held anything are left away. */
export function fundView(reading: FundReading): FundView {
  const yearStart = period(`${fiscalYearOf(reading.period)}-01`)
  return {
    period: reading.period,
    yearFrom: yearStart < reading.firstPeriod ? reading.firstPeriod : yearStart,
    periods: monthsBack(reading.firstPeriod, reading.lastPeriod),
    asOf: reading.asOf,
    reconciledThrough: reading.reconciledThrough,
    total: { month: reading.total.month, year: reading.total.yearToDate },
    funds: reading.funds
      .filter(fund => isMoved(fund.yearToDate))
      .map(fund => {
        const named = reading.chart.funds.find(each => each.code === fund.code)!
        const { code, kind, nameZh, nameEn } = named
        return { code, kind, nameZh, nameEn, month: fund.month, year: fund.yearToDate }
      }),
    months: reading.months,
    categories: categoriesOf(reading),
    adoption: reading.adoption,
    unmatched: reading.unmatched,
  }
}
