/** SQL of proposals: rounds, a proposal under its lock, the acts appended to it, and what is kept up with them. */
import { type Insertable, type Selectable, sql } from 'kysely'
import type { ProposalState } from '#projects'
import type { Schema, Tx } from '../schema/index.ts'

export type RoundRow = Selectable<Schema['project_round']>
export type ProjectEventRow = Selectable<Schema['project_event']>

/** A proposal with its state and how many homes support it. */
export type StandingProposal = Selectable<Schema['project_proposal']> & {
  readonly state: ProposalState
  readonly acted_at: Date
  readonly supports: bigint
}

/** Holds one proposal until the transaction ends, so that acts on it come one after another; `new` holds the numbers. */
export async function lockProposal(tx: Tx, communityId: number, proposalId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(774, hashtext(${`${communityId}/${proposalId}`}))`.execute(tx)
}

/** Opens a round. */
export async function insertRound(tx: Tx, row: Insertable<Schema['project_round']>): Promise<void> {
  await tx.insertInto('project_round').values(row).execute()
}

/** All rounds, newest first. */
export async function listRounds(tx: Tx, communityId: number): Promise<readonly RoundRow[]> {
  return tx
    .selectFrom('project_round')
    .selectAll()
    .where('community_id', '=', communityId)
    .orderBy('opened_at', 'desc')
    .orderBy('round_id')
    .execute()
}

/** Enters a proposal under the next number and gives it. Under the lock of `new`. */
export async function insertProposal(
  tx: Tx,
  row: Omit<Insertable<Schema['project_proposal']>, 'number'>,
): Promise<number> {
  const { number } = await tx
    .insertInto('project_proposal')
    .values({
      ...row,
      number: sql<number>`(select coalesce(max(number), 0) + 1 from project_proposal where community_id = ${row.community_id})`,
    })
    .returning('number')
    .executeTakeFirstOrThrow()
  return number
}

/** Appends an act. */
export async function insertProjectEvent(tx: Tx, row: Insertable<Schema['project_event']>): Promise<void> {
  await tx.insertInto('project_event').values(row).execute()
}

/** Keeps what was written. */
export async function insertProjectText(tx: Tx, row: Insertable<Schema['project_text']>): Promise<void> {
  await tx.insertInto('project_text').values(row).execute()
}

/** The state after an act. */
export async function putProposalState(tx: Tx, row: Insertable<Schema['project_state']>): Promise<void> {
  await tx
    .insertInto('project_state')
    .values(row)
    .onConflict(conflict =>
      conflict
        .columns(['community_id', 'proposal_id'])
        .doUpdateSet({ state: row.state, acted_at: row.acted_at }),
    )
    .execute()
}

/** Notes that a home supports a proposal; a second row of one home is refused by the key. */
export async function insertSupport(tx: Tx, row: Insertable<Schema['project_support']>): Promise<void> {
  await tx.insertInto('project_support').values(row).execute()
}

/** Takes a home's support back. */
export async function deleteSupport(
  tx: Tx,
  row: Pick<Selectable<Schema['project_support']>, 'community_id' | 'proposal_id' | 'unit_id'>,
): Promise<void> {
  await tx
    .deleteFrom('project_support')
    .where('community_id', '=', row.community_id)
    .where('proposal_id', '=', row.proposal_id)
    .where('unit_id', '=', row.unit_id)
    .execute()
}

/** The homes that support some proposals. */
export async function listSupports(tx: Tx, communityId: number, proposalIds: readonly string[]) {
  if (proposalIds.length === 0) return []
  return tx
    .selectFrom('project_support')
    .selectAll()
    .where('community_id', '=', communityId)
    .where('proposal_id', 'in', proposalIds)
    .orderBy('proposal_id')
    .orderBy('unit_id')
    .execute()
}

function standing(tx: Tx, communityId: number) {
  return tx
    .selectFrom('project_proposal as p')
    .innerJoin('project_state as s', join =>
      join.onRef('s.community_id', '=', 'p.community_id').onRef('s.proposal_id', '=', 'p.proposal_id'),
    )
    .selectAll('p')
    .select(['s.state', 's.acted_at'])
    .select(eb =>
      eb
        .selectFrom('project_support as h')
        .whereRef('h.community_id', '=', 'p.community_id')
        .whereRef('h.proposal_id', '=', 'p.proposal_id')
        .select(count => count.fn.countAll<bigint>().as('homes'))
        .$asScalar()
        .$notNull()
        .as('supports'),
    )
    .where('p.community_id', '=', communityId)
}

/** A proposal; undefined when there is none. */
export function findProposal(
  tx: Tx,
  communityId: number,
  proposalId: string,
): Promise<StandingProposal | undefined> {
  return standing(tx, communityId).where('p.proposal_id', '=', proposalId).executeTakeFirst()
}

export interface ProposalWish {
  readonly states?: readonly ProposalState[]
  readonly proposedBy?: string
  readonly limit: number
}

/** Proposals that were wished for, newest first. */
export async function listProposals(
  tx: Tx,
  communityId: number,
  wish: ProposalWish,
): Promise<readonly StandingProposal[]> {
  let query = standing(tx, communityId)
  if (wish.states !== undefined) query = query.where('s.state', 'in', wish.states)
  if (wish.proposedBy !== undefined) query = query.where('p.proposed_by', '=', wish.proposedBy)
  return query.orderBy('p.number', 'desc').limit(wish.limit).execute()
}

/** Every proposal of a community, for the re-deriver. */
export function listAllProposals(tx: Tx, communityId: number): Promise<readonly StandingProposal[]> {
  return standing(tx, communityId).orderBy('p.number').execute()
}

/** How many proposals somebody made since an instant. */
export async function countProposed(
  tx: Tx,
  communityId: number,
  userId: string,
  since: Date,
): Promise<number> {
  const { count } = await tx
    .selectFrom('project_proposal')
    .select(eb => eb.fn.countAll<bigint>().as('count'))
    .where('community_id', '=', communityId)
    .where('proposed_by', '=', userId)
    .where('proposed_at', '>=', since)
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** Acts that are counted and not shown: a popular proposal has hundreds. */
const COUNTED = ['support', 'unsupport']

/** The acts on some proposals, in their order; supports only where they are asked for. */
export async function listProjectEvents(
  tx: Tx,
  communityId: number,
  proposalIds: readonly string[],
  which: 'shown' | 'all' = 'shown',
): Promise<readonly ProjectEventRow[]> {
  if (proposalIds.length === 0) return []
  let query = tx
    .selectFrom('project_event')
    .selectAll()
    .where('community_id', '=', communityId)
    .where('proposal_id', 'in', proposalIds)
  if (which === 'shown') query = query.where('act', 'not in', COUNTED)
  return query.orderBy('proposal_id').orderBy('event_no').execute()
}

/** The number of the next act on a proposal. Under its lock. */
export async function nextEventNo(tx: Tx, communityId: number, proposalId: string): Promise<number> {
  const row = await tx
    .selectFrom('project_event')
    .select(eb => eb.fn.max('event_no').as('last'))
    .where('community_id', '=', communityId)
    .where('proposal_id', '=', proposalId)
    .executeTakeFirst()
  return (row?.last ?? 0) + 1
}

/** What was written on some proposals, and with supports which home; an erased text is not among them. */
export async function listProjectTexts(
  tx: Tx,
  communityId: number,
  proposalIds: readonly string[],
  which: 'shown' | 'all' = 'shown',
) {
  if (proposalIds.length === 0) return []
  let query = tx
    .selectFrom('project_text as t')
    .innerJoin('project_event as e', join =>
      join
        .onRef('e.community_id', '=', 't.community_id')
        .onRef('e.proposal_id', '=', 't.proposal_id')
        .onRef('e.event_no', '=', 't.event_no'),
    )
    .selectAll('t')
    .where('t.community_id', '=', communityId)
    .where('t.proposal_id', 'in', proposalIds)
  if (which === 'shown') query = query.where('e.act', 'not in', COUNTED)
  return query.execute()
}
