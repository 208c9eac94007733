/** /c/:slug/office/polls/:poll/extend: makes the window of a poll longer, where its rules allow it. */
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { translate } from '#i18n'
import { dateOf } from '#kernel'
import { readForm } from '#platform'
import { href, Notice, useT, viewerOf } from '#ui'
import { ExtensionForm, PollPage } from '#ui/desk'
import { officePath } from '#ui/office'
import { extendPoll } from '#votes/server'
import { AnyForm, textOf } from './office/entered.ts'
import { dayAndHour, instantAt } from './office/form-window.ts'
import { extendErrors, pollStatus } from './office/poll-refusals.ts'
import { pollOf } from './office/poll-view.server.ts'
import { enterOffice } from './office/visit.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const visit = await enterOffice(request, params.slug, 'poll:announce')
  const poll = await pollOf(visit, params.poll)
  const { extensionAllowed } = poll.motion.course
  const t = translate(viewerOf(request.url).lang)
  const { on, hour } = dayAndHour(poll.closesAt)
  return {
    frame: visit.frame,
    poll: { pollId: poll.pollId, title: poll.motion.title },
    frozen: extensionAllowed ? null : t('pollRefusal.extension-not-allowed'),
    closesAt: poll.closesAt,
    closesOn: dateOf(poll.closesAt),
    entered: { closesOn: on, closesHour: hour, decision: '' },
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const visit = await enterOffice(request, params.slug, 'poll:announce')
  const { portal, community, actor, frame } = visit
  const read = await readForm(request, portal.settings, AnyForm)
  const form = read.ok ? read.value : {}
  const viewer = viewerOf(request.url)
  const { lang } = viewer
  const entered = {
    closesOn: textOf(form, 'closesOn'),
    closesHour: textOf(form, 'closesHour'),
    decision: textOf(form, 'decision'),
  }
  const closesAt = instantAt(entered.closesOn, entered.closesHour)
  if (closesAt === null) {
    const message = translate(lang)('pollRefusal.window-date')
    return data({ entered, errors: [{ field: 'closesOn', message }] }, { status: 422 })
  }
  const pollId = params.poll ?? ''
  const { decision } = entered
  const extended = await extendPoll(portal, actor, community, { pollId, closesAt, decision })
  if (!extended.ok) {
    const errors = extendErrors(extended.error, { lang })
    return data({ entered, errors }, { status: pollStatus(extended.error) })
  }
  throw redirect(href(officePath(frame.slug, 'polls', pollId), viewer), 303)
}

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('officePolls.extendTitle')} · ${t('site.name')}` }]
}

export default function ExtendPage() {
  const { frame, poll, frozen, entered, ...closing } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const t = useT()
  return (
    <PollPage
      frame={frame}
      poll={poll}
      title={t('officePolls.extendTitle')}
      lead={t('officePolls.extendLead')}
    >
      {frozen !== null ? (
        <Notice tone="warning" title={frozen} />
      ) : (
        <ExtensionForm
          frame={frame}
          {...closing}
          entered={refused?.entered ?? entered}
          errors={refused?.errors ?? []}
        />
      )}
    </PollPage>
  )
}
