/** The figures of an official result from their form: areas in square metres as they are printed, heads as whole numbers. */
import { type Lang, translate } from '#i18n'
import { parseAreaM2 } from '#kernel'
import type { FieldError } from '#ui'
import { type EnteredFigures, OFFICIAL_FIGURES, OFFICIAL_OUTCOMES } from '#ui/desk'
import type { Question } from '#votes'
import type { OfficialFigures } from '#votes/server'
import { type Entered, textOf } from './entered.ts'

/** What was entered, and the figures; null with the errors of what cannot be read. */
export function readOfficialFigures(
  form: Entered,
  questions: readonly Pick<Question, 'questionId'>[],
  lang: Lang,
): {
  readonly entered: EnteredFigures
  readonly figures: readonly OfficialFigures[] | null
  readonly errors: readonly FieldError[]
} {
  const t = translate(lang)
  const entered: Record<string, string> = {}
  const errors: FieldError[] = []
  const text = (name: string) => {
    entered[name] = textOf(form, name)
    return entered[name]
  }
  const area = (name: string): bigint => {
    const parsed = parseAreaM2(text(name))
    if (!parsed.ok) errors.push({ field: name, message: t('pollRefusal.figures-malformed') })
    return parsed.ok ? parsed.value : 0n
  }
  const heads = (name: string): bigint => {
    const typed = text(name)
    if (!/^\d{1,9}$/.test(typed)) errors.push({ field: name, message: t('pollRefusal.figures-malformed') })
    return /^\d{1,9}$/.test(typed) ? BigInt(typed) : 0n
  }
  const figures = questions.map(({ questionId }): OfficialFigures => {
    const typed = text(`${questionId}-outcome`)
    const outcome = OFFICIAL_OUTCOMES.find(each => each === typed)
    if (outcome === undefined) {
      errors.push({ field: `${questionId}-outcome`, message: t('pollRefusal.result-missing') })
    }
    const [total, participating, inFavour] = OFFICIAL_FIGURES.map(figure => ({
      area: area(`${questionId}-${figure}-area`),
      heads: heads(`${questionId}-${figure}-heads`),
    }))
    return {
      question: questionId,
      outcome: outcome ?? 'NO_QUORUM',
      total: total!,
      participating: participating!,
      inFavour: inFavour!,
    }
  })
  return { entered, figures: errors.length === 0 ? figures : null, errors }
}
