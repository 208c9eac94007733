/** /c/:slug/office/council/meetings/:meeting/record: the raw record, typed while people speak; kept beside the minutes, never published. */
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { saveRawRecord } from '#council/server'
import { translate } from '#i18n'
import { readForm } from '#platform'
import { Button, ErrorSummary, href, TextAreaField, useT, viewerOf } from '#ui'
import { CsrfField, OfficePage, officePath } from '#ui/office'
import { deskOf } from './council/desk-view.server.ts'
import { councilErrors, councilStatus } from './council/refusals.ts'
import { AnyForm, textOf } from './office/entered.ts'
import { enterOffice } from './office/visit.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const visit = await enterOffice(request, params.slug, 'council:keep')
  const { meeting, rawRecord } = await deskOf(visit, params.meeting)
  const { meetingId, notice } = meeting
  return { frame: visit.frame, meetingId, title: notice.title, rawRecord }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const visit = await enterOffice(request, params.slug, 'council:keep')
  const { portal, actor, community, frame } = visit
  const read = await readForm(request, portal.settings, AnyForm)
  const form = read.ok ? read.value : {}
  const viewer = viewerOf(request.url)
  const meetingId = params.meeting ?? ''
  const text = textOf(form, 'raw')
  const revision = Number.parseInt(textOf(form, 'revision'), 10) || 0
  const saved = await saveRawRecord(portal, actor, community, { meetingId, revision, text })
  if (saved.ok)
    throw redirect(href(officePath(frame.slug, 'council', 'meetings', meetingId, 'record'), viewer), 303)
  const errors = councilErrors(saved.error, viewer.lang)
  const newest = saved.error.code === 'record-outdated' ? saved.error : null
  return data(
    { errors, text, theirs: newest?.newest ?? null, revision: newest?.revision ?? revision },
    { status: councilStatus(saved.error.code) },
  )
}

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('councilDesk.recordTitle')} · ${t('site.name')}` }]
}

export default function RecordPage() {
  const { frame, meetingId, title, rawRecord } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const t = useT()
  return (
    <OfficePage
      frame={frame}
      crumbs={[{ href: officePath(frame.slug, 'council', 'meetings', meetingId), label: title }]}
      title={t('councilDesk.recordTitle')}
      lead={t('councilDesk.recordLead')}
      width="standard"
    >
      <form method="post">
        <CsrfField frame={frame} />
        <input type="hidden" name="revision" value={refused?.revision ?? rawRecord.revision} />
        <ErrorSummary errors={refused?.errors ?? []} />
        {refused?.theirs && <p className="council-text">{refused.theirs}</p>}
        <TextAreaField
          name="raw"
          label={t('councilDesk.raw')}
          rows={20}
          defaultValue={refused?.text ?? rawRecord.text}
        />
        <Button icon="done">{t('councilDesk.save')}</Button>
      </form>
    </OfficePage>
  )
}
