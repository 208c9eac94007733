/** Queries of roll imports: the sealed file and what was read of it, remembered column mappings, confirmations. */
import type { Insertable, Selectable, Updateable } from 'kysely'
import type { Tx } from '../schema/index.ts'
import type {
  RollColumnMappingTable,
  RollImportConfirmationTable,
  RollImportTable,
} from '../schema/people.ts'

export type RollImportRow = Selectable<RollImportTable>

/** Enters an import with its sealed file. */
export async function insertRollImport(
  tx: Tx,
  row: Insertable<RollImportTable>,
  sealed: Uint8Array,
): Promise<void> {
  await tx.insertInto('roll_import').values(row).execute()
  const { community_id, import_id } = row
  await tx.insertInto('roll_import_file').values({ community_id, import_id, sealed }).execute()
}

/** One import; undefined when there is none. `lock` makes a second confirmation wait. */
export function findRollImport(
  tx: Tx,
  communityId: number,
  importId: string,
  options: { readonly lock: boolean } = { lock: false },
): Promise<RollImportRow | undefined> {
  const query = tx
    .selectFrom('roll_import')
    .selectAll()
    .where('community_id', '=', communityId)
    .where('import_id', '=', importId)
  return (options.lock ? query.forUpdate() : query).executeTakeFirst()
}

/** The sealed file of an import; null once it was removed. */
export async function readRollImportFile(
  tx: Tx,
  communityId: number,
  importId: string,
): Promise<Uint8Array | null> {
  const row = await tx
    .selectFrom('roll_import_file')
    .select('sealed')
    .where('community_id', '=', communityId)
    .where('import_id', '=', importId)
    .executeTakeFirst()
  return row?.sealed ?? null
}

/** Removes the sealed file: it has served. */
export async function deleteRollImportFile(tx: Tx, communityId: number, importId: string): Promise<void> {
  await tx
    .deleteFrom('roll_import_file')
    .where('community_id', '=', communityId)
    .where('import_id', '=', importId)
    .execute()
}

export async function updateRollImport(
  tx: Tx,
  communityId: number,
  importId: string,
  change: Updateable<RollImportTable>,
): Promise<void> {
  await tx
    .updateTable('roll_import')
    .set(change)
    .where('community_id', '=', communityId)
    .where('import_id', '=', importId)
    .execute()
}

/** Newest imports first, without what is sealed in them. */
export function listRollImports(tx: Tx, communityId: number, limit: number) {
  return (
    tx
      .selectFrom('roll_import as i')
      .leftJoin('roll_import_confirmation as c', join =>
        join.onRef('c.community_id', '=', 'i.community_id').onRef('c.import_id', '=', 'i.import_id'),
      )
      .select([
        'i.import_id',
        'i.file_name',
        'i.uploaded_at',
        'i.effective_on',
        'i.state',
        'c.units_new',
        'c.units_changed',
        'c.units_unchanged',
        'c.units_removed',
      ])
      // What two officers merged comes without a file, and is shown where it was decided.
      .where('i.file_bytes', '>', 0)
      .where('i.community_id', '=', communityId)
      .orderBy('i.uploaded_at', 'desc')
      .orderBy('i.import_id', 'desc')
      .limit(limit)
      .execute()
  )
}

export async function insertRollImportConfirmation(
  tx: Tx,
  row: Insertable<RollImportConfirmationTable>,
): Promise<void> {
  await tx.insertInto('roll_import_confirmation').values(row).execute()
}

/** The last confirmation of a community by number, up to a day or at all; null when there is none. */
export async function readLastConfirmation(
  tx: Tx,
  communityId: number,
  on: string | null,
  knownAt: Date | null = null,
): Promise<Selectable<RollImportConfirmationTable> | null> {
  let query = tx
    .selectFrom('roll_import_confirmation')
    .selectAll()
    .where('community_id', '=', communityId)
    .orderBy('confirmation_no', 'desc')
    .limit(1)
  if (on !== null) query = query.where('effective_on', '<=', on)
  if (knownAt !== null) query = query.where('confirmed_at', '<=', knownAt)
  return (await query.executeTakeFirst()) ?? null
}

/** The mappings remembered for any of these header signatures, the one in force of each. */
export async function listRollColumnMappings(tx: Tx, communityId: number, signatures: readonly string[]) {
  if (signatures.length === 0) return []
  return tx
    .selectFrom('roll_column_mapping')
    .distinctOn('header_signature')
    .select(['header_signature', 'mapping', 'mapping_no'])
    .where('community_id', '=', communityId)
    .where('header_signature', 'in', [...signatures])
    .orderBy('header_signature')
    .orderBy('mapping_no', 'desc')
    .execute()
}

export async function insertRollColumnMapping(
  tx: Tx,
  row: Insertable<RollColumnMappingTable>,
): Promise<void> {
  await tx.insertInto('roll_column_mapping').values(row).execute()
}
