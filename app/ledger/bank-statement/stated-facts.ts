/**
 * What a file says about itself above, below and between its lines: account, holder, totals, opening and closing
 * balance. Reads labels and their values; never counts lines itself.
 */
import { type Fen, fen } from '#kernel'
import { cellAt, plainCell, type TableRow } from '#tables'
import { NO_STATED_TOTALS, type StatedTotals } from './bank-statement.ts'
import { parseAmountCell } from './cell-values.ts'
import type { MappedColumns } from './column-mapping.ts'
import { normalLabel } from './label.ts'
import {
  CLOSING_ROW,
  LABEL_WORDS,
  type LabelRole,
  OPENING_ROW,
  PART_TOTAL_ROW,
  TOTAL_ROW,
} from './vocabulary.ts'

export interface StatedFacts {
  readonly accountNumber: string | null
  /** Line on which the account number stands. */
  readonly accountLine: number | null
  readonly accountHolder: string | null
  readonly openingFen: Fen | null
  readonly closingFen: Fen | null
  /** One entry per place that states totals; several when the file has pages. */
  readonly totals: readonly StatedTotals[]
}

type Draft = { -readonly [Key in keyof StatedTotals]: StatedTotals[Key] }

interface Gathering {
  accountNumber: string | null
  accountLine: number | null
  accountHolder: string | null
  openingFen: Fen | null
  closingFen: Fen | null
  labelled: Draft
  rowTotals: StatedTotals[]
}

/**
 * Reads the facts from the rows that are no lines. `columns` places the sums of a 合计 row beneath the header, which ends on
 * `headerLine`; above it labels have their value beside them.
 */
export function readStatedFacts(
  rows: readonly TableRow[],
  columns: MappedColumns,
  headerLine: number,
): StatedFacts {
  const gathering: Gathering = {
    accountNumber: null,
    accountLine: null,
    accountHolder: null,
    openingFen: null,
    closingFen: null,
    labelled: { ...NO_STATED_TOTALS },
    rowTotals: [],
  }
  rows.forEach((row, index) => {
    if (row.line > headerLine && readTotalRow(row, columns, gathering)) return
    if (readLabelColumns(row, rows[index + 1], gathering)) return
    readWalletSentence(row, gathering)
    for (const [label, value] of labelledValues(row)) takeLabelled(label, value, row.line, gathering)
  })
  const { labelled } = gathering
  const hasLabelled = Object.entries(labelled).some(([key, value]) => key !== 'line' && value !== null)
  return {
    accountNumber: gathering.accountNumber,
    accountLine: gathering.accountLine,
    accountHolder: gathering.accountHolder,
    openingFen: gathering.openingFen,
    closingFen: gathering.closingFen,
    totals: hasLabelled ? [labelled, ...gathering.rowTotals] : gathering.rowTotals,
  }
}

const TOTAL_WORDS = [TOTAL_ROW, PART_TOTAL_ROW, OPENING_ROW, CLOSING_ROW]

/** What a row of totals or of an opening balance calls itself; null for any other row. */
function totalLabelOf(row: TableRow): string | null {
  const labels = row.cells.map(normalLabel).filter(label => label !== '')
  const first = labels[0] ?? ''
  if (SIDE_ROW.test(first) || TOTAL_WORDS.some(word => word.test(first))) return first
  return labels.find(label => OPENING_ROW.test(label) || CLOSING_ROW.test(label)) ?? null
}

/** True for a row that opens with 合计, `54 收` and the like, or names an opening or closing balance. */
export function isTotalRow(row: TableRow): boolean {
  return totalLabelOf(row) !== null
}

/** `54 收` and `17 支`, as the Agricultural Bank ends its sheets. */
const SIDE_ROW = /^(\d+)笔?(收|支)$/

function amountIn(text: string): Fen | null {
  const amount = parseAmountCell(text)
  return amount.ok && typeof amount.value === 'object' ? amount.value.fen : null
}

const magnitude = (amount: Fen | null): Fen | null => (amount !== null && amount < 0n ? fen(-amount) : amount)

function readTotalRow(row: TableRow, columns: MappedColumns, gathering: Gathering): boolean {
  const label = totalLabelOf(row)
  if (label === null) return false
  const side = SIDE_ROW.exec(label)
  if (side) {
    const isIn = side[2] === '收'
    const sum = amountIn(cellAt(row, isIn ? columns.in : columns.out))
    Object.assign(gathering.labelled, { line: row.line })
    Object.assign(gathering.labelled, isIn ? { inCount: Number(side[1]) } : { outCount: Number(side[1]) })
    Object.assign(gathering.labelled, isIn ? { inFen: sum } : { outFen: sum })
    return true
  }
  if (OPENING_ROW.test(label)) gathering.openingFen = amountIn(cellAt(row, columns.balance))
  else if (CLOSING_ROW.test(label)) gathering.closingFen = amountIn(cellAt(row, columns.balance))
  else if (TOTAL_ROW.test(label) && !PART_TOTAL_ROW.test(label)) {
    const count = row.cells
      .map(cell => /^(\d+)笔$/.exec(normalLabel(cell))?.[1])
      .find(found => found !== undefined)
    const totals: StatedTotals = {
      ...NO_STATED_TOTALS,
      line: row.line,
      count: count === undefined ? null : Number(count),
      inFen: magnitude(amountIn(cellAt(row, columns.in))),
      outFen: magnitude(amountIn(cellAt(row, columns.out))),
    }
    if (totals.count === null && totals.inFen === null && totals.outFen === null) return false
    gathering.rowTotals.push(totals)
  } else return PART_TOTAL_ROW.test(label)
  return true
}

/** Labels side by side with their values in the row beneath (the totals of a WeChat merchant's bill). */
export function isLabelColumnsRow(row: TableRow): boolean {
  const printed = row.cells.filter(cell => plainCell(cell) !== '')
  const labels = printed.filter(cell => labelRoleOf(cell) !== null || MERCHANT_TOTALS.has(normalLabel(cell)))
  const isMost =
    labels.length * 2 >= printed.length || printed.some(cell => normalLabel(cell) === '总交易单数')
  return labels.length >= 2 && isMost && printed.every(cell => !/\d/.test(cell))
}

const MERCHANT_TOTALS: ReadonlyMap<string, 'count' | 'inSum' | 'outSum'> = new Map([
  ['总交易单数', 'count'],
  ['应结订单总金额', 'inSum'],
  ['退款总金额', 'outSum'],
])

function readLabelColumns(row: TableRow, below: TableRow | undefined, gathering: Gathering): boolean {
  if (!below || !isLabelColumnsRow(row) || !row.cells.some(cell => MERCHANT_TOTALS.has(normalLabel(cell))))
    return false
  row.cells.forEach((cell, column) => {
    const role = MERCHANT_TOTALS.get(normalLabel(cell)) ?? labelRoleOf(cell)
    if (role) takeRole(role, plainCell(cellAt(below, column)), below.line, gathering)
  })
  return true
}

/** `收入：2笔 250.00元`, `共43笔记录`, `支出合计：7笔，共-88.53元`, `支出：16笔(含4笔部分退款)，1648.43元`. */
function readWalletSentence(row: TableRow, gathering: Gathering): void {
  const text = row.cells
    .join(' ')
    .normalize('NFKC')
    .replace(/,(?=\d{3}\b)/g, '')
  const total = /共[:]?(\d+)笔(?:记录|交易)/.exec(text)
  if (total) Object.assign(gathering.labelled, { line: row.line, count: Number(total[1]) })
  const sides = /(已?收入|已?支出|不计收支|中性交易)(?:合计)?:(\d+)笔(?:\([^)]*\))?[\s,]*共?(-?[\d.]+)元/g
  for (const [, word, count, sum] of text.matchAll(sides)) {
    const amount = magnitude(amountIn(sum!))
    const side = word!.endsWith('收入') ? 'in' : word!.endsWith('支出') ? 'out' : 'neutral'
    Object.assign(gathering.labelled, { line: gathering.labelled.line ?? row.line })
    Object.assign(gathering.labelled, { [`${side}Count`]: Number(count), [`${side}Fen`]: amount })
  }
}

function labelRoleOf(text: string): LabelRole | null {
  const label = normalLabel(text).replace(/^#+/, '')
  return label === '' ? null : (LABEL_WORDS.find(([, words]) => words.test(label))?.[0] ?? null)
}

/** Pairs of label and value: `账号：123` inside one cell (or one of its lines), or a label and the next filled cell. */
function labelledValues(row: TableRow): [string, string][] {
  const pairs: [string, string][] = []
  row.cells.forEach((cell, column) => {
    const parts = cell.normalize('NFKC').split(/\n|[;]|\s{2,}|(?<=\S)\s+(?=[^\s:]{2,8}:)/)
    for (const part of parts) {
      const inner = /^\s*([^:]+):\s*(\S.*)$/.exec(part)
      if (inner) pairs.push([inner[1]!, inner[2]!])
    }
    if (labelRoleOf(cell) === null) return
    const value = row.cells.slice(column + 1).find(next => plainCell(next) !== '')
    if (value !== undefined && labelRoleOf(value) === null) pairs.push([cell, value])
  })
  return pairs
}

function takeLabelled(label: string, value: string, line: number, gathering: Gathering): void {
  const role = labelRoleOf(label)
  if (role) takeRole(role, plainCell(value), line, gathering)
}

function takeRole(role: LabelRole, value: string, line: number, gathering: Gathering): void {
  const { labelled } = gathering
  const amount = amountIn(value)
  const count = /^(\d+)笔?$/.exec(value.replaceAll(',', ''))?.[1]
  if (role === 'account') {
    const account = accountIn(value)
    if (account !== null && gathering.accountNumber === null) {
      gathering.accountNumber = account
      gathering.accountLine = line
    }
  } else if (role === 'holder') gathering.accountHolder ??= value.replace(/^\[(.*)\]$/, '$1')
  else if (role === 'opening') gathering.openingFen ??= amount
  else if (role === 'closing') gathering.closingFen ??= amount
  else if (role === 'inSum' && amount !== null) Object.assign(labelled, { line, inFen: magnitude(amount) })
  else if (role === 'outSum' && amount !== null) Object.assign(labelled, { line, outFen: magnitude(amount) })
  else if (role === 'inCount' && count) Object.assign(labelled, { line, inCount: Number(count) })
  else if (role === 'outCount' && count) Object.assign(labelled, { line, outCount: Number(count) })
  else if (role === 'count' && count) Object.assign(labelled, { line, count: Number(count) })
}

/** An account number as printed, without spaces and brackets; null when it is none. */
export function accountIn(text: string): string | null {
  const plain = plainCell(text)
    .normalize('NFKC')
    .replace(/[\s[\]-]/g, '')
  return /^(?=.*\d{4})[\dx*]{8,}$/i.test(plain) || /^[^\s@]+@[^\s@]+$/.test(plain) ? plain : null
}
