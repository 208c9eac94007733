import { describe, expect, it } from 'vitest'
import {
  addDays,
  CALENDAR_YEARS,
  type CivilDate,
  civilDate,
  isCalendarKnown,
  isWorkingDay,
  weekdayOf,
  workingDaysAfter,
  workingDaysBetween,
} from '../../app/kernel/index.ts'
import { fc } from '../support/properties.ts'

const day = (text: string) => civilDate(text)
const anyDay = fc.integer({ min: 0, max: 365 * 8 + 2 }).map(days => addDays(day('2022-01-01'), days))

function daysOf(year: number): CivilDate[] {
  const days: CivilDate[] = []
  for (let date = day(`${year}-01-01`); date.startsWith(`${year}`); date = addDays(date, 1)) days.push(date)
  return days
}

describe('the calendar of working days', () => {
  it('knows three years and says which', () => {
    expect(CALENDAR_YEARS).toEqual([2024, 2025, 2026])
    expect(isCalendarKnown(day('2026-12-31'))).toBe(true)
    expect(isCalendarKnown(day('2027-01-01'))).toBe(false)
    expect(isCalendarKnown(day('2023-12-31'))).toBe(false)
  })

  it('names the days of the week over leap days', () => {
    expect(weekdayOf(day('2024-02-28'))).toBe(3)
    expect(weekdayOf(day('2024-02-29'))).toBe(4)
    expect(weekdayOf(day('2024-03-01'))).toBe(5)
    expect(weekdayOf(day('2026-02-28'))).toBe(6)
    expect(weekdayOf(day('2026-03-01'))).toBe(7)
    fc.assert(
      fc.property(anyDay, date => {
        expect(weekdayOf(date) % 7).toBe(new Date(`${date}T00:00:00Z`).getUTCDay())
      }),
    )
  })

  it('has the number of holidays and exchanged days that were announced', () => {
    const facts = CALENDAR_YEARS.map(year => {
      const days = daysOf(year)
      return {
        year,
        freeWeekdays: days.filter(date => weekdayOf(date) <= 5 && !isWorkingDay(date)).length,
        workedWeekends: days.filter(date => weekdayOf(date) > 5 && isWorkingDay(date)).length,
        working: days.filter(isWorkingDay).length,
      }
    })
    expect(facts).toEqual([
      { year: 2024, freeWeekdays: 19, workedWeekends: 8, working: 251 },
      { year: 2025, freeWeekdays: 18, workedWeekends: 5, working: 248 },
      { year: 2026, freeWeekdays: 19, workedWeekends: 6, working: 248 },
    ])
  })

  it('works on the exchanged Saturday before the Spring Festival of 2026 and not in it', () => {
    expect(isWorkingDay(day('2026-02-14'))).toBe(true)
    expect(isWorkingDay(day('2026-02-16'))).toBe(false)
    expect(isWorkingDay(day('2026-02-24'))).toBe(true)
    expect(isWorkingDay(day('2026-02-28'))).toBe(true)
    expect(isWorkingDay(day('2026-03-01'))).toBe(false)
  })

  it('has weekends only where no announcement is known', () => {
    expect(isWorkingDay(day('2027-10-01'))).toBe(true)
    expect(isWorkingDay(day('2027-10-02'))).toBe(false)
  })
})

describe('a term in working days', () => {
  it('jumps over the Spring Festival, and over a leap day', () => {
    expect(workingDaysAfter(day('2026-02-13'), 1).dueOn).toBe('2026-02-14')
    expect(workingDaysAfter(day('2026-02-13'), 5).dueOn).toBe('2026-02-27')
    expect(workingDaysAfter(day('2024-02-28'), 1).dueOn).toBe('2024-02-29')
    expect(workingDaysAfter(day('2024-02-28'), 3).dueOn).toBe('2024-03-04')
  })

  it('says when it runs into a year without an announcement', () => {
    expect(workingDaysAfter(day('2026-12-29'), 2)).toEqual({ dueOn: '2026-12-31', isCalendarKnown: true })
    expect(workingDaysAfter(day('2026-12-29'), 3)).toEqual({ dueOn: '2027-01-01', isCalendarKnown: false })
  })

  it('refuses a count that is no term', () => {
    for (const count of [0, -1, 1.5, Number.NaN]) {
      expect(() => workingDaysAfter(day('2026-02-13'), count)).toThrow('working days')
    }
  })

  it('ends on a working day, holds exactly its count of them, and grows with it', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 30 }), (from, count) => {
        const { dueOn } = workingDaysAfter(from, count)
        expect(isWorkingDay(dueOn)).toBe(true)
        expect(workingDaysBetween(from, dueOn)).toBe(count)
        expect(workingDaysAfter(from, count + 1).dueOn > dueOn).toBe(true)
        expect(workingDaysBetween(dueOn, from)).toBe(0)
      }),
    )
  })
})
