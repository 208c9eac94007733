/** Refusals of casting, withdrawing and objecting: their words and their status. A new code does not compile without both. */
import { instantText, type Lang, translate } from '#i18n'
import type { RefusalStatus } from '#platform'
import type { CastRefusal, ObjectionRefusal } from '#votes/server'

type Refusal = CastRefusal | ObjectionRefusal

const STATUSES: Readonly<Record<Refusal['code'], RefusalStatus>> = {
  'not-permitted': 403,
  'not-an-owner': 403,
  'unit-not-yours': 403,
  'poll-unknown': 404,
  'poll-state': 409,
  'before-open': 409,
  'after-close': 409,
  'official-system-only': 409,
  'objection-period-over': 409,
  'units-missing': 422,
  'cannot-count': 422,
  'nothing-to-withdraw': 409,
  'answers-malformed': 422,
  'answer-unknown-question': 422,
  'answer-unknown-choice': 422,
  'answer-missing': 422,
  'text-missing': 422,
  'text-too-long': 422,
}

/** The status of the answer. */
export function refusalStatus(refusal: Refusal): RefusalStatus {
  return STATUSES[refusal.code]
}

/** What the reader is told. */
export function refusalText(refusal: Refusal, lang: Lang): string {
  const t = translate(lang)
  switch (refusal.code) {
    case 'before-open':
      return t('ballot.refusal.before-open', { at: instantText(refusal.opensAt, lang) })
    case 'after-close':
      return t('ballot.refusal.after-close', { at: instantText(refusal.closesAt, lang) })
    case 'official-system-only':
      return t('ballot.refusal.official-system-only', { system: refusal.system })
    case 'cannot-count':
      return t('ballot.refusal.cannot-count', {
        unit: refusal.unit,
        reason: t(`votes.reason.${refusal.reason}`),
      })
    case 'nothing-to-withdraw':
      return t('ballot.refusal.nothing-to-withdraw', { unit: refusal.unit })
    case 'text-too-long':
      return t('ballot.refusal.text-too-long', { limit: refusal.limit })
    default:
      return t(`ballot.refusal.${refusal.code}`)
  }
}
