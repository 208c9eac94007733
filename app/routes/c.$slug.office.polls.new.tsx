/** /c/:slug/office/polls/new[?proposal=ID or topic=ID]: drafts a poll, perhaps from a resident's proposal or a topic. Nothing of it is public before its notice. */
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
import { draftMotion } from '#projects/server'
import { href, Notice, useT, viewerOf } from '#ui'
import { MotionForm, PollPage } from '#ui/desk'
import { officePath } from '#ui/office'
import { draftPoll } from '#votes/server'
import { motionOfTopic } from './council/topic-acts.server.ts'
import { AnyForm } from './office/entered.ts'
import { freshMotion, motionParts, submittedMotion } from './office/motion-form.server.ts'
import { pollDraftErrors, pollStatus } from './office/poll-refusals.ts'
import { enterOffice } from './office/visit.server.ts'
import { projectProblem, projectStatus } from './projects/problems.ts'
import { proposalOf, proposedMotion } from './projects/proposed-motion.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const visit = await enterOffice(request, params.slug, 'poll:draft')
  const proposal = await proposalOf(visit, request)
  const topic = new URL(request.url).searchParams.get('topic')
  const fresh = await motionOfTopic(visit, topic, freshMotion(visit))
  return {
    frame: visit.frame,
    parts: await motionParts(visit),
    number: proposal?.number ?? null,
    entered: proposal === null ? fresh : proposedMotion(fresh, proposal),
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
  const { entered, errors, draft, intent } = submitted
  if (intent === 'add-question') return data({ entered, errors }, { status: 200 })
  if (draft === null) return data({ entered, errors }, { status: 422 })
  const proposal = await proposalOf(visit, request)
  const place = intent === 'preview' ? ['preview'] : []
  const toDraft = (pollId: string) =>
    redirect(href(officePath(frame.slug, 'polls', pollId, ...place), viewer), 303)
  if (proposal !== null) {
    const { proposalId } = proposal
    const made = await draftMotion(portal, actor, community, { proposalId, draft })
    if (made.ok) throw toDraft(made.value.pollId)
    if (made.error.of === 'proposal') {
      const refused = [projectProblem(made.error.error, lang)]
      return data({ entered, errors: refused }, { status: projectStatus(made.error.error) })
    }
    const refused = pollDraftErrors(made.error.error, { lang })
    return data({ entered, errors: refused }, { status: pollStatus(made.error.error) })
  }
  const drafted = await draftPoll(portal, actor, community, draft)
  if (!drafted.ok) {
    const refused = pollDraftErrors(drafted.error, { lang })
    return data({ entered, errors: refused }, { status: pollStatus(drafted.error) })
  }
  throw toDraft(drafted.value.pollId)
}

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('officePolls.newTitle')} · ${t('site.name')}` }]
}

export default function NewPollPage() {
  const { frame, parts, entered, limit, number } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const t = useT()
  return (
    <PollPage frame={frame} title={t('officePolls.newTitle')} lead={t('officePolls.newLead')}>
      {number !== null && <Notice title={t('projects.motionNotice', { number })} />}
      <MotionForm
        frame={frame}
        {...parts}
        entered={refused?.entered ?? entered}
        revision={0}
        errors={refused?.errors ?? []}
        documentLimit={limit}
      />
    </PollPage>
  )
}
