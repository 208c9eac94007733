/** What checks of an archive find: a name for every fact, and what speaks against it. */

/** The facts of an archive besides those of its polls, in the order in which they are read. */
export const ARCHIVE_FACTS = [
  'files',
  'log-leaves',
  'log-root',
  'log-signature',
  'ledger-record',
  'ledger-vouchers',
  'ledger-postings',
  'ledger-numbers',
  'ledger-balances',
  'ledger-months',
  'ledger-statements',
  'polls',
  'newer-log',
  'newer-ledger',
  'newer-polls',
] as const
export type ArchiveFactName = (typeof ARCHIVE_FACTS)[number]

/** A fact with the first thing that was found against it; null where nothing was. */
export interface Finding {
  readonly name: ArchiveFactName
  readonly problem: string | null
}

/** The first problem of some rows; null when there is none. */
export function firstProblem<Row>(rows: Iterable<Row>, find: (row: Row) => string | null): string | null {
  for (const row of rows) {
    const problem = find(row)
    if (problem !== null) return problem
  }
  return null
}
