/** /c/:slug/office/close: the closing of the next month, previewed and done. */
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { periodText, translate } from '#i18n'
import { lastDayOf, parsePeriod } from '#kernel'
import { nextToClose } from '#ledger'
import { closePeriod, previewClosing, readChart, readPeriodState } from '#ledger/server'
import { readForm } from '#platform'
import { href, useT, useViewer, viewerOf } from '#ui'
import {
  ClosedNotice,
  CloseForm,
  Obstacles,
  OfficePage,
  officePath,
  Reconciliations,
  TrialBalance,
} from '#ui/office'
import { AnyForm, textOf } from './office/entered.ts'
import { closeErrors, refusalStatus } from './office/refusals.ts'
import { enterOffice, namedChart } from './office/visit.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { portal, community, frame } = await enterOffice(request, params.slug)
  const state = await readPeriodState(portal.db, community)
  const period = nextToClose(state)
  const preview = await previewClosing(portal, community, period)
  const chart = namedChart(await readChart(portal.db, community.communityId))
  const { lang } = viewerOf(request.url)
  const closed = new URL(request.url).searchParams.get('closed')
  return {
    frame,
    chart,
    view: {
      period,
      lastDay: lastDayOf(period),
      trialBalance: preview.trialBalance,
      reconciliations: preview.reconciliations.map(({ account, ...figures }) => ({
        ...figures,
        account: account.accountCode,
      })),
      vouchers: preview.vouchers,
      openDrafts: preview.openDrafts,
      openSignals: preview.openSignals,
    },
    obstacles: preview.refusal === null ? [] : closeErrors(preview.refusal, { lang, ...chart }),
    justClosed: closed !== null && closed === state.lastClosed ? state.lastClosed : null,
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { portal, community, actor, frame } = await enterOffice(request, params.slug, 'period:close')
  const read = await readForm(request, portal.settings, AnyForm)
  const form = read.ok ? read.value : {}
  const viewer = viewerOf(request.url)
  const { lang } = viewer
  const period = parsePeriod(textOf(form, 'period'))
  if (!period.ok) throw new Response(null, { status: 400 })
  if (textOf(form, 'confirms') !== 'yes') {
    const message = translate(lang)('office.closeTickMissing')
    return data({ errors: [{ field: 'confirms', message }] }, { status: 422 })
  }
  const leavesUnanswered = textOf(form, 'unanswered') === 'yes'
  const closed = await closePeriod(portal, actor, community, period.value, { leavesUnanswered })
  if (closed.ok) {
    throw redirect(href(`${officePath(frame.slug, 'close')}?closed=${period.value}`, viewer), 303)
  }
  const chart = await readChart(portal.db, community.communityId)
  const errors = closeErrors(closed.error, { lang, ...chart })
  return data({ errors }, { status: refusalStatus(closed.error) })
}

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('office.closeTitle')} · ${t('site.name')}` }]
}

export default function ClosePage() {
  const { frame, chart, view, obstacles, justClosed } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const t = useT()
  const { lang } = useViewer()
  return (
    <OfficePage
      frame={frame}
      place="close"
      title={t('office.closePeriod', { period: periodText(view.period, lang) })}
      lead={t('office.closeLead')}
    >
      {justClosed !== null && <ClosedNotice frame={frame} period={justClosed} />}
      <Obstacles frame={frame} chart={chart} view={view} obstacles={obstacles} />
      <TrialBalance frame={frame} chart={chart} view={view} />
      <Reconciliations frame={frame} chart={chart} view={view} />
      {frame.may.close && obstacles.length === 0 && (
        <CloseForm frame={frame} chart={chart} view={view} errors={refused?.errors ?? []} />
      )}
    </OfficePage>
  )
}
