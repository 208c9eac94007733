/**
 * The columns that two people agreed on for a bank account's files with one header: kept version by version, found again for
 * the next file, and what a decision about them does to the file that waits for it.
 */
import type { Tx } from '#db'
import {
  type ControlChangeRow,
  insertColumnMappingVersion,
  listColumnMappings,
  lockBankImport,
  updateBankImport,
} from '#db/ledger'
import { assert, type CanonicalValue, canonicalText, type dateOf } from '#kernel'
import { decodeReading } from './bank-import.ts'
import { type ColumnMapping, headerSignature } from './bank-statement/column-mapping.ts'
import { applyColumnMapping } from './bank-statement/judge-statement.ts'
import type { BankStatementReading } from './bank-statement/read-bank-statement.server.ts'
import { decodeControlChange } from './control-change.ts'

const SIGNATURE_ROWS = 60

/** A mapping as it is stored: canonical text, the same for the same columns. */
export function mappingText(mapping: ColumnMapping): string {
  return canonicalText(mapping as unknown as CanonicalValue)
}

/** A file read under columns that were agreed before; null when none were for one of its header rows. */
export async function readByAgreedColumns(
  tx: Tx,
  communityId: number,
  account: string,
  reading: BankStatementReading,
  asOf: ReturnType<typeof dateOf>,
): Promise<{
  readonly reading: BankStatementReading
  readonly text: string
  readonly changeId: string
} | null> {
  const { table } = reading
  const isUnknown = reading.problems.some(problem => problem.code === 'layout-unknown')
  if (table === null || !isUnknown) return null
  const signatures = table.rows.slice(0, SIGNATURE_ROWS).map((_, row) => headerSignature(table, row))
  for (const agreed of await listColumnMappings(tx, communityId, account, signatures)) {
    const mapping = JSON.parse(agreed.mapping) as ColumnMapping
    const judged = applyColumnMapping(table, mapping, { asOf, signature: agreed.header_signature })
    if (judged.ok)
      return { reading: { ...reading, ...judged.value }, text: agreed.mapping, changeId: agreed.change_id }
  }
  return null
}

/**
 * What a decision about a file's columns does, within the decision's transaction: confirmed, they are the next version for
 * that account and header, and the file may be confirmed by whoever uploaded it; otherwise they are chosen anew.
 */
export async function settleColumnMapping(
  tx: Tx,
  communityId: number,
  row: ControlChangeRow,
  decision: 'confirmed' | 'refused' | 'withdrawn',
): Promise<void> {
  const change = decodeControlChange(row.content)
  if (change.kind !== 'map-columns') return
  const { importId, bankAccount, signature, mapping } = change.file
  const waiting = await lockBankImport(tx, communityId, importId)
  const waits = waiting?.state === 'waiting' && waiting.mapping_change === row.change_id
  assert(waits && waiting.reading !== null, `the import ${importId} does not wait for its columns`)
  if (decision !== 'confirmed') {
    await updateBankImport(tx, communityId, importId, { state: 'unknown', column_mapping: null })
    return
  }
  if (signature !== null) {
    const [newest] = await listColumnMappings(tx, communityId, bankAccount, [signature])
    await insertColumnMappingVersion(tx, {
      community_id: communityId,
      account_code: bankAccount,
      header_signature: signature,
      version: (newest?.version ?? 0) + 1,
      change_id: row.change_id,
      mapping: mappingText(mapping),
    })
  }
  const state = decodeReading(waiting.reading).outcome === 'hold' ? 'held' : 'ready'
  await updateBankImport(tx, communityId, importId, { state })
}
