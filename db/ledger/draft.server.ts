/** SQL of drafts: their revisions, approvals and refusals, and source documents. */
import type { Insertable } from 'kysely'
import type { Schema, Tx } from '../schema/index.ts'

export async function insertSourceDocument(
  tx: Tx,
  row: Insertable<Schema['source_document']>,
): Promise<void> {
  await tx
    .insertInto('source_document')
    .values(row)
    .onConflict(conflict => conflict.columns(['community_id', 'sha256']).doNothing())
    .execute()
}

export async function insertPublicCopy(
  tx: Tx,
  row: Insertable<Schema['source_document_public_copy']>,
): Promise<void> {
  await tx
    .insertInto('source_document_public_copy')
    .values(row)
    .onConflict(conflict => conflict.columns(['community_id', 'sha256', 'public_sha256']).doNothing())
    .execute()
}

/** The named documents with their newest public copy. */
export async function readSourceDocuments(tx: Tx, communityId: number, digests: readonly string[]) {
  if (digests.length === 0) return []
  return tx
    .selectFrom('source_document as d')
    .leftJoinLateral(
      eb =>
        eb
          .selectFrom('source_document_public_copy as c')
          .select(['c.public_sha256', 'c.public_media_type', 'c.public_byte_count'])
          .whereRef('c.community_id', '=', 'd.community_id')
          .whereRef('c.sha256', '=', 'd.sha256')
          .orderBy('c.made_at', 'desc')
          .limit(1)
          .as('copy'),
      join => join.onTrue(),
    )
    .selectAll('d')
    .select(['copy.public_sha256', 'copy.public_media_type', 'copy.public_byte_count'])
    .where('d.community_id', '=', communityId)
    .where('d.sha256', 'in', [...digests])
    .execute()
}

/** True when this redacted copy of this original is there. */
export async function hasPublicCopy(
  tx: Tx,
  communityId: number,
  sha256: string,
  publicSha256: string,
): Promise<boolean> {
  const row = await tx
    .selectFrom('source_document_public_copy')
    .select('sha256')
    .where('community_id', '=', communityId)
    .where('sha256', '=', sha256)
    .where('public_sha256', '=', publicSha256)
    .executeTakeFirst()
  return row !== undefined
}

/** A public copy by its own digest; undefined when nothing public has that digest. */
export async function findPublicCopy(tx: Tx, communityId: number, publicSha256: string) {
  return tx
    .selectFrom('source_document_public_copy')
    .selectAll()
    .where('community_id', '=', communityId)
    .where('public_sha256', '=', publicSha256)
    .limit(1)
    .executeTakeFirst()
}

export async function insertDraft(tx: Tx, row: Insertable<Schema['voucher_draft']>): Promise<void> {
  await tx.insertInto('voucher_draft').values(row).execute()
}

export async function insertDraftRevision(
  tx: Tx,
  row: Insertable<Schema['voucher_draft_revision']>,
): Promise<void> {
  await tx.insertInto('voucher_draft_revision').values(row).execute()
}

export async function insertDraftPayee(tx: Tx, row: Insertable<Schema['draft_payee']>): Promise<void> {
  await tx.insertInto('draft_payee').values(row).execute()
}

/** Private persons whom revisions of the named drafts pay; an erased one is not there. */
export async function listDraftPayees(tx: Tx, communityId: number, draftIds: readonly string[]) {
  if (draftIds.length === 0) return []
  return tx
    .selectFrom('draft_payee')
    .selectAll()
    .where('community_id', '=', communityId)
    .where('draft_id', 'in', [...draftIds])
    .execute()
}

export async function insertApproval(tx: Tx, row: Insertable<Schema['voucher_approval']>): Promise<void> {
  await tx.insertInto('voucher_approval').values(row).execute()
}

export async function insertRefusal(tx: Tx, row: Insertable<Schema['voucher_refusal']>): Promise<void> {
  await tx.insertInto('voucher_refusal').values(row).execute()
}

export async function updateDraftState(
  tx: Tx,
  communityId: number,
  draftId: string,
  state: 'open' | 'posted' | 'withdrawn',
): Promise<void> {
  await tx
    .updateTable('voucher_draft')
    .set({ state })
    .where('community_id', '=', communityId)
    .where('draft_id', '=', draftId)
    .execute()
}

/** The newest revision of a draft, locked with its draft until the transaction ends. */
export async function lockDraft(tx: Tx, communityId: number, draftId: string) {
  const draft = await tx
    .selectFrom('voucher_draft')
    .selectAll()
    .where('community_id', '=', communityId)
    .where('draft_id', '=', draftId)
    .forUpdate()
    .executeTakeFirst()
  if (draft === undefined) return undefined
  const revision = await newestRevision(tx, communityId, draftId)
  return { ...draft, ...revision }
}

async function newestRevision(tx: Tx, communityId: number, draftId: string) {
  return tx
    .selectFrom('voucher_draft_revision')
    .select(['revision', 'content', 'content_digest', 'drafted_by', 'drafted_at'])
    .where('community_id', '=', communityId)
    .where('draft_id', '=', draftId)
    .orderBy('revision', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
}

/** A draft with its newest revision. */
export async function readDraft(tx: Tx, communityId: number, draftId: string) {
  const draft = await tx
    .selectFrom('voucher_draft')
    .selectAll()
    .where('community_id', '=', communityId)
    .where('draft_id', '=', draftId)
    .executeTakeFirst()
  return draft === undefined ? undefined : { ...draft, ...(await newestRevision(tx, communityId, draftId)) }
}

/** Open drafts with their newest revision, oldest first, and the approvals of that revision counted by step. */
export async function listOpenDrafts(tx: Tx, communityId: number, limit: number) {
  const drafts = await tx
    .selectFrom('voucher_draft as d')
    .innerJoinLateral(
      eb =>
        eb
          .selectFrom('voucher_draft_revision as r')
          .select(['r.revision', 'r.content', 'r.content_digest', 'r.drafted_by', 'r.drafted_at'])
          .whereRef('r.community_id', '=', 'd.community_id')
          .whereRef('r.draft_id', '=', 'd.draft_id')
          .orderBy('r.revision', 'desc')
          .limit(1)
          .as('newest'),
      join => join.onTrue(),
    )
    .selectAll(['d', 'newest'])
    .where('d.community_id', '=', communityId)
    .where('d.state', '=', 'open')
    .orderBy('d.opened_at')
    .orderBy('d.draft_id')
    .limit(limit)
    .execute()
  return drafts
}

/** Approvals of the named drafts, in the order they were given. */
export async function listApprovals(tx: Tx, communityId: number, draftIds: readonly string[]) {
  if (draftIds.length === 0) return []
  return tx
    .selectFrom('voucher_approval')
    .selectAll()
    .where('community_id', '=', communityId)
    .where('draft_id', 'in', [...draftIds])
    .orderBy('approved_at')
    .orderBy('step')
    .execute()
}

/** Refusals of the named drafts, in the order they were given. */
export async function listRefusals(tx: Tx, communityId: number, draftIds: readonly string[]) {
  if (draftIds.length === 0) return []
  return tx
    .selectFrom('voucher_refusal')
    .selectAll()
    .where('community_id', '=', communityId)
    .where('draft_id', 'in', [...draftIds])
    .orderBy('refused_at')
    .execute()
}

/** One revision of a draft. */
export async function readDraftRevision(tx: Tx, communityId: number, draftId: string, revision: number) {
  return tx
    .selectFrom('voucher_draft_revision')
    .selectAll()
    .where('community_id', '=', communityId)
    .where('draft_id', '=', draftId)
    .where('revision', '=', revision)
    .executeTakeFirst()
}

/** Digests of every original and public copy of a community, with who needs them. */
export async function listStoredDigests(tx: Tx, communityId: number): Promise<string[]> {
  const originals = await tx
    .selectFrom('source_document')
    .select('sha256 as digest')
    .where('community_id', '=', communityId)
    .execute()
  const copies = await tx
    .selectFrom('source_document_public_copy')
    .select('public_sha256 as digest')
    .where('community_id', '=', communityId)
    .execute()
  return [...originals, ...copies].map(row => row.digest)
}
