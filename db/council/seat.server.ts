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

/** Enters a topic under the next number. Call under the council's lock. */
export async function insertTopic(
  tx: Tx,
  row: Omit<Insertable<Schema['council_topic']>, 'number'>,
): Promise<number> {
  const last = await tx
    .selectFrom('council_topic')
    .select(({ fn }) => fn.max('number').as('number'))
    .where('community_id', '=', row.community_id)
    .executeTakeFirst()
  const number = (last?.number ?? 0) + 1
  await tx
    .insertInto('council_topic')
    .values({ ...row, number })
    .execute()
  return number
}

/** All topics, newest first. */
export async function listTopics(tx: Tx, communityId: number): Promise<TopicRow[]> {
  return tx
    .selectFrom('council_topic')
    .selectAll()
    .where('community_id', '=', communityId)
    .orderBy('number', 'desc')
    .execute()
}

/** Adds what happened to a topic. Call under the council's lock. */
export async function insertTopicEvent(
  tx: Tx,
  row: Omit<Insertable<Schema['council_topic_event']>, 'event_no'>,
): Promise<void> {
  const last = await tx
    .selectFrom('council_topic_event')
    .select(({ fn }) => fn.max('event_no').as('event_no'))
    .where('community_id', '=', row.community_id)
    .where('topic_id', '=', row.topic_id)
    .executeTakeFirst()
  await tx
    .insertInto('council_topic_event')
    .values({ ...row, event_no: (last?.event_no ?? 0) + 1 })
    .execute()
}

/** What happened to one topic, or to all when `topicId` is null, in its order. */
export async function listTopicEvents(
  tx: Tx,
  communityId: number,
  topicId: string | null,
): Promise<TopicEventRow[]> {
  let query = tx.selectFrom('council_topic_event').selectAll().where('community_id', '=', communityId)
  if (topicId !== null) query = query.where('topic_id', '=', topicId)
  return query.orderBy('topic_id').orderBy('event_no').execute()
}
