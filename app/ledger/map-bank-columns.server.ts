/**
 * Reads a bank file of an unknown layout in two keys: whoever uploaded it says what each column is and looks at what comes
 * out; only when the other side has agreed to it can its lines be confirmed, and the next file of that header is read alike.
 */
import { lockBankImport, updateBankImport } from '#db/ledger'
import { dateOf, err, ok, type Result } from '#kernel'
import { type Actor, can } from '#people'
import type { Portal } from '#platform'
import { decodeReading } from './bank-import.ts'
import { type ColumnMapping, checkColumnMapping } from './bank-statement/column-mapping.ts'
import { readBankStatementFile } from './bank-statement/read-bank-statement.server.ts'
import { type ControlRefusal, enterControlChange } from './change-controls.server.ts'
import { mappingText } from './column-mapping-version.server.ts'
import { enqueueReading, type ImportRefusal } from './import-bank-statement.server.ts'
import { mappedFile } from './mapped-file.ts'
import type { LedgerCommunity } from './read-chart.server.ts'

/**
 * Has a file of an unknown layout read under columns that a person chose, for a preview; nothing of it can be stored before
 * `proposeColumnMapping` and the other side's consent. Needs `bank-statement:import`.
 */
export async function mapBankImport(
  portal: Portal,
  actor: Actor,
  community: LedgerCommunity,
  importId: string,
  mapping: ColumnMapping,
): Promise<Result<null, ImportRefusal>> {
  const { communityId } = community
  if (!can(actor, 'bank-statement:import', communityId)) return err({ code: 'not-permitted' })
  return portal.db.transaction().execute(async tx => {
    const row = await lockBankImport(tx, communityId, importId)
    if (row === undefined) return err({ code: 'import-unknown' })
    if (row.state !== 'unknown') return err({ code: 'import-not-ready', state: row.state })
    const bytes = await portal.objects.read(row.file_sha256)
    const { table } =
      bytes === null
        ? { table: null }
        : await readBankStatementFile({ name: row.file_name, bytes, asOf: dateOf(row.uploaded_at) })
    if (table === null) return err({ code: 'import-unknown' })
    const checked = checkColumnMapping(table, mapping)
    if (!checked.ok) return checked
    const column_mapping = mappingText(checked.value)
    await updateBankImport(tx, communityId, importId, { state: 'reading', column_mapping })
    // A key of its own each time: the same mapping may be tried again after another one.
    await enqueueReading(portal, tx, communityId, actor, importId, portal.random.id())
    return ok(null)
  })
}

/** Asks the other side to agree to the columns as previewed. Gives the change's id. Needs `bank-statement:import`. */
export async function proposeColumnMapping(
  portal: Portal,
  actor: Actor,
  community: LedgerCommunity,
  input: { readonly importId: string; readonly reason: string },
): Promise<Result<string, Extract<ImportRefusal, { code: `import-${string}` }> | ControlRefusal>> {
  const { communityId } = community
  if (!can(actor, 'bank-statement:import', communityId)) return err({ code: 'not-permitted' })
  return portal.db.transaction().execute(async tx => {
    const row = await lockBankImport(tx, communityId, input.importId)
    if (row === undefined) return err({ code: 'import-unknown' } as const)
    if (row.state !== 'mapped' || row.reading === null || row.column_mapping === null)
      return err({ code: 'import-not-ready', state: row.state } as const)
    const imported = {
      importId: row.import_id,
      bankAccount: row.account_code,
      fileSha256: row.file_sha256,
    }
    const mapping = JSON.parse(row.column_mapping) as ColumnMapping
    const entered = await enterControlChange(portal, tx, actor, community, {
      kind: 'map-columns',
      reason: input.reason,
      file: mappedFile(imported, mapping, decodeReading(row.reading)),
    })
    if (!entered.ok) return entered
    await updateBankImport(tx, communityId, row.import_id, {
      state: 'waiting',
      mapping_change: entered.value,
    })
    return entered
  })
}

/**
 * Opens the columns of a file again that was read by chosen ones, before its lines are stored: the preview showed that they
 * are wrong. What was agreed before stays as it is until another version is. Needs `bank-statement:import`.
 */
export async function remapBankImport(
  portal: Portal,
  actor: Actor,
  community: LedgerCommunity,
  importId: string,
): Promise<Result<null, ImportRefusal>> {
  const { communityId } = community
  if (!can(actor, 'bank-statement:import', communityId)) return err({ code: 'not-permitted' })
  return portal.db.transaction().execute(async tx => {
    const row = await lockBankImport(tx, communityId, importId)
    if (row === undefined) return err({ code: 'import-unknown' })
    const isOpen = ['mapped', 'ready', 'held'].includes(row.state) && row.column_mapping !== null
    if (!isOpen) return err({ code: 'import-not-ready', state: row.state })
    await updateBankImport(tx, communityId, importId, { state: 'unknown', column_mapping: null })
    return ok(null)
  })
}
