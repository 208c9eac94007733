/** What must hold of every poll, tried on random polls in which all the rules meet. */
import { describe, expect, it } from 'vitest'
import { admitBallots, REASONS } from '../../app/votes/ballot.ts'
import type { Clause } from '../../app/votes/matter.ts'
import { unitsInBase } from '../../app/votes/roll.ts'
import { tally, tallyDigest } from '../../app/votes/tally.ts'
import { fc, runs } from '../support/properties.ts'
import { anyBallot, anyPoll } from './any-poll.ts'
import { asSecondCount, ballot, poll, unit } from './polls.ts'
import { secondCount } from './second-count.ts'

describe('every poll', () => {
  it('comes to what the second implementation counts', () => {
    fc.assert(
      fc.property(anyPoll, given => {
        expect(asSecondCount(tally(given))).toEqual(secondCount(given))
      }),
      { numRuns: runs(3000) },
    )
  })

  it('meets every reason somewhere, so that the comparison compares something', () => {
    const seen = new Set<string>()
    for (const given of fc.sample(anyPoll, { numRuns: runs(3000), seed: 1 })) {
      for (const { reason } of tally(given).excluded) seen.add(reason)
    }
    expect([...seen].sort()).toEqual([...REASONS].sort())
  })

  it('keeps F + A + B = P <= T by area and by heads, also under the silence clause', () => {
    fc.assert(
      fc.property(anyPoll, given => {
        const result = tally(given)
        for (const figures of [result, ...(result.clause ? [result.clause] : [])]) {
          for (const by of ['area', 'heads'] as const) {
            const { inFavour, against, abstain, participating, total } = figures
            expect(inFavour[by] + against[by] + abstain[by]).toBe(participating[by])
            expect(participating[by] <= total[by]).toBe(true)
          }
        }
      }),
    )
  })

  it('gives each ballot one fate for each unit it names, and counts a unit once at most', () => {
    fc.assert(
      fc.property(anyPoll, given => {
        const base = unitsInBase(given.roll, given.matter.scope, given.policy.countSpecialSpaces)
        const { dispositions, choices, excluded } = admitBallots({ ...given, base })
        const named = given.ballots.flatMap((b, i) => [...new Set(b.units)].map(u => `${i} ${u}`))
        expect(dispositions.map(d => `${d.ballotIndex} ${d.unit}`)).toEqual(named)
        const counted = dispositions.filter(d => d.fate === 'counted').map(d => d.unit)
        expect(new Set(counted).size).toBe(counted.length)
        const merged = dispositions.filter(d => d.fate === 'merged-as-abstention').map(d => d.unit)
        expect(new Set([...counted, ...merged])).toEqual(new Set(choices.keys()))
        const taken = dispositions.filter(d => d.fate === 'withdrawal').length
        expect(excluded.length + counted.length + merged.length + taken).toBe(dispositions.length)
      }),
    )
  })

  it('never lets a ballot outside the window change anything but the list of exclusions', () => {
    fc.assert(
      fc.property(anyPoll, anyBallot, fc.constantFrom(9, 91, 10_000), (given, late, atMicros) => {
        const before = tally(given)
        const after = tally({ ...given, ballots: [...given.ballots, { ...late, id: 'LATE', atMicros }] })
        expect({ ...after, excluded: after.excluded.filter(e => e.ballot !== 'LATE') }).toEqual(before)
        expect(after.excluded.filter(e => e.ballot === 'LATE').length).toBe(late.units.length)
      }),
    )
  })

  it('does not depend on the order of roll, owners or list, where no two ballots tie in time', () => {
    fc.assert(
      fc.property(anyPoll, fc.infiniteStream(fc.nat()), (given, numbers) => {
        const shuffled = <T>(rows: readonly T[]) =>
          rows
            .map(row => ({ row, key: numbers.next().value }))
            .toSorted((a, b) => a.key - b.key)
            .map(({ row }) => row)
        const apart = given.ballots.map((b, i) => ({ ...b, atMicros: b.atMicros + i / 100 }))
        const units = shuffled(given.roll.units).map(u => ({ ...u, owners: u.owners.toReversed() }))
        expect(tally({ ...given, roll: { ...given.roll, units }, ballots: shuffled(apart) })).toEqual(
          tally({ ...given, ballots: apart }),
        )
      }),
      { numRuns: runs(3000) },
    )
  })

  it('does not care how a ballot for several units is split into ballots for one', () => {
    fc.assert(
      fc.property(anyPoll, given => {
        const split = given.ballots.flatMap(b => b.units.map(u => ({ ...b, units: [u] })))
        expect(tally({ ...given, ballots: split })).toEqual(tally(given))
      }),
    )
  })

  it('has a digest that repeats, and that any change of the inputs changes', () => {
    fc.assert(
      fc.property(anyPoll, given => {
        const result = tally(given)
        const digest = tallyDigest(given, result, null)
        expect(tallyDigest(structuredClone(given), tally(given), null)).toBe(digest)
        const more = { ...given, ballots: [...given.ballots, ballot('X', 'NOWHERE', 'A', 'FOR')] }
        const shifted = { ...given, window: { ...given.window, closesAtMicros: 89 } }
        const renamed = { ...given, rulesVersion: '2026-01' }
        for (const other of [more, shifted, renamed]) {
          expect(tallyDigest(other, tally(other), null)).not.toBe(digest)
        }
        expect(tallyDigest(given, result, '00')).not.toBe(digest)
      }),
      { numRuns: runs(50) },
    )
  })
})

type Voted = 'FOR' | 'AGAINST' | 'ABSTAIN' | 'nothing'

describe('one more owner who votes', () => {
  const votes = fc.array(
    fc.record({
      area: fc.bigInt({ min: 1n, max: 9n }),
      choice: fc.constantFrom<Voted>('FOR', 'AGAINST', 'ABSTAIN', 'nothing'),
    }),
    { minLength: 1, maxLength: 12 },
  )
  const clause = fc.constantFrom<Clause>(4, 8)
  const held = (rows: readonly { area: bigint; choice: Voted }[], by: Clause) =>
    tally(
      poll(
        rows.map(({ area }, i) => unit(`U${i}`, { area })),
        rows.flatMap(({ choice }, i) =>
          choice === 'nothing' ? [] : [ballot(`B${i}`, `U${i}`, `P-U${i}`, choice)],
        ),
        { matter: { clause: by, scope: null } },
      ),
    )
  const changed = (
    rows: readonly { area: bigint; choice: Voted }[],
    from: Voted,
    to: Voted,
  ): { area: bigint; choice: Voted }[] | null => {
    const at = rows.findIndex(row => row.choice === from)
    return at === -1 ? null : rows.map((row, i) => (i === at ? { ...row, choice: to } : row))
  }

  it('in favour never undoes a decision, whether silent, abstaining or against before', () => {
    fc.assert(
      fc.property(
        votes,
        clause,
        fc.constantFrom<Voted>('nothing', 'ABSTAIN', 'AGAINST'),
        (rows, by, from) => {
          const more = changed(rows, from, 'FOR')
          fc.pre(more !== null && held(rows, by).outcome === 'PASSED')
          expect(held(more!, by).outcome).toBe('PASSED')
        },
      ),
    )
  })

  it('against or abstaining never makes a decision out of one that fails where there was a quorum', () => {
    fc.assert(
      fc.property(votes, clause, fc.constantFrom<Voted>('AGAINST', 'ABSTAIN'), (rows, by, to) => {
        const more = changed(rows, 'nothing', to)
        fc.pre(more !== null && held(rows, by).outcome === 'NOT_PASSED')
        expect(held(more!, by).outcome).toBe('NOT_PASSED')
      }),
    )
  })

  it('abstaining or against makes the same gates of those taking part: neither approves', () => {
    fc.assert(
      fc.property(votes, clause, (rows, by) => {
        const swapped = rows.map((row): (typeof rows)[number] => ({
          ...row,
          choice: row.choice === 'ABSTAIN' ? 'AGAINST' : row.choice === 'AGAINST' ? 'ABSTAIN' : row.choice,
        }))
        const [one, other] = [held(rows, by), held(swapped, by)]
        expect([other.quorum, other.approval, other.outcome]).toEqual([one.quorum, one.approval, one.outcome])
      }),
    )
  })
})
