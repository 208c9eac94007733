/** Queries of erasure: settings, who owns nothing any more, and the removal of what is personal. */
import { type Insertable, sql } from 'kysely'
import type { RetentionKind } from '#people'
import type { Tx } from '../schema/index.ts'
import type { PersonErasureTable, RetentionSettingTable } from '../schema/retention.ts'

/** The settings in force, by kind; kinds without one have their default. */
export async function readRetentionSettings(
  tx: Tx,
  communityId: number,
): Promise<Map<RetentionKind, { readonly settingNo: number; readonly days: number }>> {
  const { rows } = await sql<{ kind: RetentionKind; setting_no: number; days: number }>`
    select distinct on (kind) kind, setting_no, days from retention_setting
    where community_id = ${communityId} order by kind, setting_no desc`.execute(tx)
  return new Map(rows.map(row => [row.kind, { settingNo: row.setting_no, days: row.days }]))
}

/** Appends a setting. */
export async function insertRetentionSetting(tx: Tx, row: Insertable<RetentionSettingTable>): Promise<void> {
  await tx.insertInto('retention_setting').values(row).execute()
}

/** Persons with personal data who own nothing and did not own anything since a day, and were recorded before it. */
export async function listFormerOwners(tx: Tx, communityId: number, since: string): Promise<string[]> {
  const { rows } = await sql<{ person_id: string }>`
    select p.person_id from person_private s join person p using (community_id, person_id)
    where p.community_id = ${communityId} and p.kind <> 'developer'
      and (p.recorded_at at time zone 'Asia/Shanghai')::date < ${since}::date
      and not exists (
        select from unit_owner o join unit_record r using (community_id, unit_id, record_no)
        where o.community_id = p.community_id and o.person_id = p.person_id and not r.is_removed
          and not exists (
            select from unit_record later
            where later.community_id = r.community_id and later.unit_id = r.unit_id
              and later.effective_on <= ${since}::date
              and (later.effective_on, later.record_no) > (r.effective_on, r.record_no)))
    order by p.person_id`.execute(tx)
  return rows.map(row => row.person_id)
}

/** Removes what is personal of a person and the proofs that go with their codes; false when it is gone already. */
export async function deletePersonPrivate(tx: Tx, communityId: number, personId: string): Promise<boolean> {
  await sql`
    delete from claim_proof where community_id = ${communityId} and invitation_id in (
      select invitation_id from owner_invitation where community_id = ${communityId} and person_id = ${personId})`.execute(
    tx,
  )
  const done = await tx
    .deleteFrom('person_private')
    .where('community_id', '=', communityId)
    .where('person_id', '=', personId)
    .executeTakeFirst()
  return done.numDeletedRows > 0n
}

/** Notes an erasure; the first one of a person stands. */
export async function insertPersonErasure(tx: Tx, row: Insertable<PersonErasureTable>): Promise<void> {
  await tx
    .insertInto('person_erasure')
    .values(row)
    .onConflict(conflict => conflict.columns(['community_id', 'person_id']).doNothing())
    .execute()
}

/** Persons who were erased and of whom there is something personal all the same: there must be none. */
export async function listUnerased(tx: Tx, communityId: number): Promise<string[]> {
  const { rows } = await sql<{ person_id: string }>`
    select e.person_id from person_erasure e join person_private s using (community_id, person_id)
    where e.community_id = ${communityId} order by e.person_id`.execute(tx)
  return rows.map(row => row.person_id)
}

/** Removes the salts of the audit's acts about a person: what their digests say can be told by nobody then. */
export async function deleteAuditSalts(tx: Tx, communityId: number, subject: string): Promise<void> {
  await sql`
    delete from audit_salt where community_id = ${communityId} and audit_event_id in (
      select audit_event_id from audit_event where community_id = ${communityId} and subject = ${subject})`.execute(
    tx,
  )
}

/** Takes everything personal off an account, and shuts it. */
export async function eraseUserRow(
  tx: Tx,
  userId: string,
  erased: {
    readonly login: string
    readonly displayName: string
    readonly passwordHash: string
    readonly at: Date
  },
): Promise<void> {
  await tx
    .updateTable('portal_user')
    .set({
      login: erased.login,
      display_name: erased.displayName,
      password_hash: erased.passwordHash,
      disabled_at: erased.at,
    })
    .where('user_id', '=', userId)
    .execute()
  await tx.deleteFrom('message_choice').where('user_id', '=', userId).execute()
  await tx
    .updateTable('person_user')
    .set({ ended_at: erased.at })
    .where('user_id', '=', userId)
    .where('ended_at', 'is', null)
    .execute()
}
