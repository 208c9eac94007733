/** How long personal data is kept: the community's settings, and the job that removes what has had its time, once a day. */
import type { Tx } from '#db'
import { insertRetentionSetting, listFormerOwners, lockRegister, readRetentionSettings } from '#db/people'
import { readCommunities } from '#db/platform'
import { addDays, type CivilDate, dateOf, err, instantOf, ok, type Result } from '#kernel'
import { enqueueJob, type JobRun, type Portal } from '#platform'
import { noteAct } from './audit.server.ts'
import { type ErasureElsewhere, removePersonalData } from './erase.server.ts'
import { type Actor, can } from './permission.ts'
import {
  keptSince,
  parseRetentionDays,
  RETENTION_DAYS,
  RETENTION_KINDS,
  type RetentionKind,
} from './retention.ts'

export const APPLY_RETENTION = 'apply-retention'
/** Half past three at night. */
const AT_SECONDS = 3 * 3600 + 1800

export type RetentionRefusal = { readonly code: 'not-permitted' | 'days-out-of-bounds' }

/** The days in force, by kind. */
export async function readRetention(
  tx: Tx,
  communityId: number,
): Promise<Readonly<Record<RetentionKind, number>>> {
  const settings = await readRetentionSettings(tx, communityId)
  const daysOf = (kind: RetentionKind) => settings.get(kind)?.days ?? RETENTION_DAYS[kind].standard
  return { 'former-owner': daysOf('former-owner'), counterparty: daysOf('counterparty') }
}

/** Sets how long data of a kind is kept. Needs `retention:set`. */
export async function setRetention(
  portal: Portal,
  actor: Actor,
  { communityId }: { readonly communityId: number },
  change: { readonly kind: RetentionKind; readonly days: string },
): Promise<Result<void, RetentionRefusal>> {
  if (!can(actor, 'retention:set', communityId)) return err({ code: 'not-permitted' })
  const { kind } = change
  const days = parseRetentionDays(kind, change.days)
  if (days === null) return err({ code: 'days-out-of-bounds' })
  return portal.db.transaction().execute(async tx => {
    await lockRegister(tx, communityId)
    const settings = await readRetentionSettings(tx, communityId)
    const before = settings.get(kind)?.days ?? RETENTION_DAYS[kind].standard
    if (before === days) return ok(undefined)
    await insertRetentionSetting(tx, {
      community_id: communityId,
      kind,
      setting_no: (settings.get(kind)?.settingNo ?? 0) + 1,
      days,
      set_by: actor.userId,
      set_at: portal.clock.now(),
    })
    await noteAct(portal, tx, {
      communityId,
      by: actor.userId,
      act: 'set-retention',
      subject: kind,
      detail: { before, after: days },
    })
    return ok(undefined)
  })
}

/** What another room removes when data of a kind has had its time: everything from before the day; gives how much. */
export type RetentionElsewhere = (
  tx: Tx,
  communityId: number,
  kind: RetentionKind,
  before: CivilDate,
) => Promise<number>

/** Removes what has had its time, in the transaction that ends the job; `forget` is what other rooms forget of a former owner. */
export function applyRetentionJob(elsewhere: RetentionElsewhere, forget: readonly ErasureElsewhere[]) {
  return async ({ portal, job, finish }: JobRun): Promise<Result<string, string>> => {
    const { communityId } = job
    const today = dateOf(portal.clock.now())
    return portal.db.transaction().execute(async tx => {
      await lockRegister(tx, communityId)
      const days = await readRetention(tx, communityId)
      const by = APPLY_RETENTION
      const former = await listFormerOwners(tx, communityId, keptSince(today, days['former-owner']))
      for (const personId of former) {
        await removePersonalData(portal, tx, { communityId, personId, ground: 'retention', by }, forget)
      }
      let removed = former.length
      for (const kind of RETENTION_KINDS) {
        removed += await elsewhere(tx, communityId, kind, keptSince(today, days[kind]))
      }
      if (removed > 0) {
        const subject = today
        await noteAct(portal, tx, { communityId, by, act: APPLY_RETENTION, subject, detail: { removed } })
      }
      await finish(tx, String(removed))
      return ok(String(removed))
    })
  }
}

/** Asks, for every community, for the next night's removal: for the server's loop, as often as it likes. */
export async function askForRetention(portal: Portal): Promise<void> {
  const tomorrow = addDays(dateOf(portal.clock.now()), 1)
  for (const { community_id: communityId } of await readCommunities(portal.db)) {
    await enqueueJob(portal, portal.db, {
      communityId,
      kind: APPLY_RETENTION,
      key: tomorrow,
      payload: {},
      requestedBy: APPLY_RETENTION,
      runAfter: instantOf(tomorrow, AT_SECONDS),
    })
  }
}
