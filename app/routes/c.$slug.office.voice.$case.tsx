/** /c/:slug/office/voice/:case: one case for the officer whose turn it is: answer with evidence, order, take, reply, settle. */
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
import { CsrfField, OfficePage, officePath } from '#ui/office'
import { ActForms, CaseSheet, caseTitle } from '#ui/voice'
import { possibleActs } from '#voice'
import { readCase } from '#voice/server'
import { AnyForm } from './office/entered.ts'
import { enterOffice } from './office/visit.server.ts'
import { takeAct } from './voice/act-form.server.ts'
import { subjectNames } from './voice/subject-names.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { portal, actor, community, frame } = await enterOffice(request, params.slug, 'voice:read')
  const read = await readCase(portal, community, actor, params.case ?? '')
  if (read === null) throw new Response(null, { status: 404 })
  const today = dateOf(portal.clock.now())
  const reader = { actor, communityId: community.communityId, isOwn: read.isOwn }
  return {
    frame,
    today,
    view: read.view,
    acts: possibleActs(read.view, reader, today).filter(act => act !== 'support'),
    names: await subjectNames(portal, community, [read.view.subject]),
    topic: await readTopicFrom(portal, community, read.view.caseId),
    isDone: new URL(request.url).searchParams.get('done') === 'act',
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const visit = await enterOffice(request, params.slug, 'voice:read')
  const read = await readForm(request, visit.portal.settings, AnyForm)
  const viewer = viewerOf(request.url)
  const caseId = params.case ?? ''
  const refused = await takeAct(visit, caseId, read.ok ? read.value : {}, viewer.lang)
  if (refused !== null) return data({ entered: refused.entered }, { status: refused.status })
  throw redirect(href(`${officePath(visit.frame.slug, 'voice', caseId)}?done=act`, viewer), 303)
}

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('voice.deskTitle')} · ${t('site.name')}` }]
}

export default function VoiceCasePage() {
  const { frame, view, acts, names, topic, today, isDone } = useLoaderData<typeof loader>()
  const entered = useActionData<typeof action>()?.entered ?? null
  const t = useT()
  const { lang } = useViewer()
  const isRare = (act: (typeof acts)[number]) => act === 'hide' || act === 'show' || act === 'merge'
  const usual = acts.filter(act => !isRare(act))
  const forms = { view, today, entered, token: <CsrfField frame={frame} /> }
  return (
    <OfficePage
      frame={frame}
      crumbs={[{ label: t('voice.deskTitle'), href: officePath(frame.slug, 'voice') }]}
      kicker={t(`voice.kind.${view.kind}`)}
      title={caseTitle(view, names, t, lang)}
      notContained={[t('voice.deskOmit')]}
    >
      {isDone && entered === null && <Notice tone="success" live="status" title={t('voice.doneActed')} />}
      {topic !== null && <TopicOfCase slug={frame.slug} topic={topic} />}
      {topic === null && frame.may.councilKeep && view.kind === 'request' && !view.isPrivate && (
        <p>
          <LinkButton
            icon="council"
            href={`${officePath(frame.slug, 'council', 'topics', 'new')}?case=${view.caseId}`}
          >
            {t('councilDesk.caseToTopic')}
          </LinkButton>
        </p>
      )}
      <CaseSheet slug={frame.slug} view={view} names={names} />
      <Section title={t('voice.deskActs')} id="acts">
        {usual.length === 0 && <p>{t('voice.deskNoActs')}</p>}
        <ActForms {...forms} acts={usual} />
      </Section>
      {acts.some(isRare) && (
        <details open={entered !== null && isRare(entered.act as (typeof acts)[number])}>
          <summary>{t('voice.deskRare')}</summary>
          <ActForms {...forms} acts={acts.filter(isRare)} entered={usual.length > 0 ? null : entered} />
        </details>
      )}
    </OfficePage>
  )
}
