/** The tally of a city quarter, 100,000 units with 70,000 ballots, against one naive pass that adds the same ballots up. */
import { tally } from '../../app/votes/tally.ts'
import { ballot, poll, unit } from '../votes/polls.ts'
import { type Comparison, timeInTurns } from './measure.ts'

const UNITS = 100_000
const BALLOTS = 70_000
const CHOICES = ['FOR', 'FOR', 'AGAINST', 'FOR', 'ABSTAIN'] as const

export async function benchTallying(): Promise<Comparison[]> {
  const units = Array.from({ length: UNITS }, (_, i) =>
    unit(`T${i}`, { area: 6_000n + BigInt(i % 9_001), owners: [`P${i - (i % 10 === 1 ? 1 : 0)}`] }),
  )
  const ballots = Array.from({ length: BALLOTS }, (_, i) =>
    ballot(`b${i}`, `T${i}`, units[i]!.owners[0]!, CHOICES[i % CHOICES.length]!),
  )
  const asked = poll(units, ballots)
  const areas = new Map(units.map(each => [each.id, each.area as bigint]))
  let counted = 0n
  let added = 0n
  const { oursMs, bareMs } = await timeInTurns(
    5,
    async () => {
      counted = tally(asked).participating.area
    },
    async () => {
      const sums = new Map<string, { area: bigint; heads: Set<string> }>()
      for (const each of ballots) {
        const sum = sums.get(each.choice) ?? { area: 0n, heads: new Set() }
        sum.area += areas.get(each.units[0]!)!
        sum.heads.add(each.by)
        sums.set(each.choice, sum)
      }
      added = [...sums.values()].reduce((whole, { area }) => whole + area, 0n)
    },
    1,
  )
  if (counted !== added) throw new Error('the tally and the naive sum differ')
  return [
    {
      name: 'tally of 100,000 units with 70,000 ballots',
      oursMs,
      bareMs,
      bare: 'one naive pass',
      timesAtMost: 30,
    },
  ]
}
