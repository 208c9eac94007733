/** /c/:slug/office/lines: the bench of unmatched bank lines. */
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { translate } from '#i18n'
import { draftProposals, readBench, readChart } from '#ledger/server'
import { readForm } from '#platform'
import { LinkButton, useT, viewerOf } from '#ui'
import {
  BenchLines,
  DraftedNotice,
  LINE_FILTERS,
  type OfficeLine,
  OfficePage,
  officePath,
  Proposals,
} from '#ui/office'
import { AnyForm } from './office/entered.ts'
import { draftErrors, refusalStatus } from './office/refusals.ts'
import { enterOffice, namedChart } from './office/visit.server.ts'

type LineFilter = (typeof LINE_FILTERS)[number]

/** A line that a draft holds is done with here: it stands under its own filter. */
function belongs(line: OfficeLine, filter: LineFilter, draftOf: ReadonlyMap<string, string>): boolean {
  if (draftOf.has(line.bankLine)) return filter === 'drafted'
  return filter === 'all' || line.direction === filter
}

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { portal, community, actor, frame } = await enterOffice(request, params.slug)
  const bench = await readBench(portal, actor, community)
  const chart = await readChart(portal.db, community.communityId)
  const show = new URL(request.url).searchParams.get('show')
  const filter = LINE_FILTERS.find(each => each === show) ?? 'all'
  const lines = bench?.lines ?? []
  const draftOf = new Map(bench?.drafted ?? [])
  const shown = (each: LineFilter) => lines.filter(line => belongs(line, each, draftOf))
  const counts = Object.fromEntries(LINE_FILTERS.map(each => [each, shown(each).length]))
  return {
    frame,
    chart: namedChart(chart),
    filter,
    counts: counts as Record<LineFilter, number>,
    lines: shown(filter),
    proposals: bench?.proposals ?? [],
    draftOf,
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { portal, community, actor } = await enterOffice(request, params.slug, 'voucher:draft')
  await readForm(request, portal.settings, AnyForm)
  const { lang } = viewerOf(request.url)
  const { accounts, funds } = await readChart(portal.db, community.communityId)
  const done = await draftProposals(portal, actor, community, null)
  const refusals = done.ok ? done.value.refused : [done.error]
  const errors = refusals.flatMap(refusal => draftErrors(refusal, { lang, accounts, funds }))
  const drafted = done.ok ? done.value.drafted.length : 0
  const status = drafted === 0 && refusals[0] !== undefined ? refusalStatus(refusals[0]) : 200
  // The fields of these errors are on no form of this page.
  return data({ drafted, errors: errors.map(({ message }) => ({ message })) }, { status })
}

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('office.benchTitle')} · ${t('site.name')}` }]
}

export default function BenchPage() {
  const { frame, chart, proposals, ...bench } = useLoaderData<typeof loader>()
  const done = useActionData<typeof action>()
  const t = useT()
  return (
    <OfficePage
      frame={frame}
      place="lines"
      title={t('office.benchTitle')}
      lead={t('office.benchLead')}
      actions={
        <LinkButton href={officePath(frame.slug, 'rules')} icon="note">
          {t('office.startRules')}
        </LinkButton>
      }
    >
      {done && <DraftedNotice frame={frame} drafted={done.drafted} errors={done.errors} />}
      <Proposals frame={frame} chart={chart} proposals={proposals} />
      <BenchLines frame={frame} chart={chart} {...bench} />
    </OfficePage>
  )
}
