/** /c/:slug/office/polls/:poll/print: what can be printed of a vote, for those who deliver its papers. Reads only. */
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { translate } from '#i18n'
import { LONGEST_PLACE, readPrintedBuildings } from '#statements/server'
import { useT, viewerOf } from '#ui'
import { PollPage, PrintForm } from '#ui/desk'
import { pollOf } from './office/poll-view.server.ts'
import { printRefusalText } from './office/print-refusal.ts'
import { enterOffice } from './office/visit.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const visit = await enterOffice(request, params.slug, 'ballot:deliver')
  const { portal, actor, community } = visit
  const { pollId, motion } = await pollOf(visit, params.poll)
  const buildings = await readPrintedBuildings(portal, actor, community, pollId)
  if (buildings === null) throw new Response(null, { status: 404 })
  return {
    frame: visit.frame,
    poll: { pollId, title: motion.title },
    view: {
      pollId,
      buildings,
      longestPlace: LONGEST_PLACE,
      refusal: printRefusalText(new URL(request.url).searchParams, viewerOf(request.url).lang),
    },
  }
}

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('officePolls.printTitle')} · ${t('site.name')}` }]
}

export default function PrintPage() {
  const { frame, poll, view } = useLoaderData<typeof loader>()
  const t = useT()
  return (
    <PollPage
      frame={frame}
      poll={poll}
      title={t('officePolls.printTitle')}
      lead={t('officePolls.printLead')}
      notContained={t('officePolls.printNotContained')}
    >
      <PrintForm frame={frame} view={view} />
    </PollPage>
  )
}
