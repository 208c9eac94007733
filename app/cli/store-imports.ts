/**
 * Stores bank files through the same use cases as the page: read, and when nothing disagrees, confirmed. A held file stays
 * held until somebody confirms both numbers on the page, and a file of an unknown layout stays unread until its columns are
 * proposed and agreed to there.
 */
import { bankProblemText } from '#i18n'
import {
  confirmBankImport,
  type LedgerCommunity,
  readBankImport,
  readBankImports,
  readChart,
  uploadBankStatement,
} from '#ledger/server'
import type { Portal } from '#platform'
import { consoleBookkeeper, WrongUse } from './command-line.ts'
import type { ImportReport } from './import-report.ts'
import { runDueJobs } from './job-handlers.ts'

/** The code of the account to import for: the one named, or the only one there is. */
export async function accountToImport(
  portal: Portal,
  community: LedgerCommunity,
  wanted: string | undefined,
): Promise<string> {
  const { bankAccounts } = await readChart(portal.db, community.communityId)
  const codes = bankAccounts.map(account => account.accountCode)
  const code = wanted ?? (codes.length === 1 ? codes[0] : undefined)
  if (code === undefined || !codes.includes(code)) {
    throw new WrongUse('cli.accountUnknown', { account: wanted ?? '-', known: codes.join(', ') })
  }
  return code
}

/** Stores one file; the dry run's report, with what the account made of it. */
export async function storeImport(
  portal: Portal,
  community: LedgerCommunity,
  account: string,
  file: { readonly name: string; readonly bytes: Uint8Array },
  judged: ImportReport,
): Promise<ImportReport> {
  const actor = consoleBookkeeper(community.communityId)
  const uploaded = await uploadBankStatement(portal, actor, community, { account, ...file })
  if (!uploaded.ok) return { ...judged, outcome: 'reject' }
  const { importId } = uploaded.value
  await runDueJobs(portal)
  const read = await readBankImport(portal, actor, community, importId)
  const reading = read?.reading ?? null
  if (read === null || reading === null) throw new Error(`invariant broken: import ${importId} was not read`)
  const report: ImportReport = {
    ...judged,
    outcome: reading.outcome,
    layout: reading.layout ?? judged.layout,
    mapping: read.isMapped ? read.mappingChange : null,
    problems: reading.problems.map(problem => ({
      line: problem.line,
      column: problem.column,
      severity: problem.severity,
      code: problem.code,
      message: `${bankProblemText(problem, file.name, 'zh-CN')} / ${bankProblemText(problem, file.name, 'en')}`,
    })),
  }
  if (read.state !== 'ready') return report
  const confirmed = await confirmBankImport(portal, actor, community, {
    importId,
    confirmsDiscrepancies: false,
    reason: '',
  })
  if (!confirmed.ok) throw new Error(`invariant broken: a ready import was refused: ${confirmed.error.code}`)
  await runDueJobs(portal)
  const stored = (await readBankImports(portal, actor, community, 1_000))?.find(
    row => row.importId === importId,
  )
  return { ...report, posted_new: stored?.storedNew ?? 0, already_there: stored?.alreadyThere ?? 0 }
}
