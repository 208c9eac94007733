/** Queries of the platform: communities, jobs, the audit of officers' acts. Every change of a job is guarded by its lease. */
import { type Insertable, type Selectable, sql } from 'kysely'
import type { Tx } from './schema/index.ts'
import type { AuditEventTable, CommunityTable, JobTable } from './schema/platform.ts'

export type CommunityRow = Selectable<CommunityTable>
export type JobRow = Selectable<JobTable>

/** True when the database answers. */
export async function isReachable(tx: Tx): Promise<boolean> {
  try {
    await sql`select 1`.execute(tx)
    return true
  } catch {
    return false
  }
}

/** The community of an address name; null when there is none. */
export async function readCommunityBySlug(tx: Tx, slug: string): Promise<CommunityRow | null> {
  const row = await tx.selectFrom('community').selectAll().where('slug', '=', slug).executeTakeFirst()
  return row ?? null
}

/** The community of an id; null when there is none. */
export async function readCommunityById(tx: Tx, communityId: number): Promise<CommunityRow | null> {
  const row = await tx
    .selectFrom('community')
    .selectAll()
    .where('community_id', '=', communityId)
    .executeTakeFirst()
  return row ?? null
}

/**
 * A text that changes with everything that public pages of a community show: its log and what is published of it, what its
 * jobs made, and how it is described. Null when there is no such community. Read for every kept page that is served.
 */
export async function readPageVersion(tx: Tx, slug: string): Promise<string | null> {
  const { rows } = await sql<{ version: string }>`
    select concat_ws(
      '.',
      (select size from tlog where tlog.community_id = community.community_id),
      (select max(size) from tlog_checkpoint where tlog_checkpoint.community_id = community.community_id),
      (select max(finished_at) from job where job.community_id = community.community_id),
      (select count(*) from council_topic_event where council_topic_event.community_id = community.community_id),
      (select count(*) from council_action_event where council_action_event.community_id = community.community_id),
      -- What was due yesterday is overdue today.
      (now() at time zone 'Asia/Shanghai')::date,
      publishes_detail, name, name_en, district
    ) as version
    from community where slug = ${slug}`.execute(tx)
  return rows[0]?.version ?? null
}

/** Every community, by address name. */
export function readCommunities(tx: Tx): Promise<CommunityRow[]> {
  return tx.selectFrom('community').selectAll().orderBy('slug').execute()
}

/** Enters a community and gives its id: the next free number. The caller holds a transaction. */
export async function insertCommunity(
  tx: Tx,
  community: Omit<Insertable<CommunityTable>, 'community_id'>,
): Promise<number> {
  // Two foundings at once would take the same number: the second waits here.
  await sql`select pg_advisory_xact_lock(hashtext('community'))`.execute(tx)
  const { last } = await tx
    .selectFrom('community')
    .select(eb => eb.fn.coalesce(eb.fn.max('community_id'), sql<number>`0`).as('last'))
    .executeTakeFirstOrThrow()
  const communityId = last + 1
  await tx
    .insertInto('community')
    .values({ ...community, community_id: communityId })
    .execute()
  return communityId
}

/** Changes what two people decided about how a community charges and what it publishes. */
export async function updateCommunitySettings(
  tx: Tx,
  communityId: number,
  settings: Pick<Insertable<CommunityTable>, 'charging_model' | 'publishes_detail'>,
): Promise<void> {
  await tx.updateTable('community').set(settings).where('community_id', '=', communityId).execute()
}

/** Appends an officer's act to the audit. */
export async function insertAuditEvent(tx: Tx, event: Insertable<AuditEventTable>): Promise<void> {
  await tx.insertInto('audit_event').values(event).execute()
}

/** Enters a job unless its key was asked for before; gives the job that now stands for the key. */
export async function insertJobOnce(
  tx: Tx,
  job: Insertable<JobTable>,
): Promise<{ row: JobRow; isNew: boolean }> {
  const made = await tx
    .insertInto('job')
    .values(job)
    .onConflict(conflict => conflict.columns(['community_id', 'kind', 'job_key']).doNothing())
    .returningAll()
    .executeTakeFirst()
  if (made !== undefined) return { row: made, isNew: true }
  const row = await tx
    .selectFrom('job')
    .selectAll()
    .where('community_id', '=', job.community_id)
    .where('kind', '=', job.kind)
    .where('job_key', '=', job.job_key)
    .executeTakeFirstOrThrow()
  return { row, isNew: false }
}

/** A job of a community; null when there is none. */
export async function readJobRow(tx: Tx, communityId: number, jobId: string): Promise<JobRow | null> {
  const row = await tx
    .selectFrom('job')
    .selectAll()
    .where('community_id', '=', communityId)
    .where('job_id', '=', jobId)
    .executeTakeFirst()
  return row ?? null
}

/** The job of a kind asked for last whose key begins so; null when there is none. */
export async function readNewestJobRow(
  tx: Tx,
  communityId: number,
  kind: string,
  keyStart: string,
): Promise<JobRow | null> {
  const row = await tx
    .selectFrom('job')
    .selectAll()
    .where('community_id', '=', communityId)
    .where('kind', '=', kind)
    .where(sql<boolean>`starts_with(job_key, ${keyStart})`)
    .orderBy('requested_at', 'desc')
    .orderBy('job_id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ?? null
}

/** Lets a failed job run once more. False when it has not failed. */
export async function reopenFailedJob(
  tx: Tx,
  communityId: number,
  jobId: string,
  at: Date,
): Promise<boolean> {
  const done = await tx
    .updateTable('job')
    // The number of an attempt never comes back (it fences leases off): the next hundred begins a new round of tries.
    .set({
      state: 'waiting',
      attempts: sql<number>`(attempts / 100 + 1) * 100`,
      run_after: at,
      outcome: null,
      finished_at: null,
    })
    .where('community_id', '=', communityId)
    .where('job_id', '=', jobId)
    .where('state', '=', 'failed')
    .executeTakeFirst()
  return done.numUpdatedRows === 1n
}

/** Takes the next due job, waiting or abandoned, until the given instant; null when none is due. Jobs that another runner is taking are skipped. */
export async function leaseDueJob(
  tx: Tx,
  kinds: readonly string[],
  now: Date,
  until: Date,
): Promise<JobRow | null> {
  const row = await tx
    .updateTable('job')
    .set(eb => ({ state: 'running', attempts: eb('attempts', '+', 1), leased_until: until }))
    .where('job_id', '=', eb =>
      eb
        .selectFrom('job')
        .select('job_id')
        .where('kind', 'in', kinds)
        .where(due =>
          due.or([
            due.and([due('state', '=', 'waiting'), due('run_after', '<=', now)]),
            due.and([due('state', '=', 'running'), due('leased_until', '<', now)]),
          ]),
        )
        .orderBy('run_after')
        .limit(1)
        .forUpdate()
        .skipLocked(),
    )
    .returningAll()
    .executeTakeFirst()
  return row ?? null
}

/** What a lease may change of its job. The number of the attempt tells a lease from a later one of the same job. */
export async function updateLeasedJob(
  tx: Tx,
  lease: Pick<JobRow, 'job_id' | 'attempts'>,
  change: Partial<
    Pick<
      JobRow,
      'state' | 'leased_until' | 'progress_done' | 'progress_total' | 'outcome' | 'run_after' | 'finished_at'
    >
  >,
): Promise<boolean> {
  const done = await tx
    .updateTable('job')
    .set(change)
    .where('job_id', '=', lease.job_id)
    .where('state', '=', 'running')
    .where('attempts', '=', lease.attempts)
    .executeTakeFirst()
  return done.numUpdatedRows === 1n
}
