/**
 * A community whose vote is walked through: the built portal served by this very process on a clock that the walk moves, a
 * roll of 439 units, and the many papers that nobody wants to watch, cast through the doors.
 */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { ServerBuild } from '@remix-run/node'
import { assert, type CivilDate, dateOf, fen, period } from '#kernel'
import { type LedgerCommunity, openLedger, readCommunity } from '#ledger/server'
import type { Actor, Role } from '#people'
import { acceptInvite, addKnownTotp, addUser, issueOwnerCode, readUnit } from '#people/server'
import { projectRoot } from '#platform'
import { readBooksVersion, rememberPortal, startServer } from '#platform/process'
import { openPublisher, publishCheckpoint } from '#tlog/server'
import { enterPaper, readDesk } from '#votes/server'
import { answerPages } from '../../app/cli/answer-pages.ts'
import { buildPortal } from '../../app/cli/build-portal.ts'
import { demoTotpSecret } from '../../app/cli/demo-officers.ts'
import { runDueJobs } from '../../app/cli/job-handlers.ts'
import { prepareKeys } from '../../app/cli/prepare-keys.ts'
import { databaseKinds, openTestDatabase } from '../support/database.ts'
import { freePort } from '../support/free-port.ts'
import { openTestPortal, type TestPortal } from '../support/portal.ts'

export const PASSWORD = 'a long pass phrase of the court'
/** One white pixel. */
export const SCAN = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP6DwABBQECz6AuzQAAAABJRU5ErkJggg==',
  'base64',
)

export interface ServedPortal {
  readonly portal: TestPortal
  readonly address: string
  stop(): Promise<void>
}

/** Serves the built pages over an empty database; the clock stands at `now`. */
export async function servePortal(now: Date): Promise<ServedPortal> {
  assert(await buildPortal(() => {}), 'the pages can be built')
  const database = await openTestDatabase(databaseKinds()[0]!)
  const portal = openTestPortal(database, { now, env: { PORT: String(await freePort()) } })
  await prepareKeys(portal)
  rememberPortal(portal)
  const build: ServerBuild = await import(pathToFileURL(join(projectRoot(), 'build/server/index.js')).href)
  const server = await startServer({
    portal,
    pages: answerPages(build),
    staticDirectory: join(projectRoot(), 'build/client'),
    readVersion: slug => readBooksVersion(portal, slug),
    health: async () => ({ isHealthy: true, checks: {} }),
    keptParameters: ['lang', 'mode'],
  })
  return {
    portal,
    address: `http://localhost:${server.port}`,
    stop: async () => {
      await server.stop(0)
      rememberPortal(null)
      await database.close()
    },
  }
}

export interface Court {
  readonly served: ServedPortal
  readonly community: LedgerCommunity
  /** By the last part of their login: `zhuren`, `jipiao`, `jianpiao`, `dangzhibu`. */
  readonly officers: ReadonlyMap<string, Actor>
}

const OFFICERS: readonly (readonly [string, Role])[] = [
  ['zhuren', 'committee_chair'],
  ['jipiao', 'teller'],
  ['jianpiao', 'teller'],
  ['dangzhibu', 'overseer'],
]

/** Opens a community with the officers of a vote, each with an authenticator. */
export async function openCourt(served: ServedPortal, slug: string): Promise<Court> {
  const { portal } = served
  const opened = await openLedger(portal, {
    slug,
    name: '清和苑小区',
    nameEn: 'Qinghe Court',
    district: '成都市武侯区',
    firstPeriod: period('2026-01'),
    funds: [{ code: 'trust', kind: 'trust-fund', nameZh: '共有基金', nameEn: 'Trust fund' }],
    remuneration: { kind: 'fixed', amountFen: fen(1n) },
    bankAccounts: [],
  })
  assert(opened.ok, 'the court opens')
  const community = await readCommunity(portal.db, slug)
  assert(community !== null, 'the court is open')
  const { communityId } = community
  const officers = new Map<string, Actor>()
  for (const [name, role] of OFFICERS) {
    const login = `${slug}-${name}`
    const terms = [{ communityId, role, from: '2026-01-01' as CivilDate, until: null }]
    const added = await addUser(portal, { login, displayName: name, password: PASSWORD }, terms)
    assert(added.ok, `the officer ${login}`)
    await addKnownTotp(portal, added.value, demoTotpSecret(login))
    const roles = [{ communityId, role }]
    officers.set(name, { userId: added.value, displayName: name, roles, sessionId: login })
  }
  return { served, community, officers }
}

/** Does what is due, and signs what it left in the log. */
export async function work({ portal }: ServedPortal, { communityId }: LedgerCommunity): Promise<void> {
  await runDueJobs(portal)
  await publishCheckpoint(openPublisher(portal), communityId)
}

/** Gives the first owner of a unit an account. */
export async function admitOwner(court: Court, unit: string, login: string): Promise<void> {
  const { portal } = court.served
  const chair = court.officers.get('zhuren')!
  const page = await readUnit(portal, chair, court.community, unit)
  const personId = page!.unit.owners[0]!
  const code = await issueOwnerCode(portal, chair, court.community, { personId })
  assert(code.ok, `a code for ${unit}`)
  const accepted = await acceptInvite(portal, { code: code.value.code, login, password: PASSWORD })
  assert(accepted.ok, `the account ${login}`)
}

/** The papers of `count` units for which nothing stands: read by one teller, and again by the other. */
export async function castPapersOf(
  court: Court,
  pollId: string,
  count: number,
  choiceOf: (index: number) => string,
): Promise<void> {
  const { portal } = court.served
  const [first, second] = ['jipiao', 'jianpiao'].map(name => court.officers.get(name)!)
  const desk = await readDesk(portal, first!, court.community, pollId)
  const waiting = desk!.units.filter(unit => unit.receivedBy === null && unit.voters.length === 1)
  const signedOn = dateOf(portal.clock.now())
  for (const [index, { paperNumber, voters }] of waiting.slice(0, count).entries()) {
    portal.clock.advance(1000)
    const entry = {
      pollId,
      paper: { paperNumber },
      signedBy: voters[0]!,
      asProxy: false,
      answers: { q1: choiceOf(index) },
      signedOn,
    }
    const entered = await enterPaper(portal, first!, court.community, {
      ...entry,
      scan: new Uint8Array(SCAN),
    })
    const cast = await enterPaper(portal, second!, court.community, { ...entry, scan: null })
    assert(entered.ok && cast.ok && cast.value.outcome === 'cast', `paper ${paperNumber} is cast`)
  }
}
