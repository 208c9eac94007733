/** Puts a message into the outbox, in the transaction of the act it is about: told exactly when it happened. */
import type { Tx } from '#db'
import { insertMessageOnce, listWrittenTo, readMessageChoiceRow } from '#db/people'
import { canonicalText, idOf, sha256, utf8 } from '#kernel'
import type { Portal } from '#platform'
import { type MessageKind, messageDueAt } from './message.ts'

export interface MessageOrder {
  readonly communityId: number
  readonly userId: string
  readonly kind: MessageKind
  /** What it is about: the same person is told of one subject once, however often it is asked for. */
  readonly subjectKey: string
  /** `subject` is said in the message: public words, never a private person's name. */
  readonly values: { readonly subject: string }
}

/** The identifier follows from what is told to whom: asking twice is the same message, and gateways know it again. */
function messageIdOf({ communityId, userId, kind, subjectKey }: MessageOrder): string {
  return idOf(sha256(utf8(canonicalText({ communityId, userId, kind, subjectKey }))).slice(0, 16))
}

/** Enqueues a message; false when the person was told of this before. */
export async function enqueueMessage(portal: Portal, tx: Tx, order: MessageOrder): Promise<boolean> {
  const now = portal.clock.now()
  const choice = await readMessageChoiceRow(tx, order.userId)
  return insertMessageOnce(
    tx,
    {
      community_id: order.communityId,
      message_id: messageIdOf(order),
      user_id: order.userId,
      kind: order.kind,
      subject_key: order.subjectKey,
      message_values: canonicalText({ ...order.values }),
      enqueued_at: now,
    },
    messageDueAt(now, choice?.is_digest ?? false),
  )
}

/** A message about something that concerns a person of the register, whoever signs in as them. */
export type HouseholdMessage = Omit<MessageOrder, 'communityId' | 'userId'> & { readonly personId: string }

/** Enqueues messages for those persons who have an account and chose to be written to; the others read their notices. */
export async function enqueueHouseholdMessages(
  portal: Portal,
  tx: Tx,
  communityId: number,
  messages: readonly HouseholdMessage[],
): Promise<void> {
  if (messages.length === 0) return
  const persons = [...new Set(messages.map(message => message.personId))]
  for (const { person_id, user_id: userId } of await listWrittenTo(tx, communityId, persons)) {
    for (const { personId, ...order } of messages) {
      if (personId === person_id) await enqueueMessage(portal, tx, { ...order, communityId, userId })
    }
  }
}
