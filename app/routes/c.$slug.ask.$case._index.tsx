/** /c/SLUG/ask/CASE: a challenge or a public request with all that was done about it. A private one is not found here. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { type MetaFunction, useLoaderData } from '@remix-run/react'
import { readTopicFrom } from '#council/server'
import { currentPortal } from '#platform'
import { LinkButton, useT, useViewer } from '#ui'
import { TopicOfCase } from '#ui/council'
import { CaseSheet, caseTitle } from '#ui/voice'
import { type CaseView, turnOf } from '#voice'
import { readCase } from '#voice/server'
import { communityAt, maySeeDetail, viewOf, withheld } from './public/community.server.ts'
import { PublicPage, publicMeta, Withheld } from './public/frame.tsx'
import { subjectNames } from './voice/subject-names.server.ts'

export async function loader({ params, request }: LoaderFunctionArgs) {
  const portal = currentPortal()
  const community = await communityAt(portal, params.slug)
  if (!(await maySeeDetail(portal, request, community))) return withheld(community)
  const read = await readCase(portal, community, null, params.case ?? '')
  if (read === null) throw new Response(null, { status: 404 })
  const names = await subjectNames(portal, community, [read.view.subject])
  const topic = await readTopicFrom(portal, community, read.view.caseId)
  return { community: viewOf(community), view: read.view, names, topic }
}

export const meta: MetaFunction<typeof loader> = ({ data, location }) =>
  publicMeta(location.search, data?.community, t => t('voice.title'))

export default function CasePage() {
  const page = useLoaderData<typeof loader>()
  const t = useT()
  const { lang } = useViewer()
  if ('withheld' in page) {
    return <Withheld community={page.community} path={`/c/${page.community.slug}/ask`} />
  }
  const { community, view, names, topic } = page
  const below = `/c/${community.slug}/ask`
  const way = wayOn(view)
  return (
    <PublicPage
      of={community}
      area="ask"
      breadcrumb={[{ href: below, label: t('voice.title') }]}
      kicker={t(`voice.kind.${view.kind}`)}
      title={caseTitle(view, names, t, lang)}
      notContained={[t('voice.omitAsker')]}
      actions={
        way !== null && (
          <LinkButton href={`${below}/${view.caseId}/own`} icon="person">
            {t(way)}
          </LinkButton>
        )
      }
    >
      {topic !== null && <TopicOfCase slug={community.slug} topic={topic} />}
      <CaseSheet slug={community.slug} view={view} names={names} />
    </PublicPage>
  )
}

/** What an owner may want to do with a case that somebody shows them: judge it as its asker, or say "me too". */
function wayOn({ state }: CaseView) {
  if (turnOf(state) === 'asker') return 'voice.mineLink'
  return state === 'listed' || state === 'taken' ? 'voice.press.support' : null
}
