/** Refusals of a second factor and of changes to one's own keys in words, at the field they concern. */
import type { Translate } from '#i18n'
import type { FactorMethod } from '#people'
import type { AccountProblem, FactorRefusal, PasskeyProblem } from '#people/server'
import { FACTOR_FIELDS, type FieldError } from '#ui'

/** The words of a second factor that was refused, beside the field it was given in. */
export function factorErrors(
  refusal: FactorRefusal | undefined,
  t: Translate,
  method: FactorMethod | null | undefined = 'totp',
): readonly FieldError[] {
  if (refusal === undefined) return []
  const field = method === 'recovery' ? FACTOR_FIELDS.recovery : FACTOR_FIELDS.code
  if (refusal.code === 'factor-locked') {
    return [{ field, message: t('account.problem.factor-locked', { minutes: refusal.waitMinutes }) }]
  }
  if (refusal.code === 'factor-wrong' && method === 'passkey') {
    return [{ field, message: t('account.problem.passkey-refused') }]
  }
  return [{ field, message: t(`account.problem.${refusal.code}`) }]
}

export type KeyRefusal = AccountProblem | { readonly code: PasskeyProblem | 'factor-wrong' }

const FIELDS: Readonly<Partial<Record<KeyRefusal['code'], string>>> = {
  'factor-wrong': FACTOR_FIELDS.code,
  'name-missing': 'name',
}

/** The words of a change to one's keys that was refused. */
export function keyErrors(refusal: KeyRefusal | undefined, t: Translate): readonly FieldError[] {
  if (refusal === undefined) return []
  const field = FIELDS[refusal.code]
  return [{ ...(field === undefined ? {} : { field }), message: t(`account.problem.${refusal.code}`) }]
}
