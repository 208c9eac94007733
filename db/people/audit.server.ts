/** Queries of the audit: acts that wait to be sealed, batches, what is shown to those who oversee and to owners. */
import { type Insertable, type Selectable, sql } from 'kysely'
import type { AuditBatchTable, AuditSaltTable, AuditSealTable } from '../schema/audit.ts'
import type { Tx } from '../schema/index.ts'
import type { AuditEventTable } from '../schema/platform.ts'

export interface AuditEventRow extends Selectable<AuditEventTable> {
  /** What it changed, as it is digested; null where nothing is told. */
  readonly changes: string | null
}

/** One sealing of a community's audit at a time. The caller holds a transaction. */
export async function lockAudit(tx: Tx, communityId: number): Promise<void> {
  await sql`select pg_advisory_xact_lock(773, ${communityId}::integer)`.execute(tx)
}

/** Acts that no batch has, the oldest first. */
export async function readUnsealedEvents(
  tx: Tx,
  communityId: number,
  limit: number,
): Promise<AuditEventRow[]> {
  const { rows } = await sql<AuditEventRow>`
    select e.*, c.changes from audit_event e left join audit_change c using (community_id, audit_event_id)
    where e.community_id = ${communityId}
      and not exists (select from audit_seal s
        where s.community_id = e.community_id and s.audit_event_id = e.audit_event_id)
    order by e.recorded_at, e.audit_event_id limit ${limit}`.execute(tx)
  return rows
}

/** The number of the newest batch; 0 before the first. */
export async function readLastBatchNo(tx: Tx, communityId: number): Promise<number> {
  const row = await tx
    .selectFrom('audit_batch')
    .select(({ fn }) => fn.max('batch_no').as('last'))
    .where('community_id', '=', communityId)
    .executeTakeFirst()
  return row?.last ?? 0
}

/** Appends a batch with its digests and their salts. */
export async function insertAuditBatch(
  tx: Tx,
  batch: Insertable<AuditBatchTable>,
  seals: readonly Insertable<AuditSealTable>[],
  salts: readonly Insertable<AuditSaltTable>[],
): Promise<void> {
  await tx.insertInto('audit_batch').values(batch).execute()
  await tx
    .insertInto('audit_seal')
    .values([...seals])
    .execute()
  await tx
    .insertInto('audit_salt')
    .values([...salts])
    .execute()
}

/** Every batch, oldest first: for the check. */
export function readAuditBatches(tx: Tx, communityId: number): Promise<Selectable<AuditBatchTable>[]> {
  return tx
    .selectFrom('audit_batch')
    .selectAll()
    .where('community_id', '=', communityId)
    .orderBy('batch_no')
    .execute()
}

export interface SealedEventRow extends Selectable<AuditSealTable> {
  /** Null once it was removed. */
  readonly salt: Uint8Array | null
  /** Null when the act is not there any more. */
  readonly at: Date | null
  readonly actor_user_id: string | null
  readonly act: string | null
  readonly subject: string | null
  readonly detail: string | null
  readonly changes: string | null
  readonly concerns: readonly string[] | null
}

/** The digests of a batch in their places, with what they are digests of. */
export async function readSealedEvents(
  tx: Tx,
  communityId: number,
  batchNo: number,
): Promise<SealedEventRow[]> {
  const { rows } = await sql<SealedEventRow>`
    select s.*, t.salt, e.at, e.actor_user_id, e.act, e.subject, e.detail, c.changes, c.concerns
    from audit_seal s left join audit_salt t using (community_id, audit_event_id)
    left join audit_event e using (community_id, audit_event_id)
    left join audit_change c using (community_id, audit_event_id)
    where s.community_id = ${communityId} and s.batch_no = ${batchNo} order by s.place`.execute(tx)
  return rows
}

export interface ShownEventRow extends AuditEventRow {
  readonly actor_name: string | null
  /** Null while no batch has it. */
  readonly leaf_index: bigint | null
}

export interface AuditQuery {
  /** Older than this act; null for the newest. */
  readonly before: { readonly at: Date; readonly id: string } | null
  /** Only acts of these names; null for all. */
  readonly acts: readonly string[] | null
  /** Only what is about these subjects, changed a row of theirs by another's hand, or is about the whole roll; null for all. */
  readonly about: { readonly subjects: readonly string[]; readonly wholeRollActs: readonly string[] } | null
  readonly limit: number
}

/** Acts, newest first. */
export async function readShownEvents(
  tx: Tx,
  communityId: number,
  query: AuditQuery,
): Promise<ShownEventRow[]> {
  const { before, acts, about } = query
  const older = before === null ? sql`` : sql`and (e.at, e.audit_event_id) < (${before.at}, ${before.id})`
  const named = acts === null ? sql`` : sql`and e.act = any(${textArray(acts)}::text[])`
  const concerning =
    about === null
      ? sql``
      : sql`and (e.subject = any(${textArray(about.subjects)}::text[])
          or (c.concerns && ${textArray(about.subjects)}::text[]
            and e.actor_user_id <> all(${textArray(about.subjects)}::text[]))
          or e.act = any(${textArray(about.wholeRollActs)}::text[]))`
  const { rows } = await sql<ShownEventRow>`
    select e.*, c.changes, u.display_name as actor_name, b.leaf_index
    from audit_event e left join audit_change c using (community_id, audit_event_id)
    left join portal_user u on u.user_id = e.actor_user_id
    left join audit_seal s on s.community_id = e.community_id and s.audit_event_id = e.audit_event_id
    left join audit_batch b on b.community_id = s.community_id and b.batch_no = s.batch_no
    where e.community_id = ${communityId} ${older} ${named} ${concerning}
    order by e.at desc, e.audit_event_id desc limit ${query.limit}`.execute(tx)
  return rows
}

/** An array literal of PostgreSQL. */
function textArray(values: readonly string[]): string {
  return `{${values.map(value => `"${value.replace(/[\\"]/g, '\\$&')}"`).join(',')}}`
}

/** The persons a user signs in as today, by community. */
export function readPersonsOfUser(
  tx: Tx,
  userId: string,
): Promise<{ community_id: number; person_id: string; bound_at: Date }[]> {
  return tx
    .selectFrom('person_user')
    .select(['community_id', 'person_id', 'bound_at'])
    .where('user_id', '=', userId)
    .where('ended_at', 'is', null)
    .orderBy('community_id')
    .execute()
}

/** The accounts that were ever bound to a person. */
export async function readUsersOfPerson(tx: Tx, communityId: number, personId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('person_user')
    .select('user_id')
    .where('community_id', '=', communityId)
    .where('person_id', '=', personId)
    .execute()
  return rows.map(row => row.user_id)
}

/** Communities with an act that no batch has and that was recorded before an instant. */
export async function listUnsealedAudits(tx: Tx, before: Date): Promise<number[]> {
  const { rows } = await sql<{ community_id: number }>`
    select distinct e.community_id from audit_event e where e.recorded_at < ${before}
      and not exists (select from audit_seal s
        where s.community_id = e.community_id and s.audit_event_id = e.audit_event_id)
    order by e.community_id`.execute(tx)
  return rows.map(row => row.community_id)
}

/** Codes that were confirmed by whoever asked for them: there must be none. */
export async function listSameHandCodes(tx: Tx, communityId: number): Promise<string[]> {
  const { rows } = await sql<{ request_id: string }>`
    select r.request_id from code_request r join code_request_decision d using (community_id, request_id)
    where r.community_id = ${communityId} and d.decision = 'confirmed' and d.decided_by = r.requested_by
    order by r.request_id`.execute(tx)
  return rows.map(row => row.request_id)
}

/** Persons with an account whose binding no audited act explains. */
export async function listUnauditedBindings(tx: Tx, communityId: number): Promise<string[]> {
  const { rows } = await sql<{ person_id: string }>`
    select b.person_id from person_user b where b.community_id = ${communityId}
      and not exists (select from audit_event e where e.community_id = b.community_id and e.act = 'bind-owner'
        and e.subject = b.person_id and e.actor_user_id = b.user_id)
    order by b.person_id`.execute(tx)
  return rows.map(row => row.person_id)
}
