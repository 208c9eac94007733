/** /c/:slug/office/drafts/new: drafts a voucher, from picked bank lines (`?lines=`) or to replace a reversed one (`?replaces=`). */
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { translate } from '#i18n'
import { DOCUMENT_LIMIT_BYTES, dateOf } from '#kernel'
import { draftVoucher, readChart } from '#ledger/server'
import { readForm } from '#platform'
import { href, useT, viewerOf } from '#ui'
import { DraftForm, OfficePage, officePath } from '#ui/office'
import { newDraftView, replacementView, submittedDraft } from './office/draft-form.server.ts'
import { AnyForm } from './office/entered.ts'
import { draftErrors, refusalStatus } from './office/refusals.ts'
import { enterOffice, namedChart } from './office/visit.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const visit = await enterOffice(request, params.slug, 'voucher:draft')
  const { portal, community, frame } = visit
  const query = new URL(request.url).searchParams
  const lines = query.getAll('lines').flatMap(value => value.split(','))
  const today = dateOf(portal.clock.now())
  const replacement = await replacementView(visit, today, query.get('replaces') ?? '')
  return {
    frame,
    chart: namedChart(await readChart(portal.db, community.communityId)),
    view: replacement ?? (await newDraftView(visit, today, lines)),
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
  const drafted = await draftVoucher(portal, actor, community, input)
  if (drafted.ok) throw redirect(href(officePath(frame.slug, 'drafts', drafted.value.draftId), viewer), 303)
  const { accounts, funds } = await readChart(portal.db, community.communityId)
  const refused = draftErrors(drafted.error, { lang, accounts, funds }).map(atRow)
  return data({ view, errors: refused }, { status: refusalStatus(drafted.error) })
}

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('office.newDraftTitle')} · ${t('site.name')}` }]
}

export default function NewDraftPage() {
  const { frame, chart, view, limit } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const t = useT()
  const shown = refused?.view ?? view
  return (
    <OfficePage
      frame={frame}
      crumbs={[{ label: t('office.benchTitle'), href: officePath(frame.slug, 'lines') }]}
      title={
        shown.replaces === ''
          ? t('office.newDraftTitle')
          : t('office.replaceTitle', { voucher: shown.replaces })
      }
      lead={t('office.newDraftLead')}
    >
      <DraftForm
        frame={frame}
        chart={chart}
        view={shown}
        errors={refused?.errors ?? []}
        submit={t('office.submitDraft')}
        documentLimit={limit}
      />
    </OfficePage>
  )
}
