/** /c/:slug/office/drafts/:id/edit: its preparer revises a draft; earlier approvals count no more. */
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { translate } from '#i18n'
import { DOCUMENT_LIMIT_BYTES } from '#kernel'
import { formatVoucherKey } from '#ledger'
import {
  readAttachedDocuments,
  readChart,
  readDraftDetail,
  readOfficeLines,
  reviseDraft,
} from '#ledger/server'
import { readForm } from '#platform'
import { href, Notice, useT, viewerOf } from '#ui'
import { DraftForm, OfficePage, officePath } from '#ui/office'
import { enteredPostings, submittedDraft, withBlankRows } from './office/draft-form.server.ts'
import { AnyForm } from './office/entered.ts'
import { draftErrors, refusalStatus } from './office/refusals.ts'
import { enterOffice, namedChart } from './office/visit.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { portal, community, actor, frame } = await enterOffice(request, params.slug, 'voucher:draft')
  const draft = await readDraftDetail(portal, actor, community, params.id ?? '')
  if (draft === null) throw new Response(null, { status: 404 })
  if (draft.state !== 'open' || draft.draftedBy !== actor.userId || draft.content.kind === 'reversal') {
    throw redirect(href(officePath(frame.slug, 'drafts', draft.draftId), viewerOf(request.url)), 303)
  }
  const { content } = draft
  const lines =
    content.bankLines.length === 0 ? [] : await readOfficeLines(portal, actor, community, content.bankLines)
  return {
    frame,
    chart: namedChart(await readChart(portal.db, community.communityId)),
    refusal: draft.refusal?.reason ?? null,
    view: withBlankRows({
      occurredOn: content.occurredOn,
      narration: content.narration,
      payee: draft.payee?.name ?? '',
      postings: enteredPostings(content.postings),
      documents: await readAttachedDocuments(portal, actor, community, content.documents),
      lines: lines ?? [],
      replaces: content.replaces === null ? '' : formatVoucherKey(content.replaces),
    }),
    limit: `${DOCUMENT_LIMIT_BYTES / 1024 / 1024} MB`,
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const visit = await enterOffice(request, params.slug, 'voucher:draft')
  const { portal, community, actor, frame } = visit
  const form = await readForm(request, portal.settings, AnyForm)
  const viewer = viewerOf(request.url)
  const { lang } = viewer
  const { intent, view, errors, input, atRow } = await submittedDraft(visit, form.ok ? form.value : {}, lang)
  if (intent === 'add-rows') return data({ view, errors }, { status: 200 })
  if (input === null) return data({ view, errors }, { status: 422 })
  const draftId = params.id ?? ''
  const revised = await reviseDraft(portal, actor, community, draftId, input)
  if (revised.ok) throw redirect(href(officePath(frame.slug, 'drafts', draftId), viewer), 303)
  const { accounts, funds } = await readChart(portal.db, community.communityId)
  const refused = draftErrors(revised.error, { lang, accounts, funds }).map(atRow)
  return data({ view, errors: refused }, { status: refusalStatus(revised.error) })
}

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('office.reviseTitle')} · ${t('site.name')}` }]
}

export default function ReviseDraftPage() {
  const { frame, chart, view, refusal, limit } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const t = useT()
  return (
    <OfficePage frame={frame} crumbs={[]} title={t('office.reviseTitle')} lead={t('office.reviseLead')}>
      {refusal !== null && (
        <Notice tone="warning" title={t('office.sentBackTitle')}>
          <p>{refusal}</p>
        </Notice>
      )}
      <DraftForm
        frame={frame}
        chart={chart}
        view={refused?.view ?? view}
        errors={refused?.errors ?? []}
        submit={t('office.submitRevision')}
        documentLimit={limit}
      />
    </OfficePage>
  )
}
