/** /c/SLUG/ask/CASE/own: what a resident can do about a case: judge or rate their own, take it back, or say "me too". */
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { readTopicFrom } from '#council/server'
import { translate } from '#i18n'
import { dateOf } from '#kernel'
import { readForm } from '#platform'
import { href, LinkButton, Notice, Section, useT, useViewer, viewerOf } from '#ui'
import { TopicOfCase } from '#ui/council'
import { ActForms, CaseSheet, caseTitle } from '#ui/voice'
import { possibleActs, RULES } from '#voice'
import { readCase, readServiceQuestion } from '#voice/server'
import { AnyForm } from './office/entered.ts'
import { takeAct } from './voice/act-form.server.ts'
import { subjectNames } from './voice/subject-names.server.ts'
import { OwnerPage, OwnFormField } from './votes/owner-page.tsx'
import { enterOwner } from './votes/owner-visit.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { portal, actor, community, frame } = await enterOwner(request, params.slug, 'request:list')
  const read = await readCase(portal, community, actor, params.case ?? '')
  if (read === null) throw new Response(null, { status: 404 })
  const today = dateOf(portal.clock.now())
  const reader = { actor, communityId: community.communityId, isOwn: read.isOwn }
  return {
    frame,
    today,
    view: read.view,
    isOwn: read.isOwn,
    acts: possibleActs(read.view, reader, today).filter(act => /asker|owner/.test(RULES[act].by)),
    names: await subjectNames(portal, community, [read.view.subject]),
    topic: await readTopicFrom(portal, community, read.view.caseId),
    question: await readServiceQuestion(portal, actor, community, read.view.caseId),
    done: new URL(request.url).searchParams.get('done'),
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const visit = await enterOwner(request, params.slug, 'request:list')
  const read = await readForm(request, visit.portal.settings, AnyForm)
  const viewer = viewerOf(request.url)
  const caseId = params.case ?? ''
  const refused = await takeAct(visit, caseId, read.ok ? read.value : {}, viewer.lang)
  if (refused !== null) return data({ entered: refused.entered }, { status: refused.status })
  throw redirect(href(`/c/${visit.community.slug}/ask/${caseId}/own?done=act`, viewer), 303)
}

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('voice.ownTitle')} · ${t('site.name')}` }, { name: 'robots', content: 'noindex' }]
}

export default function OwnCasePage() {
  const { frame, view, acts, names, topic, isOwn, today, done, question } = useLoaderData<typeof loader>()
  const entered = useActionData<typeof action>()?.entered ?? null
  const t = useT()
  const { lang } = useViewer()
  const below = `/c/${frame.community.slug}/ask`
  const isJudging = acts.some(act => act === 'prove' || act === 'rate')
  const notice = { act: 'voice.doneActed', list: 'voice.doneListed', ask: 'voice.doneActed' } as const
  const said = done !== null && done in notice ? notice[done as keyof typeof notice] : null
  return (
    <OwnerPage
      frame={frame}
      area="ask"
      crumbs={[
        { href: below, label: t('voice.title') },
        { href: `${below}/own`, label: t('voice.ownTitle') },
      ]}
      kicker={
        isOwn ? t('voice.ownCase', { kind: t(`voice.kind.${view.kind}`) }) : t(`voice.kind.${view.kind}`)
      }
      title={caseTitle(view, names, t, lang)}
      notContained={[t('voice.omitAsker')]}
    >
      {said !== null && entered === null && <Notice tone="success" live="status" title={t(said)} />}
      {topic !== null && <TopicOfCase slug={frame.community.slug} topic={topic} />}
      {question?.isOpen && (
        <Notice title={t('survey.service.asked')}>
          <p>
            <LinkButton href={`${below}/${view.caseId}/service`} icon="health">
              {t('survey.service.answerLink')}
            </LinkButton>
          </p>
        </Notice>
      )}
      <CaseSheet slug={frame.community.slug} view={view} names={names} />
      {acts.length > 0 && (
        <Section
          title={isJudging ? t('voice.judgeTitle') : t('voice.deskActs')}
          lead={
            isJudging
              ? t(view.kind === 'challenge' ? 'voice.judgeChallenge' : 'voice.judgeRequest')
              : undefined
          }
          id="acts"
        >
          <ActForms
            view={view}
            acts={acts}
            today={today}
            entered={entered}
            token={<OwnFormField frame={frame} />}
          />
        </Section>
      )}
    </OwnerPage>
  )
}
