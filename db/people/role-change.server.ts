/** Queries of changes of office: proposals, decisions, and all terms that an office's board is drawn from. */
import { type Insertable, type Selectable, sql } from 'kysely'
import type { Role } from '#people'
import type { Tx } from '../schema/index.ts'
import type { RoleChangeDecisionTable, RoleChangeTable } from '../schema/role-change.ts'

export type RoleChangeRow = Selectable<RoleChangeTable> & {
  readonly proposer_name: string
  readonly decision: 'confirmed' | 'refused' | 'withdrawn' | null
  readonly decided_at: Date | null
  readonly decider_name: string | null
}

/** Enters a proposal. */
export async function insertRoleChange(tx: Tx, change: Insertable<RoleChangeTable>): Promise<void> {
  await tx.insertInto('role_change').values(change).execute()
}

/** Enters a decision; false when the change was decided before. */
export async function insertRoleChangeDecision(
  tx: Tx,
  decision: Insertable<RoleChangeDecisionTable>,
): Promise<boolean> {
  const done = await tx
    .insertInto('role_change_decision')
    .values(decision)
    .onConflict(conflict => conflict.columns(['community_id', 'change_id']).doNothing())
    .executeTakeFirst()
  return done.numInsertedOrUpdatedRows === 1n
}

function changesWithNames(tx: Tx, communityId: number) {
  return tx
    .selectFrom('role_change')
    .innerJoin('portal_user as proposer', 'proposer.user_id', 'role_change.proposed_by')
    .leftJoin('role_change_decision', join =>
      join
        .onRef('role_change_decision.community_id', '=', 'role_change.community_id')
        .onRef('role_change_decision.change_id', '=', 'role_change.change_id'),
    )
    .leftJoin('portal_user as decider', 'decider.user_id', 'role_change_decision.decided_by')
    .selectAll('role_change')
    .select([
      'proposer.display_name as proposer_name',
      'role_change_decision.decision',
      'role_change_decision.decided_at',
      'decider.display_name as decider_name',
    ])
    .where('role_change.community_id', '=', communityId)
}

/** A change of office; null when there is none. */
export async function readRoleChange(
  tx: Tx,
  communityId: number,
  changeId: string,
): Promise<RoleChangeRow | null> {
  const row = await changesWithNames(tx, communityId)
    .where('role_change.change_id', '=', changeId)
    .executeTakeFirst()
  return row ?? null
}

/** The changes of a community: those that wait first, then the newest, up to a number. */
export function listRoleChanges(tx: Tx, communityId: number, limit: number): Promise<RoleChangeRow[]> {
  return changesWithNames(tx, communityId)
    .orderBy(sql`role_change_decision.decision is not null`)
    .orderBy('role_change.proposed_at', 'desc')
    .orderBy('role_change.change_id')
    .limit(limit)
    .execute()
}

export interface OfficeTermRow {
  readonly user_id: string
  readonly display_name: string
  readonly role: Role
  readonly term_from: string
  readonly term_until: string | null
  readonly is_deputy: boolean
}

/** All terms of the offices of a community, but for its owners; people who were shut out are left out. */
export function readAllTerms(tx: Tx, communityId: number): Promise<OfficeTermRow[]> {
  return tx
    .selectFrom('office_term')
    .innerJoin('portal_user', 'portal_user.user_id', 'office_term.user_id')
    .select([
      'office_term.user_id',
      'portal_user.display_name',
      'office_term.role',
      'office_term.term_from',
      'office_term.term_until',
      'office_term.is_deputy',
    ])
    .where('office_term.community_id', '=', communityId)
    .where('office_term.role', '!=', 'owner')
    .where('portal_user.disabled_at', 'is', null)
    .orderBy('office_term.term_from')
    .orderBy('office_term.user_id')
    .execute()
}
