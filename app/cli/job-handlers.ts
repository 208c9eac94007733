/** Every kind of job this program can do, composed from what the rooms offer: for the server, the demo and the commands. */
import { forgetSignIns } from '#council/server'
import {
  forgetCounterparties,
  READ_BANK_IMPORT,
  readBankImportJob,
  STORE_BANK_IMPORT,
  storeBankImportJob,
} from '#ledger/server'
import { CHECK_COMMUNITY, checkCommunityJob } from '#oversight/server'
import {
  APPLY_RETENTION,
  applyRetentionJob,
  PRINT_LETTERS,
  READ_ROLL_IMPORT,
  REMOVE_LETTERS,
  readRollImportJob,
  removeLettersJob,
} from '#people/server'
import type { Portal } from '#platform'
import { type JobHandlers, runNextJob } from '#platform/process'
import {
  ISSUE_CERTIFICATE,
  ISSUE_MINUTES,
  ISSUE_STATEMENT,
  issueCertificateJob,
  issueMinutesJob,
  issueStatementJob,
  printLettersJob,
  TIMESTAMP_CERTIFICATE,
  TIMESTAMP_MINUTES,
  TIMESTAMP_STATEMENT,
  timestampCertificateJob,
  timestampMinutesJob,
  timestampStatementJob,
} from '#statements/server'
import { CLOSE_POLL, closePollJob, OPEN_POLL, openPollJob, TALLY_POLL, tallyPollJob } from '#votes/server'
import { documentTexts } from './document-texts.ts'
import { checkCommunity } from './fsck.ts'

export const jobHandlers: JobHandlers = {
  [READ_BANK_IMPORT]: readBankImportJob,
  [STORE_BANK_IMPORT]: storeBankImportJob,
  [READ_ROLL_IMPORT]: readRollImportJob,
  [APPLY_RETENTION]: applyRetentionJob(
    async (tx, communityId, kind, before) =>
      kind === 'counterparty' ? forgetCounterparties(tx, communityId, before) : 0,
    [forgetSignIns],
  ),
  [PRINT_LETTERS]: printLettersJob(documentTexts),
  [REMOVE_LETTERS]: removeLettersJob,
  [ISSUE_STATEMENT]: issueStatementJob(documentTexts),
  [TIMESTAMP_STATEMENT]: timestampStatementJob,
  [ISSUE_CERTIFICATE]: issueCertificateJob(documentTexts),
  [TIMESTAMP_CERTIFICATE]: timestampCertificateJob,
  [ISSUE_MINUTES]: issueMinutesJob(documentTexts),
  [TIMESTAMP_MINUTES]: timestampMinutesJob,
  [OPEN_POLL]: openPollJob,
  [CLOSE_POLL]: closePollJob,
  [TALLY_POLL]: tallyPollJob,
  [CHECK_COMMUNITY]: checkCommunityJob(async (portal, community) => {
    return (await checkCommunity(portal, community)).findings
  }),
}

/** Does all due jobs, one after another, without a runner. */
export async function runDueJobs(portal: Portal): Promise<void> {
  while (await runNextJob(portal, jobHandlers)) {
    // Each call does one job; false means none is due.
  }
}
