/**
 * Merges two persons of the register who are one owner, and takes it back: one officer proposes, another confirms. The records are
 * appended as those of an import without a file, so that the history of each unit stays whole and heads follow from that day.
 */
import type { Tx } from '#db'
import {
  insertFilelessImport,
  insertMerge,
  insertMergeDecision,
  insertRollImportConfirmation,
  insertUnitRecords,
  listMerges,
  listSameNames,
  lockRegister,
  type MergeRow,
  type RegisterRow,
  readBoundPersons,
  readLastConfirmation,
  readPersonKinds,
  readRegisterRows,
  readUnitRecords,
} from '#db/people'
import { areaCentiM2, dateOf, err, isId, ok, type Result, sha256Hex } from '#kernel'
import type { Portal } from '#platform'
import { appendLeaf } from '#tlog/server'
import { noteAct } from './audit.server.ts'
import { type Actor, can } from './permission.ts'
import { type PersonCard, readPersonCards } from './person.server.ts'
import {
  type MergeBoard,
  type MergePerson,
  mergeLeaf,
  unitsAfterMerge,
  unitsAfterUndo,
} from './person-merge.ts'
import type { RegisteredUnit } from './register.ts'

interface Community {
  readonly communityId: number
  readonly logOrigin: string
}

export type MergeRefusal = {
  readonly code:
    | 'not-permitted'
    /** Not two persons of one kind who own something today, or one of them the developer. */
    | 'persons-unfit'
    /** The one that goes has an account and the one that stays has none: keep the one who signs in. */
    | 'keep-who-signs-in'
    | 'merge-waits'
    | 'merge-unknown'
    | 'merge-decided'
    /** Proposed by this very person. */
    | 'same-person'
    /** A unit of theirs has a record from a later day on. */
    | 'unit-changes-later'
    /** Nothing of it stands any more. */
    | 'nothing-to-undo'
}

const FOREVER = '9999-12-31'

type Standing = RegisteredUnit & { readonly recordNo: number }

function standingOf(row: RegisterRow): Standing {
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
    recordNo: row.record_no,
  }
}

/** What is in force of a person today. */
async function unitsNow(portal: Portal, tx: Tx, communityId: number, personId: string): Promise<Standing[]> {
  const rows = await readRegisterRows(tx, communityId, dateOf(portal.clock.now()), { personId })
  return rows.filter(row => !row.is_removed).map(standingOf)
}

async function proposalProblem(
  portal: Portal,
  tx: Tx,
  communityId: number,
  kept: string,
  merged: string,
): Promise<MergeRefusal['code'] | null> {
  if (!isId(kept) || !isId(merged) || kept === merged) return 'persons-unfit'
  const kinds = await readPersonKinds(tx, communityId, [kept, merged])
  const confirmation = await readLastConfirmation(tx, communityId, null)
  const developer = confirmation?.developer_person_id ?? null
  const isOfOneKind = kinds.get(kept) !== undefined && kinds.get(kept) === kinds.get(merged)
  if (!isOfOneKind || developer === kept || developer === merged) return 'persons-unfit'
  for (const personId of [kept, merged]) {
    const units = await unitsNow(portal, tx, communityId, personId)
    if (!units.some(unit => unit.owners.includes(personId))) return 'persons-unfit'
  }
  const bound = await readBoundPersons(tx, communityId)
  return bound.has(merged) && !bound.has(kept) ? 'keep-who-signs-in' : null
}

/** Proposes that two persons are one. Needs `roll:import`. */
export async function proposeMerge(
  portal: Portal,
  actor: Actor,
  { communityId }: Community,
  same: { readonly kept: string; readonly merged: string },
): Promise<Result<{ readonly mergeId: string }, MergeRefusal>> {
  if (!can(actor, 'roll:import', communityId)) return err({ code: 'not-permitted' })
  return portal.db.transaction().execute(async tx => {
    await lockRegister(tx, communityId)
    const problem = await proposalProblem(portal, tx, communityId, same.kept, same.merged)
    if (problem !== null) return err({ code: problem })
    const waits = (await listMerges(tx, communityId)).some(
      row => row.decision === null && [row.kept_person_id, row.merged_person_id].includes(same.merged),
    )
    if (waits) return err({ code: 'merge-waits' })
    return ok(await propose(portal, tx, actor, communityId, { ...same, kind: 'merge', undoes: null }))
  })
}

/** Proposes to take a confirmed merge back. Needs `roll:import`. */
export async function proposeUndo(
  portal: Portal,
  actor: Actor,
  { communityId }: Community,
  mergeId: string,
): Promise<Result<{ readonly mergeId: string }, MergeRefusal>> {
  if (!can(actor, 'roll:import', communityId)) return err({ code: 'not-permitted' })
  return portal.db.transaction().execute(async tx => {
    await lockRegister(tx, communityId)
    const all = await listMerges(tx, communityId)
    const row = all.find(each => each.merge_id === mergeId && each.kind === 'merge')
    if (row?.decision !== 'confirmed') return err({ code: 'merge-unknown' })
    if (all.some(each => each.undoes === mergeId && each.decision !== 'refused')) {
      return err({ code: 'merge-waits' })
    }
    const same = { kept: row.kept_person_id, merged: row.merged_person_id }
    return ok(await propose(portal, tx, actor, communityId, { ...same, kind: 'undo', undoes: mergeId }))
  })
}

async function propose(
  portal: Portal,
  tx: Tx,
  actor: Actor,
  communityId: number,
  said: {
    readonly kept: string
    readonly merged: string
    readonly kind: 'merge' | 'undo'
    readonly undoes: string | null
  },
) {
  const mergeId = portal.random.id()
  await insertMerge(tx, {
    community_id: communityId,
    merge_id: mergeId,
    kind: said.kind,
    kept_person_id: said.kept,
    merged_person_id: said.merged,
    undoes: said.undoes,
    proposed_by: actor.userId,
    proposed_at: portal.clock.now(),
  })
  const detail = { merge: mergeId, kind: said.kind }
  await noteAct(portal, tx, {
    communityId,
    by: actor.userId,
    act: 'propose-merge',
    subject: said.merged,
    detail,
  })
  return { mergeId }
}

/** The units as they are to be after the decision; null where a unit of theirs changes on a later day. */
async function unitsAfter(
  portal: Portal,
  tx: Tx,
  communityId: number,
  row: MergeRow,
): Promise<readonly RegisteredUnit[] | null> {
  const { kept_person_id: kept, merged_person_id: merged } = row
  const now = await unitsNow(portal, tx, communityId, row.kind === 'merge' ? merged : kept)
  const later = new Map(
    (await readRegisterRows(tx, communityId, FOREVER)).map(each => [each.unit_id, each.record_no]),
  )
  if (row.kind === 'merge') {
    const changed = unitsAfterMerge(now, { kept, merged })
    const isLast = (unit: RegisteredUnit) =>
      later.get(unit.unitId) === now.find(each => each.unitId === unit.unitId)?.recordNo
    return changed.every(isLast) ? changed : null
  }
  const undone = (await listMerges(tx, communityId)).find(each => each.merge_id === row.undoes)
  const before = new Map<string, { readonly recordNo: number; readonly owners: readonly string[] }>()
  for (const unit of now) {
    const records = await readUnitRecords(tx, communityId, unit.unitId)
    const made = records.find(record => record.import_id === undone?.import_id)
    const was = records.find(record => made !== undefined && record.record_no === made.record_no - 1)
    if (was !== undefined) before.set(unit.unitId, { recordNo: was.record_no, owners: was.owners })
  }
  return unitsAfterUndo(
    now.filter(unit => later.get(unit.unitId) === unit.recordNo),
    before,
  )
}

/** Appends the records, as those of an import without a file. Gives the import's id. */
async function appendRecords(
  portal: Portal,
  tx: Tx,
  actor: Actor,
  communityId: number,
  row: MergeRow,
  units: readonly RegisteredUnit[],
): Promise<string> {
  const now = portal.clock.now()
  const today = dateOf(now)
  const importId = portal.random.id()
  const last = await readLastConfirmation(tx, communityId, null)
  const bytes = new TextEncoder().encode(row.merge_id)
  await insertFilelessImport(tx, {
    community_id: communityId,
    import_id: importId,
    file_name: row.kind,
    file_sha256: sha256Hex(bytes),
    file_bytes: 0,
    effective_on: today,
    area_source: 'register',
    uploaded_by: row.proposed_by,
    uploaded_at: now,
    state: 'stored',
  })
  await insertRollImportConfirmation(tx, {
    community_id: communityId,
    import_id: importId,
    confirmation_no: (last?.confirmation_no ?? 0) + 1,
    confirmed_by: actor.userId,
    confirmed_at: now,
    effective_on: today,
    developer_person_id: last?.developer_person_id ?? null,
    units_new: 0,
    units_changed: units.length,
    units_unchanged: 0,
    units_removed: 0,
  })
  const numbers = new Map(
    (await readRegisterRows(tx, communityId, FOREVER)).map(each => [each.unit_id, each.record_no]),
  )
  const numbered = units.map(unit => ({ unit, recordNo: (numbers.get(unit.unitId) ?? 0) + 1 }))
  await insertUnitRecords(
    tx,
    numbered.map(({ unit, recordNo }) => ({
      community_id: communityId,
      unit_id: unit.unitId,
      record_no: recordNo,
      effective_on: today,
      recorded_at: now,
      recorded_by: actor.userId,
      import_id: importId,
      is_removed: false,
      kind: unit.kind,
      area_centi_m2: unit.areaCentiM2 as bigint,
      area_source: unit.areaSource,
      status: unit.status,
    })),
    numbered.flatMap(({ unit, recordNo }) =>
      unit.owners.map(person_id => ({
        community_id: communityId,
        unit_id: unit.unitId,
        record_no: recordNo,
        person_id,
      })),
    ),
  )
  return importId
}

/** Confirms or refuses as the second person. Needs `roll:import`. Frozen rolls stay; heads follow from today. */
export async function decideMerge(
  portal: Portal,
  actor: Actor,
  { communityId, logOrigin }: Community,
  decision: { readonly mergeId: string; readonly confirmed: boolean },
): Promise<Result<{ readonly units: number }, MergeRefusal>> {
  if (!can(actor, 'roll:import', communityId)) return err({ code: 'not-permitted' })
  return portal.db.transaction().execute(async tx => {
    await lockRegister(tx, communityId)
    const all = await listMerges(tx, communityId)
    const row = all.find(each => each.merge_id === decision.mergeId)
    if (row === undefined) return err({ code: 'merge-unknown' })
    if (row.decision !== null) return err({ code: 'merge-decided' })
    const now = portal.clock.now()
    const key = { community_id: communityId, merge_id: row.merge_id }
    const said = { ...key, decided_by: actor.userId, decided_at: now }
    const audited = {
      communityId,
      by: actor.userId,
      act: decision.confirmed ? ('confirm-merge' as const) : ('refuse-merge' as const),
      subject: row.merged_person_id,
      detail: { merge: row.merge_id, kind: row.kind },
    }
    if (!decision.confirmed) {
      const nothing = { import_id: null, merge_no: null, leaf_index: null }
      await insertMergeDecision(tx, { ...said, decision: 'refused', ...nothing })
      await noteAct(portal, tx, audited)
      return ok({ units: 0 })
    }
    if (row.proposed_by === actor.userId) return err({ code: 'same-person' })
    const units = await unitsAfter(portal, tx, communityId, row)
    if (units === null) return err({ code: 'unit-changes-later' })
    if (units.length === 0) return err({ code: row.kind === 'merge' ? 'persons-unfit' : 'nothing-to-undo' })
    const importId = await appendRecords(portal, tx, actor, communityId, row, units)
    const mergeNo = 1 + Math.max(0, ...all.map(each => each.merge_no ?? 0))
    const { firstIndex } = await appendLeaf(tx, communityId, [mergeLeaf(logOrigin, row.kind, mergeNo, now)])
    const made = { import_id: importId, merge_no: mergeNo, leaf_index: BigInt(firstIndex) }
    await insertMergeDecision(tx, { ...said, decision: 'confirmed', ...made })
    await noteAct(portal, tx, audited)
    return ok({ units: units.length })
  })
}

/** The board; null when the actor may not import a roll. Names are in it: in the audit. Needs `roll:import`. */
export async function readMergeBoard(
  portal: Portal,
  actor: Actor,
  { communityId }: Community,
): Promise<MergeBoard | null> {
  if (!can(actor, 'roll:import', communityId)) return null
  const tx = portal.db
  const rows = await readRegisterRows(tx, communityId, dateOf(portal.clock.now()))
  const owned = new Map<string, string[]>()
  for (const row of rows.filter(each => !each.is_removed)) {
    for (const owner of row.owners) owned.set(owner, [...(owned.get(owner) ?? []), row.unit_id])
  }
  const groups = (await listSameNames(tx, communityId))
    .map(group => group.filter(person => owned.has(person)))
    .filter(group => group.length > 1)
  const all = await listMerges(tx, communityId)
  const open = all.filter(row => row.decision === null)
  const shown = [...groups.flat(), ...open.flatMap(row => [row.kept_person_id, row.merged_person_id])]
  const cards =
    shown.length === 0 ? new Map<string, PersonCard>() : await readPersonCards(portal, tx, communityId, shown)
  if (shown.length > 0) {
    const detail = { names: cards.size, reason: 'correction' }
    await noteAct(portal, tx, { communityId, by: actor.userId, act: 'read-roll', subject: '', detail })
  }
  const bound = await readBoundPersons(tx, communityId)
  const personOf = (personId: string): MergePerson | null => {
    const card = cards.get(personId)
    return card === undefined
      ? null
      : { ...card, units: owned.get(personId) ?? [], hasAccount: bound.has(personId) }
  }
  return {
    pairs: groups.flatMap(group => {
      // Whoever signs in stays.
      const [kept, ...others] = group.toSorted((a, b) => Number(bound.has(b)) - Number(bound.has(a)))
      return others.flatMap(other => {
        const [one, two] = [personOf(kept!), personOf(other)]
        return one === null || two === null ? [] : [{ kept: one, merged: two }]
      })
    }),
    waiting: open.map(row => ({
      mergeId: row.merge_id,
      kind: row.kind,
      isOwn: row.proposed_by === actor.userId,
      kept: personOf(row.kept_person_id),
      merged: personOf(row.merged_person_id),
    })),
    done: all.flatMap(row =>
      row.merge_no === null || row.decided_at === null
        ? []
        : [
            {
              mergeId: row.merge_id,
              mergeNo: row.merge_no,
              kind: row.kind,
              at: row.decided_at,
              leafIndex: Number(row.leaf_index),
              canUndo:
                row.kind === 'merge' &&
                !all.some(each => each.undoes === row.merge_id && each.decision !== 'refused'),
            },
          ],
    ),
  }
}
