/** Percentages shown are floored: a figure on a page never claims a threshold that the integers did not reach. */
import { expect, it } from 'vitest'
import { formatPercentFloor } from '#kernel'
import { fc } from '../support/properties.ts'

it.each([
  [2n, 3n, '66.66%'],
  [1n, 3n, '33.33%'],
  [1n, 1n, '100.00%'],
  [0n, 5n, '0.00%'],
  [1n, 100_000n, '0.00%'],
  [99_999n, 100_000n, '99.99%'],
  [3n, 2n, '150.00%'],
  [-1n, 3n, '-33.34%'],
  [-1n, 100_000n, '-0.01%'],
  [1n, 0n, '—'],
  [1n, -1n, '—'],
])('%s of %s is %s', (part, whole, expected) => {
  expect(formatPercentFloor(part, whole)).toBe(expected)
})

/** The shown figure in ten-thousandths. */
const shown = (part: bigint, whole: bigint) => BigInt(formatPercentFloor(part, whole).replace(/[.%]/g, ''))

it('never shows more than is true, and is less than a hundredth of a percent below it', () => {
  fc.assert(
    fc.property(fc.bigInt(-(10n ** 20n), 10n ** 20n), fc.bigInt(1n, 10n ** 18n), (part, whole) => {
      const figure = shown(part, whole)
      expect(figure * whole <= part * 10_000n).toBe(true)
      expect((figure + 1n) * whole > part * 10_000n).toBe(true)
    }),
  )
})

it('never shows 66.67 % where two thirds were missed, nor 50.01 % for a half: all wholes up to 400, exhausted', () => {
  let pairs = 0
  for (let whole = 1n; whole <= 400n; whole++) {
    for (let part = 0n; part <= whole; part++) {
      const figure = shown(part, whole)
      const honest =
        (3n * part >= 2n * whole || figure < 6667n) &&
        (2n * part > whole || figure <= 5000n) &&
        (part === whole || figure < 10_000n)
      if (!honest) throw new Error(`${part} of ${whole} is shown as ${figure}`)
      pairs++
    }
  }
  expect(pairs).toBe(80_600)
})
