import { describe, expect, it } from 'vitest'
import { fen, parseCanonical } from '#kernel'
import { type Actor, officesFor, type Role } from '#people'
import {
  FUNDING_SOURCES,
  type Funding,
  fundingBySource,
  isCovered,
  isEnded,
  isProposalGroup,
  mayMakeMotion,
  nextProposalState,
  PROPOSAL_ACTS,
  PROPOSAL_GROUPS,
  PROPOSAL_RULES,
  PROPOSAL_STATES,
  type ProposalAct,
  possibleProposalActs,
  replayProposal,
  takesSupport,
  totalFunding,
} from '#projects'
import { isFundingSource } from '../../app/projects/funding.ts'
import { proposalLeaf, proposalTextDigest, roundLeaf } from '../../app/projects/leaf.ts'
import { fc } from '../support/properties.ts'

const BESIDE: readonly ProposalAct[] = ['support', 'unsupport', 'hide', 'show']
const anyAct = fc.constantFrom(...PROPOSAL_ACTS)
const anyFunding: fc.Arbitrary<Funding> = fc.record({
  source: fc.constantFrom(...FUNDING_SOURCES),
  amountFen: fc.bigInt(1n, 10n ** 12n).map(fen),
})

describe('the course of a proposal', () => {
  it('has these steps and no others', () => {
    const steps = [null, ...PROPOSAL_STATES].flatMap(state =>
      PROPOSAL_ACTS.filter(act => !BESIDE.includes(act)).flatMap(act => {
        const next = nextProposalState(state, act)
        return next === null ? [] : [`${state ?? 'none'} ${act} ${next}`]
      }),
    )
    expect(steps).toEqual([
      'none propose proposed',
      'proposed shortlist shortlisted',
      'proposed decline declined',
      'proposed withdraw withdrawn',
      'shortlisted decline declined',
      'shortlisted motion in-motion',
      'shortlisted fund funded',
      'shortlisted withdraw withdrawn',
      'in-motion decline declined',
      'in-motion motion in-motion',
      'in-motion fund funded',
      'funded fund funded',
      'funded report done',
      'done accept accepted',
      'done refuse funded',
    ])
  })

  it('begins by proposing, once, and ends for good', () => {
    fc.assert(
      fc.property(fc.array(anyAct, { maxLength: 12 }), acts => {
        const state = replayProposal(acts)
        if (state === null) return
        expect(acts[0]).toBe('propose')
        expect(acts.filter(act => act === 'propose')).toHaveLength(1)
        const goesOn = PROPOSAL_ACTS.filter(act => !BESIDE.includes(act)).some(
          act => replayProposal([...acts, act]) !== null,
        )
        expect(goesOn).toBe(!isEnded(state))
      }),
    )
  })

  it('reaches money only through the shortlist, and acceptance only through money and a result', () => {
    fc.assert(
      fc.property(fc.array(anyAct, { maxLength: 14 }), tail => {
        const acts: ProposalAct[] = ['propose', ...tail]
        const state = replayProposal(acts)
        if (state === 'funded' || state === 'done' || state === 'accepted')
          expect(acts.indexOf('fund')).toBeGreaterThan(acts.indexOf('shortlist'))
        if (state === 'accepted') {
          const [fund, report, accept] = [
            acts.indexOf('fund'),
            acts.indexOf('report'),
            acts.indexOf('accept'),
          ]
          expect(acts.indexOf('shortlist')).toBeGreaterThan(0)
          expect(fund < report && report < accept).toBe(true)
        }
      }),
    )
  })

  it('hides and shows without moving, and takes support only while it is gathered', () => {
    for (const state of PROPOSAL_STATES) {
      expect(nextProposalState(state, 'hide')).toBe(state)
      expect(nextProposalState(state, 'show')).toBe(state)
      expect(nextProposalState(state, 'support') !== null).toBe(takesSupport(state))
      expect(nextProposalState(state, 'unsupport') !== null).toBe(takesSupport(state))
    }
    expect(PROPOSAL_STATES.filter(takesSupport)).toEqual(['proposed', 'shortlisted'])
    for (const act of BESIDE) expect(nextProposalState(null, act)).toBeNull()
  })

  it('lies in exactly one group of the list', () => {
    const grouped = Object.values(PROPOSAL_GROUPS).flat()
    expect([...grouped].sort()).toEqual([...PROPOSAL_STATES].sort())
    expect(isProposalGroup('open')).toBe(true)
    expect(isProposalGroup('__proto__')).toBe(false)
  })
})

describe('the money of a project', () => {
  it('is the same by source and in all, and covers exactly what it is', () => {
    fc.assert(
      fc.property(fc.array(anyFunding), fc.bigInt(0n, 10n ** 12n), (funding, extra) => {
        const total = totalFunding(funding)
        expect(totalFunding(fundingBySource(funding))).toBe(total)
        expect(isCovered(total, funding)).toBe(true)
        expect(isCovered(fen(total + 1n + extra), funding)).toBe(false)
        expect(isCovered(fen(-1n - extra), funding)).toBe(false)
        const sources = fundingBySource(funding).map(each => each.source)
        expect(sources).toEqual(FUNDING_SOURCES.filter(each => funding.some(f => f.source === each)))
      }),
    )
  })

  it('comes from four sources', () => {
    expect(FUNDING_SOURCES.filter(isFundingSource)).toHaveLength(4)
    expect(isFundingSource('loan')).toBe(false)
  })
})

describe('who may act', () => {
  const actor = (role: Role): Actor => ({
    userId: 'u',
    displayName: 'U',
    roles: [{ communityId: 1, role }],
    sessionId: 's',
  })
  const acts = (
    role: Role,
    view: Parameters<typeof possibleProposalActs>[0],
    isOwn = false,
    communityId = 1,
  ) => possibleProposalActs(view, { actor: actor(role), communityId, isOwn })
  const open = { state: 'proposed', isHidden: false } as const

  it('is told apart by office, by whose it is, and by where', () => {
    expect(acts('committee_member', open)).toEqual(['shortlist', 'decline'])
    expect(acts('overseer', open)).toEqual(['shortlist', 'decline', 'hide'])
    expect(acts('overseer', { ...open, isHidden: true })).toEqual(['shortlist', 'decline', 'show'])
    expect(acts('owner', open)).toEqual(['support', 'unsupport'])
    expect(acts('owner', open, true)).toEqual(['withdraw', 'support', 'unsupport'])
    expect(acts('committee_member', open, true)).toEqual([])
    expect(acts('committee_member', open, false, 2)).toEqual([])
    expect(acts('manager', open)).toEqual([])
    expect(acts('owner', { state: 'funded', isHidden: false }, true)).toEqual([])
  })

  it('makes a motion where it is shortlisted, by those who draft polls, and never of one’s own', () => {
    const view = { state: 'shortlisted' } as const
    const may = (role: Role, isOwn = false) =>
      mayMakeMotion(view, { actor: actor(role), communityId: 1, isOwn })
    expect(may('committee_member')).toBe(true)
    expect(may('committee_member', true)).toBe(false)
    expect(may('overseer')).toBe(false)
    expect(
      mayMakeMotion({ state: 'proposed' }, { actor: actor('committee_chair'), communityId: 1, isOwn: false }),
    ).toBe(false)
    expect(officesFor(PROPOSAL_RULES.motion.needs)).not.toContain('owner')
  })
})

describe('the leaves', () => {
  const salt = new Uint8Array(32).fill(7)
  const event = {
    log: 'log/1',
    proposalId: '0'.repeat(26),
    eventNo: 2,
    act: 'support',
    at: new Date('2026-07-01T01:00:00Z'),
    office: 'owner',
    detail: {},
  } as const

  it('say neither who nor which home, and depend on every part', () => {
    const textDigest = proposalTextDigest(salt, { home: '3-1-502' })
    const text = new TextDecoder().decode(proposalLeaf({ ...event, textDigest }))
    expect(text).not.toContain('502')
    expect(text).toContain(textDigest)
    const other = proposalTextDigest(new Uint8Array(32).fill(8), { home: '3-1-502' })
    expect(other).not.toBe(textDigest)
    const leaves = [
      event,
      { ...event, log: 'log/2' },
      { ...event, eventNo: 3 },
      { ...event, act: 'unsupport' as const },
      { ...event, office: 'overseer' },
      { ...event, detail: { fen: '1' } },
    ].map(each => new TextDecoder().decode(proposalLeaf({ ...each, textDigest })))
    expect(new Set(leaves).size).toBe(leaves.length)
  })

  it('are canonical', () => {
    const round = {
      roundId: 'r',
      title: '春季',
      opensOn: '2026-07-01',
      closesOn: '2026-07-31',
      office: 'overseer',
    }
    for (const leaf of [
      proposalLeaf({ ...event, textDigest: null }),
      roundLeaf('log/1', { ...round, at: event.at }),
    ])
      expect(parseCanonical(leaf).ok).toBe(true)
  })
})
