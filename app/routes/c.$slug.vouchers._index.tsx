/** /c/SLUG/vouchers: every voucher, newest first, filtered by a form and paged by key. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { type MetaFunction, useLoaderData } from '@remix-run/react'
import { countText, moneyText } from '#i18n'
import { sumFen } from '#kernel'
import { formatVoucherKey } from '#ledger'
import { readFund } from '#ledger/server'
import { currentPortal } from '#platform'
import { Anchor, EmptyState, LinkButton, Pagination, useT } from '#ui'
import { readChallengeMarks } from '#voice/server'
import { communityAt, maySeeDetail, publicPage, viewOf, withheld } from './public/community.server.ts'
import { PublicPage, publicHeaders, publicMeta, useOmissions, Withheld } from './public/frame.tsx'
import { fundView } from './public/fund-view.ts'
import { listQuery, parseListQuery } from './public/voucher-filter.ts'
import { VoucherFilterForm } from './public/voucher-filter-form.tsx'
import { readVoucherRows } from './public/voucher-list.server.ts'
import { VoucherTable } from './public/voucher-table.tsx'

export async function loader({ params, request }: LoaderFunctionArgs) {
  const portal = currentPortal()
  const community = await communityAt(portal, params.slug)
  const query = parseListQuery(new URL(request.url).searchParams)
  if (query === null) throw new Response(null, { status: 404 })
  if (!(await maySeeDetail(portal, request, community))) return withheld(community)
  const reading = await readFund(portal, community, null)
  const { accounts, funds } = reading.chart
  const listed = await readVoucherRows(portal, community, accounts, query)
  const { periods, asOf, reconciledThrough, unmatched } = fundView(reading)
  return publicPage(community, {
    community: viewOf(community),
    asOf,
    reconciledThrough,
    unmatchedLines: unmatched.lines,
    filter: query.filter,
    before: query.before && formatVoucherKey(query.before),
    rows: listed.rows,
    next: listed.next,
    marks: await readChallengeMarks(portal, community),
    choices: { periods, accounts: [...accounts], funds: [...funds] },
  })
}

export const headers = publicHeaders

export const meta: MetaFunction<typeof loader> = ({ data, location }) =>
  publicMeta(location.search, data?.community, t => t('vouchers.title'))

export default function VoucherListPage() {
  const page = useLoaderData<typeof loader>()
  if ('withheld' in page) {
    return <Withheld community={page.community} path={`/c/${page.community.slug}/vouchers`} />
  }
  return <VoucherList {...page} />
}

type Page = Exclude<ReturnType<typeof useLoaderData<typeof loader>>, { withheld: true }>

function VoucherList(page: Page) {
  const { community, filter, rows, before, next } = page
  const t = useT()
  const omissions = useOmissions(page)
  const path = `/c/${community.slug}/vouchers`
  const total = { inFen: sumFen(rows.map(row => row.inFen)), outFen: sumFen(rows.map(row => row.outFen)) }
  const isNarrowed =
    filter.fund !== undefined || filter.account !== undefined || filter.direction !== undefined
  return (
    <PublicPage
      of={community}
      area="vouchers"
      title={t('vouchers.title')}
      lead={t('vouchers.lead')}
      asOf={page.asOf === null ? undefined : { at: page.asOf, reconciledThrough: page.reconciledThrough }}
      notContained={[...omissions, t('community.omitPersons')]}
    >
      <VoucherFilterForm path={path} filter={filter} choices={page.choices} />
      {rows.length === 0 ? (
        <EmptyState title={t('vouchers.empty')} action={<Anchor href={path}>{t('vouchers.clear')}</Anchor>}>
          {t('vouchers.emptyText')}
        </EmptyState>
      ) : (
        <section className="section" aria-label={t('vouchers.caption')}>
          <p>
            {t('vouchers.pageSummary', {
              count: countText(rows.length),
              in: moneyText(total.inFen),
              out: moneyText(total.outFen),
            })}{' '}
            {isNarrowed && `${t('vouchers.counted')} `}
            {next !== null ? t('vouchers.moreExist') : before === null && t('vouchers.allShown')}
          </p>
          <VoucherTable
            slug={community.slug}
            caption={t('vouchers.caption')}
            rows={rows}
            marks={page.marks}
            total={total}
          />
          <Pagination
            newer={before === null ? undefined : `${path}${listQuery(filter)}`}
            older={next === null ? undefined : `${path}${listQuery(filter, { before: next })}`}
          />
          <p className="button-row">
            <LinkButton
              icon="download"
              download
              href={`${path}.csv${listQuery(filter, before === null ? {} : { before })}`}
            >
              {t('vouchers.csvPage')}
            </LinkButton>
            {(next !== null || before !== null) && (
              <LinkButton icon="download" download href={`${path}.csv${listQuery(filter, { all: '1' })}`}>
                {t('vouchers.csvAll')}
              </LinkButton>
            )}
          </p>
        </section>
      )}
    </PublicPage>
  )
}
