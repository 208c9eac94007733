/** What is said before casting is what the engine says at the count: a refusal is lasting, a ballot that is let through could count. */
import { describe, expect, it } from 'vitest'
import { judgeCast, questionsOf, type UnitFile } from '../../app/votes/cast-judgement.ts'
import type { StoredBallot } from '../../app/votes/count-poll.ts'
import { countQuestion } from '../../app/votes/count-poll.ts'
import { DEFAULT_POLICY } from '../../app/votes/policy.ts'
import { fc } from '../support/properties.ts'
import { unit } from './polls.ts'
import { question } from './village.ts'

const window = { opensAtMicros: 10, closesAtMicros: 90 }
const rules = { questions: [question()], policy: DEFAULT_POLICY, window }
const file = (name: string, changes: Partial<UnitFile> = {}): UnitFile => ({
  unit: name,
  building: '1',
  entrance: '1',
  inBase: true,
  voters: [`P-${name}`],
  representative: null,
  transfers: [],
  proxies: [],
  ballots: [],
  ...changes,
})
const stored = (seq: number, name: string, by: string, answers: string, atMicros = 50): StoredBallot => ({
  seq,
  unit: name,
  by,
  asProxy: false,
  channel: 'online',
  atMicros,
  answers,
})
const attempt = (name: string, by: string, answers = 'q1=FOR', atMicros = 60) => ({
  units: [name],
  by,
  asProxy: false,
  channel: 'online' as const,
  atMicros,
  answers,
})
const judge = (files: readonly UnitFile[], ...given: Parameters<typeof attempt>) =>
  judgeCast(rules, files, attempt(...given)).get(given[0])

describe('an attempt to cast', () => {
  it('is let through for one’s own unit and refused for another’s, outside the window and outside every scope', () => {
    expect(judge([file('A')], 'A', 'P-A')).toEqual({ obstacle: null, coOwnerVoted: false })
    expect(judge([file('A')], 'A', 'P-B')!.obstacle).toBe('NOT_ENTITLED')
    expect(judge([file('A')], 'A', 'P-A', 'q1=FOR', 91)!.obstacle).toBe('LATE')
    expect(judge([file('A', { inBase: false })], 'A', 'P-A')!.obstacle).toBe('OUT_OF_SCOPE')
    expect(judge([], 'A', 'P-A')!.obstacle).toBe('NOT_ON_ROLL')
    expect(questionsOf(rules.questions, file('A', { inBase: false }))).toEqual([])
  })

  it('warns of a co-owner’s ballot that stands, and not of one withdrawn', () => {
    const voters = ['W', 'L']
    const one = file('A', { voters, ballots: [stored(1, 'A', 'L', 'q1=AGAINST')] })
    expect(judge([one], 'A', 'W')).toEqual({ obstacle: null, coOwnerVoted: true })
    const back = file('A', { voters, ballots: [...one.ballots, stored(2, 'A', 'L', 'WITHDRAW')] })
    expect(judge([back], 'A', 'W')).toEqual({ obstacle: null, coOwnerVoted: false })
  })

  it('is never refused when the engine would count it', () => {
    const persons = ['P-A', 'P-B', 'X']
    const ballots = fc.array(
      fc.record({
        unit: fc.constantFrom('A', 'B'),
        by: fc.constantFrom(...persons),
        answers: fc.constantFrom('q1=FOR', 'q1=AGAINST', 'q1=OVERVOTE', 'WITHDRAW'),
      }),
      { maxLength: 6 },
    )
    fc.assert(
      fc.property(ballots, fc.constantFrom('A', 'B'), fc.constantFrom(...persons), (earlier, name, by) => {
        const rows = earlier.map((each, i) => stored(i + 1, each.unit, each.by, each.answers, 20 + i))
        const files = ['A', 'B'].map(each =>
          file(each, { voters: [`P-${each}`, 'X'], ballots: rows.filter(row => row.unit === each) }),
        )
        const { obstacle } = judge(files, name, by)!
        const last = { ...stored(rows.length + 1, name, by, 'q1=FOR', 60) }
        const counted = countQuestion(
          {
            questions: rules.questions,
            policy: DEFAULT_POLICY,
            rulesVersion: null,
            window,
            roll: {
              developer: null,
              units: ['A', 'B'].map(each => unit(each, { owners: [`P-${each}`, 'X'] })),
            },
            register: { representatives: new Map(), proxies: [], transfers: [] },
            delivered: new Set(),
            ballots: [...rows, last],
          },
          rules.questions[0]!,
          null,
        )
        const fate = counted.fates.at(-1)!.fate
        if (obstacle === null) expect(['counted', 'CO_OWNER_CONFLICT', 'SAME_UNIT_DUPLICATE']).toContain(fate)
        else expect(fate).toBe(obstacle)
      }),
    )
  })
})
