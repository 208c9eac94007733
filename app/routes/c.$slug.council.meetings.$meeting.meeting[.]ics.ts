/** /c/SLUG/council/meetings/ID/meeting.ics: the meeting for the phone's calendar; a moved or cancelled one replaces it there. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { calendarOf } from '#council'
import { readMeeting } from '#council/server'
import { currentPortal } from '#platform'
import { communityAt } from './public/community.server.ts'

export async function loader({ params }: LoaderFunctionArgs) {
  const portal = currentPortal()
  const community = await communityAt(portal, params.slug)
  const meeting = await readMeeting(portal, community, params.meeting ?? '')
  if (meeting === null) throw new Response(null, { status: 404 })
  const { notice, meetingId, postedAt } = meeting
  const { baseUrl } = portal.settings
  const url = `${baseUrl}/c/${community.slug}/council/meetings/${meetingId}`
  const text = calendarOf({
    uid: `${meetingId}@${new URL(baseUrl).hostname}`,
    sequence: notice.version - 1,
    stampedAt: postedAt,
    startsAt: notice.startsAt,
    endsAt: notice.endsAt,
    title: `${community.name} ${notice.title}`,
    place: notice.place,
    description: notice.agenda.map(item => `${item.no}. ${item.title}`).join('\n'),
    url,
    isCancelled: notice.cancelled !== null,
  })
  return new Response(text, {
    headers: {
      'Content-Type': 'text/calendar; charset=utf-8',
      'Content-Disposition': `attachment; filename="meeting-${meetingId.slice(0, 8)}.ics"`,
      'Cache-Control': 'no-cache',
      'X-Content-Type-Options': 'nosniff',
    },
  })
}
