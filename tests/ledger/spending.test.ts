/** No budget line, no spending: every small case of line, vote and emergency against the rule as a sentence. */
import { describe, expect, it } from 'vitest'
import { fen } from '#kernel'
import { type Allowance, checkSpending, expensesOf } from '../../app/ledger/spending.ts'
import { ACCOUNTS, credit, debit } from './books.ts'

const line = (amount: bigint, direction: 'in' | 'out' = 'out') => ({
  fiscalYear: 2025,
  fund: 'trust',
  account: '5103',
  direction,
  amountFen: fen(amount),
})
const allowance = (kind: Allowance['kind'], amount: bigint, fiscalYear = 2025): Allowance => ({
  changeId: `${kind} ${amount}`,
  kind,
  ceiling: { fiscalYear, fund: 'trust', account: '5103', amountFen: fen(amount) },
  witnessId: kind === 'emergency' ? 'branch' : null,
})
const asked = (amount: bigint) => [{ fund: 'trust', account: '5103', amountFen: fen(amount) }]

describe('every small case', () => {
  it('is allowed exactly when budget, votes and emergencies reach it', () => {
    const amounts = [null, 0n, 1n, 2n]
    let cases = 0
    for (const planned of amounts)
      for (const voted of amounts)
        for (const emergency of amounts)
          for (const spent of [0n, 1n, 2n])
            for (const pay of [1n, 2n, 3n]) {
              const budget = planned === null ? [] : [line(planned)]
              const allowances = [
                ...(voted === null ? [] : [allowance('ceiling', voted)]),
                ...(emergency === null ? [] : [allowance('emergency', emergency)]),
              ]
              const checked = checkSpending(asked(pay), 2025, {
                budget,
                allowances,
                spentFen: () => fen(spent),
              })
              const byVote = (planned ?? 0n) + (voted ?? 0n)
              const all = byVote + (emergency ?? 0n)
              const isNamed = planned !== null || voted !== null || emergency !== null
              const expected = !isNamed
                ? 'budget-line-missing'
                : spent + pay > all
                  ? 'over-ceiling'
                  : spent + pay > byVote
                    ? 1
                    : 0
              expect(checked.ok ? checked.value.length : checked.error.code).toBe(expected)
              cases++
            }
    expect(cases).toBe(4 ** 3 * 9)
  })

  it('names the figures, and takes no line of income, of another year or of another account', () => {
    const room = { budget: [line(10n)], allowances: [], spentFen: () => fen(8n) }
    expect(checkSpending(asked(3n), 2025, room)).toEqual({
      ok: false,
      error: {
        code: 'over-ceiling',
        fund: 'trust',
        account: '5103',
        ceilingFen: fen(10n),
        spentFen: fen(11n),
      },
    })
    const missing = { error: { code: 'budget-line-missing' } }
    expect(checkSpending(asked(1n), 2026, room)).toMatchObject(missing)
    expect(checkSpending(asked(1n), 2025, { ...room, budget: [line(10n, 'in')] })).toMatchObject(missing)
    const later = { ...room, budget: [], allowances: [allowance('emergency', 9n, 2026)] }
    expect(checkSpending(asked(1n), 2025, later)).toMatchObject(missing)
  })
})

it('a payment spends its debits of expenses, added up; nothing else', () => {
  const postings = [
    debit('5103', 5n),
    debit('5103', 2n),
    debit('5104', 4n),
    credit('5104', 4n),
    debit('2241', 9n),
    credit('100201', 16n),
  ]
  expect(expensesOf(postings, ACCOUNTS)).toEqual([{ fund: 'trust', account: '5103', amountFen: 7n }])
})
