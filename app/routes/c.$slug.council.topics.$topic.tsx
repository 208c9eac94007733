/** /c/SLUG/council/topics/ID: one topic's whole life on one page, and whether it is an opinion or the owners' decision. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { type MetaFunction, useLoaderData } from '@remix-run/react'
import { dateOf } from '#kernel'
import { currentPortal } from '#platform'
import { Section, useT } from '#ui'
import { ActionTable, WhoDecides } from '#ui/council'
import { TopicLife } from './council/topic-life.tsx'
import { readTopicPage } from './council/topic-page.server.ts'
import { communityAt, publicPage, viewOf } from './public/community.server.ts'
import { PublicPage, publicHeaders, publicMeta } from './public/frame.tsx'

export async function loader({ params }: LoaderFunctionArgs) {
  const portal = currentPortal()
  const community = await communityAt(portal, params.slug)
  const read = await readTopicPage(portal, community, params.topic ?? '')
  if (read === null) throw new Response(null, { status: 404 })
  const page = { community: viewOf(community), ...read, today: dateOf(portal.clock.now()) }
  return publicPage(community, page, false)
}

export const headers = publicHeaders

export const meta: MetaFunction<typeof loader> = ({ data, location }) =>
  publicMeta(location.search, data?.community, t => data?.topic.title ?? t('council.topic'))

export default function TopicPage() {
  const { community, topic, links, today } = useLoaderData<typeof loader>()
  const t = useT()
  const path = `/c/${community.slug}/council`
  return (
    <PublicPage
      of={community}
      area="council"
      breadcrumb={[{ href: path, label: t('council.title') }]}
      kicker={t('council.topicKicker', { number: topic.number })}
      title={topic.title}
      lead={topic.summary}
      notContained={[t('council.omitResidents'), t('council.omitDrafts')]}
    >
      <WhoDecides decides={topic.decides} isAwaited={topic.standing === 'awaits-vote'} />
      <Section title={t('council.life')} id="life">
        <TopicLife slug={community.slug} topic={topic} links={links} />
      </Section>
      {topic.actions.length > 0 && (
        <Section title={t('council.actions')} id="actions">
          <ActionTable
            caption={t('council.actions')}
            actions={topic.actions}
            today={today}
            proofAt={sha256 => `${path}/proofs/${sha256}`}
          />
        </Section>
      )}
    </PublicPage>
  )
}
