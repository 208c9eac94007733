/** /c/:slug/office/polls: all polls with their state and who acts next. Reads only. */
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { translate } from '#i18n'
import { useT, viewerOf } from '#ui'
import { PollList } from '#ui/desk'
import { OfficePage } from '#ui/office'
import { pollRows } from './office/poll-view.server.ts'
import { enterOffice } from './office/visit.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const visit = await enterOffice(request, params.slug, 'poll:read')
  return { frame: visit.frame, polls: await pollRows(visit, viewerOf(request.url).lang) }
}

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('officePolls.listTitle')} · ${t('site.name')}` }]
}

export default function PollsPage() {
  const { frame, polls } = useLoaderData<typeof loader>()
  const t = useT()
  return (
    <OfficePage
      frame={frame}
      place="polls"
      title={t('officePolls.listTitle')}
      lead={t('officePolls.listLead')}
      notContained={[t('officePolls.notContained')]}
    >
      <PollList frame={frame} polls={polls} />
    </OfficePage>
  )
}
