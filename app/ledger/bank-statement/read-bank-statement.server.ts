/**
 * The way in for a file: bytes to a table to a verdict. Reads and judges; stores nothing and knows no database. The
 * name of the file is only repeated in the answer.
 */
import { type CivilDate, err, ok, type Result } from '#kernel'
import type { Table, TableProblem } from '#tables'
import { openTableFile, readTextTable } from '#tables/server'
import { sniffTextFormat } from './bank-format.ts'
import { type BankOutcome, type BankProblem, type BankStatement, bankProblem } from './bank-statement.ts'
import { type ColumnMapping, findHeader } from './column-mapping.ts'
import { applyColumnMapping, judgeTable } from './judge-statement.ts'

export interface BankStatementFile {
  readonly name: string
  readonly bytes: Uint8Array
  /** Number of the bank account that the import is for. */
  readonly expectedAccount?: string
  /** A mapping made by hand, or remembered (then with the signature of its header). */
  readonly mapping?: ColumnMapping
  readonly mappingSignature?: string
  /** Lines dated after this day are refused. */
  readonly asOf: CivilDate
}

export interface BankStatementReading {
  readonly file: string
  readonly outcome: BankOutcome
  readonly encoding: string | null
  /** What was read; null when not even a table was found. With outcome `reject` it is for showing, never for storing. */
  readonly statement: BankStatement | null
  /** The grid, for the mapping screen and the preview; null when the bytes gave none. */
  readonly table: Table | null
  /** How the columns were understood; null with `layout-unknown`. */
  readonly mapping: ColumnMapping | null
  readonly problems: readonly BankProblem[]
}

/** Reads one file and judges it alone. Every refusal is in `problems`; throws only when the program is broken. */
export async function readBankStatementFile(file: BankStatementFile): Promise<BankStatementReading> {
  const read = await readStatementTable(file.bytes)
  const nothing = { file: file.name, statement: null, table: null, mapping: null }
  if (!read.ok) return { ...nothing, outcome: 'reject', encoding: null, problems: read.error }
  const table = read.value
  const options = {
    asOf: file.asOf,
    ...(file.expectedAccount === undefined ? {} : { expectedAccount: file.expectedAccount }),
  }
  const known = { ...nothing, table, encoding: table.encoding }
  if (file.mapping === undefined) return { ...known, ...judgeTable(table, options) }
  const signature = file.mappingSignature === undefined ? {} : { signature: file.mappingSignature }
  const judged = applyColumnMapping(table, file.mapping, { ...options, ...signature })
  if (judged.ok) return { ...known, ...judged.value }
  const problems = [bankProblem('mapping-unfit', {}, { reason: judged.error.reason })]
  return { ...known, outcome: 'reject', problems }
}

/** Bytes of any supported kind as the table that holds the lines. */
async function readStatementTable(bytes: Uint8Array): Promise<Result<Table, readonly BankProblem[]>> {
  const opened = await openTableFile(bytes)
  if (!opened.ok) return err(opened.error.map(bankProblemOf))
  if (opened.value.kind === 'workbook') {
    const { tables } = opened.value
    // A cover sheet may stand before the lines: the first sheet with a header that we know, else the first.
    return ok(tables.find(table => findHeader(table) !== null) ?? tables[0]!)
  }
  const { decoded } = opened.value
  const foreign = sniffTextFormat(decoded.text)
  if (foreign) return err([bankProblem(foreign)])
  const table = readTextTable(decoded)
  return table.ok ? table : err(table.error.map(bankProblemOf))
}

const bankProblemOf = ({ code, line, facts }: TableProblem): BankProblem => bankProblem(code, { line }, facts)
