/** Puts a message into the outbox, in the transaction of the act it is about: told exactly when it happened. */
import type { Tx } from '#db'
import { insertMessageOnce, readMessageChoiceRow } from '#db/people'
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
