/** /c/:slug/office/voice/arrange: how many working days each turn has, and the spots with a code on their wall. */
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
import { ErrorSummary, href, LinkButton, Notice, Section, useT, viewerOf } from '#ui'
import { OfficePage, officePath } from '#ui/office'
import { ClocksForm, SpotForms } from '#ui/voice'
import { addSpot, readClocks, readSpots, removeSpot, setClocks } from '#voice/server'
import { AnyForm, type Entered, textOf } from './office/entered.ts'
import { enterOffice, type OfficeVisit } from './office/visit.server.ts'
import { problemOf, voiceStatus } from './voice/problems.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { portal, community, frame } = await enterOffice(request, params.slug, 'voice:arrange')
  return {
    frame,
    clocks: await readClocks(portal.db, community),
    spots: await readSpots(portal, community),
    isDone: new URL(request.url).searchParams.get('done') === 'yes',
  }
}

function arrange({ portal, actor, community }: OfficeVisit, form: Entered) {
  const days = (name: string) => Number(textOf(form, name))
  switch (textOf(form, 'intent')) {
    case 'clocks':
      return setClocks(portal, actor, community, {
        answerDays: days('answerDays'),
        takeDays: days('takeDays'),
        replyDays: days('replyDays'),
        judgeDays: days('judgeDays'),
      })
    case 'add':
      return addSpot(portal, actor, community, { name: textOf(form, 'name'), grid: textOf(form, 'grid') })
    case 'remove':
      return removeSpot(portal, actor, community, textOf(form, 'spot'))
    default:
      throw new Response(null, { status: 400 })
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const visit = await enterOffice(request, params.slug, 'voice:arrange')
  const read = await readForm(request, visit.portal.settings, AnyForm)
  const viewer = viewerOf(request.url)
  const done = await arrange(visit, read.ok ? read.value : {})
  if (!done.ok) {
    return data({ errors: [problemOf(done.error, viewer.lang)] }, { status: voiceStatus(done.error) })
  }
  throw redirect(href(`${officePath(visit.frame.slug, 'voice', 'arrange')}?done=yes`, viewer), 303)
}

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('voice.arrangeTitle')} · ${t('site.name')}` }]
}

export default function ArrangePage() {
  const { frame, clocks, spots, isDone } = useLoaderData<typeof loader>()
  const errors = useActionData<typeof action>()?.errors ?? []
  const t = useT()
  return (
    <OfficePage
      frame={frame}
      crumbs={[{ label: t('voice.deskTitle'), href: officePath(frame.slug, 'voice') }]}
      title={t('voice.arrangeTitle')}
      lead={t('voice.arrangeLead')}
      width="standard"
    >
      {isDone && errors.length === 0 && <Notice tone="success" live="status" title={t('voice.doneActed')} />}
      <ErrorSummary errors={errors} />
      <Section title={t('voice.clocksTitle')}>
        <ClocksForm frame={frame} clocks={clocks} />
      </Section>
      <Section
        title={t('voice.spotsTitle')}
        lead={t('voice.spotsLead')}
        actions={
          spots.length > 0 && (
            <LinkButton href={officePath(frame.slug, 'voice', 'sheet')}>{t('voice.spotsPrint')}</LinkButton>
          )
        }
      >
        <SpotForms frame={frame} spots={spots} />
      </Section>
    </OfficePage>
  )
}
