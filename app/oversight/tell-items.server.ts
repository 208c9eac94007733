/**
 * Tells those who oversee a community, and those who answer for it, that there is something new among the things that need eyes. A
 * message holds their number only; whoever asked for no messages gets none.
 */
import type { Tx } from '#db'
import type { CivilDate } from '#kernel'
import { officesFor } from '#people'
import { enqueueMessage, listOfficeHolders } from '#people/server'
import type { Portal } from '#platform'
import type { OversightItem } from './item.ts'

/** Within the transaction that keeps the day's list. Once a day for each person; gives how many were told now. */
export async function tellNewItems(
  portal: Portal,
  tx: Tx,
  told: { readonly communityId: number; readonly on: CivilDate; readonly items: readonly OversightItem[] },
): Promise<number> {
  const { communityId, on, items } = told
  if (items.length === 0) return 0
  const concerned = [...officesFor('oversight:comment'), ...officesFor('oversight:answer')]
  const holders = (await listOfficeHolders({ ...portal, db: tx }, communityId)).filter(({ role }) =>
    concerned.includes(role),
  )
  let count = 0
  for (const userId of new Set(holders.map(holder => holder.userId))) {
    const values = { subject: String(items.length) }
    const order = { communityId, userId, kind: 'items-overdue', subjectKey: `check/${on}`, values } as const
    if (await enqueueMessage(portal, tx, order)) count += 1
  }
  return count
}
