/** A community with a holder of every office signed in, and a way to ask its routes as any of them, or as nobody. */
import { readFileSync } from 'node:fs'
import { type CivilDate, fen, type Period, period } from '#kernel'
import {
  type LedgerCommunity,
  openLedger,
  READ_BANK_IMPORT,
  readBankImportJob,
  readCommunity,
  STORE_BANK_IMPORT,
  storeBankImportJob,
} from '#ledger/server'
import { type Actor, ROLES, type Role } from '#people'
import { addUser, READ_ROLL_IMPORT, readActor, readRollImportJob, signIn } from '#people/server'
import { csrfField, sessionCookie } from '#platform'
import { rememberPortal, runNextJob } from '#platform/process'
import type { TestDatabase } from '../support/database.ts'
import { forgedBeside, forgedTables } from '../support/forged.ts'
import { overseeFromAbove } from '../support/levels.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'
import { passSecondFactor } from '../support/second-factor.ts'

/** The holder's own number in the generated ICBC files. */
const ICBC_NUMBER = '4402010009200123456'
export const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3])

/** Every office, a second bookkeeper for reviews, and `nobody`, who is not signed in. */
export const WHO = [...ROLES, 'reviewer', 'nobody'] as const
export type Who = (typeof WHO)[number]
const OFFICERS = WHO.filter(who => who !== 'nobody')

type Args = { request: Request; params: Record<string, string>; context: never }
/** A loader or an action, as Remix calls it. */
export type Route = (args: never) => Promise<unknown>

/** What a route answered: a page's data with its status, or a response of its own. */
export interface Answer {
  readonly status: number
  readonly location: string | null
  // The shape differs from route to route; each test says what it expects of it.
  readonly data: Record<string, unknown>
}

export interface OfficeWorld {
  readonly portal: TestPortal
  readonly community: LedgerCommunity
  readonly people: Readonly<Record<Exclude<Who, 'nobody'>, Actor>>
  get(route: Route, path: string, who: Who, params?: Record<string, string>): Promise<Answer>
  post(
    route: Route,
    path: string,
    who: Who,
    fields: Fields,
    params?: Record<string, string>,
    options?: { readonly withoutToken?: boolean },
  ): Promise<Answer>
  /** Headers of the officer's session, for whoever asks the pages themselves. */
  headersOf(who: Who): Readonly<Record<string, string>>
  /** The acts that the audit names, each once. */
  audited(): Promise<readonly string[]>
  /** What the acts changed, as the database noted it: the act, and what is stored. */
  noted(): Promise<readonly { readonly act: string; readonly changes: string }[]>
  /** Who stands on the bank's lines. */
  payers(): Promise<readonly string[]>
  /** Tables that hold a field which no form has; each form that is sent tries to smuggle some. */
  forged(): Promise<readonly string[]>
  /** Does every job that is due. */
  work(): Promise<void>
  /** Moves the clock and has everybody sign in again: sessions do not last for weeks. */
  moveTo(instant: Date): Promise<void>
}

export type Fields = Readonly<Record<string, string | File | readonly (string | File)[]>>

async function answerOf(run: () => Promise<unknown>): Promise<Answer> {
  let value: unknown
  try {
    value = await run()
  } catch (thrown) {
    if (!(thrown instanceof Response)) throw thrown
    value = thrown
  }
  if (value instanceof Response) {
    return { status: value.status, location: value.headers.get('Location'), data: { response: value } }
  }
  const wrapped = value as { type?: string; data?: unknown; init?: { status?: number } | null }
  const isWrapped = wrapped.type === 'DataWithResponseInit'
  return {
    status: isWrapped ? (wrapped.init?.status ?? 200) : 200,
    location: null,
    data: (isWrapped ? wrapped.data : value) as Record<string, unknown>,
  }
}

async function openBooks(portal: TestPortal): Promise<LedgerCommunity> {
  const opened = await openLedger(portal, {
    slug: 'office',
    name: '示例小区',
    nameEn: 'Sample Court',
    district: '成都市武侯区',
    firstPeriod: period('2025-03'),
    funds: [{ code: 'trust', kind: 'trust-fund', nameZh: '共有基金', nameEn: 'Trust fund' }],
    remuneration: { kind: 'fixed', amountFen: fen(2_000_000n) },
    bankAccounts: [
      {
        fund: 'trust',
        kind: 'bank',
        nameZh: '银行存款：共管账户',
        nameEn: 'Bank, co-managed account',
        bankName: '工商银行',
        holderName: '示例小区业主大会',
        number: ICBC_NUMBER,
        openedOn: '2024-12-01' as CivilDate,
      },
    ],
  })
  if (!opened.ok) throw new Error(opened.error.code)
  return (await readCommunity(portal.db, 'office'))!
}

/** Opens the world on a database and makes its portal the one that routes use. */
export async function openOfficeWorld(database: TestDatabase): Promise<OfficeWorld> {
  const portal = openTestPortal(database, { now: new Date('2025-04-10T02:00:00Z') })
  const community = await openBooks(portal)
  const { communityId } = community
  const people: Record<string, Actor> = {}
  const cookies: Record<string, string> = {}
  for (const who of OFFICERS) {
    const role: Role = who === 'reviewer' ? 'bookkeeper' : who
    const { login, password } = credentialOf(who)
    const isAbove = role === 'district_overseer'
    const term = { communityId, role, from: '2020-01-01' as CivilDate, until: null }
    const user = { login, displayName: `officer ${who}`, password }
    const added = await addUser(portal, user, isAbove ? [] : [term])
    if (!added.ok) throw new Error(added.error.code)
    if (isAbove) await overseeFromAbove(portal, communityId, login)
  }
  await signEverybodyIn(portal, people, cookies)
  rememberPortal(portal)
  return {
    portal,
    community,
    people: people as OfficeWorld['people'],
    forged: () => forgedTables(database),
    audited: async () =>
      (await database.asOwner('select distinct act from audit_event order by 1')).map(row => String(row.act)),
    noted: async () =>
      (
        await database.asOwner(
          'select e.act, c.changes from audit_change c join audit_event e using (community_id, audit_event_id) order by e.at',
        )
      ).map(row => ({ act: String(row.act), changes: String(row.changes) })),
    payers: async () =>
      (
        await database.asOwner(
          `select distinct counterparty as name from bank_line_private where counterparty !~ '公司|银行' and length(counterparty) > 1`,
        )
      ).map(row => String(row.name)),
    ...asking(portal, cookies),
    async moveTo(instant) {
      portal.clock.moveTo(instant)
      await signEverybodyIn(portal, people, cookies)
    },
  }
}

function credentialOf(who: Who) {
  const login = `office-${who.replaceAll('_', '-')}`
  return { login, password: `a long pass phrase of ${login}` }
}

/** Signs everybody in anew, with password and passkey. */
async function signEverybodyIn(
  portal: TestPortal,
  people: Record<string, Actor>,
  cookies: Record<string, string>,
): Promise<void> {
  for (const who of OFFICERS) {
    const address = `10.0.0.${WHO.indexOf(who)}`
    const signedIn = await signIn(portal, { ...credentialOf(who), address })
    if (!signedIn.ok) throw new Error(signedIn.error.code)
    const token = await passSecondFactor(portal, signedIn.value.token)
    cookies[who] = sessionCookie(portal.settings, token).split(';')[0]!
    people[who] = (await readActor(portal, token))!
  }
}

function asking(portal: TestPortal, cookies: Record<string, string>) {
  const address = (path: string) => `${portal.settings.baseUrl}/c/office/office${path}`
  const headersOf = (who: Who): Record<string, string> => (who === 'nobody' ? {} : { Cookie: cookies[who]! })
  const call = (route: Route, request: Request, params: Record<string, string>) => {
    // One portal is remembered per process, and a test file may hold a world per database.
    rememberPortal(portal)
    const args: Args = { request, params: { slug: 'office', ...params }, context: {} as never }
    return answerOf(() => route(args as never))
  }
  return {
    headersOf,
    get: (route: Route, path: string, who: Who, params: Record<string, string> = {}) =>
      call(route, new Request(address(path), { headers: headersOf(who) }), params),
    post(
      route: Route,
      path: string,
      who: Who,
      fields: Fields,
      params: Record<string, string> = {},
      options: { readonly withoutToken?: boolean } = {},
    ) {
      const form = new FormData()
      for (const [name, values] of Object.entries(fields)) {
        for (const value of [values].flat() as (string | File)[]) form.append(name, value)
      }
      const empty = new Request(address(path), { headers: headersOf(who) })
      const token = csrfField(empty, portal.settings)
      if (!options.withoutToken) form.append(token.name, token.value)
      for (const [name, value] of forgedBeside(form.keys())) form.append(name, value)
      const request = new Request(address(path), { method: 'POST', headers: headersOf(who), body: form })
      return call(route, request, params)
    },
    async work() {
      const handlers = {
        [READ_BANK_IMPORT]: readBankImportJob,
        [STORE_BANK_IMPORT]: storeBankImportJob,
        [READ_ROLL_IMPORT]: readRollImportJob,
      }
      while (await runNextJob(portal, handlers)) portal.clock.advance(1)
    },
  }
}

/** A generated bank file of the fixtures. */
export function bankFile(name: string): File {
  return new File([readFileSync(new URL(`../vectors/bank/${name}`, import.meta.url))], name)
}

export const MARCH: Period = period('2025-03')
