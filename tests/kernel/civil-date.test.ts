/** Days and months in Asia/Shanghai: every day from 1990 to 2199 by an independent count, and what is not a day. */
import { describe, expect, it } from 'vitest'
import {
  addDays,
  addMonths,
  type CivilDate,
  civilDate,
  dateOf,
  daysBetween,
  firstDayOf,
  fiscalYearOf,
  formatInstant,
  instantOf,
  lastDayOf,
  parseCivilDate,
  parsePeriod,
  period,
  periodOf,
} from '#kernel'
import { fc } from '../support/properties.ts'

/** Written anew, without `Date`: leap years by their rule, months by their lengths. */
const isLeap = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
const lengthOf = (year: number, month: number) =>
  month === 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31
const two = (n: number) => String(n).padStart(2, '0')

function* everyDay(): Generator<{ text: string; last: boolean }> {
  for (let year = 1990; year < 2200; year++)
    for (let month = 1; month <= 12; month++)
      for (let day = 1; day <= lengthOf(year, month); day++)
        yield { text: `${year}-${two(month)}-${two(day)}`, last: day === lengthOf(year, month) }
}

describe('every day from 1990 to 2199', () => {
  it('parses, follows the day before, and comes back from its own instants', () => {
    let count = 0
    let before: CivilDate | null = null
    for (const { text, last } of everyDay()) {
      const day = civilDate(text)
      if (before !== null && (addDays(before, 1) !== day || addDays(day, -1) !== before))
        throw new Error(text)
      if (daysBetween(civilDate('1990-01-01'), day) !== count) throw new Error(text)
      if (dateOf(instantOf(day)) !== day || dateOf(instantOf(day, 86_399)) !== day) throw new Error(text)
      if ((lastDayOf(periodOf(day)) === day) !== last) throw new Error(text)
      if (last && dateOf(instantOf(day, 86_400)) === day) throw new Error(text)
      before = day
      count++
    }
    expect(count).toBe(76_701)
  })

  it('refuses every day that the calendar does not have', () => {
    for (let year = 1990; year < 2200; year++) {
      for (let month = 1; month <= 12; month++) {
        for (let day = lengthOf(year, month) + 1; day <= 32; day++) {
          if (parseCivilDate(`${year}-${two(month)}-${two(day)}`).ok)
            throw new Error(`${year}-${month}-${day}`)
        }
      }
    }
    expect(parseCivilDate('2023-02-29').ok).toBe(false)
    expect(parseCivilDate('2024-02-29').ok).toBe(true)
    expect(parseCivilDate('2100-02-29').ok).toBe(false)
    expect(parseCivilDate('2000-02-29').ok).toBe(true)
  })
})

it.each([
  '',
  '1989-12-31',
  '2200-01-01',
  '2025-1-02',
  '2025-01-2',
  '2025/01/02',
  '2025-01-02 ',
  ' 2025-01-02',
  '2025-01-02T00:00',
  '２０２５-01-02',
  '2025-00-10',
  '2025-13-10',
  '2025-01-00',
  '0025-01-02',
  '+02025-01-02',
])('%j is no day, and asserting that it is one throws', text => {
  expect(parseCivilDate(text)).toEqual({ ok: false, error: 'date-malformed' })
  expect(() => civilDate(text)).toThrow('invariant broken')
})

it.each(['', '2025', '2025-1', '2025-00', '2025-13', '1989-12', '2200-01', '2025-01-01', '2025-01 '])(
  '%j is no month',
  text => {
    expect(parsePeriod(text)).toEqual({ ok: false, error: 'period-malformed' })
    expect(() => period(text)).toThrow('invariant broken')
  },
)

describe('months', () => {
  const months = Array.from({ length: 210 * 12 }, (_, i) =>
    period(`${1990 + Math.floor(i / 12)}-${two((i % 12) + 1)}`),
  )

  it('step forward and back through all of them, exhausted', () => {
    months.slice(1).forEach((month, index) => {
      if (addMonths(months[index]!, 1) !== month || addMonths(month, -1) !== months[index])
        throw new Error(month)
    })
    expect(addMonths(months[0]!, months.length - 1)).toBe('2199-12')
    expect(lastDayOf(period('2199-12'))).toBe('2199-12-31')
  })

  it('add up: there and back is where one started', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...months),
        fc.integer({ min: -600, max: 600 }),
        fc.integer({ min: -600, max: 600 }),
        (m, a, b) => {
          expect(addMonths(addMonths(m, a), b)).toBe(addMonths(m, a + b))
          expect(addMonths(addMonths(m, a), -a)).toBe(m)
        },
      ),
    )
  })

  it('begin on the first, end on the last, and lie in their year', () => {
    expect([firstDayOf(period('2024-02')), lastDayOf(period('2024-02'))]).toEqual([
      '2024-02-01',
      '2024-02-29',
    ])
    expect(lastDayOf(period('2025-02'))).toBe('2025-02-28')
    expect(fiscalYearOf(period('2025-12'))).toBe(2025)
  })
})

describe('instants', () => {
  it('fall on the day in Shanghai, not in Greenwich', () => {
    expect(dateOf(new Date('2025-06-30T15:59:59.999Z'))).toBe('2025-06-30')
    expect(dateOf(new Date('2025-06-30T16:00:00Z'))).toBe('2025-07-01')
    expect(instantOf(civilDate('2025-07-01')).toISOString()).toBe('2025-06-30T16:00:00.000Z')
    expect(instantOf(civilDate('2025-07-01'), 3661).toISOString()).toBe('2025-06-30T17:01:01.000Z')
  })

  it('are written with their offset and mean the same instant', () => {
    expect(formatInstant(new Date('2025-06-30T16:00:00Z'))).toBe('2025-07-01T00:00:00+08:00')
    fc.assert(
      fc.property(fc.integer({ min: 631_152_000, max: 7_258_118_399 }), seconds => {
        expect(Date.parse(formatInstant(new Date(seconds * 1000)))).toBe(seconds * 1000)
      }),
    )
  })
})
