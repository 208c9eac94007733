/** SQL of the chart: communities with a ledger, funds, accounts, bank accounts, budgets. */
import type { Insertable } from 'kysely'
import type { Schema, Tx } from '../schema/index.ts'

function communities(tx: Tx) {
  return tx
    .selectFrom('community as c')
    .innerJoin('ledger as l', 'l.community_id', 'c.community_id')
    .selectAll('c')
    .select(['l.first_period', 'l.remuneration'])
}

/** The communities of address names, with their ledgers' frames. */
export async function findCommunities(tx: Tx, slugs: readonly string[]) {
  return communities(tx).where('c.slug', 'in', slugs).execute()
}

/** Every community that keeps a ledger, by address name. */
export async function listCommunities(tx: Tx) {
  return communities(tx).orderBy('c.slug').execute()
}

/** The same, by number. */
export async function findCommunityById(tx: Tx, communityId: number) {
  return communities(tx).where('c.community_id', '=', communityId).executeTakeFirst()
}

export async function insertLedger(tx: Tx, row: Insertable<Schema['ledger']>): Promise<void> {
  await tx.insertInto('ledger').values(row).execute()
}

export async function insertFunds(tx: Tx, rows: Insertable<Schema['fund']>[]): Promise<void> {
  await tx.insertInto('fund').values(rows).execute()
}

export async function insertAccounts(tx: Tx, rows: Insertable<Schema['account']>[]): Promise<void> {
  await tx.insertInto('account').values(rows).execute()
}

export async function insertBankAccount(tx: Tx, row: Insertable<Schema['bank_account']>): Promise<void> {
  await tx.insertInto('bank_account').values(row).execute()
}

export async function insertBudgetLines(tx: Tx, rows: Insertable<Schema['budget_line']>[]): Promise<void> {
  if (rows.length > 0) await tx.insertInto('budget_line').values(rows).execute()
}

export async function listFunds(tx: Tx, communityId: number) {
  return tx.selectFrom('fund').selectAll().where('community_id', '=', communityId).orderBy('code').execute()
}

export async function listAccounts(tx: Tx, communityId: number) {
  return tx
    .selectFrom('account')
    .selectAll()
    .where('community_id', '=', communityId)
    .orderBy('code')
    .execute()
}

export async function listBankAccounts(tx: Tx, communityId: number) {
  return tx
    .selectFrom('bank_account')
    .selectAll()
    .where('community_id', '=', communityId)
    .orderBy('account_code')
    .execute()
}

/** Says by what right a version of a year's budget holds; before its lines. */
export async function insertBudgetAdoption(
  tx: Tx,
  row: Insertable<Schema['budget_adoption']>,
): Promise<void> {
  await tx.insertInto('budget_adoption').values(row).execute()
}

function adoptions(tx: Tx, communityId: number) {
  return tx
    .selectFrom('budget_adoption as a')
    .leftJoin('control_decision as d', join =>
      join.onRef('d.community_id', '=', 'a.community_id').onRef('d.change_id', '=', 'a.change_id'),
    )
    .selectAll('a')
    .select('d.leaf_index')
    .where('a.community_id', '=', communityId)
}

/** By what right the newest version of a fiscal year's budget holds, with its leaf. */
export async function findBudgetAdoption(tx: Tx, communityId: number, fiscalYear: number) {
  return adoptions(tx, communityId)
    .where('a.fiscal_year', '=', fiscalYear)
    .orderBy('a.version', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** Every version that two officers entered, with what each may spend, for the re-deriver. */
export async function listBudgetAdoptions(tx: Tx, communityId: number) {
  return adoptions(tx, communityId)
    .where('a.change_id', 'is not', null)
    .orderBy('a.fiscal_year')
    .orderBy('a.version')
    .execute()
}

/** The lines of one version of a year's budget. */
export async function listBudgetVersion(tx: Tx, communityId: number, fiscalYear: number, version: number) {
  return tx
    .selectFrom('budget_line')
    .selectAll()
    .where('community_id', '=', communityId)
    .where('fiscal_year', '=', fiscalYear)
    .where('version', '=', version)
    .execute()
}

/** The newest version of a fiscal year's budget. */
export async function listBudgetLines(tx: Tx, communityId: number, fiscalYear: number) {
  return tx
    .selectFrom('budget_line as b')
    .selectAll('b')
    .where('b.community_id', '=', communityId)
    .where('b.fiscal_year', '=', fiscalYear)
    .where('b.version', '=', eb =>
      eb
        .selectFrom('budget_line as newest')
        .select(({ fn }) => fn.max('newest.version').as('version'))
        .where('newest.community_id', '=', communityId)
        .where('newest.fiscal_year', '=', fiscalYear),
    )
    .orderBy('b.fund_code')
    .orderBy('b.account_code')
    .execute()
}
