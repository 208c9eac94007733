/**
 * A second implementation of the rules, to count against: declarative, quadratic, with sets and fractions. It shares the
 * types of the first and none of its code: every fate is a question asked of all the ballots, nothing is streamed.
 */
import type { Ballot, Fate } from '../../app/votes/ballot.ts'
import type { Unit } from '../../app/votes/roll.ts'
import type { Poll } from '../../app/votes/tally.ts'

interface Pair {
  readonly ballot: Ballot
  readonly place: number
  readonly unit: string
}

type Choice = 'FOR' | 'AGAINST' | 'ABSTAIN'

/** The figures and fates of a poll, as plain values. */
export interface SecondCount {
  readonly figures: Record<'total' | 'participating' | 'for' | 'against' | 'abstain', [bigint, bigint]>
  readonly quorum: [boolean, boolean]
  readonly approval: [boolean, boolean]
  readonly outcome: string
  readonly excluded: string[]
  readonly clause: null | {
    readonly majority: string | null
    readonly silent: [bigint, bigint]
    readonly outcome: string
    readonly for: [bigint, bigint]
    readonly participating: [bigint, bigint]
  }
}

/** Twice `part/whole` compared with `above/below`, as fractions; an empty whole reaches every mark but a strict one. */
function reaches(part: bigint, whole: bigint, above: bigint, below: bigint, isStrict: boolean): boolean {
  if (whole === 0n) return !isStrict
  const left = part * below
  const right = above * whole
  return isStrict ? left > right : !(left < right)
}

export function secondCount(poll: Poll): SecondCount {
  const { policy, register, roll, window } = poll
  const isEarlier = (a: Pair, b: Pair) =>
    a.ballot.atMicros < b.ballot.atMicros || (a.ballot.atMicros === b.ballot.atMicros && a.place < b.place)
  const pairs: Pair[] = poll.ballots
    .flatMap(ballot => [...new Set(ballot.units)].map(unit => ({ ballot, unit })))
    .map((pair, place) => ({ ...pair, place }))
  const base = roll.units.filter(unit => {
    if (['parking', 'storage'].includes(unit.kind) && !policy.countSpecialSpaces) return false
    const scope = poll.matter.scope
    return (
      scope === null ||
      scope.buildings.includes(unit.building) ||
      scope.entrances.some(e => e.building === unit.building && e.entrance === unit.entrance)
    )
  })
  const unitOf = new Map(base.map(unit => [unit.id, unit]))
  const first = (unit: Unit): string[] => {
    if (unit.status === 'delivered') return unit.owners.filter((o, i) => unit.owners.indexOf(o) === i)
    if (roll.developer !== null) return [roll.developer]
    return unit.status === 'unsold' ? unit.owners.filter((o, i) => unit.owners.indexOf(o) === i) : []
  }
  const headOf = (unit: Unit): string => {
    if (unit.status !== 'delivered' && roll.developer === null) return '!'
    return first(unit)
      .toSorted()
      .map(owner => `${owner.length}:${owner}`)
      .join()
  }
  // All who ever hold each share, as a list of [person, from when].
  const chains = (unit: Unit): [string, number][][] => {
    const lists = first(unit).map((person): [string, number][] => [[person, -Infinity]])
    for (const { from, to, atMicros } of register.transfers
      .filter(transfer => transfer.unit === unit.id)
      .toSorted((a, b) => a.atMicros - b.atMicros)) {
      for (const list of lists) {
        if (list[list.length - 1]![0] === from) list.push([to, atMicros])
      }
    }
    return lists
  }
  const turnAt = (chain: [string, number][], at: number) =>
    chain.filter(([, since]) => since <= at).length - 1
  const memo = new Map<string, unknown>()
  const once = <T>(name: string, pair: Pair, ask: () => T): T => {
    const key = `${name}/${pair.place}`
    if (!memo.has(key)) memo.set(key, ask())
    return memo.get(key) as T
  }

  const mandate = (pair: Pair): boolean => {
    const unit = unitOf.get(pair.unit)!
    return register.proxies.some(
      proxy =>
        proxy.unit === pair.unit &&
        proxy.proxy === pair.ballot.by &&
        proxy.registeredAtMicros <= pair.ballot.atMicros &&
        chains(unit).some(
          chain => turnAt(chain, proxy.registeredAtMicros) === turnAt(chain, pair.ballot.atMicros),
        ),
    )
  }
  // Why the pair is refused before anything about other ballots but the proxy limit is asked.
  const refusal = (pair: Pair): Fate | null =>
    once('refusal', pair, () => {
      const { ballot } = pair
      const unit = unitOf.get(pair.unit)
      if (!unit) return roll.units.some(u => u.id === pair.unit) ? 'OUT_OF_SCOPE' : 'NOT_ON_ROLL'
      if (ballot.atMicros < window.opensAtMicros) return 'BEFORE_OPEN'
      if (ballot.atMicros > window.closesAtMicros) return 'LATE'
      if (ballot.asProxy) {
        if (!mandate(pair)) return 'NO_WRITTEN_PROXY'
        const heads = new Set(
          pairs
            .filter(p => p.ballot.asProxy && p.ballot.by === ballot.by && isEarlier(p, pair))
            .filter(p => refusal(p) === null)
            .map(p => headOf(unitOf.get(p.unit)!)),
        )
        return !heads.has(headOf(unit)) && heads.size >= policy.proxyLimit ? 'PROXY_LIMIT' : null
      }
      const held = voiced(pair)
      if (held.length === 0) return 'NOT_ENTITLED'
      const named = register.representatives.get(pair.unit)
      const all = chains(unit)
      if (named === undefined || all.length === 1) return null
      // The named person's turns in order of time: the first of them marks the share, or the shares, that speak.
      const turns = all.flatMap((chain, i) =>
        chain.filter(([who]) => who === named).map(([, t]) => ({ i, t })),
      )
      const firstTurns = turns.filter(turn => turns.every(other => turn.t <= other.t))
      return turns.length === 0 || firstTurns.some(turn => held.includes(turn.i))
        ? null
        : 'NOT_REPRESENTATIVE'
    })
  // Shares that the pair speaks for, by number.
  const voiced = (pair: Pair): number[] => {
    const { atMicros, asProxy, by } = pair.ballot
    return chains(unitOf.get(pair.unit)!).flatMap((chain, i) =>
      asProxy || chain[turnAt(chain, atMicros)]![0] === by ? [i] : [],
    )
  }
  const meaning = (pair: Pair): Choice | null => {
    const { choice } = pair.ballot
    if (choice === 'FOR' || choice === 'AGAINST' || choice === 'ABSTAIN') return choice
    if (choice === 'BLANK' && policy.blankPolicy === 'abstain') return 'ABSTAIN'
    if (choice === 'OVERVOTE' && policy.overvotePolicy === 'abstain') return 'ABSTAIN'
    return null
  }
  const isBarred = (pair: Pair): boolean =>
    once('barred', pair, () => {
      const all = chains(unitOf.get(pair.unit)!)
      return voiced(pair).every(i => {
        const chain = all[i]!
        const turn = turnAt(chain, pair.ballot.atMicros)
        return pairs.some(p => {
          if (p.unit !== pair.unit || !isEarlier(p, pair) || !standsBefore(p, pair)) return false
          const then = turnAt(chain, p.ballot.atMicros)
          return then < turn && (p.ballot.asProxy || p.ballot.by === chain[then]![0])
        })
      })
    })
  const isValid = (pair: Pair): boolean =>
    refusal(pair) === null && pair.ballot.choice !== 'WITHDRAW' && !isBarred(pair) && meaning(pair) !== null
  const takesBack = (pair: Pair): boolean =>
    once('takesBack', pair, () => {
      if (pair.ballot.choice !== 'WITHDRAW' || refusal(pair) !== null || isBarred(pair)) return false
      return policy.withdrawAllowed && !withdrawsOwners(pair)
    })
  const withdrawsOwners = (pair: Pair): boolean =>
    pair.ballot.asProxy &&
    pairs.some(p => p.unit === pair.unit && !p.ballot.asProxy && isEarlier(p, pair) && standsBefore(p, pair))
  const isTakenBack = (pair: Pair, limit: Pair | null): boolean =>
    pairs.some(
      w =>
        w.unit === pair.unit && isEarlier(pair, w) && (limit === null || isEarlier(w, limit)) && takesBack(w),
    )
  const standsBefore = (pair: Pair, limit: Pair): boolean => isValid(pair) && !isTakenBack(pair, limit)

  const standing = (unit: string) =>
    pairs
      .filter(p => p.unit === unit && isValid(p) && !isTakenBack(p, null))
      .toSorted((a, b) => (isEarlier(a, b) ? -1 : 1))
  const preferred = (list: Pair[]): Pair => {
    if (policy.duplicatePolicy === 'first_valid') return list[0]!
    const wanted =
      policy.duplicatePolicy === 'latest_valid' ? null : policy.duplicatePolicy.replace('_prevails', '')
    const some = list.filter(p => p.ballot.channel === wanted)
    return (some.length > 0 ? some : list).at(-1)!
  }
  const finalists = (unit: string): Pair[] => {
    const all = standing(unit)
    const own = all.filter(p => !p.ballot.asProxy)
    if (own.length === 0) return all.length === 0 ? [] : [preferred(all)]
    const people = new Set(own.map(p => p.ballot.by))
    return [...people]
      .map(person => preferred(own.filter(p => p.ballot.by === person)))
      .toSorted((a, b) => (isEarlier(a, b) ? -1 : 1))
  }
  const verdictOn = (unit: string): { choice: Choice | null; fates: Map<Pair, Fate> } => {
    const list = finalists(unit)
    const opinions = new Set(list.map(meaning))
    if (list.length === 0) return { choice: null, fates: new Map() }
    if (opinions.size === 1 || policy.coOwnerConflict === 'first_valid') {
      const gaveWay: Fate = opinions.size === 1 ? 'SAME_UNIT_DUPLICATE' : 'CO_OWNER_CONFLICT'
      return {
        choice: meaning(list[0]!),
        fates: new Map(list.map((p, i) => [p, i === 0 ? 'counted' : gaveWay])),
      }
    }
    if (policy.coOwnerConflict === 'abstain') {
      return { choice: 'ABSTAIN', fates: new Map(list.map(p => [p, 'merged-as-abstention'])) }
    }
    return { choice: null, fates: new Map(list.map(p => [p, 'CO_OWNER_CONFLICT'])) }
  }
  const verdicts = new Map(base.map(unit => [unit.id, verdictOn(unit.id)]))
  const fateOf = (pair: Pair): Fate => {
    const refused = refusal(pair)
    if (refused !== null) return refused
    if (isBarred(pair)) return 'SELLER_ALREADY_VOTED'
    if (pair.ballot.choice === 'WITHDRAW') {
      if (!policy.withdrawAllowed) return 'WITHDRAW_NOT_ALLOWED'
      return withdrawsOwners(pair) ? 'OVERRIDDEN_BY_OWNER' : 'withdrawal'
    }
    if (meaning(pair) === null) return 'INVALID_MARK'
    if (isTakenBack(pair, null)) return 'WITHDRAWN'
    const known = verdicts.get(pair.unit)!.fates.get(pair)
    if (known !== undefined) return known
    return pair.ballot.asProxy && standing(pair.unit).some(p => !p.ballot.asProxy)
      ? 'OVERRIDDEN_BY_OWNER'
      : 'SUPERSEDED'
  }

  const heads = new Set(base.map(headOf))
  const unitsOf = (head: string) => base.filter(unit => headOf(unit) === head)
  const headChoice = (head: string): Choice | null => {
    const voices = new Set(
      unitsOf(head).flatMap(unit => {
        const { choice } = verdicts.get(unit.id)!
        return choice === null ? [] : [choice]
      }),
    )
    return voices.size === 0 ? null : voices.size === 1 ? [...voices][0]! : 'ABSTAIN'
  }
  const sum = (units: readonly Unit[]) => units.map(unit => unit.area as bigint).reduce((a, b) => a + b, 0n)
  const pile = (choice: Choice): [bigint, bigint] => [
    sum(base.filter(unit => verdicts.get(unit.id)!.choice === choice)),
    BigInt([...heads].filter(head => headChoice(head) === choice).length),
  ]
  const piles = { FOR: pile('FOR'), AGAINST: pile('AGAINST'), ABSTAIN: pile('ABSTAIN') }
  const total: [bigint, bigint] = [sum(base), BigInt(heads.size)]
  const isSpecial = [6, 7, 8].includes(poll.matter.clause)
  const decide = (inFavour: [bigint, bigint], participating: [bigint, bigint]) => {
    const both = (ask: (i: 0 | 1) => boolean): [boolean, boolean] => [ask(0), ask(1)]
    const quorum = both(i => reaches(participating[i], total[i], 2n, 3n, false))
    const approval = both(i =>
      isSpecial
        ? reaches(inFavour[i], participating[i], 3n, 4n, false)
        : reaches(inFavour[i], participating[i], 1n, 2n, true),
    )
    const isQuorate = quorum.every(Boolean) && participating[1] > 0n
    const outcome = isQuorate ? (approval.every(Boolean) ? 'PASSED' : 'NOT_PASSED') : 'NO_QUORUM'
    return { quorum, approval, outcome }
  }
  const plus = (...list: [bigint, bigint][]): [bigint, bigint] => [
    list.reduce((a, b) => a + b[0], 0n),
    list.reduce((a, b) => a + b[1], 0n),
  ]
  const participating = plus(...Object.values(piles))

  const clauseOf = () => {
    const silentUnits = base.filter(
      unit => poll.delivered.has(unit.id) && verdicts.get(unit.id)!.choice === null,
    )
    const silent: [bigint, bigint] = [
      sum(silentUnits),
      BigInt(new Set(silentUnits.map(headOf).filter(head => headChoice(head) === null)).size),
    ]
    const names = ['FOR', 'AGAINST', 'ABSTAIN'] as const
    const majority =
      names.filter(
        name =>
          names.filter(n => piles[n][0] >= piles[name][0]).length === 1 &&
          names.filter(n => piles[n][1] >= piles[name][1]).length === 1,
      )[0] ?? null
    const inFavour = majority === 'FOR' ? plus(piles.FOR, silent) : piles.FOR
    const taking = majority === null ? participating : plus(participating, silent)
    return {
      majority,
      silent,
      for: inFavour,
      participating: taking,
      outcome: decide(inFavour, taking).outcome,
    }
  }

  return {
    figures: {
      total,
      participating,
      for: piles.FOR,
      against: piles.AGAINST,
      abstain: piles.ABSTAIN,
    },
    ...decide(piles.FOR, participating),
    excluded: pairs
      .map(pair => ({ pair, fate: fateOf(pair) }))
      .filter(({ fate }) => fate === fate.toUpperCase())
      .map(({ pair, fate }) => [pair.unit, pair.ballot.id, fate].join(' '))
      .sort(),
    clause: policy.silentPolicy === 'follow_majority' ? clauseOf() : null,
  }
}
