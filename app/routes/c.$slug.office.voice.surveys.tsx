/** /c/:slug/office/voice/surveys: opens the year's satisfaction survey, publishes its result when it is over, and shows what was written after services. */
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { dateText, translate } from '#i18n'
import { addDays, dateOf } from '#kernel'
import { readForm } from '#platform'
import { Button, Card, DateField, ErrorSummary, href, Section, useT, useViewer, viewerOf } from '#ui'
import { CsrfField, OfficePage, officePath } from '#ui/office'
import { SurveyResult } from '#ui/voice'
import { closeSurvey, openSurvey, readServiceSentences, readSurveys } from '#voice/server'
import { AnyForm, textOf } from './office/entered.ts'
import { enterOffice } from './office/visit.server.ts'
import { surveyProblem, surveyStatus } from './voice/survey-problems.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { portal, actor, community, frame } = await enterOffice(request, params.slug, 'voice:arrange')
  const tomorrow = addDays(dateOf(portal.clock.now()), 1)
  return {
    frame,
    tomorrow,
    surveys: await readSurveys(portal, community),
    sentences: (await readServiceSentences(portal, actor, community)) ?? [],
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { portal, actor, community, frame } = await enterOffice(request, params.slug, 'voice:arrange')
  const read = await readForm(request, portal.settings, AnyForm)
  const form = read.ok ? read.value : {}
  const viewer = viewerOf(request.url)
  const done =
    textOf(form, 'intent') === 'open'
      ? await openSurvey(portal, actor, community, textOf(form, 'closesOn'))
      : await closeSurvey(portal, actor, community, textOf(form, 'survey'))
  if (!done.ok) {
    return data({ errors: [surveyProblem(done.error, viewer.lang)] }, { status: surveyStatus(done.error) })
  }
  throw redirect(href(officePath(frame.slug, 'voice', 'surveys'), viewer), 303)
}

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('survey.deskTitle')} · ${t('site.name')}` }]
}

export default function SurveyDeskPage() {
  const { frame, surveys, tomorrow, sentences } = useLoaderData<typeof loader>()
  const errors = useActionData<typeof action>()?.errors ?? []
  const t = useT()
  const { lang } = useViewer()
  const mayOpen = surveys.every(survey => survey.figures !== null)
  return (
    <OfficePage
      frame={frame}
      crumbs={[{ label: t('voice.deskTitle'), href: officePath(frame.slug, 'voice') }]}
      title={t('survey.deskTitle')}
      lead={t('survey.deskLead')}
      notContained={[t('survey.omitAnswers')]}
      width="standard"
    >
      <ErrorSummary errors={errors} />
      {mayOpen && (
        <Card>
          <form method="post">
            <CsrfField frame={frame} />
            <DateField name="closesOn" label={t('survey.deskCloses')} min={tomorrow} required />
            <Button name="intent" value="open">
              {t('survey.deskOpen')}
            </Button>
          </form>
        </Card>
      )}
      {surveys.map(survey => (
        <Section key={survey.surveyId} title={t('survey.yearTitle', { year: survey.year })}>
          {survey.figures !== null && <SurveyResult figures={survey.figures} label={String(survey.year)} />}
          {survey.figures === null && (
            <>
              <p>{t('survey.openUntil', { date: dateText(survey.closesOn, lang) })}</p>
              <p>{t('survey.answeredSoFar', { count: survey.answered })}</p>
            </>
          )}
          {survey.figures === null && !survey.isOpen && (
            <form method="post">
              <CsrfField frame={frame} />
              <input type="hidden" name="survey" value={survey.surveyId} />
              <Button name="intent" value="close">
                {t('survey.deskPublish')}
              </Button>
            </form>
          )}
        </Section>
      ))}
      <Section title={t('survey.service.sentencesTitle')} lead={t('survey.service.sentencesLead')}>
        {sentences.length === 0 && <p>{t('survey.service.sentencesNone')}</p>}
        <ul>
          {sentences.map(({ id, category, text }) => (
            <li key={id}>
              <strong>{t(`voice.category.${category}`)}</strong> {text}
            </li>
          ))}
        </ul>
      </Section>
    </OfficePage>
  )
}
