/** A voucher as one row of a list: what it moved in and out, as far as the filter counts it. Pure. */
import { type CivilDate, type Fen, type Period, sumFen } from '#kernel'
import { type Account, accountByCode, formatVoucherKey, type Posting, type VoucherKind } from '#ledger'
import type { VoucherWithPostings } from '#ledger/server'
import type { ListFilter } from './voucher-filter.ts'

export interface VoucherRow {
  readonly number: string
  readonly occurredOn: CivilDate
  readonly period: Period
  readonly kind: VoucherKind
  readonly narration: string
  readonly inFen: Fen
  readonly outFen: Fen
  /** The voucher's whole amount, whatever the filter. */
  readonly amountFen: Fen
  readonly reverses: string | null
  readonly replaces: string | null
  readonly leafIndex: number
  readonly leafSha256: string
}

type Counting = Pick<ListFilter, 'fund' | 'account' | 'direction'>

/**
 * What the postings moved in and out, gross, as the fund page counts it: a credit on a receipt or payment account is money
 * in, a debit money out; on a cash account that is asked for by name it is the other way round.
 */
export function movementOf(
  postings: readonly Posting[],
  accounts: readonly Account[],
  counting: Counting,
): { readonly inFen: Fen; readonly outFen: Fen } {
  const still = counting.fund === undefined ? ['cash', 'balance', 'interfund'] : ['cash', 'balance']
  const counted = postings.flatMap(posting => {
    const type = accountByCode(accounts, posting.account)?.type ?? 'cash'
    if (counting.fund !== undefined && posting.fund !== counting.fund) return []
    if (counting.account === undefined ? still.includes(type) : posting.account !== counting.account)
      return []
    const isIn = (posting.side === 'credit') !== (type === 'cash')
    return [{ direction: isIn ? 'in' : 'out', amount: posting.amountFen }]
  })
  const total = (direction: 'in' | 'out') =>
    sumFen(
      (counting.direction ?? direction) === direction
        ? counted.filter(each => each.direction === direction).map(each => each.amount)
        : [],
    )
  return { inFen: total('in'), outFen: total('out') }
}

/** One row. */
export function rowOf(
  voucher: VoucherWithPostings,
  accounts: readonly Account[],
  counting: Counting = {},
): VoucherRow {
  return {
    number: formatVoucherKey(voucher.key),
    occurredOn: voucher.occurredOn,
    period: voucher.period,
    kind: voucher.kind,
    narration: voucher.narration,
    ...movementOf(voucher.postings, accounts, counting),
    amountFen: voucher.amountFen,
    reverses: voucher.reverses && formatVoucherKey(voucher.reverses),
    replaces: voucher.replaces && formatVoucherKey(voucher.replaces),
    leafIndex: voucher.leafIndex,
    leafSha256: voucher.leafSha256,
  }
}
