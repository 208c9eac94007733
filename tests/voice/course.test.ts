import { describe, expect, it } from 'vitest'
import { civilDate } from '#kernel'
import {
  ACTS,
  type Act,
  type CaseKind,
  type CaseState,
  CHALLENGE_STATES,
  dueStates,
  isOver,
  isOverdue,
  nextState,
  REQUEST_STATES,
  RULES,
  replay,
  requestStep,
  turnOf,
} from '#voice'
import { fc } from '../support/properties.ts'

const BESIDE: readonly Act[] = ['support', 'hide', 'show']
const STATES: Readonly<Record<CaseKind, readonly CaseState[]>> = {
  challenge: CHALLENGE_STATES,
  request: REQUEST_STATES,
}
const anyAct = fc.constantFrom(...ACTS)
const anyKind = fc.constantFrom<CaseKind>('challenge', 'request')

/** Every step there is, as lines that people can read. */
function stepsOf(kind: CaseKind): readonly string[] {
  return [null, ...STATES[kind]].flatMap(state =>
    ACTS.filter(act => !BESIDE.includes(act)).flatMap(act => {
      const next = nextState(kind, state, act)
      return next === null ? [] : [`${state ?? 'none'} ${act} ${next}`]
    }),
  )
}

describe('the course', () => {
  it('of a challenge has these steps and no others', () => {
    expect(stepsOf('challenge')).toEqual([
      'none ask asked',
      'asked answer answered',
      'asked order ordered',
      'asked withdraw withdrawn',
      'answered prove proved',
      'answered doubt not-proved',
      'answered lapse lapsed',
      'answered withdraw withdrawn',
      'not-proved order ordered',
      'not-proved refer referred',
      'ordered report reported',
      'reported order ordered',
      'reported refer referred',
      'reported settle settled',
      'referred settle settled',
    ])
  })

  it('of a request has these steps and no others', () => {
    expect(stepsOf('request')).toEqual([
      'none list listed',
      'listed take taken',
      'listed merge merged',
      'listed withdraw withdrawn',
      'taken reply replied',
      'taken merge merged',
      'taken withdraw withdrawn',
      'replied rate rated',
      'replied reopen taken',
    ])
  })

  it.each(['challenge', 'request'] as const)('of a %s ends where nobody has a turn, and only there', kind => {
    for (const state of STATES[kind]) {
      const leads = ACTS.some(act => !BESIDE.includes(act) && nextState(kind, state, act) !== null)
      expect([state, leads]).toEqual([state, !isOver(state)])
    }
  })

  it('never proves what only the seat has said: a case is proved by an act of the asker alone', () => {
    fc.assert(
      fc.property(fc.array(anyAct, { maxLength: 8 }), acts => {
        const state = replay('challenge', ['ask', ...acts])
        if (state !== 'proved') return
        const judged = acts.filter(act => !BESIDE.includes(act))
        expect(judged).toEqual(['answer', 'prove'])
        expect(RULES.prove.by).toBe('asker')
      }),
    )
  })

  it('is walked act by act, and one that could not be done breaks it', () => {
    fc.assert(
      fc.property(anyKind, fc.array(anyAct, { maxLength: 10 }), (kind, acts) => {
        let state: CaseState | null = null
        for (const act of acts) {
          state = nextState(kind, state, act)
          if (state === null) break
        }
        expect(replay(kind, acts)).toBe(acts.length === 0 ? null : state)
        if (state !== null) expect(STATES[kind]).toContain(state)
      }),
    )
  })

  it('does not move for a support, a hidden text or one shown again', () => {
    for (const act of BESIDE) {
      expect(nextState('request', 'taken', act)).toBe('taken')
      expect(nextState('request', null, act)).toBeNull()
    }
  })

  it('has a rule for every act but the first', () => {
    const opening: readonly Act[] = ['ask', 'list']
    expect(Object.keys(RULES).sort()).toEqual(ACTS.filter(act => !opening.includes(act)).sort())
    for (const [act, rule] of Object.entries(RULES)) {
      const turns = [...CHALLENGE_STATES, ...REQUEST_STATES].filter(state =>
        (['challenge', 'request'] as const).some(kind => nextState(kind, state, act as Act) !== null),
      )
      expect([act, turns.length > 0]).toEqual([act, true])
      expect(rule.needs).toMatch(/^(voice|challenge|supervision|request):/)
    }
  })
})

describe('being overdue', () => {
  const due = civilDate('2026-07-08')

  it('begins the day after the last one, for what the seat owes', () => {
    for (const state of dueStates()) {
      expect(turnOf(state)).toBe('seat')
      expect(isOverdue(state, due, civilDate('2026-07-08'))).toBe(false)
      expect(isOverdue(state, due, civilDate('2026-07-09'))).toBe(true)
      expect(isOverdue(state, null, civilDate('2026-07-09'))).toBe(false)
    }
  })

  it('is nothing an asker can be, nor a case that is over', () => {
    for (const state of [...CHALLENGE_STATES, ...REQUEST_STATES].filter(
      each => !dueStates().includes(each),
    )) {
      expect(isOverdue(state, due, civilDate('2027-07-09'))).toBe(false)
    }
  })
})

describe('the word that residents know', () => {
  it('is one of three, and none for what is no longer asked', () => {
    expect(REQUEST_STATES.map(requestStep)).toEqual(['listed', 'taken', 'replied', 'replied', null, null])
  })
})
