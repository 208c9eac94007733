/** The text of answers: written and read the same way, nothing else is read, and forms are held to what is offered. */
import { describe, expect, it } from 'vitest'
import {
  checkAnswers,
  choicesOf,
  encodeAnswers,
  isChoice,
  isQuestionId,
  marksOf,
  parseAnswers,
} from '../../app/votes/answers.ts'
import { fc } from '../support/properties.ts'

const plans = [{ id: 'PLAN-A' }, { id: 'PLAN-B' }]
const questions = [
  { questionId: 'q1', form: 'plain' as const, plans: [] },
  { questionId: 'q2', form: 'plans' as const, plans },
]
const order = ['q1', 'q2', 'q3']
const id = fc.stringMatching(/^[a-z][a-z0-9-]{0,19}$/)
const choice = fc.stringMatching(/^[A-Z][A-Z0-9_-]{0,19}$/)

describe('the text of answers', () => {
  it('is read as it was written, in the order of the questions', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(id, { minLength: 1, maxLength: 20 }),
        fc.array(choice, { minLength: 20, maxLength: 20 }),
        (ids, choices) => {
          const given = new Map(ids.map((each, i) => [each, choices[i]!] as const).reverse())
          const text = encodeAnswers(ids, { choices: given })
          const read = parseAnswers(ids, text)
          expect(read).toEqual({ ok: true, value: { choices: given } })
          expect(text.split(';').map(part => part.split('=')[0])).toEqual(ids)
        },
      ),
    )
    expect(encodeAnswers(order, { withdraws: true })).toBe('WITHDRAW')
    expect(parseAnswers(order, 'WITHDRAW')).toEqual({ ok: true, value: { withdraws: true } })
  })

  it.each([
    '',
    'q1',
    'q1=',
    '=FOR',
    'q9=FOR',
    'q1=for',
    'q2=FOR;q1=FOR',
    'q1=FOR;q1=FOR',
    'q1=FOR;',
    'q1=FOR=X',
    'WITHDRAW;q1=FOR',
    'q1=FOR\n',
    `q1=${'A'.repeat(21)}`,
    'x'.repeat(2001),
  ])('is not %j', text => {
    expect(parseAnswers(order, text).ok).toBe(false)
  })

  it('is never written of what could not be read', () => {
    for (const choices of [new Map(), new Map([['q9', 'FOR']]), new Map([['q1', 'for']])]) {
      expect(() => encodeAnswers(order, { choices })).toThrow('invariant broken')
    }
    expect([isQuestionId('q1'), isQuestionId('Q1'), isChoice('FOR'), isChoice('F=')]).toEqual([
      true,
      false,
      true,
      false,
    ])
  })
})

describe('a form of answers', () => {
  it('offers the question’s own choices, and on paper no mark and several too', () => {
    expect(questions.map(choicesOf)).toEqual([
      ['FOR', 'AGAINST', 'ABSTAIN'],
      ['PLAN-A', 'PLAN-B', 'NONE', 'ABSTAIN'],
    ])
    expect(marksOf(questions[0]!)).toEqual(['FOR', 'AGAINST', 'ABSTAIN', 'BLANK', 'OVERVOTE'])
  })

  it('is taken when every question has one of them', () => {
    expect(checkAnswers(questions, { q2: 'NONE', q1: 'FOR' }, 'screen')).toEqual({
      ok: true,
      value: new Map([
        ['q1', 'FOR'],
        ['q2', 'NONE'],
      ]),
    })
    expect(checkAnswers(questions, { q1: 'BLANK', q2: 'OVERVOTE' }, 'paper').ok).toBe(true)
  })

  it.each([
    [{ q1: 'FOR' }, 'screen', { code: 'answer-missing', question: 'q2' }],
    [{ q1: 'FOR', q2: '' }, 'screen', { code: 'answer-missing', question: 'q2' }],
    [{ q1: 'BLANK', q2: 'NONE' }, 'screen', { code: 'answer-unknown-choice', question: 'q1' }],
    [{ q1: 'WITHDRAW', q2: 'NONE' }, 'paper', { code: 'answer-unknown-choice', question: 'q1' }],
    [{ q1: 'FOR', q2: 'NONE', q3: 'FOR' }, 'paper', { code: 'answer-unknown-question', question: 'q3' }],
    [{ q2: 'NONE', toString: 'FOR' }, 'paper', { code: 'answer-unknown-question', question: 'toString' }],
  ] as const)('%j on %s is refused', (given, source, error) => {
    expect(checkAnswers(questions, given as never, source)).toEqual({ ok: false, error })
  })
})
