/** Reads the standards of service fees as they were confirmed by two sides: for what is due, for officers, and for the public. */
import type { Tx } from '#db'
import { listConfirmedChanges } from '#db/ledger'
import { dateOf, type Period, periodOf } from '#kernel'
import type { Portal } from '#platform'
import { decodeControlChange } from './control-change.ts'
import { type FeeStandard, standardOf } from './fee-standard.ts'
import type { LedgerCommunity } from './read-chart.server.ts'
import { viewsOf } from './read-controls.server.ts'

/** A confirmed standard; versions count from 1 in the order of the log. */
export interface FeeStandardVersion {
  readonly version: number
  readonly standard: FeeStandard
  /** On what it rests (依据), in words. */
  readonly basis: string
}

/** Every confirmed standard, oldest first. */
export async function readFeeStandards(tx: Tx, communityId: number): Promise<readonly FeeStandardVersion[]> {
  const rows = await listConfirmedChanges(tx, communityId, ['fee-standard'])
  return rows.flatMap((row, at) => {
    const change = decodeControlChange(row.content)
    if (change.kind !== 'fee-standard') return []
    return [{ version: at + 1, standard: change.standard, basis: change.reason }]
  })
}

/** The standard of a month; null where none is in force. */
export async function readFeeStandardOf(
  tx: Tx,
  communityId: number,
  month: Period,
): Promise<FeeStandardVersion | null> {
  return standardOf(await readFeeStandards(tx, communityId), month)
}

/** What anybody may see: the standard of this month, those that begin later, and how every one came about, newest first. */
export async function readPublicFeeStandards(portal: Portal, { communityId }: LedgerCommunity) {
  const rows = await listConfirmedChanges(portal.db, communityId, ['fee-standard'])
  const views = await viewsOf(portal.db, communityId, rows)
  const month = periodOf(dateOf(portal.clock.now()))
  const confirmed = await readFeeStandards(portal.db, communityId)
  return {
    month,
    inForce: standardOf(confirmed, month),
    later: confirmed.filter(each => each.standard.from > month),
    versions: views.map((view, at) => ({ ...view, version: at + 1 })).reverse(),
  }
}
