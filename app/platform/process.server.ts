/**
 * The door of the platform for processes: what opens a portal, serves it, runs its jobs and ends it. Commands and tests come
 * in here; a room is given its portal, and a page finds it open.
 */
export { EmbeddedDatabaseInUse } from '#db'
export { type MovableClock, movableClock, systemClock } from './clock.server.ts'
export { replaceFileDurably } from './durable-file.server.ts'
export { describeSettingProblems, readSettings, type Settings } from './env.server.ts'
export type { HealthReport, HttpParts, PageHandler } from './http.server.ts'
export { type JobHandler, type JobHandlers, runNextJob, startJobRunner } from './jobs.server.ts'
export { KeyPermissionsTooWide } from './key-store.server.ts'
export { type Logger, openLogger } from './logger.server.ts'
export { type Loop, startLoop } from './loop.server.ts'
export { consoleGateway, httpGateway } from './message-gateway.server.ts'
export {
  isDatabaseReachable,
  type OpenPortal,
  openPortal,
  portalOver,
  readBooksVersion,
  rememberPortal,
} from './portal.server.ts'
export { seededRandom, systemRandom } from './random.server.ts'
export { endOnUncaughtDefect, PortInUse, type Served, startServer } from './serve.server.ts'
