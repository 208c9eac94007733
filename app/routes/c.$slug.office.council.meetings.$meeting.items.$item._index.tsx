/** /c/:slug/office/council/meetings/:meeting/items/:item: one topic of the minutes, written at the table. Two clerks lose nothing. */
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
import { href, useT, viewerOf } from '#ui'
import { EMPTY_ENTERED, SectionForm } from '#ui/council'
import { OfficePage, officePath } from '#ui/office'
import { readClerkScript } from './council/clerk-script.server.ts'
import { deskOf, enteredSection, seatChoices } from './council/desk-view.server.ts'
import { saveSectionForm } from './council/section-acts.server.ts'
import { sectionTemplate } from './council/templates.ts'
import { AnyForm, textOf } from './office/entered.ts'
import { enterOffice } from './office/visit.server.ts'

const numberOf = (text: string | undefined) => Number.parseInt(text ?? '', 10) || 0

export async function loader({ request, params }: LoaderFunctionArgs) {
  const visit = await enterOffice(request, params.slug, 'council:keep')
  const desk = await deskOf(visit, params.meeting)
  const { notice, meetingId } = desk.meeting
  const item = notice.agenda.find(({ no }) => no === numberOf(params.item))
  if (item === undefined) throw new Response(null, { status: 404 })
  const saved = desk.sections.get(item.no)
  const template = sectionTemplate(notice.kind, viewerOf(request.url).lang)
  return {
    frame: visit.frame,
    meetingId,
    meetingTitle: notice.title,
    kind: notice.kind,
    item,
    seats: seatChoices(desk),
    entered:
      saved === undefined
        ? { ...EMPTY_ENTERED, background: template.background }
        : enteredSection(saved.section),
    revision: saved?.revision ?? 0,
    writer: visit.actor.userId,
    ownRevision: saved?.savedBy === visit.actor.userId ? saved.revision : 0,
    openings: template.openings,
    script: await readClerkScript(),
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const visit = await enterOffice(request, params.slug, 'council:keep')
  const read = await readForm(request, visit.portal.settings, AnyForm)
  const form = read.ok ? read.value : {}
  const viewer = viewerOf(request.url)
  const saved = await saveSectionForm(visit, params, form, viewer.lang)
  if (!saved.ok) {
    const { entered, errors, revision, theirs, status } = saved
    return data({ entered, errors, revision, theirs }, { status })
  }
  const item = numberOf(params.item)
  const isNext = textOf(form, 'intent') === 'next' && item < saved.items
  const there = isNext ? ['items', String(item + 1)] : []
  const path = officePath(visit.frame.slug, 'council', 'meetings', saved.meetingId, ...there)
  throw redirect(href(path, viewer), 303)
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
        kind={page.kind}
        openings={page.openings}
        autosave={
          page.script === null
            ? null
            : {
                script: page.script,
                address: `${officePath(frame.slug, 'council', 'meetings', meetingId, 'items', String(item.no))}/save`,
                ownRevision: page.ownRevision,
                writer: page.writer,
              }
        }
      />
    </OfficePage>
  )
}
