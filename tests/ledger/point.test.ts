/** Volunteer points, pure: every move sums to zero, balances follow, numbers as typed, bytes there and back, leaves without a home. */
import { describe, expect, it } from 'vitest'
import { parseCanonical } from '#kernel'
import { MOST_POINTS, POINT_KINDS } from '#ledger'
import {
  addPoints,
  checkActivity,
  decodePointRequest,
  encodePointRequest,
  homeAccount,
  homeOfAccount,
  ISSUED,
  POOL,
  type PointMove,
  parsePoints,
  partnerAccount,
  pointPostings,
} from '../../app/ledger/point.ts'
import { partnerLeaf, pointLeaf } from '../../app/ledger/point-leaf.ts'
import { fc } from '../support/properties.ts'

const anyHome = fc.constantFrom('1-101', '1-102', '2-201')
const anyPartner = fc.constantFrom('a'.repeat(26), 'b'.repeat(26))
const anyPoints = fc.bigInt(1n, BigInt(MOST_POINTS))
const anyMove: fc.Arbitrary<PointMove> = fc.oneof(
  fc.record({ kind: fc.constant('grant' as const), home: anyHome }),
  fc.record({ kind: fc.constant('redeem' as const), home: anyHome, partnerId: anyPartner }),
  fc.record({ kind: fc.constant('give' as const), home: anyHome }),
  fc.record({ kind: fc.constant('spend' as const), partnerId: anyPartner }),
)

describe('points', () => {
  it('move from one account to another: each voucher sums to zero, and so does everything', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anyMove, anyPoints)), moves => {
        const postings = moves.flatMap(([move, points]) => pointPostings(move, points))
        for (const [move, points] of moves) {
          const [taken, given] = pointPostings(move, points)
          expect(taken.points + given.points).toBe(0n)
          expect(taken.account).not.toBe(given.account)
          expect(given.points).toBe(points)
        }
        const { balances } = addPoints(postings)
        expect([...balances.values()].reduce((sum, each) => sum + each, 0n)).toBe(0n)
        const granted = moves.reduce(
          (sum, [move, points]) => (move.kind === 'grant' ? sum + points : sum),
          0n,
        )
        expect(-(balances.get(ISSUED) ?? 0n)).toBe(granted)
      }),
    )
  })

  it('are never below zero where every move was covered, and named where one was not', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anyMove, anyPoints)), moves => {
        const taken: ReturnType<typeof pointPostings>[number][] = []
        for (const [move, points] of moves) {
          const postings = pointPostings(move, points)
          const before = addPoints(taken).balances.get(postings[0].account) ?? 0n
          if (postings[0].account === ISSUED || before >= points) taken.push(...postings)
          else expect(addPoints([...taken, ...postings]).overdrawn).toBe(postings[0].account)
        }
        expect(addPoints(taken).overdrawn).toBeNull()
      }),
    )
  })

  it('are read as typed: whole, from one to the limit', () => {
    expect(['1', ' 20 ', '１０', '10000'].map(parsePoints)).toEqual([1n, 20n, 10n, 10_000n])
    for (const text of ['', '0', '-1', '1.5', '10001', '1e3', '007', '一'])
      expect(parsePoints(text)).toBeNull()
  })

  it('have accounts that tell homes from others', () => {
    expect(homeOfAccount(homeAccount('1-101'))).toBe('1-101')
    for (const account of [ISSUED, POOL, partnerAccount('x')]) expect(homeOfAccount(account)).toBeNull()
    expect(POINT_KINDS).toHaveLength(4)
  })

  it('are asked for in public words without a person’s number', () => {
    expect(checkActivity('清理楼道')).toBeNull()
    expect(checkActivity(' ')).toEqual({ code: 'activity-missing' })
    expect(checkActivity('扫'.repeat(61))).toEqual({ code: 'activity-too-long' })
    expect(checkActivity('找13812345678领')).toEqual({ code: 'activity-private' })
  })

  it('wait as bytes that say exactly what was proposed', () => {
    fc.assert(
      fc.property(anyMove, anyPoints, (move, points) => {
        if (move.kind !== 'grant' && move.kind !== 'spend') return
        const request = { move, points, activity: '清理楼道', happenedOn: '2026-07-01' }
        expect(decodePointRequest(encodePointRequest(request))).toEqual(request)
      }),
    )
    expect(() => decodePointRequest(new Uint8Array([1]))).toThrow(/canonical/)
  })
})

describe('a leaf of points', () => {
  const voucher = {
    log: 'log/1',
    number: 1,
    kind: 'grant' as const,
    postings: pointPostings({ kind: 'grant', home: '1-101' }, 20n),
    activity: '清理楼道',
    happenedOn: '2026-07-01',
    at: new Date('2026-07-01T01:00:00Z'),
    office: 'committee_chair',
    second: 'overseer',
    salt: new Uint8Array(32).fill(1),
  }

  it('holds no home, and two vouchers of one home look like two homes', () => {
    const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes)
    const text = textOf(pointLeaf(voucher))
    expect(text).not.toContain('1-101')
    const accounts = [voucher, { ...voucher, salt: new Uint8Array(32).fill(2) }].map(
      each => /home:[0-9a-f]{64}/.exec(textOf(pointLeaf(each)))?.[0],
    )
    expect(new Set(accounts).size).toBe(2)
  })

  it('is canonical and depends on every part', () => {
    const leaves = [
      voucher,
      { ...voucher, number: 2 },
      { ...voucher, log: 'log/2' },
      { ...voucher, activity: '' },
      { ...voucher, second: null },
      { ...voucher, postings: pointPostings({ kind: 'grant', home: '1-101' }, 21n) },
    ].map(pointLeaf)
    expect(leaves.every(leaf => parseCanonical(leaf).ok)).toBe(true)
    expect(new Set(leaves.map(leaf => new TextDecoder().decode(leaf))).size).toBe(leaves.length)
    const partner = { partnerId: 'p', name: '超市', office: 'overseer', at: voucher.at }
    const [register, end] = (['register', 'end'] as const).map(act =>
      partnerLeaf('log/1', { ...partner, act }),
    )
    expect(register).not.toEqual(end)
  })
})
