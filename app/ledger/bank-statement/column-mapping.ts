/**
 * Which column of a table is what: found by the vocabulary, suggested from the contents, or made by a person and
 * remembered under the signature of the header. One mapping type for all three, so that there is one reader.
 */
import { canonicalBytes, err, ok, type Result, sha256Hex } from '#kernel'
import { cellAt, isBlankRow, type Table, type TableRow } from '#tables'
import { parseAmountCell, parseDateCell } from './cell-values.ts'
import { normalLabel } from './label.ts'
import type { AmountSign, BankLayout } from './layout.ts'
import { layoutOf } from './layouts.ts'
import {
  BANK_DIRECTION_WORDS,
  COLUMN_ROLES,
  COLUMN_WORDS,
  type ColumnRole,
  type DirectionWords,
} from './vocabulary.ts'

/** Columns from 0. `date` and `narration` may name several: the first with something in it, and all of them joined. */
export interface MappedColumns {
  readonly date: readonly number[]
  readonly time?: number
  readonly in?: number
  readonly out?: number
  readonly amount?: number
  readonly direction?: number
  readonly balance?: number
  readonly counterpartyName?: number
  readonly counterpartyAccount?: number
  readonly payerName?: number
  readonly payerAccount?: number
  readonly payeeName?: number
  readonly payeeAccount?: number
  readonly narration: readonly number[]
  readonly serial?: number
  readonly currency?: number
  readonly status?: number
  readonly fee?: number
  readonly ownAccount?: number
  readonly ownName?: number
  readonly sequence?: number
  readonly refund?: number
  readonly refundSerial?: number
}

/** How to read the rows beneath a header. Plain JSON, so that it can be stored for the next file of that bank. */
export interface ColumnMapping {
  /** Index in `table.rows` of the last row of the header; -1 when the first row is already a line. */
  readonly headerRow: number
  readonly columns: MappedColumns
  /** Needed with `amount` and without `direction`; null lets the contents decide. */
  readonly amountSign: AmountSign | null
  readonly directionWords: DirectionWords
  readonly dayFirst: boolean
  readonly yearInTitle: boolean
}

/** `mapping-unfit` says which part: a column beyond the table, no date, no amount, two ways at once. */
export type MappingProblem = {
  readonly code: 'mapping-unfit'
  readonly reason: 'no-date' | 'no-amount' | 'two-ways' | 'out-of-range'
}

/** A header found in a table. */
export interface FoundHeader {
  /** Index of its last row. */
  readonly row: number
  /** Labels as `normalLabel` writes them, two-row headers joined. */
  readonly labels: readonly string[]
}

const HEADER_SEARCH_ROWS = 200

/** Words that a single column name stands for; a role that a family overrides has only the family's words. */
function wordsOf(role: ColumnRole, layout?: BankLayout): readonly string[] {
  return layout?.columns?.[role] ?? COLUMN_WORDS[role]
}

function rolesOf(label: string): readonly ColumnRole[] {
  return label === '' ? [] : COLUMN_ROLES.filter(role => COLUMN_WORDS[role].includes(label))
}

/** Header score: how many columns are known words; 0 without a date or an amount. */
function scoreOf(labels: readonly string[]): number {
  const roles = labels.map(rolesOf)
  const has = (role: ColumnRole) => roles.some(found => found.includes(role))
  if (!has('date') || !(has('amount') || has('in') || has('out'))) return 0
  return roles.filter(found => found.length > 0).length
}

/** Labels of a header that runs over two rows (发生额 over 借方 and 贷方); null when the second row is no header. */
function twoRowLabels(top: readonly string[], below: TableRow | undefined): string[] | null {
  if (!below) return null
  const bottom = below.cells.map(normalLabel)
  const printed = bottom.filter(label => label !== '')
  const isHeader = printed.length > 0 && printed.every(label => rolesOf(label).length > 0)
  if (!isHeader || !bottom.some(label => COLUMN_WORDS.in.includes(label) || COLUMN_WORDS.out.includes(label)))
    return null
  return Array.from({ length: Math.max(top.length, bottom.length) }, (_, i) => bottom[i] || top[i] || '')
}

/** The row that reads most like a header, or null. */
export function findHeader(table: Table): FoundHeader | null {
  let best: FoundHeader | null = null
  let bestScore = 2
  table.rows.slice(0, HEADER_SEARCH_ROWS).forEach((row, index) => {
    const single = row.cells.map(normalLabel)
    const double = twoRowLabels(single, table.rows[index + 1])
    const score = scoreOf(single)
    const doubleScore = double ? scoreOf(double) : 0
    if (double && doubleScore >= score && doubleScore > bestScore) {
      best = { row: index + 1, labels: double }
      bestScore = doubleScore
    } else if (score > bestScore) {
      best = { row: index, labels: single }
      bestScore = score
    }
  })
  return best
}

/** Everything printed above a row, for titles. */
export function textAbove(table: Table, row: number): string {
  return table.rows
    .slice(0, Math.max(row, 0))
    .map(above => above.cells.join(' '))
    .join('\n')
}

/** The mapping of a found header under its family's habits. */
export function mappingOf(table: Table, header: FoundHeader): { layout: BankLayout; mapping: ColumnMapping } {
  const layout = layoutOf(header.labels, textAbove(table, header.row))
  const columnOf = (role: ColumnRole): number | undefined => {
    const column = wordsOf(role, layout)
      .map(word => header.labels.indexOf(word))
      .find(index => index >= 0)
    return column
  }
  const taken = new Set<number>()
  const columns: Record<string, number | number[]> = {}
  const timed = separateTime(table, header)
  const dates = wordsOf('date', layout)
    .map(word => header.labels.indexOf(word))
    .filter(index => index >= 0 && index !== timed)
  columns.date = layout.habits?.dateFallsBack ? dates : dates.slice(0, 1)
  if (timed !== undefined) columns.time = timed
  for (const column of [...dates, timed ?? -1]) taken.add(column)
  for (const role of COLUMN_ROLES) {
    if (role === 'date' || role === 'time' || role === 'narration') continue
    const column = columnOf(role)
    if (column === undefined || taken.has(column)) continue
    columns[role] = column
    taken.add(column)
  }
  columns.narration = [
    ...new Set(
      wordsOf('narration', layout)
        .flatMap(word => header.labels.flatMap((label, index) => (label === word ? [index] : [])))
        .filter(index => !taken.has(index)),
    ),
  ]
  addRefundColumns(columns, header.labels, layout)
  dropShadowedAmounts(columns)
  const mapping: ColumnMapping = {
    headerRow: header.row,
    columns: columns as unknown as MappedColumns,
    amountSign: layout.habits?.amountSign ?? null,
    directionWords: layout.habits?.directionWords ?? BANK_DIRECTION_WORDS,
    dayFirst: layout.habits?.dayFirst ?? false,
    yearInTitle: layout.habits?.yearInTitle ?? false,
  }
  return { layout, mapping }
}

/** With a column for each side, a single amount or a mark beside them says nothing more. */
function dropShadowedAmounts(columns: Record<string, number | number[]>): void {
  if (columns.in === undefined || columns.out === undefined) return
  delete columns.amount
  delete columns.direction
}

function addRefundColumns(
  columns: Record<string, number | number[]>,
  labels: readonly string[],
  layout: BankLayout,
): void {
  const refund = labels.indexOf(layout.habits?.refundColumn ?? '\0')
  const refundSerial = labels.indexOf(layout.habits?.refundSerialColumn ?? '\0')
  if (refund >= 0) columns.refund = refund
  if (refundSerial >= 0) columns.refundSerial = refundSerial
}

/**
 * The column of times beside a column of dates. 交易时间 may be either: what stands beneath it decides, and without rows
 * it is a time only when another column is the date.
 */
function separateTime(table: Table, header: FoundHeader): number | undefined {
  const candidates = COLUMN_WORDS.time.map(word => header.labels.indexOf(word)).filter(index => index >= 0)
  const column = candidates[0]
  if (column === undefined) return undefined
  const otherDate = header.labels.some(
    (label, index) => index !== column && COLUMN_WORDS.date.includes(label),
  )
  if (!otherDate) return undefined
  const sample = table.rows
    .slice(header.row + 1, header.row + 40)
    .map(row => cellAt(row, column))
    .filter(cell => cell.trim() !== '')
  if (sample.length === 0) return column
  const whole = sample.filter(cell => parseDateCell(cell).ok).length
  return whole * 2 > sample.length ? undefined : column
}

/**
 * The signature of a header row, by which a mapping is remembered for that bank: SHA-256 of its normalised labels, in
 * order, without empty ones at the end.
 */
export function headerSignature(table: Table, row: number): string {
  const labels = (table.rows[row]?.cells ?? []).map(normalLabel)
  while (labels.at(-1) === '') labels.pop()
  return sha256Hex(canonicalBytes(labels))
}

/** The row whose header has a remembered signature; null when there is none. */
export function findSignature(table: Table, signature: string): number | null {
  const limit = Math.min(table.rows.length, HEADER_SEARCH_ROWS)
  for (let row = 0; row < limit; row++) if (headerSignature(table, row) === signature) return row
  return null
}

/** Checks a mapping made by a person against the table it is for. */
export function checkColumnMapping(
  table: Table,
  mapping: ColumnMapping,
): Result<ColumnMapping, MappingProblem> {
  const { date, narration, ...single } = mapping.columns
  const width = Math.max(0, ...table.rows.map(row => row.cells.length))
  const used = [...date, ...narration, ...Object.values(single).filter(column => column !== undefined)]
  const unfit = (reason: MappingProblem['reason']) => err<MappingProblem>({ code: 'mapping-unfit', reason })
  const inRange = used.every(column => Number.isSafeInteger(column) && column >= 0 && column < width)
  if (!inRange || mapping.headerRow < -1 || mapping.headerRow >= table.rows.length)
    return unfit('out-of-range')
  if (date.length === 0) return unfit('no-date')
  const sided = single.in !== undefined || single.out !== undefined
  if (!sided && single.amount === undefined) return unfit('no-amount')
  if (sided && (single.amount !== undefined || single.direction !== undefined)) return unfit('two-ways')
  const money = [single.in, single.out, single.amount, single.balance].filter(column => column !== undefined)
  if (new Set(money).size !== money.length) return unfit('two-ways')
  return ok(mapping)
}

/** What a column of a table seems to hold. */
interface ColumnProfile {
  readonly column: number
  readonly dates: number
  readonly amounts: number
  readonly decimals: number
  readonly filled: number
  readonly digits: number
  readonly marks: number
}

function profileOf(rows: readonly TableRow[], column: number): ColumnProfile {
  const cells = rows.map(row => cellAt(row, column).trim()).filter(cell => cell !== '')
  const share = (test: (cell: string) => boolean) => cells.filter(test).length
  const words = BANK_DIRECTION_WORDS
  return {
    column,
    filled: cells.length,
    dates: share(cell => parseDateCell(cell).ok),
    amounts: share(cell => {
      const amount = parseAmountCell(cell)
      return amount.ok && typeof amount.value === 'object'
    }),
    decimals: share(cell => /^[-+(]?[\d,]+\.\d{1,2}\)?$/.test(cell)),
    digits: share(cell => /^[\d*]{8,}$/.test(cell.replace(/\s/g, ''))),
    marks: share(cell => words.in.includes(normalLabel(cell)) || words.out.includes(normalLabel(cell))),
  }
}

/**
 * A first guess for the manual mapping screen when no header is known: known words first, then what the columns hold.
 * The guess is only shown; nothing is read with it before a person agrees.
 */
export function suggestColumnMapping(table: Table): ColumnMapping {
  const found = findHeader(table)
  if (found) return mappingOf(table, found).mapping
  const width = Math.max(0, ...table.rows.slice(0, 500).map(row => row.cells.length))
  const dateRows = table.rows.map(row => row.cells.findIndex(cell => parseDateCell(cell).ok))
  const firstLine = dateRows.findIndex(
    (column, index) => column >= 0 && (table.rows[index]?.cells.length ?? 0) > 2,
  )
  const headerRow = firstLine < 0 ? 0 : firstLine - 1
  const rows = table.rows.slice(Math.max(firstLine, 0), firstLine + 300).filter(row => !isBlankRow(row))
  const profiles = Array.from({ length: width }, (_, column) => profileOf(rows, column))
  return { ...guessColumns(table, headerRow, profiles), headerRow }
}

function guessColumns(
  table: Table,
  headerRow: number,
  profiles: readonly ColumnProfile[],
): Omit<ColumnMapping, 'headerRow'> {
  const labels = (table.rows[headerRow]?.cells ?? []).map(normalLabel)
  const known = (role: ColumnRole) =>
    profiles.find(p => rolesOf(labels[p.column] ?? '').includes(role))?.column
  const date = known('date') ?? [...profiles].sort((a, b) => b.dates - a.dates).find(p => p.dates > 0)?.column
  const money = profiles.filter(p => p.decimals * 2 > p.filled && p.filled > 0 && p.column !== date)
  const full = money.filter(p => money.every(other => other.filled <= p.filled))
  const sparse = money.filter(p => !full.includes(p))
  const balance = known('balance') ?? (money.length > 1 ? full.at(-1)?.column : undefined)
  const rest = money.filter(p => p.column !== balance).map(p => p.column)
  const sided = sparse.length === 2
  const direction = known('direction') ?? profiles.find(p => p.marks > 0 && p.marks === p.filled)?.column
  const isTaken = (p: ColumnProfile) => [date, balance, direction, ...rest].includes(p.column)
  const account =
    known('counterpartyAccount') ??
    profiles.find(p => !isTaken(p) && p.digits > 0 && p.digits * 2 > p.filled)?.column
  const used = [date, balance, direction, account, ...rest]
  const texts = profiles.filter(
    p => !used.includes(p.column) && p.filled > 0 && p.amounts === 0 && p.dates === 0,
  )
  const name = known('counterpartyName') ?? texts[0]?.column
  const columns: MappedColumns = {
    date: date === undefined ? [] : [date],
    narration: texts.map(p => p.column).filter(column => column !== name),
    ...(sided
      ? { out: sparse[0]!.column, in: sparse[1]!.column }
      : {
          ...(rest[0] === undefined ? {} : { amount: rest[0] }),
          ...(direction === undefined ? {} : { direction }),
        }),
    ...(balance === undefined ? {} : { balance }),
    ...(account === undefined ? {} : { counterpartyAccount: account }),
    ...(name === undefined ? {} : { counterpartyName: name }),
  }
  return {
    columns,
    amountSign: null,
    directionWords: BANK_DIRECTION_WORDS,
    dayFirst: false,
    yearInTitle: false,
  }
}
