/** SQL of polls: their row with its lock, their counter, their steps and their notice. */
import { type Insertable, type Selectable, sql } from 'kysely'
import type { PollState } from '#votes'
import type { Schema, Tx } from '../schema/index.ts'

export type PollRow = Selectable<Schema['poll']>
export type StepRow = Selectable<Schema['poll_step']>

/** Enters a draft. */
export async function insertPoll(tx: Tx, row: Insertable<Schema['poll']>): Promise<void> {
  await tx.insertInto('poll').values(row).execute()
}

/** A poll; undefined when there is none. */
export async function findPoll(tx: Tx, communityId: number, pollId: string): Promise<PollRow | undefined> {
  return tx
    .selectFrom('poll')
    .selectAll()
    .where('community_id', '=', communityId)
    .where('poll_id', '=', pollId)
    .executeTakeFirst()
}

/** Notes that the community uploaded a paper for its motions; once is enough. */
export async function insertPollDocument(tx: Tx, row: Insertable<Schema['poll_document']>): Promise<void> {
  await tx
    .insertInto('poll_document')
    .values(row)
    .onConflict(conflict => conflict.doNothing())
    .execute()
}

/** Those of the digests that the community uploaded for its motions. */
export async function listPollDocuments(
  tx: Tx,
  communityId: number,
  digests: readonly string[],
): Promise<string[]> {
  if (digests.length === 0) return []
  const rows = await tx
    .selectFrom('poll_document')
    .select('sha256')
    .where('community_id', '=', communityId)
    .where('sha256', 'in', digests)
    .execute()
  return rows.map(row => row.sha256)
}

/** The same under its lock: nothing is cast and no other step is taken until the transaction ends. */
export async function lockPoll(tx: Tx, communityId: number, pollId: string): Promise<PollRow | undefined> {
  return tx
    .selectFrom('poll')
    .selectAll()
    .where('community_id', '=', communityId)
    .where('poll_id', '=', pollId)
    .forUpdate()
    .executeTakeFirst()
}

/**
 * A poll under a lock that lets others read and keeps it from being closed, with its counter under a lock of its own: who
 * holds it casts next. Undefined before the notice.
 */
export async function lockForCasting(tx: Tx, communityId: number, pollId: string) {
  return tx
    .selectFrom('poll')
    .innerJoin('poll_counter', join =>
      join
        .onRef('poll_counter.community_id', '=', 'poll.community_id')
        .onRef('poll_counter.poll_id', '=', 'poll.poll_id'),
    )
    .selectAll('poll')
    .select(['poll_counter.last_seq', 'poll_counter.last_paper'])
    .where('poll.community_id', '=', communityId)
    .where('poll.poll_id', '=', pollId)
    .modifyEnd(sql`for share of poll for no key update of poll_counter`)
    .executeTakeFirst()
}

/** All polls, newest first. */
export async function listPolls(tx: Tx, communityId: number): Promise<PollRow[]> {
  return tx
    .selectFrom('poll')
    .selectAll()
    .where('community_id', '=', communityId)
    .orderBy('created_at', 'desc')
    .orderBy('poll_id')
    .execute()
}

/** Replaces a draft's text; the trigger refuses it after the notice. */
export async function updatePollDraft(
  tx: Tx,
  communityId: number,
  pollId: string,
  change: Pick<
    PollRow,
    'title' | 'motion' | 'policy' | 'rules_version' | 'opens_at' | 'closes_at' | 'revision'
  >,
): Promise<void> {
  await tx
    .updateTable('poll')
    .set(change)
    .where('community_id', '=', communityId)
    .where('poll_id', '=', pollId)
    .execute()
}

/** Takes a poll one state on. */
export async function updatePollState(
  tx: Tx,
  communityId: number,
  pollId: string,
  state: PollState,
): Promise<void> {
  await tx
    .updateTable('poll')
    .set({ state })
    .where('community_id', '=', communityId)
    .where('poll_id', '=', pollId)
    .execute()
}

/** Makes the window longer. */
export async function updatePollClose(
  tx: Tx,
  communityId: number,
  pollId: string,
  closesAt: Date,
): Promise<void> {
  await tx
    .updateTable('poll')
    .set({ closes_at: closesAt })
    .where('community_id', '=', communityId)
    .where('poll_id', '=', pollId)
    .execute()
}

/** Begins the counting of places. */
export async function insertPollCounter(tx: Tx, communityId: number, pollId: string): Promise<void> {
  await tx.insertInto('poll_counter').values({ community_id: communityId, poll_id: pollId }).execute()
}

/** Appends a step with the next number; the caller holds the poll's lock. */
export async function insertStep(
  tx: Tx,
  row: Omit<Insertable<Schema['poll_step']>, 'step_no'>,
): Promise<void> {
  await tx
    .insertInto('poll_step')
    .values(eb => ({
      ...row,
      step_no: eb
        .selectFrom('poll_step')
        .select(sql<number>`coalesce(max(step_no), 0) + 1`.as('next'))
        .where('community_id', '=', row.community_id)
        .where('poll_id', '=', row.poll_id),
    }))
    .execute()
}

/** The steps of some polls in order. */
export async function listSteps(tx: Tx, communityId: number, pollIds: readonly string[]): Promise<StepRow[]> {
  if (pollIds.length === 0) return []
  return tx
    .selectFrom('poll_step')
    .selectAll()
    .where('community_id', '=', communityId)
    .where('poll_id', 'in', pollIds)
    .orderBy('poll_id')
    .orderBy('step_no')
    .execute()
}

/** Freezes what is announced. */
export async function insertNotice(tx: Tx, row: Insertable<Schema['poll_notice']>): Promise<void> {
  await tx.insertInto('poll_notice').values(row).execute()
}

/** What was frozen at the notice; undefined for a draft. */
export async function findNotice(tx: Tx, communityId: number, pollId: string) {
  return tx
    .selectFrom('poll_notice')
    .selectAll()
    .where('community_id', '=', communityId)
    .where('poll_id', '=', pollId)
    .executeTakeFirst()
}

/** Keeps the salts and values of a leaf's salted digests. */
export async function insertVoteSecrets(
  tx: Tx,
  rows: readonly Insertable<Schema['poll_leaf_secret']>[],
): Promise<void> {
  if (rows.length > 0) await tx.insertInto('poll_leaf_secret').values(rows).execute()
}

/** The salts and values kept for a poll's leaves. */
export async function listVoteSecrets(tx: Tx, communityId: number, pollId: string) {
  return tx
    .selectFrom('poll_leaf_secret')
    .selectAll()
    .where('community_id', '=', communityId)
    .where('poll_id', '=', pollId)
    .orderBy('leaf_index')
    .orderBy('name')
    .execute()
}

/** A row that stands on a leaf of the log: which table's, and which kinds of leaf that may be. */
export interface RowLeaf {
  readonly table: string
  readonly leafIndex: number
  readonly types: readonly string[]
}

/** Every leaf that a row of a poll stands on. */
export async function listRowLeaves(tx: Tx, communityId: number, pollId: string): Promise<RowLeaf[]> {
  const { rows } = await sql<{ name: string; leaf_index: bigint }>`
    select kind as name, leaf_index from poll_step
      where community_id = ${communityId} and poll_id = ${pollId} and leaf_index is not null
    union all select 'poll_ballot', leaf_index from poll_ballot where community_id = ${communityId} and poll_id = ${pollId}
    union all select 'poll_delivery', leaf_index from poll_delivery where community_id = ${communityId} and poll_id = ${pollId}
    union all select 'poll_proxy', leaf_index from poll_proxy where community_id = ${communityId} and poll_id = ${pollId}
    union all select 'poll_representative', leaf_index from poll_representative
      where community_id = ${communityId} and poll_id = ${pollId}
    union all select 'poll_transfer', leaf_index from poll_transfer where community_id = ${communityId} and poll_id = ${pollId}
    union all select 'poll_refused_paper', leaf_index from poll_refused_paper
      where community_id = ${communityId} and poll_id = ${pollId}
    union all select 'poll_objection', leaf_index from poll_objection where community_id = ${communityId} and poll_id = ${pollId}
    union all select 'poll_objection_answer', leaf_index from poll_objection_answer
      where community_id = ${communityId} and poll_id = ${pollId}
    union all select 'poll_tally', leaf_index from poll_tally where community_id = ${communityId} and poll_id = ${pollId}
    union all select 'poll_signoff', leaf_index from poll_signoff where community_id = ${communityId} and poll_id = ${pollId}
    order by leaf_index`.execute(tx)
  return rows.map(row => ({
    table: row.name,
    leafIndex: Number(row.leaf_index),
    types: LEAVES_OF[row.name] ?? [],
  }))
}

/** Which kinds of leaf the rows of a table, or the steps of a kind, stand on. */
const LEAVES_OF: { readonly [name: string]: readonly string[] } = {
  notice: ['vote.notice'],
  open: ['vote.open'],
  extension: ['vote.extension'],
  close: ['vote.close'],
  seal: ['vote.seal'],
  tally: ['vote.tally', 'vote.import'],
  objection: ['vote.objection'],
  answer: ['vote.answer'],
  signoff: ['vote.signoff'],
  final: ['vote.final'],
  posted: ['vote.posted'],
  poll_ballot: ['vote.ballot'],
  poll_delivery: ['vote.delivery'],
  poll_proxy: ['vote.proxy'],
  poll_representative: ['vote.register'],
  poll_transfer: ['vote.register'],
  poll_refused_paper: ['vote.refusal'],
  poll_objection: ['vote.objection'],
  poll_objection_answer: ['vote.answer'],
  poll_tally: ['vote.tally', 'vote.import'],
  poll_signoff: ['vote.signoff'],
}
