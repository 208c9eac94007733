/**
 * Every route of the portal asked as everybody: each office, a tenant, an owner of another community, somebody whose term is
 * over, and nobody. One table says who may see what; a page that is not in it must be closed to whoever is no officer here.
 */
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { type CivilDate, civilDate } from '#kernel'
import { ACTIONS, type Action, can, officesFor, ROLES, type Role } from '#people'
import { addUser, readActor, signIn } from '#people/server'
import { sessionCookie } from '#platform'
import { rememberPortal } from '#platform/process'
import { prepareKeys } from '../../app/cli/prepare-keys.ts'
import { enterTestCommunity } from '../support/communities.ts'
import { openSampleCommunity } from '../support/community.ts'
import { databaseKinds, openTestDatabase, type TestDatabase } from '../support/database.ts'
import { overseeFromAbove } from '../support/levels.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'
import { passSecondFactor } from '../support/second-factor.ts'

const ROUTES = fileURLToPath(new URL('../../app/routes/', import.meta.url))
const SLUG = 'sample'

/** The officers' pages, by what is needed to see them. Acts behind them are in office-permissions and polls-permissions. */
const OFFICE = `
_index                            community:read-full
audit                             audit:read
close                             community:read-full
controls                          community:read-full
council._index                    council:read
council.actions                   council:keep
council.meetings.$meeting._index  council:read
council.meetings.$meeting.attendance council:keep
council.meetings.$meeting.items.$item._index council:keep
council.meetings.$meeting.items.$item.save council:keep
council.meetings.$meeting.minutes council:read
council.meetings.$meeting.notice  council:keep
council.meetings.$meeting.record._index council:keep
council.meetings.$meeting.record.save council:keep
council.meetings.new              council:keep
council.seats                     council:keep
council.topics.$topic             council:read
council.topics.new                council:keep
documents.$sha                    community:read-full
drafts.$id._index                 community:read-full
drafts.$id.edit                   voucher:draft
drafts.new                        voucher:draft
import.$id                        community:read-full
import._index                     community:read-full
letters.$batch._index             letter:hand-over
letters.$batch.letters[.]pdf      letter:print
letters._index                    letter:hand-over
lines.$line                       community:read-full
lines._index                      community:read-full
oversight                         community:read-full
people                            community:read-full
points                            points:keep
polls.$poll._index                poll:read
polls.$poll.announce              poll:announce
polls.$poll.count                 poll:read
polls.$poll.desk.$unit            ballot:enter
polls.$poll.desk._index           ballot:enter
polls.$poll.documents.$sha        poll:read
polls.$poll.edit                  poll:draft
polls.$poll.extend                poll:announce
polls.$poll.objections            objection:answer
polls.$poll.official              poll:close
polls.$poll.papers.$paper._index  ballot:enter
polls.$poll.papers.$paper.scan    ballot:enter
polls.$poll.papers._index         ballot:enter
polls.$poll.preview               poll:read
polls.$poll.print._index          ballot:deliver
polls.$poll.print.papers[.]pdf    ballot:deliver
polls.$poll.proxies               proxy:register
polls.$poll.turnout               ballot:enter
polls._index                      poll:read
polls.new                         poll:draft
projects.$proposal                project:arrange
projects._index                   project:arrange
relations                         relation:declare
retention                         retention:set
review                            voucher:review
roll._index                       roll:read
roll.import.$id                   roll:import
roll.import._index                roll:import
roll.same                         roll:import
roll.units.$unit                  roll:read
rules                             community:read-full
statements                        community:read-full
vouchers.$key.reverse             voucher:reverse
`

/** Pages of residents (owners and, where it says so, tenants), and the one file of overseers. */
const RESIDENTS: Readonly<Record<string, Action>> = {
  me: 'resident:read',
  'ask.new': 'request:list',
  'ask.own': 'request:list',
  'ask.similar': 'request:list',
  'ask.spend': 'voice:ask',
  'ask.$case.own': 'request:list',
  'ask.$case.service': 'survey:answer',
  'ask.survey.$survey.answer': 'survey:answer',
  'oversight.pack[.]zip': 'oversight:pack',
  'council.meetings.$meeting.sign-in': 'ballot:cast',
  'points.own': 'points:use',
  'projects.new': 'project:propose',
  'projects.$proposal.own': 'project:propose',
  'votes.$poll.cast': 'ballot:cast',
  'votes.$poll.mine': 'ballot:cast',
  'votes.$poll.withdraw': 'ballot:cast',
  'votes.$poll.receipts.$seq._index': 'ballot:cast',
  'votes.$poll.receipts.$seq.json': 'ballot:cast',
}

const STRANGERS = ['nobody', 'former', 'elsewhere'] as const
const WHO = [...ROLES, ...STRANGERS] as const
type Who = (typeof WHO)[number]
/** Offices held in a community itself. */
const OWN_ROLES = ROLES.filter(role => role !== 'district_overseer')

interface Module {
  readonly loader?: (args: object) => unknown
  readonly action?: (args: object) => unknown
}

interface Page {
  readonly name: string
  readonly module: Module
  /** What is needed; `account` is any session, `closed` any office here. */
  readonly needs: Action | 'public' | 'account' | 'closed'
}

const OFFICE_NEEDS = new Map(
  OFFICE.trim()
    .split('\n')
    .map(line => line.trim().split(/\s+/) as [string, Action]),
)

function needsOf(name: string): Page['needs'] {
  if (name.startsWith('account.')) return 'account'
  if (!name.startsWith('c.$slug.')) return 'public'
  const rest = name.slice('c.$slug.'.length)
  if (rest.startsWith('office.')) return OFFICE_NEEDS.get(rest.slice('office.'.length)) ?? 'closed'
  return RESIDENTS[rest] ?? 'public'
}

async function readPages(): Promise<readonly Page[]> {
  const files = readdirSync(ROUTES).filter(file => /\.tsx?$/.test(file))
  const pages: Page[] = []
  for (const file of files) {
    const name = file.replace(/\.tsx?$/, '')
    pages.push({ name, module: await import(/* @vite-ignore */ `${ROUTES}${file}`), needs: needsOf(name) })
  }
  return pages
}

/** Places in addresses: well-formed, and of nothing that is there. */
const PARAMS: Readonly<Record<string, string>> = {
  slug: SLUG,
  sha: '0'.repeat(64),
  index: '0',
  key: '2025-0001',
  seq: '1',
  file: 'sample-2025-01.pdf',
  unit: '1-101',
  reason: 'form-token',
  '*': '0/000',
}

function paramsOf(name: string): Record<string, string> {
  const names = [...name.matchAll(/\$([a-z]+)/g)].map(([, each]) => each!)
  const params = Object.fromEntries(names.map(each => [each, PARAMS[each] ?? '0'.repeat(26)]))
  return name.endsWith('.$') ? { ...params, '*': PARAMS['*']! } : params
}

function pathOf(name: string): string {
  const params = paramsOf(name)
  const segments = name
    .replaceAll('[.]', '\u0000')
    .split('.')
    .filter(segment => segment !== '_index')
    .map(segment => segment.replace(/_$/, '').replace(/^\$([a-z]*)$/, (_, each) => params[each || '*']!))
  return `/${segments.join('/').replaceAll('\u0000', '.')}`
}

interface Told {
  readonly status: number
  readonly location: string
}

async function toldBy(run: () => unknown): Promise<Told> {
  let value: unknown
  try {
    value = await run()
  } catch (thrown) {
    if (!(thrown instanceof Response)) throw thrown
    value = thrown
  }
  if (value instanceof Response) {
    return { status: value.status, location: value.headers.get('Location') ?? '' }
  }
  const wrapped = value as { readonly type?: string; readonly init?: { readonly status?: number } | null }
  return {
    status: wrapped?.type === 'DataWithResponseInit' ? (wrapped.init?.status ?? 200) : 200,
    location: '',
  }
}

function isRole(who: Who): who is Role {
  return (ROLES as readonly string[]).includes(who)
}

function maySee(needs: Page['needs'], who: Who): boolean {
  if (needs === 'public') return true
  if (needs === 'account') return who !== 'nobody'
  if (!isRole(who)) return false
  return needs === 'closed' ? who !== 'owner' && who !== 'tenant' : officesFor(needs).includes(who)
}

describe('every route', () => {
  let database: TestDatabase
  let portal: TestPortal
  let pages: readonly Page[]
  let communityId: number
  const cookies = new Map<Who, string>()

  beforeAll(async () => {
    database = await openTestDatabase(databaseKinds().at(-1)!)
    portal = openTestPortal(database)
    const { community } = await openSampleCommunity(portal, SLUG)
    communityId = community.communityId
    await prepareKeys(portal)
    const other = await enterTestCommunity(portal.db, 'elsewhere')
    for (const [at, who] of WHO.entries()) {
      if (who === 'nobody') continue
      const login = `crawler-${who.replaceAll('_', '-')}`
      const password = `a long pass phrase of ${login}`
      const terms = isRole(who)
        ? [{ communityId, role: who, from: civilDate('2020-01-01'), until: null }]
        : OWN_ROLES.map(role => ({
            communityId: who === 'elsewhere' ? other : communityId,
            role,
            from: civilDate('2020-01-01'),
            until: who === 'former' ? ('2026-06-30' as CivilDate) : null,
          }))
      const isAbove = who === 'district_overseer'
      const added = await addUser(portal, { login, displayName: login, password }, isAbove ? [] : terms)
      if (!added.ok) throw new Error(added.error.code)
      if (isAbove) await overseeFromAbove(portal, communityId, login)
      const signedIn = await signIn(portal, { login, password, address: `10.7.0.${at}` })
      if (!signedIn.ok) throw new Error(signedIn.error.code)
      const token = await passSecondFactor(portal, signedIn.value.token)
      cookies.set(who, sessionCookie(portal.settings, token).split(';')[0]!)
    }
    pages = await readPages()
    return () => database.close()
  }, 120_000)

  function ask(page: Page, who: Who, method: 'GET' | 'POST'): Promise<Told> {
    rememberPortal(portal)
    const cookie = cookies.get(who)
    const request = new Request(`${portal.settings.baseUrl}${pathOf(page.name)}`, {
      method,
      headers: cookie === undefined ? {} : { Cookie: cookie },
      body: method === 'POST' ? new URLSearchParams({ intent: 'confirm' }) : null,
    })
    const context = { clientAddress: '10.7.1.1', nonce: 'n' }
    const run = method === 'GET' ? page.module.loader : page.module.action
    return toldBy(() => run!({ request, params: paramsOf(page.name), context }))
  }

  it('is in the table, or closed', () => {
    expect(pages.length).toBeGreaterThan(90)
    const names = pages.map(page => page.name)
    for (const name of OFFICE_NEEDS.keys()) expect(names).toContain(`c.$slug.office.${name}`)
    for (const name of Object.keys(RESIDENTS)) expect(names).toContain(`c.$slug.${name}`)
    expect([...OFFICE_NEEDS.values()].filter(action => !ACTIONS.includes(action))).toEqual([])
  })

  it('opens to whom the table says, and to nobody else', async () => {
    const faults: string[] = []
    let asked = 0
    for (const page of pages.filter(({ module }) => module.loader !== undefined)) {
      for (const who of WHO) {
        const { status, location } = await ask(page, who, 'GET')
        asked += 1
        // What a poll that is not there answers its own owners is the poll's to say; a public page may say that it refuses.
        const isLenient = page.needs === 'public' || page.needs === 'closed' || page.needs === 'ballot:cast'
        const isOpen = isLenient || (status !== 403 && !location.startsWith('/sign-in'))
        const isRefused = who === 'nobody' ? location.startsWith('/sign-in?next=') : status === 403
        const isExpected = maySee(page.needs, who) ? isOpen : isRefused
        if (!isExpected || status >= 500) faults.push(`${page.name} as ${who}: ${status} ${location}`)
      }
    }
    expect(asked).toBeGreaterThan(1200)
    expect(faults).toEqual([])
  })

  it('takes no form without its token, from whomever', async () => {
    const faults: string[] = []
    for (const page of pages.filter(({ module }) => module.action !== undefined)) {
      for (const who of WHO) {
        const { status, location } = await ask(page, who, 'POST')
        // Before there is a session the server in front looks at where a form comes from: http.test.ts.
        if (who === 'nobody' && page.needs === 'public' && status < 500) continue
        const isLedAway =
          status === 303 && (location.startsWith('/sign-in') || location.startsWith('/account/'))
        if (!isLedAway && ![403, 404].includes(status))
          faults.push(`${page.name} as ${who}: ${status} ${location}`)
      }
    }
    expect(faults).toEqual([])
  })

  it('every act is allowed to its offices here and now: not elsewhere, and not after the term', async () => {
    const actors = new Map<Who, Awaited<ReturnType<typeof readActor>>>()
    for (const [who, cookie] of cookies) actors.set(who, await readActor(portal, cookie.split('=')[1]!))
    for (const action of ACTIONS) {
      const allowed = WHO.filter(who => can(actors.get(who) ?? null, action, communityId))
      expect([action, allowed]).toEqual([action, ROLES.filter(role => officesFor(action).includes(role))])
      expect(can(actors.get('elsewhere')!, action, communityId + 1)).toBe(true)
    }
    expect(actors.get('former')!.roles).toEqual([])
  })
})
