/** /c/:slug/office/council: meetings with what is to be done for each, topics, and the ways to seats and action items. Reads only. */
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { readComingMeetings, readPastMeetings, readTopics } from '#council/server'
import { translate } from '#i18n'
import { ButtonRow, LinkButton, Pagination, Section, useT, viewerOf } from '#ui'
import { MeetingTable, TopicTable } from '#ui/council'
import { OfficePage, officePath } from '#ui/office'
import { formatMeetingPlace, parseMeetingPlace, parseTopicPlace } from './council/list-place.ts'
import { enterOffice } from './office/visit.server.ts'

const ROWS = 20

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { portal, community, frame } = await enterOffice(request, params.slug, 'council:read')
  const { searchParams } = new URL(request.url)
  const after = parseMeetingPlace(searchParams.get('after'))
  const before = parseTopicPlace(searchParams.get('before'))
  const past = await readPastMeetings(portal, community, { after, limit: ROWS })
  const topics = await readTopics(portal, community, { before, limit: ROWS })
  return {
    frame,
    meetings: [...(after === null ? await readComingMeetings(portal, community) : []), ...past.rows],
    earlier: past.next && `after=${formatMeetingPlace(past.next)}`,
    topics: topics.rows,
    older: topics.next && `before=${topics.next}`,
  }
}

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('councilDesk.title')} · ${t('site.name')}` }]
}

export default function CouncilOfficePage() {
  const { frame, meetings, earlier, topics, older } = useLoaderData<typeof loader>()
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
        <Pagination older={earlier === null ? undefined : `${at()}?${earlier}`} />
      </Section>
      <Section title={t('council.topics')}>
        <TopicTable topics={topics} hrefOf={topic => at('topics', topic)} />
        <Pagination older={older === null ? undefined : `${at()}?${older}`} />
      </Section>
    </OfficePage>
  )
}
