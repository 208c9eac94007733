/**
 * What is due in service fees for a month (应收), and what came in for it. Pure; totals only, never a household's arrears: the
 * books hold receipts by month and account, so there is nothing here from which one home's could be told.
 */
import { type AreaCentiM2, areaCentiM2, type Fen, fen, type Period, sumFen } from '#kernel'
import { UNIT_KINDS, type UnitKind } from '#people'
import { type FeeStandard, monthlyFee, rateOf } from './fee-standard.ts'

/**
 * A unit that owes. Whether it is delivered does not matter for how much: for what is unsold or not handed over the developer
 * pays (物业管理条例第41条).
 */
export interface ChargedUnit {
  readonly kind: UnitKind
  readonly areaCentiM2: AreaCentiM2
}

/** A kind of units by itself. */
export interface ReceivablePart {
  readonly kind: UnitKind
  readonly unitCount: number
  readonly areaCentiM2: AreaCentiM2
  readonly dueFen: Fen
}

export interface Receivable {
  readonly unitCount: number
  readonly dueFen: Fen
  /** By kind, in the order of `UNIT_KINDS`; kinds that owe nothing are left out. */
  readonly parts: readonly ReceivablePart[]
}

/** What the units owe for one month. */
export function receivableOf(units: readonly ChargedUnit[], standard: FeeStandard): Receivable {
  const parts = UNIT_KINDS.flatMap((kind): ReceivablePart[] => {
    const own = rateOf(standard, kind) === null ? [] : units.filter(unit => unit.kind === kind)
    if (own.length === 0) return []
    const area = own.reduce((sum, unit) => sum + unit.areaCentiM2, 0n)
    return [
      {
        kind,
        unitCount: own.length,
        areaCentiM2: areaCentiM2(area),
        dueFen: sumFen(own.map(unit => monthlyFee(standard, unit))),
      },
    ]
  })
  return {
    unitCount: parts.reduce((sum, part) => sum + part.unitCount, 0),
    dueFen: sumFen(parts.map(part => part.dueFen)),
    parts,
  }
}

/** Fewer units than this are not shown by themselves. */
const SMALLEST_PART = 3

/**
 * The parts that may stand by themselves in public. A kind of one or two units goes into the total; so does the next smallest
 * one where the difference would tell what was left out.
 */
export function publicParts(receivable: Receivable): readonly ReceivablePart[] {
  const shown = receivable.parts.filter(part => part.unitCount >= SMALLEST_PART)
  const countOf = (parts: readonly ReceivablePart[]) => parts.reduce((sum, part) => sum + part.unitCount, 0)
  const hidden = receivable.unitCount - countOf(shown)
  if (hidden === 0 || hidden >= SMALLEST_PART) return shown
  const least = shown.toSorted((a, b) => a.unitCount - b.unitCount)[0]
  return shown.filter(part => part !== least)
}

/** Fees for the running period, in advance, and for past periods: the accounts they are booked on, with all below. */
const CURRENT = '410101'
const PAST = '410102'
const ADVANCE = '410103'

/** What was due for some months and what came in in them, in fen. */
export interface Collection {
  readonly dueFen: Fen
  /** For the running period and in advance: what is set against `dueFen`. */
  readonly collectedFen: Fen
  /** Of that, in advance. */
  readonly advanceFen: Fen
  /** For past periods: beside it, not in it. */
  readonly pastFen: Fen
}

interface Turnover {
  readonly period: Period
  readonly account: string
  readonly creditFen: Fen
}

/** What came in in a month for service fees, set against what was due for it. */
export function collectionOf(month: Period, dueFen: Fen, turnovers: readonly Turnover[]): Collection {
  const received = (account: string) =>
    sumFen(
      turnovers
        .filter(row => row.period === month && row.account.startsWith(account))
        .map(row => row.creditFen),
    )
  const advanceFen = received(ADVANCE)
  return {
    dueFen,
    collectedFen: fen(received(CURRENT) + advanceFen),
    advanceFen,
    pastFen: received(PAST),
  }
}

/** Several months, or several communities, as one. */
export function sumCollections(collections: readonly Collection[]): Collection {
  const sum = (of: (each: Collection) => Fen) => sumFen(collections.map(of))
  return {
    dueFen: sum(each => each.dueFen),
    collectedFen: sum(each => each.collectedFen),
    advanceFen: sum(each => each.advanceFen),
    pastFen: sum(each => each.pastFen),
  }
}
