/** Every refusal of the survey in words. */
import { dateText, type Lang, translate } from '#i18n'
import type { FieldError } from '#ui'
import type { SurveyRefusal } from '#voice/server'

/** A refusal as the form shows it. */
export function surveyProblem(refusal: SurveyRefusal, lang: Lang): FieldError {
  const t = translate(lang)
  switch (refusal.code) {
    case 'survey-running':
      return { message: t('survey.problem.survey-running', { until: dateText(refusal.until, lang) }) }
    case 'scores-malformed':
      return { field: 'overall', message: t('survey.problem.scores-malformed') }
    case 'due-day-malformed':
      return { field: 'closesOn', message: t('survey.problem.due-day-malformed') }
    default:
      return { message: t(`survey.problem.${refusal.code}`) }
  }
}

/** The status of the answer to a refused form. */
export function surveyStatus({ code }: SurveyRefusal): number {
  if (code === 'survey-unknown') return 404
  return code === 'not-permitted' || code === 'unit-not-yours' ? 403 : 422
}
