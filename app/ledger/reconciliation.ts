/**
 * Bank reconciliation (银行存款余额调节表): the bank's balance and the books' balance of one bank account at a month's end,
 * and every outstanding item (未达账项) that explains their difference. Pure; it explains, it never adjusts.
 */
import { type CivilDate, type Fen, fen, type Period, periodOf } from '#kernel'

/** A bank line with the month of the voucher that holds it: null while no voucher does. */
export interface ReconcilableLine {
  readonly bankLine: string
  readonly bookedOn: CivilDate
  /** + received, - paid. */
  readonly amountFen: Fen
  readonly postedIn: Period | null
}

/** A voucher's movement of the account, with the months of the bank lines it holds. */
export interface ReconcilablePosting {
  readonly voucher: string
  readonly occurredOn: CivilDate
  /** + into the account, - out of it. */
  readonly amountFen: Fen
  /** Sum of this voucher's bank lines of the account booked by the bank up to the month's end. */
  readonly atBankFen: Fen
}

export type OutstandingKind =
  | 'bank-received-not-booked'
  | 'bank-paid-not-booked'
  | 'booked-received-not-banked'
  | 'booked-paid-not-banked'

export interface OutstandingItem {
  readonly kind: OutstandingKind
  readonly on: CivilDate
  readonly amountFen: Fen
  /** The bank line or the voucher. */
  readonly reference: string
}

export interface Reconciliation {
  readonly period: Period
  readonly bankBalanceFen: Fen
  readonly bookBalanceFen: Fen
  readonly items: readonly OutstandingItem[]
  readonly adjustedBankFen: Fen
  readonly adjustedBookFen: Fen
  readonly agrees: boolean
}

/**
 * Reconciles one account at the end of a month. Adjusted bank = bank balance + what is booked but not at the bank; adjusted
 * book = book balance + what is at the bank but not booked. They agree when no line is lost.
 */
export function reconcile(input: {
  readonly period: Period
  readonly bankBalanceFen: Fen
  readonly bookBalanceFen: Fen
  readonly lines: readonly ReconcilableLine[]
  readonly postings: readonly ReconcilablePosting[]
}): Reconciliation {
  const items: OutstandingItem[] = []
  let adjustedBook: bigint = input.bookBalanceFen
  let adjustedBank: bigint = input.bankBalanceFen
  for (const line of input.lines) {
    if (periodOf(line.bookedOn) > input.period) continue
    if (line.postedIn !== null && line.postedIn <= input.period) continue
    // A line that moves nothing (不计收支, a closed order) is never booked and never missing.
    if (line.amountFen === 0n) continue
    adjustedBook += line.amountFen
    items.push({
      kind: line.amountFen < 0n ? 'bank-paid-not-booked' : 'bank-received-not-booked',
      on: line.bookedOn,
      amountFen: line.amountFen,
      reference: line.bankLine,
    })
  }
  for (const posting of input.postings) {
    const missing = posting.amountFen - posting.atBankFen
    if (periodOf(posting.occurredOn) > input.period || missing === 0n) continue
    adjustedBank += missing
    items.push({
      kind: missing < 0n ? 'booked-paid-not-banked' : 'booked-received-not-banked',
      on: posting.occurredOn,
      amountFen: fen(missing),
      reference: posting.voucher,
    })
  }
  items.sort((a, b) => (a.on === b.on ? (a.reference < b.reference ? -1 : 1) : a.on < b.on ? -1 : 1))
  return {
    period: input.period,
    bankBalanceFen: input.bankBalanceFen,
    bookBalanceFen: input.bookBalanceFen,
    items,
    adjustedBankFen: fen(adjustedBank),
    adjustedBookFen: fen(adjustedBook),
    agrees: adjustedBank === adjustedBook,
  }
}
