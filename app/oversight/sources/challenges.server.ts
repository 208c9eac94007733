/** Challenges whose answer is overdue, and supervision orders (督办) without a report in time. */
import { civilDate, daysBetween } from '#kernel'
import { readOverdueChallenges, readSupervisionOrders } from '#voice/server'
import { itemOf } from '../item.ts'
import type { Source } from '../source.server.ts'

const SHOWN_MAX = 30

export const challenges: Source = async ({ portal, community, today }) => {
  const orders = (await readSupervisionOrders(portal, community)).filter(order => order.isOverdue)
  const ordered = new Set(orders.map(order => order.caseId))
  const asked = (await readOverdueChallenges(portal, community)).filter(view => !ordered.has(view.caseId))
  const since = (dueOn: string | null) => (dueOn === null ? 0 : daysBetween(civilDate(dueOn), today))
  return [
    ...orders.map(each => itemOf('order-overdue', `ask/${each.caseId}`, { days: since(each.dueOn) })),
    ...asked.map(each => itemOf('challenge-overdue', `ask/${each.caseId}`, { days: since(each.dueOn) })),
  ].slice(0, SHOWN_MAX)
}
