/** /c/:slug/office/council/meetings/:meeting/notice: posts a new version of the notice, or calls the meeting off. */
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
import { NoticeForm } from '#ui/council'
import { OfficePage, officePath } from '#ui/office'
import { deskOf } from './council/desk-view.server.ts'
import { enteredNotice, postFromForm, topicChoices } from './council/notice-acts.server.ts'
import { AnyForm } from './office/entered.ts'
import { enterOffice } from './office/visit.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const visit = await enterOffice(request, params.slug, 'council:keep')
  const { meeting } = await deskOf(visit, params.meeting)
  const entered = enteredNotice(meeting.notice)
  return {
    frame: visit.frame,
    topics: await topicChoices(visit, entered),
    entered,
    version: meeting.notice.version,
    meetingId: meeting.meetingId,
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const visit = await enterOffice(request, params.slug, 'council:keep')
  const read = await readForm(request, visit.portal.settings, AnyForm)
  const { meeting } = await deskOf(visit, params.meeting)
  const viewer = viewerOf(request.url)
  const posted = await postFromForm(visit, read.ok ? read.value : {}, meeting.notice, viewer.lang)
  if (!('meetingId' in posted)) {
    const { entered, errors, status } = posted
    return data({ entered, errors }, { status })
  }
  throw redirect(href(officePath(visit.frame.slug, 'council', 'meetings', posted.meetingId), viewer), 303)
}

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('councilDesk.repost')} · ${t('site.name')}` }]
}

export default function NoticePage() {
  const { frame, topics, entered, version, meetingId } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const t = useT()
  return (
    <OfficePage
      frame={frame}
      crumbs={[
        { href: officePath(frame.slug, 'council'), label: t('councilDesk.title') },
        { href: officePath(frame.slug, 'council', 'meetings', meetingId), label: entered.title },
      ]}
      title={t('councilDesk.repost')}
      lead={t('councilDesk.repostLead')}
      width="standard"
    >
      <NoticeForm
        frame={frame}
        entered={refused?.entered ?? entered}
        topics={topics}
        version={version}
        errors={refused?.errors ?? []}
      />
    </OfficePage>
  )
}
