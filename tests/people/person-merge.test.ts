import { describe, expect, it } from 'vitest'
import { areaCentiM2, parseCanonical } from '#kernel'
import type { RegisteredUnit } from '#people'
import { mergeLeaf, unitsAfterMerge, unitsAfterUndo } from '../../app/people/person-merge.ts'
import { fc } from '../support/properties.ts'

const unit = (unitId: string, ...owners: string[]): RegisteredUnit => ({
  unitId,
  building: '1',
  entrance: '',
  number: unitId,
  kind: 'residence',
  areaCentiM2: areaCentiM2(9000n),
  areaSource: 'register',
  status: 'delivered',
  owners,
})
const ownersOf = (units: readonly RegisteredUnit[]) => units.map(each => [each.unitId, ...each.owners])

describe('two persons who are one', () => {
  it('own together what each owned, a unit of both once', () => {
    const units = [
      unit('U1', 'kept'),
      unit('U2', 'merged'),
      unit('U3', 'merged', 'wife'),
      unit('U4', 'kept', 'merged'),
    ]
    expect(ownersOf(unitsAfterMerge(units, { kept: 'kept', merged: 'merged' }))).toEqual([
      ['U2', 'kept'],
      ['U3', 'kept', 'wife'],
      ['U4', 'kept'],
    ])
  })

  it('are no owner less nor more for anybody else, and the merged one owns nothing', () => {
    const anyOwners = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1 })
    fc.assert(
      fc.property(fc.array(anyOwners, { maxLength: 6 }), all => {
        const units = all.map((owners, index) => unit(`U${index}`, ...owners))
        const after = unitsAfterMerge(units, { kept: 'a', merged: 'b' })
        for (const each of after) {
          const before = units.find(other => other.unitId === each.unitId)!
          const others = (owners: readonly string[]) => owners.filter(owner => owner > 'b').sort()
          expect(each.owners).not.toContain('b')
          expect(each.owners).toContain('a')
          expect(others(each.owners)).toEqual(others(before.owners))
        }
        expect(after).toHaveLength(units.filter(each => each.owners.includes('b')).length)
      }),
    )
  })

  it('become two again where nothing has happened since', () => {
    const before = new Map([
      ['U2', { recordNo: 1, owners: ['merged'] }],
      ['U3', { recordNo: 1, owners: ['merged', 'wife'] }],
    ])
    const now = [
      { ...unit('U2', 'kept'), recordNo: 2 },
      // Sold since.
      { ...unit('U3', 'buyer'), recordNo: 3 },
      { ...unit('U9', 'kept'), recordNo: 2 },
    ]
    expect(ownersOf(unitsAfterUndo(now, before))).toEqual([['U2', 'merged']])
  })

  it('stand in the log by number alone', () => {
    const leaf = parseCanonical(mergeLeaf('log', 'undo', 2, new Date('2026-07-01T01:00:00Z')))
    expect(leaf).toEqual({
      ok: true,
      value: { v: 1, t: 'people.merge', log: 'log', kind: 'undo', n: 2, at: '2026-07-01T09:00:00+08:00' },
    })
  })
})
