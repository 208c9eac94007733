/**
 * The re-deriver of the owners' register: the history of every unit, every import against its records, what is sealed about persons,
 * and the codes by which accounts were bound. Reads only; gives out ids, never a name.
 */
import {
  listConfirmations,
  listMerges,
  listMisusedCodes,
  listNameless,
  listUncodedBindings,
  listWholeRecords,
  type PersonPrivateRow,
  readPersonPrivates,
} from '#db/people'
import { readEntries } from '#db/tlog'
import { areaCentiM2, equalBytes } from '#kernel'
import type { Portal, Sealer } from '#platform'
import { openPerson } from './person.server.ts'
import { mergeLeaf } from './person-merge.ts'
import { type Matcher, openMatcher, openPersonSealer } from './person-seal.server.ts'
import { countFaults, historyFaults, type StoredConfirmation, type StoredRecord } from './register-history.ts'

/** What must hold of the register; a finding names one of these. */
export const REGISTER_INVARIANTS = [
  'unit-history-whole',
  'import-matches-records',
  'person-data-opens',
  'person-data-there',
  'binding-by-code',
  'code-used-in-time',
  'merge-matches-log',
] as const

/** One thing that is off. */
export interface RegisterFinding {
  readonly invariant: (typeof REGISTER_INVARIANTS)[number]
  readonly reference: string
  readonly found: string
}

async function checkHistories(portal: Portal, communityId: number): Promise<RegisterFinding[]> {
  const records = (await listWholeRecords(portal.db, communityId)).map(
    (row): StoredRecord => ({
      unitId: row.unit_id,
      recordNo: row.record_no,
      effectiveOn: row.effective_on,
      recordedAt: row.recorded_at.getTime(),
      recordedBy: row.recorded_by,
      importId: row.import_id,
      isRemoved: row.is_removed,
      kind: row.kind,
      areaCentiM2: areaCentiM2(row.area_centi_m2),
      areaSource: row.area_source,
      status: row.status,
      owners: row.owners,
    }),
  )
  const confirmations = (await listConfirmations(portal.db, communityId)).map(
    (row): StoredConfirmation => ({
      importId: row.import_id,
      confirmationNo: row.confirmation_no,
      confirmedBy: row.confirmed_by,
      confirmedAt: row.confirmed_at.getTime(),
      effectiveOn: row.effective_on,
      unitsNew: row.units_new,
      unitsChanged: row.units_changed,
      unitsRemoved: row.units_removed,
    }),
  )
  return [
    ...historyFaults(records, confirmations).map(({ unitId, recordNo, fault }) => ({
      invariant: 'unit-history-whole' as const,
      reference: `${unitId} record ${recordNo}`,
      found: fault,
    })),
    ...countFaults(records, confirmations).map(reference => ({
      invariant: 'import-matches-records' as const,
      reference,
      found: 'other numbers',
    })),
  ]
}

/** What is wrong with what is sealed about a person; null when it opens, and is found again by its keyed digests. */
function sealedFault(sealer: Sealer, matcher: Matcher, row: PersonPrivateRow): string | null {
  let name: string
  let phone: string | null
  try {
    const secret = openPerson(sealer, row)
    name = secret.name
    phone = secret.phone
  } catch {
    return 'does not open'
  }
  if (!equalBytes(row.name_hash, matcher('name', name))) return 'another name'
  const phoneHash = phone === null ? null : matcher('phone', phone)
  const isPhone =
    phoneHash === null
      ? row.phone_hash === null
      : row.phone_hash !== null && equalBytes(row.phone_hash, phoneHash)
  if (!isPhone) return 'another phone'
  return (row.identity_hash === null) === (row.identity_last4 === null) ? null : 'half an identity number'
}

/** Merges and undos whose number or leaf is not theirs, or that one person decided alone. */
async function checkMerges(portal: Portal, communityId: number, logOrigin: string): Promise<string[]> {
  const done = (await listMerges(portal.db, communityId)).filter(row => row.decision === 'confirmed')
  const faults: string[] = []
  for (const [at, row] of done.toSorted((a, b) => (a.merge_no ?? 0) - (b.merge_no ?? 0)).entries()) {
    const [entry] = await readEntries(portal.db, communityId, Number(row.leaf_index), 1)
    const leaf = mergeLeaf(logOrigin, row.kind, at + 1, row.decided_at ?? row.proposed_at)
    const isSound =
      row.merge_no === at + 1 &&
      row.decided_by !== row.proposed_by &&
      entry !== undefined &&
      equalBytes(entry.entry, leaf)
    if (!isSound) faults.push(row.merge_id)
  }
  return faults
}

/** Checks the register of a community. */
export async function checkRegister(
  portal: Portal,
  { communityId, logOrigin }: { readonly communityId: number; readonly logOrigin: string },
): Promise<readonly RegisterFinding[]> {
  const findings = await checkHistories(portal, communityId)
  const note = (invariant: RegisterFinding['invariant'], references: readonly string[], found: string) => {
    for (const reference of references) findings.push({ invariant, reference, found })
  }
  const privates = await readPersonPrivates(portal.db, communityId, 'all')
  if (privates.length > 0) {
    const sealer = await openPersonSealer(portal)
    const matcher = await openMatcher(portal, communityId)
    for (const row of privates) {
      const fault = sealedFault(sealer, matcher, row)
      if (fault !== null) note('person-data-opens', [row.person_id], fault)
    }
  }
  note('person-data-there', await listNameless(portal.db, communityId), 'nothing, and no erasure')
  note('binding-by-code', await listUncodedBindings(portal.db, communityId), 'no accepted code')
  note('code-used-in-time', await listMisusedCodes(portal.db, communityId), 'used at another time')
  note('merge-matches-log', await checkMerges(portal, communityId, logOrigin), 'another leaf or hand')
  return findings
}
