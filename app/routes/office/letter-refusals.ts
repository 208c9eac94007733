/** Every refusal about letters and codes in words. A code that people add does not compile until it has its sentence. */
import { type Lang, translate } from '#i18n'
import type { CodeDeskRefusal, LetterRefusal } from '#people/server'
import type { FieldError } from '#ui'

/** The refusal as the form's errors. */
export function letterErrors(
  refusal: LetterRefusal | CodeDeskRefusal | { readonly code: 'reason-missing' },
  lang: Lang,
): readonly FieldError[] {
  const t = translate(lang)
  if (refusal.code === 'codes-are-out') {
    return [{ message: t('letters.refusal.codes-are-out', { count: refusal.count }) }]
  }
  const field = refusal.code === 'until-malformed' ? { field: 'until' } : {}
  return [{ ...field, message: t(`letters.refusal.${refusal.code}`) }]
}

const CONFLICTS: ReadonlySet<string> = new Set([
  'request-unknown',
  'request-decided',
  'file-gone',
  'codes-are-out',
])

/** 403 for another person's work, 409 when the thing moved on, 422 for what can be mended. */
export function letterStatus({ code }: { readonly code: string }): 403 | 409 | 422 {
  if (code === 'not-permitted' || code === 'same-person') return 403
  return CONFLICTS.has(code) ? 409 : 422
}
