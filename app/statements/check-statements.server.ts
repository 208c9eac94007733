/**
 * The re-deriver (fsck) of issued documents: each model is the one that was logged, each sealed file is there and verifies
 * with nothing but the public keys. Reads only.
 */
import {
  listFundStatementFiles,
  listFundStatements,
  listMinutesCopies,
  listMinutesCopyFiles,
  listTallyCertificateFiles,
  listTallyCertificates,
} from '#db/statements'
import { readEntries } from '#db/tlog'
import { equalBytes, sha256Hex } from '#kernel'
import type { LedgerCommunity } from '#ledger/server'
import type { Portal } from '#platform'
import { formatVkey } from '#tlog'
import { openLogSigner } from '#tlog/server'
import { certificatePem, openSigner } from './create-sealing-keys.server.ts'
import {
  type DocumentKind,
  FUND_STATEMENT_KIND,
  MINUTES_COPY_KIND,
  TALLY_CERTIFICATE_KIND,
} from './document-kind.ts'
import type { SealedFile } from './issue-document.server.ts'
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

/** A stored document of any kind. */
interface StoredDocument {
  readonly kind: DocumentKind
  /** `2026-06/1`, or poll and version. */
  readonly reference: string
  readonly statementId: string
  readonly model: Uint8Array
  readonly digest: string
  readonly leaf: Uint8Array
  readonly leafIndex: bigint
  readonly files: readonly SealedFile[]
}

async function readStored(portal: Portal, communityId: number): Promise<StoredDocument[]> {
  const stored: StoredDocument[] = []
  for (const row of await listFundStatements(portal.db, communityId)) {
    const { model, digest, leaf, leaf_index: leafIndex, statement_id: statementId } = row
    const files = await listFundStatementFiles(portal.db, communityId, statementId)
    const reference = `${row.period}/${row.version}`
    stored.push({
      kind: FUND_STATEMENT_KIND,
      reference,
      statementId,
      model,
      digest,
      leaf,
      leafIndex,
      files,
    })
  }
  for (const row of await listTallyCertificates(portal.db, communityId, null)) {
    const { model, digest, leaf, leaf_index: leafIndex, certificate_id: statementId } = row
    const files = await listTallyCertificateFiles(portal.db, communityId, statementId)
    const reference = `${row.poll_id}/${row.version}`
    stored.push({
      kind: TALLY_CERTIFICATE_KIND,
      reference,
      statementId,
      model,
      digest,
      leaf,
      leafIndex,
      files,
    })
  }
  for (const row of await listMinutesCopies(portal.db, communityId, null)) {
    const { model, digest, leaf, leaf_index: leafIndex, copy_id: statementId } = row
    const files = await listMinutesCopyFiles(portal.db, communityId, statementId)
    const reference = `${row.meeting_id}/${row.version}`
    stored.push({ kind: MINUTES_COPY_KIND, reference, statementId, model, digest, leaf, leafIndex, files })
  }
  return stored
}

async function checkFiles(
  portal: Portal,
  community: LedgerCommunity,
  { statementId, files }: StoredDocument,
): Promise<StatementFinding[]> {
  const findings: StatementFinding[] = []
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
    const pdf = await portal.objects.read(file.sha256).catch(() => null)
    if (pdf === null) {
      fault('missing')
      continue
    }
    const report = await verifyStatement(pdf, {
      trustAnchors: [certificatePem(signer.certificateChain.at(-1)!)],
      vkeys: [formatVkey(log.key)],
      now: file.sealedAt,
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

/** Checks every issued statement and certificate of a community; no finding is a clean bill. */
export async function checkStatements(
  portal: Portal,
  community: LedgerCommunity,
): Promise<{ readonly statements: number; readonly findings: readonly StatementFinding[] }> {
  const findings: StatementFinding[] = []
  const stored = await readStored(portal, community.communityId)
  for (const document of stored) {
    const { kind, reference, model, digest, leaf, leafIndex } = document
    const [entry] = await readEntries(portal.db, community.communityId, Number(leafIndex), 1)
    const opened = kind.open(model)
    if (!opened.ok) findings.push({ invariant: 'statement-adds-up', reference, found: opened.error.code })
    const logged =
      entry !== undefined &&
      equalBytes(entry.entry, leaf) &&
      sha256Hex(model) === digest &&
      (!opened.ok || equalBytes(opened.value.leaf, leaf))
    if (!logged) findings.push({ invariant: 'statement-in-log', reference, found: String(leafIndex) })
    findings.push(...(await checkFiles(portal, community, document)))
  }
  return { statements: stored.length, findings }
}
