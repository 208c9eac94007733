/**
 * The owners' register (业主名册): units as registered, with their owners, on a day. Persons are ids here: names and numbers
 * stand apart, sealed. The shape converts to the roll of a vote field by field.
 */
import type { AreaCentiM2 } from '#kernel'

export const UNIT_KINDS = ['residence', 'commercial', 'parking', 'storage'] as const
export const UNIT_STATUSES = ['delivered', 'unsold', 'sold_undelivered'] as const
/** Where an area comes from: the property register (不动产登记簿), a survey, or the contract of sale. */
export const AREA_SOURCES = ['register', 'survey', 'contract'] as const
/** `developer` is the 建设单位 that holds the unsold and undelivered units. */
export const PERSON_KINDS = ['natural', 'organisation', 'developer'] as const

export type UnitKind = (typeof UNIT_KINDS)[number]
export type UnitStatus = (typeof UNIT_STATUSES)[number]
export type AreaSource = (typeof AREA_SOURCES)[number]
export type PersonKind = (typeof PERSON_KINDS)[number]

/** What is registered of a unit, beside where it is. */
export interface UnitFacts {
  readonly kind: UnitKind
  readonly areaCentiM2: AreaCentiM2
  readonly areaSource: AreaSource
  readonly status: UnitStatus
  /** Person ids, sorted, each once. */
  readonly owners: readonly string[]
}

/** A unit on a day. `unitId` is readable and never changes: `1栋-1单元-101`. */
export interface RegisteredUnit extends UnitFacts {
  readonly unitId: string
  readonly building: string
  readonly entrance: string
  readonly number: string
}

export interface Register {
  /** The developer's person id; null where no import has named one. */
  readonly developer: string | null
  /** In order of unit id by code unit, without those removed by that day. */
  readonly units: readonly RegisteredUnit[]
}

/** Unsold and sold-but-undelivered units are the developer's (解释第9条). */
export function isDeveloperStock(unit: Pick<UnitFacts, 'status'>): boolean {
  return unit.status !== 'delivered'
}

/** What counts as a home, with one answer or one support each: flats and shops, no parking space and no storage room. */
export function isHome(unit: Pick<UnitFacts, 'kind'>): boolean {
  return unit.kind === 'residence' || unit.kind === 'commercial'
}

const NATURAL = new Intl.Collator('zh', { numeric: true })

/** The order in which people read units: 2栋 before 10栋, 101 before 1001. For pages; what is hashed is in order of code units. */
export function compareUnitIds(a: string, b: string): number {
  return NATURAL.compare(a, b)
}
