/**
 * The roll (表决名册): the registered units and their owners as frozen at notice, who may vote for a unit, and which units
 * make one head. Never changed by a transfer: a sale moves the right to vote, not the base (rule 5).
 */
import {
  type AreaCentiM2,
  areaCentiM2,
  assert,
  type CanonicalValue,
  canonicalBytes,
  canonicalText,
  parseCanonical,
  sha256Hex,
} from '#kernel'
import { type Scope, scopeTest } from './matter.ts'
import type { Measure } from './threshold.ts'

export type UnitKind = 'residence' | 'commercial' | 'parking' | 'storage'
export type UnitStatus = 'delivered' | 'unsold' | 'sold_undelivered'
/** Where the area comes from: the register (不动产登记簿), a survey, or the contract of sale (解释第8条). */
export type AreaSource = 'register' | 'survey' | 'contract'

export const UNIT_KINDS: readonly UnitKind[] = ['residence', 'commercial', 'parking', 'storage']
export const UNIT_STATUSES: readonly UnitStatus[] = ['delivered', 'unsold', 'sold_undelivered']
export const AREA_SOURCES: readonly AreaSource[] = ['register', 'survey', 'contract']

/** A registered exclusive part (rule 4: the registered unit is the unit). */
export interface Unit {
  readonly id: string
  readonly building: string
  readonly entrance: string
  readonly area: AreaCentiM2
  readonly areaSource: AreaSource
  readonly kind: UnitKind
  readonly status: UnitStatus
  /** The registered owners, by person id. A set: order and repetition mean nothing. */
  readonly owners: readonly string[]
}

/** A frozen roll. */
export interface Roll {
  /** The developer's person id (建设单位); null where there is none. */
  readonly developer: string | null
  readonly units: readonly Unit[]
}

/** Units that differ in their number only: `PREFIX-001` onwards. */
export interface UnitGroup extends Omit<Unit, 'id' | 'owners'> {
  readonly prefix: string
  readonly from: number
  readonly to: number
  /** Null gives each unit one owner of its own, `P-<unit id>`. */
  readonly owners: readonly string[] | null
}

/** `A-001`, `A-1291`: at least three digits. */
export function groupedUnitId(prefix: string, number: number): string {
  return `${prefix}-${String(number).padStart(3, '0')}`
}

/** The owner that a unit of a group has when none is listed. */
export function placeholderOwner(unitId: string): string {
  return `P-${unitId}`
}

/** The units of a group. */
export function expandUnitGroup(group: UnitGroup): Unit[] {
  const { prefix, from, to, owners, ...shared } = group
  const units: Unit[] = []
  for (let number = from; number <= to; number++) {
    const id = groupedUnitId(prefix, number)
    units.push({ id, ...shared, owners: owners ?? [placeholderOwner(id)] })
  }
  return units
}

/** Unsold and sold-but-undelivered units are the developer's to vote (解释第9条, rule 3). */
export function isDeveloperStock(unit: Unit): boolean {
  return unit.status !== 'delivered'
}

/**
 * The persons who may vote for a unit at notice. For the developer's stock that is the developer alone: a buyer without
 * registration or possession is no owner yet. Where the roll names no developer, nobody can vote for that stock, except
 * the registered owner of an unsold unit, who is the developer.
 */
export function votersOf(roll: Roll, unit: Unit): readonly string[] {
  if (!isDeveloperStock(unit)) return [...new Set(unit.owners)]
  if (roll.developer !== null) return [roll.developer]
  return unit.status === 'unsold' ? [...new Set(unit.owners)] : []
}

/** Key of the nameless developer: an array key can never equal it. */
const NAMELESS_DEVELOPER = 'developer'

/**
 * The head a unit belongs to: the sorted set of its owners as one text that no other set has. A delivered unit owned by
 * the developer alone is of the developer's head too: one owner is one head (rule 3).
 */
export function headKeyOf(roll: Roll, unit: Unit): string {
  if (isDeveloperStock(unit)) {
    return roll.developer === null ? NAMELESS_DEVELOPER : JSON.stringify([roll.developer])
  }
  return JSON.stringify([...new Set(unit.owners)].sort())
}

/** A test of whether a unit is of the base T: in scope, and no parking or storage unless the policy counts them (rule 2). */
export function baseTest(
  scope: Scope | null,
  countSpecialSpaces: boolean,
): (unit: Pick<Unit, 'building' | 'entrance' | 'kind'>) => boolean {
  const isInScope = scopeTest(scope)
  return unit =>
    (countSpecialSpaces || (unit.kind !== 'parking' && unit.kind !== 'storage')) && isInScope(unit)
}

/** The units of the base T. */
export function unitsInBase(roll: Roll, scope: Scope | null, countSpecialSpaces: boolean): readonly Unit[] {
  return roll.units.filter(baseTest(scope, countSpecialSpaces))
}

/** Area and heads of some units of the roll. */
export function measureUnits(roll: Roll, units: readonly Unit[]): Measure {
  const heads = new Set<string>()
  let area = 0n
  for (const unit of units) {
    area += unit.area
    heads.add(headKeyOf(roll, unit))
  }
  return { area: areaCentiM2(area), heads: BigInt(heads.size) }
}

/** Area and heads of a base, and of each head in it by its key: what an owner sees of their own entry before opening. */
export interface HeadShares {
  readonly total: Measure
  readonly byHead: ReadonlyMap<string, Measure>
}

/** The shares of both gates that the heads of some units have. One pass over them. */
export function headShares(roll: Roll, base: readonly Unit[]): HeadShares {
  const areas = new Map<string, bigint>()
  let total = 0n
  for (const unit of base) {
    const key = headKeyOf(roll, unit)
    areas.set(key, (areas.get(key) ?? 0n) + unit.area)
    total += unit.area
  }
  const byHead = new Map(
    [...areas].map(([key, area]) => [key, { area: areaCentiM2(area), heads: 1n }] as const),
  )
  return { total: { area: areaCentiM2(total), heads: BigInt(areas.size) }, byHead }
}

/** A row of the roll as anybody may see it: no owner, no head, because linking units tells who owns several. */
export interface PublicRollRow {
  readonly unit: string
  readonly building: string
  readonly entrance: string
  readonly area: AreaCentiM2
  readonly areaSource: AreaSource
  readonly kind: UnitKind
  readonly developerStock: boolean
}

/** The roll without names, in order of unit. */
export function publicRoll(roll: Roll): PublicRollRow[] {
  return roll.units
    .map(unit => ({
      unit: unit.id,
      building: unit.building,
      entrance: unit.entrance,
      area: unit.area,
      areaSource: unit.areaSource,
      kind: unit.kind,
      developerStock: isDeveloperStock(unit),
    }))
    .sort((a, b) => compareText(a.unit, b.unit))
}

/** The frozen roll as the bytes that are stored: owners as sorted sets, units in order, areas as decimal strings. */
export function rollBytes(roll: Roll): Uint8Array {
  const units: CanonicalValue[] = [...roll.units]
    .sort((a, b) => compareText(a.id, b.id))
    .map(unit => ({ ...unit, area: unit.area.toString(), owners: [...new Set(unit.owners)].sort() }))
  return canonicalBytes({ v: 1, developer: roll.developer, units })
}

/** Reads stored roll bytes. Throws on any that `rollBytes` did not write: what was frozen is never guessed at. */
export function parseRoll(bytes: Uint8Array): Roll {
  const json = parseCanonical(bytes)
  assert(json.ok, 'a stored roll is not canonical')
  const { developer, units } = json.value as unknown as {
    developer: string | null
    units: readonly (Omit<Unit, 'area'> & { readonly area: string })[]
  }
  return { developer, units: units.map(unit => ({ ...unit, area: areaCentiM2(BigInt(unit.area)) })) }
}

/** The units that two rolls do not say the same of, and the developer when they name another; none when the rolls are one. */
export function differingUnits(a: Roll, b: Roll): readonly string[] {
  const textOf = (unit: Unit) =>
    canonicalText({ ...unit, area: unit.area.toString(), owners: [...new Set(unit.owners)].sort() })
  const ours = new Map(a.units.map(unit => [unit.id, textOf(unit)]))
  const theirs = new Map(b.units.map(unit => [unit.id, textOf(unit)]))
  const ids = [...new Set([...ours.keys(), ...theirs.keys()])].sort(compareText)
  const differing = ids.filter(id => ours.get(id) !== theirs.get(id))
  return a.developer === b.developer ? differing : ['developer', ...differing]
}

/**
 * Digest of the frozen roll. With owners in it, a published digest takes a salt (hexadecimal, stored and deletable):
 * without one, a guessed owner list could be tried against it.
 */
export function rollDigest(roll: Roll, saltHex: string | null): string {
  return sha256Hex(canonicalBytes({ v: 1, salt: saltHex, roll: sha256Hex(rollBytes(roll)) }))
}

/** A sale that reached the register: from this instant on `to` holds all that `from` held of the unit. */
export interface Transfer {
  readonly unit: string
  readonly from: string
  readonly to: string
  readonly atMicros: number
}

/** The share of one registered owner, with everybody who held it, in order; the first from before all time. */
export type Share = readonly { readonly person: string; readonly sinceMicros: number }[]

/**
 * The shares of a unit: one per person who may vote at notice, followed through the transfers in order of time (then of
 * receipt). A transfer from somebody who holds no share then moves nothing; one from a co-owner who had bought another's
 * share moves both, so that no count asks in which order the register lists the owners.
 */
export function sharesOf(voters: readonly string[], transfers: readonly Transfer[]): readonly Share[] {
  const shares = voters.map(person => [{ person, sinceMicros: Number.NEGATIVE_INFINITY }])
  for (const transfer of transfers.toSorted((a, b) => a.atMicros - b.atMicros)) {
    for (const share of shares) {
      if (share.at(-1)!.person !== transfer.from) continue
      share.push({ person: transfer.to, sinceMicros: transfer.atMicros })
    }
  }
  return shares
}

/** Which of a share's holders holds it at an instant: the buyer from the instant of the transfer on. */
export function holderIndex(share: Share, atMicros: number): number {
  let index = 0
  while (index + 1 < share.length && share[index + 1]!.sinceMicros <= atMicros) index++
  return index
}

/** Who holds a unit at an instant: the owners at notice or whoever bought from them, each once. */
export function holdersAt(shares: readonly Share[], atMicros: number): readonly string[] {
  return [...new Set(shares.map(share => share[holderIndex(share, atMicros)]!.person))]
}

/** Order of texts by code unit: the same everywhere, unlike a locale's. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
