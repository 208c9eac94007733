/** Queries of the outbox: choices, messages, deliveries that are due, attempts. Addresses come sealed. */
import { type Insertable, type Selectable, sql } from 'kysely'
import type { Tx } from '../schema/index.ts'
import type { MessageAttemptTable, MessageChoiceTable, MessageTable } from '../schema/outbox.ts'

export type MessageChoiceRow = Selectable<MessageChoiceTable>
export type MessageRow = Selectable<MessageTable>
export type LeasedMessageRow = MessageRow & { readonly attempts: number; readonly community_name: string }

/** Keeps what a person chose, in the place of what they chose before. */
export async function upsertMessageChoice(tx: Tx, choice: Insertable<MessageChoiceTable>): Promise<void> {
  const { user_id: _, ...change } = choice
  await tx
    .insertInto('message_choice')
    .values(choice)
    .onConflict(conflict => conflict.column('user_id').doUpdateSet(change))
    .execute()
}

/** What a person chose; null when they never did. */
export async function readMessageChoiceRow(tx: Tx, userId: string): Promise<MessageChoiceRow | null> {
  const row = await tx
    .selectFrom('message_choice')
    .selectAll()
    .where('user_id', '=', userId)
    .executeTakeFirst()
  return row ?? null
}

/** The accounts of some persons of the register who chose to be written to. */
export async function listWrittenTo(
  tx: Tx,
  communityId: number,
  personIds: readonly string[],
): Promise<{ person_id: string; user_id: string }[]> {
  return tx
    .selectFrom('person_user')
    .innerJoin('message_choice', 'message_choice.user_id', 'person_user.user_id')
    .select(['person_user.person_id', 'person_user.user_id'])
    .where('person_user.community_id', '=', communityId)
    .where('person_user.person_id', 'in', personIds)
    .where('person_user.ended_at', 'is', null)
    .where('message_choice.channel', '<>', 'none')
    .execute()
}

/** Appends a message that is due at an instant; false when that person was told this before. */
export async function insertMessageOnce(
  tx: Tx,
  message: Insertable<MessageTable>,
  dueAt: Date,
): Promise<boolean> {
  const done = await tx
    .insertInto('message')
    .values(message)
    .onConflict(conflict => conflict.columns(['community_id', 'user_id', 'kind', 'subject_key']).doNothing())
    .executeTakeFirst()
  if (done.numInsertedOrUpdatedRows !== 1n) return false
  const { community_id, message_id } = message
  await tx.insertInto('message_delivery').values({ community_id, message_id, due_at: dueAt }).execute()
  return true
}

/**
 * Takes the messages of one person that fell due at one instant, until another instant: what waits and what an earlier try
 * that ended without a word left behind. Empty when nothing is due; what somebody else is taking is left to them.
 */
export async function leaseDueMessages(tx: Tx, now: Date, until: Date): Promise<LeasedMessageRow[]> {
  const { rows } = await sql<LeasedMessageRow>`
    with due as (
      select delivery.community_id, delivery.message_id, delivery.due_at, message.user_id
      from message_delivery delivery join message using (community_id, message_id)
      where (delivery.state = 'waiting' and delivery.due_at <= ${now})
        or (delivery.state = 'sending' and delivery.leased_until < ${now})
      for update of delivery skip locked
    ), first as (
      select user_id, due_at from due order by due_at, user_id limit 1
    ), leased as (
      update message_delivery delivery
      set state = 'sending', attempts = attempts + 1, leased_until = ${until}
      from due join first using (user_id, due_at)
      where delivery.community_id = due.community_id and delivery.message_id = due.message_id
      returning delivery.community_id, delivery.message_id, delivery.attempts
    )
    select message.*, leased.attempts, community.name as community_name
    from leased join message using (community_id, message_id) join community using (community_id)
    order by message.enqueued_at, message.message_id`.execute(tx)
  return rows
}

type Place = Pick<LeasedMessageRow, 'community_id' | 'message_id' | 'attempts'>

/** Settles a message that this attempt holds, or puts it off; false when another attempt took it over. */
export async function updateLeasedDelivery(
  tx: Tx,
  place: Place,
  change:
    | { readonly state: 'sent' | 'unwanted' | 'failed'; readonly settled_at: Date }
    | { readonly state: 'waiting'; readonly due_at: Date },
): Promise<boolean> {
  const done = await tx
    .updateTable('message_delivery')
    .set({ ...change, leased_until: null })
    .where('community_id', '=', place.community_id)
    .where('message_id', '=', place.message_id)
    .where('state', '=', 'sending')
    .where('attempts', '=', place.attempts)
    .executeTakeFirst()
  return done.numUpdatedRows === 1n
}

/** Appends how an attempt ended. */
export async function insertMessageAttempt(tx: Tx, attempt: Insertable<MessageAttemptTable>): Promise<void> {
  await tx.insertInto('message_attempt').values(attempt).execute()
}
