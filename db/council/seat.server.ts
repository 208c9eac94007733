/** SQL of the council's seats and topics. */
import { type Insertable, type Selectable, sql } from 'kysely'
import type { Schema, Tx } from '../schema/index.ts'

export type SeatRow = Selectable<Schema['council_seat']> & { readonly ended_on: string | null }
export type TopicRow = Selectable<Schema['council_topic']>
export type TopicEventRow = Selectable<Schema['council_topic_event']>

/** Nothing else of this community's council is written until the transaction ends. */
export async function lockCouncil(tx: Tx, communityId: number): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('council'), ${communityId}::integer)`.execute(tx)
}

export async function insertSeat(tx: Tx, row: Insertable<Schema['council_seat']>): Promise<void> {
  await tx.insertInto('council_seat').values(row).execute()
}

export async function insertSeatContact(
  tx: Tx,
  row: Insertable<Schema['council_seat_contact']>,
): Promise<void> {
  await tx.insertInto('council_seat_contact').values(row).execute()
}

/** Ends a seat and forgets how to reach its holder. */
export async function insertSeatEnd(tx: Tx, row: Insertable<Schema['council_seat_end']>): Promise<void> {
  await tx.insertInto('council_seat_end').values(row).execute()
  await tx
    .deleteFrom('council_seat_contact')
    .where('community_id', '=', row.community_id)
    .where('seat_id', '=', row.seat_id)
    .execute()
}

/** All seats that ever were, in the order of their entry, with the day each one ended early. */
export async function listSeats(tx: Tx, communityId: number): Promise<SeatRow[]> {
  return tx
    .selectFrom('council_seat as s')
    .leftJoin('council_seat_end as e', join =>
      join.onRef('e.community_id', '=', 's.community_id').onRef('e.seat_id', '=', 's.seat_id'),
    )
    .selectAll('s')
    .select('e.ended_on')
    .where('s.community_id', '=', communityId)
    .orderBy('s.entered_at')
    .orderBy('s.seat_id')
    .execute()
}

/** Enters a topic. Call under the council's lock. */
export async function insertTopic(tx: Tx, row: Insertable<Schema['council_topic']>): Promise<void> {
  await tx.insertInto('council_topic').values(row).execute()
}

/** The number of the newest topic; 0 when there is none. */
export async function lastTopicNumber(tx: Tx, communityId: number): Promise<number> {
  const last = await tx
    .selectFrom('council_topic')
    .select(({ fn }) => fn.max('number').as('number'))
    .where('community_id', '=', communityId)
    .executeTakeFirst()
  return last?.number ?? 0
}

/** Topics, newest first, below a number. */
export async function listTopics(
  tx: Tx,
  communityId: number,
  wish: { readonly before: number | null; readonly limit: number },
): Promise<TopicRow[]> {
  let query = tx.selectFrom('council_topic').selectAll().where('community_id', '=', communityId)
  if (wish.before !== null) query = query.where('number', '<', wish.before)
  return query.orderBy('number', 'desc').limit(wish.limit).execute()
}

/** All topics, for the checker. */
export async function listAllTopics(tx: Tx, communityId: number): Promise<TopicRow[]> {
  return tx.selectFrom('council_topic').selectAll().where('community_id', '=', communityId).execute()
}

/** Some topics by their identifiers. */
export async function findTopics(
  tx: Tx,
  communityId: number,
  topicIds: readonly string[],
): Promise<TopicRow[]> {
  if (topicIds.length === 0) return []
  return tx
    .selectFrom('council_topic')
    .selectAll()
    .where('community_id', '=', communityId)
    .where('topic_id', 'in', [...topicIds])
    .execute()
}

/** The first topic that came from something, by what it is called there. */
export async function findTopicFrom(
  tx: Tx,
  communityId: number,
  reference: string,
): Promise<TopicRow | undefined> {
  return tx
    .selectFrom('council_topic')
    .selectAll()
    .where('community_id', '=', communityId)
    .where('source_reference', '=', reference)
    .orderBy('number')
    .limit(1)
    .executeTakeFirst()
}

/** Adds what happened to a topic. Call under the council's lock. */
export async function insertTopicEvent(
  tx: Tx,
  row: Insertable<Schema['council_topic_event']>,
): Promise<void> {
  await tx.insertInto('council_topic_event').values(row).execute()
}

/** What happened to some topics, or to all when `topicIds` is null, in its order. */
export async function listTopicEvents(
  tx: Tx,
  communityId: number,
  topicIds: readonly string[] | null,
): Promise<TopicEventRow[]> {
  if (topicIds?.length === 0) return []
  let query = tx.selectFrom('council_topic_event').selectAll().where('community_id', '=', communityId)
  if (topicIds !== null) query = query.where('topic_id', 'in', [...topicIds])
  return query.orderBy('topic_id').orderBy('event_no').execute()
}
