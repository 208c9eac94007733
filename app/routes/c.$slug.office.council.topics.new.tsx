/** /c/:slug/office/council/topics/new: opens a topic from its source. */
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { openTopic } from '#council/server'
import { translate } from '#i18n'
import { readForm } from '#platform'
import { href, useT, viewerOf } from '#ui'
import { TopicForm } from '#ui/council'
import { OfficePage, officePath } from '#ui/office'
import { councilErrors, councilStatus } from './council/refusals.ts'
import { isPrivateCase, topicOfCase } from './council/topic-acts.server.ts'
import { AnyForm, textOf } from './office/entered.ts'
import { enterOffice } from './office/visit.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const visit = await enterOffice(request, params.slug, 'council:keep')
  const caseId = new URL(request.url).searchParams.get('case')
  const entered = caseId === null ? {} : await topicOfCase(visit, caseId)
  return { frame: visit.frame, entered }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const visit = await enterOffice(request, params.slug, 'council:keep')
  const { portal, actor, community, frame } = visit
  const read = await readForm(request, portal.settings, AnyForm)
  const form = read.ok ? read.value : {}
  const viewer = viewerOf(request.url)
  const entered = {
    title: textOf(form, 'title'),
    summary: textOf(form, 'summary'),
    source: textOf(form, 'source'),
    reference: textOf(form, 'reference'),
  }
  if (await isPrivateCase(visit, entered.reference)) {
    const errors = councilErrors({ code: 'reference-malformed' }, viewer.lang)
    return data({ errors, entered }, { status: 422 })
  }
  const opened = await openTopic(portal, actor, community, entered)
  if (opened.ok)
    throw redirect(href(officePath(frame.slug, 'council', 'topics', opened.value.topicId), viewer), 303)
  const errors = councilErrors(opened.error, viewer.lang)
  return data({ errors, entered }, { status: councilStatus(opened.error.code) })
}

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('councilDesk.newTopic')} · ${t('site.name')}` }]
}

export default function NewTopicPage() {
  const { frame, entered } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const t = useT()
  return (
    <OfficePage
      frame={frame}
      crumbs={[{ href: officePath(frame.slug, 'council'), label: t('councilDesk.title') }]}
      title={t('councilDesk.newTopic')}
      lead={t('councilDesk.newTopicLead')}
      width="standard"
    >
      <TopicForm frame={frame} errors={refused?.errors ?? []} entered={refused?.entered ?? entered} />
    </OfficePage>
  )
}
