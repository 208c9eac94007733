/** Rules propose; the newest that fits speaks, receipts of a day share a voucher, payments stand alone. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { civilDate, fen } from '#kernel'
import { type MatchingRule, postingsAgainst } from '#ledger'
import { type MatchableLine, proposeVouchers, ruleFor } from '../../app/ledger/matching.ts'
import { checkPostings } from '../../app/ledger/posting.ts'
import { anyDay, CHART, credit, debit } from './books.ts'

const rule = (changes: Partial<MatchingRule> = {}): MatchingRule => ({
  ruleId: 'r1',
  direction: 'in',
  contains: '物业费',
  fund: 'trust',
  account: '410101',
  narration: '收物业服务费',
  ...changes,
})
const line = (changes: Partial<MatchableLine> = {}): MatchableLine => ({
  bankLine: 'l1',
  bookedOn: civilDate('2025-01-05'),
  amountFen: fen(100n),
  counterparty: '王小明',
  purpose: '3-1-1602物业费',
  cashAccount: '100201',
  fund: 'trust',
  ...changes,
})

describe('a rule fits', () => {
  it.each<[string, Partial<MatchableLine>, Partial<MatchingRule>]>([
    ['by purpose', {}, {}],
    ['by counterparty', { counterparty: '物业费专户', purpose: '' }, {}],
    ['without spaces', { purpose: '物 业 费' }, {}],
    ['without case and width', { purpose: 'ＡＬＩＰＡＹ' }, { contains: 'alipay' }],
    ['for payments', { amountFen: fen(-100n) }, { direction: 'out' }],
  ])('%s', (_, l, r) => {
    expect(ruleFor(line(l), [rule(r)])?.ruleId).toBe('r1')
  })

  it.each<[string, Partial<MatchableLine>, Partial<MatchingRule>]>([
    ['another direction', {}, { direction: 'out' }],
    ['another fund', {}, { fund: 'maintenance' }],
    ['another text', { purpose: '停车费' }, {}],
    [
      'a text that only begins where the counterparty ends',
      { counterparty: '某某物业', purpose: '费用' },
      {},
    ],
  ])('but not: %s', (_, l, r) => {
    expect(ruleFor(line(l), [rule(r)])).toBeNull()
  })

  it('the first of several', () => {
    const rules = [rule({ ruleId: 'new', account: '410103' }), rule({ ruleId: 'old' })]
    expect(ruleFor(line(), rules)?.ruleId).toBe('new')
    expect(ruleFor(line(), [...rules].reverse())?.ruleId).toBe('old')
  })
})

it('money against an account: in and out', () => {
  expect(postingsAgainst(line(), '410101')).toEqual([debit('100201', 100n), credit('410101', 100n)])
  expect(postingsAgainst(line({ amountFen: fen(-7n) }), '5113')).toEqual([
    debit('5113', 7n),
    credit('100201', 7n),
  ])
})

describe('proposals', () => {
  const rules = [
    rule(),
    rule({ ruleId: 'park', contains: '停车', account: '410202' }),
    rule({ ruleId: 'fee', direction: 'out', contains: '手续费', account: '5113' }),
  ]
  const anyLines = fc
    .array(
      fc.record({
        bookedOn: anyDay,
        amountFen: fc.bigInt({ min: -500n, max: 500n }).map(fen),
        purpose: fc.constantFrom('物业费', '停车', '手续费', '不详'),
        cashAccount: fc.constantFrom('100201', '100202'),
      }),
      { maxLength: 25 },
    )
    .map(lines => lines.map((l, i) => line({ ...l, bankLine: `l${i}` })))

  it('hold every line that a rule fits exactly once, balance, and move what the lines move', () => {
    fc.assert(
      fc.property(anyLines, lines => {
        const proposals = proposeVouchers(lines, rules)
        const held = proposals.flatMap(p => p.bankLines)
        const fitting = lines.filter(l => l.amountFen !== 0n && ruleFor(l, rules) !== null)
        expect([...held].sort()).toEqual(fitting.map(l => l.bankLine).sort())
        for (const proposal of proposals) {
          const members = lines.filter(l => proposal.bankLines.includes(l.bankLine))
          const total = members.reduce((sum, l) => sum + l.amountFen, 0n)
          const [first] = members
          expect(checkPostings(proposal.postings, CHART, false).ok).toBe(true)
          expect(proposal.postings).toEqual(
            postingsAgainst({ ...first!, amountFen: fen(total) }, proposal.rule.account),
          )
          for (const member of members) {
            expect([member.bookedOn, member.cashAccount]).toEqual([proposal.occurredOn, first!.cashAccount])
            expect(member.amountFen > 0n || members.length === 1).toBe(true)
          }
        }
        const together = proposals
          .filter(p => p.rule.direction === 'in')
          .map(p => `${p.occurredOn} ${p.rule.ruleId} ${p.postings[0]!.account}`)
        expect(new Set(together).size).toBe(together.length)
      }),
    )
  })

  it('of nothing are none', () => {
    expect(proposeVouchers([], rules)).toEqual([])
    expect(proposeVouchers([line()], [])).toEqual([])
    expect(proposeVouchers([line({ amountFen: fen(0n) })], rules)).toEqual([])
  })
})
