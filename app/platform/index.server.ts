/** The door of the platform for rooms and pages: the world outside, without a word of the domain. A process takes more: #platform/process. */
export { projectRoot } from '#db'
export type { Clock } from './clock.server.ts'
export { type FieldRefusal, type FormRefusal, type Pressed, pressedIn, readForm } from './form.server.ts'
export { REFUSED_STATUS, type RefusedReason } from './http.server.ts'
export {
  enqueueJob,
  type Job,
  type JobRun,
  readJob,
  readNewestJob,
  retryFailedJob,
} from './jobs.server.ts'
export type { KeyStore } from './key-store.server.ts'
export type { MessageGateway, OutgoingMessage } from './message-gateway.server.ts'
export type { ObjectStore } from './object-store.server.ts'
export { CACHEABLE_HEADER } from './page-cache.server.ts'
export { currentPortal, type Portal } from './portal.server.ts'
export type { Random } from './random.server.ts'
export { localPath, type RefusalStatus, respond } from './respond.server.ts'
export { openSealer, type Sealer } from './sealer.server.ts'
export {
  csrfField,
  endedSessionCookie,
  sessionCookie,
  sessionTokenOf,
  tokenDigest,
} from './session.server.ts'
export { askWorker } from './source-worker.server.ts'
export { together } from './together.server.ts'
