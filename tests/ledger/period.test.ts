/** Months that may be posted in and closed: all states of two years against the rule said plainly. */
import { describe, expect, it } from 'vitest'
import { addDays, addMonths, civilDate, firstDayOf, lastDayOf, type Period, period } from '#kernel'
import { nextToClose } from '#ledger'
import { checkClosing, checkPostingDate } from '../../app/ledger/period.ts'

const firstPeriod = period('2024-11')
const months = Array.from({ length: 16 }, (_, i) => addMonths(period('2024-09'), i))
const states = [null, ...Array.from({ length: 12 }, (_, i) => addMonths(firstPeriod, i))].map(lastClosed => ({
  firstPeriod,
  lastClosed,
}))

it('a voucher is dated in a month that has begun with the ledger and is not closed, exhausted', () => {
  for (const state of states) {
    for (const month of months) {
      for (const day of [firstDayOf(month), lastDayOf(month)]) {
        const may = month >= firstPeriod && (state.lastClosed === null || month > state.lastClosed)
        expect(checkPostingDate(state, day)).toEqual(
          may
            ? { ok: true, value: month }
            : {
                ok: false,
                error:
                  month < firstPeriod
                    ? { code: 'period-not-started', firstPeriod }
                    : { code: 'period-closed', period: month },
              },
        )
      }
    }
  }
})

describe('closing', () => {
  it('goes month by month, never twice, never before the month is over, exhausted', () => {
    for (const state of states) {
      for (const month of months) {
        for (const today of [lastDayOf(month), addDays(lastDayOf(month), 1)]) {
          const checked = checkClosing(state, month, today)
          expect(checked.ok).toBe(month === nextToClose(state) && today > lastDayOf(month))
        }
      }
    }
  })

  it('says why not', () => {
    const state = { firstPeriod, lastClosed: period('2024-12') }
    const code = (month: Period, today: string) => checkClosing(state, month, civilDate(today))
    expect(code(period('2024-12'), '2025-03-01')).toEqual({
      ok: false,
      error: { code: 'period-closed', period: '2024-12' },
    })
    expect(code(period('2025-02'), '2025-03-01')).toEqual({
      ok: false,
      error: { code: 'period-before-open', open: '2025-01' },
    })
    expect(code(period('2025-01'), '2025-01-31')).toEqual({
      ok: false,
      error: { code: 'period-not-over', period: '2025-01' },
    })
    expect(code(period('2025-01'), '2025-02-01')).toEqual({ ok: true, value: null })
  })

  it('begins with the first month', () => {
    expect(nextToClose({ firstPeriod, lastClosed: null })).toBe(firstPeriod)
    expect(nextToClose({ firstPeriod, lastClosed: period('2024-12') })).toBe('2025-01')
  })
})
