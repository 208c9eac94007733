/** Motions: what is fit to be drafted, that bytes are read as written, and that nothing else is read. */
import { describe, expect, it } from 'vitest'
import { canonicalBytes, utf8 } from '#kernel'
import {
  checkMotion,
  encodeMotion,
  type MotionInput,
  mattersDigest,
  parseMotion,
  type Question,
} from '../../app/votes/motion.ts'
import { draftOf, question } from './village.ts'

const motion = (changes: Partial<MotionInput> = {}) => draftOf(changes).motion
const codes = (changes: Partial<MotionInput>) => checkMotion(motion(changes)).map(problem => problem.code)
const plan = (id: string) => ({ id, label: id })
const ask = (changes: Partial<Question>) => ({ questions: [question('q1', changes)] })
const candidate = (id: string, clause: 3 | 9 = 3) =>
  question(id, { form: 'candidate', matter: { clause, scope: null } })

describe('a motion', () => {
  it('is read as it was written, and its bytes hold the poll', () => {
    const bytes = encodeMotion('p1', motion())
    expect(parseMotion(bytes)).toEqual({ ok: true, value: { v: 1, poll: 'p1', ...motion() } })
  })

  it('that could not be drafted is not read back either', () => {
    const json = { v: 1, poll: 'p1', ...motion() }
    for (const bent of [
      { ...json, v: 2 },
      { ...json, poll: 7 },
      { ...json, questions: [] },
      { ...json, course: null },
      [],
      null,
    ]) {
      expect(parseMotion(canonicalBytes(bent as never)).ok).toBe(false)
    }
    expect(parseMotion(utf8('{"v": 1}')).ok).toBe(false)
  })

  it.each([
    [{}, []],
    [{ title: ' ' }, ['title-missing']],
    [{ title: 'x'.repeat(201) }, ['text-too-long']],
    [{ pros: ['x'.repeat(4001)] }, ['text-too-long']],
    [{ questions: [] }, ['questions-missing']],
    [{ questions: Array.from({ length: 21 }, (_, i) => question(`q${i}`)) }, ['questions-too-many']],
    [{ questions: [question(), question()] }, ['question-name-malformed']],
    [ask({ questionId: 'Q 1' }), ['question-name-malformed']],
    [ask({ title: '' }), ['question-title-missing']],
    [ask({ matter: { clause: 10 as never, scope: null } }), ['clause-unknown']],
    [ask({ matter: { clause: 5, scope: { buildings: [], entrances: [] } } }), ['scope-empty']],
    [ask({ form: 'plans' }), ['plans-missing']],
    [ask({ plans: [plan('PLAN-A')] }), ['plans-missing']],
    [ask({ form: 'plans', plans: [plan('NONE')] }), ['plan-name-malformed']],
    [ask({ form: 'plans', plans: [plan('PLAN-A'), plan('PLAN-A')] }), ['plan-name-malformed']],
    [{ questions: [candidate('c1')] }, ['candidates-need-seats']],
    [{ questions: [candidate('c1')], election: { seats: 0 } }, ['candidates-need-seats']],
    [{ questions: [candidate('c1'), question()], election: { seats: 1 } }, ['candidates-mixed']],
    [{ questions: [candidate('c1', 9)], election: { seats: 1 } }, ['election-clause']],
    [{ questions: [candidate('c1')], election: { seats: 1 } }, []],
    [{ money: { amountFen: '1.5', payer: '', projectText: '', budgetLine: '' } }, ['money-malformed']],
    [{ money: { amountFen: '150', payer: '', projectText: '', budgetLine: '' } }, []],
    [{ documents: [{ name: 'a', sha256: 'ab' }] }, ['document-malformed']],
    [{ officialVoting: 'advisory' as const }, ['official-system-missing']],
    [{ course: { notice: -1, objection: 15, posting: 3, extensionAllowed: true } }, ['course-malformed']],
  ])('%# has exactly its problems', (changes, expected) => {
    expect(codes(changes)).toEqual(expected)
  })

  it('has a digest of its matters that changes with clause, scope and tariff', () => {
    const matters = [
      { clause: 5, scope: null },
      { clause: 6, scope: null },
      { clause: 5, scope: { buildings: ['1'], entrances: [] } },
      { clause: 5, scope: { buildings: [], entrances: [{ building: '1', entrance: '1' }] } },
      { clause: 5, scope: null, parkingTariff: true },
    ] as const
    expect(new Set(matters.map(matter => mattersDigest([{ questionId: 'q1', matter }]))).size).toBe(
      matters.length,
    )
    expect(
      mattersDigest([{ questionId: 'q1', matter: { clause: 5, scope: null, parkingTariff: false } }]),
    ).toBe(mattersDigest([{ questionId: 'q1', matter: matters[0] }]))
  })
})
