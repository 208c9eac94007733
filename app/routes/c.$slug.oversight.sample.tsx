/** /c/SLUG/oversight/sample: draws a month's vouchers by a public number that anybody can type in. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { type MetaFunction, useLoaderData } from '@remix-run/react'
import { dateOf, parsePeriod, periodOf } from '#kernel'
import type { LedgerCommunity } from '#ledger/server'
import { drawVouchers } from '#oversight/server'
import { currentPortal, type Portal } from '#platform'
import { ErrorSummary, useT } from '#ui'
import { PROBLEM_FIELD, SampleForm, SampleResult } from './oversight/sample-parts.tsx'
import { communityAt, maySeeDetail, viewOf, withheld } from './public/community.server.ts'
import { PublicPage, publicMeta, Withheld } from './public/frame.tsx'

const ROWS = 10

async function draw(portal: Portal, community: LedgerCommunity, query: URLSearchParams) {
  const seed = query.get('seed')
  if (seed === null) return null
  const month = parsePeriod(query.get('period') ?? '')
  if (!month.ok) return { ok: false as const, error: 'period-unknown' as const }
  const rows = /^\d{1,3}$/.test(query.get('rows') ?? '') ? Number(query.get('rows')) : 0
  return drawVouchers(portal, community, { period: month.value, seed, rows })
}

export async function loader({ params, request }: LoaderFunctionArgs) {
  const portal = currentPortal()
  const community = await communityAt(portal, params.slug)
  // Which vouchers a month has is detail where a community publishes totals only.
  if (!(await maySeeDetail(portal, request, community))) return withheld(community)
  const query = new URL(request.url).searchParams
  return {
    community: viewOf(community),
    entered: {
      period: query.get('period') ?? periodOf(dateOf(portal.clock.now())),
      seed: query.get('seed') ?? '',
      rows: query.get('rows') ?? String(ROWS),
    },
    result: await draw(portal, community, query),
  }
}

export const meta: MetaFunction<typeof loader> = ({ data, location }) =>
  publicMeta(location.search, data?.community, t => t('oversight.sampleTitle'))

type Page = Exclude<ReturnType<typeof useLoaderData<typeof loader>>, { withheld: true }>

export default function SamplePage() {
  const page = useLoaderData<typeof loader>()
  if ('withheld' in page) {
    return <Withheld community={page.community} path={`/c/${page.community.slug}/oversight/sample`} />
  }
  return <Sample {...page} />
}

function Sample({ community, entered, result }: Page) {
  const t = useT()
  const path = `/c/${community.slug}`
  const problem = result === null || result.ok ? null : result.error
  return (
    <PublicPage
      of={community}
      title={t('oversight.sampleTitle')}
      lead={t('oversight.sampleLead')}
      breadcrumb={[{ href: `${path}/oversight`, label: t('oversight.link') }]}
      notContained={[t('oversight.sampleContains')]}
    >
      {problem !== null && (
        <ErrorSummary
          errors={[{ field: PROBLEM_FIELD[problem], message: t(`oversight.sampleProblem.${problem}`) }]}
        />
      )}
      <SampleForm entered={entered} problem={problem} />
      {result?.ok && <SampleResult path={path} sample={result.value} />}
    </PublicPage>
  )
}
