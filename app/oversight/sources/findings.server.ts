/** Findings of auditors whose reply is overdue. */
import { civilDate, daysBetween } from '#kernel'
import { itemOf } from '../item.ts'
import { readEntries } from '../read-entries.server.ts'
import type { Source } from '../source.server.ts'

export const findings: Source = async ({ portal, community, today }) => {
  const entries = await readEntries(portal, community, null, null)
  return entries
    .filter(entry => entry.state === 'open' && entry.replyDueOn !== null && entry.replyDueOn < today)
    .map(entry =>
      itemOf('finding-overdue', `oversight#entry-${entry.entryId}`, {
        subject: entry.about.subject,
        days: daysBetween(civilDate(entry.replyDueOn!), today),
      }),
    )
}
