/** What a challenge is about: a voucher, a line of the budget, a motion, a statement, minutes; and which seat has to answer. Pure. */
import { isId, parsePeriod } from '#kernel'
import type { Role } from '#people'

export const SUBJECT_KINDS = ['voucher', 'budget-line', 'motion', 'statement', 'minutes'] as const
export type SubjectKind = (typeof SUBJECT_KINDS)[number]

/** Kind and key: `voucher` 2026-0412, `budget-line` 2026.trust.5107, `statement` 2026-06, `motion` and `minutes` an identifier. */
export interface Subject {
  readonly kind: SubjectKind
  readonly key: string
}

/** Who answers: the property company, the owners' committee, the residents' committee. */
export const SEATS = ['company', 'committee', 'residents-committee'] as const
export type Seat = (typeof SEATS)[number]

const OFFICES: Readonly<Record<Seat, readonly Role[]>> = {
  company: ['manager', 'bookkeeper'],
  committee: ['committee_chair', 'committee_treasurer', 'committee_member'],
  'residents-committee': ['residents_committee'],
}

/** The offices that answer for a seat, first the one that is named. */
export function officesOfSeat(seat: Seat): readonly Role[] {
  return OFFICES[seat]
}

/** True when the text names a seat. */
export function isSeat(text: string): text is Seat {
  return (SEATS as readonly string[]).includes(text)
}

/** The seat that has spent, proposed or written what is asked about. */
export function seatOf(kind: SubjectKind): Seat {
  if (kind === 'motion') return 'committee'
  return kind === 'minutes' ? 'residents-committee' : 'company'
}

const SHAPES: Readonly<Record<SubjectKind, (key: string) => boolean>> = {
  voucher: key => /^\d{4}-\d{4,7}$/.test(key),
  'budget-line': key => /^\d{4}\.[a-z0-9-]{1,32}\.\d{4,10}$/.test(key),
  motion: isId,
  statement: key => parsePeriod(key).ok,
  minutes: isId,
}

/** A subject as an address names it; null for anything that cannot be one. Whether it exists is another question. */
export function parseSubject(kind: string, key: string): Subject | null {
  const known = SUBJECT_KINDS.find(each => each === kind)
  return known !== undefined && SHAPES[known](key) ? { kind: known, key } : null
}

/** A budget line's key. */
export function budgetLineKey(line: {
  readonly fiscalYear: number
  readonly fund: string
  readonly account: string
}): string {
  return `${line.fiscalYear}.${line.fund}.${line.account}`
}

/** A budget line's parts; null when the key is not one. */
export function parseBudgetLineKey(
  key: string,
): { readonly fiscalYear: number; readonly fund: string; readonly account: string } | null {
  if (!SHAPES['budget-line'](key)) return null
  const [year, fund, account] = key.split('.') as [string, string, string]
  return { fiscalYear: Number(year), fund, account }
}

/** The page of a subject below `/c/SLUG`. */
export function subjectPath({ kind, key }: Subject): string {
  switch (kind) {
    case 'voucher':
      return `vouchers/${key}`
    case 'budget-line':
      return 'fund'
    case 'motion':
      return `votes/${key}`
    case 'statement':
      return 'statements'
    case 'minutes':
      return `council/meetings/${key}`
  }
}

/** What a request is about. */
export const CATEGORIES = [
  'repair',
  'cleaning',
  'safety',
  'parking',
  'greenery',
  'neighbours',
  'fees',
  'other',
] as const
export type Category = (typeof CATEGORIES)[number]

/** True when the text names a category. */
export function isCategory(text: string): text is Category {
  return (CATEGORIES as readonly string[]).includes(text)
}
