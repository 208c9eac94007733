/** Reads what was issued: for the statements page, downloads and the command line. */
import {
  findFundStatement,
  listFundStatementFiles,
  listFundStatements,
  listSupersedingLeaves,
} from '#db/statements'
import { type Period, period } from '#kernel'
import type { LedgerCommunity } from '#ledger/server'
import type { Portal } from '#platform'
import { readInclusionProof } from '#tlog/server'
import { encodeSupersedingList, type LeafEvidence } from './log-inclusion.ts'

export interface IssuedStatement {
  readonly period: Period
  readonly version: number
  readonly statementId: string
  readonly digest: string
  readonly leafIndex: number
  readonly issuedAt: Date
  readonly reason: string | null
  /** True when a later version replaces this one. */
  readonly isSuperseded: boolean
  /** Null while the sealed file is being made. */
  readonly file: { readonly sha256: string; readonly bytes: number; readonly level: 'B-B' | 'B-T' } | null
}

/** All statements of a community, newest month and version first. */
export async function readStatements(portal: Portal, community: LedgerCommunity): Promise<IssuedStatement[]> {
  const rows = await listFundStatements(portal.db, community.communityId)
  const superseded = new Set(rows.map(row => row.supersedes_digest))
  const statements: IssuedStatement[] = []
  for (const row of rows) {
    const [file] = await listFundStatementFiles(portal.db, community.communityId, row.statement_id)
    statements.push({
      period: period(row.period),
      version: row.version,
      statementId: row.statement_id,
      digest: row.digest,
      leafIndex: Number(row.leaf_index),
      issuedAt: row.issued_at,
      reason: row.reason,
      isSuperseded: superseded.has(row.digest),
      file: file === undefined ? null : { sha256: file.sha256, bytes: file.bytes, level: file.level },
    })
  }
  return statements
}

/** The sealed PDF of a month, of one version or the newest; null when there is none. */
export async function readStatementFile(
  portal: Portal,
  community: LedgerCommunity,
  month: Period,
  version: number | null,
): Promise<{ readonly pdf: Uint8Array; readonly statementId: string; readonly version: number } | null> {
  const row = await findFundStatement(portal.db, community.communityId, month, version)
  if (row === undefined) return null
  const [file] = await listFundStatementFiles(portal.db, community.communityId, row.statement_id)
  const pdf = file === undefined ? null : await portal.objects.read(file.sha256)
  return pdf === null ? null : { pdf, statementId: row.statement_id, version: row.version }
}

/** The canonical JSON of a month, of one version or the newest; null when there is none. */
export async function readStatementModel(
  portal: Portal,
  community: LedgerCommunity,
  month: Period,
  version: number | null,
): Promise<{ readonly model: Uint8Array; readonly statementId: string } | null> {
  const row = await findFundStatement(portal.db, community.communityId, month, version)
  return row === undefined ? null : { model: row.model, statementId: row.statement_id }
}

/**
 * The leaves of all statements that replace another, each with its proof under the newest checkpoint: what an offline
 * verifier needs to call an old statement superseded. Leaves not yet published are left out.
 */
export async function readSupersedingList(portal: Portal, community: LedgerCommunity): Promise<Uint8Array> {
  const evidence: LeafEvidence[] = []
  for (const row of await listSupersedingLeaves(portal.db, community.communityId)) {
    const proof = await readInclusionProof(portal.db, community.communityId, Number(row.leaf_index))
    if (proof.ok) evidence.push({ leaf: row.leaf, proof: proof.value })
  }
  return encodeSupersedingList(evidence)
}
