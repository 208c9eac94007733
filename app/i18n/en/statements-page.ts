/** English of `zh-cn/statements-page.ts`. */
import type { Translation } from '../translation.ts'
import type { statementsPage as source } from '../zh-cn/statements-page.ts'

export const statementsPage = {
  title: 'Fund statements',
  lead: 'One is issued after each month is closed. The PDF can be printed and posted; it carries all figures and proofs and verifies without a network.',
  none: 'No statement yet',
  noneText: 'The first one appears here once a month is closed and its statement issued.',
  caption: 'Statements',
  month: 'Month',
  versionValue: 'version {version}',
  issuedAt: 'Issued',
  state: 'State',
  stateCurrent: 'in force',
  stateSuperseded: 'superseded by a correction',
  stateMaking: 'being made',
  stateClosed: 'closed, not issued yet',
  download: 'Download',
  pdf: 'Statement (PDF)',
  json: 'Figures (JSON)',
  downloadPdf: 'Statement (PDF): {month}, version {version}',
  downloadJson: 'Figures (JSON): {month}, version {version}',
  reason: 'Reason of the correction',
  fingerprint: 'Fingerprint',
  timestamped: 'with a trusted timestamp',
  verify: 'Verify a statement',
  verifyTitle: 'Is the paper in your hand genuine',
  verifyText:
    'Scan its QR code, or open the PDF on the verify page. If the fingerprint is the one here, it is the same statement.',
  omitOpen: 'Months that are not closed yet',
} as const satisfies Translation<typeof source>
