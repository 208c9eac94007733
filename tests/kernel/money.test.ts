/** Money as text and back: every form a bank prints, every form that is refused, and never a rounding. */
import { describe, expect, it } from 'vitest'
import { fen, formatYuan, formatYuanPlain, parseYuan, sumFen, ZERO_FEN } from '#kernel'
import { fc } from '../support/properties.ts'

const read = (text: string) => {
  const parsed = parseYuan(text)
  return parsed.ok ? parsed.value : parsed.error
}

const LARGEST = 100_000_000_000_000_000n
const anyFen = fc.bigInt({ min: -LARGEST, max: LARGEST }).map(fen)

describe('what is read', () => {
  it.each([
    ['0', 0n],
    ['0.00', 0n],
    ['-0', 0n],
    ['1', 100n],
    ['1.2', 120n],
    ['1.23', 123n],
    ['.5', 50n],
    ['-.05', -5n],
    ['1.230', 123n],
    ['1.20000', 120n],
    ['+7.00', 700n],
    ['-7.00', -700n],
    ['−7.00', -700n],
    ['–7.00', -700n],
    ['－7.00', -700n],
    ['¥7', 700n],
    ['￥7', 700n],
    ['-¥7', -700n],
    ['¥-7', -700n],
    ['7元', 700n],
    [' 7.00 \t', 700n],
    ['7.00\u00a0', 700n],
    ['¥ 7.00', 700n],
    ['- 7.00', -700n],
    ['7.00 元', 700n],
    ['1,234.56', 123_456n],
    ['12,345,678.90', 1_234_567_890n],
    ['１，２３４．５６', 123_456n],
    ['007.00', 700n],
    ['1000000000000000', LARGEST],
    ['1,000,000,000,000,000.00', LARGEST],
  ])('%j', (text, expected) => {
    expect(read(text)).toBe(expected)
  })
})

describe('what is refused, each beside a form that is read', () => {
  it.each([
    ['', 'money-empty'],
    ['  ', 'money-empty'],
    ['¥', 'money-empty'],
    ['元', 'money-empty'],
    ['--', 'money-malformed'],
    ['--7', 'money-malformed'],
    ['+-7', 'money-malformed'],
    ['7-', 'money-malformed'],
    ['(7.00)', 'money-malformed'],
    ['7.', 'money-malformed'],
    ['.', 'money-malformed'],
    ['1.2.3', 'money-malformed'],
    ['1,2', 'money-malformed'],
    ['12,34.00', 'money-malformed'],
    ['1234,567.00', 'money-malformed'],
    ['1,234,56', 'money-malformed'],
    [',123', 'money-malformed'],
    ['1.2,3', 'money-malformed'],
    ['1e3', 'money-malformed'],
    ['0x10', 'money-malformed'],
    ['NaN', 'money-malformed'],
    ['Infinity', 'money-malformed'],
    ['七', 'money-malformed'],
    ['٧', 'money-malformed'],
    ['$7', 'money-malformed'],
    ['7¥', 'money-malformed'],
    ['7%', 'money-malformed'],
    ['1 2', 'money-malformed'],
    ['1 234.00', 'money-malformed'],
    ['1²', 'money-malformed'],
    ['①', 'money-malformed'],
    ['½', 'money-malformed'],
    ['1.235', 'money-sub-fen'],
    ['0.001', 'money-sub-fen'],
    ['-0.009', 'money-sub-fen'],
    ['1.00000000001', 'money-sub-fen'],
    ['1000000000000000.01', 'money-too-large'],
    ['99999999999999999', 'money-too-large'],
    ['9'.repeat(400), 'money-too-large'],
  ])('%j: %s', (text, code) => {
    expect(read(text)).toBe(code)
  })
})

describe('round trips', () => {
  it('every amount reads back from both of its forms', () => {
    fc.assert(
      fc.property(anyFen, amount => {
        expect(read(formatYuan(amount))).toBe(amount)
        expect(read(formatYuanPlain(amount))).toBe(amount)
      }),
    )
  })

  it('a digit changed is another amount: no two texts of the same shape mean the same', () => {
    fc.assert(
      fc.property(anyFen, fc.nat(), fc.integer({ min: 1, max: 9 }), (amount, at, by) => {
        const text = formatYuanPlain(amount)
        const places = [...text].flatMap((char, index) => (/\d/.test(char) ? [index] : []))
        const place = places[at % places.length]!
        const changed = `${text.slice(0, place)}${(Number(text[place]) + by) % 10}${text.slice(place + 1)}`
        const before = amount < 0n ? -amount : amount
        const after = read(changed)
        expect(
          after === amount || (typeof after === 'bigint' && (after < 0n ? -after : after) === before),
        ).toBe(false)
      }),
    )
  })

  it('never rounds: a third decimal that matters is refused, whatever stands before it', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.nat(99), fc.integer({ min: 1, max: 9 }), (yuan, cents, third) => {
        const exact = `${yuan}.${String(cents).padStart(2, '0')}`
        expect(read(`${exact}0`)).toBe(BigInt(yuan) * 100n + BigInt(cents))
        expect(read(`${exact}${third}`)).toBe('money-sub-fen')
      }),
    )
  })

  it('every amount up to ten yuan, exhausted, in the form people read', () => {
    for (let cents = -1000n; cents <= 1000n; cents++) {
      const magnitude = cents < 0n ? -cents : cents
      const text = `${cents < 0n ? '-' : ''}${magnitude / 100n}.${String(magnitude % 100n).padStart(2, '0')}`
      expect(formatYuan(fen(cents))).toBe(text)
      expect(read(text)).toBe(cents)
    }
  })
})

describe('forms and sums', () => {
  it('commas stand only where thousands end', () => {
    expect(
      [0n, 5n, -5n, 99_999n, 100_000n, 123_456_789_012n, -100_000n].map(a => formatYuan(fen(a))),
    ).toEqual(['0.00', '0.05', '-0.05', '999.99', '1,000.00', '1,234,567,890.12', '-1,000.00'])
    expect(formatYuanPlain(fen(123_456_789n))).toBe('1234567.89')
  })

  it('sums exactly where a float would not', () => {
    expect(sumFen([])).toBe(ZERO_FEN)
    expect(sumFen([fen(10n), fen(20n)])).toBe(30n)
    expect(sumFen([fen(9_007_199_254_740_993n), fen(1n)])).toBe(9_007_199_254_740_994n)
    fc.assert(
      fc.property(fc.array(anyFen), amounts => {
        expect(sumFen([...amounts].reverse())).toBe(sumFen(amounts))
      }),
    )
  })
})
