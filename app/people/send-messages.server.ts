/**
 * Sends what is due in the outbox. A message is tried again until its gateway takes it over or patience ends, always under
 * one key, so that a gateway which took it over without our hearing of it sends it once. Whoever wants one message a day gets
 * the day's in one.
 */
import {
  insertMessageAttempt,
  type LeasedMessageRow,
  leaseDueMessages,
  updateLeasedDelivery,
} from '#db/people'
import { canonicalText, sha256Hex, utf8 } from '#kernel'
import type { MessageGateway, Portal } from '#platform'
import { MESSAGE_ATTEMPTS_MAX, type MessageChannel, type MessageKind, retryDelayMs } from './message.ts'
import { type MessageChoice, readMessageChoice } from './message-choice.server.ts'

/** A message as its words need it. */
export interface ToldMessage {
  readonly kind: MessageKind
  readonly community: string
  readonly subject: string
}

export interface Sending {
  /** The ways there are; a way that is missing is tried again later. */
  readonly gateways: Readonly<Partial<Record<MessageChannel, MessageGateway>>>
  /** The words: one message, or the day's together. */
  readonly words: (messages: readonly ToldMessage[]) => string
}

const LEASE_MS = 60_000

function toldOf(row: LeasedMessageRow): ToldMessage {
  const { subject } = JSON.parse(row.message_values) as { subject: string }
  return { kind: row.kind as MessageKind, community: row.community_name, subject }
}

function keyOf(rows: readonly LeasedMessageRow[]): string {
  if (rows.length === 1) return rows[0]!.message_id
  return sha256Hex(utf8(canonicalText(rows.map(row => row.message_id).sort())))
}

async function trySend(
  portal: Portal,
  sending: Sending,
  choice: MessageChoice,
  rows: readonly LeasedMessageRow[],
): Promise<'sent' | 'unwanted' | 'failed'> {
  if (choice.address === null) return 'unwanted'
  const text = sending.words(rows.map(toldOf))
  try {
    const gateway = sending.gateways[choice.channel]
    if (gateway === undefined) throw new Error('no gateway for this way')
    await gateway.send({ address: choice.address, text, idempotencyKey: keyOf(rows) })
    return 'sent'
  } catch (error) {
    const [{ message_id: messageId, attempts: attempt }] = rows as [LeasedMessageRow]
    portal.logger.warn({ error, messageId, channel: choice.channel, attempt }, 'message not sent')
    return 'failed'
  }
}

async function settle(
  portal: Portal,
  choice: MessageChoice,
  rows: readonly LeasedMessageRow[],
  outcome: 'sent' | 'unwanted' | 'failed',
): Promise<void> {
  const now = portal.clock.now()
  await portal.db.transaction().execute(async tx => {
    for (const row of rows) {
      const isOver = outcome !== 'failed' || row.attempts >= MESSAGE_ATTEMPTS_MAX
      const change = isOver
        ? ({ state: outcome, settled_at: now } as const)
        : ({ state: 'waiting', due_at: new Date(now.getTime() + retryDelayMs(row.attempts)) } as const)
      // Another attempt that took the message over settles it.
      if (!(await updateLeasedDelivery(tx, row, change))) continue
      await insertMessageAttempt(tx, {
        community_id: row.community_id,
        message_id: row.message_id,
        attempt: row.attempts,
        channel: choice.channel,
        outcome,
        at: now,
      })
    }
  })
}

/** Sends what is due to one person; false when nothing is due to anybody. */
async function sendNext(portal: Portal, sending: Sending): Promise<boolean> {
  const now = portal.clock.now()
  const rows = await leaseDueMessages(portal.db, now, new Date(now.getTime() + LEASE_MS))
  const [first] = rows
  if (first === undefined) return false
  const choice = await readMessageChoice(portal, portal.db, first.user_id)
  const batches = choice.isDigest ? [rows] : rows.map(row => [row])
  for (const batch of batches) {
    await settle(portal, choice, batch, await trySend(portal, sending, choice, batch))
  }
  return true
}

/** Sends everything that is due. */
export async function sendDueMessages(portal: Portal, sending: Sending): Promise<void> {
  while (await sendNext(portal, sending)) {
    // Each call sends what one person is due; false means that nothing is.
  }
}
