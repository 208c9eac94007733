/** Leaves of a vote: what they hold, that they give nothing away, that nothing can be changed in them. */
import { describe, expect, it } from 'vitest'
import { canonicalBytes, sha256Hex, toHex, utf8 } from '../../app/kernel/index.ts'
import {
  type BallotLeaf,
  commitBallot,
  encodeVoteLeaf,
  isOpeningOf,
  parseVoteLeaf,
  type VoteLeaf,
} from '../../app/votes/leaf.ts'
import { fc } from '../support/properties.ts'

const head = { v: 1, log: 'example.org/c/1', poll: 'p1' } as const
const digest = 'ab'.repeat(32)
const salt = Uint8Array.from({ length: 16 }, (_, i) => i)
const opening = { poll: 'p1', token: 'unit-token', choice: 'FOR', salt }
const ballotLeaf: BallotLeaf = {
  ...head,
  t: 'vote.ballot',
  seq: 7,
  cc: commitBallot(opening),
  channel: 'paper',
  token: 'unit-token',
}
const LEAVES: readonly VoteLeaf[] = [
  {
    ...head,
    t: 'vote.notice',
    motion: digest,
    policy: digest,
    roll: digest,
    matter: digest,
    weights: digest,
    opensAt: '2026-05-01T09:00:00+08:00',
    closesAt: '2026-05-31T18:00:00+08:00',
  },
  { ...head, t: 'vote.open' },
  { ...head, t: 'vote.extension', closesAt: '2026-06-30T18:00:00+08:00', decision: digest },
  ballotLeaf,
  { ...head, t: 'vote.proxy', document: digest },
  { ...head, t: 'vote.delivery', list: digest, unitCount: 439 },
  { ...head, t: 'vote.register', entry: 'transfer', document: digest },
  { ...head, t: 'vote.refusal', reason: 'LATE', paper: digest },
  { ...head, t: 'vote.close', ballotCount: 331, pendingPapers: 4, papers: digest },
  { ...head, t: 'vote.seal', ballots: digest, ballotCount: 335 },
  {
    ...head,
    t: 'vote.tally',
    question: 'q1',
    tally: digest,
    board: digest,
    outcome: 'PASSED',
    excludedByReason: { LATE: 46 },
  },
  { ...head, t: 'vote.import', question: 'q1', tally: digest, outcome: 'NOT_PASSED', document: digest },
  { ...head, t: 'vote.objection', objection: digest },
  { ...head, t: 'vote.answer', answer: digest, upheld: false },
  { ...head, t: 'vote.signoff', tally: digest, step: 'teller-1', by: digest },
  { ...head, t: 'vote.posted', on: '2026-06-02' },
  { ...head, t: 'vote.final', tally: digest },
]

describe('leaves', () => {
  it.each(LEAVES.map(leaf => [leaf.t, leaf] as const))('%s is read as it was written', (_t, leaf) => {
    expect(parseVoteLeaf(encodeVoteLeaf(leaf))).toEqual({ ok: true, value: leaf })
  })

  it.each(LEAVES.map(leaf => [leaf.t, leaf] as const))(
    '%s with a member too many, too few or of another kind is refused',
    (_t, leaf) => {
      const members = Object.keys(leaf)
      const bent = [
        ...members.map(name => ({ ...leaf, [name]: undefined })),
        ...members.map(name => ({ ...leaf, [name]: ['one of a list'] })),
        { ...leaf, owner: 'a name' },
        { ...leaf, v: 2 },
        { ...leaf, t: 'ledger.entry' },
      ]
      for (const other of bent) expect(parseVoteLeaf(canonicalBytes(other)).ok).toBe(false)
      expect(() => encodeVoteLeaf({ ...leaf, owner: 'a name' } as unknown as VoteLeaf)).toThrow(
        'malformed leaf',
      )
    },
  )

  it('refuses bytes that are not canonical, and anything at all', () => {
    expect(parseVoteLeaf(utf8(JSON.stringify(LEAVES[1], null, 1))).ok).toBe(false)
    fc.assert(fc.property(fc.uint8Array(), bytes => !parseVoteLeaf(bytes).ok))
    for (const text of ['null', '[]', '1', '"x"', '{"t":"toString","v":1}']) {
      expect(parseVoteLeaf(utf8(text)).ok).toBe(false)
    }
  })
})

describe('a ballot’s commitment', () => {
  it('is the digest of the published form', () => {
    const bytes = new Uint8Array([...utf8('ballot/v1\np1\nunit-token\nFOR\n'), ...salt])
    expect(commitBallot(opening)).toBe(sha256Hex(bytes))
    expect(commitBallot(opening)).toBe('53d6d3d3bdc779fb57cedd5271c24e1c5e53f3c0d10af8ea9390b28c19b6b792')
  })

  it('opens to its own choice and salt, and to no others', () => {
    const good = { choice: 'FOR', saltHex: toHex(salt) }
    expect(isOpeningOf(ballotLeaf, good)).toBe(true)
    for (const bad of [
      { ...good, choice: 'AGAINST' },
      { ...good, saltHex: `${toHex(salt).slice(0, -1)}e` },
      { ...good, saltHex: 'not hex' },
      { ...good, saltHex: '' },
      { ...good, choice: 'FOR\n' },
    ]) {
      expect(isOpeningOf(ballotLeaf, bad)).toBe(false)
    }
    expect(isOpeningOf({ ...ballotLeaf, token: 'another' }, good)).toBe(false)
    expect(isOpeningOf({ ...ballotLeaf, poll: 'p2' }, good)).toBe(false)
  })

  it('takes no part that could run into the next, and no short salt', () => {
    expect(() => commitBallot({ ...opening, token: 'a\nb' })).toThrow('malformed')
    expect(() => commitBallot({ ...opening, choice: '' })).toThrow('malformed')
    expect(() => commitBallot({ ...opening, salt: salt.slice(1) })).toThrow('16 bytes')
  })
})
