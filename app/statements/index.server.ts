/** The server door of the statements: issuing, what was issued, drawing, sealing, timestamping, and the keys for it. */
export { checkStatements, STATEMENT_INVARIANTS, type StatementFinding } from './check-statements.server.ts'
export {
  createSealingKeys,
  openSigner,
  readAuthorityPem,
  SEALING_KEYS,
} from './create-sealing-keys.server.ts'
export {
  type CertificateRefusal,
  ISSUE_CERTIFICATE,
  issueCertificateJob,
  requestCertificate,
  TIMESTAMP_CERTIFICATE,
  timestampCertificateJob,
} from './issue-certificate.server.ts'
export { createStatementKeys, type DocumentTexts } from './issue-document.server.ts'
export {
  ISSUE_MINUTES,
  type IssuedMinutesCopy,
  issueMinutesJob,
  type MinutesCopyRefusal,
  readMinutesCopies,
  readMinutesCopyFile,
  requestMinutesCopy,
  TIMESTAMP_MINUTES,
  timestampMinutesJob,
} from './issue-minutes.server.ts'
export {
  ISSUE_STATEMENT,
  type IssueRefusal,
  issueFromConsole,
  issueStatementJob,
  requestStatement,
  TIMESTAMP_STATEMENT,
  timestampStatementJob,
} from './issue-statement.server.ts'
export { printLettersJob } from './print-letters.server.ts'
export {
  LONGEST_PLACE,
  PRINTED_KINDS,
  type PrintedKind,
  type PrintRefusal,
  printPapers,
  readPrintedBuildings,
} from './print-papers.server.ts'
export {
  type IssuedCertificate,
  readCertificateFile,
  readCertificateModel,
  readCertificates,
} from './read-certificates.server.ts'
export {
  type IssuedStatement,
  readStatementFile,
  readStatementModel,
  readStatements,
  readSupersedingList,
} from './read-statements.server.ts'
export { renderFundStatement } from './render-fund-statement.server.ts'
export { type LobbySheet, renderLobbySheet } from './render-lobby-sheet.server.ts'
export { type Notice, renderNotice } from './render-notice.server.ts'
export {
  type PaperBallots,
  type PrintedPaperRow,
  type PrintedPoll,
  type PrintedQuestion,
  renderDeliveryList,
  renderPaperBallots,
  renderProxyForm,
} from './render-paper-ballots.server.ts'
export { renderTallyCertificate } from './render-tally-certificate.server.ts'
export { resumeTimestamps } from './resume-timestamps.server.ts'
export {
  addTimestampToSeal,
  type SealOptions,
  type SealProblem,
  type Signer,
  sealPdf,
} from './seal.server.ts'
export { type RenderInput, type Say, SEAL_RECT, verifyAddress } from './sealed-frame.server.ts'
export { type TimestampAuthority, type TimestampFailure, timestampSeal } from './timestamp.server.ts'
