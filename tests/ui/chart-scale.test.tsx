/** Axis ticks are round, exact and enclose the figures; pixels stay within the picture; charts say their numbers. */
import { describe, expect, test } from 'vitest'
import { fen, period } from '#kernel'
import { BudgetBar, CategoryBars, FlowPicture, MonthlyInOutChart } from '#ui'
import { axisTicks, largestOf, percentOf, pixelsOf } from '../../app/ui/chart-scale.ts'
import { fc } from '../support/properties.ts'
import { ENGLISH, htmlOf, wordsOf } from './render.tsx'

const amounts = fc.bigInt({ min: -1_000_000_000_000n, max: 1_000_000_000_000n }).map(fen)

describe('axisTicks', () => {
  test('encloses zero and both ends with 2 to 7 equal round steps', () => {
    fc.assert(
      fc.property(amounts, amounts, (a, b) => {
        const [least, most] = a < b ? [a, b] : [b, a]
        const ticks = axisTicks(least, most)
        const step = ticks[1]! - ticks[0]!
        expect(ticks.length).toBeGreaterThanOrEqual(2)
        expect(ticks.length).toBeLessThanOrEqual(7)
        expect(ticks[0]! <= least || ticks[0]! === 0n).toBe(true)
        expect(ticks.at(-1)! >= most).toBe(true)
        expect(ticks).toContain(0n)
        expect(/^[125]0*$/.test(step.toString())).toBe(true)
        for (let i = 1; i < ticks.length; i++) expect(ticks[i]! - ticks[i - 1]!).toBe(step)
      }),
    )
  })

  test.each([
    [0n, 0n, [0n, 10_000n]],
    [0n, 14_187_220n, [0n, 5_000_000n, 10_000_000n, 15_000_000n]],
    [-120n, 250n, [-200n, -100n, 0n, 100n, 200n, 300n]],
  ])('from %d to %d', (least, most, ticks) => {
    expect(axisTicks(fen(least), fen(most))).toEqual(ticks)
  })
})

test('percentages and pixels never leave the picture', () => {
  fc.assert(
    fc.property(amounts, amounts, (part, whole) => {
      const share = percentOf(part, whole)
      expect(share).toMatch(/^\d{1,3}(\.\d{1,2})?%$/)
      expect(Number.parseFloat(share)).toBeLessThanOrEqual(100)
    }),
  )
  expect(percentOf(1n, 3n)).toBe('33.33%')
  expect(pixelsOf(1n, 3n, 200)).toBe(66.6)
  expect(pixelsOf(1n, 0n, 200)).toBe(0)
  expect(largestOf([])).toBe(0n)
})

describe('charts say their numbers in words', () => {
  const months = [
    { period: period('2026-05'), received: fen(100_00n), spent: fen(250_00n) },
    { period: period('2026-06'), received: fen(300_00n), spent: fen(0n) },
  ]

  test('months', () => {
    const words = wordsOf(<MonthlyInOutChart title="收支" months={months} />)
    expect(words).toContain('收入最多的是 2026年6月，支出最多的是 2026年5月。')
    expect(words).toContain('合计400.00250.00150.00')
    const english = wordsOf(<MonthlyInOutChart title="Flow" months={months} />, ENGLISH)
    expect(english).toContain('Bar chart of 2 months')
  })

  test('no months at all', () => {
    expect(wordsOf(<MonthlyInOutChart title="收支" months={[]} />)).toContain('没有记录')
  })

  test('categories are sorted and their shares are floored', () => {
    const categories = [
      { key: 'a', label: '甲', amount: fen(1n) },
      { key: 'b', label: '乙', amount: fen(2n) },
    ]
    expect(wordsOf(<CategoryBars title="支出" flow="out" categories={categories} />)).toMatch(
      /乙¥0.02占比 66.66%甲¥0.01占比 33.33%$/,
    )
  })

  test('over budget is said, under budget is not', () => {
    expect(wordsOf(<BudgetBar label="电梯" budget={fen(100n)} actual={fen(101n)} />)).toContain(
      '超出预算¥0.01',
    )
    expect(wordsOf(<BudgetBar label="电梯" budget={fen(100n)} actual={fen(99n)} />)).toContain('还剩¥0.01')
    const raised = (actual: bigint) =>
      wordsOf(<BudgetBar label="消防" budget={fen(100n)} allowed={fen(50n)} actual={fen(actual)} />)
    expect(raised(149n)).toContain('预算¥1.00追加额度¥0.50')
    expect(raised(149n)).toContain('还剩¥0.01')
    expect(raised(151n)).toContain('超出预算¥0.01')
  })

  test('a flow shows what was kept, or what was drawn', () => {
    const one = [{ key: 'x', label: '某项', amount: fen(500n) }]
    const two = [{ key: 'y', label: '另一项', amount: fen(800n) }]
    expect(wordsOf(<FlowPicture title="流向" received={two} spent={one} />)).toContain('结余留存¥3.00')
    expect(wordsOf(<FlowPicture title="流向" received={one} spent={two} />)).toContain('动用以前结余¥3.00')
    expect(htmlOf(<FlowPicture title="流向" received={[]} spent={[]} />)).not.toContain('NaN')
  })
})
