/**
 * Delimited text to a table, with csv-parse under strict quotes. Bounds lines, rows and columns before parsing, keeps
 * the physical line of every record, and refuses a quote that would swallow the lines after it.
 */
import { type CsvError, parse } from 'csv-parse/sync'
import { err, ok, type Result } from '#kernel'
import type { TableRow } from './table.ts'
import { type TableProblem, tableProblem } from './table-problem.ts'

export const LARGEST_LINE = 65_536
export const LARGEST_ROWS = 100_000
export const LARGEST_COLUMNS = 500

/** A quote inside a field that does not begin with one (`点击"视频"`): harmless, kept as typed. */
const INNER_QUOTE = 'INVALID_OPENING_QUOTE'

interface CsvRecord {
  readonly record: string[]
  readonly info: { readonly lines: number }
}

interface CsvFault {
  readonly line: number
  readonly code: string
}

/** The table of a text, or every line at fault. */
export function readCsvRows(text: string): Result<readonly TableRow[], readonly TableProblem[]> {
  const normal = text.replace(/\r\n?/g, '\n')
  const bounds = checkBounds(normal)
  if (bounds) return err([bounds])
  const delimiter = delimiterOf(normal)
  const strict = parseCsv(normal, delimiter, false)
  const broken = strict.faults.filter(fault => fault.code !== INNER_QUOTE)
  if (broken.length > 0) {
    const lines = [...new Set(broken.map(fault => fault.line))]
    return err(lines.map(line => tableProblem('csv-quotes-broken', { line })))
  }
  const records = strict.faults.length === 0 ? strict.records : parseCsv(normal, delimiter, true).records
  return toRows(records, new Set(strict.faults.map(fault => fault.line)), delimiter)
}

/** The first line beyond a limit, found without cutting the text up. */
function checkBounds(text: string): TableProblem | null {
  let line = 1
  let start = 0
  for (let end = text.indexOf('\n'); ; end = text.indexOf('\n', start)) {
    const stop = end < 0 ? text.length : end
    if (stop - start > LARGEST_LINE)
      return tableProblem('line-too-long', { line }, { limit: String(LARGEST_LINE) })
    if (end < 0) return null
    start = end + 1
    line += 1
    if (line > LARGEST_ROWS) return tableProblem('too-many-rows', {}, { limit: String(LARGEST_ROWS) })
  }
}

/** The delimiter that most lines have, and have most of. */
function delimiterOf(text: string): string {
  const lines = text.split('\n', 200).filter(line => line.trim() !== '')
  const scores = [',', '\t', ';', '|'].map(delimiter => {
    const counts = lines.map(line => line.split(delimiter).length - 1)
    return { delimiter, score: counts.reduce((sum, count) => sum + Math.min(count, 60), 0) }
  })
  // Ids that end in a TAB before each comma make both frequent: the comma comes first.
  return scores.reduce((best, next) => (next.score > best.score ? next : best)).delimiter
}

function parseCsv(
  text: string,
  delimiter: string,
  innerQuotes: boolean,
): { records: readonly CsvRecord[]; faults: readonly CsvFault[] } {
  const faults: CsvFault[] = []
  try {
    const records = parse(text, {
      delimiter,
      record_delimiter: '\n',
      relax_column_count: true,
      relax_quotes: innerQuotes,
      rtrim: true,
      info: true,
      skip_empty_lines: false,
      skip_records_with_error: true,
      max_record_size: 4 * LARGEST_LINE,
      on_skip: (error: CsvError | undefined) => {
        faults.push({ line: Number(error?.lines ?? 0), code: String(error?.code ?? '') })
        return undefined
      },
    }) as unknown as CsvRecord[]
    return { records, faults }
  } catch (error) {
    const fault = error as { readonly lines?: number; readonly code?: string }
    return { records: [], faults: [...faults, { line: fault.lines ?? 0, code: fault.code ?? '' }] }
  }
}

function toRows(
  records: readonly CsvRecord[],
  innerQuoteLines: ReadonlySet<number>,
  delimiter: string,
): Result<readonly TableRow[], readonly TableProblem[]> {
  const rows: TableRow[] = []
  const problems: TableProblem[] = []
  let next = 1
  for (const { record, info } of records) {
    const line = next
    next = info.lines + 1
    if (record.length > LARGEST_COLUMNS)
      problems.push(tableProblem('too-many-columns', { line }, { limit: String(LARGEST_COLUMNS) }))
    const spans = info.lines > line
    if (spans && (innerQuoteLines.has(line) || record.some(cell => swallows(cell, delimiter))))
      problems.push(tableProblem('csv-quote-swallows-lines', { line }, { lastLine: String(info.lines) }))
    rows.push({ line, cells: record })
  }
  return problems.length > 0 ? err(problems) : ok(rows)
}

/** A cell over several lines, one of which looks like a record of its own: a stray quote opened it. */
function swallows(cell: string, delimiter: string): boolean {
  const inner = cell.split('\n').slice(1)
  return inner.some(line => line.split(delimiter).length > 3)
}
