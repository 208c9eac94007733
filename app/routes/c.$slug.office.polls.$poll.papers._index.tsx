/** /c/:slug/office/polls/:poll/papers: papers that wait for a reading, and those that were not taken in. Reads only. */
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { translate } from '#i18n'
import { LinkButton, useT, viewerOf } from '#ui'
import { DoneNotice, PaperQueue, PollPage } from '#ui/desk'
import { officePath } from '#ui/office'
import { deskOf, doneIn, queueView } from './office/desk-view.server.ts'
import { enterOffice } from './office/visit.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const visit = await enterOffice(request, params.slug, 'ballot:enter')
  const desk = await deskOf(visit, params.poll)
  return {
    frame: visit.frame,
    poll: { pollId: desk.poll.pollId, title: desk.poll.motion.title },
    view: queueView(visit, desk, viewerOf(request.url).lang),
    done: doneIn(request.url),
  }
}

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('desk.papersTitle')} · ${t('site.name')}` }]
}

export default function PapersPage() {
  const { frame, poll, view, done } = useLoaderData<typeof loader>()
  const t = useT()
  return (
    <PollPage
      frame={frame}
      poll={poll}
      title={t('desk.papersTitle')}
      lead={t('desk.papersLead')}
      notContained={t('desk.notContained')}
      actions={
        <LinkButton href={officePath(frame.slug, 'polls', poll.pollId, 'desk')} icon="vote">
          {t('officePolls.work.desk')}
        </LinkButton>
      }
    >
      {done !== null && <DoneNotice {...done} />}
      <PaperQueue view={view} />
    </PollPage>
  )
}
