/** /c/:slug/office/drafts/:id: a voucher draft, and the acts on it: review, release, send back, withdraw, publish a redacted copy. */
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
  approveVoucher,
  publishRedactedCopy,
  readChart,
  refuseVoucher,
  STEP_ACTION,
  withdrawDraft,
} from '#ledger/server'
import { can } from '#people'
import { readForm } from '#platform'
import { href, useT, viewerOf } from '#ui'
import { type DecidedStep, DraftSheet, DraftStatePill, OfficePage, officePath } from '#ui/office'
import { factorIn } from './account/factor-form.ts'
import { readDraftPage, readOwnFactors } from './office/draft-view.server.ts'
import { AnyForm, bytesOf, type Entered, filesOf, textOf } from './office/entered.ts'
import { actOnNotes, noteErrors } from './office/payment-notes.server.ts'
import { approveErrors, documentErrors, refusalStatus } from './office/refusals.ts'
import { enterOffice, type OfficeVisit } from './office/visit.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const visit = await enterOffice(request, params.slug)
  const posted = new URL(request.url).searchParams.get('posted')
  const page = await readDraftPage(visit, params.id ?? '', posted)
  if (page === null) throw new Response(null, { status: 404 })
  const factors = await readOwnFactors(visit, page.step)
  return { frame: visit.frame, factors, ...page, limit: `${DOCUMENT_LIMIT_BYTES / 1024 / 1024} MB` }
}

/** The step named by the form. A missing one is nobody's; the permission for the named one is asked before anything else. */
function stepOf(visit: OfficeVisit, form: Entered): DecidedStep {
  const named = textOf(form, 'step')
  const step = (Object.keys(STEP_ACTION) as DecidedStep[]).find(each => each === named)
  if (step === undefined) throw new Response(null, { status: 400 })
  if (!can(visit.actor, STEP_ACTION[step], visit.community.communityId))
    throw new Response(null, { status: 403 })
  return step
}

async function act(visit: OfficeVisit, draftId: string, form: Entered) {
  const { portal, actor, community } = visit
  const intent = textOf(form, 'intent')
  if (intent === 'withdraw') return withdrawDraft(portal, actor, community, draftId)
  const step = stepOf(visit, form)
  const request = { draftId, step, seenDigest: textOf(form, 'seen'), factor: factorIn(form) ?? undefined }
  if (intent === 'refuse') {
    return refuseVoucher(portal, actor, community, { ...request, reason: textOf(form, 'reason') })
  }
  if (intent !== 'approve') throw new Response(null, { status: 400 })
  return approveVoucher(portal, actor, community, request)
}

async function publishCopy({ portal, actor, community }: OfficeVisit, form: Entered) {
  const [file] = filesOf(form, 'files')
  const bytes = file === undefined ? new Uint8Array() : await bytesOf(file)
  const stored = await publishRedactedCopy(portal, actor, community, textOf(form, 'original'), { bytes })
  return { stored, file: file?.name ?? '' }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const visit = await enterOffice(request, params.slug)
  const { portal, community, frame } = visit
  const read = await readForm(request, portal.settings, AnyForm)
  const form = read.ok ? read.value : {}
  const viewer = viewerOf(request.url)
  const { lang } = viewer
  const draftId = params.id ?? ''
  const here = officePath(frame.slug, 'drafts', draftId)
  const reason = textOf(form, 'reason')
  if (textOf(form, 'intent') === 'public-copy') {
    const { stored, file } = await publishCopy(visit, form)
    if (stored.ok) throw redirect(href(here, viewer), 303)
    const status = refusalStatus(stored.error)
    return data({ errors: documentErrors(stored.error, { lang, file }), reason }, { status })
  }
  const noted = await actOnNotes(visit, draftId, form)
  if (noted !== null) {
    if (noted.ok) throw redirect(href(here, viewer), 303)
    const status = refusalStatus(noted.error)
    return data({ errors: noteErrors(noted.error, translate(lang)), reason }, { status })
  }
  const done = await act(visit, draftId, form)
  if (done.ok) {
    const posted = done.value === null ? '' : `?posted=${formatVoucherKey(done.value)}`
    throw redirect(href(`${here}${posted}`, viewer), 303)
  }
  const { accounts, funds } = await readChart(portal.db, community.communityId)
  const errors = approveErrors(done.error, { lang, accounts, funds })
  return data({ errors, reason }, { status: refusalStatus(done.error) })
}

export const meta: MetaFunction<typeof loader> = ({ data: loaded, location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${loaded?.draft.narration ?? t('office.draftTitle')} · ${t('site.name')}` }]
}

export default function DraftPage() {
  const { frame, limit, ...page } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const t = useT()
  return (
    <OfficePage
      frame={frame}
      crumbs={[]}
      kicker={t(`ledger.kind.${page.draft.kind}`)}
      title={page.step === null ? page.draft.narration : t(`office.turnTitle.${page.step}`)}
      lead={<DraftStatePill draft={page.draft} />}
      width="standard"
    >
      <DraftSheet
        frame={frame}
        {...page}
        errors={refused?.errors ?? []}
        reason={refused?.reason ?? ''}
        documentLimit={limit}
      />
    </OfficePage>
  )
}
