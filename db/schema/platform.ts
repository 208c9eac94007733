/** Tables of the platform: communities (the tenants), jobs, and the audit of officers' acts. Types only. */
import type { Defaulted, Written, WrittenByDefault } from './columns.ts'

export interface CommunityTable {
  community_id: Written<number>
  slug: Written<string>
  name: string
  name_en: string
  district: string
  charging_model: 'trust' | 'remuneration' | 'lump_sum'
  /** Origin of its transparency log; never changes, not even with the domain. */
  log_origin: Written<string>
  /** False limits the public to totals. */
  publishes_detail: Defaulted<boolean>
  created_at: Written<Date>
}

export interface JobTable {
  job_id: Written<string>
  community_id: Written<number>
  kind: Written<string>
  /** One job per key: asking twice gives the same job. */
  job_key: Written<string>
  payload: Written<string>
  state: Defaulted<'waiting' | 'running' | 'done' | 'failed'>
  attempts: Defaulted<number>
  progress_done: Defaulted<number>
  progress_total: Defaulted<number>
  outcome: Defaulted<string | null>
  run_after: Defaulted<Date>
  leased_until: Defaulted<Date | null>
  requested_by: Written<string>
  requested_at: Written<Date>
  finished_at: Defaulted<Date | null>
}

export interface AuditEventTable {
  community_id: Written<number>
  audit_event_id: Written<string>
  at: Written<Date>
  actor_user_id: Written<string>
  act: Written<string>
  subject: Written<string>
  /** Canonical JSON; never a secret, never a private person's name. */
  detail: Written<string>
  recorded_at: WrittenByDefault<Date>
}

export interface PlatformTables {
  community: CommunityTable
  job: JobTable
  audit_event: AuditEventTable
}
