/** SQL of bank imports, bank lines and what became of them, matching rules and remembered column mappings. */
import { type Insertable, sql, type Updateable } from 'kysely'
import type { Schema, Tx } from '../schema/index.ts'

export async function insertBankImport(tx: Tx, row: Insertable<Schema['bank_import']>): Promise<void> {
  await tx.insertInto('bank_import').values(row).execute()
}

export async function findBankImport(tx: Tx, communityId: number, importId: string) {
  return tx
    .selectFrom('bank_import')
    .selectAll()
    .where('community_id', '=', communityId)
    .where('import_id', '=', importId)
    .executeTakeFirst()
}

/** The same, locked until the transaction ends: two confirmations cannot both store. */
export async function lockBankImport(tx: Tx, communityId: number, importId: string) {
  return tx
    .selectFrom('bank_import')
    .selectAll()
    .where('community_id', '=', communityId)
    .where('import_id', '=', importId)
    .forUpdate()
    .executeTakeFirst()
}

/** Newest imports first. */
export async function listBankImports(tx: Tx, communityId: number, limit: number) {
  return tx
    .selectFrom('bank_import as i')
    .leftJoin('bank_import_confirmation as c', join =>
      join.onRef('c.community_id', '=', 'i.community_id').onRef('c.import_id', '=', 'i.import_id'),
    )
    .select([
      'i.import_id',
      'i.account_code',
      'i.file_name',
      'i.uploaded_at',
      'i.state',
      'c.stored_new',
      'c.already_there',
      'c.confirmed_at',
    ])
    .where('i.community_id', '=', communityId)
    .orderBy('i.uploaded_at', 'desc')
    .orderBy('i.import_id', 'desc')
    .limit(limit)
    .execute()
}

export async function updateBankImport(
  tx: Tx,
  communityId: number,
  importId: string,
  change: Updateable<Schema['bank_import']>,
): Promise<void> {
  await tx
    .updateTable('bank_import')
    .set(change)
    .where('community_id', '=', communityId)
    .where('import_id', '=', importId)
    .execute()
}

export async function insertBankImportConfirmation(
  tx: Tx,
  row: Insertable<Schema['bank_import_confirmation']>,
): Promise<void> {
  await tx.insertInto('bank_import_confirmation').values(row).execute()
}

/** Which of the given line keys (with occurrence) an account already has. */
export async function knownLineKeys(
  tx: Tx,
  communityId: number,
  accountCode: string,
  keys: readonly string[],
): Promise<Set<string>> {
  const known = new Set<string>()
  for (let start = 0; start < keys.length; start += 1000) {
    const rows = await tx
      .selectFrom('bank_line')
      .select(['line_key', 'occurrence'])
      .where('community_id', '=', communityId)
      .where('account_code', '=', accountCode)
      .where('line_key', 'in', keys.slice(start, start + 1000))
      .execute()
    for (const row of rows) known.add(`${row.line_key}#${row.occurrence}`)
  }
  return known
}

/** Stores lines with their private side; lines that are already there stay as they are. Gives the ids that are new. */
export async function insertBankLines(
  tx: Tx,
  rows: readonly (Insertable<Schema['bank_line']> & {
    readonly private: Omit<Insertable<Schema['bank_line_private']>, 'community_id' | 'bank_line_id'>
  })[],
): Promise<Set<string>> {
  const stored = new Set<string>()
  for (let start = 0; start < rows.length; start += 500) {
    const chunk = rows.slice(start, start + 500)
    const inserted = await tx
      .insertInto('bank_line')
      .values(chunk.map(({ private: _, ...line }) => line))
      .onConflict(conflict =>
        conflict.columns(['community_id', 'account_code', 'line_key', 'occurrence']).doNothing(),
      )
      .returning('bank_line_id')
      .execute()
    const fresh = new Set(inserted.map(row => row.bank_line_id))
    const secrets = chunk
      .filter(row => fresh.has(row.bank_line_id))
      .map(row => ({ community_id: row.community_id, bank_line_id: row.bank_line_id, ...row.private }))
    if (secrets.length > 0) await tx.insertInto('bank_line_private').values(secrets).execute()
    for (const id of fresh) stored.add(id)
  }
  return stored
}

/** Lines with the live (not taken back) voucher that holds each, and their explanation. */
function linesWithOutcome(tx: Tx, communityId: number) {
  return tx
    .selectFrom('bank_line as b')
    .innerJoin('bank_account as a', join =>
      join.onRef('a.community_id', '=', 'b.community_id').onRef('a.account_code', '=', 'b.account_code'),
    )
    .leftJoin('bank_line_private as p', join =>
      join.onRef('p.community_id', '=', 'b.community_id').onRef('p.bank_line_id', '=', 'b.bank_line_id'),
    )
    .leftJoin('bank_line_explanation as e', join =>
      join.onRef('e.community_id', '=', 'b.community_id').onRef('e.bank_line_id', '=', 'b.bank_line_id'),
    )
    .leftJoinLateral(
      eb =>
        eb
          .selectFrom('voucher_bank_line as vb')
          .innerJoin('voucher as v', join =>
            join
              .onRef('v.community_id', '=', 'vb.community_id')
              .onRef('v.fiscal_year', '=', 'vb.fiscal_year')
              .onRef('v.number', '=', 'vb.number'),
          )
          .select(['v.fiscal_year', 'v.number', 'v.period'])
          .whereRef('vb.community_id', '=', 'b.community_id')
          .whereRef('vb.bank_line_id', '=', 'b.bank_line_id')
          .where(({ not, exists, selectFrom }) =>
            not(
              exists(
                selectFrom('voucher as r')
                  .select('r.number')
                  .whereRef('r.community_id', '=', 'v.community_id')
                  .whereRef('r.reverses_fiscal_year', '=', 'v.fiscal_year')
                  .whereRef('r.reverses_number', '=', 'v.number'),
              ),
            ),
          )
          .limit(1)
          .as('live'),
      join => join.onTrue(),
    )
    .where('b.community_id', '=', communityId)
    .selectAll('b')
    .select([
      'a.fund_code',
      'p.counterparty',
      'p.counterparty_last4',
      'p.purpose',
      'p.serial',
      'e.explanation',
      'live.fiscal_year as voucher_fiscal_year',
      'live.number as voucher_number',
      'live.period as voucher_period',
    ])
}

/** Lines that no live voucher holds and nobody explained, oldest first: what is publicly unmatched. */
export async function listUnmatchedLines(tx: Tx, communityId: number, limit: number) {
  return linesWithOutcome(tx, communityId)
    .where('live.number', 'is', null)
    .where('e.explanation', 'is', null)
    .orderBy('b.booked_on')
    .orderBy('b.sequence')
    .orderBy('b.bank_line_id')
    .limit(limit)
    .execute()
}

/** Lines that no live voucher holds and somebody explained, newest explanation first. */
export async function listExplainedLines(tx: Tx, communityId: number, limit: number) {
  return linesWithOutcome(tx, communityId)
    .select(['e.explained_at', 'e.leaf_index as explanation_leaf_index'])
    .where('live.number', 'is', null)
    .where('e.explanation', 'is not', null)
    .orderBy('e.explained_at', 'desc')
    .orderBy('b.bank_line_id')
    .limit(limit)
    .execute()
}

export async function countUnmatchedLines(
  tx: Tx,
  communityId: number,
): Promise<{ lines: number; sumFen: bigint }> {
  const row = await tx
    .selectFrom(
      linesWithOutcome(tx, communityId)
        .where('live.number', 'is', null)
        .where('e.explanation', 'is', null)
        .as('open'),
    )
    .select(({ fn }) => [
      fn.countAll<bigint>().as('lines'),
      sql<bigint>`coalesce(sum(abs(open.amount_fen)), 0)::bigint`.as('sum_fen'),
    ])
    .executeTakeFirstOrThrow()
  return { lines: Number(row.lines), sumFen: row.sum_fen }
}

/** The named lines with their outcome. */
export async function readBankLines(tx: Tx, communityId: number, ids: readonly string[]) {
  if (ids.length === 0) return []
  return linesWithOutcome(tx, communityId)
    .where('b.bank_line_id', 'in', [...ids])
    .orderBy('b.booked_on')
    .orderBy('b.sequence')
    .execute()
}

/**
 * Lines of one account booked up to a day that no voucher of the months up to `period` holds: at the bank, not in the books. A
 * voucher taken back later than that still held its lines then. Lines that move nothing are left out.
 */
export async function listOutstandingLines(
  tx: Tx,
  communityId: number,
  accountCode: string,
  period: string,
  until: string,
) {
  const rows = await sql<{ bank_line_id: string; booked_on: string; amount_fen: bigint }>`
    select b.bank_line_id, b.booked_on, b.amount_fen from bank_line b
    where b.community_id = ${communityId} and b.account_code = ${accountCode} and b.booked_on <= ${until}::date
      and b.amount_fen <> 0 and not exists (
        select from voucher_bank_line vb
        join voucher v on v.community_id = vb.community_id and v.fiscal_year = vb.fiscal_year and v.number = vb.number
        left join voucher r on r.community_id = v.community_id and r.reverses_fiscal_year = v.fiscal_year
          and r.reverses_number = v.number and r.period <= ${period}
        where vb.community_id = b.community_id and vb.bank_line_id = b.bank_line_id
          and v.period <= ${period} and r.number is null)
    order by b.booked_on, b.sequence, b.bank_line_id`.execute(tx)
  return rows.rows
}

/** The last line of an account up to a day that states a balance: what the bank says is there. */
export async function lastStatedBalance(tx: Tx, communityId: number, accountCode: string, until: string) {
  return tx
    .selectFrom('bank_line')
    .select(['booked_on', 'sequence', 'balance_fen'])
    .where('community_id', '=', communityId)
    .where('account_code', '=', accountCode)
    .where('booked_on', '<=', until)
    .where('balance_fen', 'is not', null)
    .orderBy('booked_on', 'desc')
    .orderBy('sequence', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** Sum of the lines of an account up to a day; with `after`, only of those that come later than that line. */
export async function sumLinesUntil(
  tx: Tx,
  communityId: number,
  accountCode: string,
  until: string,
  after: { readonly booked_on: string; readonly sequence: number } | null,
): Promise<bigint> {
  let query = tx
    .selectFrom('bank_line')
    .select(sql<bigint>`coalesce(sum(amount_fen), 0)::bigint`.as('sum_fen'))
    .where('community_id', '=', communityId)
    .where('account_code', '=', accountCode)
    .where('booked_on', '<=', until)
  if (after !== null) {
    query = query.where(
      sql<boolean>`(booked_on, sequence) > (${after.booked_on}::date, ${after.sequence}::integer)`,
    )
  }
  return (await query.executeTakeFirstOrThrow()).sum_fen
}

/** The last day any line of each account was booked: up to there the bank is known. */
export async function lastBookedOn(tx: Tx, communityId: number): Promise<Map<string, string>> {
  const rows = await tx
    .selectFrom('bank_line')
    .select(({ fn }) => ['account_code', fn.max('booked_on').as('last')])
    .where('community_id', '=', communityId)
    .groupBy('account_code')
    .execute()
  return new Map(rows.map(row => [row.account_code, row.last]))
}

export async function insertBankLineExplanation(
  tx: Tx,
  row: Insertable<Schema['bank_line_explanation']>,
): Promise<void> {
  await tx.insertInto('bank_line_explanation').values(row).execute()
}

export async function insertMatchingRule(tx: Tx, row: Insertable<Schema['matching_rule']>): Promise<void> {
  await tx.insertInto('matching_rule').values(row).execute()
}

export async function retireMatchingRule(
  tx: Tx,
  communityId: number,
  ruleId: string,
  at: Date,
): Promise<boolean> {
  const result = await tx
    .updateTable('matching_rule')
    .set({ retired_at: at })
    .where('community_id', '=', communityId)
    .where('rule_id', '=', ruleId)
    .where('retired_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

/** Live rules, newest first: the first that fits proposes. */
export async function listMatchingRules(tx: Tx, communityId: number) {
  return tx
    .selectFrom('matching_rule')
    .selectAll()
    .where('community_id', '=', communityId)
    .where('retired_at', 'is', null)
    .orderBy('taught_at', 'desc')
    .orderBy('rule_id', 'desc')
    .execute()
}

/** The newest version of the columns agreed for any of these header signatures of an account's files. */
export async function listColumnMappings(
  tx: Tx,
  communityId: number,
  account: string,
  signatures: readonly string[],
) {
  if (signatures.length === 0) return []
  return tx
    .selectFrom('column_mapping_version')
    .distinctOn('header_signature')
    .select(['header_signature', 'version', 'change_id', 'mapping'])
    .where('community_id', '=', communityId)
    .where('account_code', '=', account)
    .where('header_signature', 'in', [...signatures])
    .orderBy('header_signature')
    .orderBy('version', 'desc')
    .execute()
}

/** Every version of every mapping of a community, for the re-deriver. */
export async function listColumnMappingVersions(tx: Tx, communityId: number) {
  return tx
    .selectFrom('column_mapping_version')
    .selectAll()
    .where('community_id', '=', communityId)
    .orderBy('account_code')
    .orderBy('header_signature')
    .orderBy('version')
    .execute()
}

/** Appends a version of the columns for an account and a header. */
export async function insertColumnMappingVersion(
  tx: Tx,
  row: Insertable<Schema['column_mapping_version']>,
): Promise<void> {
  await tx.insertInto('column_mapping_version').values(row).execute()
}

/** Stored imports whose columns a person chose, with the leaf of their lines. */
export async function listMappedImports(tx: Tx, communityId: number) {
  return tx
    .selectFrom('bank_import as i')
    .innerJoin('bank_import_confirmation as c', join =>
      join.onRef('c.community_id', '=', 'i.community_id').onRef('c.import_id', '=', 'i.import_id'),
    )
    .select(['i.import_id', 'i.account_code', 'i.column_mapping', 'i.mapping_change', 'c.leaf_index'])
    .where('i.community_id', '=', communityId)
    .where('i.mapping_change', 'is not', null)
    .where('i.column_mapping', 'is not', null)
    .execute()
}

/** Removes the names on bank lines, and of private payees of posted vouchers, from before a day; gives how many. */
export async function deleteOldCounterparties(tx: Tx, communityId: number, before: string): Promise<number> {
  const lines = await sql`
    delete from bank_line_private p using bank_line l
    where p.community_id = ${communityId} and l.community_id = p.community_id
      and l.bank_line_id = p.bank_line_id and l.booked_on < ${before}::date`.execute(tx)
  const payees = await sql`
    delete from draft_payee p using voucher v
    where p.community_id = ${communityId} and v.community_id = p.community_id
      and v.draft_id = p.draft_id and v.occurred_on < ${before}::date`.execute(tx)
  return Number(lines.numAffectedRows ?? 0n) + Number(payees.numAffectedRows ?? 0n)
}
