/** /c/:slug/office/polls/:poll/print: which papers to print, for which building, and where they are handed in. Reads only. */
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { translate } from '#i18n'
import { useT, viewerOf } from '#ui'
import { PollPage, PrintForm } from '#ui/desk'
import { deskOf } from './office/desk-view.server.ts'
import { enterOffice } from './office/visit.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const visit = await enterOffice(request, params.slug, 'ballot:deliver')
  const desk = await deskOf(visit, params.poll)
  return {
    frame: visit.frame,
    poll: { pollId: desk.poll.pollId, title: desk.poll.motion.title },
    buildings: [...new Set(desk.units.map(unit => unit.building))],
  }
}

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('desk.printTitle')} · ${t('site.name')}` }]
}

export default function PrintPage() {
  const { frame, poll, buildings } = useLoaderData<typeof loader>()
  const t = useT()
  return (
    <PollPage frame={frame} poll={poll} title={t('desk.printTitle')} lead={t('desk.printLead')}>
      <PrintForm frame={frame} pollId={poll.pollId} buildings={buildings} />
    </PollPage>
  )
}
