/** Reads issued tally certificates: for a poll's page, downloads and the office. */
import { findTallyCertificate, listTallyCertificateFiles, listTallyCertificates } from '#db/statements'
import type { LedgerCommunity } from '#ledger/server'
import type { Portal } from '#platform'

export interface IssuedCertificate {
  readonly pollId: string
  readonly version: number
  /** `demo-vote-POLL-v1`. */
  readonly certificateId: string
  readonly digest: string
  readonly leafIndex: number
  readonly issuedAt: Date
  readonly reason: string | null
  /** True when a later version replaces this one. */
  readonly isSuperseded: boolean
  /** Null while the sealed file is being made. */
  readonly file: { readonly sha256: string; readonly bytes: number; readonly level: 'B-B' | 'B-T' } | null
}

/** The certificates of one poll, or of all polls when `pollId` is null; newest first. */
export async function readCertificates(
  portal: Portal,
  community: LedgerCommunity,
  pollId: string | null,
): Promise<IssuedCertificate[]> {
  const rows = await listTallyCertificates(portal.db, community.communityId, pollId)
  const superseded = new Set(rows.map(row => row.supersedes_digest))
  const certificates: IssuedCertificate[] = []
  for (const row of rows) {
    const [file] = await listTallyCertificateFiles(portal.db, community.communityId, row.certificate_id)
    certificates.push({
      pollId: row.poll_id,
      version: row.version,
      certificateId: row.certificate_id,
      digest: row.digest,
      leafIndex: Number(row.leaf_index),
      issuedAt: row.issued_at,
      reason: row.reason,
      isSuperseded: superseded.has(row.digest),
      file: file === undefined ? null : { sha256: file.sha256, bytes: file.bytes, level: file.level },
    })
  }
  return certificates
}

/** The sealed PDF of a poll's certificate, of one version or the newest; null when there is none. */
export async function readCertificateFile(
  portal: Portal,
  community: LedgerCommunity,
  pollId: string,
  version: number | null,
): Promise<{ readonly pdf: Uint8Array; readonly certificateId: string; readonly version: number } | null> {
  const row = await findTallyCertificate(portal.db, community.communityId, pollId, version)
  if (row === undefined) return null
  const [file] = await listTallyCertificateFiles(portal.db, community.communityId, row.certificate_id)
  const pdf = file === undefined ? null : await portal.objects.read(file.sha256)
  return pdf === null ? null : { pdf, certificateId: row.certificate_id, version: row.version }
}

/** The canonical JSON of a poll's certificate, of one version or the newest; null when there is none. */
export async function readCertificateModel(
  portal: Portal,
  community: LedgerCommunity,
  pollId: string,
  version: number | null,
): Promise<{ readonly model: Uint8Array; readonly certificateId: string } | null> {
  const row = await findTallyCertificate(portal.db, community.communityId, pollId, version)
  return row === undefined ? null : { model: row.model, certificateId: row.certificate_id }
}
