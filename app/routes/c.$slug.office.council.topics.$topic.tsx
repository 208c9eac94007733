/** /c/:slug/office/council/topics/:topic: a topic's life so far, and the form for what happened next. */
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { followTopic } from '#council/server'
import { translate } from '#i18n'
import { dateOf } from '#kernel'
import { readForm } from '#platform'
import { ButtonRow, href, LinkButton, Section, useT, viewerOf } from '#ui'
import { TopicEventForm, TopicLinkForms, WhoDecides } from '#ui/council'
import { OfficePage, officePath } from '#ui/office'
import { councilErrors, councilStatus } from './council/refusals.ts'
import { linkChoices } from './council/topic-acts.server.ts'
import { TopicLife } from './council/topic-life.tsx'
import { readTopicPage } from './council/topic-page.server.ts'
import { AnyForm, textOf } from './office/entered.ts'
import { enterOffice } from './office/visit.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const visit = await enterOffice(request, params.slug, 'council:read')
  const { portal, community, frame } = visit
  const read = await readTopicPage(portal, community, params.topic ?? '')
  if (read === null) throw new Response(null, { status: 404 })
  return { frame, ...read, choices: await linkChoices(visit), today: dateOf(portal.clock.now()) }
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
  const { frame, topic, links, choices, today } = useLoaderData<typeof loader>()
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
        <ButtonRow>
          <LinkButton href={`/c/${frame.slug}/council/topics/${topic.topicId}`}>
            {t('councilDesk.publicPage')}
          </LinkButton>
          {frame.may.councilKeep && (
            <LinkButton
              href={`${officePath(frame.slug, 'council', 'meetings', 'new')}?topic=${topic.topicId}`}
            >
              {t('councilDesk.topicToMeeting')}
            </LinkButton>
          )}
          {frame.may.pollDraft && (
            <LinkButton href={`${officePath(frame.slug, 'polls', 'new')}?topic=${topic.topicId}`}>
              {t('councilDesk.topicToMotion')}
            </LinkButton>
          )}
        </ButtonRow>
      }
    >
      <WhoDecides decides={topic.decides} isAwaited={topic.standing === 'awaits-vote'} />
      <Section title={t('council.life')}>
        <TopicLife slug={frame.slug} topic={topic} links={links} />
      </Section>
      {frame.may.councilKeep && (
        <Section title={t('councilDesk.eventNew')}>
          <TopicLinkForms frame={frame} choices={choices} today={today} />
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
