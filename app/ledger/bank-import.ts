/**
 * What an import shows before it is confirmed, and the order of a day's lines. Pure; personal data in it is for officers
 * and is dropped once the lines are stored.
 */
import { type CanonicalValue, type CivilDate, canonicalText, type Fen, fen } from '#kernel'
import {
  type BankDirection,
  type BankLine,
  type BankOutcome,
  type BankProblem,
  sumBankLines,
} from './bank-statement/bank-statement.ts'
import type { ColumnMapping } from './bank-statement/column-mapping.ts'
import { lineKeys } from './bank-statement/line-keys.ts'

/** A line ready to be stored. */
export interface ImportLine {
  readonly sourceLine: number
  readonly date: CivilDate
  readonly time: string | null
  /** Effect on the account: 0 when the file says that no money moved, or not which way. */
  readonly amountFen: Fen
  readonly statedFen: Fen
  readonly direction: BankDirection
  readonly balanceFen: Fen | null
  readonly isReversal: boolean
  readonly counterparty: string
  readonly counterpartyLast4: string
  readonly purpose: string
  readonly serial: string | null
  readonly key: string
  readonly occurrence: number
  /** Order within its day, later lines larger. */
  readonly sequence: number
  /** True when the account already had this line when the file was read. */
  readonly known: boolean
}

export interface BankImportReading {
  readonly outcome: BankOutcome
  readonly layout: string | null
  readonly encoding: string | null
  readonly accountLast4: string | null
  readonly rows: number
  readonly rowsIn: number
  readonly rowsOut: number
  readonly rowsNeutral: number
  readonly sumInFen: Fen
  readonly sumOutFen: Fen
  readonly firstOn: CivilDate | null
  readonly lastOn: CivilDate | null
  /** Balance before the first and after the last line, stated or from the chain; null when the file has none. */
  readonly openingFen: Fen | null
  readonly closingFen: Fen | null
  /** Whether each balance follows from the one before; null when the file has no balances. */
  readonly chainOk: boolean | null
  readonly problems: readonly BankProblem[]
  /** Empty once stored. */
  readonly lines: readonly ImportLine[]
  /** First rows of the file, for the column-mapping screen; empty when the layout is known. */
  readonly head: readonly (readonly string[])[]
  readonly suggestion: ColumnMapping | null
  /** Signature of the header that chosen columns begin under; null when the layout is known or the file has no header. */
  readonly signature: string | null
}

/** True when the file runs from new to old: by its days, or within one day by its balances. */
function runsBackwards(lines: readonly BankLine[]): boolean {
  const first = lines[0]
  const last = lines.at(-1)
  if (first === undefined || last === undefined) return false
  if (first.bookedAt.date !== last.bookedAt.date) return first.bookedAt.date > last.bookedAt.date
  const pairs = lines.slice(1).map((line, index) => ({ line, before: lines[index]! }))
  const chained = pairs.filter(({ line, before }) => line.balanceFen !== null && before.balanceFen !== null)
  const forward = chained.filter(
    ({ line, before }) => before.balanceFen! + line.amountFen === line.balanceFen!,
  )
  const backward = chained.filter(
    ({ line, before }) => line.balanceFen! + before.amountFen === before.balanceFen!,
  )
  return backward.length > forward.length
}

/** For each line its place among the lines of its day, from 1, in the order the bank booked them. */
export function daySequences(lines: readonly BankLine[]): number[] {
  const backwards = runsBackwards(lines)
  const counts = new Map<string, number>()
  const order = lines.map((_, index) => index)
  if (backwards) order.reverse()
  const sequences = new Array<number>(lines.length).fill(0)
  for (const index of order) {
    const day = lines[index]!.bookedAt.date
    const next = (counts.get(day) ?? 0) + 1
    counts.set(day, next)
    sequences[index] = next
  }
  return sequences
}

/** Lines as they will be stored; `known` holds `key#occurrence` of what the account already has. */
export function importLines(
  lines: readonly BankLine[],
  bankAccount: string,
  known: ReadonlySet<string>,
): ImportLine[] {
  const keys = lineKeys(lines, bankAccount)
  const sequences = daySequences(lines)
  return lines.map((line, index) => {
    const { key, occurrence } = keys[index]!
    // Foreign money is shown and explained, never added to yuan.
    const moves = line.settled && line.direction !== 'neutral' && line.currency === 'CNY'
    return {
      sourceLine: line.sourceLine,
      date: line.bookedAt.date,
      time: line.bookedAt.time,
      amountFen: moves ? line.amountFen : fen(0n),
      statedFen: line.amountFen,
      direction: line.direction,
      balanceFen: line.balanceFen,
      isReversal: line.reversal,
      counterparty: line.counterpartyName,
      counterpartyLast4: line.counterpartyAccount.replace(/\D/g, '').slice(-4),
      purpose: line.narration,
      serial: line.serial,
      key,
      occurrence,
      sequence: sequences[index]!,
      known: known.has(`${key}#${occurrence}`),
    }
  })
}

/** Counts, sums and days of a statement's lines. */
export function readingFigures(lines: readonly BankLine[]) {
  const { rows, rowsIn, rowsOut, rowsNeutral, sumInFen, sumOutFen } = sumBankLines(lines)
  const days = lines.map(line => line.bookedAt.date).sort()
  return {
    rows,
    rowsIn,
    rowsOut,
    rowsNeutral,
    sumInFen,
    sumOutFen,
    firstOn: days[0] ?? null,
    lastOn: days.at(-1) ?? null,
  }
}

/** As stored beside the import: canonical JSON with money as decimal text. */
export function encodeReading(reading: BankImportReading): string {
  const plain = JSON.parse(
    JSON.stringify(reading, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value)),
  ) as CanonicalValue
  return canonicalText(plain)
}

/** Reads a stored reading back. */
export function decodeReading(text: string): BankImportReading {
  const money = (value: unknown) => fen(BigInt(value as string))
  const moneyOrNone = (value: unknown) => (value === null || value === undefined ? null : money(value))
  const stored = JSON.parse(text) as Record<string, unknown> & { lines: Record<string, unknown>[] }
  return {
    ...(stored as unknown as BankImportReading),
    signature: (stored.signature as string | undefined) ?? null,
    sumInFen: money(stored.sumInFen),
    sumOutFen: money(stored.sumOutFen),
    openingFen: moneyOrNone(stored.openingFen),
    closingFen: moneyOrNone(stored.closingFen),
    lines: stored.lines.map(line => ({
      ...(line as unknown as ImportLine),
      amountFen: money(line.amountFen),
      statedFen: money(line.statedFen),
      balanceFen: moneyOrNone(line.balanceFen),
    })),
  }
}

/** How far an uploaded bank file is. */
export type ImportState =
  | 'reading'
  | 'rejected'
  | 'unknown'
  /** Read under columns that a person chose; the other side has not been asked yet. */
  | 'mapped'
  /** The other side is asked to agree to the columns. */
  | 'waiting'
  | 'ready'
  | 'held'
  | 'storing'
  | 'stored'
  | 'discarded'
