/** /c/:slug/office/polls/:poll/edit: revises a draft; after the notice there is nothing to revise. */
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
import { href, Notice, useT, viewerOf } from '#ui'
import { MotionForm, PollPage } from '#ui/desk'
import { officePath } from '#ui/office'
import { revisePoll } from '#votes/server'
import { AnyForm } from './office/entered.ts'
import { enteredMotion, motionParts, submittedMotion } from './office/motion-form.server.ts'
import { pollDraftErrors, pollStatus, stateErrors } from './office/poll-refusals.ts'
import { pollOf } from './office/poll-view.server.ts'
import { enterOffice } from './office/visit.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const visit = await enterOffice(request, params.slug, 'poll:draft')
  const poll = await pollOf(visit, params.poll)
  const [frozen] = stateErrors(poll.state, ['draft'], viewerOf(request.url).lang)
  return {
    frame: visit.frame,
    poll: { pollId: poll.pollId, title: poll.motion.title, revision: poll.revision },
    parts: await motionParts(visit),
    entered: await enteredMotion(visit, poll),
    frozen: frozen?.message ?? null,
    limit: `${DOCUMENT_LIMIT_BYTES / 1024 / 1024} MB`,
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const visit = await enterOffice(request, params.slug, 'poll:draft')
  const { portal, community, actor, frame } = visit
  const form = await readForm(request, portal.settings, AnyForm)
  const viewer = viewerOf(request.url)
  const { lang } = viewer
  const submitted = await submittedMotion(visit, form.ok ? form.value : {}, lang)
  const { entered, errors, draft, intent, revision } = submitted
  if (intent === 'add-question') return data({ entered, errors, revision }, { status: 200 })
  if (draft === null) return data({ entered, errors, revision }, { status: 422 })
  const pollId = params.poll ?? ''
  const revised = await revisePoll(portal, actor, community, { ...draft, pollId, revision })
  if (!revised.ok) {
    const refused = pollDraftErrors(revised.error, { lang })
    return data({ entered, errors: refused, revision }, { status: pollStatus(revised.error) })
  }
  const place = intent === 'preview' ? ['preview'] : []
  throw redirect(href(officePath(frame.slug, 'polls', pollId, ...place), viewer), 303)
}

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('officePolls.editTitle')} · ${t('site.name')}` }]
}

export default function EditPollPage() {
  const { frame, poll, parts, entered, frozen, limit } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const t = useT()
  return (
    <PollPage frame={frame} poll={poll} title={t('officePolls.editTitle')} lead={t('officePolls.editLead')}>
      {frozen !== null ? (
        <Notice tone="warning" title={frozen} />
      ) : (
        <MotionForm
          frame={frame}
          {...parts}
          entered={refused?.entered ?? entered}
          revision={refused?.revision ?? poll.revision}
          errors={refused?.errors ?? []}
          documentLimit={limit}
        />
      )}
    </PollPage>
  )
}
