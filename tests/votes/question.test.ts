/** Plans A and B, and elections. */
import { describe, expect, it } from 'vitest'
import type { Ballot } from '../../app/votes/ballot.ts'
import { NONE_OF_THEM, tallyElection, tallyPlans } from '../../app/votes/question.ts'
import type { Poll } from '../../app/votes/tally.ts'
import { ballot, poll, unit } from './polls.ts'

const units = (count: number) => Array.from({ length: count }, (_, i) => unit(`U${i}`))
const choosing = (choices: readonly string[]): Ballot<string>[] =>
  choices.map((choice, i) => ({ ...ballot(`B${i}`, `U${i}`, `P-U${i}`, 'FOR'), choice }))
const planned = (choices: readonly string[], changes: Partial<Poll<string>> = {}) =>
  tallyPlans({ ...poll<string>(units(choices.length), choosing(choices)), ...changes }, ['A', 'B'])
const outcomes = (result: ReturnType<typeof tallyPlans>) =>
  result.plans.map(
    ({ plan, inFavour, against, abstain, outcome }) =>
      `${plan} ${inFavour.heads}:${against.heads}:${abstain.heads} ${outcome}`,
  )

describe('plans (rule 21)', () => {
  it('each stand alone against all who take part', () => {
    const result = planned(['A', 'A', 'A', 'B', NONE_OF_THEM])
    expect(outcomes(result)).toEqual(['A 3:2:0 PASSED', 'B 1:4:0 NOT_PASSED'])
    expect(result.none.heads).toBe(1n)
    expect(result.adopted).toBe('A')
  })

  it('can all fail: the most votes are not enough', () => {
    const result = planned(['A', 'A', 'B', NONE_OF_THEM, 'ABSTAIN'])
    expect(outcomes(result)).toEqual(['A 2:2:1 NOT_PASSED', 'B 1:3:1 NOT_PASSED'])
    expect(result.adopted).toBeNull()
  })

  it('settle co-owners and heads once: who disagree on A and B disagree on every plan', () => {
    const couple = [unit('H', { owners: ['W', 'L'] }), unit('X'), unit('Y')]
    const ballots = [
      { ...ballot('1', 'H', 'W', 'FOR'), choice: 'A' },
      { ...ballot('2', 'H', 'L', 'FOR'), choice: 'B' },
      { ...ballot('3', 'X', 'P-X', 'FOR'), choice: 'A' },
      { ...ballot('4', 'Y', 'P-Y', 'FOR'), choice: 'A' },
    ]
    const result = tallyPlans(poll<string>(couple, ballots), ['A', 'B', 'C'])
    expect(outcomes(result)).toEqual(['A 2:0:0 PASSED', 'B 0:2:0 NOT_PASSED', 'C 0:2:0 NOT_PASSED'])
    expect(result.admission.excluded.map(({ reason }) => reason)).toEqual([
      'CO_OWNER_CONFLICT',
      'CO_OWNER_CONFLICT',
    ])
  })

  it('refuse names like marks, twins, and ballots for what is not offered', () => {
    const empty = poll<string>([], [])
    for (const plans of [[], ['A', 'A'], ['BLANK'], [NONE_OF_THEM]]) {
      expect(() => tallyPlans(empty, plans)).toThrow('plans must be named apart')
    }
    expect(() => planned(['C'])).toThrow('not offered')
  })
})

describe('elections (clause 3)', () => {
  const candidacy = (candidate: string, inFavour: number, area = 10_000n) => {
    const roll = [unit('U0', { area }), ...units(10).slice(1)]
    const ballots = roll.map(({ id }, i) => ballot(`B${i}`, id, `P-${id}`, i < inFavour ? 'FOR' : 'AGAINST'))
    return { candidate, poll: poll(roll, ballots, { matter: { clause: 3, scope: null } }) }
  }
  const result = (seats: number, ...candidacies: ReturnType<typeof candidacy>[]) => {
    const { elected, tied, vacantSeats } = tallyElection(candidacies, seats)
    return { elected, tied, vacantSeats }
  }

  it('seat those who pass both gates and leave the rest of the seats vacant', () => {
    expect(result(3, candidacy('a', 6), candidacy('b', 5), candidacy('c', 9))).toEqual({
      elected: ['a', 'c'],
      tied: [],
      vacantSeats: 1,
    })
  })

  it('rank by heads, then by area, when more pass than there are seats', () => {
    expect(result(1, candidacy('a', 6), candidacy('b', 7))).toEqual({
      elected: ['b'],
      tied: [],
      vacantSeats: 0,
    })
    expect(result(1, candidacy('a', 6), candidacy('b', 6, 10_001n))).toMatchObject({ elected: ['b'] })
  })

  it('leave a seat vacant rather than break a tie', () => {
    expect(result(2, candidacy('a', 8), candidacy('b', 7), candidacy('c', 7))).toEqual({
      elected: ['a'],
      tied: ['b', 'c'],
      vacantSeats: 1,
    })
    expect(result(3, candidacy('a', 8), candidacy('b', 7), candidacy('c', 7))).toEqual({
      elected: ['a', 'b', 'c'],
      tied: [],
      vacantSeats: 0,
    })
  })
})
