/** SQL of issued documents, statements, tally certificates and copies of minutes, and of their sealed files. */
import type { Insertable, Selectable } from 'kysely'
import type { Schema, Tx } from './schema/index.ts'

/** A sealed file of any kind of document, by the words of the room. */
interface SealedFile {
  readonly communityId: number
  readonly statementId: string
  readonly sha256: string
  readonly bytes: number
  readonly level: 'B-B' | 'B-T'
  readonly sealedAt: Date
}

type FileColumns = Pick<
  Selectable<Schema['fund_statement_file']>,
  'community_id' | 'pdf_sha256' | 'pdf_bytes' | 'level' | 'sealed_at'
>

function sealedFileOf(row: FileColumns, statementId: string): SealedFile {
  return {
    communityId: row.community_id,
    statementId,
    sha256: row.pdf_sha256,
    bytes: row.pdf_bytes,
    level: row.level,
    sealedAt: row.sealed_at,
  }
}

function fileColumnsOf(file: SealedFile) {
  return {
    community_id: file.communityId,
    pdf_sha256: file.sha256,
    pdf_bytes: file.bytes,
    level: file.level,
    sealed_at: file.sealedAt,
  }
}

// ---- fund statements --------------------------------------------------------------------------------------------

export async function insertFundStatement(tx: Tx, row: Insertable<Schema['fund_statement']>): Promise<void> {
  await tx.insertInto('fund_statement').values(row).execute()
}

export async function insertFundStatementFile(tx: Tx, file: SealedFile): Promise<void> {
  await tx
    .insertInto('fund_statement_file')
    .values({ ...fileColumnsOf(file), statement_id: file.statementId })
    .onConflict(conflict => conflict.columns(['community_id', 'statement_id', 'level']).doNothing())
    .execute()
}

/** One version of a month's statement, or the newest when `version` is null. */
export async function findFundStatement(tx: Tx, communityId: number, period: string, version: number | null) {
  let query = tx
    .selectFrom('fund_statement')
    .selectAll()
    .where('community_id', '=', communityId)
    .where('period', '=', period)
  if (version !== null) query = query.where('version', '=', version)
  return query.orderBy('version', 'desc').limit(1).executeTakeFirst()
}

/** All statements of a community, newest month and version first. */
export async function listFundStatements(tx: Tx, communityId: number) {
  return tx
    .selectFrom('fund_statement')
    .selectAll()
    .where('community_id', '=', communityId)
    .orderBy('period', 'desc')
    .orderBy('version', 'desc')
    .execute()
}

/** Sealed files of a statement, the timestamped one first. */
export async function listFundStatementFiles(
  tx: Tx,
  communityId: number,
  statementId: string,
): Promise<SealedFile[]> {
  const rows = await tx
    .selectFrom('fund_statement_file')
    .selectAll()
    .where('community_id', '=', communityId)
    .where('statement_id', '=', statementId)
    .orderBy('level', 'desc')
    .execute()
  return rows.map(row => sealedFileOf(row, row.statement_id))
}

/** Statements sealed without a timestamp, oldest first: to be retried. */
export async function listUntimestamped(tx: Tx, limit: number): Promise<SealedFile[]> {
  const rows = await tx
    .selectFrom('fund_statement_file as f')
    .selectAll()
    .where('f.level', '=', 'B-B')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('fund_statement_file as t')
            .select('t.level')
            .whereRef('t.community_id', '=', 'f.community_id')
            .whereRef('t.statement_id', '=', 'f.statement_id')
            .where('t.level', '=', 'B-T'),
        ),
      ),
    )
    .orderBy('f.sealed_at')
    .limit(limit)
    .execute()
  return rows.map(row => sealedFileOf(row, row.statement_id))
}

// ---- tally certificates -----------------------------------------------------------------------------------------

export async function insertTallyCertificate(
  tx: Tx,
  row: Insertable<Schema['tally_certificate']>,
): Promise<void> {
  await tx.insertInto('tally_certificate').values(row).execute()
}

export async function insertTallyCertificateFile(tx: Tx, file: SealedFile): Promise<void> {
  await tx
    .insertInto('tally_certificate_file')
    .values({ ...fileColumnsOf(file), certificate_id: file.statementId })
    .onConflict(conflict => conflict.columns(['community_id', 'certificate_id', 'level']).doNothing())
    .execute()
}

/** One version of a poll's certificate, or the newest when `version` is null. */
export async function findTallyCertificate(
  tx: Tx,
  communityId: number,
  pollId: string,
  version: number | null,
) {
  let query = tx
    .selectFrom('tally_certificate')
    .selectAll()
    .where('community_id', '=', communityId)
    .where('poll_id', '=', pollId)
  if (version !== null) query = query.where('version', '=', version)
  return query.orderBy('version', 'desc').limit(1).executeTakeFirst()
}

/** All certificates of a community, of one poll or of every one; newest issue first. */
export async function listTallyCertificates(tx: Tx, communityId: number, pollId: string | null) {
  let query = tx.selectFrom('tally_certificate').selectAll().where('community_id', '=', communityId)
  if (pollId !== null) query = query.where('poll_id', '=', pollId)
  return query.orderBy('issued_at', 'desc').orderBy('poll_id', 'desc').orderBy('version', 'desc').execute()
}

/** Sealed files of a certificate, the timestamped one first. */
export async function listTallyCertificateFiles(
  tx: Tx,
  communityId: number,
  certificateId: string,
): Promise<SealedFile[]> {
  const rows = await tx
    .selectFrom('tally_certificate_file')
    .selectAll()
    .where('community_id', '=', communityId)
    .where('certificate_id', '=', certificateId)
    .orderBy('level', 'desc')
    .execute()
  return rows.map(row => sealedFileOf(row, row.certificate_id))
}

/** Certificates sealed without a timestamp, oldest first: to be retried. */
export async function listUntimestampedCertificates(tx: Tx, limit: number): Promise<SealedFile[]> {
  const rows = await tx
    .selectFrom('tally_certificate_file as f')
    .selectAll()
    .where('f.level', '=', 'B-B')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('tally_certificate_file as t')
            .select('t.level')
            .whereRef('t.community_id', '=', 'f.community_id')
            .whereRef('t.certificate_id', '=', 'f.certificate_id')
            .where('t.level', '=', 'B-T'),
        ),
      ),
    )
    .orderBy('f.sealed_at')
    .limit(limit)
    .execute()
  return rows.map(row => sealedFileOf(row, row.certificate_id))
}

// ---- copies of minutes ------------------------------------------------------------------------------------------

export async function insertMinutesCopy(tx: Tx, row: Insertable<Schema['minutes_copy']>): Promise<void> {
  await tx.insertInto('minutes_copy').values(row).execute()
}

export async function insertMinutesCopyFile(tx: Tx, file: SealedFile): Promise<void> {
  await tx
    .insertInto('minutes_copy_file')
    .values({ ...fileColumnsOf(file), copy_id: file.statementId })
    .onConflict(conflict => conflict.columns(['community_id', 'copy_id', 'level']).doNothing())
    .execute()
}

/** One version of a meeting's copy, or the newest when `version` is null. */
export async function findMinutesCopy(
  tx: Tx,
  communityId: number,
  meetingId: string,
  version: number | null,
) {
  let query = tx
    .selectFrom('minutes_copy')
    .selectAll()
    .where('community_id', '=', communityId)
    .where('meeting_id', '=', meetingId)
  if (version !== null) query = query.where('version', '=', version)
  return query.orderBy('version', 'desc').limit(1).executeTakeFirst()
}

/** All copies of a community, of one meeting or of every one; newest issue first. */
export async function listMinutesCopies(tx: Tx, communityId: number, meetingId: string | null) {
  let query = tx.selectFrom('minutes_copy').selectAll().where('community_id', '=', communityId)
  if (meetingId !== null) query = query.where('meeting_id', '=', meetingId)
  return query.orderBy('issued_at', 'desc').orderBy('meeting_id', 'desc').orderBy('version', 'desc').execute()
}

/** Sealed files of a copy, the timestamped one first. */
export async function listMinutesCopyFiles(
  tx: Tx,
  communityId: number,
  copyId: string,
): Promise<SealedFile[]> {
  const rows = await tx
    .selectFrom('minutes_copy_file')
    .selectAll()
    .where('community_id', '=', communityId)
    .where('copy_id', '=', copyId)
    .orderBy('level', 'desc')
    .execute()
  return rows.map(row => sealedFileOf(row, row.copy_id))
}

/** Copies sealed without a timestamp, oldest first: to be retried. */
export async function listUntimestampedMinutes(tx: Tx, limit: number): Promise<SealedFile[]> {
  const rows = await tx
    .selectFrom('minutes_copy_file as f')
    .selectAll()
    .where('f.level', '=', 'B-B')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('minutes_copy_file as t')
            .select('t.level')
            .whereRef('t.community_id', '=', 'f.community_id')
            .whereRef('t.copy_id', '=', 'f.copy_id')
            .where('t.level', '=', 'B-T'),
        ),
      ),
    )
    .orderBy('f.sealed_at')
    .limit(limit)
    .execute()
  return rows.map(row => sealedFileOf(row, row.copy_id))
}

// ---- of all kinds ----------------------------------------------------------------------------------------------

/** The leaves of all documents that replace another, in the order of the log. */
export async function listSupersedingLeaves(
  tx: Tx,
  communityId: number,
): Promise<{ readonly leaf: Uint8Array; readonly leaf_index: bigint }[]> {
  return tx
    .selectFrom('fund_statement')
    .select(['leaf', 'leaf_index'])
    .where('community_id', '=', communityId)
    .where('supersedes_digest', 'is not', null)
    .unionAll(
      tx
        .selectFrom('tally_certificate')
        .select(['leaf', 'leaf_index'])
        .where('community_id', '=', communityId)
        .where('supersedes_digest', 'is not', null),
    )
    .unionAll(
      tx
        .selectFrom('minutes_copy')
        .select(['leaf', 'leaf_index'])
        .where('community_id', '=', communityId)
        .where('supersedes_digest', 'is not', null),
    )
    .orderBy('leaf_index')
    .execute()
}
