/** Tables of changes of a community's rules for money: proposed, decided, and emergencies looked at again. Types only. */
import type { Role } from '#people'
import type { Written } from './columns.ts'

export interface ControlChangeTable {
  community_id: Written<number>
  change_id: Written<string>
  kind: Written<
    | 'controls'
    | 'ceiling'
    | 'emergency'
    | 'teach-rule'
    | 'retire-rule'
    | 'add-account'
    | 'reissue'
    | 'map-columns'
    | 'fee-standard'
    | 'adopt-budget'
  >
  content: Written<Uint8Array>
  content_digest: Written<string>
  proposed_by: Written<string>
  proposed_role: Written<Role>
  proposed_at: Written<Date>
}

export interface ControlDecisionTable {
  community_id: Written<number>
  change_id: Written<string>
  decision: Written<'confirmed' | 'refused' | 'withdrawn'>
  decided_by: Written<string>
  decided_role: Written<Role>
  decided_at: Written<Date>
  version: Written<number | null>
  leaf_index: Written<bigint | null>
  /** Why it was refused. */
  note: Written<string | null>
}

export interface EmergencyReviewTable {
  community_id: Written<number>
  change_id: Written<string>
  outcome: Written<'justified' | 'disputed'>
  note: Written<string>
  reviewed_by: Written<string>
  reviewed_role: Written<Role>
  reviewed_at: Written<Date>
  leaf_index: Written<bigint>
}

export interface ControlChangeTables {
  control_change: ControlChangeTable
  control_decision: ControlDecisionTable
  emergency_review: EmergencyReviewTable
}
