/** /c/:slug/office/council: meetings with what is to be done for each, topics, and the ways to seats and action items. Reads only. */
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { readMeetings, readTopics } from '#council/server'
import { translate } from '#i18n'
import { ButtonRow, LinkButton, Section, useT, viewerOf } from '#ui'
import { MeetingTable, TopicTable } from '#ui/council'
import { OfficePage, officePath } from '#ui/office'
import { enterOffice } from './office/visit.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { portal, community, frame } = await enterOffice(request, params.slug, 'council:read')
  return {
    frame,
    meetings: await readMeetings(portal, community),
    topics: await readTopics(portal, community),
  }
}

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('councilDesk.title')} · ${t('site.name')}` }]
}

export default function CouncilOfficePage() {
  const { frame, meetings, topics } = useLoaderData<typeof loader>()
  const t = useT()
  const at = (...parts: string[]) => officePath(frame.slug, 'council', ...parts)
  return (
    <OfficePage
      frame={frame}
      place="council"
      title={t('councilDesk.title')}
      lead={t('councilDesk.lead')}
      notContained={[t('councilDesk.notContained')]}
      actions={
        frame.may.councilKeep && (
          <ButtonRow>
            <LinkButton tone="primary" icon="calendar" href={at('meetings', 'new')}>
              {t('councilDesk.newMeeting')}
            </LinkButton>
            <LinkButton icon="draft" href={at('topics', 'new')}>
              {t('councilDesk.newTopic')}
            </LinkButton>
            <LinkButton icon="done" href={at('actions')}>
              {t('councilDesk.toActions')}
            </LinkButton>
            <LinkButton icon="council" href={at('seats')}>
              {t('councilDesk.toSeats')}
            </LinkButton>
          </ButtonRow>
        )
      }
    >
      <Section title={t('councilDesk.meetings')}>
        <MeetingTable
          caption={t('councilDesk.meetings')}
          meetings={meetings}
          hrefOf={meeting => at('meetings', meeting)}
        />
      </Section>
      <Section title={t('council.topics')}>
        <TopicTable topics={topics} hrefOf={topic => at('topics', topic)} />
      </Section>
    </OfficePage>
  )
}
