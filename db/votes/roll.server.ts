/** SQL of a poll's roll: its units and voters as frozen, and what is registered beside them while it runs. */
import { type Insertable, type Selectable, sql } from 'kysely'
import type { Schema, Tx } from '../schema/index.ts'

export type PollUnitRow = Selectable<Schema['poll_unit']>

/** Rows of one statement: parameters are numbered with 16 bits. */
const ROWS_AT_ONCE = 2_000

function chunks<Row>(rows: readonly Row[]): Row[][] {
  const parts: Row[][] = []
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) parts.push(rows.slice(at, at + ROWS_AT_ONCE))
  return parts
}

/** Freezes the units of a poll. */
export async function insertPollUnits(
  tx: Tx,
  rows: readonly Insertable<Schema['poll_unit']>[],
): Promise<void> {
  for (const part of chunks(rows)) await tx.insertInto('poll_unit').values(part).execute()
}

/** Freezes who may vote for them. */
export async function insertPollVoters(
  tx: Tx,
  rows: readonly Insertable<Schema['poll_voter']>[],
): Promise<void> {
  for (const part of chunks(rows)) await tx.insertInto('poll_voter').values(part).execute()
}

/** All units of a poll, in order. */
export async function listPollUnits(tx: Tx, communityId: number, pollId: string): Promise<PollUnitRow[]> {
  return tx
    .selectFrom('poll_unit')
    .selectAll()
    .where('community_id', '=', communityId)
    .where('poll_id', '=', pollId)
    .orderBy('paper_number')
    .execute()
}

/** The unit of a printed ballot; undefined when there is none. */
export async function findUnitOfPaper(
  tx: Tx,
  communityId: number,
  pollId: string,
  paper: { readonly paperNumber: number } | { readonly codeDigest: string },
): Promise<PollUnitRow | undefined> {
  const query = tx
    .selectFrom('poll_unit')
    .selectAll()
    .where('community_id', '=', communityId)
    .where('poll_id', '=', pollId)
  return 'paperNumber' in paper
    ? query.where('paper_number', '=', paper.paperNumber).executeTakeFirst()
    : query.where('paper_code_digest', '=', paper.codeDigest).executeTakeFirst()
}

/** Who may vote for which unit at notice. */
export async function listPollVoters(tx: Tx, communityId: number, pollId: string) {
  return tx
    .selectFrom('poll_voter')
    .select(['unit_id', 'person_id'])
    .where('community_id', '=', communityId)
    .where('poll_id', '=', pollId)
    .orderBy('unit_id')
    .orderBy('person_id')
    .execute()
}

/** Units that persons may speak for, now or before: as a voter at notice, as a buyer, or with a written proxy. */
export async function listUnitsOfPersons(
  tx: Tx,
  communityId: number,
  pollId: string,
  personIds: readonly string[],
): Promise<{ person_id: string; unit_id: string }[]> {
  const persons = [...personIds]
  const { rows } = await sql<{ person_id: string; unit_id: string }>`
    select person_id, unit_id from poll_voter
      where community_id = ${communityId} and poll_id = ${pollId} and person_id = any(${persons}::text[])
    union select proxy_person, unit_id from poll_proxy
      where community_id = ${communityId} and poll_id = ${pollId} and proxy_person = any(${persons}::text[])
    union select to_person, unit_id from poll_transfer
      where community_id = ${communityId} and poll_id = ${pollId} and to_person = any(${persons}::text[])`.execute(
    tx,
  )
  return rows
}

/** Registers a written proxy. */
export async function insertProxy(tx: Tx, row: Insertable<Schema['poll_proxy']>): Promise<void> {
  await tx.insertInto('poll_proxy').values(row).execute()
}

/** Written proxies in order of registration. */
export async function listProxies(tx: Tx, communityId: number, pollId: string) {
  return tx
    .selectFrom('poll_proxy')
    .selectAll()
    .where('community_id', '=', communityId)
    .where('poll_id', '=', pollId)
    .orderBy('registered_at')
    .orderBy('leaf_index')
    .execute()
}

/** Names a representative. */
export async function insertRepresentative(
  tx: Tx,
  row: Insertable<Schema['poll_representative']>,
): Promise<void> {
  await tx.insertInto('poll_representative').values(row).execute()
}

/** Representatives by unit. */
export async function listRepresentatives(tx: Tx, communityId: number, pollId: string) {
  return tx
    .selectFrom('poll_representative')
    .selectAll()
    .where('community_id', '=', communityId)
    .where('poll_id', '=', pollId)
    .orderBy('unit_id')
    .execute()
}

/** Registers a sale. */
export async function insertTransfer(tx: Tx, row: Insertable<Schema['poll_transfer']>): Promise<void> {
  await tx.insertInto('poll_transfer').values(row).execute()
}

/** Sales in order of registration. */
export async function listTransfers(tx: Tx, communityId: number, pollId: string) {
  return tx
    .selectFrom('poll_transfer')
    .selectAll()
    .where('community_id', '=', communityId)
    .where('poll_id', '=', pollId)
    .orderBy('transfer_no')
    .execute()
}

/** Records deliveries. */
export async function insertDeliveries(
  tx: Tx,
  rows: readonly Insertable<Schema['poll_delivery']>[],
): Promise<void> {
  for (const part of chunks(rows)) await tx.insertInto('poll_delivery').values(part).execute()
}

/** Deliveries by unit. */
export async function listDeliveries(tx: Tx, communityId: number, pollId: string) {
  return tx
    .selectFrom('poll_delivery')
    .selectAll()
    .where('community_id', '=', communityId)
    .where('poll_id', '=', pollId)
    .orderBy('unit_id')
    .execute()
}
