/** SQL of comments, findings and replies, of their erasable words, and of the daily checks. */
import { type Insertable, type Selectable, sql } from 'kysely'
import type { Schema, Tx } from '../schema/index.ts'

export async function insertEntry(tx: Tx, row: Insertable<Schema['oversight_entry']>): Promise<void> {
  await tx.insertInto('oversight_entry').values(row).execute()
}

export async function insertReply(tx: Tx, row: Insertable<Schema['oversight_reply']>): Promise<void> {
  await tx.insertInto('oversight_reply').values(row).execute()
}

export async function insertOversightText(tx: Tx, row: Insertable<Schema['oversight_text']>): Promise<void> {
  await tx.insertInto('oversight_text').values(row).execute()
}

/** The entries of a community, newest first; of one subject when it is given. */
export async function listEntries(
  tx: Tx,
  communityId: number,
  subject: { readonly kind: string; readonly subject: string } | null,
  limit: number,
): Promise<Selectable<Schema['oversight_entry']>[]> {
  let query = tx.selectFrom('oversight_entry').selectAll().where('community_id', '=', communityId)
  if (subject !== null) {
    query = query.where('subject_kind', '=', subject.kind as 'voucher').where('subject', '=', subject.subject)
  }
  return query.orderBy('made_at', 'desc').orderBy('entry_id').limit(limit).execute()
}

/** One entry; undefined when the community has none of that id. */
export async function findEntry(tx: Tx, communityId: number, entryId: string) {
  return tx
    .selectFrom('oversight_entry')
    .selectAll()
    .where('community_id', '=', communityId)
    .where('entry_id', '=', entryId)
    .executeTakeFirst()
}

/** Replies of one community happen one after the other: held until the transaction ends. */
export async function lockEntry(tx: Tx, communityId: number): Promise<void> {
  await sql`select pg_advisory_xact_lock(772, ${communityId}::integer)`.execute(tx)
}

/** The replies to the named entries, in the order they were made. */
export async function listReplies(tx: Tx, communityId: number, entryIds: readonly string[]) {
  if (entryIds.length === 0) return []
  return tx
    .selectFrom('oversight_reply')
    .selectAll()
    .where('community_id', '=', communityId)
    .where('entry_id', 'in', [...entryIds])
    .orderBy('leaf_index')
    .execute()
}

/** Words and authors behind the named leaves, those that were not erased. */
export async function listTexts(tx: Tx, communityId: number, leaves: readonly bigint[]) {
  if (leaves.length === 0) return []
  return tx
    .selectFrom('oversight_text')
    .leftJoin('portal_user', 'portal_user.user_id', 'oversight_text.author')
    .selectAll('oversight_text')
    .select('portal_user.display_name')
    .where('community_id', '=', communityId)
    .where('leaf_index', 'in', [...leaves])
    .execute()
}

export async function insertCommunityCheck(
  tx: Tx,
  row: Insertable<Schema['community_check']>,
): Promise<void> {
  await tx.insertInto('community_check').values(row).execute()
}

/** The newest check of each of the communities: one look-up by key for each, no scan across them. */
export async function readNewestChecks(
  tx: Tx,
  communityIds: readonly number[],
): Promise<Selectable<Schema['community_check']>[]> {
  const found = await Promise.all(
    communityIds.map(communityId =>
      tx
        .selectFrom('community_check')
        .selectAll()
        .where('community_id', '=', communityId)
        .orderBy('checked_at', 'desc')
        .limit(1)
        .executeTakeFirst(),
    ),
  )
  return found.filter(row => row !== undefined)
}

const KEPT_FEES = [
  'fee_period',
  'fee_received_fen',
  'fee_planned_fen',
  'fee_due_fen',
  'fee_collected_fen',
  'fee_advance_fen',
  'fee_past_fen',
] as const

/** How fees came in in a month, as a check kept it. */
export type KeptFeesRow = Pick<Selectable<Schema['community_check']>, (typeof KEPT_FEES)[number]>

/** The fees of the months since then as the newest check of each month kept them, for each of the communities. */
export async function readKeptFees(
  tx: Tx,
  communityIds: readonly number[],
  since: string,
): Promise<KeptFeesRow[]> {
  const found = await Promise.all(
    communityIds.map(communityId =>
      tx
        .selectFrom('community_check')
        .select(KEPT_FEES)
        .distinctOn('fee_period')
        .where('community_id', '=', communityId)
        .where('fee_period', '>=', since)
        .orderBy('fee_period')
        .orderBy('checked_at', 'desc')
        .execute(),
    ),
  )
  return found.flat()
}
