/** Action items of the council that are not done by their day. */
import { readOverdueActions } from '#council/server'
import { daysBetween } from '#kernel'
import { itemOf } from '../item.ts'
import type { Source } from '../source.server.ts'

const SHOWN_MAX = 30

export const actions: Source = async ({ portal, community, today }) => {
  const owed = await readOverdueActions(portal, community)
  return owed.slice(0, SHOWN_MAX).map(action =>
    itemOf('action-overdue', `council/meetings/${action.meetingId}`, {
      subject: action.organisation,
      days: daysBetween(action.dueOn, today),
    }),
  )
}
