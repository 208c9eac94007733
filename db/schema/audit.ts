/** Tables of the audit in the log: batches, the digest of each act, the salts that can be removed; what acts changed. Types only. */
import type { Derived, Written } from './columns.ts'

export interface AuditBatchTable {
  community_id: Written<number>
  batch_no: Written<number>
  events: Written<number>
  leaf_index: Written<bigint>
  /** As it stands in the log. */
  leaf: Written<Uint8Array>
  sealed_at: Written<Date>
}

export interface AuditSealTable {
  community_id: Written<number>
  audit_event_id: Written<string>
  batch_no: Written<number>
  place: Written<number>
  digest: Written<string>
}

export interface AuditSaltTable {
  community_id: Written<number>
  audit_event_id: Written<string>
  salt: Written<Uint8Array>
}

/** What an act changed, before and after: written at the commit by the database alone. */
export interface AuditChangeTable {
  community_id: Derived<number>
  audit_event_id: Derived<string>
  /** JSON as it is digested: rows told, and how many more there were in which table. */
  changes: Derived<string>
  /** Units, persons and accounts whose rows are told. */
  concerns: Derived<string[]>
}

/** What the transaction in hand changed; empty after each commit. The application sees none of it. */
export interface AuditPendingTable {
  xid: Derived<string>
  pending_no: Derived<bigint>
  act_community_id: Derived<number | null>
  act_event_id: Derived<string | null>
  table_name: Derived<string | null>
  row_count: Derived<number>
  change: Derived<unknown>
  concerns: Derived<string[]>
  is_first: Derived<boolean>
}

export interface AuditTables {
  audit_change: AuditChangeTable
  audit_pending: AuditPendingTable
  audit_batch: AuditBatchTable
  audit_seal: AuditSealTable
  audit_salt: AuditSaltTable
}
