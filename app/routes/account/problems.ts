/** Refusals of signing in and of invitations in words, at the field they concern. A new code does not compile until it has its line here. */
import type { Translate } from '#i18n'
import type { AcceptRefusal, PasswordRefusal, SignInRefusal } from '#people/server'
import type { FieldRefusal, FormRefusal } from '#platform'
import type { FieldError } from '#ui'

export type AccountRefusal = SignInRefusal | AcceptRefusal | FormRefusal

type PlainCode = Exclude<(SignInRefusal | AcceptRefusal)['code'], 'too-many-attempts'>

/** The field that a refusal is about; null is the whole form. */
const FIELDS: Readonly<Record<PlainCode, string | null>> = {
  'sign-in-refused': null,
  'login-malformed': 'login',
  'login-taken': 'login',
  'name-missing': null,
  'password-too-short': 'password',
  'password-too-long': 'password',
  'password-too-common': 'password',
  'invitation-unknown': null,
  'invitation-expired': null,
  'invitation-used': null,
  'invitation-replaced': null,
  'account-of-another-owner': null,
  'proof-wrong': 'proofCode',
  'claim-locked': null,
}

function fieldError({ field, code }: FieldRefusal, t: Translate): FieldError {
  const isDifferent = code === 'password-differs'
  return {
    field,
    message: t(isDifferent ? 'people.problem.password-differs' : 'people.problem.field-missing'),
  }
}

/** The errors to show in the summary and beside the fields. */
export function accountErrors(refusal: AccountRefusal | undefined, t: Translate): readonly FieldError[] {
  if (refusal === undefined) return []
  switch (refusal.code) {
    case 'form-invalid':
      return refusal.fields.map(field => fieldError(field, t))
    case 'too-many-attempts':
      return [{ message: t('people.problem.too-many-attempts', { minutes: refusal.waitMinutes }) }]
    default: {
      const field = FIELDS[refusal.code]
      return [{ ...(field === null ? {} : { field }), message: t(`people.problem.${refusal.code}`) }]
    }
  }
}

/** The errors of a change of password: a wrong present one is said beside its field. */
export function passwordErrors(
  refusal: PasswordRefusal | FormRefusal | undefined,
  t: Translate,
): readonly FieldError[] {
  if (refusal?.code === 'sign-in-refused') {
    return [{ field: 'current', message: t('account.problem.password-wrong') }]
  }
  return accountErrors(refusal, t)
}

/** The message beside one field. */
export function messageAt(errors: readonly FieldError[], field: string): string | undefined {
  return errors.find(error => error.field === field)?.message
}
