/** Gathers a closed month's figures from the ledger for its statement. Reads only, in one transaction's view. */
import type { Tx } from '#db'
import { listBudgetLines } from '#db/ledger'
import { type CivilDate, type Fen, fen, fiscalYearOf, lastDayOf, type Period, period } from '#kernel'
import {
  accountByCode,
  type CategoryMovement,
  categoryMovements,
  type FundMovement,
  formatVoucherKey,
  fundMovement,
} from '#ledger'
import {
  type Chart,
  type LedgerCommunity,
  readChart,
  readTurnovers,
  readVouchersOfPeriod,
  reconcileBank,
} from '#ledger/server'
import type { StatementSource } from './fund-statement.ts'
import type { Supersedes } from './supersedes.ts'

type Category = StatementSource['categories'][number]

function categoriesOf(
  chart: Chart,
  month: readonly CategoryMovement[],
  yearToDate: readonly CategoryMovement[],
  budget: ReadonlyMap<string, Fen>,
): Category[] {
  const keyOf = (row: CategoryMovement) => `${row.fund}\n${row.account}\n${row.direction}`
  const inMonth = new Map(month.map(row => [keyOf(row), row.amountFen]))
  return yearToDate.map(row => {
    const account = accountByCode(chart.accounts, row.account)
    const budgetFen = budget.get(keyOf(row))
    return {
      fund: row.fund,
      account: row.account,
      name: account?.nameZh ?? row.account,
      direction: row.direction,
      monthFen: inMonth.get(keyOf(row)) ?? fen(0n),
      yearToDateFen: row.amountFen,
      ...(budgetFen === undefined ? {} : { budgetFen }),
      ...(account?.type === 'interfund' ? { betweenFunds: true as const } : {}),
    }
  })
}

async function readBudget(tx: Tx, communityId: number, fiscalYear: number): Promise<Map<string, Fen>> {
  const rows = await listBudgetLines(tx, communityId, fiscalYear)
  return new Map(
    rows.map(row => [`${row.fund_code}\n${row.account_code}\n${row.direction}`, fen(row.amount_fen)]),
  )
}

function sizeOf(amount: Fen): Fen {
  return amount < 0n ? fen(-amount) : amount
}

/** What a fund did, as the statement words it: the money that was there on the first day opens its first month. */
function turnoverOf(movement: FundMovement): FundMovement {
  const { openingFen, inFen, outFen, closingFen } = movement
  return { openingFen, inFen, outFen, closingFen }
}

/** The source of the statement of a closed month. */
export async function readStatementSource(
  tx: Tx,
  community: LedgerCommunity,
  month: Period,
  issue: { readonly version: number; readonly issuedAt: Date; readonly supersedes?: Supersedes },
): Promise<StatementSource> {
  const { communityId } = community
  const chart = await readChart(tx, communityId)
  const turnovers = await readTurnovers(tx, communityId, month)
  const yearStart = period(`${fiscalYearOf(month)}-01`)
  const from = yearStart < community.firstPeriod ? community.firstPeriod : yearStart
  const reconciliations = await reconcileBank(tx, communityId, chart, month)
  const notBooked = reconciliations.flatMap(r => r.items.filter(item => item.kind.startsWith('bank-')))
  const notBookedFen = notBooked.reduce((sum, item) => sum + sizeOf(item.amountFen), 0n)
  const vouchers = await readVouchersOfPeriod(tx, communityId, month)
  const reconciledThrough: CivilDate = lastDayOf(month)
  return {
    community: { slug: community.slug, name: community.name, logOrigin: community.logOrigin },
    period: month,
    version: issue.version,
    ...(issue.supersedes === undefined ? {} : { supersedes: issue.supersedes }),
    issuedAt: issue.issuedAt,
    reconciledThrough,
    funds: chart.funds.map(fund => ({
      code: fund.code,
      kind: fund.kind,
      name: fund.nameZh,
      month: turnoverOf(fundMovement(turnovers, chart.accounts, fund.code, month, month)),
      yearToDate: turnoverOf(fundMovement(turnovers, chart.accounts, fund.code, from, month)),
    })),
    categories: categoriesOf(
      chart,
      categoryMovements(turnovers, chart.accounts, month, month),
      categoryMovements(turnovers, chart.accounts, from, month),
      await readBudget(tx, communityId, fiscalYearOf(month)),
    ),
    reconciliation: reconciliations.map(r => ({
      bankAccount: { name: r.account.bankName, last4: r.account.numberLast4 },
      bookBalanceFen: r.bookBalanceFen,
      bankBalanceFen: r.bankBalanceFen,
      // The kind says which way; the statement prints sizes.
      items: r.items.map(item => ({ ...item, amountFen: sizeOf(item.amountFen) })),
    })),
    otherHoldings: [],
    vouchers: vouchers.map(voucher => ({
      number: formatVoucherKey(voucher.key),
      on: voucher.occurredOn,
      narration: voucher.narration,
      amountFen: voucher.amountFen,
      digest: voucher.leafSha256,
      leafIndex: voucher.leafIndex,
    })),
    notContained: [
      { code: 'bank-lines-not-posted', count: notBooked.length, amountFen: fen(notBookedFen) },
      { code: 'after-reconciled-through' },
      { code: 'arrears' },
      { code: 'accruals' },
    ],
  }
}
