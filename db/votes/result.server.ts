/** SQL of results: tallies, the board, sign-offs and objections. */
import type { Insertable } from 'kysely'
import type { Schema, Tx } from '../schema/index.ts'

/** Stores the count of every question; the trigger refuses it before the seal. */
export async function insertTallies(
  tx: Tx,
  rows: readonly Insertable<Schema['poll_tally']>[],
): Promise<void> {
  await tx.insertInto('poll_tally').values(rows).execute()
}

/** The counts of some polls. */
export async function listTallies(tx: Tx, communityId: number, pollIds: readonly string[]) {
  if (pollIds.length === 0) return []
  return tx
    .selectFrom('poll_tally')
    .selectAll()
    .where('community_id', '=', communityId)
    .where('poll_id', 'in', pollIds)
    .orderBy('poll_id')
    .orderBy('leaf_index')
    .execute()
}

/** Stores the public board. */
export async function insertBoard(tx: Tx, row: Insertable<Schema['poll_board']>): Promise<void> {
  await tx.insertInto('poll_board').values(row).execute()
}

/** The public board; undefined before the count, and for an imported result. */
export async function findBoard(tx: Tx, communityId: number, pollId: string) {
  return tx
    .selectFrom('poll_board')
    .selectAll()
    .where('community_id', '=', communityId)
    .where('poll_id', '=', pollId)
    .executeTakeFirst()
}

/** Signs off. */
export async function insertSignOff(tx: Tx, row: Insertable<Schema['poll_signoff']>): Promise<void> {
  await tx.insertInto('poll_signoff').values(row).execute()
}

/** Who signed off, in order. */
export async function listSignOffs(tx: Tx, communityId: number, pollId: string) {
  return tx
    .selectFrom('poll_signoff')
    .selectAll()
    .where('community_id', '=', communityId)
    .where('poll_id', '=', pollId)
    .orderBy('at')
    .orderBy('step')
    .execute()
}

/** Enters an objection with its text. */
export async function insertObjection(
  tx: Tx,
  row: Insertable<Schema['poll_objection']>,
  text: string,
): Promise<void> {
  await tx.insertInto('poll_objection').values(row).execute()
  await tx
    .insertInto('poll_objection_text')
    .values({
      community_id: row.community_id,
      poll_id: row.poll_id,
      objection_id: row.objection_id,
      text,
      answer: null,
    })
    .execute()
}

/** Answers an objection. */
export async function insertObjectionAnswer(
  tx: Tx,
  row: Insertable<Schema['poll_objection_answer']>,
  answer: string,
): Promise<void> {
  await tx.insertInto('poll_objection_answer').values(row).execute()
  await tx
    .updateTable('poll_objection_text')
    .set({ answer })
    .where('community_id', '=', row.community_id)
    .where('poll_id', '=', row.poll_id)
    .where('objection_id', '=', row.objection_id)
    .execute()
}

/** Objections of a poll with their answers, oldest first. */
export async function listObjections(tx: Tx, communityId: number, pollId: string) {
  return tx
    .selectFrom('poll_objection as o')
    .leftJoin('poll_objection_text as t', join =>
      join
        .onRef('t.community_id', '=', 'o.community_id')
        .onRef('t.poll_id', '=', 'o.poll_id')
        .onRef('t.objection_id', '=', 'o.objection_id'),
    )
    .leftJoin('poll_objection_answer as a', join =>
      join
        .onRef('a.community_id', '=', 'o.community_id')
        .onRef('a.poll_id', '=', 'o.poll_id')
        .onRef('a.objection_id', '=', 'o.objection_id'),
    )
    .select(['o.objection_id', 'o.unit_id', 'o.by_person', 'o.stage', 'o.made_at', 'o.leaf_index'])
    .select(['t.text', 't.answer', 'a.is_upheld', 'a.answered_at', 'a.leaf_index as answer_leaf_index'])
    .where('o.community_id', '=', communityId)
    .where('o.poll_id', '=', pollId)
    .orderBy('o.made_at')
    .orderBy('o.objection_id')
    .execute()
}

export type ObjectionRow = Awaited<ReturnType<typeof listObjections>>[number]
