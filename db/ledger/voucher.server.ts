/** SQL of posted vouchers: number, post, roll up, list by key, and the lock that posting and closing share. */
import { type Insertable, sql } from 'kysely'
import type { Schema, Tx } from '../schema/index.ts'

/** Posting and closing in one community happen one after the other: held until the transaction ends. */
export async function lockLedger(tx: Tx, communityId: number): Promise<void> {
  await sql`select lock_ledger(${communityId}::integer)`.execute(tx)
}

/** The next voucher number of a fiscal year; continuous, because a rolled-back transaction gives it back. */
export async function takeVoucherNumber(tx: Tx, communityId: number, fiscalYear: number): Promise<number> {
  const row = await tx
    .insertInto('voucher_counter')
    .values({ community_id: communityId, fiscal_year: fiscalYear, last_number: 1 })
    .onConflict(conflict =>
      conflict
        .columns(['community_id', 'fiscal_year'])
        .doUpdateSet(eb => ({ last_number: eb('voucher_counter.last_number', '+', 1) })),
    )
    .returning('last_number')
    .executeTakeFirstOrThrow()
  return row.last_number
}

/** Stores a posted voucher with all that belongs to it. The database checks at commit that every fund balances. */
export async function insertVoucher(
  tx: Tx,
  voucher: Insertable<Schema['voucher']>,
  postings: readonly Insertable<Schema['posting']>[],
  documents: readonly string[],
  bankLines: readonly string[],
): Promise<void> {
  await tx.insertInto('voucher').values(voucher).execute()
  await tx
    .insertInto('posting')
    .values([...postings])
    .execute()
  const key = {
    community_id: voucher.community_id,
    fiscal_year: voucher.fiscal_year,
    number: voucher.number,
  }
  if (documents.length > 0) {
    await tx
      .insertInto('voucher_document')
      .values(documents.map((sha256, index) => ({ ...key, line: index + 1, sha256 })))
      .execute()
  }
  if (bankLines.length > 0) {
    await tx
      .insertInto('voucher_bank_line')
      .values(bankLines.map(bank_line_id => ({ ...key, bank_line_id })))
      .execute()
  }
}

/** Adds to the roll-ups of the month. */
export async function addTurnover(
  tx: Tx,
  rows: readonly Insertable<Schema['account_turnover']>[],
): Promise<void> {
  await tx
    .insertInto('account_turnover')
    .values([...rows])
    .onConflict(conflict =>
      conflict.columns(['community_id', 'period', 'fund_code', 'account_code']).doUpdateSet(eb => ({
        debit_fen: eb('account_turnover.debit_fen', '+', eb.ref('excluded.debit_fen')),
        credit_fen: eb('account_turnover.credit_fen', '+', eb.ref('excluded.credit_fen')),
      })),
    )
    .execute()
}

export async function insertLeafSecrets(
  tx: Tx,
  rows: readonly Insertable<Schema['leaf_secret']>[],
): Promise<void> {
  if (rows.length > 0)
    await tx
      .insertInto('leaf_secret')
      .values([...rows])
      .execute()
}

/** Roll-ups up to a month, all funds and accounts. */
export async function listTurnovers(tx: Tx, communityId: number, until: string) {
  return tx
    .selectFrom('account_turnover')
    .selectAll()
    .where('community_id', '=', communityId)
    .where('period', '<=', until)
    .orderBy('period')
    .orderBy('fund_code')
    .orderBy('account_code')
    .execute()
}

export interface VoucherFilter {
  readonly period?: string
  /** First and last month of a span. */
  readonly from?: string
  readonly until?: string
  readonly account?: string
  readonly fund?: string
  readonly kind?: Schema['voucher']['kind']['__select__']
  readonly text?: string
  /** Money in or out as the fund page counts it: gross, on receipts and payments; on a cash account, into or out of it. */
  readonly direction?: 'in' | 'out'
}

export interface VoucherPlace {
  readonly fiscalYear: number
  readonly number: number
}

/** The postings of voucher `v` that make it fit the filter. */
function postingsOf(tx: Tx, { account, fund, direction }: VoucherFilter) {
  let postings = tx
    .selectFrom('posting as p')
    .innerJoin('account as a', join =>
      join.onRef('a.community_id', '=', 'p.community_id').onRef('a.code', '=', 'p.account_code'),
    )
    .select('p.line')
    .where(
      sql<boolean>`p.community_id = v.community_id and p.fiscal_year = v.fiscal_year and p.number = v.number`,
    )
  if (account !== undefined) postings = postings.where('p.account_code', '=', account)
  if (fund !== undefined) postings = postings.where('p.fund_code', '=', fund)
  if (direction === undefined) return postings
  const [moved, held] = direction === 'in' ? ['credit', 'debit'] : ['debit', 'credit']
  if (account !== undefined) {
    return postings.where(sql<boolean>`p.side = case a.type when 'cash' then ${held} else ${moved} end`)
  }
  // What funds lend each other is movement of each of them, and none of all together.
  const still = fund === undefined ? ['cash', 'balance', 'interfund'] : ['cash', 'balance']
  return postings
    .where('p.side', '=', moved as 'debit' | 'credit')
    .where('a.type', 'not in', still as 'cash'[])
}

/** Vouchers newest first, paged by key: those before `before`. */
export async function listVouchers(
  tx: Tx,
  communityId: number,
  filter: VoucherFilter,
  before: VoucherPlace | null,
  limit: number,
) {
  let query = tx.selectFrom('voucher as v').selectAll('v').where('v.community_id', '=', communityId)
  if (filter.period !== undefined) query = query.where('v.period', '=', filter.period)
  if (filter.from !== undefined) query = query.where('v.period', '>=', filter.from)
  if (filter.until !== undefined) query = query.where('v.period', '<=', filter.until)
  if (filter.kind !== undefined) query = query.where('v.kind', '=', filter.kind)
  if (filter.text !== undefined && filter.text !== '') {
    query = query.where(sql<boolean>`position(lower(${filter.text}) in lower(v.narration)) > 0`)
  }
  if (filter.account !== undefined || filter.fund !== undefined || filter.direction !== undefined) {
    query = query.where(({ exists }) => exists(postingsOf(tx, filter)))
  }
  if (before !== null) {
    query = query.where(
      sql<boolean>`(v.fiscal_year, v.number) < (${before.fiscalYear}::integer, ${before.number}::integer)`,
    )
  }
  return query.orderBy('v.fiscal_year', 'desc').orderBy('v.number', 'desc').limit(limit).execute()
}

/** One voucher with the keys of what takes it back and what replaces it. */
export async function findVoucher(tx: Tx, communityId: number, key: VoucherPlace) {
  return tx
    .selectFrom('voucher as v')
    .leftJoin('voucher as r', join =>
      join
        .onRef('r.community_id', '=', 'v.community_id')
        .onRef('r.reverses_fiscal_year', '=', 'v.fiscal_year')
        .onRef('r.reverses_number', '=', 'v.number'),
    )
    .leftJoin('voucher as n', join =>
      join
        .onRef('n.community_id', '=', 'v.community_id')
        .onRef('n.replaces_fiscal_year', '=', 'v.fiscal_year')
        .onRef('n.replaces_number', '=', 'v.number'),
    )
    .selectAll('v')
    .select([
      'r.fiscal_year as reversed_by_fiscal_year',
      'r.number as reversed_by_number',
      'n.fiscal_year as replaced_by_fiscal_year',
      'n.number as replaced_by_number',
    ])
    .where('v.community_id', '=', communityId)
    .where('v.fiscal_year', '=', key.fiscalYear)
    .where('v.number', '=', key.number)
    .executeTakeFirst()
}

/** Postings of the given vouchers in order. */
export async function listPostings(tx: Tx, communityId: number, keys: readonly VoucherPlace[]) {
  if (keys.length === 0) return []
  return tx
    .selectFrom('posting')
    .selectAll()
    .where('community_id', '=', communityId)
    .where(({ eb, or, and }) =>
      or(keys.map(key => and([eb('fiscal_year', '=', key.fiscalYear), eb('number', '=', key.number)]))),
    )
    .orderBy('fiscal_year')
    .orderBy('number')
    .orderBy('line')
    .execute()
}

/** Digests of a voucher's source documents in order. */
export async function listVoucherDocuments(
  tx: Tx,
  communityId: number,
  key: VoucherPlace,
): Promise<string[]> {
  const rows = await tx
    .selectFrom('voucher_document')
    .select('sha256')
    .where('community_id', '=', communityId)
    .where('fiscal_year', '=', key.fiscalYear)
    .where('number', '=', key.number)
    .orderBy('line')
    .execute()
  return rows.map(row => row.sha256)
}

/** Ids of the bank lines a voucher holds. */
export async function listVoucherBankLines(
  tx: Tx,
  communityId: number,
  key: VoucherPlace,
): Promise<string[]> {
  const rows = await tx
    .selectFrom('voucher_bank_line')
    .select('bank_line_id')
    .where('community_id', '=', communityId)
    .where('fiscal_year', '=', key.fiscalYear)
    .where('number', '=', key.number)
    .orderBy('bank_line_id')
    .execute()
  return rows.map(row => row.bank_line_id)
}

/**
 * Vouchers of the months up to `period` that moved another sum on a cash account than the bank lines they hold, booked up to a
 * day: in the books, not at the bank. Openings are no movement; a voucher and the red entry that takes it back cancel out.
 */
export async function listUnbankedMovements(
  tx: Tx,
  communityId: number,
  accountCode: string,
  period: string,
  until: string,
) {
  const rows = await sql<{
    fiscal_year: number
    number: number
    occurred_on: string
    amount_fen: bigint
    at_bank_fen: bigint
  }>`
    with moved as (
      select v.fiscal_year, v.number, v.occurred_on,
        sum(case p.side when 'debit' then p.amount_fen else -p.amount_fen end)::bigint as amount_fen
      from posting p
      join voucher v on v.community_id = p.community_id and v.fiscal_year = p.fiscal_year and v.number = p.number
      where p.community_id = ${communityId} and p.account_code = ${accountCode} and v.period <= ${period}
        and v.kind not in ('opening', 'reversal') and not exists (
          select from voucher r where r.community_id = v.community_id and r.reverses_fiscal_year = v.fiscal_year
            and r.reverses_number = v.number and r.period <= ${period})
      group by v.fiscal_year, v.number, v.occurred_on),
    banked as (
      select vb.fiscal_year, vb.number, sum(b.amount_fen)::bigint as amount_fen
      from voucher_bank_line vb
      join bank_line b on b.community_id = vb.community_id and b.bank_line_id = vb.bank_line_id
      where vb.community_id = ${communityId} and b.account_code = ${accountCode} and b.booked_on <= ${until}::date
      group by vb.fiscal_year, vb.number)
    select m.fiscal_year, m.number, m.occurred_on, m.amount_fen, coalesce(b.amount_fen, 0)::bigint as at_bank_fen
    from moved m left join banked b on b.fiscal_year = m.fiscal_year and b.number = m.number
    where m.amount_fen <> coalesce(b.amount_fen, 0)
    order by m.fiscal_year, m.number`.execute(tx)
  return rows.rows
}

/** What the live opening vouchers of the months up to `period` say was in a cash account when the books were opened. */
export async function sumOpenings(
  tx: Tx,
  communityId: number,
  accountCode: string,
  period: string,
): Promise<bigint> {
  const rows = await sql<{ sum_fen: bigint }>`
    select coalesce(sum(case p.side when 'debit' then p.amount_fen else -p.amount_fen end), 0)::bigint as sum_fen
    from posting p
    join voucher v on v.community_id = p.community_id and v.fiscal_year = p.fiscal_year and v.number = p.number
    where p.community_id = ${communityId} and p.account_code = ${accountCode} and v.period <= ${period}
      and v.kind = 'opening' and not exists (
        select from voucher r where r.community_id = v.community_id and r.reverses_fiscal_year = v.fiscal_year
          and r.reverses_number = v.number and r.period <= ${period})`.execute(tx)
  return rows.rows[0]!.sum_fen
}

/** The last closed month, or null. */
export async function lastClosedPeriod(tx: Tx, communityId: number): Promise<string | null> {
  const row = await tx
    .selectFrom('period_close')
    .select(({ fn }) => fn.max('period').as('period'))
    .where('community_id', '=', communityId)
    .executeTakeFirst()
  return row?.period ?? null
}

export async function listClosedPeriods(tx: Tx, communityId: number) {
  return tx
    .selectFrom('period_close')
    .selectAll()
    .where('community_id', '=', communityId)
    .orderBy('period')
    .execute()
}

export async function insertPeriodClose(tx: Tx, row: Insertable<Schema['period_close']>): Promise<void> {
  await tx.insertInto('period_close').values(row).execute()
}

/** How many vouchers a month has. */
export async function countVouchers(tx: Tx, communityId: number, period: string): Promise<number> {
  const row = await tx
    .selectFrom('voucher')
    .select(({ fn }) => fn.countAll<bigint>().as('vouchers'))
    .where('community_id', '=', communityId)
    .where('period', '=', period)
    .executeTakeFirstOrThrow()
  return Number(row.vouchers)
}

/** Vouchers in the order they were numbered, after a place: for the re-deriver, exports and statements. */
export async function listVouchersAfter(
  tx: Tx,
  communityId: number,
  after: VoucherPlace | null,
  limit: number,
) {
  let query = tx.selectFrom('voucher').selectAll().where('community_id', '=', communityId)
  if (after !== null) {
    query = query.where(
      sql<boolean>`(fiscal_year, number) > (${after.fiscalYear}::integer, ${after.number}::integer)`,
    )
  }
  return query.orderBy('fiscal_year').orderBy('number').limit(limit).execute()
}

/** All vouchers of a month in order. */
export async function listVouchersOfPeriod(tx: Tx, communityId: number, period: string) {
  return tx
    .selectFrom('voucher')
    .selectAll()
    .where('community_id', '=', communityId)
    .where('period', '=', period)
    .orderBy('fiscal_year')
    .orderBy('number')
    .execute()
}

/** Roll-ups summed anew from the postings: what `account_turnover` must equal. */
export async function sumPostings(tx: Tx, communityId: number) {
  const rows = await sql<{
    period: string
    fund_code: string
    account_code: string
    debit_fen: bigint
    credit_fen: bigint
  }>`
    select v.period, p.fund_code, p.account_code,
      coalesce(sum(p.amount_fen) filter (where p.side = 'debit'), 0)::bigint as debit_fen,
      coalesce(sum(p.amount_fen) filter (where p.side = 'credit'), 0)::bigint as credit_fen
    from posting p
    join voucher v on v.community_id = p.community_id and v.fiscal_year = p.fiscal_year and v.number = p.number
    where p.community_id = ${communityId}
    group by v.period, p.fund_code, p.account_code
    order by v.period, p.fund_code, p.account_code`.execute(tx)
  return rows.rows
}

/** Bank lines that more than one live voucher holds: none, in a sound ledger. */
export async function listTwiceHeldLines(tx: Tx, communityId: number): Promise<string[]> {
  const rows = await sql<{ bank_line_id: string }>`
    select vb.bank_line_id from voucher_bank_line vb
    where vb.community_id = ${communityId} and not exists (
      select from voucher r where r.community_id = vb.community_id
        and r.reverses_fiscal_year = vb.fiscal_year and r.reverses_number = vb.number)
    group by vb.bank_line_id having count(*) > 1 order by vb.bank_line_id`.execute(tx)
  return rows.rows.map(row => row.bank_line_id)
}

/** Vouchers whose bank lines do not add up to what they move on those accounts: none, in a sound ledger. */
export async function listVouchersOffTheirLines(tx: Tx, communityId: number) {
  const rows = await sql<{ fiscal_year: number; number: number; lines_fen: bigint; postings_fen: bigint }>`
    select l.fiscal_year, l.number, l.lines_fen, coalesce(m.postings_fen, 0)::bigint as postings_fen from (
      select vb.community_id, vb.fiscal_year, vb.number, b.account_code, sum(b.amount_fen)::bigint as lines_fen
      from voucher_bank_line vb
      join bank_line b on b.community_id = vb.community_id and b.bank_line_id = vb.bank_line_id
      where vb.community_id = ${communityId}
      group by vb.community_id, vb.fiscal_year, vb.number, b.account_code) l
    left join lateral (
      select sum(case p.side when 'debit' then p.amount_fen else -p.amount_fen end)::bigint as postings_fen
      from posting p where p.community_id = l.community_id and p.fiscal_year = l.fiscal_year
        and p.number = l.number and p.account_code = l.account_code) m on true
    where m.postings_fen is distinct from l.lines_fen
    order by l.fiscal_year, l.number`.execute(tx)
  return rows.rows
}

/** Salted digests' secrets of a leaf; fewer than the leaf has once a person was erased. */
export async function listLeafSecrets(tx: Tx, communityId: number, leafIndex: bigint) {
  return tx
    .selectFrom('leaf_secret')
    .selectAll()
    .where('community_id', '=', communityId)
    .where('leaf_index', '=', leafIndex)
    .execute()
}

/** When the newest voucher was posted, or null. */
export async function lastPostedAt(tx: Tx, communityId: number): Promise<Date | null> {
  const row = await tx
    .selectFrom('voucher')
    .select(({ fn }) => fn.max('posted_at').as('at'))
    .where('community_id', '=', communityId)
    .executeTakeFirst()
  return row?.at ?? null
}
