/**
 * How fees come in, month by month, in fen. Where a standard of fees was in force: what came in beside what was due. Where none was:
 * beside a twelfth of the year's budget, because without a standard nothing says what is due; the page names which of the two it is.
 * Pure. A community's month is compared in one way; months of several communities are added up for each way apart.
 */
import { addMonths, type Fen, fen, fiscalYearOf, type Period, sumFen } from '#kernel'
import { type Collection, sumCollections } from '#ledger'

/** Service fees, whatever month they are for. */
const FEE_ACCOUNTS = '4101'

/** Fees received, whatever month they are for, beside a twelfth of the budget; nothing is planned where the year has no budget. */
export interface PlannedFees {
  readonly receivedFen: Fen
  readonly plannedFen: Fen
}

export interface FeeMonth {
  readonly period: Period
  /** By the standard in force; null where none was. */
  readonly collection: Collection | null
  /** By the budget, where no standard was in force; null where one was. */
  readonly planned: PlannedFees | null
}

interface Turnover {
  readonly period: Period
  readonly account: string
  readonly creditFen: Fen
}

interface YearBudget {
  readonly fiscalYear: number
  readonly account: string
  readonly direction: 'in' | 'out'
  readonly amountFen: Fen
}

/** What a year's sum plans for its months 1 to n: the twelve parts add up to the year to the fen. */
function plannedUpTo(yearFen: bigint, months: number): bigint {
  return (yearFen * BigInt(months)) / 12n
}

function plannedIn(month: Period, budget: readonly YearBudget[]): bigint {
  const year = fiscalYearOf(month)
  const yearFen = budget
    .filter(
      line => line.fiscalYear === year && line.direction === 'in' && line.account.startsWith(FEE_ACCOUNTS),
    )
    .reduce((sum, line) => sum + line.amountFen, 0n)
  const place = Number(month.slice(5, 7))
  return plannedUpTo(yearFen, place) - plannedUpTo(yearFen, place - 1)
}

function plannedFees(
  month: Period,
  turnovers: readonly Turnover[],
  budget: readonly YearBudget[],
): PlannedFees {
  const received = turnovers.filter(each => each.period === month && each.account.startsWith(FEE_ACCOUNTS))
  return {
    receivedFen: sumFen(received.map(each => each.creditFen)),
    plannedFen: fen(plannedIn(month, budget)),
  }
}

/** The months from `from` to `until`, oldest first; `collections` are those of the months with a standard in force. */
export function feeTrend(
  turnovers: readonly Turnover[],
  budget: readonly YearBudget[],
  collections: ReadonlyMap<Period, Collection>,
  from: Period,
  until: Period,
): readonly FeeMonth[] {
  const months: FeeMonth[] = []
  for (let month = from; month <= until; month = addMonths(month, 1)) {
    const collection = collections.get(month) ?? null
    const planned = collection === null ? plannedFees(month, turnovers, budget) : null
    months.push({ period: month, collection, planned })
  }
  return months
}

function rolledUp(period: Period, months: readonly FeeMonth[]): FeeMonth {
  const collections = months.flatMap(month => month.collection ?? [])
  const planned = months.flatMap(month => month.planned ?? [])
  return {
    period,
    collection: collections.length === 0 ? null : sumCollections(collections),
    planned:
      planned.length === 0
        ? null
        : {
            receivedFen: sumFen(planned.map(each => each.receivedFen)),
            plannedFen: sumFen(planned.map(each => each.plannedFen)),
          },
  }
}

/** Months of several communities as one row for each month, oldest first; with and without a standard each by itself. */
export function rollUpFees(months: readonly FeeMonth[]): readonly FeeMonth[] {
  return [...new Set(months.map(month => month.period))].sort().map(period =>
    rolledUp(
      period,
      months.filter(month => month.period === period),
    ),
  )
}

/** A level with the last month of the communities below it. */
export interface LevelFees<Level> {
  readonly level: Level
  /** How many communities below it were counted: those that have been checked since that month ended. */
  readonly communityCount: number
  readonly month: FeeMonth
}

/**
 * The last month of communities, rolled up for each level that they lie below: the newest month that any of them has. In the order
 * in which the levels come up; a community that nobody has placed is below none.
 */
export function feesByLevel<Level extends { readonly code: string }>(
  placed: readonly { readonly path: readonly Level[]; readonly fees: FeeMonth | null }[],
): readonly LevelFees<Level>[] {
  const levels = new Map(placed.flatMap(({ path }) => path.map(level => [level.code, level] as const)))
  return [...levels.values()].flatMap((level): LevelFees<Level>[] => {
    const below = placed.filter(({ path }) => path.some(each => each.code === level.code))
    const months = below.flatMap(({ fees }) => fees ?? [])
    const newest = rollUpFees(months).at(-1)
    if (newest === undefined) return []
    const communityCount = months.filter(month => month.period === newest.period).length
    return [{ level, communityCount, month: newest }]
  })
}

/** One of the two comparisons of a month: a part of a whole, both in fen. */
export interface FeeComparison {
  readonly period: Period
  readonly against: 'due' | 'budget'
  readonly partFen: Fen
  readonly wholeFen: Fen
  /** Received for past periods, beside the part; null where the books are compared with the budget, which has them in it. */
  readonly pastFen: Fen | null
}

/** The comparisons of a month, by the standard first. */
export function comparisonsOf({ period, collection, planned }: FeeMonth): readonly FeeComparison[] {
  const due: FeeComparison[] =
    collection === null
      ? []
      : [
          {
            period,
            against: 'due',
            partFen: collection.collectedFen,
            wholeFen: collection.dueFen,
            pastFen: collection.pastFen,
          },
        ]
  const budget: FeeComparison[] =
    planned === null
      ? []
      : [
          {
            period,
            against: 'budget',
            partFen: planned.receivedFen,
            wholeFen: planned.plannedFen,
            pastFen: null,
          },
        ]
  return [...due, ...budget]
}
