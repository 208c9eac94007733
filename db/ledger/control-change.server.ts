/** SQL of changes that take two people: proposals, decisions, and what is in force. */
import { type Insertable, type Selectable, sql } from 'kysely'
import type {
  ControlChangeTable,
  ControlDecisionTable,
  EmergencyReviewTable,
} from '../schema/control-change.ts'
import type { Tx } from '../schema/index.ts'

export type ControlChangeRow = Selectable<ControlChangeTable> & {
  readonly decision: 'confirmed' | 'refused' | 'withdrawn' | null
  readonly decided_by: string | null
  readonly decided_role: Selectable<ControlDecisionTable>['decided_role'] | null
  readonly decided_at: Date | null
  readonly version: number | null
  readonly leaf_index: bigint | null
  readonly note: string | null
}

export async function insertControlChange(tx: Tx, row: Insertable<ControlChangeTable>): Promise<void> {
  await tx.insertInto('control_change').values(row).execute()
}

/** Enters a decision; false when the change was decided before. */
export async function insertControlDecision(tx: Tx, row: Insertable<ControlDecisionTable>): Promise<boolean> {
  const done = await tx
    .insertInto('control_decision')
    .values(row)
    .onConflict(conflict => conflict.columns(['community_id', 'change_id']).doNothing())
    .executeTakeFirst()
  return done.numInsertedOrUpdatedRows === 1n
}

function changes(tx: Tx, communityId: number) {
  return tx
    .selectFrom('control_change as c')
    .leftJoin('control_decision as d', join =>
      join.onRef('d.community_id', '=', 'c.community_id').onRef('d.change_id', '=', 'c.change_id'),
    )
    .selectAll('c')
    .select([
      'd.decision',
      'd.decided_by',
      'd.decided_role',
      'd.decided_at',
      'd.version',
      'd.leaf_index',
      'd.note',
    ])
    .where('c.community_id', '=', communityId)
}

/** A change with its decision; undefined when there is none. */
export async function findControlChange(
  tx: Tx,
  communityId: number,
  changeId: string,
): Promise<ControlChangeRow | undefined> {
  return changes(tx, communityId).where('c.change_id', '=', changeId).executeTakeFirst()
}

/** Changes of a community: those that wait first, then the newest decided, up to a number. */
export async function listControlChanges(
  tx: Tx,
  communityId: number,
  limit: number,
): Promise<ControlChangeRow[]> {
  return changes(tx, communityId)
    .orderBy(sql`d.decision is not null`)
    .orderBy('d.leaf_index', order => order.desc().nullsLast())
    .orderBy('c.proposed_at', 'desc')
    .orderBy('c.change_id')
    .limit(limit)
    .execute()
}

/** What was confirmed, of every kind or of one, in the order of the log. */
export async function listConfirmedChanges(
  tx: Tx,
  communityId: number,
  kinds: readonly ControlChangeRow['kind'][] | null = null,
): Promise<ControlChangeRow[]> {
  const confirmed = changes(tx, communityId).where('d.decision', '=', 'confirmed').orderBy('d.leaf_index')
  return (kinds === null ? confirmed : confirmed.where('c.kind', 'in', [...kinds])).execute()
}

/** Proposals to issue a statement anew that were confirmed or wait, newest in the log first. */
export async function listReissues(tx: Tx, communityId: number): Promise<ControlChangeRow[]> {
  return changes(tx, communityId)
    .where('c.kind', '=', 'reissue')
    .where(({ eb, or }) => or([eb('d.decision', 'is', null), eb('d.decision', '=', 'confirmed')]))
    .orderBy('d.leaf_index', order => order.desc().nullsLast())
    .execute()
}

export async function insertEmergencyReview(tx: Tx, row: Insertable<EmergencyReviewTable>): Promise<void> {
  await tx.insertInto('emergency_review').values(row).execute()
}

/** Reviews of emergencies of a community. */
export async function listEmergencyReviews(tx: Tx, communityId: number) {
  return tx
    .selectFrom('emergency_review')
    .selectAll()
    .where('community_id', '=', communityId)
    .orderBy('leaf_index')
    .execute()
}
