/** /c/:slug/office/council/seats: who sits where; seats are entered and ended, never edited. */
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { endSeat, enterSeat, readSeatsToday } from '#council/server'
import { translate } from '#i18n'
import { dateOf } from '#kernel'
import { listOfficeHolders } from '#people/server'
import { readForm } from '#platform'
import { href, Section, useT, viewerOf } from '#ui'
import { EndSeatForm, SeatForm, SeatTable } from '#ui/council'
import { OfficePage, officePath } from '#ui/office'
import { shownSeat } from './council/council-page.server.ts'
import { councilErrors, councilStatus } from './council/refusals.ts'
import { AnyForm, type Entered, textOf } from './office/entered.ts'
import { enterOffice, type OfficeVisit } from './office/visit.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { portal, community, frame } = await enterOffice(request, params.slug, 'council:keep')
  const { council, committee } = await readSeatsToday(portal, community)
  const holders = await listOfficeHolders(portal, community.communityId)
  return {
    frame,
    seats: [...council, ...committee].map(shownSeat),
    holders: holders
      .filter(({ role }) => role !== 'owner')
      .map(({ userId, displayName }) => ({ userId, name: displayName })),
    today: dateOf(portal.clock.now()),
  }
}

const FIELDS = [
  'body',
  'kind',
  'organisation',
  'office',
  'holderName',
  'deputyName',
  'userId',
  'termFrom',
  'termUntil',
] as const

function act({ portal, actor, community }: OfficeVisit, form: Entered) {
  const text = (name: string) => textOf(form, name)
  if (text('intent') === 'end') {
    const input = { seatId: text('seat'), endedOn: text('endedOn'), reason: text('reason') }
    return endSeat(portal, actor, community, input)
  }
  return enterSeat(portal, actor, community, {
    body: text('body'),
    kind: text('kind'),
    organisation: text('organisation'),
    office: text('office'),
    holderName: text('holderName'),
    deputyName: text('deputyName'),
    userId: text('userId'),
    isVoting: text('isVoting') === 'yes',
    termFrom: text('termFrom'),
    termUntil: text('termUntil'),
    contact: text('contact'),
  })
}

export async function action({ request, params }: ActionFunctionArgs) {
  const visit = await enterOffice(request, params.slug, 'council:keep')
  const read = await readForm(request, visit.portal.settings, AnyForm)
  const form = read.ok ? read.value : {}
  const viewer = viewerOf(request.url)
  const done = await act(visit, form)
  if (done.ok) throw redirect(href(officePath(visit.frame.slug, 'council', 'seats'), viewer), 303)
  const entered: Record<string, string> = Object.fromEntries(FIELDS.map(name => [name, textOf(form, name)]))
  const errors = councilErrors(done.error, viewer.lang)
  return data({ errors, entered }, { status: councilStatus(done.error.code) })
}

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('councilDesk.seatsTitle')} · ${t('site.name')}` }]
}

export default function SeatsPage() {
  const { frame, seats, holders, today } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const t = useT()
  const errors = refused?.errors ?? []
  return (
    <OfficePage
      frame={frame}
      crumbs={[{ href: officePath(frame.slug, 'council'), label: t('councilDesk.title') }]}
      title={t('councilDesk.seatsTitle')}
      lead={t('councilDesk.seatsLead')}
      notContained={[t('council.omitContacts')]}
    >
      <SeatTable caption={t('councilDesk.seatsTitle')} seats={seats} />
      <Section title={t('councilDesk.seatNew')}>
        <SeatForm
          frame={frame}
          errors={errors}
          entered={refused?.entered ?? {}}
          holders={holders}
          today={today}
        />
      </Section>
      {seats.length > 0 && (
        <Section title={t('councilDesk.seatEndTitle')}>
          <EndSeatForm frame={frame} errors={errors} seats={seats} today={today} />
        </Section>
      )}
    </OfficePage>
  )
}
