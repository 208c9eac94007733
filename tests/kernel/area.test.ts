/** Floor area as text and back; what would have to be rounded is refused. */
import { expect, it } from 'vitest'
import { areaCentiM2, formatAreaM2, parseAreaM2 } from '#kernel'
import { fc } from '../support/properties.ts'

const read = (text: string) => {
  const parsed = parseAreaM2(text)
  return parsed.ok ? parsed.value : parsed.error
}

it.each([
  ['89.5', 8950n],
  ['105.30', 10_530n],
  ['1,234.56', 123_456n],
  ['0', 0n],
  ['0.01', 1n],
  [' 89.50 ', 8950n],
  ['８９．５', 8950n],
  ['89.5000', 8950n],
  ['999999999.99', 99_999_999_999n],
])('%j is read', (text, expected) => {
  expect(read(text)).toBe(expected)
})

it.each([
  ['', 'area-malformed'],
  ['-1', 'area-malformed'],
  ['+1', 'area-malformed'],
  ['.5', 'area-malformed'],
  ['5.', 'area-malformed'],
  ['1,23', 'area-malformed'],
  ['12,345,6', 'area-malformed'],
  ['1 2', 'area-malformed'],
  ['89.5㎡', 'area-malformed'],
  ['89²', 'area-malformed'],
  ['1e2', 'area-malformed'],
  ['9999999999', 'area-malformed'],
  ['89.505', 'area-too-precise'],
  ['0.001', 'area-too-precise'],
])('%j is refused: %s', (text, code) => {
  expect(read(text)).toBe(code)
})

it('every area reads back, and a third decimal that matters is refused', () => {
  fc.assert(
    fc.property(fc.bigInt(0n, 99_999_999_999n), fc.integer({ min: 1, max: 9 }), (hundredths, third) => {
      const text = formatAreaM2(areaCentiM2(hundredths))
      expect(read(text)).toBe(hundredths)
      expect(read(`${text}${third}`)).toBe('area-too-precise')
    }),
  )
})
