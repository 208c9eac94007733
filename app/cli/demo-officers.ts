/**
 * Who acts in the demo: its officers with their known authenticators, the owners who have accounts, and what the seed hands
 * from step to step.
 */
import { firstDayOf, period, type Result, sha256, utf8 } from '#kernel'
import type { LedgerCommunity } from '#ledger/server'
import { type Actor, type GivenFactor, type Role, TOTP_SECRET_BYTES, totpStepAt } from '#people'
import { addKnownTotp, addUser, totpCodeAt } from '#people/server'
import type { Portal } from '#platform'
import type { MovableClock } from '#platform/process'

export const DEMO_SLUG = 'demo'
/** Printed at the start of a demo; a real community never has it. */
export const DEMO_PASSWORD = 'qinghe-lu-39-hao'
/** The first month of the demo's books. */
export const DEMO_FIRST_PERIOD = period('2025-01')

/** Who signs in to the demo, in the order in which the start prints them. */
export const DEMO_OFFICERS = [
  { key: 'bookkeeper', login: 'kuaiji', name: '李会计', role: 'bookkeeper' },
  { key: 'reviewer', login: 'fuhe', name: '周复核', role: 'bookkeeper' },
  { key: 'manager', login: 'jingli', name: '王经理', role: 'manager' },
  { key: 'treasurer', login: 'caiwu', name: '陈财务委员', role: 'committee_treasurer' },
  { key: 'chair', login: 'zhuren', name: '刘主任', role: 'committee_chair' },
  { key: 'overseer', login: 'dangzhibu', name: '何书记', role: 'overseer' },
  { key: 'residents', login: 'juweihui', name: '马居委', role: 'residents_committee' },
  { key: 'tellerOne', login: 'jipiao', name: '孙计票', role: 'teller' },
  { key: 'tellerTwo', login: 'jianpiao', name: '吴监票', role: 'teller' },
] as const satisfies readonly { key: string; login: string; name: string; role: Role }[]

/** Accounts of people who hold no office of a side: from the level above, and from outside for a time. */
export const DEMO_LEVEL_OVERSEER = { login: 'jiedao', name: '黄科长' } as const
export const DEMO_AUDITOR = { login: 'shenji', name: '郑审计' } as const

/** The second community of the demo: small, its books for its own people. Its officers are the same offices under other names. */
export const DEMO_SECOND_SLUG = 'demo-zhuying'
export const DEMO_SECOND_PREFIX = 'zy-'
const SECOND_NAMES = '唐会计 许复核 高经理 沈财务委员 方主任 丁书记 邱居委 罗计票 白监票'.split(' ')
/** Its one owner with an account. */
export const DEMO_SECOND_OWNER = { login: 'zy-yezhu', title: '业主，竹影里小区 1栋101' } as const

/** Everybody with an authenticator, as the start prints them. */
export const DEMO_SIGN_INS = [...DEMO_OFFICERS, DEMO_LEVEL_OVERSEER, DEMO_AUDITOR] as const

/** Owners with an account, by the unit that finds them; `place` is theirs among the unit's owners. */
export const DEMO_OWNERS = [
  { login: 'yezhu', title: '业主，1栋1单元102，一套房', unit: '1栋-1单元-102', place: 0 },
  { login: 'zhangfu', title: '共有业主（丈夫），2栋1单元101，夫妻共有', unit: '2栋-1单元-101', place: 0 },
  { login: 'qizi', title: '共有业主（妻子），2栋1单元101，夫妻共有', unit: '2栋-1单元-101', place: 1 },
  { login: 'duotao', title: '业主，3栋1单元101 等五套房，算一人', unit: '3栋-1单元-101', place: 0 },
] as const

/** The secret of a demo officer's authenticator: known to all, so that every visitor can sign in and release. */
export function demoTotpSecret(login: string): Uint8Array {
  return sha256(utf8(`mingzhang-demo ${login}`)).slice(0, TOTP_SECRET_BYTES)
}

/** The code that a demo officer's authenticator shows. */
export function demoCode(login: string, at: Date): string {
  return totpCodeAt(demoTotpSecret(login), totpStepAt(at))
}

export type Officers = Readonly<Record<(typeof DEMO_OFFICERS)[number]['key'], Actor>>

/** What the seed hands from step to step. */
export interface Demo {
  readonly portal: Portal & { readonly clock: MovableClock }
  readonly community: LedgerCommunity
  readonly officers: Officers
  /** Digest of the source document behind each contract. */
  readonly documents: ReadonlyMap<string, string>
  /** What the officers' logins begin with; nothing in the first community. */
  readonly prefix?: string
}

/** The value of a step of the seed; throws with the refusal, which only a defect of the demo brings about. */
export function must<T, E extends { readonly code: string }>(result: Result<T, E>, what: string): T {
  if (!result.ok)
    throw new Error(
      `demo: ${what}: ${JSON.stringify(result.error, (_, v) => (typeof v === 'bigint' ? v.toString() : v))}`,
    )
  return result.value
}

/** Enters the officers, in office from the first day of the books on. */
export async function addOfficers(portal: Portal, communityId: number, prefix = ''): Promise<Officers> {
  const entries: [string, Actor][] = []
  for (const [place, { key, login: office, name: first, role }] of DEMO_OFFICERS.entries()) {
    const [login, name] = [`${prefix}${office}`, prefix === '' ? first : SECOND_NAMES[place]!]
    const user = { login, displayName: name, password: DEMO_PASSWORD }
    const terms = [{ communityId, role, from: firstDayOf(DEMO_FIRST_PERIOD), until: null }]
    const userId = must(await addUser(portal, user, terms), login)
    entries.push([key, { userId, displayName: name, roles: [{ communityId, role }], sessionId: 'demo' }])
  }
  return Object.fromEntries(entries) as Officers
}

/** Gives every officer their known authenticator, with no code of it used yet. */
export async function giveAuthenticators(portal: Portal, officers: Officers, prefix = ''): Promise<void> {
  for (const { key, login } of DEMO_OFFICERS) {
    await addKnownTotp(portal, officers[key].userId, demoTotpSecret(`${prefix}${login}`))
  }
}

/** Gives somebody their known authenticator, with no code of it used yet. */
export function giveAuthenticator(portal: Portal, user: { readonly userId: string; readonly login: string }) {
  return addKnownTotp(portal, user.userId, demoTotpSecret(user.login))
}

/** The code of an officer's authenticator at the demo's present. */
export function factorOf(demo: Demo, key: keyof Officers): GivenFactor {
  const { login } = DEMO_OFFICERS.find(officer => officer.key === key)!
  return { method: 'totp', code: demoCode(`${demo.prefix ?? ''}${login}`, demo.portal.clock.now()) }
}
