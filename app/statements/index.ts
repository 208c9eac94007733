/** The pure door of the statements: their model, the leaf that logs them, and the verifier. */
export type { QuestionSource } from './certified-question.ts'
export { keyFingerprintOf } from './cms.ts'
export type { SealedDocument } from './document-kind.ts'
export { FACTS, type VerifyReport } from './facts.ts'
export {
  buildFundStatement,
  encodeFundStatement,
  FUND_KINDS,
  type FundKind,
  type FundStatement,
  NOT_CONTAINED_CODES,
  OUTSTANDING_KINDS,
  parseFundStatement,
  type StatementProblem,
  type StatementSource,
  statementDigestOf,
  statementFingerprintOf,
  statementIdOf,
} from './fund-statement.ts'
export { encodeSupersedingList, type LeafEvidence, parseSupersedingList } from './log-inclusion.ts'
export {
  buildMinutesCopy,
  encodeMinutesCopy,
  type MinutesCopy,
  type MinutesCopyProblem,
  minutesCopyIdOf,
  parseMinutesCopy,
} from './minutes-copy.ts'
export { paperAddress, parsePaperAddress } from './paper-address.ts'
export { documentLines, receiptLines, type SayVerdict } from './present-document.ts'
export { type PresentedVerdict, presentVerdict, verdictLines } from './present-verdict.ts'
export { checkReceipt } from './receipt.ts'
export { isReceiptFile, parseReceipt, type Receipt } from './receipt-shape.ts'
export { encodeStatementLeaf } from './statement-leaf.ts'
export {
  buildTallyCertificate,
  type CertificateProblem,
  type CertificateSource,
  type CountMinutes,
  certificateIdOf,
  encodeTallyCertificate,
  parseTallyCertificate,
  type TallyCertificate,
} from './tally-certificate.ts'
export { type VerifyOptions, verifyStatement } from './verify.ts'
export { type VerifiedFile, verifyChosenFiles } from './verify-in-browser.ts'
