/**
 * The way in for a file: bytes to text or to sheets, text to a table. Text is handed out before it is read as a table, so
 * that a room can refuse formats that it knows to be none. Stores nothing, knows no name of a file.
 */
import { err, ok, type Result } from '#kernel'
import { readCsvRows } from './csv-table.server.ts'
import { type DecodedText, decodeText } from './decode-text.ts'
import { isMarkup, sniffFileKind } from './file-kind.ts'
import { readMarkupRows } from './markup-table.ts'
import type { Table } from './table.ts'
import { type TableProblem, tableProblem } from './table-problem.ts'
import { readWorkbookTables } from './workbook-table.server.ts'

/** Bytes of the largest file that is opened. */
const LARGEST_TABLE_FILE = 24 * 1024 * 1024

/** A workbook's visible sheets with anything in them, at least one; or text that is not blank. */
export type OpenedFile =
  | { readonly kind: 'workbook'; readonly tables: readonly Table[] }
  | { readonly kind: 'text'; readonly decoded: DecodedText }

/** Opens bytes of any supported kind. */
export async function openTableFile(bytes: Uint8Array): Promise<Result<OpenedFile, readonly TableProblem[]>> {
  if (bytes.length > LARGEST_TABLE_FILE)
    return err([
      tableProblem('file-too-large', {}, { bytes: String(bytes.length), limit: String(LARGEST_TABLE_FILE) }),
    ])
  const kind = sniffFileKind(bytes)
  if (kind === 'zip' || kind === 'ole') {
    const tables = await readWorkbookTables(bytes, kind)
    return tables.ok ? ok({ kind: 'workbook', tables: tables.value }) : tables
  }
  if (kind !== 'text') return err([tableProblem(kind)])
  const decoded = decodeText(bytes)
  if (!decoded.ok) return decoded
  if (decoded.value.text.trim() === '') return err([tableProblem('file-empty')])
  return ok({ kind: 'text', decoded: decoded.value })
}

/** The table of a text: markup by its first words, else delimited. */
export function readTextTable({ text, encoding }: DecodedText): Result<Table, readonly TableProblem[]> {
  const shape = {
    sheet: null,
    encoding,
    endsWithNewline: /[\r\n]$/.test(text),
    hiddenSheets: [],
    otherSheets: [],
  }
  if (isMarkup(text)) {
    const rows = readMarkupRows(text)
    if (!rows.ok) return err([rows.error])
    return ok({ ...shape, source: /^\s*<\?xml/.test(text) ? 'xml' : 'html', rows: rows.value })
  }
  const rows = readCsvRows(text)
  return rows.ok ? ok({ ...shape, source: 'csv', rows: rows.value }) : rows
}
