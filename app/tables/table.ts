/**
 * The grid that every readable file becomes before anyone asks what it says: rows of text cells with their place in the
 * file. Text stays verbatim; nothing here knows a bank or a roll.
 */

/** What kind of file the grid came from. */
export type TableSource = 'csv' | 'xlsx' | 'xls' | 'html' | 'xml'

export interface TableRow {
  /** Physical line or sheet row, from 1. */
  readonly line: number
  readonly cells: readonly string[]
  /** Columns whose cell is a number in the workbook (a long identifier there has been rounded). */
  readonly numeric?: readonly number[]
  /** Columns whose cell is a formula without a stored value: never evaluated, so unknown. */
  readonly uncached?: readonly number[]
  readonly hidden?: boolean
}

export interface Table {
  readonly source: TableSource
  /** Name of the sheet of a workbook; null for a file that is one table. */
  readonly sheet: string | null
  /** `utf-8`, `gb18030`, `utf-16le`, `utf-16be`, or `binary` for workbooks. */
  readonly encoding: string
  readonly rows: readonly TableRow[]
  /** False when a text file stops without an end of line: its last row may be cut. */
  readonly endsWithNewline: boolean
  readonly hiddenSheets: readonly string[]
  /** Visible sheets with something in them that were not read. */
  readonly otherSheets: readonly string[]
}

/** The cell, or empty text beyond the end of a short row. */
export function cellAt(row: TableRow, column: number | undefined): string {
  return column === undefined ? '' : (row.cells[column] ?? '')
}

/** Cell text without padding, Excel's `="..."` armour, and the leading ' or ` that exports use against rounding. */
export function plainCell(text: string): string {
  const trimmed = text.trim()
  const armoured = /^="([^"]*)"$/.exec(trimmed)
  return (armoured ? armoured[1]! : trimmed.replace(/^[`']/, '')).trim()
}

/** True when nothing is printed in the row. */
export function isBlankRow(row: TableRow): boolean {
  return row.cells.every(cell => plainCell(cell) === '')
}
