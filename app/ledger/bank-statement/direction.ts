/**
 * Which way the money of a line went, and by how much. The rule is settled once for a whole file (banks never mix their
 * codings within one), then applied to every row; a row that does not fit is refused, never guessed.
 */
import { err, type Fen, fen, ok, type Result, ZERO_FEN } from '#kernel'
import { cellAt, type TableRow } from '#tables'
import type { BankDirection, BankProblemCode } from './bank-statement.ts'
import { type AmountCell, type AmountReading, parseAmountCell } from './cell-values.ts'
import type { ColumnMapping } from './column-mapping.ts'
import { normalLabel } from './label.ts'
import type { AmountSign } from './layout.ts'
import { CARD_IN_WORDS, CARD_OUT_WORDS, REVERSAL_WORDS } from './vocabulary.ts'

/** The rule of one file. */
export interface DirectionRule {
  /** Null for columns or marks: the sign says nothing. */
  readonly sign: AmountSign | null
  /** The column of payments prints its amounts with a minus (Alipay business). */
  readonly paidIsNegative: boolean
  /** The single amount column prints its sign beside the mark (HSBC). */
  readonly markedIsSigned: boolean
}

/** What one row moved. */
export interface Movement {
  readonly direction: BankDirection
  readonly amountFen: Fen
  readonly reversal: boolean
  readonly currency: string | null
  /** The word in the direction column is none that we know: the line is neutral and the file held. */
  readonly unknownWord: string | null
}

/** Why a row has no movement, and in which column. */
export interface MovementProblem {
  readonly code: BankProblemCode
  readonly column: number | null
  readonly value: string
}

const isAmount = (reading: Result<AmountReading, unknown>): reading is { ok: true; value: AmountCell } =>
  reading.ok && typeof reading.value === 'object'

function amountOf(row: TableRow, column: number | undefined): AmountCell | null {
  const reading = parseAmountCell(cellAt(row, column))
  return isAmount(reading) ? reading.value : null
}

function narrationOf(row: TableRow, mapping: ColumnMapping): string {
  const { narration, counterpartyName } = mapping.columns
  return [...narration, counterpartyName ?? -1].map(column => cellAt(row, column)).join(' ')
}

/** Settles the rule of a file from its mapping and, where that is silent, from its rows. */
export function settleDirection(rows: readonly TableRow[], mapping: ColumnMapping): DirectionRule {
  const { columns } = mapping
  if (columns.in !== undefined || columns.out !== undefined) {
    const negatives = rows.filter(row => (amountOf(row, columns.out)?.fen ?? 0n) < 0n)
    const positives = rows.some(row => (amountOf(row, columns.out)?.fen ?? 0n) > 0n)
    const red = negatives.filter(row => REVERSAL_WORDS.test(narrationOf(row, mapping)))
    return {
      sign: null,
      paidIsNegative: !positives && negatives.length > 0 && red.length * 2 <= negatives.length,
      markedIsSigned: false,
    }
  }
  if (columns.direction !== undefined) {
    const paid = rows.filter(
      row => wordIn(row, mapping, 'out') && (amountOf(row, columns.amount)?.fen ?? 0n) !== 0n,
    )
    const negative = paid.filter(row => (amountOf(row, columns.amount)?.fen ?? 0n) < 0n)
    const red = negative.filter(row => REVERSAL_WORDS.test(narrationOf(row, mapping)))
    const markedIsSigned = paid.length > 0 && negative.length === paid.length && red.length * 2 <= paid.length
    return { sign: null, paidIsNegative: false, markedIsSigned }
  }
  return {
    sign: mapping.amountSign ?? signByContents(rows, mapping),
    paidIsNegative: false,
    markedIsSigned: false,
  }
}

/** One unexplained amount column: balances decide, else the words of card statements, else the printed signs. */
function signByContents(rows: readonly TableRow[], mapping: ColumnMapping): AmountSign {
  const { amount, balance } = mapping.columns
  const amounts = rows.map(row => amountOf(row, amount))
  const balances = rows.map(row => amountOf(row, balance)?.fen ?? null)
  let received = 0
  let spent = 0
  for (let i = 1; i < rows.length; i++) {
    const [before, after] = [balances[i - 1] ?? null, balances[i] ?? null]
    if (before === null || after === null) continue
    const step = after - before
    const [own, earlier] = [amounts[i]?.fen ?? 0n, amounts[i - 1]?.fen ?? 0n]
    if (step !== 0n && (step === own || -step === earlier)) received += 1
    if (step !== 0n && (step === -own || step === earlier)) spent += 1
  }
  if (received !== spent) return received > spent ? 'signed' : 'spent-is-positive'
  const hasSign = amounts.some(cell => cell !== null && cell.sign !== null)
  if (!hasSign) return 'by-narration'
  let card = 0
  rows.forEach((row, index) => {
    const cell = amounts[index]
    if (!cell || cell.fen === 0n) return
    const text = narrationOf(row, mapping)
    const cameIn = CARD_IN_WORDS.test(text)
    if (!cameIn && !CARD_OUT_WORDS.test(text)) return
    card += cameIn === cell.fen < 0n ? 1 : -1
  })
  return card > 0 ? 'spent-is-positive' : 'signed'
}

function wordIn(row: TableRow, mapping: ColumnMapping, side: 'in' | 'out' | 'neutral'): boolean {
  return mapping.directionWords[side].includes(normalLabel(cellAt(row, mapping.columns.direction)))
}

/** Applies the rule to a row. */
export function readMovement(
  row: TableRow,
  mapping: ColumnMapping,
  rule: DirectionRule,
): Result<Movement, MovementProblem> {
  const { columns } = mapping
  const refund = refundOf(row, mapping)
  if (refund) return refund
  if (columns.in !== undefined || columns.out !== undefined) return readSides(row, mapping, rule)
  const cell = requireAmount(row, columns.amount)
  if (!cell.ok) return cell
  if (columns.direction !== undefined) return ok(readMarked(row, mapping, rule, cell.value))
  return readSigned(row, mapping, rule, cell.value)
}

function requireAmount(row: TableRow, column: number | undefined): Result<AmountCell, MovementProblem> {
  const value = cellAt(row, column)
  const reading = parseAmountCell(value)
  const place = column ?? null
  if (!reading.ok) return err({ code: reading.error, column: place, value })
  if (reading.value === 'blank') return err({ code: 'amount-missing', column: place, value })
  if (reading.value === 'masked') return err({ code: 'amount-malformed', column: place, value })
  return ok(reading.value)
}

/** A filled refund column beside the amount: the row paid that much back. */
function refundOf(row: TableRow, mapping: ColumnMapping): Result<Movement, MovementProblem> | null {
  const { refund, amount } = mapping.columns
  if (refund === undefined || cellAt(row, refund).trim() === '') return null
  const cell = parseAmountCell(cellAt(row, refund))
  if (!cell.ok) return err({ code: cell.error, column: refund, value: cellAt(row, refund) })
  if (!isAmount(cell) || cell.value.fen === 0n) return null
  if ((amountOf(row, amount)?.fen ?? 0n) !== 0n)
    return err({ code: 'amount-both-sides', column: refund, value: cellAt(row, refund) })
  return ok(moved('out', fen(-cell.value.fen), false, cell.value.currency))
}

function moved(
  direction: BankDirection,
  amountFen: Fen,
  reversal: boolean,
  currency: string | null,
): Movement {
  return { direction, amountFen, reversal, currency, unknownWord: null }
}

function readSides(
  row: TableRow,
  mapping: ColumnMapping,
  rule: DirectionRule,
): Result<Movement, MovementProblem> {
  const { columns } = mapping
  const sides: { direction: 'in' | 'out'; cell: AmountCell }[] = []
  let printed = 0
  for (const direction of ['in', 'out'] as const) {
    const column = columns[direction]
    const value = cellAt(row, column)
    const reading = parseAmountCell(value)
    if (!reading.ok) return err({ code: reading.error, column: column ?? null, value })
    if (reading.value === 'masked') return err({ code: 'amount-malformed', column: column ?? null, value })
    if (reading.value === 'blank') continue
    printed += 1
    if (reading.value.fen !== 0n) sides.push({ direction, cell: reading.value })
  }
  const [side, second] = sides
  if (second)
    return err({ code: 'amount-both-sides', column: columns.out ?? null, value: cellAt(row, columns.out) })
  if (!side && printed === 0)
    return err({ code: 'amount-missing', column: columns.in ?? columns.out ?? null, value: '' })
  if (!side) return ok(moved('neutral', ZERO_FEN, false, null))
  const flipped = side.direction === 'out' && rule.paidIsNegative
  const amount = flipped ? -side.cell.fen : side.cell.fen
  const effect = fen(side.direction === 'out' ? -amount : amount)
  return ok(moved(side.direction, effect, amount < 0n, side.cell.currency))
}

function readMarked(row: TableRow, mapping: ColumnMapping, rule: DirectionRule, cell: AmountCell): Movement {
  const word = cellAt(row, mapping.columns.direction).trim()
  const { currency } = cell
  if (wordIn(row, mapping, 'in')) return moved('in', cell.fen, cell.fen < 0n, currency)
  if (wordIn(row, mapping, 'out')) {
    const paid = rule.markedIsSigned ? fen(-cell.fen) : cell.fen
    return moved('out', fen(-paid), paid < 0n, currency)
  }
  const known = word === '' || wordIn(row, mapping, 'neutral')
  const neutral = moved('neutral', fen(cell.fen < 0n ? -cell.fen : cell.fen), false, currency)
  return known && word !== '' ? neutral : { ...neutral, unknownWord: word }
}

function readSigned(
  row: TableRow,
  mapping: ColumnMapping,
  rule: DirectionRule,
  cell: AmountCell,
): Result<Movement, MovementProblem> {
  if (cell.fen === 0n) return ok(moved('neutral', ZERO_FEN, false, cell.currency))
  let effect = cell.fen
  if (rule.sign === 'spent-is-positive') effect = fen(-cell.fen)
  if (rule.sign === 'by-narration') {
    const text = narrationOf(row, mapping)
    const cameIn = CARD_IN_WORDS.test(text)
    if (!cameIn && !CARD_OUT_WORDS.test(text))
      return err({ code: 'direction-missing', column: mapping.columns.amount ?? null, value: text.trim() })
    effect = cameIn ? cell.fen : fen(-cell.fen)
  }
  return ok(moved(effect > 0n ? 'in' : 'out', effect, false, cell.currency))
}
