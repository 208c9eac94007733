/**
 * Reads a file of polls in the format of worked votes (`examples[]`) and writes their results. Strict and total: any text
 * gives polls or a list of problems with their places, never an exception and never a half-read poll. Knows the format's
 * shorthand (groups of units and of ballots); decides nothing.
 */
import { type AreaCentiM2, areaCentiM2, err, ok, type Result } from '#kernel'
import {
  type Ballot,
  type BallotWindow,
  CHANNELS,
  MARKS,
  PLAIN_CHOICES,
  type PlainChoice,
  type Register,
  type WrittenProxy,
} from './ballot.ts'
import { lineOfDefect, linesOfPaths } from './locate-json.ts'
import { classOf, isClause, type Matter, type Scope } from './matter.ts'
import { DEFAULT_POLICY, type Policy, type PolicyProblem, parsePolicy } from './policy.ts'
import {
  AREA_SOURCES,
  expandUnitGroup,
  groupedUnitId,
  placeholderOwner,
  type Roll,
  type Transfer,
  UNIT_KINDS,
  UNIT_STATUSES,
  type Unit,
} from './roll.ts'
import type { Poll } from './tally.ts'

export type PollProblemCode =
  | PolicyProblem['code']
  | 'json-malformed'
  | 'schema-unknown'
  | 'object-expected'
  | 'array-expected'
  | 'text-expected'
  | 'text-malformed'
  | 'boolean-expected'
  | 'integer-expected'
  | 'area-malformed'
  | 'word-unknown'
  | 'time-malformed'
  | 'window-reversed'
  | 'range-reversed'
  | 'too-many'
  | 'clause-unknown'
  | 'class-mismatch'
  | 'scope-empty'
  | 'poll-duplicate'
  | 'unit-duplicate'
  | 'unit-unknown'
  | 'units-empty'
  | 'owners-empty'
  | 'owner-unknown'

/** One thing that is wrong: where in the file (`examples[3].roll.units[0].area`, and its line) and what. */
export interface PollProblem {
  readonly path: string
  readonly line: number
  readonly code: PollProblemCode
}

/** A poll of the file, and the same ballots under other policies. */
export interface FiledPoll {
  readonly id: string
  readonly poll: Poll
  readonly alternatives: readonly Poll[]
}

/** Units, and likewise papers, that one file may expand to: far above any real community, far below a machine's memory. */
export const LARGEST_EXPANSION = 2_000_000
const LARGEST_TEXT = 200
/** More would not help anybody to mend the file. */
const MOST_PROBLEMS = 50
/** What a ballot without a time was received at, by the format's convention. */
const USUAL_TIME = '2026-05-10T10:00:00+08:00'

type Fields = { readonly [name: string]: unknown }
type Path = readonly (string | number)[]

/** Parses the text of a file. */
export function parsePolls(text: string): Result<readonly FiledPoll[], readonly PollProblem[]> {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return err([{ path: '', line: lineOfDefect(text), code: 'json-malformed' }])
  }
  const reader = new Reader()
  const polls = readFile(reader, json)
  if (reader.problems.length === 0) return ok(polls)
  const lines = linesOfPaths(
    text,
    reader.problems.map(problem => problem.path),
  )
  return err(reader.problems.map(({ path, code }, i) => ({ path: formatPath(path), line: lines[i]!, code })))
}

function formatPath(path: Path): string {
  return path
    .map(step => (typeof step === 'number' ? `[${step}]` : `.${step}`))
    .join('')
    .replace(/^\./, '')
}

/** Collects problems; every reading returns something harmless after a refusal, so that one pass finds them all. */
class Reader {
  readonly problems: { readonly path: Path; readonly code: PollProblemCode }[] = []
  private expandedUnits = 0
  private expandedPapers = 0

  /** What lies within something refused is not refused again: there is one thing to mend. */
  refuse(path: Path, code: PollProblemCode): void {
    const isWithin = this.problems.some(
      known => known.path.length < path.length && known.path.every((step, i) => step === path[i]),
    )
    if (!isWithin && this.problems.length < MOST_PROBLEMS) this.problems.push({ path, code })
  }

  object(value: unknown, path: Path): Fields {
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) return value as Fields
    this.refuse(path, 'object-expected')
    return {}
  }

  /** The member as an array; absent means none. */
  list(fields: Fields, name: string, path: Path): readonly (readonly [unknown, Path])[] {
    const value = member(fields, name)
    if (value === undefined) return []
    if (Array.isArray(value)) return value.map((item, i) => [item, [...path, name, i]] as const)
    this.refuse([...path, name], 'array-expected')
    return []
  }

  text(value: unknown, path: Path): string {
    if (typeof value !== 'string') this.refuse(path, 'text-expected')
    else if (value === '' || value.length > LARGEST_TEXT || /[\p{Cc}\p{Cs}]/u.test(value)) {
      this.refuse(path, 'text-malformed')
    } else return value
    return ''
  }

  texts(value: unknown, path: Path): string[] {
    if (Array.isArray(value)) return value.map((item, i) => this.text(item, [...path, i]))
    this.refuse(path, 'array-expected')
    return []
  }

  boolean(value: unknown, path: Path): boolean {
    if (typeof value === 'boolean') return value
    if (value !== undefined) this.refuse(path, 'boolean-expected')
    return false
  }

  integer(value: unknown, path: Path): number {
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value
    this.refuse(path, 'integer-expected')
    return 0
  }

  /** Hundredths of a square metre, more than none: a unit without area would vote by head alone. */
  area(value: unknown, path: Path): AreaCentiM2 {
    if (typeof value === 'number' && Number.isSafeInteger(value) && value > 0)
      return areaCentiM2(BigInt(value))
    this.refuse(path, 'area-malformed')
    return areaCentiM2(0n)
  }

  word<Word extends string>(value: unknown, words: readonly Word[], usual: Word | null, path: Path): Word {
    if (value === undefined && usual !== null) return usual
    if ((words as readonly unknown[]).includes(value)) return value as Word
    this.refuse(path, typeof value === 'string' ? 'word-unknown' : 'text-expected')
    return words[0]!
  }

  /** An instant in microseconds of the Unix epoch. */
  instant(value: unknown, path: Path): number {
    const micros = typeof value === 'string' ? parseInstantMicros(value) : null
    if (micros === null) this.refuse(path, 'time-malformed')
    return micros ?? 0
  }

  policy(value: unknown, base: Policy, path: Path): Policy {
    if (value === undefined) return base
    const parsed = parsePolicy(value, base)
    if (parsed.ok) return parsed.value
    for (const { name, code } of parsed.error) this.refuse(name === null ? path : [...path, name], code)
    return base
  }

  /** Numbers `from` to `to` of a group; `to` one below `from` is a group of none. */
  range(fields: Fields, path: Path, kind: 'unit' | 'paper'): readonly [from: number, to: number] {
    const from = this.integer(member(fields, 'from'), [...path, 'from'])
    const to = this.integer(member(fields, 'to'), [...path, 'to'])
    if (to < from - 1) this.refuse([...path, 'to'], 'range-reversed')
    return this.room(Math.max(0, to - from + 1), path, kind) ? [from, to] : [1, 0]
  }

  /** Whether so many more fit; a file that asks for too many is refused before anything is built. */
  room(more: number, path: Path, kind: 'unit' | 'paper'): boolean {
    const sum = (kind === 'unit' ? this.expandedUnits : this.expandedPapers) + more
    if (sum > LARGEST_EXPANSION) {
      this.refuse(path, 'too-many')
      return false
    }
    if (kind === 'unit') this.expandedUnits = sum
    else this.expandedPapers = sum
    return true
  }
}

/** Own members only: a file cannot reach a prototype. */
function member(fields: Fields, name: string): unknown {
  return Object.hasOwn(fields, name) ? fields[name] : undefined
}

/**
 * Microseconds of the Unix epoch of an ISO 8601 instant with an offset; null for anything else, also for days that do not
 * exist and for a finer fraction, which could hide a ballot just after close.
 */
export function parseInstantMicros(text: string): number | null {
  const match =
    /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,6}))?)?(Z|[+-]\d{2}:\d{2})$/.exec(text)
  if (!match) return null
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(part => Number(part ?? '0'))
  const midnight = Date.UTC(year!, month! - 1, day!)
  const isDay = new Date(midnight).toISOString().startsWith(`${match[1]}-${match[2]}-${match[3]}`)
  const [offsetHours, offsetMinutes] = match[8] === 'Z' ? [0, 0] : match[8]!.slice(1).split(':').map(Number)
  if (!isDay || year! < 1990 || year! > 2199 || hour! > 23 || minute! > 59 || second! > 59) return null
  if (offsetHours! > 14 || offsetMinutes! > 59) return null
  const offset = (offsetHours! * 60 + offsetMinutes!) * (match[8]!.startsWith('-') ? -1 : 1)
  const seconds = midnight / 1000 + hour! * 3600 + (minute! - offset) * 60 + second!
  return seconds * 1_000_000 + Number((match[7] ?? '').padEnd(6, '0'))
}

function readFile(reader: Reader, json: unknown): FiledPoll[] {
  const file = reader.object(json, [])
  const version = member(file, 'schema_version')
  if (version !== undefined && version !== 1) reader.refuse(['schema_version'], 'schema-unknown')
  if (!Array.isArray(member(file, 'examples'))) reader.refuse(['examples'], 'array-expected')
  const usual = reader.policy(member(file, 'default_policy'), DEFAULT_POLICY, ['default_policy'])
  const ids = new Set<string>()
  return reader.list(file, 'examples', []).map(([value, path]) => {
    const filed = readPoll(reader, reader.object(value, path), usual, path)
    if (ids.has(filed.id)) reader.refuse([...path, 'id'], 'poll-duplicate')
    ids.add(filed.id)
    return filed
  })
}

function readPoll(reader: Reader, fields: Fields, usual: Policy, path: Path): FiledPoll {
  const id = reader.text(member(fields, 'id'), [...path, 'id'])
  const policy = reader.policy(member(fields, 'policy'), usual, [...path, 'policy'])
  const roll = readRoll(reader, reader.object(member(fields, 'roll'), [...path, 'roll']), [...path, 'roll'])
  const unitsById = new Map(roll.units.map(unit => [unit.id, unit]))
  const poll: Poll = {
    matter: readMatter(reader, reader.object(member(fields, 'matter'), [...path, 'matter']), [
      ...path,
      'matter',
    ]),
    policy,
    rulesVersion: null,
    window: readWindow(reader, reader.object(member(fields, 'window'), [...path, 'window']), [
      ...path,
      'window',
    ]),
    roll,
    register: readRegister(reader, fields, roll, unitsById, path),
    ballots: reader.list(fields, 'ballots', path).flatMap(([value, at]) => {
      return readBallots(reader, reader.object(value, at), unitsById, at)
    }),
    delivered: readDelivered(reader, fields, path),
  }
  // An alternative changes what it names and keeps the poll's own switches.
  const alternatives = reader.list(fields, 'alternatives', path).map(([value, at]) => ({
    ...poll,
    policy: reader.policy(member(reader.object(value, at), 'policy') ?? {}, policy, [...at, 'policy']),
  }))
  return { id, poll, alternatives }
}

function readMatter(reader: Reader, fields: Fields, path: Path): Matter {
  const clause = member(fields, 'clause')
  if (!isClause(clause)) {
    reader.refuse([...path, 'clause'], 'clause-unknown')
    return { clause: 1, scope: null }
  }
  const named = member(fields, 'class')
  // The clause fixes the class; a file that says otherwise would be counted by the wrong gate.
  if (named !== undefined && named !== classOf(clause)) reader.refuse([...path, 'class'], 'class-mismatch')
  const scope = member(fields, 'scope')
  if (scope === undefined || scope === null) return { clause, scope: null }
  return { clause, scope: readScope(reader, reader.object(scope, [...path, 'scope']), [...path, 'scope']) }
}

function readScope(reader: Reader, fields: Fields, path: Path): Scope {
  const buildings = reader.texts(member(fields, 'buildings') ?? [], [...path, 'buildings'])
  const entrances = reader.list(fields, 'entrances', path).map(([value, at]) => {
    const named = reader.object(value, at)
    return {
      building: reader.text(member(named, 'building'), [...at, 'building']),
      entrance: reader.text(member(named, 'entrance'), [...at, 'entrance']),
    }
  })
  if (buildings.length + entrances.length === 0) reader.refuse(path, 'scope-empty')
  return { buildings, entrances }
}

function readWindow(reader: Reader, fields: Fields, path: Path): BallotWindow {
  const opensAtMicros = reader.instant(member(fields, 'opensAt'), [...path, 'opensAt'])
  const closesAtMicros = reader.instant(member(fields, 'closesAt'), [...path, 'closesAt'])
  if (closesAtMicros < opensAtMicros) reader.refuse(path, 'window-reversed')
  return { opensAtMicros, closesAtMicros }
}

function readRoll(reader: Reader, fields: Fields, path: Path): Roll {
  const developer = member(fields, 'developer')
  const units: Unit[] = []
  const ids = new Set<string>()
  const add = (unit: Unit, at: Path) => {
    if (ids.has(unit.id)) reader.refuse(at, 'unit-duplicate')
    ids.add(unit.id)
    units.push(unit)
  }
  for (const [value, at] of reader.list(fields, 'unitGroups', path)) {
    const group = reader.object(value, at)
    const prefix = reader.text(member(group, 'prefix'), [...at, 'prefix'])
    const [from, to] = reader.range(group, at, 'unit')
    const shared = readUnitFields(reader, group, prefix, at)
    for (const unit of expandUnitGroup({ prefix, from, to, ...shared })) add(unit, at)
  }
  for (const [value, at] of reader.list(fields, 'units', path)) {
    const unit = reader.object(value, at)
    const id = reader.text(member(unit, 'id'), [...at, 'id'])
    // The convention of groups: what stands before the number names the building, unless the file names it.
    const { owners, ...shared } = readUnitFields(
      reader,
      unit,
      id.slice(0, Math.max(0, id.lastIndexOf('-'))),
      at,
    )
    if (reader.room(1, at, 'unit'))
      add({ id, ...shared, owners: owners ?? [placeholderOwner(id)] }, [...at, 'id'])
  }
  return {
    developer:
      developer === undefined || developer === null ? null : reader.text(developer, [...path, 'developer']),
    units,
  }
}

function readUnitFields(reader: Reader, fields: Fields, usualBuilding: string, path: Path) {
  const optional = (name: string, usual: string) => {
    const value = member(fields, name)
    return value === undefined ? usual : reader.text(value, [...path, name])
  }
  const listed = member(fields, 'owners')
  const owners = listed === undefined || listed === 'each' ? null : reader.texts(listed, [...path, 'owners'])
  if (owners?.length === 0) reader.refuse([...path, 'owners'], 'owners-empty')
  return {
    building: optional('building', usualBuilding),
    entrance: optional('entrance', ''),
    area: reader.area(member(fields, 'area'), [...path, 'area']),
    areaSource: reader.word(member(fields, 'areaSource'), AREA_SOURCES, 'register', [...path, 'areaSource']),
    kind: reader.word(member(fields, 'kind'), UNIT_KINDS, 'residence', [...path, 'kind']),
    status: reader.word(member(fields, 'status'), UNIT_STATUSES, 'delivered', [...path, 'status']),
    owners,
  }
}

/** A ballot, or one per unit of a group, cast by that unit's (first) owner. */
function readBallots(
  reader: Reader,
  fields: Fields,
  unitsById: ReadonlyMap<string, Unit>,
  path: Path,
): Ballot[] {
  const shared = {
    asProxy: reader.boolean(member(fields, 'asProxy'), [...path, 'asProxy']),
    choice: reader.word<Ballot<PlainChoice>['choice']>(
      member(fields, 'choice'),
      [...PLAIN_CHOICES, ...MARKS],
      null,
      [...path, 'choice'],
    ),
    channel: reader.word(member(fields, 'channel'), CHANNELS, 'online', [...path, 'channel']),
    atMicros: reader.instant(member(fields, 'at') ?? USUAL_TIME, [...path, 'at']),
  }
  const group = member(fields, 'group')
  const named = member(fields, 'by')
  const by = named === undefined && group !== undefined ? null : reader.text(named, [...path, 'by'])
  if (group === undefined) {
    const id = reader.text(member(fields, 'id'), [...path, 'id'])
    const units = reader.texts(member(fields, 'units'), [...path, 'units'])
    if (units.length === 0) reader.refuse([...path, 'units'], 'units-empty')
    return reader.room(units.length, path, 'paper') ? [{ id, units, by: by ?? '', ...shared }] : []
  }
  const ballots: Ballot[] = []
  for (const unit of unitsOfRange(reader, fields, path)) {
    const owner = by ?? unitsById.get(unit)?.owners[0] ?? placeholderOwner(unit)
    ballots.push({ id: `B-${unit}`, units: [unit], by: owner, ...shared })
  }
  return ballots
}

function unitsOfRange(reader: Reader, fields: Fields, path: Path): string[] {
  const prefix = reader.text(member(fields, 'group'), [...path, 'group'])
  const [from, to] = reader.range(fields, path, 'paper')
  return Array.from({ length: to - from + 1 }, (_, i) => groupedUnitId(prefix, from + i))
}

function readDelivered(reader: Reader, fields: Fields, path: Path): ReadonlySet<string> {
  return new Set(
    reader.list(fields, 'deliveredTo', path).flatMap(([value, at]) => {
      const row = reader.object(value, at)
      return member(row, 'group') === undefined
        ? reader.texts(member(row, 'units'), [...at, 'units'])
        : unitsOfRange(reader, row, at)
    }),
  )
}

/**
 * What stands beside the roll. A representative or a seller whom the roll does not know would silently change a count, so
 * they are refused; a proxy for a unit that is not on the roll changes nothing.
 */
function readRegister(
  reader: Reader,
  fields: Fields,
  roll: Roll,
  unitsById: ReadonlyMap<string, Unit>,
  path: Path,
): Register {
  const holders = new Map<string, Set<string>>()
  const holdersOf = (unit: Unit) => {
    const known =
      holders.get(unit.id) ?? new Set([...unit.owners, ...(roll.developer ? [roll.developer] : [])])
    holders.set(unit.id, known)
    return known
  }
  const transfers: Transfer[] = reader.list(fields, 'transfers', path).map(([value, at]) => {
    const row = reader.object(value, at)
    return {
      unit: reader.text(member(row, 'unit'), [...at, 'unit']),
      from: reader.text(member(row, 'from'), [...at, 'from']),
      to: reader.text(member(row, 'to'), [...at, 'to']),
      atMicros: reader.instant(member(row, 'at'), [...at, 'at']),
    }
  })
  for (const transfer of transfers) {
    const unit = unitsById.get(transfer.unit)
    if (unit) holdersOf(unit).add(transfer.to)
  }
  const check = (unitId: string, person: string, unitPath: Path, personPath: Path) => {
    const unit = unitsById.get(unitId)
    if (unit === undefined) reader.refuse(unitPath, 'unit-unknown')
    else if (!holdersOf(unit).has(person)) reader.refuse(personPath, 'owner-unknown')
  }
  transfers.forEach(({ unit, from }, i) => {
    check(unit, from, [...path, 'transfers', i, 'unit'], [...path, 'transfers', i, 'from'])
  })
  const proxies: WrittenProxy[] = reader.list(fields, 'proxies', path).map(([value, at]) => {
    const row = reader.object(value, at)
    return {
      unit: reader.text(member(row, 'unit'), [...at, 'unit']),
      proxy: reader.text(member(row, 'proxy'), [...at, 'proxy']),
      registeredAtMicros: reader.instant(member(row, 'registeredAt'), [...at, 'registeredAt']),
    }
  })
  const named = reader.object(member(fields, 'representatives') ?? {}, [...path, 'representatives'])
  const representatives = new Map<string, string>()
  for (const [unit, value] of Object.entries(named)) {
    const at = [...path, 'representatives', unit]
    const person = reader.text(value, at)
    check(unit, person, at, at)
    representatives.set(unit, person)
  }
  return { representatives, proxies, transfers }
}
