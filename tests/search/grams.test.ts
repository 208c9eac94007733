/** Pairs of characters: what a text holds, what a search asks for, and that one finds the other. */
import { describe, expect, it } from 'vitest'
import { formatPlace, parsePlace } from '../../app/search/document.ts'
import { foldedText, gramsOf, parseSearch, shownText } from '../../app/search/grams.ts'
import { fc } from '../support/properties.ts'

describe('grams', () => {
  it('are the pairs of each run, and Chinese characters alone', () => {
    expect(gramsOf('电梯维保')).toEqual(['保', '梯', '梯维', '电', '电梯', '维', '维保'])
    expect(gramsOf('a 12, bcd')).toEqual(['12', 'a', 'bc', 'cd'])
    expect(gramsOf('𠮷野')).toEqual(['野', '𠮷', '𠮷野'].sort())
    expect(gramsOf('。 ，—')).toEqual([])
  })

  it('come from a text as it is shown: full-width as plain, small letters, single spaces', () => {
    expect(shownText('　ＩＣＢＣ　１２３  元 ')).toBe('ICBC 123 元')
    expect(foldedText('ICBC İ Ω')).toHaveLength('ICBC İ Ω'.length)
    expect(parseSearch('  ＩＣＢＣ 　电梯 电梯')).toEqual({
      terms: ['icbc', '电梯'],
      grams: ['bc', 'cb', 'ic', '梯', '电', '电梯'].sort(),
    })
  })

  it('of signs alone are no search, and a long one is cut', () => {
    expect(parseSearch('')).toBeNull()
    expect(parseSearch(' 。！ % _ ')).toBeNull()
    const long = parseSearch(Array.from({ length: 20 }, (_, i) => `词${i}${'长'.repeat(100)}`).join(' '))
    expect(long!.terms).toHaveLength(8)
    expect(long!.terms.every(term => [...term].length === 40)).toBe(true)
  })

  it('of a text hold those of anything in it that can be searched for', () => {
    const texts = fc.string({ unit: fc.constantFrom(...'电梯维保消防aB1 ，。İ𠮷'), maxLength: 30 })
    fc.assert(
      fc.property(texts, fc.nat(), fc.nat(), (text, from, length) => {
        const folded = foldedText(shownText(text))
        const characters = [...folded]
        const begin = from % (characters.length + 1)
        const piece = characters.slice(begin, begin + 1 + (length % 6)).join('')
        const search = parseSearch(piece)
        if (search === null) return
        // A piece of one letter out of a longer run is the one thing that is not found.
        fc.pre(search.grams.every(gram => [...gram].length > 1 || /\p{Script=Han}/u.test(gram)))
        const held = new Set(gramsOf(folded))
        expect(search.grams.filter(gram => !held.has(gram))).toEqual([])
        expect(search.terms.every(term => folded.includes(term))).toBe(true)
      }),
    )
  })
})

describe('a place in a list', () => {
  it('is written and read', () => {
    const place = { on: '2026-03-01' as never, kind: 'voucher', key: '2026-15' } as const
    expect(parsePlace(formatPlace(place))).toEqual(place)
    for (const wrong of [
      '',
      '2026-03-01',
      '2026-03-01.person.1',
      "2026-03-01.voucher.1'--",
      '2026.voucher.1',
    ]) {
      expect(parsePlace(wrong)).toBeNull()
    }
  })
})
