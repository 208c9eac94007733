/** The law's own parts: classes, gates, wording, scope, policies, the roll, the course and the sentence of the result. */
import { describe, expect, it } from 'vitest'
import { areaCentiM2, civilDate } from '../../app/kernel/index.ts'
import {
  annulmentEnds,
  canFollow,
  deadlinesOf,
  earliestOpening,
  extensionProblem,
  isTopicOpen,
  POLL_STATES,
} from '../../app/votes/course.ts'
import { CLAUSES, classOf, isClause, notesOf, scopeTest } from '../../app/votes/matter.ts'
import { DEFAULT_POLICY, POLICY_WORDS, parsePolicy, policyDigest } from '../../app/votes/policy.ts'
import {
  headKeyOf,
  headShares,
  holderIndex,
  measureUnits,
  publicRoll,
  type Roll,
  rollDigest,
  sharesOf,
  unitsInBase,
  votersOf,
} from '../../app/votes/roll.ts'
import { tally } from '../../app/votes/tally.ts'
import {
  approvalGate,
  INCLUSIVE_WORDING,
  judge,
  legalTextsOf,
  participationGate,
} from '../../app/votes/threshold.ts'
import { approvalOnBothBases, verdictOf } from '../../app/votes/verdict.ts'
import { fc } from '../support/properties.ts'
import { ballot, poll, unit } from './polls.ts'

const measure = (area: bigint, heads: bigint) => ({ area: areaCentiM2(area), heads })

describe('matters', () => {
  it('have the class of their clause: 6, 7 and 8 are special', () => {
    expect(CLAUSES.filter(({ clause }) => classOf(clause) === 'special').map(row => row.clause)).toEqual([
      6, 7, 8,
    ])
    expect([0, 10, 1.5, '5', null].some(isClause)).toBe(false)
  })

  it('carry the wording of the Code', () => {
    expect(legalTextsOf(8).matter.wording).toBe('改变共有部分的用途或者利用共有部分从事经营活动')
    expect(legalTextsOf(8).approval).toContain('四分之三以上')
    expect(legalTextsOf(5).approval).toContain('过半数')
    expect(legalTextsOf(5).participation).toContain('三分之二以上')
    expect(INCLUSIVE_WORDING.wording).toContain('包括本数')
  })

  it('warn about a parking tariff under clause 9 only, and about who bears the money', () => {
    expect(notesOf({ clause: 9, scope: null, parkingTariff: true })).toEqual([
      'parking-tariff-may-be-clause-8',
    ])
    expect(notesOf({ clause: 8, scope: null, parkingTariff: true })).toEqual([])
    expect(notesOf({ clause: 5, scope: { buildings: ['1'], entrances: [] } })).toEqual([
      'maintenance-fund-scope-bears-cost',
    ])
  })

  it('reach the named buildings and entrances: an entrance of one building is not that of another', () => {
    const isIn = scopeTest({ buildings: ['3'], entrances: [{ building: '1', entrance: '2' }] })
    expect(isIn({ building: '3', entrance: '9' })).toBe(true)
    expect(isIn({ building: '1', entrance: '2' })).toBe(true)
    expect(isIn({ building: '2', entrance: '2' })).toBe(false)
    expect(isIn({ building: '12', entrance: '' })).toBe(false)
  })
})

describe('gates', () => {
  it('agree with the fractions of the law for all small figures', () => {
    for (let whole = 1n; whole <= 60n; whole++) {
      for (let part = 0n; part <= whole; part++) {
        const ratio = Number(part) / Number(whole)
        // Exact at these sizes: a multiple of 1/60 is never nearer to a mark than 1e-4 without being on it.
        const isAt = (mark: number) => Math.abs(ratio - mark) < 1e-9
        const [p, w] = [measure(part, part), measure(whole, whole)]
        expect(participationGate(p, w).area).toBe(ratio > 2 / 3 || isAt(2 / 3))
        expect(approvalGate('ordinary', p, w).heads).toBe(ratio > 1 / 2 && !isAt(1 / 2))
        expect(approvalGate('special', p, w).area).toBe(ratio > 3 / 4 || isAt(3 / 4))
      }
    }
  })

  it('are judged by area and by heads apart, and both are needed', () => {
    const total = measure(300n, 3n)
    const all = measure(300n, 3n)
    expect(judge('ordinary', { total, participating: all, inFavour: measure(299n, 1n) })).toEqual({
      quorum: { area: true, heads: true },
      approval: { area: true, heads: false },
      outcome: 'NOT_PASSED',
    })
    expect(
      judge('ordinary', { total, participating: measure(199n, 2n), inFavour: measure(199n, 2n) }).outcome,
    ).toBe('NO_QUORUM')
  })

  it('decide reported cases as reported', () => {
    const chongqing = { participating: measure(34_057_545n, 3936n), inFavour: measure(28_119_421n, 3179n) }
    expect(approvalGate('special', chongqing.inFavour, chongqing.participating)).toEqual({
      area: true,
      heads: true,
    })
    expect(participationGate(measure(9_344_908n, 905n), measure(12_479_930n, 1152n))).toEqual({
      area: true,
      heads: true,
    })
    expect(participationGate(measure(1147n, 1147n), measure(2261n, 2261n)).heads).toBe(false)
  })
})

describe('policies', () => {
  it('take every value of every switch, and nothing else', () => {
    for (const [name, words] of Object.entries(POLICY_WORDS)) {
      for (const word of words)
        expect(parsePolicy({ [name]: word })).toEqual({
          ok: true,
          value: { ...DEFAULT_POLICY, [name]: word },
        })
      expect(parsePolicy({ [name]: 'other' }).ok).toBe(false)
    }
    for (const wrong of [{ proxyLimit: -1 }, { proxyLimit: '3' }, { withdrawAllowed: 1 }, { unknown: 1 }]) {
      expect(parsePolicy(wrong).ok).toBe(false)
    }
    for (const wrong of [null, [], 'none', 3]) expect(parsePolicy(wrong).ok).toBe(false)
    expect(parsePolicy({ a: 1, proxyLimit: 1e9 })).toEqual({
      ok: false,
      error: [
        { name: 'a', code: 'policy-switch-unknown' },
        { name: 'proxyLimit', code: 'policy-value-unknown' },
      ],
    })
  })

  it('have a digest that any switch and the version of the rules change', () => {
    const digest = policyDigest(DEFAULT_POLICY, '2026-01')
    expect(policyDigest({ ...DEFAULT_POLICY }, '2026-01')).toBe(digest)
    expect(policyDigest({ ...DEFAULT_POLICY, proxyLimit: 4 }, '2026-01')).not.toBe(digest)
    expect(policyDigest(DEFAULT_POLICY, null)).not.toBe(digest)
  })
})

describe('the roll', () => {
  const roll: Roll = {
    developer: 'DEV',
    units: [
      unit('B', { owners: ['H', 'W'] }),
      unit('A', { status: 'unsold' }),
      unit('C', { owners: ['W', 'H'], area: 1n }),
    ],
  }

  it('keeps owner sets apart that would read alike when joined', () => {
    const key = (owners: string[]) => headKeyOf(roll, unit('X', { owners }))
    expect(key(['a,b'])).not.toBe(key(['a', 'b']))
    expect(key(['a"', 'b'])).not.toBe(key(['a', '"b']))
    expect(key(['b', 'a', 'b'])).toBe(key(['a', 'b']))
    expect(headKeyOf({ developer: null, units: [] }, unit('X', { status: 'unsold' }))).not.toBe(
      key(['developer']),
    )
  })

  it('lets nobody vote for undelivered stock of a developer it does not name, but the owner of what is unsold', () => {
    const nameless = { developer: null, units: [] }
    expect(votersOf(nameless, unit('X', { status: 'sold_undelivered' }))).toEqual([])
    expect(votersOf(nameless, unit('X', { status: 'unsold', owners: ['D'] }))).toEqual(['D'])
    expect(votersOf(roll, unit('X', { status: 'sold_undelivered' }))).toEqual(['DEV'])
  })

  it('shows no name and no head to the public', () => {
    expect(publicRoll(roll).map(row => row.unit)).toEqual(['A', 'B', 'C'])
    const text = JSON.stringify(publicRoll(roll), (_, v: unknown) => (typeof v === 'bigint' ? `${v}` : v))
    expect(text).not.toMatch(/owner|head|"[HW]"|P-|DEV/)
  })

  it('shows an owner the share of their own head in both gates', () => {
    const base = unitsInBase(roll, null, false)
    const { total, byHead } = headShares(roll, base)
    expect(total).toEqual(measure(20_001n, 2n))
    expect(byHead.get(headKeyOf(roll, roll.units[2]!))).toEqual(measure(10_001n, 1n))
    expect(byHead.get('["nobody"]')).toBeUndefined()
    for (const key of [null, ...byHead.keys()]) {
      const units = base.filter(each => key === null || headKeyOf(roll, each) === key)
      expect(key === null ? total : byHead.get(key)).toEqual(measureUnits(roll, units))
    }
  })

  it('has a digest that order does not change and any fact does', () => {
    const digest = rollDigest(roll, 'aa')
    const reordered = roll.units.toReversed().map(u => ({ ...u, owners: u.owners.toReversed() }))
    expect(rollDigest({ ...roll, units: reordered }, 'aa')).toBe(digest)
    expect(rollDigest(roll, 'ab')).not.toBe(digest)
    for (const change of [
      { area: 2n },
      { kind: 'parking' },
      { owners: ['H'] },
      { areaSource: 'survey' },
    ] as const) {
      const units = [...roll.units.slice(0, 2), unit('C', { owners: ['W', 'H'], area: 1n, ...change })]
      expect(rollDigest({ ...roll, units }, 'aa')).not.toBe(digest)
    }
  })

  it('follows shares through sales, in order of time, from the instant of each', () => {
    const shares = sharesOf(
      ['H', 'W'],
      [
        { unit: 'B', from: 'X', to: 'Y', atMicros: 20 },
        { unit: 'B', from: 'H', to: 'X', atMicros: 10 },
        { unit: 'B', from: 'NOBODY', to: 'Z', atMicros: 15 },
      ],
    )
    expect(shares.map(share => share.map(held => held.person))).toEqual([['H', 'X', 'Y'], ['W']])
    expect([9, 10, 19, 20].map(at => holderIndex(shares[0]!, at))).toEqual([0, 1, 1, 2])
  })
})

describe('the course (rule 22)', () => {
  it('goes one step at a time and never back', () => {
    for (const [i, from] of POLL_STATES.entries()) {
      for (const [j, to] of POLL_STATES.entries()) expect(canFollow(from, to)).toBe(j === i + 1)
      expect(isTopicOpen(from)).toBe(i === 0)
    }
  })

  it('has clocks in whole days, the day of the event not counted', () => {
    expect(earliestOpening(civilDate('2026-05-01'))).toBe('2026-05-17')
    expect(deadlinesOf(civilDate('2026-05-31'))).toEqual({
      postedBy: '2026-06-03',
      objectionsUntil: '2026-06-15',
    })
    expect(annulmentEnds(civilDate('2026-06-03'))).toBe('2027-06-03')
    expect(annulmentEnds(civilDate('2028-02-29'))).toBe('2029-02-28')
  })

  it('extends only where allowed, before close, and to a later close', () => {
    const good = { isAllowed: true, atMicros: 90, closesAtMicros: 90, newClosesAtMicros: 91 }
    expect(extensionProblem(good)).toBeNull()
    expect(extensionProblem({ ...good, isAllowed: false })).toBe('extension-not-allowed')
    expect(extensionProblem({ ...good, atMicros: 91 })).toBe('extension-after-close')
    expect(extensionProblem({ ...good, newClosesAtMicros: 90 })).toBe('extension-not-later')
  })
})

describe('the verdict', () => {
  const three = [unit('A'), unit('B'), unit('C')]
  const verdict = (...choices: ('FOR' | 'AGAINST')[]) =>
    tally(
      poll(
        three,
        choices.map((choice, i) => ballot(`b${i}`, three[i]!.id, `P-${three[i]!.id}`, choice)),
      ),
    )
  const gates = (result: ReturnType<typeof tally>) =>
    verdictOf(result.class, result).gates.map(
      ({ gate, by, percent, sign, mark, isMet }) => `${gate} ${by} ${percent} ${sign} ${mark} ${isMet}`,
    )

  it('stops at participation when nothing was decided', () => {
    expect(gates(verdict('FOR'))).toEqual([
      'participation area 33.33% < 2/3 false',
      'participation heads 33.33% < 2/3 false',
    ])
  })

  it('shows approval of those taking part otherwise, with the sign that holds', () => {
    expect(gates(verdict('FOR', 'AGAINST'))).toEqual([
      'participation area 66.66% ≥ 2/3 true',
      'participation heads 66.66% ≥ 2/3 true',
      'approval area 50.00% ≤ 1/2 false',
      'approval heads 50.00% ≤ 1/2 false',
    ])
    expect(gates(verdict('FOR', 'FOR')).slice(2)).toEqual([
      'approval area 100.00% > 1/2 true',
      'approval heads 100.00% > 1/2 true',
    ])
  })

  it('shows those in favour of those taking part and of all (both bases)', () => {
    expect(approvalOnBothBases(verdict('FOR', 'FOR'))).toEqual({
      ofParticipating: { area: '100.00%', heads: '100.00%' },
      ofTotal: { area: '66.66%', heads: '66.66%' },
    })
  })

  it('never shows a percentage above the true one (rule 19)', () => {
    fc.assert(
      fc.property(fc.nat(10_000), fc.integer({ min: 1, max: 10_000 }), (part, rest) => {
        const result = tally(
          poll(
            [unit('A', { area: BigInt(part + 1) }), unit('B', { area: BigInt(rest) })],
            [ballot('b', 'A', 'P-A', 'FOR')],
          ),
        )
        const [gate] = verdictOf('ordinary', result).gates
        const shown = BigInt(gate!.percent.replace(/[.%]/g, ''))
        expect(shown * gate!.whole <= gate!.part * 10_000n).toBe(true)
        expect((shown + 1n) * gate!.whole > gate!.part * 10_000n).toBe(true)
      }),
    )
  })
})
