/** Lines of the bank that no voucher holds and nobody explained for more than a week. */
import { daysBetween } from '#kernel'
import { readUnmatchedLines } from '#ledger/server'
import { itemOf } from '../item.ts'
import type { Source } from '../source.server.ts'

const DAYS = 7
const READ_MAX = 1000

export const bankLines: Source = async ({ portal, community, today }) => {
  const lines = await readUnmatchedLines(portal, community, READ_MAX)
  const ages = lines.map(line => daysBetween(line.bookedOn, today)).filter(days => days > DAYS)
  if (ages.length === 0) return []
  return [itemOf('bank-lines-unmatched', 'unmatched', { count: ages.length, days: Math.max(...ages) })]
}
