/**
 * Who may do what: one table of acts and offices. It says which office an act belongs to; that different people must take
 * the steps of one voucher is the ledger's rule, not this table's.
 */
import type { AddressClass } from './audit-act.ts'
import { ROLES, type Role } from './role.ts'

/** A person signed in, with the offices held today. */
export interface Actor {
  readonly userId: string
  readonly displayName: string
  /** Those that can be acted in now: without the second factor that an office needs, it is not among them. */
  readonly roles: readonly { readonly communityId: number; readonly role: Role }[]
  readonly sessionId: string
  /** What is still to be done before all offices count: give the second factor, or set one up. Absent when nothing is. */
  readonly awaits?: 'second-factor' | 'enrolment'
  /** From where the session was begun. */
  readonly addressClass?: AddressClass
  /** When the second factor was given in this session. */
  readonly secondFactorAt?: Date
}

const COMPANY = ['bookkeeper', 'manager'] as const
const COMMITTEE = ['committee_member', 'committee_treasurer', 'committee_chair'] as const
const COMMITTEE_RELEASERS = ['committee_treasurer', 'committee_chair'] as const
const WATCHING = ['overseer', 'residents_committee', 'district_overseer', 'auditor'] as const
/** Who comments on what they see and urges; the auditor has findings instead. */
const OVERSEEING = ['overseer', 'residents_committee', 'district_overseer'] as const
/** Who writes a motion, who announces and closes its vote, and who works at the counting table. */
const DRAFTING = [...COMMITTEE, 'residents_committee'] as const
const CHAIRING = ['committee_chair', 'residents_committee'] as const
const COUNTING = ['teller', ...COMMITTEE, 'residents_committee'] as const
/** Whose offices have a seat in the council; guests without an account sign on paper. */
const SITTING = [...COMMITTEE, 'manager', 'overseer', 'residents_committee'] as const

/** The table. An act that is not here cannot be asked for: it does not compile. */
const OFFICES_BY_ACTION = {
  'community:read-full': [...COMPANY, ...COMMITTEE, ...WATCHING],
  'bank-statement:import': ['bookkeeper'],
  'bank-line:explain': ['bookkeeper'],
  'matching-rule:teach': ['bookkeeper'],
  'voucher:draft': ['bookkeeper'],
  'voucher:review': COMPANY,
  'payment:release-company': ['manager'],
  'payment:release-committee': COMMITTEE_RELEASERS,
  'payment:release-chair': ['committee_chair'],
  'voucher:post': COMPANY,
  'voucher:reverse': ['bookkeeper'],
  'period:close': COMPANY,
  'statement:issue': COMPANY,
  'chart:extend': ['bookkeeper'],
  'bookkeeping-change:confirm': [...COMPANY, ...COMMITTEE_RELEASERS],
  'controls:propose': ['manager', ...COMMITTEE_RELEASERS],
  'controls:confirm': ['manager', ...COMMITTEE_RELEASERS, 'overseer'],
  'fee-standard:propose': ['manager', ...COMMITTEE_RELEASERS],
  'fee-standard:confirm': ['manager', ...COMMITTEE_RELEASERS, 'overseer'],
  'emergency:witness': ['overseer'],
  'emergency:review': COMMITTEE,
  'signal:answer': COMPANY,
  'relation:declare': [...COMPANY, ...COMMITTEE],
  'roll:import': ['committee_member', 'committee_chair', 'residents_committee', 'manager'],
  'roll:read': [
    'committee_member',
    'committee_chair',
    'residents_committee',
    'manager',
    'teller',
    'overseer',
  ],
  'poll:read': [...COUNTING, 'manager', 'overseer', 'district_overseer', 'auditor'],
  'poll:draft': DRAFTING,
  'poll:announce': CHAIRING,
  'poll:close': CHAIRING,
  'resident:read': ['owner', 'tenant'],
  'ballot:cast': ['owner'],
  'ballot:deliver': COUNTING,
  'ballot:enter': COUNTING,
  'proxy:register': COUNTING,
  'tally:sign-off': COUNTING,
  'tally:witness': ['overseer'],
  'objection:answer': CHAIRING,
  'certificate:issue': CHAIRING,
  'council:read': [...SITTING, 'auditor'],
  'council:keep': ['committee_chair', 'residents_committee', 'overseer'],
  'council:sit': SITTING,
  'user:invite': ['committee_chair', 'manager', 'overseer', 'residents_committee', 'operator'],
  'audit:read': ['committee_chair', ...WATCHING],
  'person:erase': CHAIRING,
  'retention:set': ['committee_chair'],
  'letter:print': CHAIRING,
  'letter:hand-over': [...COMMITTEE, 'residents_committee', 'teller'],
  'owner-code:request': ['committee_member', 'committee_chair', 'residents_committee'],
  'owner-code:confirm': DRAFTING,
  'claim-proof:choose': ['committee_chair'],
  'voice:ask': ['owner'],
  'request:list': ['owner', 'tenant'],
  'survey:answer': ['owner', 'tenant'],
  'voice:read': [...COMPANY, ...COMMITTEE, ...WATCHING],
  'voice:hide': ['overseer', 'residents_committee'],
  'challenge:answer': [...COMPANY, ...COMMITTEE, 'residents_committee'],
  'supervision:order': ['overseer', 'residents_committee'],
  'request:handle': ['manager', 'residents_committee', ...COMMITTEE],
  'voice:arrange': ['residents_committee', 'committee_chair'],
  'project:propose': ['owner', 'tenant'],
  'project:arrange': [...COMMITTEE, 'overseer', 'residents_committee'],
  'points:use': ['owner'],
  'points:keep': [...COMMITTEE, 'residents_committee', 'overseer'],
  'role-change:decide': [...COMPANY, ...COMMITTEE, 'overseer', 'residents_committee'],
  'oversight:comment': OVERSEEING,
  'oversight:answer': [...COMPANY, ...COMMITTEE],
  'finding:make': ['auditor'],
  'oversight:pack': WATCHING,
} as const satisfies Readonly<Record<string, readonly Role[]>>

export type Action = keyof typeof OFFICES_BY_ACTION

/** Every act of the table, for pages that explain it and for tests. */
export const ACTIONS = Object.keys(OFFICES_BY_ACTION) as readonly Action[]

/** The offices an act belongs to. */
export function officesFor(action: Action): readonly Role[] {
  return OFFICES_BY_ACTION[action]
}

/** True when the actor holds, in that community and today, an office the act belongs to. Nobody signed in may do nothing. */
export function can(actor: Actor | null, action: Action, communityId: number): boolean {
  const offices = officesFor(action)
  return actor?.roles.some(held => held.communityId === communityId && offices.includes(held.role)) ?? false
}

/** The communities that the actor oversees today, each once, in order: what the page over several communities shows. */
export function overseenBy(actor: Actor | null): readonly number[] {
  const overseen = actor?.roles.filter(({ role }) => officesFor('oversight:pack').includes(role)) ?? []
  return [...new Set(overseen.map(held => held.communityId))].sort((a, b) => a - b)
}

/**
 * Whom an office may bring in: each side its own people. If the committee's chair could invite a manager, one person could
 * invent the other half of a double release. The operator sets up, and every invitation is in the audit.
 */
const INVITABLE: Readonly<Partial<Record<Role, readonly Role[]>>> = {
  committee_chair: ['owner', ...COMMITTEE, 'teller', 'auditor'],
  manager: COMPANY,
  overseer: ['overseer', 'residents_committee'],
  residents_committee: ['owner', 'teller'],
  // A level above is overseen by a term there, never by an office of one community.
  operator: ROLES.filter(role => role !== 'district_overseer'),
}

/** True when the actor may invite somebody to the office in that community. */
export function mayInvite(actor: Actor, role: Role, communityId: number): boolean {
  return actor.roles.some(
    held => held.communityId === communityId && (INVITABLE[held.role]?.includes(role) ?? false),
  )
}

/** Who serves in a side's office without belonging to it: they decide no appointment. */
const OUTSIDE: readonly Role[] = ['owner', 'tenant', 'teller', 'district_overseer', 'auditor', 'operator']

/**
 * True when the actor may be the second person who confirms a change of the office: an officer of the same side as whoever
 * may propose it. The operator proposes at most: setting a community up is work for the console.
 */
export function mayDecideChange(actor: Actor, role: Role, communityId: number): boolean {
  const held = actor.roles.filter(each => each.communityId === communityId).map(each => each.role)
  const sides = Object.entries(INVITABLE).filter(([inviter, roles]) => {
    return inviter !== 'operator' && roles.includes(role)
  })
  return sides.some(([, roles]) => roles.some(each => held.includes(each) && !OUTSIDE.includes(each)))
}
