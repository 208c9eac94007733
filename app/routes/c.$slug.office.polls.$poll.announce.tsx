/** /c/:slug/office/polls/:poll/announce: the last look, and the notice. After it nothing of the motion changes. */
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
import { href, LinkButton, Notice, useT, viewerOf } from '#ui'
import { AnnounceForm, PollPage } from '#ui/desk'
import { officePath } from '#ui/office'
import { announcePoll } from '#votes/server'
import { AnyForm, textOf } from './office/entered.ts'
import { announceErrors, pollStatus, stateErrors } from './office/poll-refusals.ts'
import { earliestOf, figuresOfBase, missingOf, pollOf, rollToday } from './office/poll-view.server.ts'
import { enterOffice } from './office/visit.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const visit = await enterOffice(request, params.slug, 'poll:announce')
  const poll = await pollOf(visit, params.poll)
  const { lang } = viewerOf(request.url)
  const { motion, policy } = poll
  return {
    frame: visit.frame,
    poll: { pollId: poll.pollId, title: motion.title },
    frozen: stateErrors(poll.state, ['draft'], lang)[0]?.message ?? null,
    view: {
      pollId: poll.pollId,
      revision: poll.revision,
      figures: figuresOfBase(await rollToday(visit), motion, policy),
      opensAt: poll.opensAt,
      closesAt: poll.closesAt,
      earliestOpening: earliestOf(visit, motion.course),
      rulesVersion: motion.rulesVersion,
      questions: motion.questions.length,
      missing: await missingOf(visit, poll, lang),
    },
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const visit = await enterOffice(request, params.slug, 'poll:announce')
  const { portal, community, actor, frame } = visit
  const read = await readForm(request, portal.settings, AnyForm)
  const form = read.ok ? read.value : {}
  const viewer = viewerOf(request.url)
  const { lang } = viewer
  if (textOf(form, 'confirms') !== 'yes') {
    const message = translate(lang)('officePolls.announceTickMissing')
    return data({ errors: [{ field: 'confirms', message }] }, { status: 422 })
  }
  const pollId = params.poll ?? ''
  const revision = Number(/^\d{1,9}$/.exec(textOf(form, 'revision'))?.[0] ?? 0)
  const announced = await announcePoll(portal, actor, community, { pollId, revision })
  if (!announced.ok) {
    const errors = announceErrors(announced.error, { lang })
    return data({ errors }, { status: pollStatus(announced.error) })
  }
  throw redirect(href(officePath(frame.slug, 'polls', pollId), viewer), 303)
}

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('officePolls.announceTitle')} · ${t('site.name')}` }]
}

export default function AnnouncePage() {
  const { frame, poll, view, frozen } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const t = useT()
  return (
    <PollPage
      frame={frame}
      poll={poll}
      kicker={t('officePolls.announceTitle')}
      title={poll.title}
      lead={t('officePolls.announceLead')}
      actions={
        <LinkButton href={officePath(frame.slug, 'polls', poll.pollId, 'preview')} icon="note">
          {t('officePolls.work.preview')}
        </LinkButton>
      }
    >
      {frozen !== null ? (
        <Notice tone="warning" title={frozen} />
      ) : (
        <AnnounceForm frame={frame} view={view} errors={refused?.errors ?? []} />
      )}
    </PollPage>
  )
}
