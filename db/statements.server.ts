/** SQL of issued statements and their sealed files. */
import type { Insertable } from 'kysely'
import type { Schema, Tx } from './schema/index.ts'

export async function insertFundStatement(tx: Tx, row: Insertable<Schema['fund_statement']>): Promise<void> {
  await tx.insertInto('fund_statement').values(row).execute()
}

export async function insertFundStatementFile(
  tx: Tx,
  row: Insertable<Schema['fund_statement_file']>,
): Promise<void> {
  await tx
    .insertInto('fund_statement_file')
    .values(row)
    .onConflict(conflict => conflict.columns(['community_id', 'statement_id', 'level']).doNothing())
    .execute()
}

/** One version of a month's statement, or the newest when `version` is null. */
export async function findFundStatement(tx: Tx, communityId: number, period: string, version: number | null) {
  let query = tx
    .selectFrom('fund_statement')
    .selectAll()
    .where('community_id', '=', communityId)
    .where('period', '=', period)
  if (version !== null) query = query.where('version', '=', version)
  return query.orderBy('version', 'desc').limit(1).executeTakeFirst()
}

/** All statements of a community, newest month and version first. */
export async function listFundStatements(tx: Tx, communityId: number) {
  return tx
    .selectFrom('fund_statement')
    .selectAll()
    .where('community_id', '=', communityId)
    .orderBy('period', 'desc')
    .orderBy('version', 'desc')
    .execute()
}

/** The leaves of all statements that replace another, oldest month first. */
export async function listSupersedingLeaves(tx: Tx, communityId: number) {
  return tx
    .selectFrom('fund_statement')
    .select(['leaf', 'leaf_index'])
    .where('community_id', '=', communityId)
    .where('supersedes_digest', 'is not', null)
    .orderBy('period')
    .orderBy('version')
    .execute()
}

/** Sealed files of a statement, the timestamped one first. */
export async function listFundStatementFiles(tx: Tx, communityId: number, statementId: string) {
  return tx
    .selectFrom('fund_statement_file')
    .selectAll()
    .where('community_id', '=', communityId)
    .where('statement_id', '=', statementId)
    .orderBy('level', 'desc')
    .execute()
}

/** Statements sealed without a timestamp, oldest first: to be retried. */
export async function listUntimestamped(tx: Tx, limit: number) {
  return tx
    .selectFrom('fund_statement_file as f')
    .selectAll()
    .where('f.level', '=', 'B-B')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('fund_statement_file as t')
            .select('t.level')
            .whereRef('t.community_id', '=', 'f.community_id')
            .whereRef('t.statement_id', '=', 'f.statement_id')
            .where('t.level', '=', 'B-T'),
        ),
      ),
    )
    .orderBy('f.sealed_at')
    .limit(limit)
    .execute()
}
