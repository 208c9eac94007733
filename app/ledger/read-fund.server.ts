/** Reads what is in the fund for the public pages: from roll-ups, never from pages of postings. */
import {
  countUnmatchedLines,
  lastBookedOn,
  lastClosedPeriod,
  lastPostedAt,
  listBudgetLines,
  listExplainedLines,
  listUnmatchedLines,
} from '#db/ledger'
import {
  addMonths,
  type CivilDate,
  civilDate,
  dateOf,
  type Fen,
  fen,
  fiscalYearOf,
  lastDayOf,
  type Period,
  period,
  periodOf,
  sumFen,
} from '#kernel'
import type { Portal } from '#platform'
import { type CategoryMovement, categoryMovements, type FundMovement, fundMovement } from './balance.ts'
import { type BudgetComparison, compareBudget } from './budget.ts'
import { type BudgetAdoption, readBudgetAdoption } from './budget-adoption.server.ts'
import { publicCounterparty } from './public-text.ts'
import { type Chart, type LedgerCommunity, readChart } from './read-chart.server.ts'
import { readAllowances } from './read-controls.server.ts'
import { readTurnovers } from './reconcile-bank.server.ts'
import { trusteeRemuneration } from './remuneration.ts'

/** A bank line that no voucher holds, as the public sees it. */
export interface PublicBankLine {
  readonly bankLine: string
  readonly bookedOn: CivilDate
  readonly amountFen: Fen
  readonly account: string
  /** An organisation's name; null where a private person stands. */
  readonly counterparty: string | null
}

export interface FundReading {
  readonly chart: Chart
  readonly period: Period
  readonly firstPeriod: Period
  readonly lastPeriod: Period
  /** When the newest voucher was posted; null in an empty ledger. */
  readonly asOf: Date | null
  /** Up to this day every bank account is reconciled (its month is closed); null before the first closing. */
  readonly reconciledThrough: CivilDate | null
  /** Up to this day the bank is known for every account; null while one has no line. */
  readonly bankKnownThrough: CivilDate | null
  readonly total: { readonly month: FundMovement; readonly yearToDate: FundMovement }
  readonly funds: readonly {
    readonly code: string
    readonly month: FundMovement
    readonly yearToDate: FundMovement
  }[]
  /** The twelve months up to `period`, oldest first. */
  readonly months: readonly { readonly period: Period; readonly movement: FundMovement }[]
  readonly categories: readonly CategoryMovement[]
  readonly categoriesYearToDate: readonly CategoryMovement[]
  readonly budget: readonly BudgetComparison[]
  /** By what right that budget holds; null when the year has none. */
  readonly adoption: BudgetAdoption | null
  /** What the trustee's published formula gives for the month, and what was paid. */
  readonly remuneration: { readonly dueFen: Fen; readonly paidFen: Fen }
  readonly unmatched: { readonly lines: number; readonly sumFen: Fen }
}

/** The fund in a month (the running one when `month` is null): for the home page, the fund page and the statement. */
export async function readFund(
  portal: Portal,
  community: LedgerCommunity,
  month: Period | null,
): Promise<FundReading> {
  const { communityId, firstPeriod } = community
  return portal.db.transaction().execute(async tx => {
    const chart = await readChart(tx, communityId)
    const all = await readTurnovers(tx, communityId, period('2199-12'))
    const today = periodOf(dateOf(portal.clock.now()))
    const newest = all.reduce<Period>(
      (last, turnover) => (turnover.period > last ? turnover.period : last),
      firstPeriod,
    )
    const lastPeriod = today > newest ? today : newest
    const at = month ?? newest
    const yearStart = period(`${fiscalYearOf(at)}-01`)
    const from = yearStart < firstPeriod ? firstPeriod : yearStart
    const both = (fund: string | null) => ({
      month: fundMovement(all, chart.accounts, fund, at, at),
      yearToDate: fundMovement(all, chart.accounts, fund, from, at),
    })
    const closed = await lastClosedPeriod(tx, communityId)
    const booked = await lastBookedOn(tx, communityId)
    const known = chart.bankAccounts.map(account => booked.get(account.accountCode) ?? null)
    const categoriesYearToDate = categoryMovements(all, chart.accounts, from, at)
    const budgetRows = await listBudgetLines(tx, communityId, fiscalYearOf(at))
    const unmatched = await countUnmatchedLines(tx, communityId)
    const months = Array.from({ length: 12 }, (_, index) => addMonths(at, index - 11)).filter(
      m => m >= firstPeriod,
    )
    return {
      chart,
      period: at,
      firstPeriod,
      lastPeriod,
      asOf: await lastPostedAt(tx, communityId),
      reconciledThrough: closed === null ? null : lastDayOf(period(closed)),
      bankKnownThrough: known.includes(null)
        ? null
        : civilDate(known.map(String).sort()[0] ?? lastDayOf(firstPeriod)),
      total: both(null),
      funds: chart.funds.map(fund => ({ code: fund.code, ...both(fund.code) })),
      months: months.map(m => ({ period: m, movement: fundMovement(all, chart.accounts, null, m, m) })),
      categories: categoryMovements(all, chart.accounts, at, at),
      categoriesYearToDate,
      budget: compareBudget(
        fiscalYearOf(at),
        budgetRows.map(row => ({
          fiscalYear: row.fiscal_year,
          fund: row.fund_code,
          account: row.account_code,
          direction: row.direction,
          amountFen: fen(row.amount_fen),
        })),
        (await readAllowances(tx, communityId)).map(({ ceiling }) => ceiling),
        categoriesYearToDate,
      ),
      adoption: await readBudgetAdoption(tx, communityId, fiscalYearOf(at)),
      remuneration: remunerationOf(community, categoryMovements(all, chart.accounts, at, at)),
      unmatched: { lines: unmatched.lines, sumFen: fen(unmatched.sumFen) },
    }
  })
}

const REMUNERATION_ACCOUNT = '5111'

function remunerationOf(community: LedgerCommunity, month: readonly CategoryMovement[]) {
  const { remuneration: formula } = community
  const sumOf = (direction: 'in' | 'out', counts: (account: string) => boolean) =>
    sumFen(month.filter(row => row.direction === direction && counts(row.account)).map(row => row.amountFen))
  const received = sumOf(
    'in',
    account => formula.kind === 'share-of-receipts' && formula.accounts.includes(account),
  )
  return {
    dueFen: trusteeRemuneration(formula, received),
    paidFen: sumOf('out', account => account === REMUNERATION_ACCOUNT),
  }
}

/** Bank lines that no voucher holds and nobody explained, oldest first, as the public sees them. */
export async function readUnmatchedLines(
  portal: Portal,
  community: LedgerCommunity,
  limit: number,
): Promise<PublicBankLine[]> {
  const rows = await listUnmatchedLines(portal.db, community.communityId, limit)
  return rows.map(row => ({
    bankLine: row.bank_line_id,
    bookedOn: civilDate(row.booked_on),
    amountFen: fen(row.amount_fen),
    account: row.account_code,
    counterparty: publicCounterparty(row.counterparty ?? ''),
  }))
}

/** An unposted bank line with the explanation that stands in public for it. */
export interface ExplainedLine extends PublicBankLine {
  readonly explanation: string
  readonly explainedAt: Date
  readonly leafIndex: number
}

/** Bank lines that somebody explained instead of posting, newest explanation first, as the public sees them. */
export async function readExplainedLines(
  portal: Portal,
  community: LedgerCommunity,
  limit: number,
): Promise<ExplainedLine[]> {
  const rows = await listExplainedLines(portal.db, community.communityId, limit)
  return rows.map(row => ({
    bankLine: row.bank_line_id,
    bookedOn: civilDate(row.booked_on),
    amountFen: fen(row.stated_fen),
    account: row.account_code,
    counterparty: publicCounterparty(row.counterparty ?? ''),
    explanation: row.explanation ?? '',
    explainedAt: row.explained_at!,
    leafIndex: Number(row.explanation_leaf_index),
  }))
}
