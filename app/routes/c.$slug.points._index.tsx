/** /c/SLUG/points[?before=N]: volunteer points in public: what is out, the partners, every voucher without a home. 404 where points are off. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { type MetaFunction, useLoaderData } from '@remix-run/react'
import { readPublicPoints } from '#ledger/server'
import { currentPortal } from '#platform'
import { BigActions, KeyFigures, Pagination, Section, useT } from '#ui'
import { PointVouchers } from '#ui/points'
import { communityAt, publicPage, viewOf } from './public/community.server.ts'
import { PublicPage, publicHeaders, publicMeta } from './public/frame.tsx'

export async function loader({ params, request }: LoaderFunctionArgs) {
  const portal = currentPortal()
  const community = await communityAt(portal, params.slug)
  const asked = /^\d{1,9}$/.exec(new URL(request.url).searchParams.get('before') ?? '')?.[0]
  const page = await readPublicPoints(portal, community, asked === undefined ? null : Number(asked))
  if (page === null) throw new Response(null, { status: 404 })
  return publicPage(community, { community: viewOf(community), ...page }, false)
}

export const headers = publicHeaders

export const meta: MetaFunction<typeof loader> = ({ data, location }) =>
  publicMeta(location.search, data?.community, t => t('points.title'))

export default function PointsPage() {
  const { community, figures, partners, vouchers, older } = useLoaderData<typeof loader>()
  const t = useT()
  const path = `/c/${community.slug}/points`
  const amount = (points: bigint) => t('points.amount', { points })
  return (
    <PublicPage
      of={community}
      area="projects"
      breadcrumb={[{ href: `/c/${community.slug}/projects`, label: t('projects.title') }]}
      title={t('points.title')}
      lead={t('points.lead')}
      notContained={[t('points.omitHomes'), t('points.omitMoney')]}
    >
      <KeyFigures
        label={t('points.title')}
        figures={[
          { label: t('points.issued'), value: amount(figures.issued) },
          { label: t('points.redeemed'), value: amount(figures.redeemed) },
          { label: t('points.pool'), value: amount(figures.pool) },
          { label: t('points.held'), value: amount(figures.held), note: t('points.sumNote') },
        ]}
      />
      <BigActions
        label={t('points.startLabel')}
        actions={[
          { href: `${path}/own`, icon: 'person', label: t('points.ownLink'), hint: t('points.ownLinkHint') },
        ]}
      />
      <Section title={t('points.partnersTitle')} id="partners">
        {partners.length === 0 ? (
          <p>{t('points.partnersNone')}</p>
        ) : (
          <ul>
            {partners.map(({ partnerId, name }) => (
              <li key={partnerId}>{name}</li>
            ))}
          </ul>
        )}
      </Section>
      <Section title={t('points.vouchersTitle')} lead={t('points.vouchersLead')} id="vouchers">
        <PointVouchers slug={community.slug} vouchers={vouchers} />
        <Pagination older={older === null ? undefined : `${path}?before=${older}#vouchers`} />
      </Section>
    </PublicPage>
  )
}
