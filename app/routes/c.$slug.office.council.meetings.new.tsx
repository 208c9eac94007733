/** /c/:slug/office/council/meetings/new: calls a meeting by posting its notice. */
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
import { href, useT, viewerOf } from '#ui'
import { NoticeForm, TemplateLinks } from '#ui/council'
import { OfficePage, officePath } from '#ui/office'
import { freshNotice, postFromForm, topicChoices } from './council/notice-acts.server.ts'
import { AnyForm } from './office/entered.ts'
import { enterOffice } from './office/visit.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const visit = await enterOffice(request, params.slug, 'council:keep')
  const { searchParams } = new URL(request.url)
  const entered = freshNotice(searchParams, viewerOf(request.url).lang)
  const topic = entered.agenda[0]?.topicId ?? ''
  return { frame: visit.frame, topics: await topicChoices(visit, entered), entered, topic }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const visit = await enterOffice(request, params.slug, 'council:keep')
  const read = await readForm(request, visit.portal.settings, AnyForm)
  const viewer = viewerOf(request.url)
  const posted = await postFromForm(visit, read.ok ? read.value : {}, null, viewer.lang)
  if (!('meetingId' in posted)) {
    const { entered, errors, status } = posted
    return data({ entered, errors }, { status })
  }
  throw redirect(href(officePath(visit.frame.slug, 'council', 'meetings', posted.meetingId), viewer), 303)
}

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('councilDesk.newMeeting')} · ${t('site.name')}` }]
}

export default function NewMeetingPage() {
  const { frame, topics, entered, topic } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const t = useT()
  return (
    <OfficePage
      frame={frame}
      crumbs={[{ href: officePath(frame.slug, 'council'), label: t('councilDesk.title') }]}
      title={t('councilDesk.newMeeting')}
      lead={t('councilDesk.newMeetingLead')}
      width="standard"
    >
      <TemplateLinks frame={frame} topic={topic} />
      <NoticeForm
        frame={frame}
        entered={refused?.entered ?? entered}
        topics={topics}
        version={0}
        errors={refused?.errors ?? []}
      />
    </OfficePage>
  )
}
