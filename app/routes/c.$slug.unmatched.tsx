/** /c/SLUG/unmatched: bank lines that no voucher holds and nobody explained, in public until somebody does. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { type MetaFunction, useLoaderData } from '@remix-run/react'
import { dateOf, daysBetween } from '#kernel'
import { readExplainedLines, readFund, readUnmatchedLines } from '#ledger/server'
import { currentPortal } from '#platform'
import { DataTable, DateText, EmptyState, useT, useViewer } from '#ui'
import { communityAt, maySeeDetail, publicPage, viewOf, withheld } from './public/community.server.ts'
import { ExplainedLines } from './public/explained-lines.tsx'
import { nameIn, PublicPage, publicHeaders, publicMeta, useOmissions, Withheld } from './public/frame.tsx'
import { SignedMoney } from './public/signed-money.tsx'

const SHOWN_MAX = 200

export async function loader({ params, request }: LoaderFunctionArgs) {
  const portal = currentPortal()
  const community = await communityAt(portal, params.slug)
  if (!(await maySeeDetail(portal, request, community))) return withheld(community)
  const { chart, reconciledThrough, unmatched } = await readFund(portal, community, null)
  const lines = await readUnmatchedLines(portal, community, SHOWN_MAX)
  const explained = await readExplainedLines(portal, community, SHOWN_MAX)
  const now = portal.clock.now()
  const page = {
    community: viewOf(community),
    asOf: now,
    reconciledThrough,
    count: unmatched.lines,
    explained: explained.map(
      ({ bankLine: key, bookedOn, amountFen, counterparty, explanation, explainedAt }) => ({
        key,
        bookedOn,
        amountFen,
        counterparty,
        explanation,
        explainedAt,
      }),
    ),
    lines: lines.map(line => {
      const account = chart.accounts.find(each => each.code === line.account)!
      return {
        key: line.bankLine,
        bookedOn: line.bookedOn,
        amountFen: line.amountFen,
        account: { nameZh: account.nameZh, nameEn: account.nameEn },
        counterparty: line.counterparty,
        days: daysBetween(line.bookedOn, dateOf(now)),
      }
    }),
  }
  // How long a line has waited changes with the day and not with the books.
  return publicPage(community, page, false)
}

export const headers = publicHeaders

export const meta: MetaFunction<typeof loader> = ({ data, location }) =>
  publicMeta(location.search, data?.community, t => t('fund.unmatchedPageTitle'))

export default function UnmatchedPage() {
  const page = useLoaderData<typeof loader>()
  if ('withheld' in page)
    return <Withheld community={page.community} path={`/c/${page.community.slug}/unmatched`} />
  return <UnmatchedLines {...page} />
}

type Page = Exclude<ReturnType<typeof useLoaderData<typeof loader>>, { withheld: true }>

function UnmatchedLines({ community, lines, explained, count, asOf, reconciledThrough }: Page) {
  const t = useT()
  const { lang } = useViewer()
  const omissions = useOmissions({ unmatchedLines: 0, reconciledThrough })
  return (
    <PublicPage
      of={community}
      area="fund"
      title={t('fund.unmatchedPageTitle')}
      lead={t('fund.unmatchedPageLead')}
      breadcrumb={[{ href: `/c/${community.slug}/fund`, label: t('community.navFund') }]}
      asOf={{ at: asOf, reconciledThrough }}
      notContained={[
        t('community.omitPersons'),
        ...(count > lines.length ? [t('fund.unmatchedMore', { count: lines.length })] : []),
        ...omissions,
      ]}
    >
      {lines.length === 0 ? (
        <EmptyState title={t('fund.unmatchedNone')} />
      ) : (
        <DataTable
          caption={t('fund.unmatchedCaption')}
          captionHidden
          rows={lines}
          rowKey={line => line.key}
          columns={[
            {
              key: 'party',
              label: t('fund.unmatchedParty'),
              cell: line => line.counterparty ?? t('community.privatePerson'),
            },
            {
              key: 'amount',
              label: t('fund.unmatchedAmount'),
              type: 'money',
              card: 'amount',
              cell: line => <SignedMoney amount={line.amountFen} />,
            },
            {
              key: 'date',
              label: t('fund.unmatchedDate'),
              type: 'date',
              card: 'plain',
              cell: line => <DateText date={line.bookedOn} />,
            },
            {
              key: 'days',
              label: t('fund.unmatchedDays'),
              type: 'number',
              cell: line => t('fund.unmatchedDaysValue', { days: line.days }),
            },
            {
              key: 'account',
              label: t('fund.unmatchedAccount'),
              cell: line => nameIn(lang, line.account),
            },
          ]}
        />
      )}
      <ExplainedLines lines={explained} />
    </PublicPage>
  )
}
