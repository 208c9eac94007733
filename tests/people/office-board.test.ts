import { describe, expect, it } from 'vitest'
import { addDays, civilDate } from '#kernel'
import { type HeldTerm, isInOffice, officeBoard, ROLES } from '#people'
import { fc } from '../support/properties.ts'

const term = (change: Partial<HeldTerm> = {}): HeldTerm => ({
  userId: 'u',
  displayName: '李伟',
  role: 'committee_treasurer',
  from: civilDate('2026-01-01'),
  until: null,
  isDeputy: false,
  ...change,
})
const treasurer = (terms: readonly HeldTerm[], day: string) =>
  officeBoard(terms, civilDate(day)).find(state => state.role === 'committee_treasurer')!

describe('the board of offices', () => {
  it('names every office that a community fills, also when nobody holds it', () => {
    const board = officeBoard([], civilDate('2026-07-01'))
    expect(board.map(state => state.role)).toEqual([
      'committee_chair',
      'committee_treasurer',
      'committee_member',
      'manager',
      'bookkeeper',
      'overseer',
      'residents_committee',
    ])
    expect(board.every(state => state.isVacant && state.vacantSince === null)).toBe(true)
  })

  it('says since when an office is empty, from the day after the last one’s last', () => {
    const left = term({ until: civilDate('2026-06-30') })
    expect(treasurer([left], '2026-06-30')).toMatchObject({ isVacant: false, vacantSince: null })
    expect(treasurer([left], '2026-07-01')).toMatchObject({ isVacant: true, vacantSince: '2026-07-01' })
    const earlier = term({ from: civilDate('2025-01-01'), until: civilDate('2025-06-30') })
    expect(treasurer([left, earlier], '2026-08-01').vacantSince).toBe('2026-07-01')
    expect(treasurer([left, term({ from: civilDate('2026-07-05') })], '2026-07-02')).toMatchObject({
      isVacant: true,
      coming: [{ from: '2026-07-05' }],
    })
  })

  it('leaves an office empty that a deputy stands in for, and names the deputy after the holder', () => {
    const deputy = term({ userId: 'd', isDeputy: true })
    expect(treasurer([deputy], '2026-07-01')).toMatchObject({ isVacant: true, holders: [{ userId: 'd' }] })
    const held = treasurer([deputy, term()], '2026-07-01')
    expect([held.isVacant, held.holders.map(each => each.userId)]).toEqual([false, ['u', 'd']])
  })

  it('counts no term that was ended before it began', () => {
    const never = term({ from: civilDate('2026-07-10'), until: civilDate('2026-07-09') })
    expect(treasurer([never], '2026-07-01').coming).toEqual([])
    expect(treasurer([never], '2026-08-01').vacantSince).toBeNull()
  })

  it('shows everybody who is in office, once, whatever the terms', () => {
    const day = civilDate('2026-07-01')
    const terms = fc.array(
      fc.record({
        role: fc.constantFrom(...ROLES.filter(role => role !== 'owner')),
        from: fc.integer({ min: -400, max: 400 }),
        days: fc.option(fc.integer({ min: -1, max: 400 })),
        isDeputy: fc.boolean(),
      }),
    )
    fc.assert(
      fc.property(terms, made => {
        const held = made.map((each, i) => {
          const from = addDays(day, each.from)
          const until = each.days === null ? null : addDays(from, each.days)
          return term({ ...each, userId: `u${i}`, from, until })
        })
        const shown = officeBoard(held, day).flatMap(state => state.holders.map(holder => holder.userId))
        const inOffice = held.filter(each => isInOffice(each, day)).map(each => each.userId)
        expect(shown.sort()).toEqual(inOffice.sort())
      }),
    )
  })
})
