/** Reads the owners' register as it stood on a day: ids only, no name. */
import type { Tx } from '#db'
import {
  listRegisterDays,
  type RegisterFilter,
  type RegisterRow,
  readLastConfirmation,
  readPersonsOfUsers,
  readRegisterRows,
  readRentedUnits,
  readUserOfPersonRow,
} from '#db/people'
import { areaCentiM2, type CivilDate } from '#kernel'
import { isDeveloperStock, isHome, type Register, type RegisteredUnit } from './register.ts'

function unitOf(row: RegisterRow): RegisteredUnit {
  return {
    unitId: row.unit_id,
    building: row.building,
    entrance: row.entrance,
    number: row.number,
    kind: row.kind,
    areaCentiM2: areaCentiM2(row.area_centi_m2),
    areaSource: row.area_source,
    status: row.status,
    owners: row.owners,
  }
}

/** Units in force on a day, those of a building, a person or one id only when asked. */
export async function readRegisteredUnits(
  tx: Tx,
  communityId: number,
  on: CivilDate,
  filter: RegisterFilter = {},
): Promise<readonly RegisteredUnit[]> {
  const rows = await readRegisterRows(tx, communityId, on, filter)
  return rows.filter(row => !row.is_removed).map(unitOf)
}

/**
 * The units in force on each of some days, as known now; none before the first import's day. Between two changes of the register it
 * is read once, so that a year by months costs no more than it changed.
 */
export async function readRegisterByDay(
  tx: Tx,
  communityId: number,
  days: readonly CivilDate[],
): Promise<ReadonlyMap<CivilDate, readonly RegisteredUnit[]>> {
  const changes = await listRegisterDays(tx, communityId)
  const read = new Map<string, readonly RegisteredUnit[]>()
  const byDay = new Map<CivilDate, readonly RegisteredUnit[]>()
  for (const day of days) {
    const since = changes.filter(change => change <= day).at(-1)
    if (since === undefined) continue
    const units = read.get(since) ?? (await readRegisteredUnits(tx, communityId, day))
    read.set(since, units)
    byDay.set(day, units)
  }
  return byDay
}

/**
 * The register on a day: what a poll freezes. Empty before the first import's day. With `knownAt` as it was known at that instant,
 * before later imports told more about the day.
 */
export async function readRegister(
  tx: Tx,
  communityId: number,
  on: CivilDate,
  knownAt?: Date,
): Promise<Register> {
  const confirmation = await readLastConfirmation(tx, communityId, on, knownAt)
  return {
    developer: confirmation?.developer_person_id ?? null,
    units: await readRegisteredUnits(tx, communityId, on, knownAt === undefined ? {} : { knownAt }),
  }
}

/** The person a user signs in as in a community; null for officers and strangers. */
export async function readPersonOf(tx: Tx, communityId: number, userId: string): Promise<string | null> {
  return (await readPersonsOf(tx, communityId, [userId])).get(userId) ?? null
}

/** The persons that users sign in as in a community, by user; officers and strangers are not among them. */
export function readPersonsOf(
  tx: Tx,
  communityId: number,
  userIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  return readPersonsOfUsers(tx, communityId, userIds)
}

/** The user a person signs in with; null when the person never accepted a code. */
export function readUserOfPerson(tx: Tx, communityId: number, personId: string): Promise<string | null> {
  return readUserOfPersonRow(tx, communityId, personId)
}

/** The units a person owns on a day, alone or with others; for the developer its whole stock too. */
export async function readUnitsOf(
  tx: Tx,
  communityId: number,
  personId: string,
  on: CivilDate,
): Promise<readonly RegisteredUnit[]> {
  const confirmation = await readLastConfirmation(tx, communityId, on)
  if (confirmation?.developer_person_id === personId) {
    const { units } = await readRegister(tx, communityId, on)
    return units.filter(unit => isDeveloperStock(unit) || unit.owners.includes(personId))
  }
  const units = await readRegisteredUnits(tx, communityId, on, { personId })
  return units.filter(unit => unit.owners.includes(personId))
}

/** The homes that somebody who signs in owns or rents on a day, in order of unit id; empty for anybody else. */
export async function readHomesOf(
  tx: Tx,
  communityId: number,
  userId: string,
  on: CivilDate,
): Promise<readonly RegisteredUnit[]> {
  const person = await readPersonOf(tx, communityId, userId)
  const owned = person === null ? [] : await readUnitsOf(tx, communityId, person, on)
  const homes = new Map(owned.filter(isHome).map(unit => [unit.unitId, unit]))
  for (const unitId of await readRentedUnits(tx, communityId, userId, on)) {
    const [unit] = await readRegisteredUnits(tx, communityId, on, { unitId })
    if (unit !== undefined && isHome(unit)) homes.set(unitId, unit)
  }
  return [...homes.values()].toSorted((a, b) => (a.unitId < b.unitId ? -1 : 1))
}
