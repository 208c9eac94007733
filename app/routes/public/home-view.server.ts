/** What a community's home shows, read in one place. Never writes. */
import { addMonths, type Period, periodOf } from '#kernel'
import { type LedgerCommunity, readFund, readVoucherPage } from '#ledger/server'
import { readFeeTrend } from '#oversight/server'
import type { Portal } from '#platform'
import { readStatements } from '#statements/server'
import { readChallengeMarks, readSatisfaction, readServiceRounds, readSupervisionOrders } from '#voice/server'
import { readPolls } from '#votes/server'
import { readCouncilNews } from '../council/council-page.server.ts'
import { readBooksHealth } from './checked-books.server.ts'
import { viewOf } from './community.server.ts'
import { fundView } from './fund-view.ts'
import { rowOf } from './voucher-row.ts'

const LATEST = 5
const CHART_MONTHS = 6
const DECISIONS = 3

function monthsFrom(from: Period, to: Period): Period[] {
  const months: Period[] = []
  for (let month = from; month <= to; month = addMonths(month, 1)) months.push(month)
  return months
}

/** The figures, what waits, the latest rows and the health in one line. `isKeepable` is false while a check is under way. */
export async function readHome(portal: Portal, community: LedgerCommunity, withDetail: boolean) {
  const reading = await readFund(portal, community, null)
  const fund = fundView(reading)
  const statements = await readStatements(portal, community)
  const closed =
    fund.reconciledThrough === null ? [] : monthsFrom(community.firstPeriod, periodOf(fund.reconciledThrough))
  const firstOpen = closed.length === 0 ? community.firstPeriod : addMonths(closed.at(-1)!, 1)
  const latest = withDetail ? await readVoucherPage(portal, community, {}, null, LATEST) : { vouchers: [] }
  const health = await readBooksHealth(portal, community)
  const polls = await readPolls(portal, community, null)
  const marks = await readChallengeMarks(portal, community)
  const orders = await readSupervisionOrders(portal, community)
  const current = statements.find(statement => !statement.isSuperseded && statement.file !== null)
  const checks = health.last === null ? [] : [...health.last.ledger, ...health.last.log]
  return {
    isKeepable: health.state === 'checked',
    page: {
      community: viewOf(community),
      period: fund.period,
      asOf: fund.asOf,
      reconciledThrough: fund.reconciledThrough,
      total: fund.total.month,
      funds: fund.funds.map(({ code, nameZh, nameEn, month }) => ({
        code,
        nameZh,
        nameEn,
        closingFen: month.closingFen,
      })),
      months: fund.months.slice(-CHART_MONTHS),
      waits: {
        unmatched: fund.unmatched.lines,
        // The newest month with entries is still running; the ones before it should be closed.
        unclosed: monthsFrom(firstOpen, addMonths(fund.period, -1)),
        unissued: closed.filter(
          month => !statements.some(each => each.period === month && each.file !== null),
        ),
      },
      polls: {
        running: polls.filter(poll => poll.state === 'open'),
        coming: polls.filter(poll => poll.state === 'notice'),
        decided: polls.filter(poll => poll.outcomes !== null).slice(0, DECISIONS),
      },
      council: await readCouncilNews(portal, community),
      latest: latest.vouchers.map(voucher => rowOf(voucher, reading.chart.accounts)),
      statement: current && { period: current.period, version: current.version },
      voice: {
        satisfaction: await readSatisfaction(portal, community),
        service: (await readServiceRounds(portal, community))[0]?.figures ?? null,
        fees: (await readFeeTrend(portal, community)).at(-1) ?? null,
        overdue: marks.filter(mark => mark.isOverdue).length,
        openOrders: orders.filter(order => !order.isSettled).length,
      },
      health: {
        state: health.state,
        checks: checks.length,
        failed: checks.filter(check => check.faults.length > 0).length,
        checkedAt: health.last?.checkedAt ?? null,
      },
    },
  }
}

export type HomePage = Awaited<ReturnType<typeof readHome>>['page']
