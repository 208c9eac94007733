/** Tables of changes of office: what was proposed, and what a second person decided. Types only. */
import type { Role } from '#people'
import type { Written } from './columns.ts'

export interface RoleChangeTable {
  community_id: Written<number>
  change_id: Written<string>
  kind: Written<'appoint' | 'end' | 'reset-factors'>
  role: Written<Role>
  user_id: Written<string | null>
  display_name: Written<string>
  term_from: Written<string | null>
  term_until: Written<string | null>
  is_deputy: Written<boolean>
  reason: Written<string>
  proposed_by: Written<string>
  proposed_at: Written<Date>
}

export interface RoleChangeDecisionTable {
  community_id: Written<number>
  change_id: Written<string>
  decision: Written<'confirmed' | 'refused' | 'withdrawn'>
  decided_by: Written<string>
  decided_at: Written<Date>
}

export interface RoleChangeTables {
  role_change: RoleChangeTable
  role_change_decision: RoleChangeDecisionTable
}
