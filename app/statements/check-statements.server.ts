/**
 * The re-deriver (fsck) of issued statements: each model is the one that was logged, each sealed file is there and verifies
 * with nothing but the public keys. Reads only.
 */
import { listFundStatementFiles, listFundStatements } from '#db/statements'
import { readEntries } from '#db/tlog'
import { equalBytes, sha256Hex } from '#kernel'
import type { LedgerCommunity } from '#ledger/server'
import type { Portal } from '#platform'
import { formatVkey } from '#tlog'
import { openLogSigner } from '#tlog/server'
import { certificatePem, openSigner } from './create-sealing-keys.server.ts'
import { parseFundStatement } from './fund-statement.ts'
import { encodeStatementLeaf } from './statement-leaf.ts'
import { verifyStatement } from './verify.ts'

export const STATEMENT_INVARIANTS = [
  'statement-in-log',
  'statement-adds-up',
  'statement-file-verifies',
] as const

export interface StatementFinding {
  readonly invariant: (typeof STATEMENT_INVARIANTS)[number]
  readonly reference: string
  readonly found: string
}

async function checkFiles(
  portal: Portal,
  community: LedgerCommunity,
  statementId: string,
): Promise<StatementFinding[]> {
  const findings: StatementFinding[] = []
  const files = await listFundStatementFiles(portal.db, community.communityId, statementId)
  if (files.length === 0) return findings
  const signer = await openSigner(portal)
  const log = await openLogSigner(portal, community.logOrigin)
  for (const file of files) {
    const fault = (found: string) =>
      findings.push({
        invariant: 'statement-file-verifies',
        reference: `${statementId} ${file.level}`,
        found,
      })
    const pdf = await portal.objects.read(file.pdf_sha256).catch(() => null)
    if (pdf === null) {
      fault('missing')
      continue
    }
    const report = await verifyStatement(pdf, {
      trustAnchors: [certificatePem(signer.certificateChain.at(-1)!)],
      vkeys: [formatVkey(log.key)],
      now: file.sealed_at,
    })
    if (report.verdict !== 'valid') {
      fault(
        report.facts
          .filter(fact => !fact.ok)
          .map(fact => `${fact.name}: ${fact.code}`)
          .join(', '),
      )
    } else if (report.statementId !== statementId) fault(String(report.statementId))
  }
  return findings
}

/** Checks every issued statement of a community; no finding is a clean bill. */
export async function checkStatements(
  portal: Portal,
  community: LedgerCommunity,
): Promise<{ readonly statements: number; readonly findings: readonly StatementFinding[] }> {
  const findings: StatementFinding[] = []
  const rows = await listFundStatements(portal.db, community.communityId)
  for (const row of rows) {
    const reference = `${row.period}/${row.version}`
    const [entry] = await readEntries(portal.db, community.communityId, Number(row.leaf_index), 1)
    const parsed = parseFundStatement(row.model)
    if (!parsed.ok) findings.push({ invariant: 'statement-adds-up', reference, found: parsed.error.code })
    const logged =
      entry !== undefined &&
      equalBytes(entry.entry, row.leaf) &&
      sha256Hex(row.model) === row.digest &&
      (!parsed.ok || equalBytes(encodeStatementLeaf(parsed.value, row.model), row.leaf))
    if (!logged) findings.push({ invariant: 'statement-in-log', reference, found: String(row.leaf_index) })
    findings.push(...(await checkFiles(portal, community, row.statement_id)))
  }
  return { statements: rows.length, findings }
}
