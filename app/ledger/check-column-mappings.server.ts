/** The re-deriver's part for the columns of bank files: every version was agreed by two people, and no line was stored by others. */
import type { Tx } from '#db'
import { listColumnMappingVersions, listConfirmedChanges, listMappedImports } from '#db/ledger'
import { readEntries } from '#db/tlog'
import { parseCanonical } from '#kernel'
import { mappingText } from './column-mapping-version.server.ts'
import { decodeControlChange } from './control-change.ts'
import type { MappedFile } from './mapped-file.ts'

/** Where findings go: what holds, under which name, about what, and what was found. */
interface Expecting {
  expect(holds: boolean, invariant: 'columns-by-two', reference: string, found: string): void
}

interface Agreed {
  readonly file: MappedFile
  readonly leafIndex: bigint
}

/** Every version is the next one of its account and header, with the columns its change says; and no agreed header is without one. */
function checkVersions(
  versions: Awaited<ReturnType<typeof listColumnMappingVersions>>,
  agreed: ReadonlyMap<string, Agreed>,
  findings: Expecting,
): void {
  const newest = new Map<string, { readonly version: number; readonly leafIndex: bigint }>()
  for (const row of versions) {
    const key = `${row.account_code} ${row.header_signature}`
    const before = newest.get(key) ?? { version: 0, leafIndex: -1n }
    const change = agreed.get(row.change_id)
    const isItsOwn =
      change !== undefined &&
      change.file.bankAccount === row.account_code &&
      change.file.signature === row.header_signature &&
      mappingText(change.file.mapping) === row.mapping
    const isNext = isItsOwn && row.version === before.version + 1 && change.leafIndex > before.leafIndex
    findings.expect(isNext, 'columns-by-two', row.change_id, `${key} ${row.version}`)
    newest.set(key, { version: row.version, leafIndex: change?.leafIndex ?? before.leafIndex })
  }
  const kept = new Set(versions.map(row => row.change_id))
  for (const [changeId, { file }] of agreed)
    findings.expect(file.signature === null || kept.has(changeId), 'columns-by-two', changeId, 'no version')
}

/** Checks that lines read by chosen columns were read by ones that two people had agreed to before, and that their leaf says so. */
export async function checkColumnMappings(tx: Tx, communityId: number, findings: Expecting): Promise<void> {
  const agreed = new Map<string, Agreed>()
  for (const row of await listConfirmedChanges(tx, communityId, ['map-columns'])) {
    const change = decodeControlChange(row.content)
    if (change.kind === 'map-columns')
      agreed.set(row.change_id, { file: change.file, leafIndex: row.leaf_index! })
  }
  checkVersions(await listColumnMappingVersions(tx, communityId), agreed, findings)
  for (const row of await listMappedImports(tx, communityId)) {
    const change = agreed.get(row.mapping_change!)
    const [entry] = await readEntries(tx, communityId, Number(row.leaf_index), 1)
    const leaf = entry === undefined ? null : parseCanonical(entry.entry)
    const named = leaf?.ok ? (leaf.value as { import?: string; mapping?: string }) : {}
    const isAgreed =
      change !== undefined &&
      change.leafIndex < row.leaf_index &&
      change.file.bankAccount === row.account_code &&
      (change.file.signature !== null || change.file.importId === row.import_id) &&
      mappingText(change.file.mapping) === row.column_mapping
    const isNamed = named.import === row.import_id && named.mapping === row.mapping_change
    findings.expect(isAgreed && isNamed, 'columns-by-two', row.import_id, String(row.leaf_index))
  }
}
