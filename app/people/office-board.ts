/** Who holds which office on a day, who stands in, and which office is empty since when. Pure: drawn from the terms. */
import { addDays, type CivilDate } from '#kernel'
import { isInOffice, type Role } from './role.ts'

/** A term with whose it is. */
export interface HeldTerm {
  readonly userId: string
  readonly displayName: string
  readonly role: Role
  readonly from: CivilDate
  /** The last day; null is open-ended. */
  readonly until: CivilDate | null
  readonly isDeputy: boolean
}

export interface OfficeState {
  readonly role: Role
  /** Those in office on the day; a deputy stands after the holder. */
  readonly holders: readonly HeldTerm[]
  /** Those whose term begins later. */
  readonly coming: readonly HeldTerm[]
  /** The first day without a holder of its own (a deputy does not fill it); null when it is held, or was never filled. */
  readonly vacantSince: CivilDate | null
  readonly isVacant: boolean
}

/** The offices every community fills, in the order of the board; others are shown when somebody holds them. */
const FILLED: readonly Role[] = [
  'committee_chair',
  'committee_treasurer',
  'committee_member',
  'manager',
  'bookkeeper',
  'overseer',
  'residents_committee',
]

function stateOf(role: Role, terms: readonly HeldTerm[], day: CivilDate): OfficeState {
  const own = terms.filter(term => term.role === role)
  const holders = own
    .filter(term => isInOffice(term, day))
    .sort((a, b) => Number(a.isDeputy) - Number(b.isDeputy))
  const isVacant = !holders.some(term => !term.isDeputy)
  // A term that was ended before it began was never served.
  const lastDays = own
    .filter(term => !term.isDeputy && term.until !== null && term.from <= term.until && term.until < day)
    .map(term => term.until!)
    .sort()
  const last = lastDays.at(-1)
  return {
    role,
    holders,
    coming: own.filter(term => term.from > day && (term.until === null || term.from <= term.until)),
    vacantSince: isVacant && last !== undefined ? addDays(last, 1) : null,
    isVacant,
  }
}

/** The board of a day. */
export function officeBoard(terms: readonly HeldTerm[], day: CivilDate): readonly OfficeState[] {
  const further = [...new Set(terms.map(term => term.role))].filter(role => !FILLED.includes(role)).sort()
  return [...FILLED, ...further]
    .map(role => stateOf(role, terms, day))
    .filter(state => FILLED.includes(state.role) || state.holders.length > 0 || state.coming.length > 0)
}
