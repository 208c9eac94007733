/** An owner's units by the head they make, with what became of each ballot. Pure; decides nothing. */
import type { WeighedUnit } from '#ui/votes'
import type { Fate, Measure } from '#votes'
import type { MyUnit } from '#votes/server'

/** Units of one head, with the head's weight and the whole base. */
export interface OwnHead {
  readonly units: readonly WeighedUnit[]
  readonly head: Measure
  readonly total: Measure
}

function weighed({ entry, coOwners, questions }: MyUnit): WeighedUnit {
  return {
    unit: entry.unit,
    area: entry.area,
    areaSource: entry.areaSource,
    kind: entry.kind,
    isInBase: questions.length > 0,
    owners: coOwners,
  }
}

/**
 * The reader's own units, those of one head together. Which units share a head is not told by the roll, so units stand
 * together only where their areas make up exactly the head's; any other unit stands alone, with its head's figures.
 */
export function ownHeads(units: readonly MyUnit[]): readonly OwnHead[] {
  const groups = new Map<string, MyUnit[]>()
  for (const unit of units.filter(each => !each.asProxy)) {
    const key = [unit.head.area, unit.total.area, unit.coOwners].join(' ')
    groups.set(key, [...(groups.get(key) ?? []), unit])
  }
  return [...groups.values()].flatMap(group => {
    const { head, total } = group[0]!
    const area = group.reduce(
      (sum, { entry, questions }) => (questions.length > 0 ? sum + entry.area : sum),
      0n,
    )
    return area === head.area || area === 0n
      ? [{ units: group.map(weighed), head, total }]
      : group.map(unit => ({ units: [weighed(unit)], head: unit.head, total: unit.total }))
  })
}

/** How good a fate is news: counted, taken back by the owners themselves, or not counted. */
export function toneOf(fate: Fate): 'done' | 'stopped' | 'attention' {
  if (fate === 'counted' || fate === 'merged-as-abstention') return 'done'
  return fate === 'withdrawal' || fate === 'WITHDRAWN' || fate === 'SUPERSEDED' ? 'stopped' : 'attention'
}
