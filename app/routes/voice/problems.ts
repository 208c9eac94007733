/** Every refusal of the voice in words, at the field it concerns. A code that the room adds does not compile without a sentence. */
import { type Lang, translate } from '#i18n'
import type { DocumentRefusal } from '#ledger/server'
import type { FieldError } from '#ui'
import type { ActRefusal, ClocksRefusal, OpenRefusal, SpotRefusal } from '#voice/server'

export type VoiceRefusal = ActRefusal | OpenRefusal | DocumentRefusal | ClocksRefusal | SpotRefusal

/** The field of the form that a refusal is about; absent for what concerns the whole form. */
const FIELDS: { readonly [Code in VoiceRefusal['code']]?: string } = {
  'text-missing': 'text',
  'text-too-long': 'text',
  'text-private': 'text',
  'text-unprintable': 'text',
  'place-too-long': 'place',
  'category-unknown': 'category',
  'due-day-malformed': 'dueOn',
  'stars-malformed': 'stars',
  'other-case-unknown': 'into',
  'event-unknown': 'target',
  'too-many-documents': 'documents',
  'document-unknown': 'documents',
  'document-empty': 'documents',
  'document-too-large': 'documents',
  'document-kind-unknown': 'documents',
  'document-broken': 'documents',
  'copy-unsafe': 'documents',
  'name-missing': 'name',
  'name-too-long': 'name',
}

/** A refusal as the form shows it; `prefix` stands before the names of its fields. */
export function problemOf(refusal: VoiceRefusal, lang: Lang, prefix = ''): FieldError {
  const t = translate(lang)
  const field = FIELDS[refusal.code]
  const place = field === undefined ? {} : { field: `${prefix}${field}` }
  if (refusal.code === 'case-state') {
    return { message: t('voice.problem.case-state', { state: t(`voice.state.${refusal.state}`) }) }
  }
  if ('limit' in refusal) {
    return { ...place, message: t(`voice.problem.${refusal.code}`, { limit: refusal.limit }) }
  }
  return { ...place, message: t(`voice.problem.${refusal.code}`) }
}

/** The status of the answer to a refused form. */
export function voiceStatus({ code }: VoiceRefusal): number {
  if (code === 'case-unknown' || code === 'subject-unknown') return 404
  return code === 'not-permitted' || code === 'own-case' || code === 'not-your-case' ? 403 : 422
}
