/**
 * Seats of the bodies (议事席位): data, not code, so that a place runs 1+3+N or 1+4+N. The holder's name is public because it is an
 * office holder's; a contact is no member here and never leaves its sealed row.
 */
import type { CivilDate } from '#kernel'

export const BODIES = ['council', 'owners-committee'] as const
/** 议事协商会 (1+3+N), 业主委员会. */
export type Body = (typeof BODIES)[number]

export const SEAT_KINDS = [
  'party',
  'residents-committee',
  'owners-committee',
  'property-company',
  'other',
] as const
/** Which part of 1+3+N a seat is: 1 党组织, 3 居委会、业委会、物业, N anybody else. */
export type SeatKind = (typeof SEAT_KINDS)[number]

export interface Seat {
  readonly seatId: string
  readonly body: Body
  readonly kind: SeatKind
  readonly organisation: string
  /** The office it is held in, such as 书记. */
  readonly office: string
  readonly holderName: string
  readonly deputyName: string | null
  /** Whose sign-in acts for the seat; null for a guest without an account, who signs on paper. */
  readonly userId: string | null
  readonly isVoting: boolean
  readonly termFrom: CivilDate
  /** The last day; null is open-ended. */
  readonly termUntil: CivilDate | null
}

/** True on every day of the term, its first and last day included. */
export function isSeated(seat: Pick<Seat, 'termFrom' | 'termUntil'>, on: CivilDate): boolean {
  return seat.termFrom <= on && (seat.termUntil === null || on <= seat.termUntil)
}

/** The seats of a body on a day: party first, then the three, then the others, each in the order of their entry. */
export function seatsOn(seats: readonly Seat[], body: Body, on: CivilDate): readonly Seat[] {
  return seats
    .filter(seat => seat.body === body && isSeated(seat, on))
    .toSorted((a, b) => SEAT_KINDS.indexOf(a.kind) - SEAT_KINDS.indexOf(b.kind))
}

/** How the body reads in short: `1+3+2`. The three count as kinds that are there, the others as seats. */
export function shapeOf(seats: readonly Seat[]): string {
  const has = (kind: SeatKind) => (seats.some(seat => seat.kind === kind) ? 1 : 0)
  const three = has('residents-committee') + has('owners-committee') + has('property-company')
  const others = seats.filter(seat => seat.kind === 'other').length
  return `${has('party')}+${three}+${others}`
}
