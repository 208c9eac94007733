/** Tables of issued documents: statements, tally certificates and copies of minutes. Types only. */
import type { Written } from './columns.ts'

interface FundStatementTable {
  community_id: Written<number>
  period: Written<string>
  version: Written<number>
  statement_id: Written<string>
  /** The canonical JSON, exactly as attached to the PDF and digested in the log. */
  model: Written<Uint8Array>
  digest: Written<string>
  leaf: Written<Uint8Array>
  leaf_index: Written<bigint>
  supersedes_digest: Written<string | null>
  reason: Written<string | null>
  requested_by: Written<string>
  issued_at: Written<Date>
}

interface FundStatementFileTable {
  community_id: Written<number>
  statement_id: Written<string>
  pdf_sha256: Written<string>
  pdf_bytes: Written<number>
  level: Written<'B-B' | 'B-T'>
  sealed_at: Written<Date>
}

interface TallyCertificateTable {
  community_id: Written<number>
  poll_id: Written<string>
  version: Written<number>
  certificate_id: Written<string>
  /** The canonical JSON, exactly as attached to the PDF and digested in the log. */
  model: Written<Uint8Array>
  digest: Written<string>
  leaf: Written<Uint8Array>
  leaf_index: Written<bigint>
  supersedes_digest: Written<string | null>
  reason: Written<string | null>
  requested_by: Written<string>
  issued_at: Written<Date>
}

interface TallyCertificateFileTable {
  community_id: Written<number>
  certificate_id: Written<string>
  pdf_sha256: Written<string>
  pdf_bytes: Written<number>
  level: Written<'B-B' | 'B-T'>
  sealed_at: Written<Date>
}

interface MinutesCopyTable {
  community_id: Written<number>
  meeting_id: Written<string>
  version: Written<number>
  /** Number of the publication it copies. */
  issue: Written<number>
  copy_id: Written<string>
  /** The canonical JSON, exactly as attached to the PDF and digested in the log. */
  model: Written<Uint8Array>
  digest: Written<string>
  leaf: Written<Uint8Array>
  leaf_index: Written<bigint>
  supersedes_digest: Written<string | null>
  reason: Written<string | null>
  requested_by: Written<string>
  issued_at: Written<Date>
}

interface MinutesCopyFileTable {
  community_id: Written<number>
  copy_id: Written<string>
  pdf_sha256: Written<string>
  pdf_bytes: Written<number>
  level: Written<'B-B' | 'B-T'>
  sealed_at: Written<Date>
}

export interface StatementTables {
  fund_statement: FundStatementTable
  fund_statement_file: FundStatementFileTable
  tally_certificate: TallyCertificateTable
  tally_certificate_file: TallyCertificateFileTable
  minutes_copy: MinutesCopyTable
  minutes_copy_file: MinutesCopyFileTable
}
