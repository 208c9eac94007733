/**
 * `npm start`: builds when needed, migrates, makes keys, seeds the demo community when there is nothing and this is not
 * production, serves, and stops gracefully. Ends with 2 when the settings cannot be used, 1 when it cannot start, 70 on a
 * defect that nobody caught.
 */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { ServerBuild } from '@remix-run/node'
import { tendCouncil } from '#council/server'
import { type MessageArguments, type MessageKey, translate } from '#i18n'
import { readCommunities } from '#ledger/server'
import { orderDailyChecks } from '#oversight/server'
import { base32Of } from '#people'
import { askForRetention, sealDueAudits, sendDueMessages, sendDueSmsCodes } from '#people/server'
import { projectRoot } from '#platform'
import {
  describeSettingProblems,
  EmbeddedDatabaseInUse,
  endOnUncaughtDefect,
  type HealthReport,
  isDatabaseReachable,
  KeyPermissionsTooWide,
  type Loop,
  type OpenPortal,
  openPortal,
  type PageHandler,
  PortInUse,
  readBooksVersion,
  readSettings,
  rememberPortal,
  type Settings,
  startJobRunner,
  startLoop,
  startServer,
} from '#platform/process'
import { indexCommunities } from '#search/server'
import { openPublisher, publishCheckpoints } from '#tlog/server'
import { tendVoice } from '#voice/server'
import { answerPages } from './answer-pages.ts'
import { buildPortal } from './build-portal.ts'
import { demoState } from './demo.ts'
import {
  DEMO_OWNERS,
  DEMO_PASSWORD,
  DEMO_SECOND_OWNER,
  DEMO_SIGN_INS,
  DEMO_SLUG,
  demoTotpSecret,
} from './demo-officers.ts'
import { jobHandlers } from './job-handlers.ts'
import { openGateways } from './message-gateways.ts'
import { messageWords, smsCodeWords } from './message-words.ts'
import { preparePortal } from './prepare-portal.ts'

const PUBLISH_EVERY_MS = 2_000
/** A log that was not looked at for so long is reported by /healthz. */
const PUBLISH_STALE_MS = 30_000
/** What public pages are asked for by, beside language and mode; a free text is not among them. */
const KEPT_PARAMETERS = ['lang', 'mode', 'period', 'before', 'fund', 'account', 'kind', 'direction']
const INDEX_EVERY_MS = 5_000
const SEND_EVERY_MS = 2_000
const SEAL_EVERY_MS = 300_000
const ORDER_CHECKS_EVERY_MS = 3_600_000
const TEND_VOICE_EVERY_MS = 900_000
const EXIT = { failed: 1, settings: 2, defect: 70 } as const

function say<Key extends MessageKey>(key: Key, ...args: MessageArguments<Key>): void {
  process.stdout.write(`${translate('zh-CN')(key, ...args)}\n${translate('en')(key, ...args)}\n`)
}

function complain<Key extends MessageKey>(key: Key, ...args: MessageArguments<Key>): void {
  process.stderr.write(`${translate('zh-CN')(key, ...args)}\n${translate('en')(key, ...args)}\n`)
}

/** What is known to keep a portal from starting, in words; anything else is a defect and shows itself whole. */
function complainAbout(error: unknown): void {
  const connection = connectionErrorIn(error)
  if (error instanceof PortInUse) complain('platform.startPortInUse', { port: error.port })
  else if (error instanceof EmbeddedDatabaseInUse) complain('platform.startDatabaseInUse')
  else if (error instanceof KeyPermissionsTooWide) complain('platform.startKeyExposed', { path: error.path })
  else if (connection !== null) complain('platform.startDatabaseFailed', { reason: connection.message })
  else process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
}

/** The connection's failure among an error and its causes; null when it is something else. */
function connectionErrorIn(error: unknown): Error | null {
  if (!(error instanceof Error)) return null
  const { code } = error as { code?: unknown }
  // Class 08 and 28 are PostgreSQL's own words for no connection and no right to one, 3D000 for no such database.
  const isConnection =
    typeof code === 'string' && /^(?:E[A-Z]+|CONNECT_TIMEOUT|08\w{3}|28\w{3}|3D000)$/.test(code)
  return isConnection ? error : connectionErrorIn(error.cause)
}

/** The pages, as the build made them. */
async function openPages(): Promise<PageHandler> {
  const path = join(projectRoot(), 'build', 'server', 'index.js')
  return answerPages((await import(pathToFileURL(path).href)) as ServerBuild)
}

/** Signs what was appended. A log that cannot be signed is an alarm, so the loop fails and /healthz says so. */
function startPublisher(portal: OpenPortal): Loop {
  const publisher = openPublisher(portal)
  return startLoop({ name: 'publisher', everyMs: PUBLISH_EVERY_MS, logger: portal.logger }, async () => {
    const { problems } = await publishCheckpoints(publisher)
    const [problem] = problems.filter(({ code }) => code !== 'publisher-busy')
    if (problem) throw new Error(`log of community ${problem.communityId}: ${problem.code}`)
  })
}

/** Sends what waits in the outbox. What a demo would send is printed. */
async function startSender(portal: OpenPortal): Promise<Loop> {
  const print = (line: string) => void process.stdout.write(`${line}\n`)
  const gateways = await openGateways(portal, print)
  return startLoop({ name: 'outbox', everyMs: SEND_EVERY_MS, logger: portal.logger }, async () => {
    await sendDueSmsCodes(portal, { gateway: gateways.sms, words: smsCodeWords })
    await sendDueMessages(portal, { gateways, words: messageWords })
  })
}

/** Puts the audit into the log, and asks for the night's removal of what has had its time. */
function startSealer(portal: OpenPortal): Loop {
  return startLoop({ name: 'audit', everyMs: SEAL_EVERY_MS, logger: portal.logger }, () =>
    sealDueAudits(portal).then(() => askForRetention(portal)),
  )
}

/** Keeps the index of public texts up with the logs. */
function startIndexer(portal: OpenPortal): Loop {
  const everyMs = INDEX_EVERY_MS
  return startLoop({ name: 'search', everyMs, logger: portal.logger }, () => indexCommunities(portal))
}

/** Asks for every community's check of the coming night. */
function startChecks(portal: OpenPortal): Loop {
  const order = { name: 'daily-checks', everyMs: ORDER_CHECKS_EVERY_MS, logger: portal.logger }
  return startLoop(order, () => orderDailyChecks(portal))
}

/** Tells of questions and action items that are overdue and of meetings that are near, and publishes what homes said after services. */
function startVoice(portal: OpenPortal): Loop {
  const order = { name: 'voice', everyMs: TEND_VOICE_EVERY_MS, logger: portal.logger }
  return startLoop(order, async () => {
    for (const community of await readCommunities(portal.db)) {
      await tendVoice(portal, community)
      await tendCouncil(portal, community)
    }
  })
}

/**
 * The embedded database is a process of ours: when it ended by itself, nothing here works again until a new start. Whether it
 * answers in time is not asked: it has one session, which a long check may hold, and who is busy is not gone.
 */
function endWithDatabase(portal: OpenPortal, isStopping: () => boolean): void {
  void portal.databaseEnded?.then(() => {
    if (isStopping()) return
    portal.logger.fatal('the embedded database is gone: the process ends')
    process.exit(EXIT.defect)
  })
}

async function healthOf(portal: OpenPortal, publisher: Loop): Promise<HealthReport> {
  const isReachable = await isDatabaseReachable(portal)
  const age = publisher.sinceSuccessMs()
  const isPublishing = age !== null && age < PUBLISH_STALE_MS
  return {
    isHealthy: isReachable && isPublishing,
    checks: {
      database: isReachable ? 'answers' : 'does-not-answer',
      publisher: isPublishing ? 'fresh' : 'stale',
    },
  }
}

/** The demo and the keys, told in words. */
function prepare(portal: OpenPortal): Promise<void> {
  return preparePortal(portal, {
    partial: () => complain('platform.startDemoPartial', { directory: portal.settings.dataDirectory }),
    seeding: () => say('platform.startSeeding'),
    seededMonth: period => say('platform.startSeededMonth', { period }),
  })
}

async function announce(portal: OpenPortal, port: number): Promise<void> {
  const { settings } = portal
  const address = settings.production ? settings.baseUrl : `http://localhost:${port}`
  say('platform.startServing', { address })
  if (portal.databaseKind === 'embedded') say('platform.startEmbedded')
  if (settings.production || (await demoState(portal)) === 'absent') return
  say('platform.startDemo', { address: `${address}/c/${DEMO_SLUG}` })
  say('platform.startSignIns', { password: DEMO_PASSWORD })
  for (const { login, name } of DEMO_SIGN_INS) {
    const secret = base32Of(demoTotpSecret(login))
    process.stdout.write(`  ${translate('zh-CN')('platform.startSignIn', { login, name, secret })}\n`)
  }
  for (const { login, title } of [...DEMO_OWNERS, DEMO_SECOND_OWNER]) {
    process.stdout.write(`  ${translate('zh-CN')('platform.startOwner', { login, title })}\n`)
  }
}

async function serve(portal: OpenPortal): Promise<void> {
  await prepare(portal)
  rememberPortal(portal)
  const publisher = startPublisher(portal)
  const sender = await startSender(portal)
  const sealer = startSealer(portal)
  const indexer = startIndexer(portal)
  const checks = startChecks(portal)
  const voice = startVoice(portal)
  const jobs = startJobRunner(portal, jobHandlers)
  const server = await startServer({
    portal,
    pages: await openPages(),
    staticDirectory: join(projectRoot(), 'build', 'client'),
    readVersion: slug => readBooksVersion(portal, slug),
    health: () => healthOf(portal, publisher),
    keptParameters: KEPT_PARAMETERS,
  })
  await announce(portal, server.port)
  let isStopping = false
  endWithDatabase(portal, () => isStopping)
  const stop = async () => {
    // A second signal is somebody who cannot wait.
    if (isStopping) process.exit(EXIT.failed)
    isStopping = true
    complain('platform.startStopping')
    await server.stop()
    const loops = [publisher, sender, sealer, indexer, checks, voice]
    await Promise.all([jobs.stop(), ...loops.map(loop => loop.stop())])
    await portal.close()
    complain('platform.startStopped')
    process.exit(0)
  }
  const stopOrFail = () => {
    stop().catch((error: unknown) => {
      portal.logger.fatal({ error }, 'did not stop cleanly')
      process.exit(EXIT.failed)
    })
  }
  process.on('SIGTERM', stopOrFail)
  process.on('SIGINT', stopOrFail)
}

async function start(settings: Settings): Promise<void> {
  if (!(await buildPortal(() => say('platform.startBuilding')))) {
    complain('platform.startBuildFailed')
    process.exit(EXIT.failed)
  }
  // React renders seven times slower otherwise. Whether this is a real community is in the settings, read before.
  process.env.NODE_ENV = 'production'
  const portal = await openPortal(settings)
  endOnUncaughtDefect(portal.logger)
  await serve(portal)
}

const settings = readSettings(process.env)
if (settings.ok) {
  start(settings.value).catch((error: unknown) => {
    complainAbout(error)
    process.exit(EXIT.failed)
  })
} else {
  process.stderr.write(`${describeSettingProblems(settings.error)}\n`)
  process.exit(EXIT.settings)
}
