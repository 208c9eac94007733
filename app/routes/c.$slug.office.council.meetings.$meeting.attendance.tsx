/** /c/:slug/office/council/meetings/:meeting/attendance: who came, seat by seat; and lists of residents as counts. */
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { type Presence, signedInTotal } from '#council'
import { enterSignInSheet, recordAttendance } from '#council/server'
import { translate } from '#i18n'
import { readForm } from '#platform'
import { href, Section, useT, viewerOf } from '#ui'
import { AttendanceForm, SheetForm } from '#ui/council'
import { OfficePage, officePath } from '#ui/office'
import { deskOf, seatChoices } from './council/desk-view.server.ts'
import { councilErrors, councilStatus } from './council/refusals.ts'
import { AnyForm, bytesOf, type Entered, filesOf, textOf } from './office/entered.ts'
import { enterOffice, type OfficeVisit } from './office/visit.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const visit = await enterOffice(request, params.slug, 'council:keep')
  const desk = await deskOf(visit, params.meeting)
  const { meetingId, notice, signIns } = desk.meeting
  return {
    frame: visit.frame,
    meetingId,
    title: notice.title,
    seats: seatChoices(desk),
    record: desk.attendance,
    signIns,
  }
}

async function act(visit: OfficeVisit, meetingId: string, form: Entered) {
  const { portal, actor, community } = visit
  if (textOf(form, 'intent') === 'sheet') {
    const [file] = filesOf(form, 'file').filter(each => each.size > 0)
    const scan = file === undefined ? null : await bytesOf(file)
    return enterSignInSheet(portal, actor, community, { meetingId, count: textOf(form, 'count'), scan })
  }
  const { seats } = await deskOf(visit, meetingId)
  return recordAttendance(portal, actor, community, {
    meetingId,
    revision: Number.parseInt(textOf(form, 'revision'), 10) || 0,
    seats: seats.map(({ seatId }) => ({
      seat: seatId,
      presence: textOf(form, `presence-${seatId}`) as Presence,
      interest: textOf(form, `interest-${seatId}`),
      isRecused: textOf(form, `recused-${seatId}`) === 'yes',
    })),
  })
}

export async function action({ request, params }: ActionFunctionArgs) {
  const visit = await enterOffice(request, params.slug, 'council:keep')
  const read = await readForm(request, visit.portal.settings, AnyForm)
  const viewer = viewerOf(request.url)
  const meetingId = params.meeting ?? ''
  const done = await act(visit, meetingId, read.ok ? read.value : {})
  if (done.ok)
    throw redirect(href(officePath(visit.frame.slug, 'council', 'meetings', meetingId), viewer), 303)
  const errors = councilErrors(done.error, viewer.lang)
  return data({ errors }, { status: councilStatus(done.error.code) })
}

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('councilDesk.attendanceTitle')} · ${t('site.name')}` }]
}

export default function AttendancePage() {
  const { frame, meetingId, title, seats, record, signIns } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const t = useT()
  const errors = refused?.errors ?? []
  return (
    <OfficePage
      frame={frame}
      crumbs={[{ href: officePath(frame.slug, 'council', 'meetings', meetingId), label: title }]}
      title={t('councilDesk.attendanceTitle')}
      lead={t('councilDesk.attendanceLead')}
      width="standard"
    >
      <AttendanceForm frame={frame} errors={errors} seats={seats} record={record} />
      {signIns !== null && (
        <Section title={t('council.signInTitle')} lead={t('councilDesk.sheetLead')}>
          <p>{t('council.signIns', { total: signedInTotal(signIns), ...signIns })}</p>
          <SheetForm frame={frame} errors={errors} />
        </Section>
      )}
    </OfficePage>
  )
}
