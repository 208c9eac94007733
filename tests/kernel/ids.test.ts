/** Identifiers hold all their bits, and nothing else passes for one. */
import { describe, expect, it } from 'vitest'
import { idOf, isId, isSlug } from '#kernel'
import { fc } from '../support/properties.ts'

describe('identifiers', () => {
  it('of nothing and of everything', () => {
    expect(idOf(new Uint8Array(16))).toBe('0'.repeat(26))
    expect(idOf(new Uint8Array(16).fill(255))).toBe(`7${'z'.repeat(25)}`)
  })

  it('keep every bit: the number is the same number', () => {
    const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), bytes => {
        const text = idOf(bytes)
        const number = [...text].reduce((sum, char) => sum * 32n + BigInt(alphabet.indexOf(char)), 0n)
        expect(number.toString(16).padStart(32, '0')).toBe(Buffer.from(bytes).toString('hex'))
        expect(isId(text)).toBe(true)
      }),
    )
  })

  it.each([0, 15, 17])('are not made of %i bytes', length => {
    expect(() => idOf(new Uint8Array(length))).toThrow('16 bytes')
  })

  it.each([
    '',
    '0'.repeat(25),
    '0'.repeat(27),
    `8${'0'.repeat(25)}`,
    `${'0'.repeat(25)}i`,
    `${'0'.repeat(25)}l`,
    `${'0'.repeat(25)}o`,
    `${'0'.repeat(25)}u`,
    `${'0'.repeat(25)}A`,
    `${'0'.repeat(26)}\n`,
  ])('%j is none', text => {
    expect(isId(text)).toBe(false)
  })
})

describe('address names', () => {
  it.each(['ab', 'demo', 'a-b', 'yulin-2', 'a'.repeat(40), '12'])('%j is one', text => {
    expect(isSlug(text)).toBe(true)
  })
  it.each(['', 'a', '-a', 'a-', 'A-b', 'a_b', 'a b', '小区', 'a/b', '..', 'a'.repeat(41), 'ab\n'])(
    '%j is none',
    text => {
      expect(isSlug(text)).toBe(false)
    },
  )
})
