/** /c/:slug/office/polls/:poll/objections: objections of owners to the roll and to the count, and the answers. */
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
import { href, Notice, useT, viewerOf } from '#ui'
import { Objections, type ObjectionView, PollPage } from '#ui/desk'
import { officePath } from '#ui/office'
import { answerObjection, readObjections } from '#votes/server'
import { AnyForm, textOf } from './office/entered.ts'
import { objectionErrors, pollStatus } from './office/poll-refusals.ts'
import { pollOf } from './office/poll-view.server.ts'
import { enterOffice } from './office/visit.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const visit = await enterOffice(request, params.slug, 'objection:answer')
  const { portal, actor, community } = visit
  const { pollId, motion } = await pollOf(visit, params.poll)
  const objections = (await readObjections(portal, actor, community, { pollId })) ?? []
  return {
    frame: visit.frame,
    poll: { pollId, title: motion.title },
    objections: objections.map(
      ({ objectionId, stage, unit, text, madeAt, answer }): ObjectionView => ({
        objectionId,
        stage,
        place: unit,
        text,
        madeAt,
        answer,
      }),
    ),
    isDone: new URL(request.url).searchParams.get('done') === 'yes',
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const visit = await enterOffice(request, params.slug, 'objection:answer')
  const { portal, actor, community, frame } = visit
  const read = await readForm(request, portal.settings, AnyForm)
  const form = read.ok ? read.value : {}
  const viewer = viewerOf(request.url)
  const { lang } = viewer
  const pollId = params.poll ?? ''
  const entered = {
    objectionId: textOf(form, 'objection'),
    text: textOf(form, 'answer'),
    isUpheld: textOf(form, 'isUpheld'),
  }
  const { objectionId, text: answer } = entered
  if (!/^(?:yes|no)$/.test(entered.isUpheld)) {
    const message = translate(lang)('desk.judgementMissing')
    return data({ entered, errors: [{ field: `isUpheld-${objectionId}`, message }] }, { status: 422 })
  }
  const isUpheld = entered.isUpheld === 'yes'
  const answered = await answerObjection(portal, actor, community, { pollId, objectionId, isUpheld, answer })
  if (!answered.ok) {
    const errors = objectionErrors(answered.error, { lang }).map(error =>
      error.field === 'answer' ? { ...error, field: `answer-${objectionId}` } : error,
    )
    return data({ entered, errors }, { status: pollStatus(answered.error) })
  }
  throw redirect(href(`${officePath(frame.slug, 'polls', pollId, 'objections')}?done=yes`, viewer), 303)
}

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('desk.objectionsTitle')} · ${t('site.name')}` }]
}

export default function ObjectionsPage() {
  const { frame, poll, objections, isDone } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const t = useT()
  return (
    <PollPage frame={frame} poll={poll} title={t('desk.objectionsTitle')} lead={t('desk.objectionsPageLead')}>
      {isDone && <Notice tone="success" live="status" title={t('desk.answeredNow')} />}
      <Objections
        frame={frame}
        objections={objections}
        entered={refused?.entered ?? null}
        errors={refused?.errors ?? []}
      />
    </PollPage>
  )
}
