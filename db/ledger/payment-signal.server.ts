/** SQL of what is noted about payments: marks, recusals, signals, answers, and the recent payments that signals compare with. */
import { type Insertable, sql } from 'kysely'
import type { Schema, Tx } from '../schema/index.ts'

/** Notes marks of a payment; those that are there stay as they are. */
export async function insertPaymentMarks(
  tx: Tx,
  rows: readonly Insertable<Schema['payment_mark']>[],
): Promise<void> {
  if (rows.length === 0) return
  await tx
    .insertInto('payment_mark')
    .values([...rows])
    .onConflict(conflict => conflict.doNothing())
    .execute()
}

/** Notes marks of an officer; those that are there stay as they are. */
export async function insertOfficerMarks(
  tx: Tx,
  rows: readonly Insertable<Schema['officer_mark']>[],
): Promise<void> {
  if (rows.length === 0) return
  await tx
    .insertInto('officer_mark')
    .values([...rows])
    .onConflict(conflict => conflict.doNothing())
    .execute()
}

/** Marks of the named drafts. */
export async function listPaymentMarks(tx: Tx, communityId: number, draftIds: readonly string[]) {
  if (draftIds.length === 0) return []
  return tx
    .selectFrom('payment_mark')
    .select(['draft_id', 'kind', 'digest'])
    .where('community_id', '=', communityId)
    .where('draft_id', 'in', [...draftIds])
    .orderBy('draft_id')
    .orderBy('kind')
    .orderBy('digest')
    .execute()
}

/** Marks of a community's officers. */
export async function listOfficerMarks(tx: Tx, communityId: number) {
  return tx
    .selectFrom('officer_mark')
    .select(['user_id', 'kind', 'digest', 'noted_at'])
    .where('community_id', '=', communityId)
    .orderBy('user_id')
    .orderBy('noted_at')
    .execute()
}

/** Enters recusals; those that are there stay as they are. */
export async function insertRecusals(
  tx: Tx,
  rows: readonly Insertable<Schema['draft_recusal']>[],
): Promise<void> {
  if (rows.length === 0) return
  await tx
    .insertInto('draft_recusal')
    .values([...rows])
    .onConflict(conflict => conflict.doNothing())
    .execute()
}

/** Recusals of the named drafts. */
export async function listRecusals(tx: Tx, communityId: number, draftIds: readonly string[]) {
  if (draftIds.length === 0) return []
  return tx
    .selectFrom('draft_recusal')
    .selectAll()
    .where('community_id', '=', communityId)
    .where('draft_id', 'in', [...draftIds])
    .orderBy('recused_at')
    .orderBy('user_id')
    .orderBy('kind')
    .execute()
}

/** Enters what was noted of a posted payment, with the leaf that holds it. */
export async function insertPaymentNote(
  tx: Tx,
  note: Insertable<Schema['payment_note']>,
  signals: readonly Insertable<Schema['payment_signal']>[],
): Promise<void> {
  await tx.insertInto('payment_note').values(note).execute()
  if (signals.length > 0)
    await tx
      .insertInto('payment_signal')
      .values([...signals])
      .execute()
}

/** Notes of a community, in the order of the log. */
export async function listPaymentNotes(tx: Tx, communityId: number) {
  return tx
    .selectFrom('payment_note as n')
    .innerJoin('voucher as v', join =>
      join.onRef('v.community_id', '=', 'n.community_id').onRef('v.draft_id', '=', 'n.draft_id'),
    )
    .select(['n.draft_id', 'n.leaf_index', 'v.fiscal_year', 'v.number'])
    .where('n.community_id', '=', communityId)
    .orderBy('n.leaf_index')
    .execute()
}

function signals(tx: Tx, communityId: number) {
  return tx
    .selectFrom('payment_signal as s')
    .innerJoin('voucher as v', join =>
      join.onRef('v.community_id', '=', 's.community_id').onRef('v.draft_id', '=', 's.draft_id'),
    )
    .leftJoin('signal_answer as a', join =>
      join
        .onRef('a.community_id', '=', 's.community_id')
        .onRef('a.draft_id', '=', 's.draft_id')
        .onRef('a.kind', '=', 's.kind'),
    )
    .select([
      's.draft_id',
      's.kind',
      's.others',
      'v.fiscal_year',
      'v.number',
      'v.period',
      'v.narration',
      'v.amount_fen',
      'v.posted_at',
      'a.answer',
      'a.answered_by',
      'a.answered_role',
      'a.answered_at',
      'a.leaf_index as answer_leaf_index',
    ])
    .where('s.community_id', '=', communityId)
}

/** Signals of one payment with their answers. */
export async function listSignals(tx: Tx, communityId: number, draftId: string) {
  return signals(tx, communityId).where('s.draft_id', '=', draftId).orderBy('s.kind').execute()
}

/** Signals without an answer of the months up to one, oldest voucher first. */
export async function listOpenSignals(tx: Tx, communityId: number, until: string) {
  return signals(tx, communityId)
    .where('a.answer', 'is', null)
    .where('v.period', '<=', until)
    .orderBy('v.fiscal_year')
    .orderBy('v.number')
    .orderBy('s.kind')
    .execute()
}

export async function insertSignalAnswer(tx: Tx, row: Insertable<Schema['signal_answer']>): Promise<void> {
  await tx.insertInto('signal_answer').values(row).execute()
}

/** Answers of a community, in the order of the log. */
export async function listSignalAnswers(tx: Tx, communityId: number) {
  return tx
    .selectFrom('signal_answer')
    .selectAll()
    .where('community_id', '=', communityId)
    .orderBy('leaf_index')
    .execute()
}

/** Posted payments of the last while, newest first, each with the content that was approved. Those taken back are left out. */
export async function listRecentPayments(tx: Tx, communityId: number, since: string, limit: number) {
  return tx
    .selectFrom('voucher as v')
    .innerJoin('voucher_draft_revision as r', join =>
      join
        .onRef('r.community_id', '=', 'v.community_id')
        .onRef('r.draft_id', '=', 'v.draft_id')
        .onRef('r.revision', '=', 'v.revision'),
    )
    .select([
      'v.fiscal_year',
      'v.number',
      'v.draft_id',
      'v.revision',
      'v.posted_at',
      'r.content',
      'r.drafted_at',
    ])
    .where('v.community_id', '=', communityId)
    .where('v.kind', '=', 'payment')
    .where('v.occurred_on', '>=', since)
    .where(
      sql<boolean>`not exists (select from voucher t where t.community_id = v.community_id
        and t.reverses_fiscal_year = v.fiscal_year and t.reverses_number = v.number)`,
    )
    .orderBy('v.fiscal_year', 'desc')
    .orderBy('v.number', 'desc')
    .limit(limit)
    .execute()
}
