/** /c/SLUG/ask/survey: satisfaction surveys, how many homes answered, and what they said once it is published. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { type MetaFunction, useLoaderData } from '@remix-run/react'
import { dateText } from '#i18n'
import { currentPortal } from '#platform'
import { EmptyState, LinkButton, Section, StatePill, useT, useViewer } from '#ui'
import { ServiceResult, SurveyResult, useRoundText } from '#ui/voice'
import { type PublishedRound, readServiceRounds, readSurveys, type SurveyView } from '#voice/server'
import { communityAt, viewOf } from './public/community.server.ts'
import { PublicPage, publicMeta } from './public/frame.tsx'

export async function loader({ params }: LoaderFunctionArgs) {
  const portal = currentPortal()
  const community = await communityAt(portal, params.slug)
  return {
    community: viewOf(community),
    surveys: await readSurveys(portal, community),
    rounds: await readServiceRounds(portal, community),
  }
}

export const meta: MetaFunction<typeof loader> = ({ data, location }) =>
  publicMeta(location.search, data?.community, t => t('survey.title'))

export default function SurveysPage() {
  const { community, surveys, rounds } = useLoaderData<typeof loader>()
  const t = useT()
  return (
    <PublicPage
      of={community}
      area="ask"
      breadcrumb={[{ href: `/c/${community.slug}/ask`, label: t('voice.title') }]}
      title={t('survey.title')}
      lead={t('survey.lead')}
      notContained={[t('survey.omitAnswers'), t('survey.service.omitSentences')]}
    >
      {surveys.length === 0 && <EmptyState title={t('survey.none')} />}
      {surveys.map(survey => (
        <OneSurvey key={survey.surveyId} slug={community.slug} survey={survey} />
      ))}
      <Rounds rounds={rounds} />
    </PublicPage>
  )
}

/** What homes said after services, newest first. */
function Rounds({ rounds }: { readonly rounds: readonly PublishedRound[] }) {
  const t = useT()
  const roundText = useRoundText()
  return (
    <Section title={t('survey.service.roundsTitle')} lead={t('survey.service.roundsLead')} id="service">
      {rounds.length === 0 && <p>{t('survey.service.roundsNone')}</p>}
      {rounds.map(round => (
        <section key={round.roundNo} aria-labelledby={`round-${round.roundNo}`}>
          <h3 id={`round-${round.roundNo}`}>{roundText(round.figures)}</h3>
          <ServiceResult figures={round.figures} />
        </section>
      ))}
    </Section>
  )
}

function OneSurvey(props: { readonly slug: string; readonly survey: SurveyView }) {
  const t = useT()
  const { lang } = useViewer()
  const { slug, survey } = props
  const title = t('survey.yearTitle', { year: survey.year })
  return (
    <Section title={title}>
      {survey.figures !== null && <SurveyResult figures={survey.figures} label={title} />}
      {survey.figures === null && (
        <p>
          <StatePill
            tone="waiting"
            label={
              survey.isOpen
                ? t('survey.openUntil', { date: dateText(survey.closesOn, lang) })
                : t('survey.awaitsResult')
            }
          />
        </p>
      )}
      {survey.isOpen && (
        <>
          <p>{t('survey.answeredSoFar', { count: survey.answered })}</p>
          <p>
            <LinkButton tone="primary" href={`/c/${slug}/ask/survey/${survey.surveyId}/answer`}>
              {t('survey.answerLink')}
            </LinkButton>
          </p>
        </>
      )}
    </Section>
  )
}
