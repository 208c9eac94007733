/** Spending beyond the year's budget, and spending that has no budget line at all (无预算不支出). */
import { readFund } from '#ledger/server'
import { itemOf } from '../item.ts'
import type { Source } from '../source.server.ts'

export const budget: Source = async ({ portal, community }) => {
  const { budget: lines, chart, period } = await readFund(portal, community, null)
  const over = lines.filter(line => line.direction === 'out' && line.leftFen < 0n)
  return over.map(line => {
    const account = chart.accounts.find(each => each.code === line.account)
    const year = period.slice(0, 4)
    return itemOf(
      line.amountFen === 0n ? 'no-budget-line' : 'over-budget',
      `vouchers?account=${line.account}&fund=${line.fund}&period=${year}&direction=out`,
      { subject: account?.nameZh ?? line.account, subjectEn: account?.nameEn ?? null },
    )
  })
}
