/** /c/SLUG/fund: opening + in - out = closing of a month, per fund and in total, by month and by category. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { type MetaFunction, useLoaderData } from '@remix-run/react'
import { periodText } from '#i18n'
import { parsePeriod } from '#kernel'
import { readFund, readYearCollection } from '#ledger/server'
import { currentPortal } from '#platform'
import { BalanceEquation, LinkButton, Section, useT, useViewer } from '#ui'
import { readChallengeMarks } from '#voice/server'
import { communityAt, publicPage, viewOf } from './public/community.server.ts'
import { FundFees } from './public/fee-sections.tsx'
import { PublicPage, publicHeaders, publicMeta, useOmissions } from './public/frame.tsx'
import { BudgetSection, CategorySections } from './public/fund-categories.tsx'
import { FundTable, MonthPicker, MonthsSection, UnmatchedSection } from './public/fund-sections.tsx'
import { fundView } from './public/fund-view.ts'
import { listQuery } from './public/voucher-filter.ts'

export async function loader({ params, request }: LoaderFunctionArgs) {
  const portal = currentPortal()
  const community = await communityAt(portal, params.slug)
  const asked = new URL(request.url).searchParams.get('period')
  const month = asked === null || asked === '' ? null : parsePeriod(asked)
  if (month !== null && !month.ok) throw new Response(null, { status: 404 })
  const reading = await readFund(portal, community, month === null ? null : month.value)
  if (reading.period < reading.firstPeriod || reading.period > reading.lastPeriod) {
    throw new Response(null, { status: 404 })
  }
  const marks = await readChallengeMarks(portal, community)
  const fees = await readYearCollection(portal, community, reading.period)
  return publicPage(community, { community: viewOf(community), fund: fundView(reading), marks, fees })
}

export const headers = publicHeaders

export const meta: MetaFunction<typeof loader> = ({ data, location }) =>
  publicMeta(location.search, data?.community, (t, lang) =>
    t('fund.title', { month: data === undefined ? '' : periodText(data.fund.period, lang) }),
  )

export default function FundPage() {
  const { community, fund, marks, fees } = useLoaderData<typeof loader>()
  const t = useT()
  const { lang } = useViewer()
  const month = periodText(fund.period, lang)
  const { openingFen, inFen, outFen, closingFen } = fund.total.month
  const omissions = useOmissions({
    unmatchedLines: fund.unmatched.lines,
    reconciledThrough: fund.reconciledThrough,
  })
  const csv = `/c/${community.slug}/vouchers.csv`
  return (
    <PublicPage
      of={community}
      area="fund"
      title={t('fund.title', { month })}
      lead={t('fund.lead')}
      asOf={fund.asOf === null ? undefined : { at: fund.asOf, reconciledThrough: fund.reconciledThrough }}
      notContained={omissions}
    >
      <MonthPicker community={community} fund={fund} />
      <Section title={t('fund.total')} lead={fund.funds.length > 1 ? t('fund.totalNote') : undefined}>
        <BalanceEquation opening={openingFen} received={inFen} spent={outFen} closing={closingFen} />
      </Section>
      <CategorySections community={community} fund={fund} />
      {fees !== null && <FundFees community={community} year={fees} />}
      <FundTable community={community} fund={fund} />
      <MonthsSection community={community} fund={fund} />
      <BudgetSection community={community} fund={fund} marks={marks} />
      <UnmatchedSection community={community} unmatched={fund.unmatched} />
      <Section title={t('fund.checkTitle')}>
        <p>{t('fund.checkText')}</p>
        <p>
          <LinkButton
            icon="download"
            download
            href={`${csv}${listQuery({ span: { from: fund.period, until: fund.period } }, { all: '1' })}`}
          >
            {t('fund.checkCsv', { month })}
          </LinkButton>
        </p>
      </Section>
    </PublicPage>
  )
}
