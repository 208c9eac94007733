/** /c/:slug/office/council/meetings/:meeting/items/:item: one topic of the minutes, written at the table. Two clerks lose nothing. */
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { saveSection } from '#council/server'
import { translate } from '#i18n'
import { readForm } from '#platform'
import { href, useT, viewerOf } from '#ui'
import { SectionForm } from '#ui/council'
import { OfficePage, officePath } from '#ui/office'
import {
  deskOf,
  enteredSection,
  savedByName,
  seatChoices,
  sectionIn,
  sectionInput,
} from './council/desk-view.server.ts'
import { councilErrors, councilStatus } from './council/refusals.ts'
import { AnyForm, textOf } from './office/entered.ts'
import { enterOffice } from './office/visit.server.ts'

const numberOf = (text: string | undefined) => Number.parseInt(text ?? '', 10) || 0

export async function loader({ request, params }: LoaderFunctionArgs) {
  const visit = await enterOffice(request, params.slug, 'council:keep')
  const desk = await deskOf(visit, params.meeting)
  const item = desk.meeting.notice.agenda.find(({ no }) => no === numberOf(params.item))
  if (item === undefined) throw new Response(null, { status: 404 })
  const saved = desk.sections.get(item.no)
  return {
    frame: visit.frame,
    meetingId: desk.meeting.meetingId,
    meetingTitle: desk.meeting.notice.title,
    item,
    seats: seatChoices(desk),
    entered: enteredSection(saved?.section),
    revision: saved?.revision ?? 0,
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const visit = await enterOffice(request, params.slug, 'council:keep')
  const { portal, actor, community, frame } = visit
  const read = await readForm(request, portal.settings, AnyForm)
  const form = read.ok ? read.value : {}
  const viewer = viewerOf(request.url)
  const desk = await deskOf(visit, params.meeting)
  const { meetingId, notice } = desk.meeting
  const item = numberOf(params.item)
  const revision = numberOf(textOf(form, 'revision'))
  const entered = sectionIn(
    form,
    desk.seats.map(seat => seat.seatId),
  )
  const input = { meetingId, item, revision, text: sectionInput(entered) }
  const saved = await saveSection(portal, actor, community, input)
  if (saved.ok) {
    const isNext = textOf(form, 'intent') === 'next' && item < notice.agenda.length
    const there = isNext ? ['items', String(item + 1)] : []
    throw redirect(href(officePath(frame.slug, 'council', 'meetings', meetingId, ...there), viewer), 303)
  }
  const errors = councilErrors(saved.error, viewer.lang)
  const { error } = saved
  const status = councilStatus(error.code)
  if (error.code !== 'section-outdated') return data({ errors, entered, revision, theirs: null }, { status })
  const { newest } = error
  const theirs = { section: newest.section, savedBy: await savedByName(visit, newest) }
  return data({ errors, entered, revision: newest.revision, theirs }, { status })
}

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('council.minutes')} · ${t('site.name')}` }]
}

export default function SectionPage() {
  const page = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const t = useT()
  const { frame, item, meetingId } = page
  return (
    <OfficePage
      frame={frame}
      crumbs={[{ href: officePath(frame.slug, 'council', 'meetings', meetingId), label: page.meetingTitle }]}
      title={t('council.itemNumbered', { number: item.no, title: item.title })}
      lead={t('councilDesk.sectionLead')}
      notContained={[t('councilDesk.noResidents')]}
      width="standard"
    >
      <SectionForm
        frame={frame}
        entered={refused?.entered ?? page.entered}
        revision={refused?.revision ?? page.revision}
        seats={page.seats}
        errors={refused?.errors ?? []}
        theirs={refused?.theirs ?? null}
      />
    </OfficePage>
  )
}
