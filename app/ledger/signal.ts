/**
 * Payments worth a second look. Pure functions over a community's own recent payments; each says what was seen and which other
 * vouchers it was seen beside, and none says what it means: most have a good reason, and the answer is that reason.
 */
import { type CivilDate, dateOf, daysBetween, type Fen, isWorkingDay } from '#kernel'
import type { Mark } from './relation.ts'

/** Every kind, in the order in which pages list them. */
export const SIGNAL_KINDS = [
  'split',
  'same-invoice',
  'same-picture',
  'round-sum',
  'new-payee',
  'account-changed',
  'shared-mark',
  'weekend',
  'hasty',
  'price',
] as const
export type SignalKind = (typeof SIGNAL_KINDS)[number]

/** A payment as signals see it. `payee` compares and is never shown; digests likewise. */
export interface PaymentSeen {
  /** `2026-0042`; null while it is a draft. */
  readonly voucher: string | null
  readonly payee: string | null
  readonly amountFen: Fen
  readonly occurredOn: CivilDate
  /** Fund and account of its largest expense. */
  readonly purpose: string
  /** Digests of the pictures among its documents. */
  readonly pictures: readonly string[]
  readonly invoices: readonly string[]
  readonly marks: readonly Mark[]
  readonly draftedAt: Date
  /** The last release; for a draft, the moment it is looked at. */
  readonly releasedAt: Date
}

export interface Signal {
  readonly kind: SignalKind
  /** Vouchers it was seen beside, oldest first. */
  readonly others: readonly string[]
}

const SPLIT_DAYS = 7
const ROUND_FEN = 100_000n
const ROUND_FROM_FEN = 500_000n
const AT_ONCE_MS = 24 * 3_600_000
const HASTY_MS = 60_000
/** Fewer earlier payments of a kind say nothing about what it usually costs. */
const PRICE_HISTORY_MIN = 3
const numbersOf = (payments: readonly PaymentSeen[]) =>
  payments.flatMap(({ voucher }) => (voucher === null ? [] : [voucher])).sort()

/** Payments to one payee within a week, each below a threshold and together at or above it. */
export function splitBeside(
  payment: PaymentSeen,
  history: readonly PaymentSeen[],
  thresholdFen: Fen | null,
): readonly PaymentSeen[] {
  if (thresholdFen === null || payment.payee === null || payment.amountFen >= thresholdFen) return []
  const beside = history.filter(
    other =>
      other.payee === payment.payee &&
      other.amountFen < thresholdFen &&
      Math.abs(daysBetween(other.occurredOn, payment.occurredOn)) < SPLIT_DAYS,
  )
  const together = beside.reduce((sum, other) => sum + other.amountFen, payment.amountFen as bigint)
  return together >= thresholdFen ? beside : []
}

/** True for an amount of whole thousands, from five thousand yuan on, that this payee was not paid before. */
export function isRoundSum(payment: PaymentSeen, history: readonly PaymentSeen[]): boolean {
  const { amountFen, payee } = payment
  const isRound = amountFen >= ROUND_FROM_FEN && amountFen % ROUND_FEN === 0n
  return isRound && !history.some(other => other.payee === payee && other.amountFen === amountFen)
}

/** True when the money is released on a day on which offices rest: a holiday is one, a Saturday that is worked (调休) is none. */
export function isRestDay(at: Date): boolean {
  return !isWorkingDay(dateOf(at))
}

/** The middle amount; of two middle ones the lower, so that it is an amount that was paid. */
export function lowerMedian(amounts: readonly bigint[]): bigint {
  const sorted = [...amounts].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  return sorted[(sorted.length - 1) >> 1]!
}

/** True when a payment is more than twice, or less than half, of what this community usually paid for the same. */
export function isFarFromUsual(payment: PaymentSeen, history: readonly PaymentSeen[]): boolean {
  const alike = history.filter(other => other.purpose === payment.purpose && other.payee === payment.payee)
  if (alike.length < PRICE_HISTORY_MIN) return false
  const usual = lowerMedian(alike.map(other => other.amountFen))
  return payment.amountFen > usual * 2n || payment.amountFen * 2n < usual
}

const bankAccounts = (payment: PaymentSeen) =>
  payment.marks.filter(mark => mark.kind === 'bank-account').map(mark => mark.digest)

/** The payee's newest payment with a known bank account, when that account is another one than now. */
export function accountBefore(payment: PaymentSeen, history: readonly PaymentSeen[]): PaymentSeen | null {
  const now = bankAccounts(payment)
  if (now.length === 0 || payment.payee === null) return null
  const before = history.find(other => other.payee === payment.payee && bankAccounts(other).length > 0)
  return before !== undefined && !bankAccounts(before).some(digest => now.includes(digest)) ? before : null
}

function sharesMark(payment: PaymentSeen, other: PaymentSeen): boolean {
  return (
    other.payee !== payment.payee &&
    payment.marks.some(mark =>
      other.marks.some(their => their.kind === mark.kind && their.digest === mark.digest),
    )
  )
}

/**
 * Every signal of a payment, in the order of the kinds. `history` holds the community's recent payments, newest first, without
 * this one; `thresholdFen` is the amount from which more people would be asked.
 */
export function signalsOf(
  payment: PaymentSeen,
  history: readonly PaymentSeen[],
  thresholdFen: Fen | null,
): Signal[] {
  const isAnyIn = (mine: readonly string[], theirs: readonly string[]) =>
    mine.some(each => theirs.includes(each))
  const took = payment.releasedAt.getTime() - payment.draftedAt.getTime()
  const isNew = payment.payee !== null && !history.some(other => other.payee === payment.payee)
  const before = accountBefore(payment, history)
  const seen: Readonly<Record<SignalKind, boolean | readonly PaymentSeen[]>> = {
    split: splitBeside(payment, history, thresholdFen),
    'same-invoice': history.filter(other => isAnyIn(payment.invoices, other.invoices)),
    'same-picture': history.filter(other => isAnyIn(payment.pictures, other.pictures)),
    'round-sum': isRoundSum(payment, history),
    'new-payee': isNew && took < AT_ONCE_MS,
    'account-changed': before === null ? [] : [before],
    'shared-mark': history.filter(other => sharesMark(payment, other)),
    weekend: isRestDay(payment.releasedAt),
    hasty: took < HASTY_MS,
    price: isFarFromUsual(payment, history),
  }
  return SIGNAL_KINDS.flatMap(kind => {
    const found = seen[kind]
    if (typeof found === 'boolean') return found ? [{ kind, others: [] }] : []
    return found.length === 0 ? [] : [{ kind, others: numbersOf(found) }]
  })
}
