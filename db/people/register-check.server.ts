/** Queries of the register's re-deriver: every record with its owners, every confirmation, and codes and bindings that do not fit. */
import { sql } from 'kysely'
import type { Tx } from '../schema/index.ts'
import type { RegisterRow } from './register.server.ts'

/** A record as it is stored, with its owners. */
export type WholeRecordRow = Pick<
  RegisterRow,
  | 'unit_id'
  | 'record_no'
  | 'effective_on'
  | 'is_removed'
  | 'kind'
  | 'area_centi_m2'
  | 'area_source'
  | 'status'
  | 'owners'
> & { readonly recorded_at: Date; readonly recorded_by: string; readonly import_id: string }

/** Every record of every unit, in order of unit and number. */
export async function listWholeRecords(tx: Tx, communityId: number): Promise<readonly WholeRecordRow[]> {
  const { rows } = await sql<WholeRecordRow>`
    select r.unit_id, r.record_no, r.effective_on, r.is_removed, r.kind, r.area_centi_m2, r.area_source, r.status,
      r.recorded_at, r.recorded_by, r.import_id, coalesce((
        select array_agg(o.person_id order by o.person_id collate "C") from unit_owner o
        where o.community_id = r.community_id and o.unit_id = r.unit_id and o.record_no = r.record_no
      ), '{}'::text[]) as owners
    from unit_record r where r.community_id = ${communityId}
    order by r.unit_id collate "C", r.record_no`.execute(tx)
  return rows
}

/** Every confirmation, in order. */
export function listConfirmations(tx: Tx, communityId: number) {
  return tx
    .selectFrom('roll_import_confirmation')
    .selectAll()
    .where('community_id', '=', communityId)
    .orderBy('confirmation_no')
    .execute()
}

/** Persons about whom nothing is sealed although nobody erased them. */
export async function listNameless(tx: Tx, communityId: number): Promise<string[]> {
  const { rows } = await sql<{ person_id: string }>`
    select p.person_id from person p where p.community_id = ${communityId}
      and not exists (select from person_private s
        where s.community_id = p.community_id and s.person_id = p.person_id)
      and not exists (select from person_erasure e
        where e.community_id = p.community_id and e.person_id = p.person_id)
    order by p.person_id`.execute(tx)
  return rows.map(row => row.person_id)
}

/** Persons with an account that no code of theirs explains: none was issued for them and accepted by that account. */
export async function listUncodedBindings(tx: Tx, communityId: number): Promise<string[]> {
  const { rows } = await sql<{ person_id: string }>`
    select distinct b.person_id from person_user b where b.community_id = ${communityId}
      and not exists (
        select from owner_invitation o join invitation i using (community_id, invitation_id)
        where o.community_id = b.community_id and o.person_id = b.person_id and i.accepted_by = b.user_id
          and i.accepted_at <= b.bound_at)
    order by b.person_id`.execute(tx)
  return rows.map(row => row.person_id)
}

/** Codes that were used by nobody at some time, by somebody at no time, or outside the days on which they were good. */
export async function listMisusedCodes(tx: Tx, communityId: number): Promise<string[]> {
  const { rows } = await sql<{ invitation_id: string }>`
    select invitation_id from invitation where community_id = ${communityId}
      and ((accepted_by is null) <> (accepted_at is null)
        or accepted_at < invited_at or accepted_at > expires_at)
    order by invitation_id`.execute(tx)
  return rows.map(row => row.invitation_id)
}
