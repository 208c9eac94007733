/** SQL of volunteer points: partners, what waits for a second person, vouchers with their postings, and balances. */
import { type Insertable, type Selectable, sql } from 'kysely'
import type { Schema, Tx } from '../schema/index.ts'

export type PointVoucherRow = Selectable<Schema['point_voucher']>
export type PointPostingRow = Selectable<Schema['point_posting']>
export type PointRequestRow = Selectable<Schema['point_request']> & {
  readonly decision: Selectable<Schema['point_decision']>['decision'] | null
  readonly decided_by: string | null
  readonly decided_office: Selectable<Schema['point_decision']>['decided_office'] | null
}

/** Enters a partner. */
export async function insertPointPartner(tx: Tx, row: Insertable<Schema['point_partner']>): Promise<void> {
  await tx.insertInto('point_partner').values(row).execute()
}

/** Ends a partner; vouchers of before keep it. */
export async function insertPointPartnerEnd(
  tx: Tx,
  row: Insertable<Schema['point_partner_end']>,
): Promise<void> {
  await tx.insertInto('point_partner_end').values(row).execute()
}

/** All partners there ever were, by name, each with its end. */
export async function listPointPartners(tx: Tx, communityId: number) {
  return tx
    .selectFrom('point_partner as p')
    .leftJoin('point_partner_end as e', join =>
      join.onRef('e.community_id', '=', 'p.community_id').onRef('e.partner_id', '=', 'p.partner_id'),
    )
    .selectAll('p')
    .select(['e.ended_office', 'e.ended_at', 'e.leaf_index as end_leaf_index'])
    .where('p.community_id', '=', communityId)
    .orderBy('p.name')
    .orderBy('p.partner_id')
    .execute()
}

export async function insertPointRequest(tx: Tx, row: Insertable<Schema['point_request']>): Promise<void> {
  await tx.insertInto('point_request').values(row).execute()
}

export async function insertPointDecision(tx: Tx, row: Insertable<Schema['point_decision']>): Promise<void> {
  await tx.insertInto('point_decision').values(row).execute()
}

/** What two people decide: what waits first, then the newest. */
export async function listPointRequests(
  tx: Tx,
  communityId: number,
  limit: number,
): Promise<readonly PointRequestRow[]> {
  return tx
    .selectFrom('point_request as r')
    .leftJoin('point_decision as d', join =>
      join.onRef('d.community_id', '=', 'r.community_id').onRef('d.request_id', '=', 'r.request_id'),
    )
    .selectAll('r')
    .select(['d.decision', 'd.decided_by', 'd.decided_office'])
    .where('r.community_id', '=', communityId)
    .orderBy(sql`d.decision is not null`)
    .orderBy('r.proposed_at', 'desc')
    .orderBy('r.request_id')
    .limit(limit)
    .execute()
}

/** One of them; undefined when there is none. */
export async function findPointRequest(
  tx: Tx,
  communityId: number,
  requestId: string,
): Promise<PointRequestRow | undefined> {
  return tx
    .selectFrom('point_request as r')
    .leftJoin('point_decision as d', join =>
      join.onRef('d.community_id', '=', 'r.community_id').onRef('d.request_id', '=', 'r.request_id'),
    )
    .selectAll('r')
    .select(['d.decision', 'd.decided_by', 'd.decided_office'])
    .where('r.community_id', '=', communityId)
    .where('r.request_id', '=', requestId)
    .executeTakeFirst()
}

/** The next number; continuous under the lock of the ledger. */
export async function nextPointNumber(tx: Tx, communityId: number): Promise<number> {
  const row = await tx
    .selectFrom('point_voucher')
    .select(eb => eb.fn.max('number').as('last'))
    .where('community_id', '=', communityId)
    .executeTakeFirst()
  return (row?.last ?? 0) + 1
}

/** Enters a voucher with its postings: first what is taken, so that nothing is below zero for a moment and then not. */
export async function insertPointVoucher(
  tx: Tx,
  row: Insertable<Schema['point_voucher']>,
  postings: readonly { readonly account: string; readonly points: bigint }[],
): Promise<void> {
  await tx.insertInto('point_voucher').values(row).execute()
  const { community_id, number } = row
  for (const [index, { account, points }] of postings.entries()) {
    await tx
      .insertInto('point_posting')
      .values({ community_id, number, line: index + 1, account, points })
      .execute()
  }
}

/** The voucher that a form has posted; undefined when it has not. */
export async function findPointVoucherOfForm(
  tx: Tx,
  communityId: number,
  formKey: string,
): Promise<PointVoucherRow | undefined> {
  return tx
    .selectFrom('point_voucher')
    .selectAll()
    .where('community_id', '=', communityId)
    .where('form_key', '=', formKey)
    .executeTakeFirst()
}

/** Vouchers below a number, newest first; with accounts, only those that touch one of them. */
export async function listPointVouchers(
  tx: Tx,
  communityId: number,
  wish: { readonly before: number | null; readonly accounts?: readonly string[]; readonly limit: number },
): Promise<readonly PointVoucherRow[]> {
  const { before, accounts, limit } = wish
  let query = tx.selectFrom('point_voucher').selectAll().where('community_id', '=', communityId)
  if (before !== null) query = query.where('number', '<', before)
  if (accounts !== undefined) {
    if (accounts.length === 0) return []
    query = query.where('number', 'in', eb =>
      eb
        .selectFrom('point_posting')
        .select('number')
        .where('community_id', '=', communityId)
        .where('account', 'in', accounts),
    )
  }
  return query.orderBy('number', 'desc').limit(limit).execute()
}

/** Every voucher in the order of its number, for the re-deriver. */
export async function listAllPointVouchers(tx: Tx, communityId: number): Promise<readonly PointVoucherRow[]> {
  return tx
    .selectFrom('point_voucher')
    .selectAll()
    .where('community_id', '=', communityId)
    .orderBy('number')
    .execute()
}

/** Postings of some vouchers, or of all. */
export async function listPointPostings(
  tx: Tx,
  communityId: number,
  numbers: readonly number[] | null,
): Promise<readonly PointPostingRow[]> {
  if (numbers?.length === 0) return []
  let query = tx.selectFrom('point_posting').selectAll().where('community_id', '=', communityId)
  if (numbers !== null) query = query.where('number', 'in', numbers)
  return query.orderBy('number').orderBy('line').execute()
}

/** Balances, of all accounts or of some. */
export async function listPointBalances(
  tx: Tx,
  communityId: number,
  accounts: readonly string[] | null,
): Promise<ReadonlyMap<string, bigint>> {
  if (accounts?.length === 0) return new Map()
  let query = tx
    .selectFrom('point_balance')
    .select(['account', 'points'])
    .where('community_id', '=', communityId)
  if (accounts !== null) query = query.where('account', 'in', accounts)
  return new Map((await query.execute()).map(row => [row.account, row.points]))
}

/** Points redeemed so far: all that partners hold. */
export async function sumPartnerPoints(tx: Tx, communityId: number): Promise<bigint> {
  const row = await tx
    .selectFrom('point_balance')
    .select(sql<bigint>`coalesce(sum(points), 0)::bigint`.as('points'))
    .where('community_id', '=', communityId)
    .where('account', 'like', 'partner:%')
    .executeTakeFirstOrThrow()
  return row.points
}
