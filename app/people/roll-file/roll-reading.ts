/**
 * What a roll's file says as a whole: every table of units, each with the list of owners it refers to, and the checks that
 * take all rows. Pure; personal data in it is for officers, is stored sealed, and is dropped once the roll is stored.
 */
import { type AreaCentiM2, areaCentiM2, type CanonicalValue } from '#kernel'
import { plainCell, type Table } from '#tables'
import type { AreaSource } from '../register.ts'
import { findOwnerMapping, findUnitMapping, type RollMapping, suggestRollMapping } from './column-mapping.ts'
import { type OwnerList, type RollRow, readOwnerTable, readUnitTable } from './read-roll.ts'
import { type RollProblem, rollProblem } from './roll-problem.ts'

export interface RollReading {
  /** `csv`, `xlsx` …; null when the bytes gave no table. */
  readonly source: string | null
  readonly encoding: string | null
  /** The tables that were read, by name of sheet. */
  readonly tables: readonly { readonly sheet: string | null; readonly units: number }[]
  readonly rows: readonly RollRow[]
  readonly problems: readonly RollProblem[]
  /** First rows of the file, for the mapping screen; empty when the layout is known. */
  readonly head: readonly (readonly string[])[]
  readonly suggestion: RollMapping | null
}

/** A community has a tenth of it. */
export const LARGEST_ROLL = 20_000
/** Problems beyond these are counted, not listed. */
const MOST_PROBLEMS = 400
const HEAD_ROWS = 20
const HEAD_COLUMNS = 40
const HEAD_CHARACTERS = 60

/** A reading that has nothing but problems. */
export function refusedReading(problems: readonly RollProblem[]): RollReading {
  return { source: null, encoding: null, tables: [], rows: [], problems, head: [], suggestion: null }
}

/** The table that a person maps by hand: the one with most filled rows. */
export function mappedTable(tables: readonly Table[]): Table {
  return tables.reduce((best, table) => (table.rows.length > best.rows.length ? table : best))
}

function ownerList(tables: readonly Table[]): { list: OwnerList; problems: RollProblem[] } {
  const list = new Map<string, OwnerList extends ReadonlyMap<string, infer Owners> ? Owners : never>()
  const problems: RollProblem[] = []
  for (const table of tables) {
    const mapping = findUnitMapping(table) === null ? findOwnerMapping(table) : null
    if (mapping === null) continue
    const read = readOwnerTable(table, mapping)
    problems.push(...read.problems)
    for (const [key, owners] of read.list) list.set(key, owners)
  }
  return { list, problems }
}

function unknownReading(tables: readonly Table[], problem: RollProblem): RollReading {
  const table = mappedTable(tables)
  return {
    ...refusedReading([problem]),
    source: table.source,
    encoding: table.encoding,
    head: table.rows
      .slice(0, HEAD_ROWS)
      .map(row => row.cells.slice(0, HEAD_COLUMNS).map(cell => plainCell(cell).slice(0, HEAD_CHARACTERS))),
    suggestion: suggestRollMapping(table),
  }
}

/** Units stated twice, at their second place. */
function repeatedUnits(rows: readonly RollRow[]): RollProblem[] {
  const first = new Map<string, RollRow>()
  return rows.flatMap(row => {
    const before = first.get(row.unitId)
    if (before === undefined) first.set(row.unitId, row)
    return before === undefined
      ? []
      : [rollProblem('unit-twice', row, { unit: row.unitId, firstLine: String(before.line) })]
  })
}

/** The same identity number under several names: a placeholder, or a slip of the pen. Nobody is told apart by it. */
function sharedIdentities(rows: readonly RollRow[]): ReadonlySet<string> {
  const names = new Map<string, Set<string>>()
  for (const owner of rows.flatMap(row => row.owners)) {
    if (owner.identity === null) continue
    names.set(owner.identity, (names.get(owner.identity) ?? new Set()).add(owner.name))
  }
  return new Set([...names].filter(([, of]) => of.size > 1).map(([identity]) => identity))
}

function withoutShared(rows: readonly RollRow[], shared: ReadonlySet<string>): RollRow[] {
  return rows.map(row => ({
    ...row,
    owners: row.owners.map(owner =>
      owner.identity !== null && shared.has(owner.identity) ? { ...owner, identity: null } : owner,
    ),
  }))
}

function sheetProblems(tables: readonly Table[], unread: readonly Table[]): RollProblem[] {
  const hidden = tables[0]?.hiddenSheets ?? []
  const left = unread.flatMap(table => (table.sheet === null ? [] : [table.sheet]))
  return [
    ...(hidden.length > 0 ? [rollProblem('hidden-sheets', {}, { sheets: hidden.join(', ') })] : []),
    ...(left.length > 0 ? [rollProblem('sheets-unread', {}, { sheets: left.join(', ') })] : []),
  ]
}

/** Reads every table of a file. With `mapping`, the one table that a person mapped. */
export function readRoll(
  tables: readonly Table[],
  options: { readonly areaSource: AreaSource; readonly mapping?: RollMapping },
): RollReading {
  const { list, problems: listProblems } = ownerList(tables)
  const mapped = mappedTable(tables)
  const read = tables.flatMap(table => {
    const mapping =
      options.mapping === undefined ? findUnitMapping(table) : table === mapped ? options.mapping : null
    if (mapping === null) return []
    return [{ table, ...readUnitTable(table, mapping, list, options.areaSource) }]
  })
  if (read.length === 0) return unknownReading(tables, rollProblem('layout-unknown'))
  const rows = read.flatMap(each => each.rows)
  const shared = sharedIdentities(rows)
  const unread = tables.filter(
    table => !read.some(each => each.table === table) && findOwnerMapping(table) === null,
  )
  const problems = [
    ...listProblems,
    ...read.flatMap(each => each.problems),
    ...repeatedUnits(rows),
    ...(shared.size > 0 ? [rollProblem('identity-shared', {}, { count: String(shared.size) })] : []),
    ...(rows.length > LARGEST_ROLL
      ? [rollProblem('too-many-units', {}, { limit: String(LARGEST_ROLL) })]
      : []),
    ...sheetProblems(tables, unread),
  ]
  const isEmpty = rows.length === 0 && !problems.some(problem => problem.severity === 'error')
  return {
    source: tables[0]!.source,
    encoding: tables[0]!.encoding,
    tables: read.map(each => ({ sheet: each.table.sheet, units: each.rows.length })),
    rows: withoutShared(rows, shared),
    problems: isEmpty ? [...problems, rollProblem('roll-empty')] : problems,
    head: [],
    suggestion: null,
  }
}

/** Canonical JSON to be sealed: areas as decimal text, and no more problems than a page can show. */
export function encodeRollReading(reading: RollReading): CanonicalValue {
  const problems = [
    ...reading.problems.filter(problem => problem.severity === 'error'),
    ...reading.problems.filter(problem => problem.severity === 'notice'),
  ].slice(0, MOST_PROBLEMS)
  return JSON.parse(
    JSON.stringify({ ...reading, problems }, (_, value: unknown) =>
      typeof value === 'bigint' ? value.toString() : value,
    ),
  ) as CanonicalValue
}

/** Reads what `encodeRollReading` made. */
export function decodeRollReading(value: unknown): RollReading {
  const stored = value as RollReading
  const area = (text: unknown): AreaCentiM2 => areaCentiM2(BigInt(text as string))
  return { ...stored, rows: stored.rows.map(row => ({ ...row, areaCentiM2: area(row.areaCentiM2) })) }
}
