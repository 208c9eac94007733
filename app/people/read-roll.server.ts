/** Reads of the register and its imports for officers. Every reading of names is written into the audit. */
import { findRollImport, listRollImports, readBoundPersons, readUnitRecords } from '#db/people'
import { insertAuditEvent } from '#db/platform'
import { areaCentiM2, type CanonicalValue, type CivilDate, canonicalText, civilDate, dateOf } from '#kernel'
import type { Portal } from '#platform'
import type { ReadingReason } from './audit-act.ts'
import { type Actor, can } from './permission.ts'
import { type PersonCard, readPersonCards, readPersonNames } from './person.server.ts'
import { openPlan } from './plan-roll.server.ts'
import { readRegister, readRegisteredUnits } from './read-register.server.ts'
import { type AreaSource, compareUnitIds, type RegisteredUnit, type UnitFacts } from './register.ts'
import type { RollAnswers, RollPlan } from './roll-file/compare-roll.ts'
import type { RollReading } from './roll-file/roll-reading.ts'

interface Community {
  readonly communityId: number
}

/** Writes down that somebody looked at names: which act, of what, how many. */
async function auditReading(
  portal: Portal,
  actor: Actor,
  communityId: number,
  act: 'read-roll' | 'read-unit' | 'read-roll-import',
  subject: string,
  detail: { readonly [name: string]: CanonicalValue },
): Promise<void> {
  await insertAuditEvent(portal.db, {
    community_id: communityId,
    audit_event_id: portal.random.id(),
    at: portal.clock.now(),
    actor_user_id: actor.userId,
    act,
    subject,
    detail: canonicalText({ ...detail, from: actor.addressClass ?? 'unknown' }),
  })
}

export interface BuildingSummary {
  readonly building: string
  readonly units: number
  readonly areaCentiM2: bigint
}

export interface UnitList {
  readonly buildings: readonly BuildingSummary[]
  /** In the order in which people read them. */
  readonly units: readonly RegisteredUnit[]
  /** By person id; empty unless names were asked for. */
  readonly names: ReadonlyMap<string, string>
  /** Persons who sign in. */
  readonly withAccount: ReadonlySet<string>
  readonly developer: string | null
}

function summariesOf(units: readonly RegisteredUnit[]): BuildingSummary[] {
  const buildings = new Map<string, { units: number; area: bigint }>()
  for (const unit of units) {
    const before = buildings.get(unit.building) ?? { units: 0, area: 0n }
    buildings.set(unit.building, { units: before.units + 1, area: before.area + unit.areaCentiM2 })
  }
  return [...buildings].map(([building, { units: count, area }]) => ({
    building,
    units: count,
    areaCentiM2: area,
  }))
}

/**
 * Units of today, those of a building when one is named (none when the filter is null), with owners' names when asked for with a reason:
 * then the reading is in the audit. Null when the actor may not read the roll. Needs `roll:read`.
 */
export async function readUnits(
  portal: Portal,
  actor: Actor,
  community: Community,
  query: { readonly building: string | null; readonly namesFor: ReadingReason | null },
): Promise<UnitList | null> {
  const { communityId } = community
  if (!can(actor, 'roll:read', communityId)) return null
  const register = await readRegister(portal.db, communityId, dateOf(portal.clock.now()))
  const ordered = register.units.toSorted((a, b) => compareUnitIds(a.unitId, b.unitId))
  const units = ordered.filter(unit => unit.building === query.building)
  const names = query.namesFor
    ? await readPersonNames(
        portal,
        portal.db,
        communityId,
        units.flatMap(unit => unit.owners),
      )
    : new Map<string, string>()
  if (query.namesFor) {
    await auditReading(portal, actor, communityId, 'read-roll', query.building ?? '', {
      units: units.length,
      names: names.size,
      reason: query.namesFor,
    })
  }
  return {
    buildings: summariesOf(ordered),
    units,
    names,
    withAccount: await readBoundPersons(portal.db, communityId),
    developer: register.developer,
  }
}

export interface UnitRecord extends UnitFacts {
  readonly recordNo: number
  readonly effectiveOn: CivilDate
  readonly recordedAt: Date
  readonly isRemoved: boolean
}

export interface UnitPage {
  readonly unit: RegisteredUnit
  /** Newest first. */
  readonly records: readonly UnitRecord[]
  readonly cards: ReadonlyMap<string, PersonCard>
  readonly withAccount: ReadonlySet<string>
}

/** A unit of today with its history and its owners; null when there is none or the actor may not read it. In the audit. */
export async function readUnit(
  portal: Portal,
  actor: Actor,
  community: Community,
  unitId: string,
): Promise<UnitPage | null> {
  const { communityId } = community
  if (!can(actor, 'roll:read', communityId)) return null
  const today = dateOf(portal.clock.now())
  const [unit] = await readRegisteredUnits(portal.db, communityId, today, { unitId })
  if (unit === undefined) return null
  const rows = await readUnitRecords(portal.db, communityId, unitId)
  const persons = rows.flatMap(row => row.owners)
  await auditReading(portal, actor, communityId, 'read-unit', unitId, {})
  return {
    unit,
    records: rows.map(row => ({
      recordNo: row.record_no,
      effectiveOn: civilDate(row.effective_on),
      recordedAt: row.recorded_at,
      isRemoved: row.is_removed,
      kind: row.kind,
      areaCentiM2: areaCentiM2(row.area_centi_m2),
      areaSource: row.area_source,
      status: row.status,
      owners: row.owners,
    })),
    cards: await readPersonCards(portal, portal.db, communityId, persons),
    withAccount: await readBoundPersons(portal.db, communityId),
  }
}

export interface RollImport {
  readonly importId: string
  readonly fileName: string
  readonly uploadedAt: Date
  readonly effectiveOn: CivilDate
  readonly areaSource: AreaSource
  readonly state: 'reading' | 'rejected' | 'unknown' | 'ready' | 'stored' | 'discarded'
  readonly reading: RollReading | null
  readonly answers: RollAnswers | null
  /** Null unless the import is ready. */
  readonly plan: RollPlan | null
  /** Of the persons of the register that the plan speaks of. */
  readonly names: ReadonlyMap<string, string>
}

/** Persons of the register whose names a preview shows. */
function personsShown(plan: RollPlan): string[] {
  const changed = plan.rows.filter(row => row.changed.includes('owners'))
  return [
    ...changed.flatMap(row => [...(row.before?.owners ?? []), ...row.after.owners]),
    ...(plan.developer === null ? [] : [plan.developer]),
  ].filter(person => !person.startsWith('new:'))
}

/** One import with its preview; null when there is none or the actor may not read it. Names are in it: in the audit. Needs `roll:import`. */
export async function readRollImport(
  portal: Portal,
  actor: Actor,
  community: Community,
  importId: string,
): Promise<RollImport | null> {
  const { communityId } = community
  if (!can(actor, 'roll:import', communityId)) return null
  const row = await findRollImport(portal.db, communityId, importId)
  if (row === undefined) return null
  const opened = await openPlan(portal, portal.db, row)
  const plan = opened?.plan ?? null
  if (plan !== null) {
    await auditReading(portal, actor, communityId, 'read-roll-import', importId, {
      units: plan.rows.length,
    })
  }
  return {
    importId: row.import_id,
    fileName: row.file_name,
    uploadedAt: row.uploaded_at,
    effectiveOn: civilDate(row.effective_on),
    areaSource: row.area_source,
    state: row.state,
    reading: opened?.reading ?? null,
    answers: opened?.answers ?? null,
    plan,
    names:
      plan === null ? new Map() : await readPersonNames(portal, portal.db, communityId, personsShown(plan)),
  }
}

/** The newest imports; null when the actor may not read the roll. */
export async function readRollImports(portal: Portal, actor: Actor, community: Community, limit: number) {
  if (!can(actor, 'roll:read', community.communityId)) return null
  const rows = await listRollImports(portal.db, community.communityId, limit)
  return rows.map(row => ({
    importId: row.import_id,
    fileName: row.file_name,
    uploadedAt: row.uploaded_at,
    effectiveOn: civilDate(row.effective_on),
    state: row.state,
    counts:
      row.units_new === null
        ? null
        : {
            new: row.units_new,
            changed: row.units_changed!,
            unchanged: row.units_unchanged!,
            removed: row.units_removed!,
          },
  }))
}
