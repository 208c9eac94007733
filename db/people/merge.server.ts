/** Queries of owners who were entered twice: same names, proposals with their decisions, and the import that carries the records. */
import { type Insertable, sql } from 'kysely'
import type { Tx } from '../schema/index.ts'
import type { PersonMergeDecisionTable, PersonMergeTable } from '../schema/merge.ts'
import type { RollImportTable } from '../schema/people.ts'

/** A proposal with its decision, if there is one. */
export interface MergeRow {
  readonly merge_id: string
  readonly kind: 'merge' | 'undo'
  readonly kept_person_id: string
  readonly merged_person_id: string
  readonly undoes: string | null
  readonly proposed_by: string
  readonly proposed_at: Date
  readonly decision: 'confirmed' | 'refused' | null
  readonly decided_by: string | null
  readonly decided_at: Date | null
  readonly import_id: string | null
  readonly merge_no: number | null
  readonly leaf_index: bigint | null
}

/** All proposals, oldest first. */
export function listMerges(tx: Tx, communityId: number): Promise<MergeRow[]> {
  return tx
    .selectFrom('person_merge')
    .leftJoin('person_merge_decision', join =>
      join
        .onRef('person_merge_decision.community_id', '=', 'person_merge.community_id')
        .onRef('person_merge_decision.merge_id', '=', 'person_merge.merge_id'),
    )
    .select([
      'person_merge.merge_id',
      'person_merge.kind',
      'person_merge.kept_person_id',
      'person_merge.merged_person_id',
      'person_merge.undoes',
      'person_merge.proposed_by',
      'person_merge.proposed_at',
      'person_merge_decision.decision',
      'person_merge_decision.decided_by',
      'person_merge_decision.decided_at',
      'person_merge_decision.import_id',
      'person_merge_decision.merge_no',
      'person_merge_decision.leaf_index',
    ])
    .where('person_merge.community_id', '=', communityId)
    .orderBy('person_merge.proposed_at')
    .orderBy('person_merge.merge_id')
    .execute()
}

/** Proposes. */
export async function insertMerge(tx: Tx, row: Insertable<PersonMergeTable>): Promise<void> {
  await tx.insertInto('person_merge').values(row).execute()
}

/** Decides. */
export async function insertMergeDecision(tx: Tx, row: Insertable<PersonMergeDecisionTable>): Promise<void> {
  await tx.insertInto('person_merge_decision').values(row).execute()
}

/** The import without a file that carries the records of a merge. */
export async function insertFilelessImport(tx: Tx, row: Insertable<RollImportTable>): Promise<void> {
  await tx.insertInto('roll_import').values(row).execute()
}

/** Persons of one kind who share a name, by the keyed hash of it: groups of two and more, each in order of id. */
export async function listSameNames(tx: Tx, communityId: number): Promise<readonly (readonly string[])[]> {
  const { rows } = await sql<{ persons: string[] }>`
    select array_agg(s.person_id order by s.person_id collate "C") as persons
    from person_private s join person p using (community_id, person_id)
    where s.community_id = ${communityId} and p.kind <> 'developer'
    group by p.kind, s.name_hash having count(*) > 1 order by 1`.execute(tx)
  return rows.map(row => row.persons)
}

/** The kinds of some persons. */
export async function readPersonKinds(
  tx: Tx,
  communityId: number,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await tx
    .selectFrom('person')
    .select(['person_id', 'kind'])
    .where('community_id', '=', communityId)
    .where('person_id', 'in', [...personIds])
    .execute()
  return new Map(rows.map(row => [row.person_id, row.kind]))
}
