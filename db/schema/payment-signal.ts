/** Tables of what is noted about a payment: marks of its payee, recusals, signals and answers. Types only. */
import type { Role } from '#people'
import type { Written } from './columns.ts'

type Mark = 'phone' | 'bank-account' | 'legal-person'
type Signal =
  | 'split'
  | 'same-invoice'
  | 'same-picture'
  | 'round-sum'
  | 'new-payee'
  | 'account-changed'
  | 'shared-mark'
  | 'weekend'
  | 'hasty'
  | 'price'

/** Keyed digests of what identifies a payment's payee and its invoice: compared, never read back. */
export interface PaymentMarkTable {
  community_id: Written<number>
  draft_id: Written<string>
  kind: Written<Mark | 'invoice'>
  digest: Written<string>
  noted_by: Written<string>
  noted_at: Written<Date>
}

/** The same of an officer, by their own entry. */
export interface OfficerMarkTable {
  community_id: Written<number>
  user_id: Written<string>
  kind: Written<Mark>
  digest: Written<string>
  noted_at: Written<Date>
}

/** Whoever keeps out of a payment (回避): by their own word, or because a mark of theirs is the payee's too. */
export interface DraftRecusalTable {
  community_id: Written<number>
  draft_id: Written<string>
  user_id: Written<string>
  kind: Written<Mark | 'declared'>
  role: Written<Role>
  recused_at: Written<Date>
}

/** The leaf that holds the signals and recusals of a posted payment. */
export interface PaymentNoteTable {
  community_id: Written<number>
  draft_id: Written<string>
  leaf_index: Written<bigint>
}

export interface PaymentSignalTable {
  community_id: Written<number>
  draft_id: Written<string>
  kind: Written<Signal>
  others: Written<string>
}

export interface SignalAnswerTable {
  community_id: Written<number>
  draft_id: Written<string>
  kind: Written<Signal>
  answer: Written<string>
  answered_by: Written<string>
  answered_role: Written<Role>
  answered_at: Written<Date>
  leaf_index: Written<bigint>
}

export interface PaymentSignalTables {
  payment_mark: PaymentMarkTable
  officer_mark: OfficerMarkTable
  draft_recusal: DraftRecusalTable
  payment_note: PaymentNoteTable
  payment_signal: PaymentSignalTable
  signal_answer: SignalAnswerTable
}
