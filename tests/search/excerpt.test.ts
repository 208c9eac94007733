/** A piece of a found text: the words are marked where they stand, and nothing is said that the text does not say. */
import { describe, expect, it } from 'vitest'
import { excerptOf, markedText } from '../../app/search/excerpt.ts'
import { fc } from '../support/properties.ts'

const inWords = (parts: ReturnType<typeof markedText>) =>
  parts.map(({ text, isHit }) => (isHit ? `[${text}]` : text)).join('')

describe('a found text', () => {
  it('has its words marked; what overlaps is one', () => {
    expect(inWords(markedText('支付电梯维保费', ['电梯']))).toBe('支付[电梯]维保费')
    expect(inWords(markedText('电梯维保', ['电梯维', '维保']))).toBe('[电梯维保]')
    expect(inWords(markedText('Lift LIFT', ['lift']))).toBe('[Lift] [LIFT]')
    expect(inWords(markedText('无关', ['电梯']))).toBe('无关')
    expect(markedText('', ['x'])).toEqual([])
  })

  it('is cut around the first hit', () => {
    const long = `${'前'.repeat(100)}电梯${'后'.repeat(300)}`
    expect(inWords(excerptOf(long, ['电梯']))).toBe(`…${'前'.repeat(24)}[电梯]${'后'.repeat(114)}…`)
    expect(inWords(excerptOf('电梯', ['没有']))).toBe('电梯')
    expect(inWords(excerptOf(`${'𠮷'.repeat(30)}电梯`, ['电梯']))).toBe(`…${'𠮷'.repeat(12)}[电梯]`)
  })

  it('is the text itself, in order, each part once, with hits that are the terms', () => {
    const texts = fc.string({ unit: fc.constantFrom(...'电梯维a 𠮷'), maxLength: 400 })
    fc.assert(
      fc.property(
        texts,
        fc.array(fc.constantFrom('电', '电梯', 'a', '维a', '𠮷'), { maxLength: 3 }),
        (text, terms) => {
          const marked = markedText(text, terms)
          expect(marked.map(part => part.text).join('')).toBe(text)
          expect(marked.every(part => text.startsWith(part.text, part.at))).toBe(true)
          for (const { text: hit } of marked.filter(part => part.isHit)) {
            expect(terms.some(term => hit.includes(term))).toBe(true)
          }
          const piece = excerptOf(text, terms)
          const plain = piece
            .filter(part => part.text !== '…')
            .map(part => part.text)
            .join('')
          expect(text).toContain(plain)
          expect(new Set(piece.map(part => part.at)).size).toBe(piece.length)
        },
      ),
    )
  })
})
