/**
 * Turns the rows beneath a header into bank lines under a mapping, listing every bad row at once. Reads each cell
 * strictly and keeps strangers' text verbatim; judges nothing about totals, balances or accounts.
 */
import { type CivilDate, type Fen, parsePeriod } from '#kernel'
import { cellAt, isBlankRow, plainCell, type Table, type TableRow } from '#tables'
import { type BankLine, type BankProblem, type BookedAt, bankProblem } from './bank-statement.ts'
import { type DateCell, parseAmountCell, parseDateCell, parseTimeCell } from './cell-values.ts'
import { type ColumnMapping, textAbove } from './column-mapping.ts'
import { type DirectionRule, type Movement, readMovement, settleDirection } from './direction.ts'
import { normalLabel } from './label.ts'
import { isLabelColumnsRow, isTotalRow } from './stated-facts.ts'
import { UNSETTLED_STATUS } from './vocabulary.ts'

/** A line with the row it came from. */
export interface ReadLine {
  readonly line: BankLine
  /** The row's text without its running number: equal for verbatim repeats. */
  readonly rowText: string
  readonly ownAccount: string
  readonly ownName: string
}

export interface ReadRows {
  readonly lines: readonly ReadLine[]
  /** Rows that are no lines: above the header, totals, notes. */
  readonly otherRows: readonly TableRow[]
  readonly problems: readonly BankProblem[]
}

interface Reading {
  readonly table: Table
  readonly mapping: ColumnMapping
  readonly rule: DirectionRule
  readonly asOf: CivilDate
  readonly statementMonth: string | null
  readonly width: number
}

/** Reads all rows beneath the header. Dates after `asOf` are refused. */
export function readLines(table: Table, mapping: ColumnMapping, asOf: CivilDate): ReadRows {
  const { candidates, otherRows } = separateRows(table, mapping)
  const reading: Reading = {
    table,
    mapping,
    rule: settleDirection(candidates, mapping),
    asOf,
    statementMonth: mapping.yearInTitle ? monthInTitle(textAbove(table, mapping.headerRow)) : null,
    width: headerWidth(table, mapping),
  }
  const problems: BankProblem[] = []
  const lines: ReadLine[] = []
  for (const row of candidates) {
    const before = problems.length
    const line = readLine(row, reading, problems)
    if (line && !problems.slice(before).some(problem => problem.severity === 'error')) lines.push(line)
  }
  const cut = cutLastRow(candidates, reading)
  if (cut) problems.push(cut)
  return { lines, otherRows, problems }
}

/** Which rows are lines and which are headers, totals, notes or blank. */
function separateRows(
  table: Table,
  mapping: ColumnMapping,
): { candidates: TableRow[]; otherRows: TableRow[] } {
  const candidates: TableRow[] = []
  const otherRows: TableRow[] = table.rows.slice(0, Math.max(mapping.headerRow, 0))
  const header = (table.rows[mapping.headerRow]?.cells ?? []).map(normalLabel).join('\t')
  let valuesOfLabels = false
  for (const row of table.rows.slice(mapping.headerRow + 1)) {
    if (isBlankRow(row) || row.cells.map(normalLabel).join('\t') === header) continue
    if (valuesOfLabels || !isLineRow(row, mapping)) {
      otherRows.push(row)
      valuesOfLabels = !valuesOfLabels && isLabelColumnsRow(row)
    } else candidates.push(row)
  }
  return { candidates, otherRows }
}

/** A row is a line when its date reads as one, or when it has an amount and does not open like a total. */
function isLineRow(row: TableRow, mapping: ColumnMapping): boolean {
  const { columns } = mapping
  const habits = { dayFirst: mapping.dayFirst, statementMonth: mapping.yearInTitle ? '2000-12' : null }
  const moneyColumns = [columns.in, columns.out, columns.amount, columns.refund]
  const money = moneyColumns.map(column => parseAmountCell(cellAt(row, column)))
  const hasMoney = money.some(reading => !reading.ok || typeof reading.value === 'object')
  const moved = money.some(
    reading => !reading.ok || (typeof reading.value === 'object' && reading.value.fen !== 0n),
  )
  const hasDate = columns.date.some(column => parseDateCell(cellAt(row, column), habits).ok)
  if (hasDate) return moved || !isTotalRow(row)
  if (isTotalRow(row)) return false
  const printed = row.cells.filter(cell => plainCell(cell) !== '').length
  return hasMoney && printed > 2 && !isLabelColumnsRow(row)
}

function readLine(row: TableRow, reading: Reading, problems: BankProblem[]): ReadLine | null {
  const { mapping } = reading
  const { columns } = mapping
  checkShape(row, reading, problems)
  const bookedAt = readBookedAt(row, reading, problems)
  const movement = readAmount(row, reading, problems)
  const balanceFen = readBalance(row, reading, problems)
  if (!bookedAt || !movement) return null
  const status = plainCell(cellAt(row, columns.status))
  const other = otherSide(row, mapping, movement.direction)
  const line: BankLine = {
    sourceLine: row.line,
    bookedAt,
    amountFen: movement.amountFen,
    direction: movement.direction,
    balanceFen,
    counterpartyName: textOrNothing(other.name),
    counterpartyAccount: identifier(row, other.accountColumn, reading, problems) ?? '',
    narration: narrationText(row, mapping),
    serial: serialOf(row, reading, problems),
    status,
    settled: !UNSETTLED_STATUS.test(status),
    reversal: movement.reversal,
    currency: currencyOf(plainCell(cellAt(row, columns.currency)) || movement.currency || ''),
    feeFen: amountOrNull(cellAt(row, columns.fee)),
  }
  if (!line.settled) problems.push(bankProblem('not-settled', { line: row.line }, { status }))
  if (line.currency !== 'CNY')
    problems.push(bankProblem('currency-foreign', { line: row.line }, { currency: line.currency }))
  return { line, rowText: rowTextOf(row, mapping), ownAccount: other.ownAccount, ownName: other.ownName }
}

function headerOf(reading: Reading, column: number | null | undefined): string | null {
  if (column === null || column === undefined) return null
  const { table, mapping } = reading
  for (const index of [mapping.headerRow, mapping.headerRow - 1]) {
    const row = table.rows[index]
    const text = row ? plainCell(cellAt(row, column)) : ''
    if (text !== '') return text
  }
  return String(column + 1)
}

function checkShape(row: TableRow, reading: Reading, problems: BankProblem[]): void {
  const { table, width, mapping } = reading
  if (table.source === 'csv' && mapping.headerRow >= 0) {
    const extra = row.cells.slice(width).filter(cell => plainCell(cell) !== '')
    if (extra.length > 0)
      problems.push(
        bankProblem(
          'row-too-wide',
          { line: row.line },
          { expected: String(width), extra: extra.join(' | ') },
        ),
      )
  }
  const { date, narration, ...single } = mapping.columns
  for (const column of new Set([...date, single.in, single.out, single.amount, single.balance])) {
    if (column !== undefined && row.uncached?.includes(column))
      problems.push(bankProblem('formula-uncached', { line: row.line, column: headerOf(reading, column) }))
  }
}

function readBookedAt(row: TableRow, reading: Reading, problems: BankProblem[]): BookedAt | null {
  const { columns, dayFirst } = reading.mapping
  const column = columns.date.find(candidate => plainCell(cellAt(row, candidate)) !== '') ?? columns.date[0]
  const value = cellAt(row, column)
  const date = parseDateCell(value, { dayFirst, statementMonth: reading.statementMonth })
  const place = { line: row.line, column: headerOf(reading, column) }
  if (!date.ok) {
    problems.push(bankProblem(date.error, place, { value: plainCell(value) }))
    return null
  }
  if (date.value.date > reading.asOf) {
    problems.push(bankProblem('date-future', place, { value: plainCell(value), asOf: reading.asOf }))
    return null
  }
  const time = parseTimeCell(cellAt(row, columns.time))
  if (time.ok) return { date: date.value.date, time: time.value ?? midnightIsNoTime(date.value) }
  const facts = { value: plainCell(cellAt(row, columns.time)) }
  problems.push(
    bankProblem('time-malformed', { line: row.line, column: headerOf(reading, columns.time) }, facts),
  )
  return null
}

/** A spreadsheet prints 00:00:00 behind a bare date; it says nothing about the hour. */
function midnightIsNoTime(date: DateCell): string | null {
  return date.time === '00:00:00' ? null : date.time
}

function readAmount(row: TableRow, reading: Reading, problems: BankProblem[]): Movement | null {
  const movement = readMovement(row, reading.mapping, reading.rule)
  if (!movement.ok) {
    const { code, column, value } = movement.error
    problems.push(
      bankProblem(code, { line: row.line, column: headerOf(reading, column) }, { value: plainCell(value) }),
    )
    return null
  }
  if (movement.value.unknownWord !== null) {
    const column = headerOf(reading, reading.mapping.columns.direction)
    const facts = { value: movement.value.unknownWord }
    problems.push(bankProblem('direction-unknown', { line: row.line, column }, facts))
  }
  return movement.value
}

function readBalance(row: TableRow, reading: Reading, problems: BankProblem[]): Fen | null {
  const column = reading.mapping.columns.balance
  const value = cellAt(row, column)
  const amount = parseAmountCell(value)
  const place = { line: row.line, column: headerOf(reading, column) }
  if (!amount.ok) {
    const code = amount.error === 'amount-sub-fen' ? 'amount-sub-fen' : 'balance-malformed'
    problems.push(bankProblem(code, place, { value: plainCell(value) }))
    return null
  }
  if (amount.value === 'masked')
    problems.push(bankProblem('balance-masked', place, { value: plainCell(value) }))
  return typeof amount.value === 'object' ? amount.value.fen : null
}

/** Counterparty of the line; with a payer and payee pair the own side is the other one. */
function otherSide(row: TableRow, mapping: ColumnMapping, direction: string) {
  const { columns } = mapping
  const pair = columns.payerAccount !== undefined && columns.payeeAccount !== undefined
  const paid = direction === 'out'
  const own = plainCell(cellAt(row, columns.ownAccount))
  const ownName = plainCell(cellAt(row, columns.ownName))
  if (!pair) {
    return {
      name: cellAt(row, columns.counterpartyName),
      accountColumn: columns.counterpartyAccount,
      ownAccount: own,
      ownName,
    }
  }
  return {
    name: cellAt(row, paid ? columns.payeeName : columns.payerName),
    accountColumn: paid ? columns.payeeAccount : columns.payerAccount,
    ownAccount: own || plainCell(cellAt(row, paid ? columns.payerAccount : columns.payeeAccount)),
    ownName: ownName || plainCell(cellAt(row, paid ? columns.payerName : columns.payeeName)),
  }
}

/** Text as typed but for padding at its end; fillers such as `/`, `--` and `-------------------` are nothing. */
function verbatim(text: string): string {
  const kept = text.replace(/[\s\u3000]+$/, '').replace(/^`/, '')
  return /^[\s/-]*$/.test(kept) ? '' : kept
}

function textOrNothing(text: string): string {
  return verbatim(plainCell(text))
}

/** All narration columns, each once. */
function narrationText(row: TableRow, mapping: ColumnMapping): string {
  const texts = mapping.columns.narration
    .map(column => verbatim(cellAt(row, column)))
    .filter(text => text !== '')
  return [...new Set(texts)].join('；')
}

/** An account or serial; null when blank, or when a spreadsheet kept it as a number and rounded it. */
function identifier(
  row: TableRow,
  column: number | undefined,
  reading: Reading,
  problems: BankProblem[],
): string | null {
  const value = textOrNothing(cellAt(row, column))
  if (value === '' || column === undefined) return null
  const digits = value.replace(/\D/g, '').length
  if (!row.numeric?.includes(column) || (digits <= 15 && !/e\+/i.test(value))) return value
  const place = { line: row.line, column: headerOf(reading, column) }
  problems.push(bankProblem('identifier-rounded', place, { value }))
  return null
}

function serialOf(row: TableRow, reading: Reading, problems: BankProblem[]): string | null {
  const { serial, refundSerial } = reading.mapping.columns
  for (const column of [refundSerial, serial]) {
    const value = identifier(row, column, reading, problems)
    if (value !== null && !/^[0*.\s-]*$/.test(value)) return value
  }
  return null
}

/** Renminbi in all its spellings is `CNY`; anything else as printed. */
function currencyOf(text: string): string {
  const plain = text.normalize('NFKC').trim().toUpperCase()
  return plain === '' || /^-+$/.test(plain) || /^(人民币元?|CNY|RMB|156|01|10|¥)$/.test(plain) ? 'CNY' : plain
}

function amountOrNull(text: string): Fen | null {
  const amount = parseAmountCell(text)
  return amount.ok && typeof amount.value === 'object' ? amount.value.fen : null
}

function rowTextOf(row: TableRow, mapping: ColumnMapping): string {
  const cells = row.cells.map((cell, column) => (column === mapping.columns.sequence ? '' : plainCell(cell)))
  while (cells.at(-1) === '') cells.pop()
  return cells.join('\u0000')
}

function headerWidth(table: Table, mapping: ColumnMapping): number {
  const cells = [mapping.headerRow, mapping.headerRow - 1].flatMap(index => {
    const header = table.rows[index]
    return header ? [header.cells.findLastIndex(cell => plainCell(cell) !== '') + 1] : []
  })
  return Math.max(0, ...cells)
}

/** The last row of a text file that stops without an end of line, shorter than every other row: it was cut. */
function cutLastRow(rows: readonly TableRow[], reading: Reading): BankProblem | null {
  const { table, width } = reading
  const last = rows.at(-1)
  if (table.source !== 'csv' || table.endsWithNewline || !last || last !== table.rows.at(-1)) return null
  const others = rows.slice(0, -1)
  const isShort = last.cells.length < width && others.every(row => row.cells.length > last.cells.length)
  return isShort ? bankProblem('file-truncated', { line: last.line }, { expected: String(width) }) : null
}

/** `2024年01月` in a title as `2024-01`; null when it names none. */
function monthInTitle(text: string): string | null {
  const match = /(\d{4})年(\d{1,2})月/.exec(text.normalize('NFKC'))
  if (!match) return null
  const month = parsePeriod(`${match[1]}-${match[2]!.padStart(2, '0')}`)
  return month.ok ? month.value : null
}
