/** Makers of polls for tests: small, explicit, with every default spelled out once. */
import { areaCentiM2 } from '../../app/kernel/index.ts'
import type { Ballot, PlainChoice } from '../../app/votes/ballot.ts'
import { DEFAULT_POLICY, type Policy } from '../../app/votes/policy.ts'
import type { Unit } from '../../app/votes/roll.ts'
import type { Poll, Tally } from '../../app/votes/tally.ts'
import type { SecondCount } from './second-count.ts'

/** A unit with one owner of its own and 100.00 m2, unless told otherwise. */
export function unit(id: string, changes: Partial<Omit<Unit, 'area'>> & { area?: bigint } = {}): Unit {
  return {
    id,
    building: '1',
    entrance: '1',
    areaSource: 'register',
    kind: 'residence',
    status: 'delivered',
    owners: [`P-${id}`],
    ...changes,
    area: areaCentiM2(changes.area ?? 10_000n),
  }
}

/** A ballot of one person for one unit or several, online, at instant 50 of a window from 10 to 90. */
export function ballot(
  id: string,
  units: string | readonly string[],
  by: string,
  choice: Ballot['choice'],
  changes: Partial<Ballot> = {},
): Ballot {
  return {
    id,
    units: typeof units === 'string' ? [units] : units,
    by,
    asProxy: false,
    channel: 'online',
    atMicros: 50,
    ...changes,
    choice,
  }
}

/** A poll on an ordinary matter of the whole community, from 10 to 90. */
export function poll<Choice extends string = PlainChoice>(
  units: readonly Unit[],
  ballots: readonly Ballot<Choice>[],
  changes: Partial<Omit<Poll<Choice>, 'policy'>> & { policy?: Partial<Policy>; developer?: string } = {},
): Poll<Choice> {
  const { developer, policy, ...rest } = changes
  return {
    matter: { clause: 5, scope: null },
    rulesVersion: null,
    window: { opensAtMicros: 10, closesAtMicros: 90 },
    roll: { developer: developer ?? null, units },
    register: { representatives: new Map(), proxies: [], transfers: [] },
    ballots,
    delivered: new Set(),
    ...rest,
    policy: { ...DEFAULT_POLICY, ...policy },
  }
}

/** The part of a tally that the second implementation counts too, in its shape. */
export function asSecondCount(result: Tally): SecondCount {
  const pair = (measure: { area: bigint; heads: bigint }): [bigint, bigint] => [measure.area, measure.heads]
  const { clause } = result
  return {
    figures: {
      total: pair(result.total),
      participating: pair(result.participating),
      for: pair(result.inFavour),
      against: pair(result.against),
      abstain: pair(result.abstain),
    },
    quorum: [result.quorum.area, result.quorum.heads],
    approval: [result.approval.area, result.approval.heads],
    outcome: result.outcome,
    excluded: result.excluded.map(({ ballot, unit, reason }) => [unit, ballot, reason].join(' ')).sort(),
    clause: clause
      ? {
          majority: clause.majority,
          silent: [clause.silentArea, clause.silentHeads],
          for: pair(clause.inFavour),
          participating: pair(clause.participating),
          outcome: clause.outcome,
        }
      : null,
  }
}

/** `P 2/3 F 1 A 1 B 0 NOT_PASSED` with heads, then areas in whole units of 100.00 m2 when they differ from heads. */
export function briefly(result: Tally): string {
  const figure = (name: 'area' | 'heads') => {
    const value = (measure: { area: bigint; heads: bigint }) =>
      name === 'heads' ? measure.heads : measure.area / 100n
    return `P ${value(result.participating)}/${value(result.total)} F ${value(result.inFavour)} A ${value(result.against)} B ${value(result.abstain)}`
  }
  const reasons = result.excluded.map(({ ballot, unit, reason }) => `${unit}:${ballot}:${reason}`)
  return [`heads ${figure('heads')}`, `m2 ${figure('area')}`, result.outcome, ...reasons].join(' | ')
}
