/** Every refusal of the survey in words. */
import { dateText, type Lang, translate } from '#i18n'
import type { FieldError } from '#ui'
import { SERVICE_ASPECTS } from '#voice'
import type { ServiceRefusal, SurveyRefusal } from '#voice/server'

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

/** Every refusal of the survey after a service: each question that has no answer by itself. */
export function serviceProblem(
  refusal: ServiceRefusal,
  lang: Lang,
  entered: Readonly<Record<string, string>>,
): FieldError[] {
  const t = translate(lang)
  switch (refusal.code) {
    case 'scores-malformed':
      return SERVICE_ASPECTS.filter(aspect => !/^[1-5]$/.test(entered[aspect] ?? '')).map(field => ({
        field,
        message: t(`survey.service.problem.${field}`),
      }))
    case 'text-too-long':
      return [{ field: 'sentence', message: t('voice.problem.text-too-long', { limit: refusal.limit }) }]
    case 'not-permitted':
    case 'survey-closed':
      return [{ message: t(`survey.problem.${refusal.code}`) }]
    default:
      return [{ message: t(`survey.service.problem.${refusal.code}`) }]
  }
}

/** The status of the answer to a refused form. */
export function surveyStatus({ code }: SurveyRefusal | ServiceRefusal): number {
  if (code === 'survey-unknown' || code === 'service-unknown') return 404
  return code === 'not-permitted' || code === 'unit-not-yours' ? 403 : 422
}
