/** Tables of the audit in the log: batches, the digest of each act, the salts that can be removed. Types only. */
import type { Written } from './columns.ts'

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

export interface AuditTables {
  audit_batch: AuditBatchTable
  audit_seal: AuditSealTable
  audit_salt: AuditSaltTable
}
