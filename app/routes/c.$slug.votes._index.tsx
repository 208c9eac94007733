/** /c/SLUG/votes: what owners are deciding, what comes, and what was decided. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { type MetaFunction, useLoaderData } from '@remix-run/react'
import { currentPortal } from '#platform'
import { EmptyState, LinkButton, Section, useT } from '#ui'
import { PollList } from '#ui/votes'
import { communityAt, publicPage } from './public/community.server.ts'
import { PublicPage, publicHeaders, publicMeta } from './public/frame.tsx'
import { groupPolls } from './votes/clocks.ts'
import { useListedPolls } from './votes/listed-polls.tsx'
import { readPollList } from './votes/poll-page.server.ts'

export async function loader({ params }: LoaderFunctionArgs) {
  const portal = currentPortal()
  const community = await communityAt(portal, params.slug)
  return publicPage(community, await readPollList(portal, community))
}

export const headers = publicHeaders

export const meta: MetaFunction<typeof loader> = ({ data, location }) =>
  publicMeta(location.search, data?.community, t => t('polls.listTitle'))

export default function PollsPage() {
  const { community, polls } = useLoaderData<typeof loader>()
  const t = useT()
  const listed = useListedPolls(community.slug)
  const { running, coming, over } = groupPolls(polls)
  return (
    <PublicPage
      of={community}
      area="votes"
      title={t('polls.listTitle')}
      lead={t('polls.listLead')}
      actions={
        <LinkButton href={`/c/${community.slug}/me`} icon="person">
          {t('polls.toMyPage')}
        </LinkButton>
      }
      notContained={[t('polls.omitDrafts'), t('polls.omitChoices'), t('community.omitPersons')]}
    >
      {polls.length === 0 && <EmptyState title={t('polls.listEmpty')}>{t('polls.listEmptyText')}</EmptyState>}
      {running.length > 0 && (
        <Section title={t('polls.listRunning')} id="running">
          <PollList label={t('polls.listRunning')} polls={listed(running)} />
        </Section>
      )}
      {coming.length > 0 && (
        <Section title={t('polls.listComing')} id="coming">
          <PollList label={t('polls.listComing')} polls={listed(coming)} />
        </Section>
      )}
      {over.length > 0 && (
        <Section title={t('polls.listOver')} id="over">
          <PollList label={t('polls.listOver')} polls={listed(over)} />
        </Section>
      )}
    </PublicPage>
  )
}
