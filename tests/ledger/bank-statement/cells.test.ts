/** One cell at a time: dates, times, amounts; the forms that are read and the forms that are refused. */
import { describe, expect, it } from 'vitest'
import { fen, formatYuan } from '#kernel'
import {
  parseAmountCell,
  parseDateCell,
  parseTimeCell,
} from '../../../app/ledger/bank-statement/cell-values.ts'
import { isSameAccount } from '../../../app/ledger/bank-statement/judge-statement.ts'
import { fc } from '../../support/properties.ts'

const dateOf = (text: string, habits = {}) => {
  const read = parseDateCell(text, habits)
  return read.ok ? [read.value.date, read.value.time].join(' ').trim() : read.error
}

describe('dates', () => {
  it.each([
    ['20250305', '2025-03-05'],
    ['2025-03-05', '2025-03-05'],
    ['2025-3-5', '2025-03-05'],
    ['2025/3/5', '2025-03-05'],
    ['2025.03.05', '2025-03-05'],
    ['２０２５-０３-０６', '2025-03-06'],
    ['2025年3月8日', '2025-03-08'],
    ['="20250305"', '2025-03-05'],
    ['2025-03-05\t', '2025-03-05'],
    ['20250101 15:04:14', '2025-01-01 15:04:14'],
    ['2025/12/03  14:06:51', '2025-12-03 14:06:51'],
    ['2026/03/01 10:00', '2026-03-01 10:00:00'],
    ['2025-01-02T08:44:38', '2025-01-02 08:44:38'],
    ['2025-01-02-08.44.38.000000', '2025-01-02 08:44:38'],
    ['20250102084438', '2025-01-02 08:44:38'],
    ['', 'date-missing'],
    ['--', 'date-missing'],
    ['2025-02-30', 'date-malformed'],
    ['20251301', 'date-malformed'],
    ['0001-01-01', 'date-malformed'],
    ['2025-03-05 25:00:00', 'date-malformed'],
    ['昨天', 'date-malformed'],
    ['45718', 'date-serial'],
    ['45718.5', 'date-serial'],
    ['3/8/25', 'date-ambiguous'],
    ['08/03/2025', 'date-ambiguous'],
    ['12/29', 'date-ambiguous'],
  ])('%s: %s', (text, expected) => {
    expect(dateOf(text)).toBe(expected)
  })

  it('day first and missing years only where the layout says so', () => {
    expect(dateOf('08/03/2025', { dayFirst: true })).toBe('2025-03-08')
    expect(dateOf('12/29', { statementMonth: '2024-01' })).toBe('2023-12-29')
    expect(dateOf('01/03', { statementMonth: '2024-01' })).toBe('2024-01-03')
    expect(dateOf('02/30', { statementMonth: '2024-03' })).toBe('date-malformed')
  })
})

describe('times', () => {
  it.each([
    ['11:47:00', '11:47:00'],
    ['9:30', '09:30:00'],
    ['084351', '08:43:51'],
    ['84351', '08:43:51'],
    ['2025-01-02 08:44:38', '08:44:38'],
    ['', null],
    ['--', null],
  ])('%s', (text, expected) => {
    expect(parseTimeCell(text)).toEqual({ ok: true, value: expected })
  })
  it.each(['24:00:00', '12:60', '上午', '1234567'])('%s is refused', text => {
    expect(parseTimeCell(text)).toEqual({ ok: false, error: 'time-malformed' })
  })
})

describe('amounts', () => {
  const amountOf = (text: string) => {
    const read = parseAmountCell(text)
    if (!read.ok) return read.error
    return typeof read.value === 'object' ? read.value.fen : read.value
  }
  it.each([
    ['1,234.56', 123_456n],
    ['+413.10', 41_310n],
    ['-50', -5_000n],
    ['−50.00', -5_000n],
    ['－50.00', -5_000n],
    ['¥1,108.88', 110_888n],
    ['￥50.0', 5_000n],
    ['CNY13.50', 1_350n],
    ['CNY 123.18', 12_318n],
    ['人民币 5.00', 500n],
    ['(12.30)', -1_230n],
    ['12.30-', -1_230n],
    ['131.77(已退款89.84)', 13_177n],
    ['1786.800', 178_680n],
    ['0.04000', 4n],
    ['`6.00', 600n],
    ['', 'blank'],
    ['--', 'blank'],
    ['-', 'blank'],
    ['/', 'blank'],
    ['xx,yyyy.zz', 'masked'],
    ['****', 'masked'],
    ['3480.305', 'amount-sub-fen'],
    ['1,23.45', 'amount-malformed'],
    ['1.234,56', 'amount-malformed'],
    ['1250,50', 'amount-malformed'],
    ['1e5', 'amount-malformed'],
    ['=1+1', 'amount-malformed'],
    ['12 345 678 901 234 567 890', 'amount-too-large'],
  ] as const)('%s', (text, expected) => {
    expect(amountOf(text)).toBe(expected)
  })

  it('every printed amount is read back', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), amount => {
        expect(amountOf(formatYuan(fen(amount)))).toBe(amount)
      }),
    )
  })
})

describe('account numbers', () => {
  it.each([
    ['4402 0100 0920 0123 456', '4402010009200123456', true],
    ['4402********3456', '4402010009200123456', true],
    ['4402010009200123456', '4402010009200123457', false],
    ['6222********3456', '4402010009200123456', false],
    ['440201000920012345', '4402010009200123456', false],
  ])('%s and %s: %s', (a, b, same) => {
    expect(isSameAccount(a, b)).toBe(same)
    expect(isSameAccount(b, a)).toBe(same)
  })
})
