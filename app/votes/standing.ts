/**
 * Which units a ballot stands for while a poll runs, without a look at any choice: the latest submission for a unit that no
 * later withdrawal took back. What counts in the end is the engine's to say.
 */

/** A ballot as far as it shows that somebody took part. */
export interface Participation {
  readonly seq: number
  readonly unit_id: string
  readonly channel: 'online' | 'paper' | 'proxy'
  readonly withdraws: boolean
}

/** Units with a standing ballot, each with the latest. Ballots in order of place. */
export function standingUnits<Row extends Participation>(ballots: readonly Row[]): ReadonlyMap<string, Row> {
  const standing = new Map<string, Row>()
  for (const ballot of ballots) {
    if (ballot.withdraws) standing.delete(ballot.unit_id)
    else standing.set(ballot.unit_id, ballot)
  }
  return standing
}

/** Area and heads of some units. */
export interface Crowd {
  readonly area: bigint
  readonly heads: bigint
}

/** A unit as turnout counts it. */
export interface CountedUnit {
  readonly unit_id: string
  readonly building: string
  readonly area: bigint
  readonly head_no: number
}

/** Area of units and number of their heads. */
export function crowdOf(units: readonly CountedUnit[]): Crowd {
  return {
    area: units.reduce((sum, unit) => sum + unit.area, 0n),
    heads: BigInt(new Set(units.map(unit => unit.head_no)).size),
  }
}

/** A cell of a table: what it is named, who belongs to it, and who of them took part. */
export interface Cell {
  readonly names: readonly string[]
  readonly members: readonly CountedUnit[]
  readonly received: readonly CountedUnit[]
}

/** Below this many owners a figure tells of persons. */
const FEWEST_OWNERS = 3n

/** True when neither those who took part nor those who did not are one or two owners. */
function isWide({ members, received }: Cell): boolean {
  const came = new Set(received.map(unit => unit.unit_id))
  const groups = [received, members.filter(unit => !came.has(unit.unit_id))]
  return groups.every(group => group.length === 0 || crowdOf(group).heads >= FEWEST_OWNERS)
}

/**
 * Merges cells until each covers at least three owners who took part (or none) and three who did not (or none): the narrow
 * ones together, then with the smallest of the others. One cell that stays narrow is the whole table.
 */
export function mergeNarrowCells(cells: readonly Cell[]): readonly Cell[] {
  const narrow = cells.filter(cell => !isWide(cell))
  let wide = cells.filter(isWide)
  if (narrow.length === 0) return cells
  let merged = joinCells(narrow)
  while (!isWide(merged) && wide.length > 0) {
    const smallest = wide.reduce((least, cell) => (cell.members.length < least.members.length ? cell : least))
    wide = wide.filter(cell => cell !== smallest)
    merged = joinCells([smallest, merged])
  }
  return [...wide, merged]
}

function joinCells(cells: readonly Cell[]): Cell {
  return {
    names: cells.flatMap(cell => cell.names).sort(),
    members: cells.flatMap(cell => cell.members),
    received: cells.flatMap(cell => cell.received),
  }
}
