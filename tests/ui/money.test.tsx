/** Money says its direction by sign and by word; the digit grid shows the same figure. */
import { describe, expect, test } from 'vitest'
import { fen, formatYuan } from '#kernel'
import { BalanceEquation, type Flow, HeroFigure, LedgerAmount, Money } from '#ui'
import { fc } from '../support/properties.ts'
import { elementsOf } from './markup.ts'
import { ENGLISH, htmlOf, wordsOf } from './render.tsx'

describe('Money', () => {
  test.each<[bigint, Flow, string, string]>([
    [1_234_567n, 'neutral', '¥12,345.67', '¥12,345.67'],
    [-88n, 'neutral', '负 −¥0.88', 'minus −¥0.88'],
    [1_234_567n, 'in', '收入 +¥12,345.67', 'In +¥12,345.67'],
    [1_234_567n, 'out', '支出 −¥12,345.67', 'Out −¥12,345.67'],
    [-1_234_567n, 'in', '收入 −¥12,345.67', 'In −¥12,345.67'],
    [-1_234_567n, 'out', '支出 +¥12,345.67', 'Out +¥12,345.67'],
    [-500n, 'red', '红字冲销 −¥5.00', 'Red reversal −¥5.00'],
    [0n, 'in', '收入 ¥0.00', 'In ¥0.00'],
  ])('%d %s reads %s', (amount, flow, chinese, english) => {
    expect(wordsOf(<Money amount={fen(amount)} flow={flow} />)).toBe(chinese)
    expect(wordsOf(<Money amount={fen(amount)} flow={flow} />, ENGLISH)).toBe(english)
  })

  test('carries the exact fen for machines', () => {
    expect(htmlOf(<Money amount={fen(90_071_992_547_409_931n)} />)).toContain('value="90071992547409931"')
  })
})

describe('LedgerAmount', () => {
  const gridOf = (amount: bigint) =>
    elementsOf(htmlOf(<LedgerAmount amount={fen(amount)} />))
      .filter(each => each.attributes.get('class') === 'ledger-amount__digit')
      .map(each => each.text)
      .join('')
      .replaceAll('\u00a0', '')

  test('shows the digits of the figure beneath, whatever the amount', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -99_999_999n, max: 9_999_999_999n }), amount => {
        const figure = formatYuan(fen(amount < 0n ? -amount : amount)).replace(/[,.]/g, '')
        expect(gridOf(amount)).toBe(`${amount < 0n ? '−' : ''}¥${figure}`)
      }),
    )
  })

  test('puts every digit under the name of its place', () => {
    const html = htmlOf(<LedgerAmount amount={fen(1_860_000n)} />)
    const heads = elementsOf(html)
      .filter(each => each.attributes.get('class') === 'ledger-amount__head')
      .map(each => each.text)
    expect(heads.join('')).toBe('百十万千百十元角分')
  })

  test('gives way to the plain figure when the grid has too few columns', () => {
    expect(gridOf(12_345_678_901n)).toBe('')
    expect(wordsOf(<LedgerAmount amount={fen(12_345_678_901n)} />)).toBe('¥123,456,789.01')
  })
})

test('the balance equation prints all four figures with their names', () => {
  const words = wordsOf(
    <BalanceEquation opening={fen(100n)} received={fen(50n)} spent={fen(30n)} closing={fen(120n)} />,
  )
  expect(words).toBe('期初余额¥1.00本期收入收入 +¥0.50本期支出支出 −¥0.30期末余额¥1.20')
})

test('the hero says as of when, and when the books were never compared with the bank', () => {
  const at = new Date('2026-06-30T10:05:00Z')
  const words = (reconciledThrough: null | undefined) =>
    wordsOf(<HeroFigure label="余额" amount={fen(1n)} asOf={{ at, reconciledThrough }} />)
  expect(words(null)).toContain('截至 2026年6月30日 18:05尚未与银行对账')
  expect(words(undefined)).not.toContain('对账')
})
