/**
 * Which column of a table is what: found by the heading's words, or made by a person and remembered under the signature of
 * the header. One mapping type for both, so that there is one reader.
 */
import { canonicalBytes, err, ok, type Result, sha256Hex } from '#kernel'
import { cellAt, isBlankRow, plainCell, type Table } from '#tables'
import { AREA_SOURCES, type AreaSource, type UnitKind } from '../register.ts'
import { placeOf } from './unit-place.ts'
import { AREA_HEADINGS, HEADINGS, ROLL_ROLES, type RollRole } from './vocabulary.ts'

/** Columns from 0. Owners may stand in several (产权人, 共有人); every other thing in one. */
export type RollColumns = Readonly<Partial<Record<Exclude<RollRole, 'owners'>, number>>> & {
  readonly owners: readonly number[]
}

/** How to read the rows beneath a header. Plain JSON, so that it can be remembered. */
export interface RollMapping {
  /** Index in `table.rows`; -1 when the first row is already a unit. */
  readonly headerRow: number
  readonly columns: RollColumns
  /** Of rows that do not say theirs. */
  readonly kind: UnitKind
  /** Said by the heading of the area; null when it does not say. */
  readonly areaSource: AreaSource | null
}

export type RollMappingProblem = {
  readonly code: 'mapping-unfit'
  readonly reason: 'no-place' | 'no-area' | 'no-owners' | 'two-ways' | 'out-of-range'
}

const HEADER_SEARCH_ROWS = 60
const SAMPLE_ROWS = 40
const PARKING_HEADINGS = new Set(HEADINGS.number.filter(word => word.includes('车位')))
const STORAGE_HEADINGS = new Set(HEADINGS.number.filter(word => word.includes('储藏')))

/** A heading without width, spaces, marks and units of area. */
export function normalHeading(text: string): string {
  return plainCell(text)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\u3000]/g, '')
    .replace(/\(?(?:m2|m²|㎡|平方米|平米)\)?$/u, '')
    .replace(/^[*#]+|[:*#]+$/g, '')
}

function areaHeading(heading: string): AreaSource | null | undefined {
  return AREA_HEADINGS.find(([, words]) => words.includes(heading))?.[0]
}

/** The role a heading stands for; null when it is none of ours. */
function roleOf(heading: string): RollRole | null {
  if (heading === '') return null
  if (areaHeading(heading) !== undefined) return 'area'
  return ROLL_ROLES.find(role => role !== 'area' && HEADINGS[role].includes(heading)) ?? null
}

/** The column of the surest area among the headings. */
function areaColumn(headings: readonly string[]): number | undefined {
  for (const [, words] of AREA_HEADINGS) {
    const column = headings.findIndex(heading => words.includes(heading))
    if (column >= 0) return column
  }
  return undefined
}

function columnsOf(headings: readonly string[]): RollColumns {
  const columns: Partial<Record<RollRole, number>> = {}
  headings.forEach((heading, column) => {
    const role = roleOf(heading)
    if (role !== null && role !== 'owners' && role !== 'area') columns[role] ??= column
  })
  const area = areaColumn(headings)
  const owners = headings.flatMap((heading, column) => (roleOf(heading) === 'owners' ? [column] : []))
  return { ...columns, ...(area === undefined ? {} : { area }), owners } as RollColumns
}

/** Headings of a row of a table. */
export function headingsAt(table: Table, row: number): readonly string[] {
  return (table.rows[row]?.cells ?? []).map(normalHeading)
}

/** Most cells beneath the column read as `1-1-101` or `1栋1单元101`. */
function holdsPlaces(table: Table, headerRow: number, column: number): boolean {
  const cells = table.rows
    .slice(headerRow + 1, headerRow + 1 + SAMPLE_ROWS)
    .map(row => cellAt(row, column))
    .filter(cell => cell.trim() !== '')
  return cells.length > 0 && cells.filter(cell => placeOf(cell) !== null).length * 2 > cells.length
}

/** A number without a building is a place in one cell, when it reads like one. */
function withPlace(table: Table, headerRow: number, columns: RollColumns): RollColumns {
  const { number, ...others } = columns
  if (columns.building !== undefined || columns.place !== undefined || number === undefined) return columns
  return holdsPlaces(table, headerRow, number) ? { ...others, place: number } : columns
}

/** A table whose rows are units. */
function isOfUnits(columns: RollColumns): boolean {
  const hasPlace =
    columns.place !== undefined || (columns.building !== undefined && columns.number !== undefined)
  return hasPlace && columns.area !== undefined
}

/** A table whose rows are owners, to whom units refer by number. */
function isOfOwners(columns: RollColumns): boolean {
  return columns.ownerKey !== undefined && columns.owners.length > 0 && columns.area === undefined
}

function rowOfMostRoles(table: Table, isOne: (columns: RollColumns) => boolean): number | null {
  let best: { row: number; roles: number } | null = null
  table.rows.slice(0, HEADER_SEARCH_ROWS).forEach((_, row) => {
    const headings = headingsAt(table, row)
    if (!isOne(withPlace(table, row, columnsOf(headings)))) return
    const roles = headings.filter(heading => roleOf(heading) !== null).length
    if (best === null || roles > best.roles) best = { row, roles }
  })
  return (best as { row: number } | null)?.row ?? null
}

function kindOfHeadings(headings: readonly string[]): UnitKind {
  if (headings.some(heading => PARKING_HEADINGS.has(heading))) return 'parking'
  return headings.some(heading => STORAGE_HEADINGS.has(heading)) ? 'storage' : 'residence'
}

function mappingAt(table: Table, row: number): RollMapping {
  const headings = headingsAt(table, row)
  const columns = withPlace(table, row, columnsOf(headings))
  const areaSource = columns.area === undefined ? null : (areaHeading(headings[columns.area]!) ?? null)
  return { headerRow: row, columns, kind: kindOfHeadings(headings), areaSource }
}

/** The mapping of a table of units by its words; null when it is none. */
export function findUnitMapping(table: Table): RollMapping | null {
  const row = rowOfMostRoles(table, isOfUnits)
  return row === null ? null : mappingAt(table, row)
}

/** The mapping of a table of owners by its words; null when it is none. */
export function findOwnerMapping(table: Table): RollMapping | null {
  const row = rowOfMostRoles(table, isOfOwners)
  return row === null ? null : mappingAt(table, row)
}

/** The signature of a header row, by which a mapping made by hand is remembered. */
export function rollHeaderSignature(table: Table, row: number): string {
  const headings = [...headingsAt(table, row)]
  while (headings.at(-1) === '') headings.pop()
  return sha256Hex(canonicalBytes(headings))
}

/** Signatures of the rows in which a header may stand, with their row. */
export function rollHeaderSignatures(table: Table): ReadonlyMap<string, number> {
  const rows = table.rows.slice(0, HEADER_SEARCH_ROWS)
  return new Map(
    rows.flatMap((row, index) => (isBlankRow(row) ? [] : [[rollHeaderSignature(table, index), index]])),
  )
}

/** Checks a mapping made by a person against the table it is for. */
export function checkRollMapping(
  table: Table,
  mapping: RollMapping,
): Result<RollMapping, RollMappingProblem> {
  const unfit = (reason: RollMappingProblem['reason']) =>
    err<RollMappingProblem>({ code: 'mapping-unfit', reason })
  const { owners, ...single } = mapping.columns
  const used = [...owners, ...Object.values(single).filter(column => column !== undefined)]
  const width = Math.max(0, ...table.rows.map(row => row.cells.length))
  const inRange = used.every(column => Number.isSafeInteger(column) && column >= 0 && column < width)
  if (!inRange || mapping.headerRow < -1 || mapping.headerRow >= table.rows.length)
    return unfit('out-of-range')
  if (new Set(used).size !== used.length) return unfit('two-ways')
  const isPlaced =
    single.place !== undefined || (single.building !== undefined && single.number !== undefined)
  if (!isPlaced) return unfit('no-place')
  if (single.area === undefined) return unfit('no-area')
  return owners.length === 0 ? unfit('no-owners') : ok(mapping)
}

/** A first guess for the mapping screen: the row with most of our words, and what they stand for. */
export function suggestRollMapping(table: Table): RollMapping {
  const row = rowOfMostRoles(table, columns => Object.keys(columns).length > 1 || columns.owners.length > 0)
  return mappingAt(table, row ?? 0)
}

/** A stored mapping. */
export function parseRollMapping(text: string): RollMapping {
  return JSON.parse(text) as RollMapping
}

/** True for a word that names a source of areas. */
export function isAreaSource(text: string): text is AreaSource {
  return (AREA_SOURCES as readonly string[]).includes(text)
}
