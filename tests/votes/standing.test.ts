/** Turnout without a look at choices: what stands, and cells that never tell of one or two owners. */
import { describe, expect, it } from 'vitest'
import { type Cell, crowdOf, mergeNarrowCells, standingUnits } from '../../app/votes/standing.ts'
import { fc } from '../support/properties.ts'

const row = (seq: number, unit_id: string, withdraws = false) => ({
  seq,
  unit_id,
  channel: 'online' as const,
  withdraws,
})
const member = (name: string, index: number, head = index) => ({
  unit_id: `${name}-${index}`,
  building: name,
  area: 100n + BigInt(index),
  head_no: head,
})

describe('a standing ballot', () => {
  it('is the latest of its unit that no later withdrawal took back', () => {
    const ballots = [row(1, 'A'), row(2, 'B'), row(3, 'A'), row(4, 'B', true), row(5, 'C', true)]
    expect([...standingUnits(ballots)]).toEqual([['A', row(3, 'A')]])
    expect([...standingUnits([...ballots, row(6, 'B')]).keys()]).toEqual(['A', 'B'])
  })
})

describe('cells', () => {
  const cell = (name: string, size: number, came: number): Cell => {
    const members = Array.from({ length: size }, (_, i) => member(name, i))
    return { names: [name], members, received: members.slice(0, came) }
  }
  const isNarrow = ({ members, received }: Cell) =>
    [received.length, members.length - received.length].some(count => count === 1 || count === 2)

  it('are left alone while they are wide', () => {
    const cells = [cell('1', 6, 3), cell('2', 4, 0), cell('3', 3, 3)]
    expect(mergeNarrowCells(cells)).toEqual(cells)
  })

  it('are merged with each other, then with the smallest, until they are wide', () => {
    const [wide, merged] = mergeNarrowCells([cell('1', 40, 20), cell('2', 9, 4), cell('3', 5, 1)])
    expect([wide!.names, merged!.names]).toEqual([['1'], ['2', '3']])
  })

  it('count one owner of many units once', () => {
    const members = [0, 1, 2, 3].map(i => member('1', i, 7))
    expect(crowdOf(members)).toEqual({ area: 406n, heads: 1n })
    expect(mergeNarrowCells([{ names: ['1'], members, received: members }, cell('2', 9, 4)])).toHaveLength(1)
  })

  it('lose and double nobody, and none stays narrow beside another', () => {
    const sizes = fc.array(fc.tuple(fc.nat(8), fc.nat(8)), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(sizes, pairs => {
        const cells = pairs.map(([size, came], i) => cell(`b${i}`, size, Math.min(came, size)))
        const merged = mergeNarrowCells(cells)
        const units = (each: readonly Cell[]) =>
          each.flatMap(one => one.members.map(unit => unit.unit_id)).sort()
        expect(units(merged)).toEqual(units(cells))
        if (merged.length > 1) expect(merged.some(isNarrow)).toBe(false)
      }),
    )
  })
})
