/**
 * Reads how service fees come in against what is due, month by month: the units of the register as they were on the month's first
 * day, the standard of that month, and the roll-ups of the books. Months without a standard or without a register are left out.
 */
import type { Tx } from '#db'
import { addMonths, dateOf, type Fen, firstDayOf, fiscalYearOf, type Period, period, periodOf } from '#kernel'
import { readRegisterByDay } from '#people/server'
import type { Portal } from '#platform'
import { type FeeStandard, standardOf } from './fee-standard.ts'
import type { LedgerCommunity } from './read-chart.server.ts'
import { readFeeStandards } from './read-fee-standards.server.ts'
import {
  type Collection,
  collectionOf,
  publicParts,
  type Receivable,
  type ReceivablePart,
  receivableOf,
  sumCollections,
} from './receivable.ts'
import { readTurnovers } from './reconcile-bank.server.ts'

interface DueMonth {
  readonly period: Period
  readonly receivable: Receivable
}

/** What was due in each month from `from` to `until` that has a standard and a register, oldest first. */
async function readDueMonths(
  tx: Tx,
  communityId: number,
  from: Period,
  until: Period,
): Promise<readonly DueMonth[]> {
  const confirmed = await readFeeStandards(tx, communityId)
  const charged: { period: Period; standard: FeeStandard }[] = []
  for (let month = from; month <= until; month = addMonths(month, 1)) {
    const version = standardOf(confirmed, month)
    if (version !== null) charged.push({ period: month, standard: version.standard })
  }
  if (charged.length === 0) return []
  const days = charged.map(each => firstDayOf(each.period))
  const units = await readRegisterByDay(tx, communityId, days)
  return charged.flatMap(({ period: month, standard }) => {
    const registered = units.get(firstDayOf(month)) ?? []
    return registered.length === 0 ? [] : [{ period: month, receivable: receivableOf(registered, standard) }]
  })
}

/** What was due and what came in, by month: only months in which something was due. */
export async function readCollections(
  tx: Tx,
  communityId: number,
  from: Period,
  until: Period,
): Promise<ReadonlyMap<Period, Collection>> {
  const months = await readDueMonths(tx, communityId, from, until)
  const turnovers = months.length === 0 ? [] : await readTurnovers(tx, communityId, until)
  return new Map(
    months.map(month => [month.period, collectionOf(month.period, month.receivable.dueFen, turnovers)]),
  )
}

/** A year's collection so far. */
export interface YearCollection extends Collection {
  /** The first and the last month counted. */
  readonly from: Period
  readonly until: Period
  /** What the last of these months' due is made of: kinds large enough to stand by themselves. */
  readonly month: {
    readonly unitCount: number
    readonly dueFen: Fen
    readonly parts: readonly ReceivablePart[]
  }
}

/**
 * What was due and what came in in the fiscal year of `until`, over its whole months up to there; a month that still runs is not
 * counted. Null where nothing was due in them.
 */
export async function readYearCollection(
  portal: Portal,
  { communityId, firstPeriod }: LedgerCommunity,
  until: Period,
): Promise<YearCollection | null> {
  const lastWhole = addMonths(periodOf(dateOf(portal.clock.now())), -1)
  const last = until < lastWhole ? until : lastWhole
  const january = period(`${fiscalYearOf(until)}-01`)
  const from = january < firstPeriod ? firstPeriod : january
  return portal.db.transaction().execute(async tx => {
    const months = await readDueMonths(tx, communityId, from, last)
    const newest = months.at(-1)
    if (newest === undefined) return null
    const turnovers = await readTurnovers(tx, communityId, last)
    const { unitCount, dueFen } = newest.receivable
    return {
      ...sumCollections(months.map(each => collectionOf(each.period, each.receivable.dueFen, turnovers))),
      from: months[0]!.period,
      until: newest.period,
      month: { unitCount, dueFen, parts: publicParts(newest.receivable) },
    }
  })
}
