/**
 * What the history of a unit must be: records in order that each change something, owners on every day on which a delivered unit is
 * there, and each record what its import confirmed. Pure; names what is off, by unit or by import.
 */
import type { UnitFacts } from './register.ts'

/** A record as it is stored. */
export interface StoredRecord extends UnitFacts {
  readonly unitId: string
  readonly recordNo: number
  readonly effectiveOn: string
  readonly recordedAt: number
  readonly recordedBy: string
  readonly importId: string
  readonly isRemoved: boolean
}

/** What was confirmed with an import. */
export interface StoredConfirmation {
  readonly importId: string
  readonly confirmationNo: number
  readonly confirmedBy: string
  readonly confirmedAt: number
  readonly effectiveOn: string
  readonly unitsNew: number
  readonly unitsChanged: number
  readonly unitsRemoved: number
}

export type HistoryFault =
  /** Numbers that do not count 1, 2, 3: a record is missing. */
  | 'record-missing'
  /** A later record of an earlier day or hour: two owners' times would overlap. */
  | 'time-runs-back'
  /** A record that changes nothing: one of the two is not what was recorded. */
  | 'nothing-changed'
  /** A delivered unit without an owner: a gap. */
  | 'owner-missing'
  /** A removal of what was not there, or one with owners. */
  | 'removal-of-nothing'
  /** Day, hour or hand of a record are not those of its import. */
  | 'import-disagrees'

function isSameAs(a: StoredRecord, b: StoredRecord): boolean {
  return (
    a.isRemoved === b.isRemoved &&
    a.kind === b.kind &&
    a.areaCentiM2 === b.areaCentiM2 &&
    a.areaSource === b.areaSource &&
    a.status === b.status &&
    a.owners.join(' ') === b.owners.join(' ')
  )
}

function faultsOf(
  record: StoredRecord,
  before: StoredRecord | undefined,
  confirmation: StoredConfirmation | undefined,
): HistoryFault[] {
  const faults: HistoryFault[] = []
  if (record.recordNo !== (before?.recordNo ?? 0) + 1) faults.push('record-missing')
  if (before !== undefined) {
    const runsBack = record.effectiveOn < before.effectiveOn || record.recordedAt < before.recordedAt
    if (runsBack) faults.push('time-runs-back')
    if (isSameAs(record, before)) faults.push('nothing-changed')
  }
  if (record.isRemoved) {
    const wasThere = before !== undefined && !before.isRemoved
    if (!wasThere || record.owners.length > 0) faults.push('removal-of-nothing')
  } else if (record.status === 'delivered' && record.owners.length === 0) {
    faults.push('owner-missing')
  }
  const isConfirmed =
    confirmation?.effectiveOn === record.effectiveOn &&
    confirmation.confirmedAt === record.recordedAt &&
    confirmation.confirmedBy === record.recordedBy
  if (!isConfirmed) faults.push('import-disagrees')
  return faults
}

/** What is off in the histories; `records` in order of unit and number. */
export function historyFaults(
  records: readonly StoredRecord[],
  confirmations: readonly StoredConfirmation[],
): readonly { readonly unitId: string; readonly recordNo: number; readonly fault: HistoryFault }[] {
  const byImport = new Map(confirmations.map(each => [each.importId, each]))
  return records.flatMap((record, at) => {
    const last = records[at - 1]
    const before = last?.unitId === record.unitId ? last : undefined
    return faultsOf(record, before, byImport.get(record.importId)).map(fault => ({
      unitId: record.unitId,
      recordNo: record.recordNo,
      fault,
    }))
  })
}

/** The imports whose confirmed numbers of new, changed and removed units are not those of their records, or that are not in order. */
export function countFaults(
  records: readonly StoredRecord[],
  confirmations: readonly StoredConfirmation[],
): readonly string[] {
  const counts = new Map(confirmations.map(each => [each.importId, { isNew: 0, changed: 0, removed: 0 }]))
  for (const [at, record] of records.entries()) {
    const count = counts.get(record.importId)
    if (count === undefined) continue
    const last = records[at - 1]
    const before = last?.unitId === record.unitId ? last : undefined
    if (record.isRemoved) count.removed += 1
    else if (before === undefined || before.isRemoved) count.isNew += 1
    else count.changed += 1
  }
  return confirmations.flatMap((each, at) => {
    const count = counts.get(each.importId)!
    const isSound =
      each.confirmationNo === at + 1 &&
      count.isNew === each.unitsNew &&
      count.changed === each.unitsChanged &&
      count.removed === each.unitsRemoved
    return isSound ? [] : [each.importId]
  })
}
