/** Small elections without exception, against a second implementation written another way. */
import { describe, expect, it } from 'vitest'
import type { Clause } from '../../app/votes/matter.ts'
import { POLICY_WORDS, type Policy } from '../../app/votes/policy.ts'
import { type Poll, tally } from '../../app/votes/tally.ts'
import { asSecondCount, ballot, poll, unit } from './polls.ts'
import { secondCount } from './second-count.ts'

/** Every way to make heads of n units: head numbers in order of first appearance. */
function partitions(n: number): number[][] {
  if (n === 0) return [[]]
  return partitions(n - 1).flatMap(rest =>
    Array.from({ length: Math.max(-1, ...rest) + 2 }, (_, head) => [...rest, head]),
  )
}

function product<T>(choices: readonly T[], length: number): T[][] {
  return length === 0 ? [[]] : product(choices, length - 1).flatMap(rest => choices.map(c => [...rest, c]))
}

/** Compares without the price of a matcher per election; the matcher speaks when they differ. */
function expectSame(given: Poll): void {
  const [first, second] = [asSecondCount(tally(given)), secondCount(given)]
  const text = (value: unknown) =>
    JSON.stringify(value, (_, v: unknown) => (typeof v === 'bigint' ? `${v}n` : v))
  if (text(first) !== text(second)) expect(first, text(given)).toEqual(second)
}

describe('exhausted', () => {
  it('every roll of up to 4 units, every mark on each, every reading of blank, overvote and silence, both classes', () => {
    const marks = ['nothing', 'FOR', 'AGAINST', 'ABSTAIN', 'BLANK', 'OVERVOTE'] as const
    const policies = product([0, 1], 3).map(
      ([blank, overvote, silent]): Partial<Policy> => ({
        blankPolicy: POLICY_WORDS.blankPolicy[blank!]!,
        overvotePolicy: POLICY_WORDS.overvotePolicy[overvote!]!,
        silentPolicy: POLICY_WORDS.silentPolicy[silent!]!,
      }),
    )
    let elections = 0
    for (const size of [0, 1, 2, 3, 4]) {
      for (const heads of partitions(size)) {
        const units = heads.map((head, i) =>
          unit(`U${i}`, { owners: [`O${head}`], area: [3n, 1n, 2n, 2n][i]! }),
        )
        for (const marked of product(marks, size)) {
          const ballots = marked.flatMap((mark, i) =>
            mark === 'nothing' ? [] : [ballot(`B${i}`, `U${i}`, `O${heads[i]}`, mark)],
          )
          for (const policy of policies) {
            // Four units with every policy under both classes is many; the class alternates with the policy there.
            const clauses: Clause[] =
              size < 4 ? [4, 8] : [policy.blankPolicy === policy.overvotePolicy ? 4 : 8]
            for (const clause of clauses) {
              const matter = { clause, scope: null }
              expectSame(poll(units, ballots, { policy, matter, delivered: new Set(['U0', 'U1', 'U3']) }))
              elections++
            }
          }
        }
      }
    }
    expect(elections).toBe(16 + 96 + 2 * 576 + 5 * 3456 + 15 * 8 * 1296)
  }, 300_000)

  it('every run of 3 ballots of co-owners, agents and buyers for one unit, under every policy that settles them', () => {
    const actors = [
      { by: 'H', asProxy: false },
      { by: 'W', asProxy: false },
      { by: 'AGENT', asProxy: true },
      { by: 'BUYER', asProxy: false },
    ]
    const events = actors.flatMap(actor =>
      (['FOR', 'AGAINST', 'OVERVOTE', 'WITHDRAW'] as const).map(choice => ({ ...actor, choice })),
    )
    const units = [unit('U', { owners: ['H', 'W'] }), unit('V', { owners: ['H'], area: 4_000n })]
    const proxies = [{ unit: 'U', proxy: 'AGENT', registeredAtMicros: 20 }]
    const transfers = [{ unit: 'U', from: 'H', to: 'BUYER', atMicros: 50 }]
    const registers = [
      { representatives: new Map(), proxies, transfers },
      { representatives: new Map([['U', 'H']]), proxies, transfers },
    ]
    const policies = POLICY_WORDS.duplicatePolicy.flatMap(duplicatePolicy =>
      POLICY_WORDS.coOwnerConflict.flatMap(coOwnerConflict =>
        [true, false].map(
          (withdrawAllowed): Partial<Policy> => ({
            duplicatePolicy,
            coOwnerConflict,
            withdrawAllowed,
          }),
        ),
      ),
    )
    let elections = 0
    for (const run of product(events, 3)) {
      const ballots = run.map(({ by, asProxy, choice }, i) =>
        ballot(`B${i}`, 'U', by, choice, {
          asProxy,
          channel: i === 1 ? 'paper' : 'online',
          atMicros: 40 + 10 * i,
        }),
      )
      for (const register of registers) {
        for (const policy of policies) {
          expectSame(poll(units, ballots, { policy, register }))
          elections++
        }
      }
    }
    expect(elections).toBe(16 ** 3 * 2 * 24)
  }, 300_000)
})
