/** SQL of cases: opening one, appending an act under its lock, the state that is kept up with it, texts and documents. */
import { type Insertable, type Selectable, sql } from 'kysely'
import type { CaseKind, CaseState } from '#voice'
import type { Schema, Tx } from '../schema/index.ts'

export type CaseRow = Selectable<Schema['voice_case']>
export type EventRow = Selectable<Schema['voice_event']>
export type StateRow = Selectable<Schema['voice_state']>
export type TextRow = Selectable<Schema['voice_text']>

/** A case with its state. */
export type StandingCase = CaseRow & Pick<StateRow, 'state' | 'due_on' | 'acted_at'>

/** Opens a case. */
export async function insertCase(tx: Tx, row: Insertable<Schema['voice_case']>): Promise<void> {
  await tx.insertInto('voice_case').values(row).execute()
}

/** Appends an act. */
export async function insertEvent(tx: Tx, row: Insertable<Schema['voice_event']>): Promise<void> {
  await tx.insertInto('voice_event').values(row).execute()
}

/** Keeps what was written. */
export async function insertText(tx: Tx, row: Insertable<Schema['voice_text']>): Promise<void> {
  await tx.insertInto('voice_text').values(row).execute()
}

/** The state after an act. */
export async function putState(tx: Tx, row: Insertable<Schema['voice_state']>): Promise<void> {
  await tx
    .insertInto('voice_state')
    .values(row)
    .onConflict(conflict =>
      conflict
        .columns(['community_id', 'case_id'])
        .doUpdateSet({ state: row.state, due_on: row.due_on, acted_at: row.acted_at }),
    )
    .execute()
}

/** Holds a case until the transaction ends: acts on one case come one after another. */
export async function lockCase(tx: Tx, communityId: number, caseId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(772, hashtext(${`${communityId}/${caseId}`}))`.execute(tx)
}

function standingCases(tx: Tx, communityId: number) {
  return tx
    .selectFrom('voice_case')
    .innerJoin('voice_state', join =>
      join
        .onRef('voice_state.community_id', '=', 'voice_case.community_id')
        .onRef('voice_state.case_id', '=', 'voice_case.case_id'),
    )
    .selectAll('voice_case')
    .select(['voice_state.state', 'voice_state.due_on', 'voice_state.acted_at'])
    .where('voice_case.community_id', '=', communityId)
}

/** A case; undefined when there is none. */
export function findCase(tx: Tx, communityId: number, caseId: string): Promise<StandingCase | undefined> {
  return standingCases(tx, communityId).where('voice_case.case_id', '=', caseId).executeTakeFirst()
}

export interface CaseWish {
  readonly kind?: CaseKind
  readonly states?: readonly CaseState[]
  readonly openedBy?: string
  readonly subject?: { readonly kind: string; readonly key: string }
  readonly openedFrom?: Date
  readonly openedBefore?: Date
  /** True leaves private cases out. */
  readonly isPublicOnly: boolean
  readonly limit: number
}

/** Cases that were wished for, newest first. */
export async function listCases(
  tx: Tx,
  communityId: number,
  wish: CaseWish,
): Promise<readonly StandingCase[]> {
  let query = standingCases(tx, communityId)
  if (wish.isPublicOnly) query = query.where('voice_case.is_private', '=', false)
  if (wish.kind !== undefined) query = query.where('voice_case.kind', '=', wish.kind)
  if (wish.states !== undefined) query = query.where('voice_state.state', 'in', wish.states)
  if (wish.openedBy !== undefined) query = query.where('voice_case.opened_by', '=', wish.openedBy)
  if (wish.openedFrom !== undefined) query = query.where('voice_case.opened_at', '>=', wish.openedFrom)
  if (wish.openedBefore !== undefined) query = query.where('voice_case.opened_at', '<', wish.openedBefore)
  if (wish.subject !== undefined) {
    query = query
      .where('voice_case.subject_kind', '=', wish.subject.kind as never)
      .where('voice_case.subject_key', '=', wish.subject.key)
  }
  return query
    .orderBy('voice_case.opened_at', 'desc')
    .orderBy('voice_case.case_id')
    .limit(wish.limit)
    .execute()
}

/** The acts on some cases, in their order. */
export async function listEvents(
  tx: Tx,
  communityId: number,
  caseIds: readonly string[],
): Promise<readonly EventRow[]> {
  if (caseIds.length === 0) return []
  return tx
    .selectFrom('voice_event')
    .selectAll()
    .where('community_id', '=', communityId)
    .where('case_id', 'in', caseIds)
    .orderBy('case_id')
    .orderBy('event_no')
    .execute()
}

/** What was written in some cases; an erased text is not among them. */
export async function listTexts(
  tx: Tx,
  communityId: number,
  caseIds: readonly string[],
): Promise<readonly TextRow[]> {
  if (caseIds.length === 0) return []
  return tx
    .selectFrom('voice_text')
    .selectAll()
    .where('community_id', '=', communityId)
    .where('case_id', 'in', caseIds)
    .execute()
}

/** Every case of a community, for the re-deriver. */
export function listAllCases(tx: Tx, communityId: number): Promise<readonly StandingCase[]> {
  return standingCases(tx, communityId).orderBy('voice_case.case_id').execute()
}

/** How many cases somebody opened since an instant. */
export async function countOpened(tx: Tx, communityId: number, userId: string, since: Date): Promise<number> {
  const { count } = await tx
    .selectFrom('voice_case')
    .select(eb => eb.fn.countAll<bigint>().as('count'))
    .where('community_id', '=', communityId)
    .where('opened_by', '=', userId)
    .where('opened_at', '>=', since)
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** Keeps a document that somebody uploaded; the same one twice is kept once. */
export async function insertDocument(tx: Tx, row: Insertable<Schema['voice_document']>): Promise<void> {
  await tx
    .insertInto('voice_document')
    .values(row)
    .onConflict(conflict => conflict.doNothing())
    .execute()
}

/** How many documents somebody uploaded since an instant. */
export async function countUploads(
  tx: Tx,
  communityId: number,
  userId: string,
  since: Date,
): Promise<number> {
  const { count } = await tx
    .selectFrom('voice_document')
    .select(eb => eb.fn.countAll<bigint>().as('count'))
    .where('community_id', '=', communityId)
    .where('uploaded_by', '=', userId)
    .where('uploaded_at', '>=', since)
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** Which of some documents somebody has uploaded. */
export async function listUploads(
  tx: Tx,
  communityId: number,
  userId: string,
  digests: readonly string[],
): Promise<readonly string[]> {
  if (digests.length === 0) return []
  const rows = await tx
    .selectFrom('voice_document')
    .select('sha256')
    .where('community_id', '=', communityId)
    .where('uploaded_by', '=', userId)
    .where('sha256', 'in', digests)
    .execute()
  return rows.map(row => row.sha256)
}

/** Kept documents by their digests, each once however many uploaded it. */
export async function listDocuments(tx: Tx, communityId: number, digests: readonly string[]) {
  if (digests.length === 0) return []
  return tx
    .selectFrom('voice_document')
    .select(['sha256', 'media_type'])
    .distinct()
    .where('community_id', '=', communityId)
    .where('sha256', 'in', digests)
    .execute()
}
