/** Closed months with their statements, newest first: every version that was ever issued, and months that wait for one. Never writes. */
import { addMonths, type CivilDate, type Period, periodOf } from '#kernel'
import { type LedgerCommunity, readFund } from '#ledger/server'
import type { Portal } from '#platform'
import { readStatements } from '#statements/server'

export interface StatementRow {
  readonly period: Period
  /** Null while the closed month waits for its statement. */
  readonly version: number | null
  readonly state: 'current' | 'superseded' | 'making' | 'closed'
  readonly issuedAt: Date | null
  readonly digest: string | null
  readonly reason: string | null
  readonly isTimestamped: boolean
}

export interface StatementRows {
  readonly asOf: Date | null
  readonly reconciledThrough: CivilDate | null
  readonly rows: readonly StatementRow[]
}

/** The rows of the statements page. */
export async function readStatementRows(portal: Portal, community: LedgerCommunity): Promise<StatementRows> {
  const { asOf, reconciledThrough } = await readFund(portal, community, null)
  const issued = (await readStatements(portal, community)).map(
    (statement): StatementRow => ({
      period: statement.period,
      version: statement.version,
      state: statement.file === null ? 'making' : statement.isSuperseded ? 'superseded' : 'current',
      issuedAt: statement.issuedAt,
      digest: statement.digest,
      reason: statement.reason,
      isTimestamped: statement.file?.level === 'B-T',
    }),
  )
  const waiting: StatementRow[] = []
  const lastClosed = reconciledThrough === null ? null : periodOf(reconciledThrough)
  for (
    let month = community.firstPeriod;
    lastClosed !== null && month <= lastClosed;
    month = addMonths(month, 1)
  ) {
    if (issued.some(row => row.period === month)) continue
    waiting.push({
      period: month,
      version: null,
      state: 'closed',
      issuedAt: null,
      digest: null,
      reason: null,
      isTimestamped: false,
    })
  }
  const rows = [...issued, ...waiting].sort((a, b) =>
    a.period === b.period ? (b.version ?? 0) - (a.version ?? 0) : a.period < b.period ? 1 : -1,
  )
  return { asOf, reconciledThrough, rows }
}
