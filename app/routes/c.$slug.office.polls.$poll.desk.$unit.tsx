/** /c/:slug/office/polls/:poll/desk/:unit: one unit at the desk: deliver its ballot, take its paper in, enter it for the first time. */
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
import { readForm } from '#platform'
import { useT, viewerOf } from '#ui'
import { DoneNotice, NO_READING, PollPage, UnitDesk } from '#ui/desk'
import { deskActs } from './office/desk-acts.server.ts'
import { deskOf, doneIn, unitView } from './office/desk-view.server.ts'
import { AnyForm } from './office/entered.ts'
import { enterOffice } from './office/visit.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const visit = await enterOffice(request, params.slug, 'ballot:enter')
  const desk = await deskOf(visit, params.poll)
  return {
    frame: visit.frame,
    poll: { pollId: desk.poll.pollId, title: desk.poll.motion.title },
    unit: await unitView(visit, desk, params.unit, viewerOf(request.url).lang),
    limit: `${DOCUMENT_LIMIT_BYTES / 1024 / 1024} MB`,
    done: doneIn(request.url),
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const visit = await enterOffice(request, params.slug, 'ballot:enter')
  const read = await readForm(request, visit.portal.settings, AnyForm)
  const desk = await deskOf(visit, params.poll)
  const answer = await deskActs(
    visit,
    desk,
    params.unit ?? '',
    read.ok ? read.value : {},
    viewerOf(request.url),
  )
  if (answer.done !== null) throw redirect(answer.done, 303)
  return data({ errors: answer.errors, entered: answer.entered }, { status: answer.status })
}

export const meta: MetaFunction<typeof loader> = ({ data: loaded, location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${loaded?.unit.unitId ?? t('desk.title')} · ${t('site.name')}` }]
}

export default function UnitPage() {
  const { frame, poll, unit, limit, done } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const t = useT()
  return (
    <PollPage
      frame={frame}
      poll={poll}
      kicker={t('desk.title')}
      title={unit.unitId}
      notContained={t('desk.notContained')}
    >
      {done !== null && <DoneNotice {...done} />}
      <UnitDesk
        frame={frame}
        unit={unit}
        entered={refused?.entered ?? NO_READING}
        errors={refused?.errors ?? []}
        documentLimit={limit}
      />
    </PollPage>
  )
}
