/** Stores a confirmed roll in one transaction: persons, units, their records, the confirmation, the audit. */
import type { Tx } from '#db'
import {
  insertPersons,
  insertRollImportConfirmation,
  insertUnitRecords,
  insertUnits,
  type RollImportRow,
  readLastConfirmation,
  readPersonPrivates,
  readRecordNumbers,
  updatePersonPrivate,
} from '#db/people'
import { err, ok, type Result } from '#kernel'
import type { Portal, Sealer } from '#platform'
import { noteAct } from './audit.server.ts'
import { forgetImport, lockForConfirmation, type RollRefusal } from './import-roll.server.ts'
import type { Actor } from './permission.ts'
import { openPerson, type PersonSecret, sealPerson } from './person.server.ts'
import { type Matcher, openMatcher } from './person-seal.server.ts'
import { openPlan } from './plan-roll.server.ts'
import type { UnitFacts } from './register.ts'
import type { RollPlan } from './roll-file/compare-roll.ts'

interface Confirming {
  readonly portal: Portal
  readonly tx: Tx
  readonly row: RollImportRow
  readonly plan: RollPlan
  readonly sealer: Sealer
  readonly matcher: Matcher
  readonly now: Date
  readonly userId: string
}

function privateColumns(
  { sealer, matcher, row }: Confirming,
  personId: string,
  secret: PersonSecret,
  identity: string | null,
) {
  return {
    community_id: row.community_id,
    person_id: personId,
    sealed: sealPerson(sealer, row.community_id, personId, secret),
    name_hash: matcher('name', secret.name),
    phone_hash: secret.phone === null ? null : matcher('phone', secret.phone),
    ...(identity === null
      ? {}
      : { identity_hash: matcher('identity', identity), identity_last4: identity.slice(-4) }),
  }
}

/** Enters new persons; gives the person id of every token. */
async function storePersons(confirming: Confirming): Promise<ReadonlyMap<string, string>> {
  const { portal, tx, row, plan, now } = confirming
  const ids = new Map(plan.newPersons.map(person => [person.token, portal.random.id()]))
  await insertPersons(
    tx,
    plan.newPersons.map(({ token, kind }) => ({
      community_id: row.community_id,
      person_id: ids.get(token)!,
      kind,
      recorded_at: now,
    })),
    plan.newPersons.map(({ token, name, phone, identity }) => ({
      identity_hash: null,
      identity_last4: null,
      ...privateColumns(confirming, ids.get(token)!, { name, phone }, identity),
    })),
  )
  return ids
}

/** Renews what the file newly tells of persons that are there. */
async function storeUpdates(confirming: Confirming): Promise<void> {
  const { tx, row, plan, sealer } = confirming
  const told = new Map(plan.updates.map(update => [update.personId, update]))
  for (const before of await readPersonPrivates(tx, row.community_id, [...told.keys()])) {
    const update = told.get(before.person_id)!
    const secret = openPerson(sealer, before)
    const phone = update.phone ?? secret.phone
    if (phone === secret.phone && (update.identity === null || before.identity_hash !== null)) continue
    const columns = privateColumns(confirming, before.person_id, { ...secret, phone }, update.identity)
    await updatePersonPrivate(tx, columns)
  }
}

async function storeConfirmation(confirming: Confirming, developer: string | null): Promise<void> {
  const { tx, row, plan, now, userId } = confirming
  const last = await readLastConfirmation(tx, row.community_id, null)
  await insertRollImportConfirmation(tx, {
    community_id: row.community_id,
    import_id: row.import_id,
    confirmation_no: (last?.confirmation_no ?? 0) + 1,
    confirmed_by: userId,
    confirmed_at: now,
    effective_on: row.effective_on,
    developer_person_id: developer,
    units_new: plan.counts.new,
    units_changed: plan.counts.changed,
    units_unchanged: plan.counts.unchanged,
    units_removed: plan.removesMissing ? plan.missing.length : 0,
  })
}

async function storeUnits(confirming: Confirming, ids: ReadonlyMap<string, string>): Promise<void> {
  const { tx, row, plan, now, userId } = confirming
  const community_id = row.community_id
  const numbers = await readRecordNumbers(tx, community_id)
  const recordOf = (unitId: string, facts: UnitFacts, isRemoved: boolean) => ({
    community_id,
    unit_id: unitId,
    record_no: (numbers.get(unitId) ?? 0) + 1,
    effective_on: row.effective_on,
    recorded_at: now,
    recorded_by: userId,
    import_id: row.import_id,
    is_removed: isRemoved,
    kind: facts.kind,
    area_centi_m2: facts.areaCentiM2 as bigint,
    area_source: facts.areaSource,
    status: facts.status,
  })
  const stored = plan.rows.filter(each => each.verdict !== 'unchanged')
  await insertUnits(
    tx,
    stored.map(({ row: { unitId, building, entrance, number } }) => ({
      community_id,
      unit_id: unitId,
      building,
      entrance,
      number,
      recorded_at: now,
    })),
  )
  const removed = plan.removesMissing ? plan.missing : []
  const records = stored.map(each => recordOf(each.row.unitId, each.after, false))
  const owners = stored.flatMap((each, index) =>
    each.after.owners.map(owner => ({
      community_id,
      unit_id: each.row.unitId,
      record_no: records[index]!.record_no,
      person_id: ids.get(owner) ?? owner,
    })),
  )
  const ends = removed.map(unit => recordOf(unit.unitId, unit, true))
  await insertUnitRecords(tx, [...records, ...ends], owners)
}

/**
 * Confirms the preview that the actor saw: `seenDigest` is the plan's. Anything that changed since, in the register or in the
 * answers, refuses with `preview-stale`. Needs `roll:import`.
 */
export async function confirmRoll(
  portal: Portal,
  actor: Actor,
  community: { readonly communityId: number },
  input: { readonly importId: string; readonly seenDigest: string },
): Promise<Result<RollPlan['counts'] & { readonly removed: number }, RollRefusal>> {
  const { communityId } = community
  const matcher = await openMatcher(portal, communityId)
  return portal.db.transaction().execute(async tx => {
    const waiting = await lockForConfirmation(portal, tx, actor, communityId, input.importId)
    if (!waiting.ok) return waiting
    const row = waiting.value
    const opened = await openPlan(portal, tx, row)
    const plan = opened?.plan ?? null
    if (opened === null || plan === null) return err({ code: 'import-not-ready', state: row.state })
    if (plan.open.persons > 0) return err({ code: 'answers-missing', count: plan.open.persons })
    if (plan.open.developer) return err({ code: 'developer-missing' })
    if (plan.digest !== input.seenDigest) return err({ code: 'preview-stale' })
    const now = portal.clock.now()
    const { sealer } = opened
    const confirming = { portal, tx, row, plan, sealer, matcher, now, userId: actor.userId }
    const ids = await storePersons(confirming)
    await storeUpdates(confirming)
    const developer = plan.developer === null ? null : (ids.get(plan.developer) ?? plan.developer)
    await storeConfirmation(confirming, developer)
    await storeUnits(confirming, ids)
    await forgetImport(tx, communityId, row.import_id, 'stored')
    const counts = { ...plan.counts, removed: plan.removesMissing ? plan.missing.length : 0 }
    await noteAct(portal, tx, {
      communityId,
      by: actor.userId,
      act: 'confirm-roll',
      subject: row.import_id,
      detail: { file: row.file_sha256, effectiveOn: row.effective_on, ...counts },
    })
    return ok(counts)
  })
}
