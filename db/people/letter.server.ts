/** Queries of invitation letters: settings, batches with their files, hand-overs, proofs and attempts, codes issued by two. */
import { type Insertable, type Selectable, sql } from 'kysely'
import type { ClaimProof } from '#people'
import type { Tx } from '../schema/index.ts'
import type {
  ClaimAttemptTable,
  ClaimProofTable,
  ClaimSettingTable,
  CodeRequestDecisionTable,
  CodeRequestTable,
  LetterBatchFileTable,
  LetterBatchTable,
  LetterHandoverTable,
  LetterTable,
} from '../schema/letter.ts'
import type { InvitationTable, OwnerInvitationTable } from '../schema/people.ts'

/** The setting in force, with its number; null before the first. */
export async function readClaimSetting(
  tx: Tx,
  communityId: number,
): Promise<{ readonly settingNo: number; readonly proof: ClaimProof } | null> {
  const row = await tx
    .selectFrom('claim_setting')
    .select(['setting_no', 'proof'])
    .where('community_id', '=', communityId)
    .orderBy('setting_no', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row === undefined ? null : { settingNo: row.setting_no, proof: row.proof }
}

/** Appends a setting. */
export async function insertClaimSetting(tx: Tx, row: Insertable<ClaimSettingTable>): Promise<void> {
  await tx.insertInto('claim_setting').values(row).execute()
}

/** Appends a batch. */
export async function insertLetterBatch(tx: Tx, row: Insertable<LetterBatchTable>): Promise<void> {
  await tx.insertInto('letter_batch').values(row).execute()
}

export interface LetterBatchRow extends Selectable<LetterBatchTable> {
  /** Null until the job made them, and counted over its letters then. */
  readonly made_at: Date | null
  readonly fetched_at: Date | null
  readonly has_file: boolean
  readonly letters: number
  readonly handed: number
}

/** Batches, newest first; one of them when it is named. */
export async function readLetterBatches(
  tx: Tx,
  communityId: number,
  batchId: string | null = null,
): Promise<LetterBatchRow[]> {
  const { rows } = await sql<LetterBatchRow>`
    select b.*, f.made_at, f.fetched_at, f.batch_id is not null as has_file,
      (select count(*)::integer from letter l
        where l.community_id = b.community_id and l.batch_id = b.batch_id) as letters,
      (select count(*)::integer from letter_handover h
        where h.community_id = b.community_id and h.batch_id = b.batch_id) as handed
    from letter_batch b left join letter_batch_file f using (community_id, batch_id)
    where b.community_id = ${communityId} ${batchId === null ? sql`` : sql`and b.batch_id = ${batchId}`}
    order by b.requested_at desc, b.batch_id desc limit 50`.execute(tx)
  return rows
}

const CHUNK = 500

async function inChunks<T>(rows: readonly T[], insert: (chunk: T[]) => Promise<unknown>): Promise<void> {
  for (let start = 0; start < rows.length; start += CHUNK) await insert(rows.slice(start, start + CHUNK))
}

/** What a job made of a batch. */
export interface MadeBatch {
  readonly invitations: readonly Insertable<InvitationTable>[]
  readonly owners: readonly Insertable<OwnerInvitationTable>[]
  readonly proofs: readonly Insertable<ClaimProofTable>[]
  readonly letters: readonly Insertable<LetterTable>[]
  readonly file: Insertable<LetterBatchFileTable>
}

/** Stores what a job made of a batch. The caller holds the transaction that ends the job. */
export async function insertMadeBatch(tx: Tx, made: MadeBatch): Promise<void> {
  await inChunks(made.invitations, chunk => tx.insertInto('invitation').values(chunk).execute())
  await inChunks(made.owners, chunk => tx.insertInto('owner_invitation').values(chunk).execute())
  await inChunks(made.proofs, chunk => tx.insertInto('claim_proof').values(chunk).execute())
  await inChunks(made.letters, chunk => tx.insertInto('letter').values(chunk).execute())
  await tx.insertInto('letter_batch_file').values(made.file).execute()
}

/** The sealed file of a batch; null when it is not made yet or gone. */
export async function readLetterFile(
  tx: Tx,
  communityId: number,
  batchId: string,
): Promise<Selectable<LetterBatchFileTable> | null> {
  const row = await tx
    .selectFrom('letter_batch_file')
    .selectAll()
    .where('community_id', '=', communityId)
    .where('batch_id', '=', batchId)
    .executeTakeFirst()
  return row ?? null
}

/** Notes the first time a file was fetched. */
export async function updateLetterFileFetched(
  tx: Tx,
  communityId: number,
  batchId: string,
  at: Date,
): Promise<void> {
  await tx
    .updateTable('letter_batch_file')
    .set({ fetched_at: at })
    .where('community_id', '=', communityId)
    .where('batch_id', '=', batchId)
    .where('fetched_at', 'is', null)
    .execute()
}

/** Removes the file of a batch; false when it is gone already. */
export async function deleteLetterFile(tx: Tx, communityId: number, batchId: string): Promise<boolean> {
  const done = await tx
    .deleteFrom('letter_batch_file')
    .where('community_id', '=', communityId)
    .where('batch_id', '=', batchId)
    .executeTakeFirst()
  return done.numDeletedRows > 0n
}

export interface LetterRow {
  readonly unit_id: string
  readonly codes: number
  readonly handed_by: string | null
  readonly handed_at: Date | null
}

/** The letters of a batch, each with whether it was handed over. */
export async function readLetters(tx: Tx, communityId: number, batchId: string): Promise<LetterRow[]> {
  return tx
    .selectFrom('letter')
    .leftJoin('letter_handover', join =>
      join
        .onRef('letter_handover.community_id', '=', 'letter.community_id')
        .onRef('letter_handover.batch_id', '=', 'letter.batch_id')
        .onRef('letter_handover.unit_id', '=', 'letter.unit_id'),
    )
    .select(['letter.unit_id', 'letter.codes', 'letter_handover.handed_by', 'letter_handover.handed_at'])
    .where('letter.community_id', '=', communityId)
    .where('letter.batch_id', '=', batchId)
    .execute()
}

/** Appends hand-overs of letters of the batch; those that are noted stay as they are. The number of new ones. */
export async function insertLetterHandovers(
  tx: Tx,
  rows: readonly Insertable<LetterHandoverTable>[],
): Promise<number> {
  if (rows.length === 0) return 0
  const done = await tx
    .insertInto('letter_handover')
    .values([...rows])
    .onConflict(conflict => conflict.columns(['community_id', 'batch_id', 'unit_id']).doNothing())
    .executeTakeFirst()
  return Number(done.numInsertedOrUpdatedRows)
}

/** Persons with a code that can still be claimed on an instant. */
export async function readInvitedPersons(tx: Tx, communityId: number, now: Date): Promise<Set<string>> {
  const { rows } = await sql<{ person_id: string }>`
    select distinct o.person_id from owner_invitation o join invitation i using (community_id, invitation_id)
    where o.community_id = ${communityId} and i.accepted_at is null and i.expires_at > ${now}`.execute(tx)
  return new Set(rows.map(row => row.person_id))
}

/** Enters the proof that goes with a code. */
export async function insertClaimProof(tx: Tx, row: Insertable<ClaimProofTable>): Promise<void> {
  await tx.insertInto('claim_proof').values(row).execute()
}

/** The proof that goes with a code, and how often it was given wrongly; null when none is asked for. */
export async function readClaimProof(
  tx: Tx,
  communityId: number,
  invitationId: string,
): Promise<(Selectable<ClaimProofTable> & { readonly wrong: number }) | null> {
  const { rows } = await sql<Selectable<ClaimProofTable> & { wrong: number }>`
    select p.*, (select count(*)::integer from claim_attempt a
      where a.community_id = p.community_id and a.invitation_id = p.invitation_id and not a.is_right) as wrong
    from claim_proof p where p.community_id = ${communityId} and p.invitation_id = ${invitationId}`.execute(
    tx,
  )
  return rows[0] ?? null
}

/** Appends an attempt at a proof. */
export async function insertClaimAttempt(tx: Tx, row: Insertable<ClaimAttemptTable>): Promise<void> {
  await tx.insertInto('claim_attempt').values(row).execute()
}

/** Appends a request for a code. */
export async function insertCodeRequest(tx: Tx, row: Insertable<CodeRequestTable>): Promise<void> {
  await tx.insertInto('code_request').values(row).execute()
}

/** Appends the decision of a request. */
export async function insertCodeRequestDecision(
  tx: Tx,
  row: Insertable<CodeRequestDecisionTable>,
): Promise<void> {
  await tx.insertInto('code_request_decision').values(row).execute()
}

export type CodeRequestRow = Selectable<CodeRequestTable> & { readonly decision: string | null }

/** Requests that wait, oldest first; one request whatever its state when it is named. */
export async function readCodeRequests(
  tx: Tx,
  communityId: number,
  requestId: string | null = null,
): Promise<CodeRequestRow[]> {
  const { rows } = await sql<CodeRequestRow>`
    select r.*, (select d.decision from code_request_decision d
      where d.community_id = r.community_id and d.request_id = r.request_id) as decision
    from code_request r where r.community_id = ${communityId}
      ${
        requestId === null
          ? sql`and not exists (select from code_request_decision d
              where d.community_id = r.community_id and d.request_id = r.request_id)`
          : sql`and r.request_id = ${requestId}`
      }
    order by r.requested_at, r.request_id`.execute(tx)
  return rows
}

/** The units that somebody rents on a day: by the codes that two officers gave out and this user accepted. */
export async function readRentedUnits(
  tx: Tx,
  communityId: number,
  userId: string,
  on: string,
): Promise<readonly string[]> {
  const { rows } = await sql<{ unit_id: string }>`
    select distinct r.unit_id from code_request r
    join code_request_decision d using (community_id, request_id)
    join invitation i on i.community_id = d.community_id and i.invitation_id = d.invitation_id
    where r.community_id = ${communityId} and r.kind = 'tenant' and i.accepted_by = ${userId}
      and i.term_from <= ${on}::date and r.term_until >= ${on}::date
    order by r.unit_id`.execute(tx)
  return rows.map(row => row.unit_id)
}
