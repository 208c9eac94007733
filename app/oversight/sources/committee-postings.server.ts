/** Meetings of the owners' committee whose decisions were not posted within three days. */
import { readOverduePostings } from '#council/server'
import { daysBetween } from '#kernel'
import { itemOf } from '../item.ts'
import type { Source } from '../source.server.ts'

const SHOWN_MAX = 30

export const committeePostings: Source = async ({ portal, community, today }) => {
  const meetings = await readOverduePostings(portal, community)
  return meetings.slice(0, SHOWN_MAX).flatMap(({ meetingId, notice, postBy }) =>
    postBy === null
      ? []
      : [
          itemOf('decision-unposted', `council/meetings/${meetingId}`, {
            subject: notice.title,
            days: daysBetween(postBy, today),
          }),
        ],
  )
}
