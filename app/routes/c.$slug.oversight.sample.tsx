/** /c/SLUG/oversight/sample: draws a month's vouchers by a public number that anybody can type in. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { type MetaFunction, useLoaderData } from '@remix-run/react'
import { countText } from '#i18n'
import { dateOf, parsePeriod, periodOf } from '#kernel'
import type { LedgerCommunity } from '#ledger/server'
import { SAMPLE_ROWS_MAX } from '#oversight'
import { drawVouchers } from '#oversight/server'
import { currentPortal, type Portal } from '#platform'
import {
  Anchor,
  Button,
  Card,
  DataTable,
  DateField,
  ErrorSummary,
  KeepViewer,
  Section,
  TextField,
  useT,
} from '#ui'
import { communityAt, viewOf } from './public/community.server.ts'
import { PublicPage, publicMeta } from './public/frame.tsx'

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

const FIELDS = { 'seed-missing': 'seed', 'seed-too-long': 'seed', 'rows-malformed': 'rows' } as const

export default function SamplePage() {
  const { community, entered, result } = useLoaderData<typeof loader>()
  const t = useT()
  const path = `/c/${community.slug}`
  const problem = result === null || result.ok ? null : result.error
  const field = problem === null ? null : problem === 'period-unknown' ? 'period' : FIELDS[problem]
  const message = problem === null ? undefined : t(`oversight.sampleProblem.${problem}`)
  const errorAt = (name: string) => (field === name ? message : undefined)
  return (
    <PublicPage
      of={community}
      title={t('oversight.sampleTitle')}
      lead={t('oversight.sampleLead')}
      breadcrumb={[{ href: `${path}/oversight`, label: t('oversight.link') }]}
      notContained={[t('oversight.sampleContains')]}
    >
      {message !== undefined && field !== null && <ErrorSummary errors={[{ field, message }]} />}
      <Card>
        <form method="get">
          <KeepViewer />
          <DateField
            name="period"
            label={t('oversight.samplePeriod')}
            month
            required
            defaultValue={entered.period}
            error={errorAt('period')}
          />
          <TextField
            name="seed"
            label={t('oversight.sampleSeed')}
            hint={t('oversight.sampleSeedHint')}
            maxLength={200}
            required
            defaultValue={entered.seed}
            error={errorAt('seed')}
          />
          <TextField
            name="rows"
            label={t('oversight.sampleRows')}
            inputMode="numeric"
            maxLength={String(SAMPLE_ROWS_MAX).length}
            required
            defaultValue={entered.rows}
            error={errorAt('rows')}
          />
          <Button>{t('oversight.sampleButton')}</Button>
        </form>
      </Card>
      {result?.ok && (
        <Section
          title={t('oversight.sampleDrawn', {
            drawn: result.value.drawn.length,
            count: countText(result.value.outOf),
          })}
          lead={t('oversight.sampleSeedShown', { seed: result.value.seed })}
        >
          <DataTable
            caption={t('oversight.sampleTitle')}
            captionHidden
            rows={result.value.drawn.map((each, index) => ({ ...each, order: index + 1 }))}
            rowKey={row => row.voucher}
            columns={[
              {
                key: 'voucher',
                label: t('oversight.sampleVoucher'),
                cell: row => <Anchor href={`${path}/vouchers/${row.voucher}`}>{row.voucher}</Anchor>,
              },
              { key: 'order', label: t('oversight.sampleOrder'), type: 'number', cell: row => row.order },
              {
                key: 'ticket',
                label: t('oversight.sampleTicket'),
                cell: row => <code>{row.ticket.slice(0, 16)}…</code>,
              },
            ]}
          />
          <p className="note">{t('oversight.sampleRule')}</p>
        </Section>
      )}
    </PublicPage>
  )
}
