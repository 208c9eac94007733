/**
 * The way in for a file: bytes to a table to a verdict. Reads and judges; stores nothing and knows no database. The
 * name of the file is only repeated in the answer.
 */
import { type CivilDate, err, ok, type Result } from '#kernel'
import { type BankOutcome, type BankProblem, type BankStatement, bankProblem } from './bank-statement.ts'
import type { ColumnMapping } from './column-mapping.ts'
import { readCsvRows } from './csv-table.server.ts'
import { decodeText } from './decode-text.ts'
import { isMarkup, sniffFileKind, sniffTextFormat } from './file-kind.ts'
import { applyColumnMapping, judgeTable } from './judge-statement.ts'
import { readMarkupRows } from './markup-table.ts'
import type { StatementTable } from './statement-table.ts'
import { readWorkbookTable } from './workbook-table.server.ts'

const LARGEST_FILE = 24 * 1024 * 1024

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
  readonly table: StatementTable | null
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

/** Bytes of any supported kind as a table. */
export async function readStatementTable(
  bytes: Uint8Array,
): Promise<Result<StatementTable, readonly BankProblem[]>> {
  if (bytes.length > LARGEST_FILE)
    return err([
      bankProblem('file-too-large', {}, { bytes: String(bytes.length), limit: String(LARGEST_FILE) }),
    ])
  const kind = sniffFileKind(bytes)
  if (kind === 'zip' || kind === 'ole') return readWorkbookTable(bytes, kind)
  if (kind !== 'text') return err([bankProblem(kind)])
  const decoded = decodeText(bytes)
  if (!decoded.ok) return decoded
  const { text, encoding } = decoded.value
  if (text.trim() === '') return err([bankProblem('file-empty')])
  const foreign = sniffTextFormat(text)
  if (foreign) return err([bankProblem(foreign)])
  const shape = { encoding, endsWithNewline: /[\r\n]$/.test(text), hiddenSheets: [], otherSheets: [] }
  if (isMarkup(text)) {
    const rows = readMarkupRows(text)
    if (!rows.ok) return err([rows.error])
    return ok({ ...shape, source: /^\s*<\?xml/.test(text) ? 'xml' : 'html', rows: rows.value })
  }
  const rows = readCsvRows(text)
  return rows.ok ? ok({ ...shape, source: 'csv', rows: rows.value }) : rows
}
