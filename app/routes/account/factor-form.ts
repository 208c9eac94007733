/** The second factor out of a submitted form. Shape only. */
import type { GivenFactor } from '#people'
import { FACTOR_FIELDS } from '#ui'

function textIn(form: Readonly<Record<string, unknown>>, name: string): string {
  const value = form[name]
  return typeof value === 'string' ? value.trim() : ''
}

/** What was given: what a passkey answered, else the digits, else a recovery code; null when all are empty. */
export function factorIn(form: Readonly<Record<string, unknown>>): GivenFactor | null {
  const answer = textIn(form, FACTOR_FIELDS.answer)
  if (answer !== '') return { method: 'passkey', answer }
  const code = textIn(form, FACTOR_FIELDS.code)
  if (code !== '') return { method: 'totp', code }
  const recovery = textIn(form, FACTOR_FIELDS.recovery)
  return recovery === '' ? null : { method: 'recovery', code: recovery }
}
