/** /c/:slug/office/council/meetings/:meeting/record: the raw record, typed while people speak; kept beside the minutes, never published. */
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { translate } from '#i18n'
import { readForm } from '#platform'
import { Button, ErrorSummary, href, TextAreaField, useT, viewerOf } from '#ui'
import { AutosaveBar, Sides } from '#ui/council'
import { CsrfField, OfficePage, officePath } from '#ui/office'
import { readClerkScript } from './council/clerk-script.server.ts'
import { deskOf } from './council/desk-view.server.ts'
import { saveRecordForm } from './council/section-acts.server.ts'
import { AnyForm } from './office/entered.ts'
import { enterOffice } from './office/visit.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const visit = await enterOffice(request, params.slug, 'council:keep')
  const { meeting, rawRecord } = await deskOf(visit, params.meeting)
  const { meetingId, notice } = meeting
  return {
    frame: visit.frame,
    meetingId,
    title: notice.title,
    rawRecord,
    writer: visit.actor.userId,
    ownRevision: rawRecord.savedBy === visit.actor.userId ? rawRecord.revision : 0,
    script: await readClerkScript(),
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const visit = await enterOffice(request, params.slug, 'council:keep')
  const read = await readForm(request, visit.portal.settings, AnyForm)
  const viewer = viewerOf(request.url)
  const meetingId = params.meeting ?? ''
  const saved = await saveRecordForm(visit, meetingId, read.ok ? read.value : {}, viewer.lang)
  if (saved.ok) {
    const there = officePath(visit.frame.slug, 'council', 'meetings', meetingId, 'record')
    throw redirect(href(there, viewer), 303)
  }
  const { errors, text, theirs, revision, status } = saved
  return data({ errors, text, theirs, revision }, { status })
}

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('councilDesk.recordTitle')} · ${t('site.name')}` }]
}

export default function RecordPage() {
  const { frame, meetingId, title, rawRecord, ownRevision, writer, script } = useLoaderData<typeof loader>()
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
      {script && <AutosaveBar script={script} />}
      <form
        method="post"
        data-autosave={`${officePath(frame.slug, 'council', 'meetings', meetingId, 'record')}/save`}
        data-own-revision={ownRevision}
        data-writer={writer}
      >
        <CsrfField frame={frame} />
        <input type="hidden" name="revision" value={refused?.revision ?? rawRecord.revision} />
        <ErrorSummary errors={refused?.errors ?? []} />
        {refused?.theirs && <Sides theirs={refused.theirs} mine={[refused.text]} />}
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
