/** /c/:slug/office/council/meetings/:meeting: the clerk's table: who came, each topic's text, the raw record, and on to the minutes. */
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { translate } from '#i18n'
import { LinkButton, useT, viewerOf } from '#ui'
import { MeetingFacts, MeetingPill } from '#ui/council'
import { OfficePage, officePath } from '#ui/office'
import { deskOf } from './council/desk-view.server.ts'
import { MeetingSteps } from './council/meeting-steps.tsx'
import { enterOffice } from './office/visit.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const visit = await enterOffice(request, params.slug, 'council:read')
  const { meeting, attendance, sections, rawRecord, standing } = await deskOf(visit, params.meeting)
  return {
    frame: visit.frame,
    meeting,
    steps: {
      hasAttendance: attendance !== null,
      written: meeting.notice.agenda.map(item => ({
        no: item.no,
        title: item.title,
        isFinished: (sections.get(item.no)?.section.conclusion ?? '') !== '',
      })),
      hasRaw: rawRecord.revision > 0,
      state: standing.state,
      version: standing.version,
    },
  }
}

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('council.meetingTitle')} · ${t('site.name')}` }]
}

export default function MeetingOfficePage() {
  const { frame, meeting, steps } = useLoaderData<typeof loader>()
  const t = useT()
  const { notice, meetingId } = meeting
  return (
    <OfficePage
      frame={frame}
      crumbs={[{ href: officePath(frame.slug, 'council'), label: t('councilDesk.title') }]}
      kicker={<MeetingPill state={meeting.state} />}
      title={notice.title}
      width="standard"
      actions={
        <>
          <LinkButton href={`/c/${frame.slug}/council/meetings/${meetingId}`}>
            {t('councilDesk.publicPage')}
          </LinkButton>
          {frame.may.councilKeep && steps.state === 'draft' && (
            <LinkButton href={officePath(frame.slug, 'council', 'meetings', meetingId, 'notice')}>
              {t('councilDesk.repost')}
            </LinkButton>
          )}
        </>
      }
    >
      <MeetingFacts meeting={meeting} endsAt={new Date(notice.endsAt)} />
      <MeetingSteps frame={frame} meetingId={meetingId} steps={steps} />
    </OfficePage>
  )
}
