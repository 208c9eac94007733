/**
 * Groups of a public count: what fewer than five units or heads make up is merged with its neighbours before its area is
 * published, because the area of a few flats tells whose they are. Exact sums; nothing is dropped.
 */

/** Below this many units or heads a group stands with others (as on the board of a poll). */
export const SMALLEST_GROUP = 5n

/** Floor area in 0.01 m2 and heads that a count has put together. */
export interface Pile {
  readonly area: bigint
  readonly heads: bigint
}

/** A pile with what it is of: one name, or several when it was merged. `units` is known where it was counted here. */
export interface Group<Name extends string> extends Pile {
  readonly of: readonly Name[]
  readonly units: bigint | null
}

/** Exact sum of piles. */
export function sumPiles(piles: readonly Pile[]): Pile {
  return piles.reduce((sum, { area, heads }) => ({ area: sum.area + area, heads: sum.heads + heads }), {
    area: 0n,
    heads: 0n,
  })
}

/** Without area a group tells nothing about anybody's flat: it is not small. */
function isSmall({ units, area, heads }: Omit<Group<string>, 'of'>): boolean {
  return area > 0n && (heads < SMALLEST_GROUP || (units !== null && units < SMALLEST_GROUP))
}

function merge<Name extends string>(groups: readonly Group<Name>[]): Group<Name> {
  const units = groups.map(group => group.units)
  return {
    of: groups.flatMap(group => group.of),
    units: units.includes(null) ? null : units.reduce<bigint>((sum, each) => sum + (each ?? 0n), 0n),
    ...sumPiles(groups),
  }
}

/**
 * Merges small groups with each other and, while what they make is still small, with the smallest of the rest. The merged
 * group stands where its first part stood. Merging again changes nothing.
 */
export function mergeSmallGroups<Name extends string>(
  groups: readonly Group<Name>[],
): readonly Group<Name>[] {
  const merged = new Set(groups.filter(isSmall))
  if (merged.size === 0) return groups
  const rest = groups
    .filter(group => !merged.has(group))
    .sort((a, b) => (a.heads < b.heads ? -1 : a.heads > b.heads ? 1 : 0))
  while (isSmall(merge([...merged])) && rest.length > 0) merged.add(rest.shift()!)
  const parts = groups.filter(group => merged.has(group))
  return groups.flatMap(group => (group === parts[0] ? [merge(parts)] : merged.has(group) ? [] : [group]))
}
