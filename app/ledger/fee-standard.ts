/**
 * The standard of service fees (收费标准): what a unit of each kind owes a month, from a month on, and on which vote or contract
 * that rests. Pure, exact integers: prices in fen, areas in 0.01 m². Rounded once for each unit, half up to the fen
 * (四舍五入到分): the sum of a month is the sum of what the homes are asked for, and no home is asked for another figure.
 */
import {
  type AreaCentiM2,
  type CanonicalValue,
  err,
  type Fen,
  fen,
  ok,
  type Period,
  type Result,
  ZERO_FEN,
} from '#kernel'
import { UNIT_KINDS, type UnitKind } from '#people'

/** What a price is for: a square metre, or the whole unit (a parking space). */
export const FEE_BASES = ['m2', 'unit'] as const
export type FeeBasis = (typeof FEE_BASES)[number]

export interface FeeRate {
  readonly unitKind: UnitKind
  readonly per: FeeBasis
  /** For a month. */
  readonly priceFen: Fen
}

export interface FeeStandard {
  /** The first month it holds for. */
  readonly from: Period
  /** In the order of `UNIT_KINDS`, one for each kind at most; a kind without one owes nothing. */
  readonly rates: readonly FeeRate[]
  /** The vote of this community that set it; empty where it rests on something else. */
  readonly poll: string
  /** SHA-256 of the published contract that set it; empty where there is none. */
  readonly document: string
}

export interface FeeStandardProblem {
  readonly code:
    | 'fee-rates-missing'
    | 'fee-price-unfit'
    | 'fee-basis-unfit'
    | 'fee-from-too-early'
    | 'fee-poll-malformed'
    | 'fee-document-malformed'
  /** The field it is about, as forms call it. */
  readonly name: string
}

/** No community asks ten thousand yuan a month for a square metre or a space: it is a slip of the finger. */
const HIGHEST_PRICE_FEN = 1_000_000n

/** The field of a kind's price. */
export function priceField(kind: UnitKind): string {
  return `price-${kind}`
}

/**
 * The first thing that no standard could mean. `before` is the one that was confirmed last: a newer one begins with its month
 * at the earliest, so that which one holds for a month is never in doubt; with the same month it takes its place.
 */
export function checkFeeStandard(
  standard: FeeStandard,
  before: FeeStandard | null,
): Result<null, FeeStandardProblem> {
  if (standard.rates.length === 0) return err({ code: 'fee-rates-missing', name: priceField(UNIT_KINDS[0]) })
  for (const { unitKind, per, priceFen } of standard.rates) {
    const name = priceField(unitKind)
    if (priceFen <= 0n || priceFen > HIGHEST_PRICE_FEN) return err({ code: 'fee-price-unfit', name })
    if (per === 'unit' && unitKind !== 'parking') return err({ code: 'fee-basis-unfit', name: 'per-parking' })
  }
  if (before !== null && standard.from < before.from) return err({ code: 'fee-from-too-early', name: 'from' })
  if (!/^[0-9A-Za-z-]{0,64}$/.test(standard.poll)) return err({ code: 'fee-poll-malformed', name: 'feePoll' })
  return /^(?:[0-9a-f]{64})?$/.test(standard.document)
    ? ok(null)
    : err({ code: 'fee-document-malformed', name: 'document' })
}

/** True when two standards say the same, or neither is there. */
export function isSameStandard(a: FeeStandard | null, b: FeeStandard | null): boolean {
  const textOf = (each: FeeStandard | null) => (each === null ? '' : JSON.stringify(feeMembers(each)))
  return textOf(a) === textOf(b)
}

/** The standard that holds for a month: the last confirmed of those that have begun. `confirmed` in the order of the log. */
export function standardOf<Version extends { readonly standard: FeeStandard }>(
  confirmed: readonly Version[],
  month: Period,
): Version | null {
  return confirmed.filter(({ standard }) => standard.from <= month).at(-1) ?? null
}

/** The price of a kind; null where the standard asks nothing of it. */
export function rateOf(standard: FeeStandard, kind: UnitKind): FeeRate | null {
  return standard.rates.find(rate => rate.unitKind === kind) ?? null
}

/** What a unit owes a month, rounded half up to the fen. */
export function monthlyFee(
  standard: FeeStandard,
  unit: { readonly kind: UnitKind; readonly areaCentiM2: AreaCentiM2 },
): Fen {
  const rate = rateOf(standard, unit.kind)
  if (rate === null) return ZERO_FEN
  return rate.per === 'unit' ? rate.priceFen : fen((unit.areaCentiM2 * rate.priceFen + 50n) / 100n)
}

/** The members as they are stored and logged. */
export function feeMembers(standard: FeeStandard): { readonly [name: string]: CanonicalValue | undefined } {
  const { from, rates, poll, document } = standard
  return {
    from,
    rates: rates.map(({ unitKind, per, priceFen }) => ({ kind: unitKind, per, fen: priceFen.toString() })),
    poll: poll === '' ? undefined : poll,
    document: document === '' ? undefined : document,
  }
}

/** Reads stored members back: they are what `feeMembers` gave. */
export function feeStandardOf(members: CanonicalValue): FeeStandard {
  const stored = members as unknown as {
    readonly from: Period
    readonly rates: readonly { readonly kind: UnitKind; readonly per: FeeBasis; readonly fen: string }[]
    readonly poll?: string
    readonly document?: string
  }
  return {
    from: stored.from,
    rates: stored.rates.map(({ kind, per, fen: price }) => ({
      unitKind: kind,
      per,
      priceFen: fen(BigInt(price)),
    })),
    poll: stored.poll ?? '',
    document: stored.document ?? '',
  }
}
