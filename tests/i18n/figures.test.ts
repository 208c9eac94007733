/** Figures as people read them. */
import { describe, expect, test } from 'vitest'
import {
  areaText,
  axisMoneyText,
  countText,
  dateText,
  dayText,
  instantText,
  moneyText,
  monthText,
  periodText,
  shortPeriodText,
  signedYuanText,
} from '#i18n'
import { areaCentiM2, civilDate, fen, parseYuan, period } from '#kernel'
import { fc } from '../support/properties.ts'

test.each([
  [0n, '¥0.00', '0.00'],
  [5n, '¥0.05', '+0.05'],
  [-5n, '−¥0.05', '−0.05'],
  [1_234_567n, '¥12,345.67', '+12,345.67'],
  [-128_453_027n, '−¥1,284,530.27', '−1,284,530.27'],
])('%d fen', (amount, money, signed) => {
  expect(moneyText(fen(amount))).toBe(money)
  expect(signedYuanText(fen(amount))).toBe(signed)
})

test('money that is shown can be typed back without loss', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 16n), max: 10n ** 16n }), amount => {
      expect(parseYuan(moneyText(fen(amount)))).toEqual({ ok: true, value: amount })
      expect(parseYuan(signedYuanText(fen(amount)))).toEqual({ ok: true, value: amount })
    }),
  )
})

test.each([
  [0n, '0', '0'],
  [500_000n, '5,000', '5k'],
  [5_000_000n, '5万', '50k'],
  [12_500_000n, '12.5万', '125k'],
  [150_000_000n, '150万', '1.5M'],
  [15_000_000_000n, '1.5亿', '150M'],
  [-5_000_000n, '−5万', '−50k'],
  [1_234_567n, '12,345.67', '12,345.67'],
])('%d fen on an axis', (amount, chinese, english) => {
  expect(axisMoneyText(fen(amount), 'zh-CN')).toBe(chinese)
  expect(axisMoneyText(fen(amount), 'en')).toBe(english)
})

describe('dates', () => {
  const day = civilDate('2026-06-03')
  const month = period('2026-06')

  test('in Chinese', () => {
    expect([dateText(day, 'zh-CN'), dayText(day, 'zh-CN')]).toEqual(['2026年6月3日', '6月3日'])
    expect([periodText(month, 'zh-CN'), shortPeriodText(month, 'zh-CN'), monthText(month, 'zh-CN')]).toEqual([
      '2026年6月',
      '2026年6月',
      '6月',
    ])
  })

  test('in English', () => {
    expect([dateText(day, 'en'), dayText(day, 'en')]).toEqual(['3 June 2026', '3 Jun'])
    expect([periodText(month, 'en'), shortPeriodText(month, 'en'), monthText(month, 'en')]).toEqual([
      'June 2026',
      'Jun 2026',
      'Jun',
    ])
  })

  test('instants are Beijing time, also across midnight', () => {
    const late = new Date('2026-06-30T16:05:09Z')
    expect(instantText(late, 'zh-CN')).toBe('2026年7月1日 00:05')
    expect(instantText(late, 'en')).toBe('1 July 2026, 00:05')
  })
})

test('areas and counts', () => {
  expect(areaText(areaCentiM2(8_950n))).toBe('89.50 ㎡')
  expect([countText(0), countText(999), countText(1000), countText(1_234_567n)]).toEqual([
    '0',
    '999',
    '1,000',
    '1,234,567',
  ])
})
