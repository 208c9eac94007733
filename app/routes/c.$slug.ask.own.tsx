/** /c/SLUG/ask/own: what a resident has asked, those that wait for their word first. */
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { translate } from '#i18n'
import { LinkButton, useT, viewerOf } from '#ui'
import { CaseList } from '#ui/voice'
import { turnOf } from '#voice'
import { readOwnCases } from '#voice/server'
import { subjectNames } from './voice/subject-names.server.ts'
import { OwnerPage } from './votes/owner-page.tsx'
import { enterOwner } from './votes/owner-visit.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { portal, actor, community, frame } = await enterOwner(request, params.slug, 'request:list')
  const cases = await readOwnCases(portal, actor, community)
  const names = await subjectNames(
    portal,
    community,
    cases.map(view => view.subject),
  )
  const waits = (state: (typeof cases)[number]['state']) => Number(turnOf(state) === 'asker')
  return { frame, names, cases: cases.toSorted((a, b) => waits(b.state) - waits(a.state)) }
}

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('voice.ownTitle')} · ${t('site.name')}` }, { name: 'robots', content: 'noindex' }]
}

export default function OwnCasesPage() {
  const { frame, cases, names } = useLoaderData<typeof loader>()
  const t = useT()
  const below = `/c/${frame.community.slug}/ask`
  return (
    <OwnerPage
      frame={frame}
      area="ask"
      crumbs={[{ href: below, label: t('voice.title') }]}
      title={t('voice.ownTitle')}
      lead={t('voice.ownLead')}
      actions={
        <LinkButton href={`${below}/new`} icon="ask">
          {t('voice.startRequest')}
        </LinkButton>
      }
      notContained={[]}
    >
      <CaseList cases={cases} names={names} below={below} after="/own" empty={t('voice.ownNone')} />
    </OwnerPage>
  )
}
