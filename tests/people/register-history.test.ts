import { describe, expect, it } from 'vitest'
import { areaCentiM2 } from '#kernel'
import {
  countFaults,
  historyFaults,
  type StoredConfirmation,
  type StoredRecord,
} from '../../app/people/register-history.ts'
import { fc } from '../support/properties.ts'

const confirmation = (no: number, changes: Partial<StoredConfirmation> = {}): StoredConfirmation => ({
  importId: `i${no}`,
  confirmationNo: no,
  confirmedBy: 'chair',
  confirmedAt: no * 1000,
  effectiveOn: `2026-0${no}-01`,
  unitsNew: 0,
  unitsChanged: 0,
  unitsRemoved: 0,
  ...changes,
})
const record = (recordNo: number, changes: Partial<StoredRecord> = {}): StoredRecord => ({
  unitId: 'U1',
  recordNo,
  effectiveOn: `2026-0${recordNo}-01`,
  recordedAt: recordNo * 1000,
  recordedBy: 'chair',
  importId: `i${recordNo}`,
  isRemoved: false,
  kind: 'residence',
  areaCentiM2: areaCentiM2(9000n),
  areaSource: 'register',
  status: 'delivered',
  owners: [`P${recordNo}`],
  ...changes,
})
const IMPORTS = [1, 2, 3].map(no => confirmation(no))
const faults = (records: readonly StoredRecord[]) => historyFaults(records, IMPORTS).map(each => each.fault)

describe('the history of a unit', () => {
  it('is whole when every record changes something, in order', () => {
    expect(faults([record(1), record(2), record(3)])).toEqual([])
    expect(faults([record(1), record(2, { isRemoved: true, owners: [] }), record(3)])).toEqual([])
    expect(faults([record(1, { status: 'unsold', owners: [] }), record(2)])).toEqual([])
    expect(faults([record(1), record(1, { unitId: 'U2' })])).toEqual([])
  })

  it('names each thing that is off, at the record where it is', () => {
    const off: readonly (readonly [string, StoredRecord[]])[] = [
      ['record-missing', [record(2)]],
      ['record-missing', [record(1), record(3)]],
      ['nothing-changed', [record(1), record(2, { owners: ['P1'] })]],
      ['owner-missing', [record(1, { owners: [] })]],
      ['removal-of-nothing', [record(1, { isRemoved: true, owners: [] })]],
      ['removal-of-nothing', [record(1), record(2, { isRemoved: true })]],
      ['import-disagrees', [record(1, { recordedBy: 'somebody' })]],
      ['import-disagrees', [record(1, { importId: 'none' })]],
    ]
    for (const [fault, records] of off) expect(faults(records)).toEqual([fault])
    expect(faults([record(1), record(2, { effectiveOn: '2025-12-31' })])).toEqual([
      'time-runs-back',
      'import-disagrees',
    ])
    expect(faults([record(1), record(2, { recordedAt: 1 })])).toEqual(['time-runs-back', 'import-disagrees'])
  })

  it('loses no record from the middle unnoticed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 9 }), fc.nat(), (count, where) => {
        const all = Array.from({ length: count }, (_, index) => record(index + 1))
        const gone = where % (count - 1)
        const rest = all.filter((_, index) => index !== gone)
        expect(historyFaults(rest, []).map(each => each.fault)).toContain('record-missing')
      }),
    )
  })
})

describe('an import', () => {
  const records = [
    record(1),
    record(2),
    record(1, { unitId: 'U2' }),
    record(2, { unitId: 'U2', isRemoved: true, owners: [] }),
    record(3, { unitId: 'U2' }),
  ]
  const sound = [
    confirmation(1, { unitsNew: 2 }),
    confirmation(2, { unitsChanged: 1, unitsRemoved: 1 }),
    confirmation(3, { unitsNew: 1 }),
  ]

  it('confirmed as many as there are records, a unit that came back among the new ones', () => {
    expect(countFaults(records, sound)).toEqual([])
  })

  it('is named when a record more or less is there, or its number is not its own', () => {
    expect(countFaults(records.slice(1), sound)).toEqual(['i1', 'i2'])
    expect(countFaults([...records, record(2, { unitId: 'U9' })], sound)).toEqual(['i2'])
    expect(countFaults(records, sound.slice(1))).toEqual(['i2', 'i3'])
  })
})
