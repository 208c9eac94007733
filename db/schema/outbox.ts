/** Tables of the outbox: choices, messages, how far each got, every attempt. Types only. */
import type { Defaulted, Written } from './columns.ts'

export interface MessageChoiceTable {
  user_id: Written<string>
  channel: 'none' | 'sms' | 'wecom' | 'email'
  /** Null for none. */
  sealed_address: string | null
  is_digest: boolean
  chosen_at: Date
}

export interface MessageTable {
  community_id: Written<number>
  message_id: Written<string>
  user_id: Written<string>
  kind: Written<string>
  /** What it is about: one message per person, kind and subject, however often it is asked for. */
  subject_key: Written<string>
  message_values: Written<string>
  enqueued_at: Written<Date>
}

export interface MessageDeliveryTable {
  community_id: Written<number>
  message_id: Written<string>
  state: Defaulted<'waiting' | 'sending' | 'sent' | 'unwanted' | 'failed'>
  attempts: Defaulted<number>
  due_at: Date
  leased_until: Defaulted<Date | null>
  settled_at: Defaulted<Date | null>
}

export interface MessageAttemptTable {
  community_id: Written<number>
  message_id: Written<string>
  attempt: Written<number>
  channel: Written<'none' | 'sms' | 'wecom' | 'email'>
  outcome: Written<'sent' | 'unwanted' | 'failed'>
  at: Written<Date>
}

export interface OutboxTables {
  message_choice: MessageChoiceTable
  message: MessageTable
  message_delivery: MessageDeliveryTable
  message_attempt: MessageAttemptTable
}
