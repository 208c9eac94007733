/** What `import` says of a file, as its JSON has it: a format that other people's programs read. Adding is free, changing is not. */
import type { BankProblem } from '#ledger'
import type { readBankStatementFile } from '#ledger/server'

/** What the reader makes of a file. */
export type Reading = Awaited<ReturnType<typeof readBankStatementFile>>

/** One problem in the JSON. `message` is Chinese, then English. */
interface ReportedProblem {
  readonly line: number | null
  readonly column: string | null
  readonly severity: BankProblem['severity']
  readonly code: BankProblem['code']
  readonly message: string
}

/** One file in the JSON; amounts are fen as decimal strings. A rejected file has no rows: nothing of it counts. */
export interface ImportReport {
  readonly file: string
  readonly layout: string | null
  /** The change by which two officers agreed to the columns; null for a known layout, and in a dry run. */
  readonly mapping: string | null
  readonly bank: string | null
  readonly encoding: string | null
  readonly outcome: Reading['outcome']
  readonly rows: number
  readonly rows_in: number
  readonly rows_out: number
  readonly rows_neutral: number
  readonly sum_in_fen: string
  readonly sum_out_fen: string
  readonly sum_neutral_fen: string
  readonly date_min: string | null
  readonly date_max: string | null
  readonly opening_fen: string | null
  readonly closing_fen: string | null
  readonly balance_chain_ok: boolean | null
  readonly posted_new: number
  readonly already_there: number
  readonly problems: readonly ReportedProblem[]
}
