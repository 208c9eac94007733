/** /c/:slug/office/polls/:poll: where a poll stands, the one act that comes next, and the acts that need one button only. */
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { type Lang, translate } from '#i18n'
import { readForm } from '#platform'
import { type FieldError, href, useT, viewerOf } from '#ui'
import { PollCourse, PollPage } from '#ui/desk'
import { officePath } from '#ui/office'
import { finalizePoll, openPoll, tallyPoll } from '#votes/server'
import { AnyForm, textOf } from './office/entered.ts'
import { finalizeErrors, openErrors, pollStatus, tallyErrors } from './office/poll-refusals.ts'
import { courseView, pollOf } from './office/poll-view.server.ts'
import { enterOffice, type OfficeVisit, requireAct } from './office/visit.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const visit = await enterOffice(request, params.slug, 'poll:read')
  const poll = await pollOf(visit, params.poll)
  return { frame: visit.frame, poll: await courseView(visit, poll, viewerOf(request.url).lang) }
}

interface Refused {
  readonly status: number
  readonly errors: readonly FieldError[]
}

/** Does what the pressed button says; null when it was done. */
async function act(visit: OfficeVisit, intent: string, pollId: string, lang: Lang): Promise<Refused | null> {
  const { portal, actor, community } = visit
  if (intent === 'open') {
    requireAct(visit, 'poll:announce')
    const opened = await openPoll(portal, actor, community, { pollId })
    return opened.ok ? null : { status: pollStatus(opened.error), errors: openErrors(opened.error, { lang }) }
  }
  if (intent === 'tally') {
    requireAct(visit, 'poll:close')
    const counted = await tallyPoll(portal, actor, community, { pollId })
    return counted.ok
      ? null
      : { status: pollStatus(counted.error), errors: tallyErrors(counted.error, { lang }) }
  }
  if (intent !== 'finalize') throw new Response(null, { status: 400 })
  requireAct(visit, 'poll:close')
  const ended = await finalizePoll(portal, actor, community, { pollId })
  return ended.ok ? null : { status: pollStatus(ended.error), errors: finalizeErrors(ended.error, { lang }) }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const visit = await enterOffice(request, params.slug, 'poll:read')
  const form = await readForm(request, visit.portal.settings, AnyForm)
  const viewer = viewerOf(request.url)
  const pollId = params.poll ?? ''
  const refused = await act(visit, form.ok ? textOf(form.value, 'intent') : '', pollId, viewer.lang)
  if (refused !== null) return data({ errors: refused.errors }, { status: refused.status })
  throw redirect(href(officePath(visit.frame.slug, 'polls', pollId), viewer), 303)
}

export const meta: MetaFunction<typeof loader> = ({ data: loaded, location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${loaded?.poll.title ?? t('officePolls.listTitle')} · ${t('site.name')}` }]
}

export default function PollCoursePage() {
  const { frame, poll } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const t = useT()
  return (
    <PollPage frame={frame} kicker={t('officePolls.poll')} title={poll.title}>
      <PollCourse frame={frame} poll={poll} errors={refused?.errors ?? []} />
    </PollPage>
  )
}
