/** Every refusal of the projects in words, at the field it concerns. A code that the room adds does not compile without a sentence. */
import { type Lang, translate } from '#i18n'
import type { DocumentRefusal } from '#ledger/server'
import type { MotionRefusal, ProposalActRefusal, ProposeRefusal, RoundRefusal } from '#projects/server'
import type { FieldError } from '#ui'

export type ProjectRefusal =
  | ProposalActRefusal
  | ProposeRefusal
  | RoundRefusal
  | MotionRefusal
  | DocumentRefusal

/** The field of the form that a refusal is about; absent for what concerns the whole form. */
const FIELDS: { readonly [Code in ProjectRefusal['code']]?: string } = {
  'title-missing': 'title',
  'title-too-long': 'title',
  'text-missing': 'text',
  'text-too-long': 'text',
  'text-private': 'text',
  'place-too-long': 'place',
  'amount-malformed': 'amount',
  'cost-not-covered': 'amount',
  'source-unknown': 'source',
  'round-not-open': 'round',
  'round-days-malformed': 'closesOn',
  'too-many-documents': 'documents',
  'document-unknown': 'documents',
  'document-empty': 'documents',
  'document-too-large': 'documents',
  'document-kind-unknown': 'documents',
  'document-broken': 'documents',
  'copy-unsafe': 'documents',
}

/** A refusal as the form shows it; `prefix` stands before the names of its fields. */
export function projectProblem(refusal: ProjectRefusal, lang: Lang, prefix = ''): FieldError {
  const t = translate(lang)
  const field = FIELDS[refusal.code]
  const place = field === undefined ? {} : { field: `${prefix}${field}` }
  if (refusal.code === 'proposal-state') {
    const state = t(`projects.state.${refusal.state}`)
    return { message: t('projects.problem.proposal-state', { state }) }
  }
  if ('limit' in refusal) {
    return { ...place, message: t(`projects.problem.${refusal.code}`, { limit: refusal.limit }) }
  }
  return { ...place, message: t(`projects.problem.${refusal.code}`) }
}

const FORBIDDEN: readonly ProjectRefusal['code'][] = [
  'not-permitted',
  'own-proposal',
  'not-your-proposal',
  'home-not-yours',
  'second-needed',
]

/** The status of the answer to a refused form. */
export function projectStatus({ code }: ProjectRefusal): number {
  if (code === 'proposal-unknown') return 404
  return FORBIDDEN.includes(code) ? 403 : 422
}
