/** The form that proposes a change of office, read; and its refusals in words, at the field they concern. */
import type { Translate } from '#i18n'
import { err, ok, parseCivilDate, type Result } from '#kernel'
import { isRole } from '#people'
import type { ChangeRefusal, ProposedChange } from '#people/server'
import type { FieldError } from '#ui'
import { type Entered, textOf } from './entered.ts'

/** The change a form proposes, or what is malformed in it. */
export function proposedIn(form: Entered): Result<ProposedChange, ChangeRefusal> {
  const role = textOf(form, 'role')
  const reason = textOf(form, 'reason')
  const kind = textOf(form, 'kind')
  const userId = textOf(form, 'user')
  if (!isRole(role)) return err({ code: 'not-permitted' })
  if (kind === 'reset-factors') return ok({ kind, role, userId, reason })
  if (kind === 'end') {
    const lastDay = parseCivilDate(textOf(form, 'lastDay'))
    return lastDay.ok
      ? ok({ kind, role, userId, lastDay: lastDay.value, reason })
      : err({ code: 'term-malformed' })
  }
  const from = parseCivilDate(textOf(form, 'from'))
  const end = textOf(form, 'until')
  const until = end === '' ? ok(null) : parseCivilDate(end)
  if (!from.ok || !until.ok) return err({ code: 'term-malformed' })
  return ok({
    kind: 'appoint',
    role,
    displayName: textOf(form, 'name'),
    from: from.value,
    until: until.value,
    isDeputy: textOf(form, 'deputy') === 'yes',
    reason,
  })
}

/** What was entered, to show it again. */
export function enteredChange(form: Entered): Readonly<Record<string, string>> {
  const names = ['role', 'name', 'from', 'until', 'deputy', 'reason'] as const
  return Object.fromEntries(names.map(name => [name, textOf(form, name)]).filter(([, text]) => text !== ''))
}

const FIELDS: Readonly<Partial<Record<ChangeRefusal['code'], string>>> = {
  'name-missing': 'name',
  'term-malformed': 'until',
  'reason-missing': 'reason',
}

/** The refusal in words. A new code does not compile until it has its words. */
export function changeErrors(refusal: ChangeRefusal, t: Translate): readonly FieldError[] {
  const field = FIELDS[refusal.code]
  return [{ ...(field === undefined ? {} : { field }), message: t(`officers.problem.${refusal.code}`) }]
}
