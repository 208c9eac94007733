/** Rules propose; the newest that fits speaks, receipts of a day share a voucher, payments stand alone. */
import { describe, expect, it } from 'vitest'
import { civilDate, fen } from '#kernel'
import { type MatchingRule, postingsAgainst } from '#ledger'
import { type MatchableLine, proposeVouchers, ruleBehind, ruleFor } from '../../app/ledger/matching.ts'
import { checkPostings } from '../../app/ledger/posting.ts'
import { fc } from '../support/properties.ts'
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

describe('the rule behind a voucher', () => {
  const lines = [line(), line({ bankLine: 'l2', amountFen: fen(50n) })]
  const rules = [rule()]
  const [proposal] = proposeVouchers(lines, rules)
  const voucher = {
    occurredOn: proposal!.occurredOn,
    narration: proposal!.rule.narration,
    postings: proposal!.postings,
  }

  it('is the one that proposes exactly it, whatever is proposed', () => {
    expect(ruleBehind(voucher, lines, rules)?.ruleId).toBe('r1')
    fc.assert(
      fc.property(
        fc.array(fc.bigInt({ min: 1n, max: 10n ** 9n }), { minLength: 1, maxLength: 5 }),
        anyDay,
        (amounts, day) => {
          const some = amounts.map((amount, n) =>
            line({ bankLine: `l${n}`, amountFen: fen(amount), bookedOn: day }),
          )
          const [made] = proposeVouchers(some, rules)
          const drafted = { occurredOn: day, narration: made!.rule.narration, postings: made!.postings }
          expect(ruleBehind(drafted, some, rules)).toBe(rules[0])
        },
      ),
    )
  })

  const [first, second] = voucher.postings
  it.each<[string, Partial<typeof voucher>]>([
    ['another day', { occurredOn: civilDate('2025-01-06') }],
    ['another word', { narration: '收物业服务费（往期）' }],
    ['one fen more', { postings: [{ ...first!, amountFen: fen(151n) }, second!] }],
    ['another account', { postings: [first!, { ...second!, account: '410102' }] }],
    ['another fund', { postings: [first!, { ...second!, fund: 'maintenance' }] }],
    ['the sides exchanged', { postings: [second!, first!] }],
    ['a posting more', { postings: [...voucher.postings, credit('410101', 1n)] }],
    ['a posting less', { postings: [first!] }],
  ])('is none: %s', (_, change) => {
    expect(ruleBehind({ ...voucher, ...change }, lines, rules)).toBeNull()
  })

  it('is none when a line fits no rule, when lines belong to two vouchers, and without lines or rules', () => {
    expect(ruleBehind(voucher, [...lines, line({ bankLine: 'l3', purpose: '停车' })], rules)).toBeNull()
    expect(
      ruleBehind(voucher, [...lines, line({ bankLine: 'l3', bookedOn: civilDate('2025-01-09') })], rules),
    ).toBeNull()
    expect(ruleBehind(voucher, [], rules)).toBeNull()
    expect(ruleBehind(voucher, lines, [])).toBeNull()
  })
})
