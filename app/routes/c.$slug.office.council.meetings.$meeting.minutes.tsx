/** /c/:slug/office/council/meetings/:meeting/minutes: circulating, corrections, the seats' signatures, publishing. */
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
import { readMinutesCopies } from '#statements/server'
import { ErrorSummary, href, Section, useT, viewerOf } from '#ui'
import { CirculatedText, CirculateForm, CopyForm, Corrections, SignOffs } from '#ui/council'
import { OfficePage, officePath } from '#ui/office'
import { deskOf, minutesView } from './council/desk-view.server.ts'
import { minutesAct } from './council/minutes-acts.server.ts'
import { councilErrors, councilStatus } from './council/refusals.ts'
import { AnyForm } from './office/entered.ts'
import { enterOffice } from './office/visit.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const visit = await enterOffice(request, params.slug, 'council:read')
  const desk = await deskOf(visit, params.meeting)
  const { meetingId, notice } = desk.meeting
  const copies = await readMinutesCopies(visit.portal, visit.community, meetingId)
  return {
    frame: visit.frame,
    meetingId,
    title: notice.title,
    state: desk.standing.state,
    hasCopy: copies[0]?.issue === desk.meeting.published[0]?.issue && copies[0]?.file != null,
    view: await minutesView(visit, desk),
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const visit = await enterOffice(request, params.slug, 'council:read')
  const read = await readForm(request, visit.portal.settings, AnyForm)
  const viewer = viewerOf(request.url)
  const meetingId = params.meeting ?? ''
  const done = await minutesAct(visit, meetingId, read.ok ? read.value : {})
  if (done.ok) {
    const there = officePath(visit.frame.slug, 'council', 'meetings', meetingId, 'minutes')
    throw redirect(href(there, viewer), 303)
  }
  const errors = councilErrors(done.error, viewer.lang)
  return data({ errors }, { status: councilStatus(done.error.code) })
}

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('councilDesk.minutesTitle')} · ${t('site.name')}` }]
}

export default function MinutesPage() {
  const { frame, meetingId, title, state, hasCopy, view } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const t = useT()
  const errors = refused?.errors ?? []
  return (
    <OfficePage
      frame={frame}
      crumbs={[{ href: officePath(frame.slug, 'council', 'meetings', meetingId), label: title }]}
      title={t('councilDesk.minutesTitle')}
      lead={t(`councilDesk.minutesState.${state}`)}
      notContained={[t('council.omitRaw')]}
      width="standard"
    >
      <ErrorSummary errors={errors} />
      {state === 'published' && (
        <CopyForm
          frame={frame}
          href={hasCopy ? `/c/${frame.slug}/council/meetings/${meetingId}/minutes.pdf` : null}
        />
      )}
      {view !== null && (
        <>
          <CirculatedText view={view} frame={frame} />
          <Corrections frame={frame} view={view} errors={errors} />
          <SignOffs frame={frame} view={view} errors={errors} />
        </>
      )}
      {frame.may.councilKeep && (
        <Section
          title={t(view === null ? 'councilDesk.circulate' : 'councilDesk.circulateAgain')}
          lead={t(view === null ? 'councilDesk.circulateLead' : 'councilDesk.circulateAgainLead')}
        >
          <CirculateForm frame={frame} isFirst={view === null} errors={errors} />
        </Section>
      )}
    </OfficePage>
  )
}
