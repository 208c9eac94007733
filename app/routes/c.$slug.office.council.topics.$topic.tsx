/** /c/:slug/office/council/topics/:topic: a topic's life so far, and the form for what happened next. */
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { followTopic, readTopic } from '#council/server'
import { translate } from '#i18n'
import { dateOf } from '#kernel'
import { readForm } from '#platform'
import { href, LinkButton, Section, useT, viewerOf } from '#ui'
import { TopicEventForm, WhoDecides } from '#ui/council'
import { OfficePage, officePath } from '#ui/office'
import { councilErrors, councilStatus } from './council/refusals.ts'
import { TopicLife } from './council/topic-life.tsx'
import { AnyForm, textOf } from './office/entered.ts'
import { enterOffice } from './office/visit.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { portal, community, frame } = await enterOffice(request, params.slug, 'council:read')
  const topic = await readTopic(portal, community, params.topic ?? '')
  if (topic === null) throw new Response(null, { status: 404 })
  return { frame, topic, today: dateOf(portal.clock.now()) }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { portal, actor, community, frame } = await enterOffice(request, params.slug, 'council:keep')
  const read = await readForm(request, portal.settings, AnyForm)
  const form = read.ok ? read.value : {}
  const viewer = viewerOf(request.url)
  const topicId = params.topic ?? ''
  const entered = {
    kind: textOf(form, 'kind'),
    reference: textOf(form, 'reference'),
    text: textOf(form, 'text'),
    happenedOn: textOf(form, 'happenedOn'),
  }
  const followed = await followTopic(portal, actor, community, { topicId, ...entered })
  if (followed.ok) throw redirect(href(officePath(frame.slug, 'council', 'topics', topicId), viewer), 303)
  const errors = councilErrors(followed.error, viewer.lang)
  return data({ errors, entered }, { status: councilStatus(followed.error.code) })
}

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('council.topic')} · ${t('site.name')}` }]
}

export default function TopicOfficePage() {
  const { frame, topic, today } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const t = useT()
  return (
    <OfficePage
      frame={frame}
      crumbs={[{ href: officePath(frame.slug, 'council'), label: t('councilDesk.title') }]}
      kicker={t('council.topicKicker', { number: topic.number })}
      title={topic.title}
      lead={topic.summary}
      width="standard"
      actions={
        <LinkButton href={`/c/${frame.slug}/council/topics/${topic.topicId}`}>
          {t('councilDesk.publicPage')}
        </LinkButton>
      }
    >
      <WhoDecides decides={topic.decides} isAwaited={topic.standing === 'awaits-vote'} />
      <Section title={t('council.life')}>
        <TopicLife slug={frame.slug} topic={topic} />
      </Section>
      {frame.may.councilKeep && (
        <Section title={t('councilDesk.eventNew')}>
          <TopicEventForm
            frame={frame}
            errors={refused?.errors ?? []}
            entered={refused?.entered ?? {}}
            today={today}
          />
        </Section>
      )}
    </OfficePage>
  )
}
