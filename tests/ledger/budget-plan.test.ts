/** A year's budget and the vote that passed it: bytes there and back, never above the voted sum, and never without a vote after the first version. */
import { describe, expect, it } from 'vitest'
import { canonicalBytes, civilDate, type Fen, fen, parseCanonical, sumFen } from '#kernel'
import type { BudgetLine, BudgetPlan, VoteReference } from '#ledger'
import {
  type BudgetFrame,
  budgetedFen,
  budgetPlanMembers,
  budgetPlanOf,
  checkBudgetPlan,
  isSameVote,
  voteBasis,
} from '../../app/ledger/budget-plan.ts'
import { fc } from '../support/properties.ts'
import { CHART } from './books.ts'

const line = (account: string, amount: bigint, direction: 'in' | 'out' = 'out'): BudgetLine => ({
  fiscalYear: 2027,
  fund: 'trust',
  account,
  direction,
  amountFen: fen(amount),
})
const VOTE: VoteReference = {
  poll: 'p1',
  question: 'q1',
  title: '2027 年度预算',
  digest: 'a'.repeat(64),
  votedFen: fen(300n),
  isFinal: true,
  isPassed: true,
}
const OUTSIDE = {
  kind: 'outside' as const,
  words: '业主大会书面表决通过',
  decidedOn: civilDate('2026-12-20'),
  document: '业主大会 2026 年第 3 号决议',
}
const basisOf = (changes: Partial<VoteReference> = {}) => {
  const basis = voteBasis({ ...VOTE, ...changes })
  if (!basis.ok) throw new Error(basis.error.code)
  return basis.value
}
const planOf = (changes: Partial<BudgetPlan> = {}): BudgetPlan => ({
  fiscalYear: 2027,
  version: 1,
  lines: [line('410101', 900n, 'in'), line('5103', 200n), line('5104', 100n)],
  basis: basisOf(),
  ...changes,
})
const FIRST: BudgetFrame = { ...CHART, newest: null }
const codeOf = (plan: BudgetPlan, frame: BudgetFrame = FIRST) => {
  const checked = checkBudgetPlan(plan, frame)
  return checked.ok ? 'fit' : checked.error.code
}

describe('a vote', () => {
  it.each<[string, VoteReference | null]>([
    ['vote-unknown', null],
    ['vote-not-final', { ...VOTE, isFinal: false }],
    ['vote-not-passed', { ...VOTE, isPassed: false }],
    ['vote-names-no-sum', { ...VOTE, votedFen: null }],
  ])('%s is no basis', (code, vote) => {
    expect(voteBasis(vote)).toEqual({ ok: false, error: { code } })
    expect(isSameVote(basisOf(), vote)).toBe(false)
  })

  it('is the same only with the same poll, question, result and sum', () => {
    expect(isSameVote(basisOf(), VOTE)).toBe(true)
    expect(isSameVote(OUTSIDE, null)).toBe(true)
    const others = [
      { poll: 'p2' },
      { question: 'q2' },
      { digest: 'b'.repeat(64) },
      { votedFen: fen(301n) },
    ] as const
    for (const other of others) expect(isSameVote(basisOf(), { ...VOTE, ...other })).toBe(false)
  })
})

describe('a budget', () => {
  it('comes back from its bytes as it was, by a vote or by words', () => {
    for (const plan of [planOf(), planOf({ basis: OUTSIDE })]) {
      const parsed = parseCanonical(canonicalBytes(budgetPlanMembers(plan)))
      expect(parsed.ok && budgetPlanOf(parsed.value)).toEqual(plan)
    }
  })

  it('by a vote spends exactly what the motion names, and a later version by it never more', () => {
    const revised = { ...CHART, newest: { version: 1, poll: 'p1' } }
    const amounts = fc.array(fc.bigInt({ min: 1n, max: 10n ** 9n }), { minLength: 1, maxLength: 3 })
    const accounts = ['5103', '5104', '5105']
    fc.assert(
      fc.property(amounts, fc.bigInt({ min: -5n, max: 5n }), (each, off) => {
        const lines = each.map((amount, place) => line(accounts[place]!, amount))
        const total: Fen = sumFen(each.map(amount => fen(amount)))
        const voted = fen(total + off)
        if (voted <= 0n) return
        const basis = basisOf({ votedFen: voted })
        expect(budgetedFen(lines)).toBe(total)
        expect(codeOf(planOf({ lines, basis }))).toBe(off === 0n ? 'fit' : 'vote-sum-differs')
        const later = planOf({ lines, basis, version: 2 })
        expect(codeOf(later, revised)).toBe(off >= 0n ? 'fit' : 'vote-sum-differs')
      }),
    )
  })

  it.each<[string, BudgetPlan, BudgetFrame]>([
    ['budget-empty', planOf({ lines: [] }), FIRST],
    ['budget-line-twice', planOf({ lines: [line('5103', 100n), line('5103', 200n)] }), FIRST],
    ['budget-line-unfit', planOf({ lines: [line('5103', 0n)] }), FIRST],
    ['budget-line-unfit', planOf({ lines: [line('100201', 300n)] }), FIRST],
    ['budget-line-unfit', planOf({ lines: [line('410101', 300n)] }), FIRST],
    ['budget-line-unfit', planOf({ lines: [{ ...line('5103', 300n), fund: 'nobody' }] }), FIRST],
    ['budget-line-unfit', planOf({ lines: [{ ...line('5103', 300n), fiscalYear: 2026 }] }), FIRST],
    ['budget-moved-on', planOf(), { ...CHART, newest: { version: 1, poll: 'p1' } }],
    [
      'vote-sum-differs',
      planOf({ version: 2, lines: [line('5103', 200n)] }),
      { ...CHART, newest: { version: 1, poll: 'p0' } },
    ],
    ['vote-needed', planOf({ version: 2, basis: OUTSIDE }), { ...CHART, newest: { version: 1, poll: null } }],
    ['budget-words-missing', planOf({ basis: { ...OUTSIDE, words: ' ' } }), FIRST],
    ['budget-words-missing', planOf({ basis: { ...OUTSIDE, document: '' } }), FIRST],
    ['budget-words-missing', planOf({ basis: { ...OUTSIDE, words: '问 13812345678' } }), FIRST],
    ['budget-day-malformed', planOf({ basis: { ...OUTSIDE, decidedOn: '2026-02-30' as never } }), FIRST],
    ['fit', planOf({ basis: OUTSIDE }), FIRST],
  ])('%s', (code, plan, frame) => expect(codeOf(plan, frame)).toBe(code))
})
