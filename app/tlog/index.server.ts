/** The server door of the transparency log: appending, publishing, reading what is published, and checking all of it. */
export { answerTlogRequest, type TlogAnswer } from './answer-tlog-request.server.ts'
export { appendLeaf, createLog, isOrigin } from './append-leaf.server.ts'
export { checkLog, type LogFinding } from './check-log.server.ts'
export { createLogKey, openLogSigner, openPublisher, openSignGuard } from './log-key.server.ts'
export { type CheckpointSigner, createCosigner, createLogSigner } from './log-signer.server.ts'
export {
  adoptNewestCheckpoint,
  type PublishedCheckpoint,
  type Publisher,
  type PublishProblem,
  publishCheckpoint,
  publishCheckpoints,
} from './publish-checkpoint.server.ts'
export {
  type ReadLogProblem,
  readCheckpoint,
  readConsistencyProof,
  readEntryBundle,
  readInclusionProof,
  readLeaves,
  readLogSize,
  readTile,
} from './read-log.server.ts'
export { fileSignGuard, type SignedHead, type SignGuard } from './sign-guard.server.ts'
