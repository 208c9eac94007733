/** Who may act when: all orders of four steps by four people, on two contents, against a rule written another way. */
import { describe, expect, it } from 'vitest'
import { requiredSteps } from '#ledger'
import { type Approval, checkApproval, dueStep, inStepOrder, type Step } from '../../app/ledger/approval.ts'
import { ACCOUNTS, contentOf, credit, debit } from './books.ts'

const STEPS: readonly Step[] = ['prepare', 'review', 'release_company', 'release_committee']
const PEOPLE = ['ann', 'bo', 'chen', 'du'] as const
const NOW = 'content now'
const EARLIER = 'content before it was revised'
const at = new Date('2025-01-10T00:00:00Z')

interface Act {
  readonly step: Step
  readonly userId: string
  readonly seenDigest: string
}

const ACTS: readonly Act[] = STEPS.flatMap(step =>
  PEOPLE.flatMap(userId => [NOW, EARLIER].map(seenDigest => ({ step, userId, seenDigest }))),
)

/** The rule as a sentence: the n-th act is the n-th step, on the content as it is, by somebody who has not acted. */
function isAllowed(required: readonly Step[], taken: readonly Act[], act: Act): boolean {
  return (
    act.seenDigest === NOW && required[taken.length] === act.step && taken.every(t => t.userId !== act.userId)
  )
}

function walk(required: readonly Step[], taken: readonly Act[], seen: { acts: number; done: number }): void {
  const approvals: Approval[] = taken.map(t => ({ ...t, at, contentDigest: t.seenDigest }))
  const stale: Approval[] = PEOPLE.map((userId, i) => ({
    step: STEPS[i]!,
    userId,
    at,
    contentDigest: EARLIER,
  }))
  if (dueStep(required, approvals, NOW) === null) seen.done++
  for (const act of ACTS) {
    const allowed = isAllowed(required, taken, act)
    // Acts on an earlier content are there as well, and count for nothing and against nobody.
    for (const given of [approvals, [...stale, ...approvals]]) {
      if (checkApproval(required, given, act, NOW).ok !== allowed) {
        throw new Error(`${JSON.stringify(taken)} then ${JSON.stringify(act)}: expected ${allowed}`)
      }
    }
    seen.acts++
    if (allowed) walk(required, [...taken, act], seen)
  }
}

describe('every sequence of acts', () => {
  it('of a payment: four steps by four different people, in order', () => {
    const seen = { acts: 0, done: 0 }
    walk(STEPS, [], seen)
    expect(seen).toEqual({ acts: (1 + 4 + 12 + 24 + 24) * 32, done: 24 })
  })

  it('of a receipt: two steps by two people', () => {
    const seen = { acts: 0, done: 0 }
    walk(STEPS.slice(0, 2), [], seen)
    expect(seen).toEqual({ acts: (1 + 4 + 12) * 32, done: 12 })
  })
})

describe('refusals say which', () => {
  const given: Approval[] = [{ step: 'prepare', userId: 'ann', at, contentDigest: NOW }]
  it.each([
    [
      { step: 'review', userId: 'ann', seenDigest: NOW },
      { code: 'same-person', step: 'prepare' },
    ],
    [
      { step: 'release_company', userId: 'bo', seenDigest: NOW },
      { code: 'step-not-due', due: 'review' },
    ],
    [
      { step: 'prepare', userId: 'bo', seenDigest: NOW },
      { code: 'step-not-due', due: 'review' },
    ],
    [{ step: 'review', userId: 'bo', seenDigest: EARLIER }, { code: 'content-changed' }],
  ] as const)('%j', (act, error) => {
    expect(checkApproval(STEPS, given, act, NOW)).toEqual({ ok: false, error })
  })

  it('nothing is due after the last', () => {
    const all = STEPS.map((step, i) => ({ step, userId: PEOPLE[i]!, at, contentDigest: NOW }))
    expect(checkApproval(STEPS, all, { step: 'review', userId: 'eve', seenDigest: NOW }, NOW)).toEqual({
      ok: false,
      error: { code: 'step-not-due', due: null },
    })
  })
})

it('whatever credits cash needs both releases, whatever it is called', () => {
  const pays = [debit('5103', 5n), credit('100201', 5n)]
  for (const kind of ['opening', 'receipt', 'payment', 'transfer', 'reversal'] as const) {
    expect(requiredSteps(contentOf({ kind, postings: pays }), ACCOUNTS)).toEqual(STEPS)
    expect(requiredSteps(contentOf({ kind }), ACCOUNTS)).toEqual(['prepare', 'review'])
  }
})

it('acts are shown in the order of their steps, whatever the clock said', () => {
  const shuffled = [STEPS[2]!, STEPS[0]!, STEPS[3]!, STEPS[1]!].map(step => ({ step }))
  expect(inStepOrder(shuffled).map(act => act.step)).toEqual(STEPS)
})
