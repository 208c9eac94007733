/** /c/SLUG/council/topics: every topic, newest first, by the page. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { type MetaFunction, useLoaderData } from '@remix-run/react'
import { readTopics } from '#council/server'
import { currentPortal } from '#platform'
import { Pagination, useT } from '#ui'
import { TopicTable } from '#ui/council'
import { parseTopicPlace } from './council/list-place.ts'
import { communityAt, publicPage, viewOf } from './public/community.server.ts'
import { PublicPage, publicHeaders, publicMeta } from './public/frame.tsx'

const ROWS = 50

export async function loader({ params, request }: LoaderFunctionArgs) {
  const portal = currentPortal()
  const community = await communityAt(portal, params.slug)
  const before = parseTopicPlace(new URL(request.url).searchParams.get('before'))
  const topics = await readTopics(portal, community, { before, limit: ROWS })
  return publicPage(community, { community: viewOf(community), topics, isFirst: before === null }, false)
}

export const headers = publicHeaders

export const meta: MetaFunction<typeof loader> = ({ data, location }) =>
  publicMeta(location.search, data?.community, t => t('council.topics'))

export default function TopicsPage() {
  const { community, topics, isFirst } = useLoaderData<typeof loader>()
  const t = useT()
  const council = `/c/${community.slug}/council`
  const path = `${council}/topics`
  return (
    <PublicPage
      of={community}
      area="council"
      breadcrumb={[{ href: council, label: t('council.title') }]}
      title={t('council.topics')}
      lead={t('council.topicsLead')}
      notContained={[t('council.omitResidents'), t('council.omitDrafts')]}
    >
      <TopicTable topics={topics.rows} hrefOf={topic => `${path}/${topic}`} />
      <Pagination
        newer={isFirst ? undefined : path}
        older={topics.next === null ? undefined : `${path}?before=${topics.next}`}
      />
    </PublicPage>
  )
}
