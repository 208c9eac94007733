/**
 * Reads the tables of an HTML page or of an Excel 2003 XML spreadsheet as plain text. Scripts and styles are skipped,
 * declarations of types and entities are refused, nothing is executed, followed or fetched.
 */
import { err, ok, type Result } from '#kernel'
import type { TableRow } from './table.ts'
import { type TableProblem, tableProblem } from './table-problem.ts'

const LARGEST_ROWS = 100_000
const LARGEST_COLUMNS = 500

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  yen: '\u00a5',
}

function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}));/gi, (whole, decimal, hex, name) => {
    if (name) return ENTITIES[name.toLowerCase()] ?? whole
    const point = decimal ? Number.parseInt(decimal, 10) : Number.parseInt(hex, 16)
    const isCharacter = point > 0 && point <= 0x10ffff && (point < 0xd800 || point > 0xdfff)
    return isCharacter ? String.fromCodePoint(point) : whole
  })
}

interface Builder {
  readonly rows: TableRow[]
  /** Columns still covered by a cell of a row above, with the rows left. */
  readonly covered: Map<number, number>
  cells: string[] | null
  text: string | null
  column: number
  span: number
  rowSpan: number
}

function numberIn(attributes: string, name: string): number | null {
  const match = new RegExp(`(?:^|[\\s:])${name}\\s*=\\s*["']?(\\d{1,6})`, 'i').exec(attributes)
  return match ? Math.min(Number.parseInt(match[1]!, 10), LARGEST_COLUMNS + 1) : null
}

function closeCell(builder: Builder): void {
  const { cells, text, column, span, rowSpan, covered } = builder
  if (cells === null || text === null) return
  while (cells.length < column) cells.push('')
  cells.push(decodeEntities(text).replace(/[\r\n\t]+/g, ' '))
  for (let i = 1; i < span; i++) cells.push('')
  if (rowSpan > 1) for (let i = 0; i < span; i++) covered.set(column + i, rowSpan)
  builder.column = cells.length
  builder.text = null
}

function openCell(builder: Builder, attributes: string, isSheet: boolean): void {
  closeCell(builder)
  builder.cells ??= []
  const index = isSheet ? numberIn(attributes, 'Index') : null
  if (index !== null) builder.column = index - 1
  while (!isSheet && (builder.covered.get(builder.column) ?? 0) > 0) builder.column += 1
  builder.span = isSheet
    ? (numberIn(attributes, 'MergeAcross') ?? 0) + 1
    : Math.max(1, numberIn(attributes, 'colspan') ?? 1)
  builder.rowSpan = isSheet ? 1 : Math.max(1, numberIn(attributes, 'rowspan') ?? 1)
  builder.text = ''
}

function closeRow(builder: Builder): void {
  closeCell(builder)
  if (builder.cells === null) return
  builder.rows.push({ line: builder.rows.length + 1, cells: builder.cells })
  for (const [column, left] of builder.covered) {
    if (left <= 1) builder.covered.delete(column)
    else builder.covered.set(column, left - 1)
  }
  builder.cells = null
  builder.column = 0
}

// Every alternative either ends at the end of the text or cannot cross a `<`, so that no input makes this quadratic.
const TOKEN =
  /<!--[\s\S]*?(?:-->|$)|<(script|style)\b[\s\S]*?(?:<\/\1\s*>|$)|<!\[CDATA\[([\s\S]*?)(?:\]\]>|$)|<(\/?)([a-z][\w:.-]*)((?:"[^"]*"|'[^']*'|[^"'<>])*)>|[^<]+|</gi

/** Rows of all tables, in order; `line` is the number of the row. */
export function readMarkupRows(text: string): Result<readonly TableRow[], TableProblem> {
  if (/<!entity|<!doctype[^>]*\[/i.test(text)) return err(tableProblem('markup-dtd'))
  const isSheet =
    /urn:schemas-microsoft-com:office:spreadsheet/.test(text.slice(0, 4000)) &&
    /<(?:\w+:)?Workbook/.test(text)
  const builder: Builder = {
    rows: [],
    covered: new Map(),
    cells: null,
    text: null,
    column: 0,
    span: 1,
    rowSpan: 1,
  }
  let sheets = 0
  let depth = 0
  for (const [token, , cdata, slash, rawName, attributes = ''] of text.matchAll(TOKEN)) {
    if (builder.rows.length > LARGEST_ROWS)
      return err(tableProblem('too-many-rows', {}, { limit: String(LARGEST_ROWS) }))
    if ((builder.cells?.length ?? 0) > LARGEST_COLUMNS || builder.column > LARGEST_COLUMNS)
      return err(tableProblem('too-many-columns', {}, { limit: String(LARGEST_COLUMNS) }))
    if (rawName === undefined) {
      const isText = cdata !== undefined || !token.startsWith('<')
      if (isText && builder.text !== null) builder.text += cdata ?? token
      continue
    }
    const name = rawName.toLowerCase().replace(/^\w+:/, '')
    if (name === 'table') {
      depth += slash ? -1 : 1
      if (depth > 1)
        return err(tableProblem('markup-broken', { line: builder.rows.length + 1 }, { reason: 'nested' }))
      if (slash) closeRow(builder)
      else sheets += 1
    }
    if (isSheet && sheets > 1) break
    const [rowName, cellName] = isSheet ? ['row', 'cell'] : ['tr', name === 'th' ? 'th' : 'td']
    if (name === rowName) {
      closeRow(builder)
      if (!slash) builder.cells = []
    } else if (name === cellName) {
      if (!slash) openCell(builder, attributes, isSheet)
      if (slash || attributes.trimEnd().endsWith('/')) closeCell(builder)
    } else if (name === 'br' && builder.text !== null) builder.text += ' '
  }
  closeRow(builder)
  if (depth > 0 || builder.rows.length === 0)
    return err(tableProblem('markup-broken', {}, { reason: 'no-table' }))
  return ok(builder.rows)
}
