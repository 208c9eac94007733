/** The door of the platform: the world outside the rooms, without a word of the domain. */
export { EmbeddedDatabaseInUse, projectRoot } from '#db'
export { type Clock, type MovableClock, movableClock, systemClock } from './clock.server.ts'
export { replaceFileDurably } from './durable-file.server.ts'
export { describeSettingProblems, readSettings, type Settings } from './env.server.ts'
export { type FieldRefusal, type FormRefusal, readForm } from './form.server.ts'
export {
  type HealthReport,
  type HttpParts,
  type PageHandler,
  REFUSED_STATUS,
  type RefusedReason,
} from './http.server.ts'
export {
  enqueueJob,
  type Job,
  type JobHandler,
  type JobHandlers,
  type JobRun,
  readJob,
  retryFailedJob,
  runNextJob,
  startJobRunner,
} from './jobs.server.ts'
export { KeyPermissionsTooWide, type KeyStore } from './key-store.server.ts'
export { type Logger, openLogger } from './logger.server.ts'
export { type Loop, startLoop } from './loop.server.ts'
export {
  consoleGateway,
  httpGateway,
  type MessageGateway,
  type OutgoingMessage,
} from './message-gateway.server.ts'
export type { ObjectStore } from './object-store.server.ts'
export { CACHEABLE_HEADER } from './page-cache.server.ts'
export {
  currentPortal,
  isDatabaseReachable,
  type OpenPortal,
  openPortal,
  type Portal,
  portalOver,
  readBooksVersion,
  rememberPortal,
} from './portal.server.ts'
export { type Random, seededRandom, systemRandom } from './random.server.ts'
export { localPath, type RefusalStatus, respond } from './respond.server.ts'
export { endOnUncaughtDefect, PortInUse, type Served, startServer } from './serve.server.ts'
export {
  csrfField,
  endedSessionCookie,
  sessionCookie,
  sessionTokenOf,
  tokenDigest,
} from './session.server.ts'
