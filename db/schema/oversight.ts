/** Tables of oversight: what overseers and auditors write, what is answered, what the daily check found. Types only. */
import type { Role } from '#people'
import type { Written } from './columns.ts'

export interface OversightEntryTable {
  community_id: Written<number>
  entry_id: Written<string>
  kind: Written<'comment' | 'finding'>
  subject_kind: Written<'community' | 'period' | 'voucher'>
  /** Empty for the community, `2026-06` for a month, `2026-0042` for a voucher. */
  subject: Written<string>
  role: Written<Role>
  /** Findings only. */
  reply_due_on: Written<string | null>
  made_at: Written<Date>
  leaf_index: Written<bigint>
}

export interface OversightReplyTable {
  community_id: Written<number>
  reply_id: Written<string>
  entry_id: Written<string>
  kind: Written<'answer' | 'settle' | 'insist'>
  role: Written<Role>
  made_at: Written<Date>
  leaf_index: Written<bigint>
}

/** Words and author behind a leaf: erasable, and then nobody can tell what the digests stood for. */
export interface OversightTextTable {
  community_id: Written<number>
  leaf_index: Written<bigint>
  salt: Written<Uint8Array>
  author: Written<string>
  words: Written<string>
}

export interface CommunityCheckTable {
  community_id: Written<number>
  checked_at: Written<Date>
  log_size: Written<bigint>
  /** Canonical JSON of what was off. */
  findings: Written<Uint8Array>
  /** Canonical JSON of what needed eyes. */
  items: Written<Uint8Array>
  /** The last whole month; null in the first one. */
  fee_period: Written<string | null>
  /** Where no standard was in force: all fees received. */
  fee_received_fen: Written<bigint>
  /** A twelfth of the year's budget. */
  fee_planned_fen: Written<bigint>
  /** What was due by the standard in force, and what came in for it; null together where there was none. */
  fee_due_fen: Written<bigint | null>
  fee_collected_fen: Written<bigint | null>
  fee_advance_fen: Written<bigint | null>
  fee_past_fen: Written<bigint | null>
  /** Of the newest survey whose figures were published; null together where there is none. */
  satisfaction_year: Written<number | null>
  satisfaction_content: Written<number | null>
  satisfaction_counted: Written<number | null>
}

export interface OversightTables {
  oversight_entry: OversightEntryTable
  oversight_reply: OversightReplyTable
  oversight_text: OversightTextTable
  community_check: CommunityCheckTable
}
