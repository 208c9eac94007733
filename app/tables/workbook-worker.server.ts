/**
 * Runs in a worker thread with little memory and a deadline: opens one XLS or XLSX and answers with its visible
 * sheets as text cells. Bounds what the zip inflates to while it streams, refuses document types, ignores the declared
 * dimension, takes formula cells from their stored values and never evaluates anything.
 */
import { parentPort, workerData } from 'node:worker_threads'
import { Unzip, UnzipInflate, UnzipPassThrough, zipSync } from 'fflate'
import * as XLSX from 'xlsx'

/** What the parent sends. */
export interface WorkbookRequest {
  readonly bytes: Uint8Array
  readonly kind: 'zip' | 'ole'
  readonly largestInflated: number
  readonly largestRows: number
  readonly largestColumns: number
}

export interface WorkbookRow {
  readonly line: number
  readonly cells: readonly string[]
  readonly numeric?: readonly number[]
  readonly uncached?: readonly number[]
  readonly hidden?: boolean
}

/** What it answers: rows, or the code of a refusal. */
export type WorkbookAnswer =
  | {
      readonly ok: true
      /** Visible sheets in order; those without a cell are left out. */
      readonly sheets: readonly { readonly name: string; readonly rows: readonly WorkbookRow[] }[]
      readonly hiddenSheets: readonly string[]
    }
  | { readonly ok: false; readonly code: WorkbookRefusal; readonly detail: string }

export type WorkbookRefusal =
  | 'format-archive'
  | 'format-unknown'
  | 'markup-dtd'
  | 'workbook-broken'
  | 'workbook-encrypted'
  | 'workbook-too-large'
  | 'workbook-no-visible-sheet'
  | 'too-many-rows'
  | 'too-many-columns'

class Refusal extends Error {
  constructor(
    readonly code: WorkbookRefusal,
    detail = '',
  ) {
    super(detail)
  }
}

/** Compressed bytes pushed at a time: deflate grows at most about a thousandfold, so a step stays near 4 MB. */
const STEP = 4096

/** The parts that a sheet of values needs; macros, drawings and the like are dropped unread. */
const NEEDED =
  /^(?:\[Content_Types\]\.xml|_rels\/\.rels|xl\/(?:workbook|styles|sharedStrings)\.xml|xl\/_rels\/workbook\.xml\.rels|xl\/worksheets\/[^/]+\.xml)$/i

/** Inflates the needed parts, counting every byte that comes out, whatever the headers claim. */
function inflateParts(request: WorkbookRequest): Map<string, Uint8Array> {
  const chunks = new Map<string, Uint8Array[]>()
  let total = 0
  let entries = 0
  const unzip = new Unzip(file => {
    entries += 1
    if (entries > 2000) throw new Refusal('workbook-too-large', 'entries')
    const name = file.name.replaceAll('\\', '/').replace(/^\//, '')
    if (chunks.has(name)) throw new Refusal('workbook-broken', `two parts named ${name}`)
    const parts: Uint8Array[] = []
    chunks.set(name, parts)
    if (!NEEDED.test(name)) return
    file.ondata = (error, chunk) => {
      // Our own refusal comes back as an error of the stream.
      if (error) throw error instanceof Refusal ? error : new Refusal('workbook-broken', error.message)
      total += chunk.length
      if (total > request.largestInflated)
        throw new Refusal('workbook-too-large', String(request.largestInflated))
      parts.push(chunk)
    }
    file.start()
  })
  unzip.register(UnzipInflate)
  unzip.register(UnzipPassThrough)
  for (let at = 0; at < request.bytes.length; at += STEP) {
    unzip.push(request.bytes.subarray(at, at + STEP), at + STEP >= request.bytes.length)
  }
  return new Map([...chunks].map(([name, parts]) => [name, joined(parts)]))
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** XML in UTF-8 without a document type; nothing else may claim to be a part. */
function xmlOf(bytes: Uint8Array, name: string): string {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Refusal('workbook-broken', `${name} is not UTF-8`)
  }
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) throw new Refusal('markup-dtd', name)
  return text
}

/** Stands in a formula cell that has no stored value; such a cell would otherwise vanish like an empty one. */
const UNCACHED = '\u{f0000}uncached'

/**
 * A sheet without its declared dimension, with formulas that were never calculated marked, and with whole numbers of 16 digits and more as the text they are in the file:
 * read as numbers they would be rounded.
 */
function safeSheet(xml: string): string {
  return xml
    .replace(/<(?:\w+:)?dimension\b[^>]*>/g, '')
    .replace(/<c\b([^>]*)>\s*<f\b[^>]*(?:\/>|>[^<]*<\/f>)\s*<\/c>/g, (_, attributes: string) => {
      const place = attributes.replace(/\st="[^"]*"/, '')
      return `<c${place} t="str"><v>${UNCACHED}</v></c>`
    })
    .replace(
      /<c\b([^>]*)>(\s*)<v>(-?\d{16,})<\/v>/g,
      (whole, attributes: string, space: string, digits: string) =>
        /\bt=/.test(attributes) ? whole : `<c${attributes} t="str">${space}<v>${digits}</v>`,
    )
}

/** The same workbook, bounded and without what we refuse, stored without compression for the reader. */
function safeWorkbook(request: WorkbookRequest): Uint8Array {
  const parts = inflateParts(request)
  if (![...parts.keys()].some(name => /^xl\/workbook\.xml$/i.test(name))) {
    const isBinary = [...parts.keys()].some(name => /^xl\/workbook\.bin$/i.test(name))
    const isOffice = parts.has('[Content_Types].xml') || parts.has('mimetype')
    throw new Refusal(isBinary || isOffice ? 'format-unknown' : 'format-archive')
  }
  const files: Record<string, Uint8Array> = {}
  for (const [name, bytes] of parts) {
    if (!NEEDED.test(name)) continue
    const xml = xmlOf(bytes, name)
    files[name] = new TextEncoder().encode(name.startsWith('xl/worksheets/') ? safeSheet(xml) : xml)
  }
  return zipSync(files, { level: 0 })
}

/** A number as a spreadsheet shows it: 15 significant digits, so that 16.610000000000003 is 16.61. */
function numberText(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e21) return BigInt(value).toString()
  const text = value.toPrecision(15)
  return /e/.test(text) ? text : text.replace(/\.?0+$/, '')
}

/** A date cell as text, under the date system of the workbook (1900 or 1904). */
function dateText(value: number, date1904: boolean): string {
  const parsed = XLSX.SSF.parse_date_code(value, { date1904 }) as {
    y: number
    m: number
    d: number
    H: number
    M: number
    S: number
  } | null
  if (!parsed) return numberText(value)
  const two = (part: number) => String(part).padStart(2, '0')
  const clock = `${two(parsed.H)}:${two(parsed.M)}:${two(parsed.S)}`
  if (value < 1) return clock
  const day = `${String(parsed.y).padStart(4, '0')}-${two(parsed.m)}-${two(parsed.d)}`
  return Number.isInteger(value) ? day : `${day} ${clock}`
}

function cellText(cell: XLSX.CellObject, date1904: boolean): string {
  if (cell.t === 'n' && typeof cell.v === 'number') {
    const isDate = typeof cell.z === 'string' && XLSX.SSF.is_date(cell.z)
    return isDate ? dateText(cell.v, date1904) : numberText(cell.v)
  }
  if (cell.t === 'e') return cell.w ?? '#ERROR'
  if (cell.t === 'b') return cell.v ? 'TRUE' : 'FALSE'
  return typeof cell.v === 'string' ? cell.v : ''
}

/** Rows from the cells that exist, never from a declared range. */
function rowsOf(sheet: XLSX.WorkSheet, date1904: boolean, request: WorkbookRequest): WorkbookRow[] {
  const rows: WorkbookRow[] = []
  const dense = (sheet['!data'] ?? []) as (XLSX.CellObject | undefined)[][]
  if (dense.length > request.largestRows) throw new Refusal('too-many-rows', String(request.largestRows))
  for (let r = 0; r < dense.length; r++) {
    const found = dense[r] ?? []
    if (found.length > request.largestColumns)
      throw new Refusal('too-many-columns', String(request.largestColumns))
    const numeric: number[] = []
    const uncached: number[] = []
    const cells = Array.from({ length: found.length }, (_, column) => {
      const cell = found[column]
      if (!cell) return ''
      if (cell.t === 'n') numeric.push(column)
      if (cell.v === UNCACHED) uncached.push(column)
      return cell.v === UNCACHED ? '' : cellText(cell, date1904)
    })
    rows.push({
      line: r + 1,
      cells,
      ...(numeric.length > 0 ? { numeric } : {}),
      ...(uncached.length > 0 ? { uncached } : {}),
      ...(sheet['!rows']?.[r]?.hidden ? { hidden: true } : {}),
    })
  }
  return rows
}

function readWorkbook(request: WorkbookRequest): WorkbookAnswer {
  const bytes = request.kind === 'zip' ? safeWorkbook(request) : request.bytes
  const book = XLSX.read(bytes, {
    type: 'buffer',
    dense: true,
    cellFormula: true,
    cellHTML: false,
    cellNF: true,
    cellText: false,
    cellStyles: true,
    sheetRows: request.largestRows + 2,
  })
  const states = book.SheetNames.map((name, index) => ({
    name,
    hidden: book.Workbook?.Sheets?.[index]?.Hidden ?? 0,
  }))
  const visible = states.filter(sheet => sheet.hidden === 0)
  if (visible.length === 0) throw new Refusal('workbook-no-visible-sheet')
  const date1904 = book.Workbook?.WBProps?.date1904 === true
  const sheets = visible.map(({ name }) => ({ name, rows: rowsOf(book.Sheets[name]!, date1904, request) }))
  return {
    ok: true,
    sheets: sheets.filter(sheet => sheet.rows.some(row => row.cells.some(cell => cell !== ''))),
    hiddenSheets: states.filter(sheet => sheet.hidden !== 0).map(sheet => sheet.name),
  }
}

function answer(request: WorkbookRequest): WorkbookAnswer {
  try {
    return readWorkbook(request)
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, code: error.code, detail: error.message }
    const detail = error instanceof Error ? error.message : String(error)
    const encrypted = /password|encrypt/i.test(detail)
    return {
      ok: false,
      code: encrypted ? 'workbook-encrypted' : 'workbook-broken',
      detail: detail.slice(0, 200),
    }
  }
}

if (parentPort && workerData) parentPort.postMessage(answer(workerData as WorkbookRequest))
