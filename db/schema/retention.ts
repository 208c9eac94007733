/** Tables of erasure: how long data is kept, what was erased. Types only. */
import type { RetentionKind } from '#people'
import type { Written } from './columns.ts'

export interface RetentionSettingTable {
  community_id: Written<number>
  kind: Written<RetentionKind>
  /** The largest is the one in force. */
  setting_no: Written<number>
  days: Written<number>
  set_by: Written<string>
  set_at: Written<Date>
}

export interface PersonErasureTable {
  community_id: Written<number>
  person_id: Written<string>
  ground: Written<'asked' | 'retention'>
  erased_by: Written<string>
  erased_at: Written<Date>
}

export interface RetentionTables {
  retention_setting: RetentionSettingTable
  person_erasure: PersonErasureTable
}
