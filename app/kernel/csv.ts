/**
 * CSV for people who open it in a spreadsheet: RFC 4180, with a byte order mark so that Chinese comes out right, and no cell
 * that a spreadsheet would run as a formula. Pure.
 */
import { type Fen, formatYuanPlain } from './money.ts'

/** Text may have been written by anybody; amounts and numbers are ours and stay numbers. */
export type CsvCell = { readonly text: string } | { readonly amount: Fen } | { readonly number: number }

/** What makes a spreadsheet take a cell for a formula; the full-width forms count too, some programs fold them. */
const FORMULA = /^[=+\-@＝＋－＠\t\r\n]/

/** A text that is shown and never run: an apostrophe before what would begin a formula. */
function inert(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text
}

function cellText(cell: CsvCell): string {
  if ('amount' in cell) return formatYuanPlain(cell.amount)
  if ('number' in cell) return String(cell.number)
  const text = inert(cell.text)
  return /[",\r\n\t']/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** One record with its line end. */
export function csvRecord(cells: readonly CsvCell[]): string {
  return `${cells.map(cellText).join(',')}\r\n`
}

/** What a file begins with. */
export const CSV_START = '\ufeff'
