/** Reads how fees came in over the last year: from roll-ups, the register and the standards in force. */
import { listBudgetLines } from '#db/ledger'
import { addMonths, dateOf, fen, fiscalYearOf, periodOf } from '#kernel'
import { type LedgerCommunity, readCollections, readTurnovers } from '#ledger/server'
import type { Portal } from '#platform'
import { type FeeMonth, feeTrend } from './fee-trend.ts'

const MONTHS = 12

/** The last whole months, up to twelve, oldest first; none in a community's first month. */
export async function readFeeTrend(portal: Portal, community: LedgerCommunity): Promise<readonly FeeMonth[]> {
  const { communityId, firstPeriod } = community
  const until = addMonths(periodOf(dateOf(portal.clock.now())), -1)
  const wanted = addMonths(until, 1 - MONTHS)
  const from = wanted < firstPeriod ? firstPeriod : wanted
  return portal.db.transaction().execute(async tx => {
    const turnovers = await readTurnovers(tx, communityId, until)
    const years = [...new Set([fiscalYearOf(from), fiscalYearOf(until)])]
    const lines = []
    for (const year of years) lines.push(...(await listBudgetLines(tx, communityId, year)))
    const budget = lines.map(line => ({
      fiscalYear: line.fiscal_year,
      account: line.account_code,
      direction: line.direction,
      amountFen: fen(line.amount_fen),
    }))
    const collections = await readCollections(tx, communityId, from, until)
    return feeTrend(turnovers, budget, collections, from, until)
  })
}
