/**
 * What a bank, WeChat or Alipay file says, line by line, and what we think of it. Types and small facts only: nothing
 * here reads a file, and no text for people is built here (codes and facts; the words live in i18n).
 */
import { type CivilDate, type Fen, fen } from '#kernel'

/** By the words or column of the file: money received, money paid, or neither (不计收支, zero lines, unknown words). */
export type BankDirection = 'in' | 'out' | 'neutral'

/** When the bank says it happened. `time` is `HH:MM:SS` or null when the file states none. */
export interface BookedAt {
  readonly date: CivilDate
  readonly time: string | null
}

/** One line (银行流水) as stated. */
export interface BankLine {
  /** Physical line of a text file, or row of a sheet, from 1. */
  readonly sourceLine: number
  readonly bookedAt: BookedAt
  /**
   * Effect on the account: positive received, negative paid. A red entry (红字冲正) keeps its side: a payment reversed
   * has direction `out` and a positive amount. A neutral line carries the amount as printed, its effect is unknown.
   */
  readonly amountFen: Fen
  readonly direction: BankDirection
  readonly balanceFen: Fen | null
  readonly counterpartyName: string
  readonly counterpartyAccount: string
  /** 摘要, 用途 and 附言 verbatim, joined; may hold anything a stranger typed, formulas and HTML included. */
  readonly narration: string
  /** The bank's own number of the line; null when absent, all zeros, masked or rounded by a spreadsheet. */
  readonly serial: string | null
  /** Status as printed (支付成功, 交易关闭 ...), empty when the file has none. */
  readonly status: string
  /** False when the status says that no money moved (交易关闭, 失败). */
  readonly settled: boolean
  /** True for a negative amount on its own side. */
  readonly reversal: boolean
  /** ISO code or the file's own word; `CNY` when the file states none. */
  readonly currency: string
  /** Fee stated beside the amount (WeChat merchant), when it is whole fen. */
  readonly feeFen: Fen | null
}

/** Totals the file states about itself; null where it does not. */
export interface StatedTotals {
  readonly line: number | null
  readonly count: number | null
  readonly inCount: number | null
  readonly outCount: number | null
  readonly neutralCount: number | null
  readonly inFen: Fen | null
  readonly outFen: Fen | null
  readonly neutralFen: Fen | null
}

export const NO_STATED_TOTALS: StatedTotals = {
  line: null,
  count: null,
  inCount: null,
  outCount: null,
  neutralCount: null,
  inFen: null,
  outFen: null,
  neutralFen: null,
}

/** A bank statement (银行对账单) as read, lines in file order, verbatim repeats counted once. */
export interface BankStatement {
  readonly layout: string
  readonly bank: string | null
  readonly encoding: string
  readonly accountNumber: string | null
  readonly accountHolder: string | null
  readonly lines: readonly BankLine[]
  readonly stated: StatedTotals
  readonly statedOpeningFen: Fen | null
  readonly statedClosingFen: Fen | null
  /** Stated, else derived from the balance column; null without balances. */
  readonly openingFen: Fen | null
  readonly closingFen: Fen | null
  /** True when every balance follows from the one before; null when the file has no balances. */
  readonly balanceChainOk: boolean | null
}

export type BankOutcome = 'accept' | 'hold' | 'reject'

/** `error` refuses the file, `hold` waits for an explicit confirmation, `notice` is only said. */
export type BankProblemSeverity = 'error' | 'hold' | 'notice'

/** Every code with what it does to the outcome. The order is the order of the catalogue of messages. */
export const BANK_PROBLEM_SEVERITY = {
  'file-empty': 'error',
  'file-too-large': 'error',
  'file-truncated': 'error',
  'encoding-broken': 'error',
  'nul-byte': 'error',
  'line-too-long': 'error',
  'too-many-rows': 'error',
  'too-many-columns': 'error',
  'csv-quotes-broken': 'error',
  'csv-quote-swallows-lines': 'error',
  'format-pdf': 'error',
  'format-image': 'error',
  'format-archive': 'error',
  'format-mt940': 'error',
  'format-camt': 'error',
  'format-ofx': 'error',
  'format-unknown': 'error',
  'markup-dtd': 'error',
  'markup-broken': 'error',
  'workbook-broken': 'error',
  'workbook-encrypted': 'error',
  'workbook-too-large': 'error',
  'workbook-too-slow': 'error',
  'workbook-no-visible-sheet': 'error',
  'layout-unknown': 'error',
  'mapping-unfit': 'error',
  'date-missing': 'error',
  'date-malformed': 'error',
  'date-serial': 'error',
  'date-ambiguous': 'error',
  'date-future': 'error',
  'time-malformed': 'error',
  'amount-missing': 'error',
  'amount-malformed': 'error',
  'amount-sub-fen': 'error',
  'amount-too-large': 'error',
  'amount-both-sides': 'error',
  'balance-malformed': 'error',
  'direction-missing': 'error',
  'row-too-wide': 'error',
  'formula-uncached': 'error',
  'total-mismatch': 'hold',
  'count-mismatch': 'hold',
  'balance-break': 'hold',
  'opening-mismatch': 'hold',
  'closing-mismatch': 'hold',
  'account-mismatch': 'hold',
  'account-mixed': 'hold',
  'direction-unknown': 'hold',
  'other-sheets': 'hold',
  'duplicate-line': 'notice',
  'serial-reused': 'notice',
  'balance-masked': 'notice',
  'identifier-rounded': 'notice',
  'currency-foreign': 'notice',
  'not-settled': 'notice',
  'hidden-rows': 'notice',
  'hidden-sheets': 'notice',
  'statement-empty': 'notice',
} as const satisfies Record<string, BankProblemSeverity>

export type BankProblemCode = keyof typeof BANK_PROBLEM_SEVERITY

/** One thing to say about the file. `facts` fill the message: every value is already text. */
export interface BankProblem {
  readonly code: BankProblemCode
  readonly severity: BankProblemSeverity
  /** Line or row from 1; null when it is about the whole file. */
  readonly line: number | null
  /** Header of the column as printed; null when it is about the row. */
  readonly column: string | null
  readonly facts: Readonly<Record<string, string>>
}

/** A problem of a code, at a place. */
export function bankProblem(
  code: BankProblemCode,
  place: { readonly line?: number | null; readonly column?: string | null } = {},
  facts: Readonly<Record<string, string>> = {},
): BankProblem {
  const { line = null, column = null } = place
  return { code, severity: BANK_PROBLEM_SEVERITY[code], line, column, facts }
}

/** reject with any error, hold with anything to confirm, else accept. */
export function outcomeOf(problems: readonly BankProblem[]): BankOutcome {
  if (problems.some(problem => problem.severity === 'error')) return 'reject'
  return problems.some(problem => problem.severity === 'hold') ? 'hold' : 'accept'
}

/** Rows and absolute sums by stated direction. A reversal lessens its own side. */
export interface BankLineSums {
  readonly rows: number
  readonly rowsIn: number
  readonly rowsOut: number
  readonly rowsNeutral: number
  readonly sumInFen: Fen
  readonly sumOutFen: Fen
  readonly sumNeutralFen: Fen
}

/** Counts and sums of lines. */
export function sumBankLines(lines: readonly BankLine[]): BankLineSums {
  const rows = { in: 0, out: 0, neutral: 0 }
  const sums = { in: 0n, out: 0n, neutral: 0n }
  for (const line of lines) {
    rows[line.direction] += 1
    sums[line.direction] += line.direction === 'out' ? -line.amountFen : line.amountFen
  }
  return {
    rows: lines.length,
    rowsIn: rows.in,
    rowsOut: rows.out,
    rowsNeutral: rows.neutral,
    sumInFen: fen(sums.in),
    sumOutFen: fen(sums.out),
    sumNeutralFen: fen(sums.neutral),
  }
}
