/** /c/SLUG/me: an owner's own page: votes that wait, units, messages to the household, receipts. */
import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { translate } from '#i18n'
import { readForm } from '#platform'
import { href, LinkButton, useT, viewerOf } from '#ui'
import { markNoticesRead } from '#votes/server'
import { AnyForm, textsOf } from './office/entered.ts'
import { readMyPage } from './votes/me.server.ts'
import { OwnFeesSection } from './votes/me-fees.tsx'
import { NoticesSection, OwnUnitsSection, ReceiptsSection, WaitingSection } from './votes/me-sections.tsx'
import { OwnerPage } from './votes/owner-page.tsx'
import { enterOwner } from './votes/owner-visit.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  return readMyPage(await enterOwner(request, params.slug, 'resident:read'))
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { portal, actor, community } = await enterOwner(request, params.slug, 'resident:read')
  const read = await readForm(request, portal.settings, AnyForm)
  await markNoticesRead(portal, actor, community, read.ok ? textsOf(read.value, 'notice') : [])
  throw redirect(href(`/c/${community.slug}/me#notices`, viewerOf(request.url)), 303)
}

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('ballot.meTitle')} · ${t('site.name')}` }, { name: 'robots', content: 'noindex' }]
}

export default function MyPageView() {
  const page = useLoaderData<typeof loader>()
  const t = useT()
  return (
    <OwnerPage
      frame={page.frame}
      title={t('ballot.meTitle')}
      lead={t('ballot.meLead', { name: page.frame.displayName })}
      actions={
        <>
          <LinkButton href={`/c/${page.frame.community.slug}/ask/new`} icon="ask">
            {t('voice.startRequest')}
          </LinkButton>
          <LinkButton href={`/c/${page.frame.community.slug}/ask/own`} icon="person">
            {t('voice.startOwn')}
          </LinkButton>
        </>
      }
      notContained={[t('ballot.omitCoOwners'), t('ballot.omitOthers')]}
    >
      <WaitingSection page={page} />
      <NoticesSection page={page} />
      <OwnUnitsSection page={page} />
      <OwnFeesSection page={page} />
      <ReceiptsSection page={page} />
    </OwnerPage>
  )
}
