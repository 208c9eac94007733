/** A stored poll counts as a filed one, its record is read as it was written, and its digest follows from every input. */
import { describe, expect, it } from 'vitest'
import { canonicalBytes } from '#kernel'
import {
  countQuestion,
  encodeCount,
  parseCount,
  questionPoll,
  type StoredPoll,
} from '../../app/votes/count-poll.ts'
import { DEFAULT_POLICY } from '../../app/votes/policy.ts'
import { parseRoll, rollBytes } from '../../app/votes/roll.ts'
import { tally, tallyDigest } from '../../app/votes/tally.ts'
import { unit } from './polls.ts'
import { question } from './village.ts'

const plans = [
  { id: 'PLAN-A', label: 'a' },
  { id: 'PLAN-B', label: 'b' },
]
const questions = [question('q1'), question('q2', { form: 'plans', plans })]
const answers = ['q1=FOR;q2=PLAN-A', 'q1=FOR;q2=PLAN-A', 'q1=AGAINST;q2=NONE', 'WITHDRAW']
const stored: StoredPoll = {
  questions,
  policy: { ...DEFAULT_POLICY, silentPolicy: 'follow_majority' },
  rulesVersion: '1',
  window: { opensAtMicros: 10, closesAtMicros: 90 },
  roll: { developer: null, units: ['A', 'B', 'C', 'D'].map(id => unit(id)) },
  register: { representatives: new Map(), proxies: [], transfers: [] },
  delivered: new Set(['D']),
  ballots: answers.map((text, i) => ({
    seq: i + 1,
    unit: ['A', 'B', 'C', 'D'][i]!,
    by: `P-${['A', 'B', 'C', 'D'][i]}`,
    asProxy: false,
    channel: 'online',
    atMicros: 20 + i,
    answers: text,
  })),
}

describe('a stored poll', () => {
  it('counts as the engine counts its questions', () => {
    const poll = questionPoll(stored, questions[0]!)
    const { clause, excluded: _excluded, class: matterClass, ...figures } = tally(poll as never)
    const count = countQuestion(stored, questions[0]!, 'aa')
    expect(count).toMatchObject({ class: matterClass, outcome: 'PASSED', figures, clause: clause! })
    expect(count.digest).toBe(tallyDigest(poll as never, tally(poll as never), 'aa'))
    expect(count.fates.map(({ fate }) => fate)).toEqual(['counted', 'counted', 'counted', 'withdrawal'])
    const second = countQuestion(stored, questions[1]!, 'aa')
    expect(second).toMatchObject({ adopted: 'PLAN-A', outcome: 'PASSED', none: { heads: 1n }, clause: null })
  })

  it('keeps its count as bytes that are read as they were written', () => {
    for (const each of questions) {
      const count = countQuestion(stored, each, 'aa')
      expect(parseCount(encodeCount(count))).toEqual(count)
    }
    expect(() => parseCount(canonicalBytes({ v: 2 }))).toThrow('another version')
    expect(parseRoll(rollBytes(stored.roll))).toEqual(stored.roll)
  })

  it('has another digest when one thing is another', () => {
    const digestOf = (changes: Partial<StoredPoll>, salt = 'aa', which = 1) =>
      countQuestion({ ...stored, ...changes }, questions[which]!, salt).digest
    const [first, ...rest] = stored.ballots
    const digests = [
      digestOf({}),
      digestOf({}, 'bb'),
      digestOf({}, 'aa', 0),
      digestOf({ policy: DEFAULT_POLICY }),
      digestOf({ rulesVersion: null }),
      digestOf({ delivered: new Set() }),
      digestOf({ ballots: rest }),
      digestOf({ ballots: [{ ...first!, atMicros: 21 }, ...rest] }),
      digestOf({ window: { opensAtMicros: 10, closesAtMicros: 91 } }),
    ]
    expect(new Set(digests).size).toBe(digests.length)
    expect(digestOf({})).toBe(digests[0])
  })
})
