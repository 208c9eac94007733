/** /c/:slug/office/polls/:poll/desk: the counter's desk, `?building=&entrance=` leads to a unit, `?find=` to a paper. Reads only. */
import { type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { translate } from '#i18n'
import { href, LinkButton, useT, viewerOf } from '#ui'
import { DoneNotice, PollPage, UnitGrid } from '#ui/desk'
import { officePath } from '#ui/office'
import { deskOf, deskUnits, doneIn, unitOfPaper } from './office/desk-view.server.ts'
import { enterOffice } from './office/visit.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const visit = await enterOffice(request, params.slug, 'ballot:enter')
  const desk = await deskOf(visit, params.poll)
  const { pollId, motion } = desk.poll
  const query = new URL(request.url).searchParams
  const find = query.get('find')?.trim() ?? ''
  const found = find === '' ? null : await unitOfPaper(visit, pollId, find)
  if (found !== null) {
    const unit = officePath(visit.frame.slug, 'polls', pollId, 'desk', encodeURIComponent(found))
    throw redirect(href(unit, viewerOf(request.url)), 303)
  }
  return {
    frame: visit.frame,
    poll: { pollId, title: motion.title },
    units: deskUnits(desk),
    place: { building: query.get('building'), entrance: query.get('entrance') },
    notFound: find === '' ? null : find.slice(0, 80),
    done: doneIn(request.url),
  }
}

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('desk.title')} · ${t('site.name')}` }]
}

export default function DeskPage() {
  const { frame, poll, done, ...grid } = useLoaderData<typeof loader>()
  const t = useT()
  return (
    <PollPage
      frame={frame}
      poll={poll}
      title={t('desk.title')}
      lead={t('desk.lead')}
      notContained={t('desk.notContained')}
      actions={
        <>
          <LinkButton href={officePath(frame.slug, 'polls', poll.pollId, 'papers')} icon="verify">
            {t('officePolls.work.papers')}
          </LinkButton>
          {frame.may.deliver && (
            <LinkButton href={officePath(frame.slug, 'polls', poll.pollId, 'print')} icon="download">
              {t('officePolls.work.print')}
            </LinkButton>
          )}
        </>
      }
    >
      {done !== null && <DoneNotice {...done} />}
      <UnitGrid frame={frame} pollId={poll.pollId} {...grid} />
    </PollPage>
  )
}
