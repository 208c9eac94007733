/** Refusals of signing in by message or by passkey in words, at the field they concern. */
import type { Translate } from '#i18n'
import type { PasskeySignInRefusal, SmsRefusal } from '#people/server'
import type { FieldError } from '#ui'

/** The errors to show in the summary and beside the fields. */
export function smsErrors(
  refusal: SmsRefusal | PasskeySignInRefusal | null,
  t: Translate,
): readonly FieldError[] {
  if (refusal === null) return []
  switch (refusal.code) {
    case 'too-many-attempts':
      return [{ message: t('people.problem.too-many-attempts', { minutes: refusal.waitMinutes }) }]
    case 'phone-malformed':
      return [{ field: 'phoneSecret', message: t('sms.problem.phone-malformed') }]
    case 'sms-code-wrong':
      return [{ field: 'smsCode', message: t('sms.problem.sms-code-wrong') }]
    default:
      return [{ message: t(`sms.problem.${refusal.code}`) }]
  }
}

/** 429 for one too many, 409 for what is another's or not fresh, 422 for what can be mended. */
export function smsStatus({ code }: SmsRefusal | PasskeySignInRefusal): 409 | 422 | 429 {
  if (code === 'too-many-attempts' || code === 'sms-too-many') return 429
  return code === 'not-fresh' || code === 'phone-taken' ? 409 : 422
}
