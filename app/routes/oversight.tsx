/** /oversight: all communities that the person signed in oversees, each with what its nightly check found. Reads only. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { type MetaFunction, useLoaderData } from '@remix-run/react'
import { translate } from '#i18n'
import { feesByLevel, isPublicItem } from '#oversight'
import { readOverview, readOverviewFees } from '#oversight/server'
import { requireSignedIn } from '#people/server'
import { csrfField, currentPortal } from '#platform'
import { Button, EmptyState, KeyFigures, PageShell, useT, viewerOf } from '#ui'
import { FeeSection, LevelFeesSection } from './oversight/fees.tsx'
import { CommunityCards, type OverviewRow, shareOf } from './oversight/overview.tsx'

const ITEMS_SHOWN = 5

export async function loader({ request }: LoaderFunctionArgs) {
  const portal = currentPortal()
  const actor = await requireSignedIn(portal, request)
  const overseen = await readOverview(portal, actor)
  return {
    displayName: actor.displayName,
    csrf: csrfField(request, portal.settings),
    fees: await readOverviewFees(portal, actor),
    rows: overseen.map(({ community, path, check }): OverviewRow => {
      const items = (check?.items ?? []).filter(isPublicItem)
      return {
        slug: community.slug,
        name: community.name,
        nameEn: community.nameEn,
        path,
        checkedAt: check?.checkedAt ?? null,
        failing: check?.findings.length ?? 0,
        items: items.slice(0, ITEMS_SHOWN),
        itemCount: items.length,
        fees: check?.fees ?? null,
        satisfaction: check?.satisfaction ?? null,
      }
    }),
  }
}

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('oversight.overviewTitle')} · ${t('site.name')}` }]
}

export default function OverviewPage() {
  const { rows, displayName, csrf, fees } = useLoaderData<typeof loader>()
  const t = useT()
  const total = (of: (row: OverviewRow) => number) => rows.reduce((sofar, row) => sofar + of(row), 0)
  const sum = (of: (row: OverviewRow) => number) => String(total(of))
  return (
    <PageShell
      title={t('oversight.overviewTitle')}
      lead={t('oversight.overviewLead')}
      notContained={[t('oversight.overviewContains'), t('oversight.contains')]}
      account={
        <>
          <span>{t('office.signedInAs', { name: displayName })}</span>
          <form method="post" action="/sign-out">
            <input type="hidden" name={csrf.name} value={csrf.value} />
            <Button tone="quiet">{t('office.signOut')}</Button>
          </form>
        </>
      }
    >
      {rows.length === 0 ? (
        <EmptyState title={t('oversight.overviewNone')}>{t('oversight.overviewNoneText')}</EmptyState>
      ) : (
        <>
          <KeyFigures
            label={t('oversight.overviewTitle')}
            figures={[
              { label: t('oversight.overviewCommunities'), value: String(rows.length) },
              { label: t('oversight.overviewWithItems'), value: sum(row => (row.itemCount > 0 ? 1 : 0)) },
              { label: t('oversight.overviewItems'), value: sum(row => row.itemCount) },
              { label: t('oversight.overviewFailing'), value: sum(row => row.failing) },
              {
                label: t('oversight.overviewColumnContent'),
                value: shareOf(
                  total(row => row.satisfaction?.content ?? 0),
                  total(row => row.satisfaction?.counted ?? 0),
                ),
              },
            ]}
          />
          <CommunityCards rows={rows} />
          <LevelFeesSection levels={feesByLevel(rows)} />
          <FeeSection months={fees} />
        </>
      )}
    </PageShell>
  )
}
