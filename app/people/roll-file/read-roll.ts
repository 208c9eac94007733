/**
 * Rows of a roll's tables to units with their owners. Reads strictly: a row that could be meant in two ways, or that lacks
 * what a vote needs, is refused with its line and column; a figure is never rounded and an owner never guessed.
 */
import { type AreaCentiM2, formatAreaM2, parseAreaM2 } from '#kernel'
import { cellAt, isBlankRow, plainCell, type Table, type TableRow } from '#tables'
import type { AreaSource, UnitKind, UnitStatus } from '../register.ts'
import { headingsAt, normalHeading, type RollMapping } from './column-mapping.ts'
import { isOrganisation, listedParts, ownerNamesOf } from './owner-names.ts'
import { parseIdentity, parsePhone } from './personal-numbers.ts'
import { type RollProblem, type RollProblemCode, rollProblem } from './roll-problem.ts'
import { buildingOf, entranceOf, numberOf, placeOf, type UnitPlace, unitIdOf } from './unit-place.ts'
import {
  AREA_SOURCE_WORDS,
  KIND_WORDS,
  NOTHING_WORDS,
  type RollRole,
  STATUS_WORDS,
  TOTAL_WORDS,
} from './vocabulary.ts'

export interface RollOwner {
  readonly name: string
  readonly isOrganisation: boolean
  readonly phone: string | null
  readonly identity: string | null
}

/** A unit as the file states it. */
export interface RollRow extends UnitPlace {
  readonly unitId: string
  readonly sheet: string | null
  readonly line: number
  readonly kind: UnitKind
  readonly areaCentiM2: AreaCentiM2
  readonly areaSource: AreaSource
  readonly status: UnitStatus
  /** Empty only for the developer's stock. */
  readonly owners: readonly RollOwner[]
}

export interface RollTableReading {
  readonly rows: readonly RollRow[]
  readonly problems: readonly RollProblem[]
}

/** Owners of a list, by the number that units refer to. */
export type OwnerList = ReadonlyMap<string, readonly RollOwner[]>

interface Reading {
  readonly table: Table
  readonly mapping: RollMapping
  readonly problems: RollProblem[]
}

const headingOf = ({ table, mapping }: Reading, column: number | undefined): string | null =>
  column === undefined || mapping.headerRow < 0
    ? null
    : plainCell(cellAt(table.rows[mapping.headerRow]!, column)) || null

function note(
  reading: Reading,
  row: TableRow,
  code: RollProblemCode,
  column: number | undefined,
  facts: Readonly<Record<string, string>> = {},
): null {
  const place = { sheet: reading.table.sheet, line: row.line, column: headingOf(reading, column) }
  reading.problems.push(rollProblem(code, place, facts))
  return null
}

/** What a stranger typed, short. */
const shown = (text: string) => [...plainCell(text)].slice(0, 40).join('')

function wordIn<Word extends string>(
  words: Readonly<Record<Word, readonly string[]>>,
  text: string,
): Word | null {
  const plain = normalHeading(text).replace(/[()]/g, '')
  return (Object.keys(words) as Word[]).find(word => words[word].includes(plain)) ?? null
}

/** The word of a cell; the fallback where the cell or the column is missing; null, and noted, where it is unknown. */
function readWord<Word extends string>(
  reading: Reading,
  row: TableRow,
  role: 'kind' | 'status' | 'areaSource',
  words: Readonly<Record<Word, readonly string[]>>,
  fallback: Word,
): Word | null {
  const column = reading.mapping.columns[role]
  const text = cellAt(row, column)
  if (NOTHING_WORDS.includes(plainCell(text)) || plainCell(text) === '') return fallback
  const code = { kind: 'kind-unknown', status: 'status-unknown', areaSource: 'area-source-unknown' } as const
  return wordIn(words, text) ?? note(reading, row, code[role], column, { value: shown(text) })
}

function readArea(reading: Reading, row: TableRow): AreaCentiM2 | null {
  const column = reading.mapping.columns.area
  const text = plainCell(cellAt(row, column))
    .normalize('NFKC')
    .replace(/(?:m2|平方米|平米)$/i, '')
    .trim()
  if (text === '') return note(reading, row, 'area-missing', column)
  const area = parseAreaM2(text)
  if (!area.ok) return note(reading, row, area.error, column, { value: shown(text) })
  return area.value === 0n ? note(reading, row, 'area-zero', column) : area.value
}

function readPlace(reading: Reading, row: TableRow): UnitPlace | null {
  const { columns, kind } = reading.mapping
  if (columns.place !== undefined) {
    const text = cellAt(row, columns.place)
    if (plainCell(text) === '') return note(reading, row, 'number-missing', columns.place)
    return placeOf(text) ?? note(reading, row, 'place-malformed', columns.place, { value: shown(text) })
  }
  const building = buildingOf(cellAt(row, columns.building), kind === 'parking')
  const number = numberOf(cellAt(row, columns.number))
  if (building === '') return note(reading, row, 'building-missing', columns.building)
  if (number === '') return note(reading, row, 'number-missing', columns.number)
  return { building, entrance: entranceOf(cellAt(row, columns.entrance)), number }
}

/** Numbers of a cell for owners in the same order: as many as owners, or one for the first of them. */
function assigned<T>(values: readonly (T | null)[], owners: number): readonly (T | null)[] | null {
  if (values.length > 1 && values.length !== owners) return null
  return Array.from({ length: owners }, (_, index) => values[index] ?? null)
}

function readPhones(reading: Reading, row: TableRow, owners: number): readonly (string | null)[] {
  const column = reading.mapping.columns.phone
  const phones = listedParts(cellAt(row, column)).map(part => {
    const phone = parsePhone(part)
    return phone.ok || NOTHING_WORDS.includes(part)
      ? phone.ok
        ? phone.value
        : null
      : note(reading, row, phone.error, column)
  })
  // More numbers than owners: the first is the one to call.
  return assigned(phones, owners) ?? assigned(phones.slice(0, 1), owners)!
}

function readIdentities(reading: Reading, row: TableRow, owners: number): readonly (string | null)[] {
  const column = reading.mapping.columns.identity
  const isRounded = column !== undefined && (row.numeric ?? []).includes(column)
  const identities = listedParts(cellAt(row, column)).map(part => {
    if (NOTHING_WORDS.includes(part)) return null
    if (isRounded && plainCell(part).length > 15) return note(reading, row, 'identity-rounded', column)
    const identity = parseIdentity(part)
    return identity.ok ? identity.value : note(reading, row, identity.error, column)
  })
  const isClear =
    identities.length <= 1 ? owners <= 1 || identities.length === 0 : identities.length === owners
  if (isClear) return assigned(identities, owners)!
  note(reading, row, 'identity-unassigned', column)
  return Array.from({ length: owners }, () => null)
}

function readOwners(reading: Reading, row: TableRow): readonly RollOwner[] | null {
  const { columns } = reading.mapping
  const names: string[] = []
  for (const column of columns.owners) {
    const found = ownerNamesOf(cellAt(row, column))
    if (!found.ok) return note(reading, row, found.error, column)
    names.push(...found.value.filter(name => !names.includes(name)))
  }
  const phones = readPhones(reading, row, names.length)
  const identities = readIdentities(reading, row, names.length)
  return names.map((name, index) => ({
    name,
    isOrganisation: isOrganisation(name),
    phone: phones[index] ?? null,
    identity: identities[index] ?? null,
  }))
}

/** Owners by their number in a list: `1`, `1#2`, `1,2`. */
function referredOwners(reading: Reading, row: TableRow, list: OwnerList): readonly RollOwner[] | null {
  const column = reading.mapping.columns.ownerKey
  const keys = plainCell(cellAt(row, column))
    .split(/[#、,，/;；]+/u)
    .filter(key => key !== '')
  const unknown = keys.find(key => !list.has(key))
  if (unknown !== undefined) return note(reading, row, 'owner-key-unknown', column, { value: shown(unknown) })
  return keys.flatMap(key => list.get(key)!)
}

function readUnit(
  reading: Reading,
  row: TableRow,
  list: OwnerList,
  areaSource: AreaSource,
): RollRow | 'left-out' | null {
  const { columns, kind: usualKind } = reading.mapping
  const kind = readWord(reading, row, 'kind', KIND_WORDS, usualKind)
  const status = readWord(reading, row, 'status', STATUS_WORDS, 'delivered')
  const source = readWord(
    reading,
    row,
    'areaSource',
    AREA_SOURCE_WORDS,
    reading.mapping.areaSource ?? areaSource,
  )
  const place = readPlace(reading, row)
  const byList = columns.owners.length === 0
  const owners = byList ? referredOwners(reading, row, list) : readOwners(reading, row)
  if (owners?.length === 0 && status === 'delivered') {
    // A space that nobody bought is in no roll; a dwelling without an owner is a gap in this one.
    if (kind === 'parking' || kind === 'storage') {
      note(reading, row, 'left-out', byList ? columns.ownerKey : columns.owners[0])
      return 'left-out'
    }
    note(reading, row, 'owner-missing', byList ? columns.ownerKey : columns.owners[0])
    return null
  }
  const area = readArea(reading, row)
  if (kind === null || status === null || source === null || place === null) return null
  if (owners === null || area === null) return null
  return {
    ...place,
    unitId: unitIdOf(place),
    sheet: reading.table.sheet,
    line: row.line,
    kind,
    areaCentiM2: area,
    areaSource: source,
    status,
    owners,
  }
}

const TELLING: readonly RollRole[] = ['number', 'place', 'area', 'ownerKey']

/** A row in which nothing of a unit stands: blank, a footer, or the header printed again. */
function isNoUnit(reading: Reading, row: TableRow): boolean {
  const { columns, headerRow } = reading.mapping
  if (isBlankRow(row)) return true
  const told = [...TELLING.flatMap(role => (role === 'owners' ? [] : [columns[role]])), ...columns.owners]
  if (told.every(column => plainCell(cellAt(row, column)) === '')) return true
  // The rest of a template's instructions may stand to the right of the data, in columns of their own.
  if (headerRow < 0) return false
  const headings = headingsAt(reading.table, headerRow)
  return row.cells.every((cell, column) => normalHeading(cell) === (headings[column] ?? ''))
}

/** A row that adds up: its stated sum against the rows above. */
function checkTotal(reading: Reading, row: TableRow, sum: bigint): boolean {
  const isTotal = row.cells.some(cell =>
    TOTAL_WORDS.some(word => normalHeading(cell).replace(/[()]/g, '').startsWith(word)),
  )
  if (!isTotal) return false
  const column = reading.mapping.columns.area
  const stated = parseAreaM2(plainCell(cellAt(row, column)))
  if (stated.ok && stated.value !== sum) {
    const facts = { stated: formatAreaM2(stated.value), counted: formatAreaM2(sum as AreaCentiM2) }
    note(reading, row, 'total-mismatch', column, facts)
  }
  return true
}

function checkFormulas(reading: Reading, row: TableRow): boolean {
  const { owners, ...single } = reading.mapping.columns
  const used = new Set<number>([...owners, ...Object.values(single).filter(column => column !== undefined)])
  const unknown = (row.uncached ?? []).filter(column => used.has(column))
  for (const column of unknown) note(reading, row, 'formula-uncached', column)
  return unknown.length === 0
}

/** The units of one table under its mapping. `areaSource` is that of areas whose file does not say. */
export function readUnitTable(
  table: Table,
  mapping: RollMapping,
  list: OwnerList,
  areaSource: AreaSource,
): RollTableReading {
  const reading: Reading = { table, mapping, problems: [] }
  const rows: RollRow[] = []
  let sum = 0n
  for (const row of table.rows.slice(mapping.headerRow + 1)) {
    if (isNoUnit(reading, row) || checkTotal(reading, row, sum)) continue
    if (row.hidden) note(reading, row, 'hidden-rows', undefined)
    if (!checkFormulas(reading, row)) continue
    const unit = readUnit(reading, row, list, areaSource)
    if (unit === null || unit === 'left-out') continue
    rows.push(unit)
    sum += unit.areaCentiM2
  }
  return { rows, problems: reading.problems }
}

/** A list of owners by their numbers; what is wrong with it. */
export function readOwnerTable(
  table: Table,
  mapping: RollMapping,
): { readonly list: OwnerList; readonly problems: readonly RollProblem[] } {
  const reading: Reading = { table, mapping, problems: [] }
  const list = new Map<string, readonly RollOwner[]>()
  const column = mapping.columns.ownerKey
  for (const row of table.rows.slice(mapping.headerRow + 1)) {
    const key = plainCell(cellAt(row, column))
    if (isNoUnit(reading, row) || key === '') continue
    const owners = readOwners(reading, row)
    if (owners === null) continue
    if (list.has(key)) note(reading, row, 'owner-key-twice', column, { value: shown(key) })
    else list.set(key, owners)
  }
  return { list, problems: reading.problems }
}
