/** Whether what somebody asks about is there: a posted voucher, a line of an adopted budget, an announced motion, a closed month, published minutes. */
import { readPublishedMinutes } from '#council/server'
import { type Period, parsePeriod } from '#kernel'
import { parseVoucherKey } from '#ledger'
import { type LedgerCommunity, readClosedMonths, readFund, readVoucher } from '#ledger/server'
import type { Portal } from '#platform'
import { readPoll } from '#votes/server'
import { parseBudgetLineKey, type Subject } from './subject.ts'

async function hasBudgetLine(portal: Portal, community: LedgerCommunity, key: string): Promise<boolean> {
  const line = parseBudgetLineKey(key)
  const month = line === null ? null : parsePeriod(`${line.fiscalYear}-12`)
  if (line === null || month === null || !month.ok) return false
  const { budget } = await readFund(portal, community, month.value)
  return budget.some(each => each.fund === line.fund && each.account === line.account)
}

async function hasMotion(portal: Portal, community: LedgerCommunity, pollId: string): Promise<boolean> {
  const poll = await readPoll(portal, community, null, pollId)
  return poll !== null && poll.state !== 'draft'
}

/** True when the subject is there for everybody to see. */
export async function subjectExists(
  portal: Portal,
  community: LedgerCommunity,
  { kind, key }: Subject,
): Promise<boolean> {
  switch (kind) {
    case 'voucher': {
      const voucher = parseVoucherKey(key)
      return voucher !== null && (await readVoucher(portal, community, voucher)) !== null
    }
    case 'budget-line':
      return hasBudgetLine(portal, community, key)
    case 'motion':
      return hasMotion(portal, community, key)
    case 'statement':
      return (await readClosedMonths(portal.db, community)).includes(key as Period)
    case 'minutes':
      return (await readPublishedMinutes(portal.db, community.communityId, key)).length > 0
  }
}
