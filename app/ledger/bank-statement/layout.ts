/**
 * What one family of exports needs to be told from the others, and the few habits in which it differs. A family is
 * data: its columns are found by the shared vocabulary, so their order and the place of the header do not matter.
 */
import type { ColumnRole, DirectionWords } from './vocabulary.ts'

/** How a single amount column says which way the money went. */
export type AmountSign =
  /** `+` received, `-` paid. */
  | 'signed'
  /** Credit cards: what was spent is positive, repayments and refunds are negative. */
  | 'spent-is-positive'
  /** Unsigned; the narration begins with 消费, 退货, 还款 ... */
  | 'by-narration'

export interface LayoutHabits {
  readonly amountSign?: AmountSign
  readonly directionWords?: DirectionWords
  /** Dates as DD/MM/YYYY. */
  readonly dayFirst?: boolean
  /** Dates as MM/DD; year and month of the statement stand in the title. */
  readonly yearInTitle?: boolean
  /** When the preferred date cell is blank the next date column counts. */
  readonly dateFallsBack?: boolean
  /** A positive cell in this column makes the row a payment of that amount (refund columns). */
  readonly refundColumn?: string
  /** Preferred over the usual serial when it holds one. */
  readonly refundSerialColumn?: string
}

export interface BankLayout {
  /** Stable name, shown by the command line and stored with the import. */
  readonly id: string
  /** Short name of the bank or wallet. */
  readonly bank: string
  /** Headers (as `normalLabel` writes them) that must all be there. */
  readonly headers: readonly string[]
  /** Headers that must not be there. */
  readonly without?: readonly string[]
  /** Something that must be printed above the header. */
  readonly title?: RegExp
  readonly habits?: LayoutHabits
  /** Header words of this family only, before the shared ones. */
  readonly columns?: Partial<Readonly<Record<ColumnRole, readonly string[]>>>
}
