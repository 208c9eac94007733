/** SQL of what homes say after a service: that one has answered, what was answered, sentences, published rounds. */
import { type Insertable, type Selectable, sql } from 'kysely'
import type { Schema, Tx } from '../schema/index.ts'

export type ServiceRoundRow = Selectable<Schema['service_round']>

/** Holds the answers until the transaction ends: none comes beside a round that is being published. */
export async function lockService(tx: Tx, communityId: number): Promise<void> {
  await sql`select pg_advisory_xact_lock(772, hashtext(${`${communityId}/service`}))`.execute(tx)
}

/** Notes that a home has answered about a service; false when it had before. */
export async function insertServiceHome(tx: Tx, row: Insertable<Schema['service_home']>): Promise<boolean> {
  const done = await tx
    .insertInto('service_home')
    .values(row)
    .onConflict(conflict => conflict.doNothing())
    .executeTakeFirst()
  return done.numInsertedOrUpdatedRows === 1n
}

/** Keeps an answer. */
export async function insertServiceAnswer(tx: Tx, row: Insertable<Schema['service_answer']>): Promise<void> {
  await tx.insertInto('service_answer').values(row).execute()
}

/** Keeps a sentence. */
export async function insertServiceSentence(
  tx: Tx,
  row: Insertable<Schema['service_sentence']>,
): Promise<void> {
  await tx.insertInto('service_sentence').values(row).execute()
}

/** The homes that have answered, of a case or of a span of months, with the kind of service. */
export function listServiceHomes(
  tx: Tx,
  communityId: number,
  wish: { readonly caseId: string } | { readonly from: string; readonly through: string },
) {
  const all = tx
    .selectFrom('service_home')
    .innerJoin('voice_case', join =>
      join
        .onRef('voice_case.community_id', '=', 'service_home.community_id')
        .onRef('voice_case.case_id', '=', 'service_home.case_id'),
    )
    .select(['service_home.case_id', 'service_home.unit_id', 'service_home.period', 'voice_case.category'])
    .where('service_home.community_id', '=', communityId)
  const some =
    'caseId' in wish
      ? all.where('service_home.case_id', '=', wish.caseId)
      : all.where('service_home.period', '>=', wish.from).where('service_home.period', '<=', wish.through)
  return some.orderBy('service_home.unit_id').execute()
}

/** The answers of a span of months, by their random names. */
export function listServiceAnswers(tx: Tx, communityId: number, from: string, through: string) {
  return tx
    .selectFrom('service_answer')
    .select(['category', 'scores', 'period'])
    .where('community_id', '=', communityId)
    .where('period', '>=', from)
    .where('period', '<=', through)
    .orderBy('answer_id')
    .execute()
}

/** The sentences up to a month, newest month first, by their random names. */
export function listServiceSentences(tx: Tx, communityId: number, through: string, limit: number) {
  return tx
    .selectFrom('service_sentence')
    .select(['period', 'category', 'value', 'sentence_id'])
    .where('community_id', '=', communityId)
    .where('period', '<=', through)
    .orderBy('period', 'desc')
    .orderBy('sentence_id')
    .limit(limit)
    .execute()
}

/** Removes the sentences of the months before one. */
export async function deleteServiceSentences(tx: Tx, communityId: number, before: string): Promise<void> {
  await tx
    .deleteFrom('service_sentence')
    .where('community_id', '=', communityId)
    .where('period', '<', before)
    .execute()
}

/** Publishes a round. */
export async function insertServiceRound(tx: Tx, row: Insertable<Schema['service_round']>): Promise<void> {
  await tx.insertInto('service_round').values(row).execute()
}

/** Published rounds, newest first. */
export function listServiceRounds(tx: Tx, communityId: number): Promise<readonly ServiceRoundRow[]> {
  return tx
    .selectFrom('service_round')
    .selectAll()
    .where('community_id', '=', communityId)
    .orderBy('round_no', 'desc')
    .execute()
}

/** Requests that were answered at some time since an instant and stand answered or rated. */
export function listRendered(tx: Tx, communityId: number, since: Date) {
  return tx
    .selectFrom('voice_event')
    .innerJoin('voice_case', join =>
      join
        .onRef('voice_case.community_id', '=', 'voice_event.community_id')
        .onRef('voice_case.case_id', '=', 'voice_event.case_id'),
    )
    .innerJoin('voice_state', join =>
      join
        .onRef('voice_state.community_id', '=', 'voice_event.community_id')
        .onRef('voice_state.case_id', '=', 'voice_event.case_id'),
    )
    .select(({ fn }) => [
      'voice_case.case_id',
      'voice_case.opened_by',
      'voice_case.is_on_behalf',
      'voice_case.is_private',
      'voice_case.category',
      fn.max('voice_event.at').as('rendered_at'),
    ])
    .where('voice_event.community_id', '=', communityId)
    .where('voice_event.act', '=', 'reply')
    .where('voice_state.state', 'in', ['replied', 'rated'])
    .groupBy([
      'voice_case.case_id',
      'voice_case.opened_by',
      'voice_case.is_on_behalf',
      'voice_case.is_private',
      'voice_case.category',
    ])
    .having(({ fn }) => fn.max('voice_event.at'), '>=', since)
    .orderBy('voice_case.case_id')
    .execute()
}

/** The case that a leaf of the log is of; undefined for a leaf that is no act. */
export async function findCaseOfLeaf(
  tx: Tx,
  communityId: number,
  leafIndex: bigint,
): Promise<string | undefined> {
  const row = await tx
    .selectFrom('voice_event')
    .select('case_id')
    .where('community_id', '=', communityId)
    .where('leaf_index', '=', leafIndex)
    .executeTakeFirst()
  return row?.case_id
}
