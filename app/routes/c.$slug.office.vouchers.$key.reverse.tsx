/** /c/:slug/office/vouchers/:key/reverse: drafts the red entry that takes a posted voucher back. */
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { translate } from '#i18n'
import { dateOf, parseCivilDate } from '#kernel'
import { formatVoucherKey, parseVoucherKey } from '#ledger'
import { draftReversal, readChart, readVoucher } from '#ledger/server'
import { readForm } from '#platform'
import { href, useT, viewerOf } from '#ui'
import { OfficePage, officePath, ReversalForm } from '#ui/office'
import { AnyForm, textOf } from './office/entered.ts'
import { draftErrors, refusalStatus } from './office/refusals.ts'
import { enterOffice, namedChart } from './office/visit.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { portal, community, frame } = await enterOffice(request, params.slug, 'voucher:reverse')
  const key = parseVoucherKey(params.key ?? '')
  const voucher = key === null ? null : await readVoucher(portal, community, key)
  if (voucher === null) throw new Response(null, { status: 404 })
  return {
    frame,
    chart: namedChart(await readChart(portal.db, community.communityId)),
    voucher: {
      key: formatVoucherKey(voucher.key),
      occurredOn: voucher.occurredOn,
      narration: voucher.narration,
      amountFen: voucher.amountFen,
      postings: voucher.postings,
      reversedBy: voucher.reversedBy === null ? null : formatVoucherKey(voucher.reversedBy),
      isReversal: voucher.kind === 'reversal',
    },
    today: dateOf(portal.clock.now()),
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { portal, community, actor, frame } = await enterOffice(request, params.slug, 'voucher:reverse')
  const reverses = parseVoucherKey(params.key ?? '')
  if (reverses === null) throw new Response(null, { status: 404 })
  const read = await readForm(request, portal.settings, AnyForm)
  const form = read.ok ? read.value : {}
  const viewer = viewerOf(request.url)
  const { lang } = viewer
  const entered = { occurredOn: textOf(form, 'occurredOn'), narration: textOf(form, 'narration') }
  const date = parseCivilDate(entered.occurredOn)
  if (!date.ok) {
    const message = translate(lang)('ledger.date.date-malformed')
    return data({ entered, errors: [{ field: 'occurredOn', message }] }, { status: 422 })
  }
  const drafted = await draftReversal(portal, actor, community, {
    reverses,
    occurredOn: date.value,
    narration: entered.narration,
  })
  if (drafted.ok) throw redirect(href(officePath(frame.slug, 'drafts', drafted.value.draftId), viewer), 303)
  const { accounts, funds } = await readChart(portal.db, community.communityId)
  const errors = draftErrors(drafted.error, { lang, accounts, funds })
  return data({ entered, errors }, { status: refusalStatus(drafted.error) })
}

export const meta: MetaFunction = ({ location, params }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('office.reverseTitle', { voucher: params.key ?? '' })} · ${t('site.name')}` }]
}

export default function ReversePage() {
  const { frame, chart, voucher, today } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const t = useT()
  return (
    <OfficePage
      frame={frame}
      crumbs={[]}
      title={t('office.reverseTitle', { voucher: voucher.key })}
      lead={t('office.reverseLead')}
    >
      <ReversalForm
        frame={frame}
        chart={chart}
        voucher={voucher}
        entered={
          refused?.entered ?? {
            occurredOn: today,
            narration: t('office.reverseNarration', { voucher: voucher.key, narration: voucher.narration }),
          }
        }
        errors={refused?.errors ?? []}
      />
    </OfficePage>
  )
}
