/** Every refusal of a roll's import in words, at the field it concerns. A code that people add does not compile until it has its sentence. */
import { dateText, type Lang, translate } from '#i18n'
import type { RollRefusal } from '#people/server'
import type { FieldError } from '#ui'

const MAPPING_FIELDS = 'role-0'

/** The refusal as the form's errors. */
export function rollErrors(refusal: RollRefusal, lang: Lang): readonly FieldError[] {
  const t = translate(lang)
  switch (refusal.code) {
    case 'file-empty':
      return [{ field: 'file', message: t('roll.refusal.file-empty') }]
    case 'file-too-large': {
      const size = `${refusal.limitBytes / 1024 / 1024} MB`
      return [{ field: 'file', message: t('roll.refusal.file-too-large', { size }) }]
    }
    case 'effective-in-future':
      return [{ field: 'effectiveOn', message: t('roll.refusal.effective-in-future') }]
    case 'effective-too-early': {
      const date = dateText(refusal.lastOn, lang)
      return [{ field: 'effectiveOn', message: t('roll.refusal.effective-too-early', { date }) }]
    }
    case 'answers-missing':
      return [{ message: t('roll.refusal.answers-missing', { count: refusal.count }) }]
    case 'developer-missing':
      return [{ field: 'developerName', message: t('roll.refusal.developer-missing') }]
    case 'mapping-unfit':
      return [{ field: MAPPING_FIELDS, message: t(`roll.refusal.mapping-${refusal.reason}`) }]
    default:
      return [{ message: t(`roll.refusal.${refusal.code}`) }]
  }
}

const CONFLICTS: ReadonlySet<string> = new Set<RollRefusal['code']>(['import-not-ready', 'preview-stale'])

/** 403 for another office's work, 409 when the thing moved on meanwhile, 422 for what the person can mend. */
export function rollStatus(refusal: { readonly code: string }): 403 | 409 | 422 {
  if (refusal.code === 'not-permitted') return 403
  return CONFLICTS.has(refusal.code) ? 409 : 422
}
