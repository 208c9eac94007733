/** /c/:slug/office/review: the receipts others prepared, reviewed together after a look at each. Payments are never here. */
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { translate } from '#i18n'
import { isId } from '#kernel'
import { formatVoucherKey } from '#ledger'
import { readChart, readDraftDetail, readReceiptsToReview, reviewReceipts } from '#ledger/server'
import { readForm } from '#platform'
import { useT, viewerOf } from '#ui'
import { OfficePage, PICK_FIELD, ReviewReceipts, seenField } from '#ui/office'
import { AnyForm, textOf, textsOf } from './office/entered.ts'
import { batchErrors, refusalStatus } from './office/refusals.ts'
import { enterOffice, namedChart } from './office/visit.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { portal, community, actor, frame } = await enterOffice(request, params.slug, 'voucher:review')
  const waiting = await readReceiptsToReview(portal, actor, community)
  return {
    frame,
    chart: namedChart(await readChart(portal.db, community.communityId)),
    receipts: waiting?.receipts ?? [],
    more: waiting?.more ?? 0,
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { portal, community, actor } = await enterOffice(request, params.slug, 'voucher:review')
  const read = await readForm(request, portal.settings, AnyForm)
  const form = read.ok ? read.value : {}
  const { lang } = viewerOf(request.url)
  const picks = [...new Set(textsOf(form, PICK_FIELD))].filter(isId)
  if (picks.length === 0) {
    const message = translate(lang)('office.reviewNonePicked')
    return data({ outcome: null, errors: [{ message }] }, { status: 422 })
  }
  const done = await reviewReceipts(
    portal,
    actor,
    community,
    picks.map(draftId => ({ draftId, seenDigest: textOf(form, seenField(draftId)) })),
  )
  if (!done.ok) throw new Response(null, { status: done.error.code === 'not-permitted' ? 403 : 400 })
  const { accounts, funds } = await readChart(portal.db, community.communityId)
  const posted: string[] = []
  const refused: { draftId: string; narration: string; messages: string[] }[] = []
  const statuses: number[] = []
  for (const { draftId, outcome } of done.value) {
    if (outcome.ok) {
      posted.push(formatVoucherKey(outcome.value))
      continue
    }
    const draft = await readDraftDetail(portal, actor, community, draftId)
    const messages = batchErrors(outcome.error, { lang, accounts, funds }).map(error => error.message)
    refused.push({ draftId, narration: draft?.content.narration ?? draftId, messages })
    statuses.push(refusalStatus(outcome.error))
  }
  return data(
    { outcome: { posted, refused }, errors: [] },
    { status: posted.length > 0 ? 200 : statuses[0]! },
  )
}

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('office.reviewTitle')} · ${t('site.name')}` }]
}

export default function ReviewPage() {
  const { frame, ...waiting } = useLoaderData<typeof loader>()
  const done = useActionData<typeof action>()
  const t = useT()
  return (
    <OfficePage frame={frame} crumbs={[]} title={t('office.reviewTitle')} lead={t('office.reviewLead')}>
      <ReviewReceipts
        frame={frame}
        {...waiting}
        outcome={done?.outcome ?? null}
        errors={done?.errors ?? []}
      />
    </OfficePage>
  )
}
