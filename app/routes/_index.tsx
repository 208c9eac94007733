/** /: which communities keep their books here; the only one at once. */
import { type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { type MetaFunction, useLoaderData } from '@remix-run/react'
import { translate } from '#i18n'
import { readCommunities } from '#ledger/server'
import { currentPortal } from '#platform'
import { BigActions, EmptyState, href, LinkButton, PageShell, Section, useT, useViewer, viewerOf } from '#ui'
import { HonestySection } from './public/honesty.tsx'

export async function loader({ request }: LoaderFunctionArgs) {
  const communities = await readCommunities(currentPortal().db)
  const [only, ...others] = communities
  if (only !== undefined && others.length === 0) {
    throw redirect(href(`/c/${only.slug}`, viewerOf(new URL(request.url))))
  }
  return communities.map(({ slug, name, nameEn, district }) => ({ slug, name, nameEn, district }))
}

export const meta: MetaFunction<typeof loader> = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('home.siteTitle')} · ${t('site.name')}` }]
}

export default function Start() {
  const communities = useLoaderData<typeof loader>()
  const t = useT()
  const { lang } = useViewer()
  return (
    <PageShell
      title={t('home.siteTitle')}
      lead={t('home.siteLead')}
      notContained={[t('home.siteContains')]}
      actions={
        <>
          <LinkButton href="/verify" icon="verify">
            {t('home.verify')}
          </LinkButton>
          <LinkButton href="/sign-in" icon="person" tone="quiet">
            {t('home.signIn')}
          </LinkButton>
        </>
      }
    >
      <Section title={t('home.communities')}>
        {communities.length === 0 ? (
          <EmptyState title={t('home.noCommunity')}>{t('home.noCommunityText')}</EmptyState>
        ) : (
          <BigActions
            label={t('home.communities')}
            actions={communities.map(community => ({
              href: `/c/${community.slug}`,
              icon: 'home',
              label: lang === 'en' ? community.nameEn : community.name,
              hint: community.district,
            }))}
          />
        )}
      </Section>
      <HonestySection />
    </PageShell>
  )
}
