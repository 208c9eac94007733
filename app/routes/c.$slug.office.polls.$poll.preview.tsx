/** /c/:slug/office/polls/:poll/preview: the motion as owners read it, drawn by the parts of the public page itself. Reads only. */
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { translate } from '#i18n'
import { LinkButton, Notice, useT, viewerOf } from '#ui'
import { PollPage } from '#ui/desk'
import { officePath } from '#ui/office'
import { pollOf } from './office/poll-view.server.ts'
import { enterOffice } from './office/visit.server.ts'
import {
  CourseSection,
  MoneySection,
  OfficialVotingNotice,
  QuestionsSection,
  ReasonsSection,
} from './votes/motion-sections.tsx'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const visit = await enterOffice(request, params.slug, 'poll:read')
  return { frame: visit.frame, poll: await pollOf(visit, params.poll) }
}

export const meta: MetaFunction<typeof loader> = ({ data: loaded, location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${loaded?.poll.motion.title ?? t('officePolls.previewTitle')} · ${t('site.name')}` }]
}

export default function PreviewPage() {
  const { frame, poll } = useLoaderData<typeof loader>()
  const t = useT()
  const { pollId, motion } = poll
  const at = (place: string) => officePath(frame.slug, 'polls', pollId, place)
  const isDraft = poll.state === 'draft'
  return (
    <PollPage
      frame={frame}
      poll={{ pollId, title: motion.title }}
      kicker={t('officePolls.previewTitle')}
      title={motion.title}
      lead={motion.summary}
      actions={
        isDraft && frame.may.pollDraft ? (
          <LinkButton href={at('edit')} icon="draft">
            {t('officePolls.work.edit')}
          </LinkButton>
        ) : undefined
      }
    >
      {isDraft && <Notice title={t('officePolls.previewLead')} />}
      <OfficialVotingNotice motion={motion} />
      <QuestionsSection poll={poll} />
      <MoneySection slug={frame.slug} poll={poll} />
      <ReasonsSection poll={poll} documentsAt={at('documents')} />
      <CourseSection poll={poll} />
    </PollPage>
  )
}
