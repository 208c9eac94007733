/** /c/SLUG/fees: the standard of service fees (收费标准) with what it rests on, how it is worked out, what was due and came in this year, and its history. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { type MetaFunction, useLoaderData } from '@remix-run/react'
import { readChart, readPublicFeeStandards, readYearCollection } from '#ledger/server'
import { currentPortal } from '#platform'
import { Card, ChangeWords, EmptyState, Section, useT } from '#ui'
import { communityAt, publicPage, viewOf } from './public/community.server.ts'
import { Backdated, BasisLinks, DueSection, StandardSection, YearSection } from './public/fee-sections.tsx'
import { PublicPage, publicHeaders, publicMeta } from './public/frame.tsx'

export async function loader({ params }: LoaderFunctionArgs) {
  const portal = currentPortal()
  const community = await communityAt(portal, params.slug)
  const fees = await readPublicFeeStandards(portal, community)
  const { accounts, funds } = await readChart(portal.db, community.communityId)
  const year = await readYearCollection(portal, community, fees.month)
  return publicPage(community, { community: viewOf(community), ...fees, year, names: { accounts, funds } })
}

export const headers = publicHeaders

export const meta: MetaFunction<typeof loader> = ({ data, location }) =>
  publicMeta(location.search, data?.community, t => t('fees.title'))

export default function FeesPage() {
  const { community, month, inForce, later, versions, year, names } = useLoaderData<typeof loader>()
  const t = useT()
  return (
    <PublicPage
      of={community}
      title={t('fees.title')}
      lead={t('fees.lead')}
      notContained={[t('fees.contains')]}
    >
      {inForce === null && <EmptyState title={t('fees.none')}>{t('fees.noneText')}</EmptyState>}
      {inForce !== null && <StandardSection community={community} version={inForce} begun />}
      {later.map(version => (
        <StandardSection community={community} version={version} key={version.version} />
      ))}
      {inForce !== null && <YearSection month={month} year={year} />}
      {year !== null && <DueSection year={year} />}
      <Section title={t('fees.howTitle')} id="how">
        <ul>
          <li>{t('fees.how1')}</li>
          <li>{t('fees.how2')}</li>
          <li>{t('fees.how3')}</li>
          <li>{t('fees.how4')}</li>
        </ul>
      </Section>
      {versions.length > 0 && (
        <Section title={t('fees.versionsTitle')} lead={t('fees.versionsLead')} id="versions">
          {versions.map(shown => (
            <Card key={shown.changeId}>
              <ChangeWords shown={shown} names={names}>
                {shown.change.kind === 'fee-standard' && (
                  <>
                    <Backdated standard={shown.change.standard} confirmedAt={shown.decidedAt} />
                    <BasisLinks community={community} standard={shown.change.standard} />
                  </>
                )}
              </ChangeWords>
            </Card>
          ))}
        </Section>
      )}
    </PublicPage>
  )
}
