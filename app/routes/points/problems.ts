/** Every refusal of points in words, at the field it concerns. A code that the room adds does not compile without a sentence. */
import { type Lang, translate } from '#i18n'
import type { KeepPointsRefusal, UsePointsRefusal } from '#ledger/server'
import type { FieldError } from '#ui'

type PointsRefusal = KeepPointsRefusal | UsePointsRefusal

const FIELDS: { readonly [Code in PointsRefusal['code']]?: string } = {
  'points-malformed': 'points',
  'points-missing': 'points',
  'partner-unknown': 'partner',
  'home-unknown': 'home',
  'home-not-yours': 'home',
  'own-home': 'home',
  'activity-missing': 'activity',
  'activity-too-long': 'activity',
  'activity-private': 'activity',
  'day-malformed': 'on',
  'partner-name-missing': 'name',
  'partner-name-private': 'name',
}

/** A refusal as the form shows it; `form` stands before the names of its fields, and null is a form without any. */
export function pointsProblem(refusal: PointsRefusal, lang: Lang, form: string | null): FieldError {
  const t = translate(lang)
  const field = FIELDS[refusal.code]
  const place = field === undefined || form === null ? {} : { field: `${form}-${field}` }
  if (refusal.code === 'points-missing')
    return { ...place, message: t('points.problem.points-missing', { points: refusal.balance }) }
  return { ...place, message: t(`points.problem.${refusal.code}`) }
}

const FORBIDDEN: readonly PointsRefusal['code'][] = [
  'not-permitted',
  'own-home',
  'home-not-yours',
  'second-needed',
]

/** The status of the answer to a refused form; where points are off there is no such page. */
export function pointsStatus({ code }: PointsRefusal): number {
  if (code === 'points-off' || code === 'request-unknown') return 404
  if (code === 'request-decided' || code === 'content-changed') return 409
  return FORBIDDEN.includes(code) ? 403 : 422
}
