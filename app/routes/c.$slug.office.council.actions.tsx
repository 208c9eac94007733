/** /c/:slug/office/council/actions: who owes what by when; reports with proof. */
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { readDoneActions, readOpenActions, reportAction } from '#council/server'
import { translate } from '#i18n'
import { dateOf } from '#kernel'
import { readForm } from '#platform'
import { ErrorSummary, href, Pagination, Section, useT, viewerOf } from '#ui'
import { ActionForm, ActionTable } from '#ui/council'
import { OfficePage, officePath } from '#ui/office'
import { councilErrors, councilStatus } from './council/refusals.ts'
import { AnyForm, bytesOf, filesOf, textOf } from './office/entered.ts'
import { enterOffice } from './office/visit.server.ts'

const DONE_ROWS = 20

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { portal, community, frame } = await enterOffice(request, params.slug, 'council:keep')
  const asked = new URL(request.url).searchParams.get('before') ?? ''
  const before = /^\d{1,14}$/.test(asked) ? new Date(Number.parseInt(asked, 10)) : null
  const done = await readDoneActions(portal, community, { before, limit: DONE_ROWS })
  return {
    frame,
    open: before === null ? await readOpenActions(portal, community) : [],
    done: done.actions,
    next: done.next && String(done.next.getTime()),
    today: dateOf(portal.clock.now()),
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { portal, actor, community, frame } = await enterOffice(request, params.slug, 'council:keep')
  const read = await readForm(request, portal.settings, AnyForm)
  const form = read.ok ? read.value : {}
  const viewer = viewerOf(request.url)
  const [file] = filesOf(form, 'file').filter(each => each.size > 0)
  const reported = await reportAction(portal, actor, community, {
    meetingId: textOf(form, 'meeting'),
    item: Number.parseInt(textOf(form, 'item'), 10) || 0,
    no: Number.parseInt(textOf(form, 'no'), 10) || 0,
    kind: textOf(form, 'intent') === 'reopened' ? 'reopened' : 'done',
    text: textOf(form, 'text'),
    proof: file === undefined ? null : await bytesOf(file),
  })
  if (reported.ok) throw redirect(href(officePath(frame.slug, 'council', 'actions'), viewer), 303)
  const errors = councilErrors(reported.error, viewer.lang)
  return data({ errors }, { status: councilStatus(reported.error.code) })
}

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('councilDesk.toActions')} · ${t('site.name')}` }]
}

export default function ActionsPage() {
  const { frame, open, done, next, today } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const t = useT()
  const actions = [...open, ...done]
  return (
    <OfficePage
      frame={frame}
      crumbs={[{ href: officePath(frame.slug, 'council'), label: t('councilDesk.title') }]}
      title={t('councilDesk.toActions')}
      lead={t('councilDesk.actionsPageLead')}
    >
      <ErrorSummary errors={refused?.errors ?? []} />
      <ActionTable
        caption={t('councilDesk.toActions')}
        actions={actions}
        today={today}
        proofAt={sha256 => `/c/${frame.slug}/council/proofs/${sha256}`}
      />
      <Section title={t('councilDesk.report')}>
        {actions.map(each => (
          <ActionForm
            key={`${each.meetingId} ${each.item} ${each.no}`}
            frame={frame}
            action={each}
            errors={refused?.errors ?? []}
          />
        ))}
      </Section>
      <Pagination
        older={next === null ? undefined : `${officePath(frame.slug, 'council', 'actions')}?before=${next}`}
      />
    </OfficePage>
  )
}
