/** /c/SLUG/ask/survey/SURVEY/answer: an owner or tenant answers the survey for one home. */
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
import { EmptyState, href, Notice, useT, viewerOf } from '#ui'
import { SurveyForm } from '#ui/voice'
import { ASPECTS } from '#voice'
import { answerSurvey, readSurveyHomes, readSurveys } from '#voice/server'
import { AnyForm, textOf } from './office/entered.ts'
import { surveyProblem, surveyStatus } from './voice/survey-problems.ts'
import { OwnerPage, OwnFormField } from './votes/owner-page.tsx'
import { enterOwner } from './votes/owner-visit.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { portal, actor, community, frame } = await enterOwner(request, params.slug, 'survey:answer')
  const survey = (await readSurveys(portal, community)).find(each => each.surveyId === params.survey)
  if (survey === undefined) throw new Response(null, { status: 404 })
  return {
    frame,
    isOpen: survey.isOpen,
    homes: await readSurveyHomes(portal, actor, community, survey.surveyId),
    isDone: new URL(request.url).searchParams.get('done') === 'yes',
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const visit = await enterOwner(request, params.slug, 'survey:answer')
  const { portal, actor, community } = visit
  const read = await readForm(request, portal.settings, AnyForm)
  const form = read.ok ? read.value : {}
  const viewer = viewerOf(request.url)
  const given = ASPECTS.map(aspect => [aspect, textOf(form, aspect)] as const)
  const scores = Object.fromEntries(
    given.filter(([, score]) => score !== '').map(([aspect, score]) => [aspect, Number(score)]),
  )
  const answer = { surveyId: params.survey ?? '', unit: textOf(form, 'unit'), scores }
  const done = await answerSurvey(portal, actor, community, answer)
  if (!done.ok) {
    const entered: Record<string, string> = { unit: answer.unit, ...Object.fromEntries(given) }
    const errors = [surveyProblem(done.error, viewer.lang)]
    return data({ entered, errors }, { status: surveyStatus(done.error) })
  }
  throw redirect(href(`/c/${community.slug}/ask/survey/${answer.surveyId}/answer?done=yes`, viewer), 303)
}

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('survey.answerTitle')} · ${t('site.name')}` }, { name: 'robots', content: 'noindex' }]
}

export default function SurveyAnswerPage() {
  const { frame, homes, isOpen, isDone } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const t = useT()
  const below = `/c/${frame.community.slug}/ask`
  return (
    <OwnerPage
      frame={frame}
      area="ask"
      crumbs={[
        { href: below, label: t('voice.title') },
        { href: `${below}/survey`, label: t('survey.title') },
      ]}
      title={t('survey.answerTitle')}
      lead={t('survey.answerLead')}
      notContained={[t('survey.omitAnswers')]}
    >
      {isDone && refused === undefined && <Notice tone="success" live="status" title={t('survey.thanks')} />}
      {isOpen && homes.length > 0 ? (
        <SurveyForm
          homes={homes}
          errors={refused?.errors ?? []}
          entered={refused?.entered ?? {}}
          token={<OwnFormField frame={frame} />}
        />
      ) : (
        !isDone && <EmptyState title={t(isOpen ? 'survey.noHome' : 'survey.problem.survey-closed')} />
      )}
    </OwnerPage>
  )
}
