/** /c/SLUG: what is in the fund, what moved this month, what waits, what came last, and whether the books are sound. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { type MetaFunction, useLoaderData } from '@remix-run/react'
import { currentPortal } from '#platform'
import { EmptyState, HeroFigure, KeyFigures, LinkButton, Money, Section, useT, useViewer } from '#ui'
import { communityAt, maySeeDetail, publicPage } from './public/community.server.ts'
import {
  communityName,
  nameIn,
  PublicPage,
  publicHeaders,
  publicMeta,
  useOmissions,
} from './public/frame.tsx'
import { Outcomes } from './public/home-council.tsx'
import { ElderActions } from './public/home-elder.tsx'
import { RunningPolls } from './public/home-polls.tsx'
import {
  HealthLine,
  LatestSection,
  MonthFigures,
  RecentMonths,
  WaitsSection,
} from './public/home-sections.tsx'
import { readHome } from './public/home-view.server.ts'
import { VoiceSection } from './public/home-voice.tsx'
import { HonestySection } from './public/honesty.tsx'

export async function loader({ params, request }: LoaderFunctionArgs) {
  const portal = currentPortal()
  const community = await communityAt(portal, params.slug)
  const home = await readHome(portal, community, await maySeeDetail(portal, request, community))
  return publicPage(community, home.page, home.isKeepable)
}

export const headers = publicHeaders

export const meta: MetaFunction<typeof loader> = ({ data, location }) =>
  publicMeta(location.search, data?.community, t => t('community.navHome'))

export default function CommunityHome() {
  const home = useLoaderData<typeof loader>()
  const t = useT()
  const { lang, mode } = useViewer()
  const path = `/c/${home.community.slug}`
  const omissions = useOmissions({
    unmatchedLines: home.waits.unmatched,
    reconciledThrough: home.reconciledThrough,
  })
  return (
    <PublicPage
      of={home.community}
      area="home"
      title={t('home.title', { community: communityName(lang, home.community) })}
      notContained={[...omissions, t('community.omitPersons')]}
    >
      {home.asOf === null ? (
        <EmptyState title={t('home.emptyTitle')}>{t('home.emptyText')}</EmptyState>
      ) : (
        <HeroFigure
          label={t('home.heroLabel')}
          amount={home.total.closingFen}
          asOf={{ at: home.asOf, reconciledThrough: home.reconciledThrough }}
          href={`${path}/fund`}
          linkText={t('home.heroLink')}
        >
          {mode === 'standard' && <MonthFigures home={home} />}
        </HeroFigure>
      )}
      {mode === 'elder' && (
        <>
          <ElderActions home={home} />
          <MonthFigures home={home} />
        </>
      )}
      <RecentMonths home={home} />
      <RunningPolls home={home} />
      <WaitsSection home={home} />
      <Outcomes home={home} />
      <VoiceSection home={home} />
      <Section title={t('home.healthTitle')}>
        <HealthLine slug={home.community.slug} health={home.health} />
      </Section>
      <LatestSection home={home} />
      {home.funds.length > 1 && (
        <Section title={t('home.fundsLabel')}>
          <KeyFigures
            label={t('home.fundsLabel')}
            figures={home.funds.map(fund => ({
              label: nameIn(lang, fund),
              value: <Money amount={fund.closingFen} />,
              href: `${path}/fund#funds`,
            }))}
          />
        </Section>
      )}
      <HonestySection />
      <MoreLinks path={path} />
    </PublicPage>
  )
}

/** What is asked for less often. */
function MoreLinks({ path }: { readonly path: string }) {
  const t = useT()
  return (
    <p>
      <LinkButton href={`${path}/search`} tone="quiet">
        {t('search.link')}
      </LinkButton>
      <LinkButton href={`${path}/oversight`} tone="quiet">
        {t('oversight.homeLink')}
      </LinkButton>
      <LinkButton href={`${path}/log`} tone="quiet">
        {t('home.logLink')}
      </LinkButton>
      <LinkButton href={`${path}/me`} tone="quiet">
        {t('home.signInOwner')}
      </LinkButton>
      <LinkButton href="/sign-in" tone="quiet">
        {t('home.signIn')}
      </LinkButton>
    </p>
  )
}
