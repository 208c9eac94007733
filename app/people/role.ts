/** The offices people hold in a community, and when. Names here are stored and logged; they never change. */
import type { CivilDate } from '#kernel'

/** Every office, in the order in which pages list them. */
export const ROLES = [
  'owner',
  'tenant',
  'committee_member',
  'committee_treasurer',
  'committee_chair',
  'teller',
  'bookkeeper',
  'manager',
  'overseer',
  'residents_committee',
  'district_overseer',
  'auditor',
  'operator',
] as const

/**
 * owner 业主; tenant 租户，读业主能读的、不表决; committee_* 业主委员会委员、财务委员、主任; teller 计票人; bookkeeper, manager 物业服务企业会计、经理; overseer 小区党支部监督人;
 * residents_committee 居委会; district_overseer 区、街道、社区的监督人 (held by a term at a level, in every community below it); auditor 审计;
 * operator 系统运维.
 */
export type Role = (typeof ROLES)[number]

/** An office in one community for a time. */
export interface Term {
  readonly communityId: number
  readonly role: Role
  readonly from: CivilDate
  /** The last day; null is open-ended. */
  readonly until: CivilDate | null
  /** True for somebody who stands in for the holder (代理), with the same keys and until the same day. */
  readonly isDeputy?: boolean
}

/** True on every day of the term, its first and last day included. */
export function isInOffice(term: Pick<Term, 'from' | 'until'>, on: CivilDate): boolean {
  return term.from <= on && (term.until === null || on <= term.until)
}

/** True when the text names an office. */
export function isRole(text: string): text is Role {
  return (ROLES as readonly string[]).includes(text)
}
