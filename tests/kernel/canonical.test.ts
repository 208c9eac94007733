/** Canonical JSON by the rules of RFC 8785, and the refusal of whatever is not what it would write itself. */
import { describe, expect, it } from 'vitest'
import { type CanonicalValue, canonicalBytes, canonicalText, parseCanonical, toHex, utf8 } from '#kernel'
import { fc } from '../support/properties.ts'

const reparse = (text: string) => parseCanonical(utf8(text))

describe('encoding', () => {
  it('sorts names by UTF-16 code units: the vector of RFC 8785 §3.2.3', () => {
    const vector = {
      '€': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '😀': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      ö: 'Latin Small Letter O With Diaeresis',
    }
    expect(Object.values(JSON.parse(canonicalText(vector)) as object)).toHaveLength(7)
    const order = [...canonicalText(vector).matchAll(/:"([^"]+)"/g)].map(match => match[1])
    expect(order).toEqual([
      'Carriage Return',
      'One',
      'Control',
      'Latin Small Letter O With Diaeresis',
      'Euro Sign',
      'Emoji: Grinning Face',
      'Hebrew Letter Dalet With Dagesh',
    ])
  })

  it('escapes as RFC 8785 §3.2.2.2 says and nothing more', () => {
    expect(canonicalText('\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"\u002f')).toBe(
      '"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"',
    )
    expect(canonicalText('\b\t\n\f\r\u0000\u001f\u007f\u2028<>&')).toBe(
      '"\\b\\t\\n\\f\\r\\u0000\\u001f\u007f\u2028<>&"',
    )
  })

  it('writes literals, nesting and the empty', () => {
    expect(canonicalText({ b: [true, false, null], a: {}, c: [] })).toBe(
      '{"a":{},"b":[true,false,null],"c":[]}',
    )
    expect(toHex(canonicalBytes({ 钱: 1 }))).toBe('7b22e992b1223a317d')
  })

  it('leaves undefined members out, but takes none in a list', () => {
    expect(canonicalText({ a: undefined, b: 1 })).toBe('{"b":1}')
    expect(() => canonicalText([undefined] as unknown as CanonicalValue)).toThrow()
    expect(() => canonicalText(undefined as unknown as CanonicalValue)).toThrow()
  })

  it('takes the whole numbers that every JSON reader reads alike, and no others', () => {
    expect(canonicalText([0, -1, 9_007_199_254_740_991, -9_007_199_254_740_991])).toBe(
      '[0,-1,9007199254740991,-9007199254740991]',
    )
    for (const number of [0.5, 1e21, 9_007_199_254_740_992, Number.NaN, Number.POSITIVE_INFINITY, -0]) {
      expect(() => canonicalText(number)).toThrow('not a canonical number')
    }
  })

  it('refuses lone surrogates in values and in names, and takes a pair', () => {
    expect(canonicalText('\ud83d\ude00')).toBe('"😀"')
    for (const text of ['\ud83d', '\ude00', 'a\ude00\ud83d', '\ud83d\ud83d\ude00', '😀\ude00']) {
      expect(() => canonicalText(text)).toThrow('lone surrogate')
      expect(() => canonicalText({ [text]: 1 })).toThrow('lone surrogate')
    }
  })

  it.each([
    ['a bigint', 1n],
    ['a function', () => 1],
    ['a symbol', Symbol('s')],
    ['a date', new Date(0)],
    ['bytes', new Uint8Array([1])],
    ['a map', new Map([['a', 1]])],
    ['a list with a hole', new Array(2)],
  ])('refuses %s, which would lose what it says', (_, value) => {
    expect(() => canonicalText(value as unknown as CanonicalValue)).toThrow()
    expect(() => canonicalText({ inside: [value] } as unknown as CanonicalValue)).toThrow()
  })
})

describe('reading back', () => {
  const canonical: fc.Arbitrary<CanonicalValue> = fc.letrec<{ value: CanonicalValue }>(tie => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.constant(null),
      fc.boolean(),
      fc.maxSafeInteger().map(number => (Object.is(number, -0) ? 0 : number)),
      fc.string({ unit: 'grapheme' }),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(fc.string({ unit: 'grapheme' }), tie('value'), { maxKeys: 4, noNullPrototype: true }),
    ),
  })).value

  it('gives the value back, and its bytes are the same bytes', () => {
    fc.assert(
      fc.property(canonical, value => {
        const bytes = canonicalBytes(value)
        const parsed = parseCanonical(bytes)
        expect(parsed.ok && toHex(canonicalBytes(parsed.value))).toBe(toHex(bytes))
        expect(parsed).toEqual({ ok: true, value })
      }),
    )
  })

  it('does not depend on the order in which members were written', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.string(),
          fc.maxSafeInteger().map(n => n + 0),
        ),
        members => {
          const reversed = Object.fromEntries(Object.entries(members).reverse())
          expect(canonicalText(reversed)).toBe(canonicalText(members))
        },
      ),
    )
  })

  it.each([
    ['a space', '{"a": 1}'],
    ['a line end', '{"a":1}\n'],
    ['members out of order', '{"b":1,"a":2}'],
    ['a name twice', '{"a":1,"a":1}'],
    ['a name twice, written otherwise', '{"a":1,"\\u0061":1}'],
    ['an escape that is not needed', '"\\u0061"'],
    ['an escaped solidus', '"\\/"'],
    ['capital hexadecimal', '"\\u000F"'],
    ['a float', '1.5'],
    ['a whole number written as a float', '1.0'],
    ['an exponent', '1e2'],
    ['minus zero', '-0'],
    ['a number beyond 2^53', '9007199254740993'],
    ['an escaped lone surrogate', '"\\ud83d"'],
    ['a byte order mark', '\ufeff{}'],
    ['a second value', '{}{}'],
    ['nothing', ''],
    ['half a value', '{"a":'],
    ['not JSON', "{'a':1}"],
  ])('refuses %s', (_, text) => {
    expect(reparse(text)).toEqual({ ok: false, error: 'not-canonical' })
  })

  it('refuses broken UTF-8 and depth beyond reason without falling over', () => {
    expect(parseCanonical(new Uint8Array([0x22, 0xc3, 0x22]))).toEqual({ ok: false, error: 'not-canonical' })
    expect(parseCanonical(new Uint8Array([0x22, 0xed, 0xa0, 0x80, 0x22]))).toEqual({
      ok: false,
      error: 'not-canonical',
    })
    expect(reparse('['.repeat(200_000)).ok).toBe(false)
  })
})
