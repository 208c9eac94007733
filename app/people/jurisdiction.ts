/**
 * The levels above a community (区、街道、社区) and the micro-grids below it: what may lie in what, and the way up from a
 * community. Pure; names come from outside.
 */

/** From the top down. */
export const JURISDICTION_LEVELS = ['district', 'subdistrict', 'neighbourhood'] as const
/** district 区; subdistrict 街道; neighbourhood 社区. */
export type JurisdictionLevel = (typeof JURISDICTION_LEVELS)[number]

export interface Jurisdiction {
  readonly code: string
  readonly level: JurisdictionLevel
  readonly name: string
  readonly nameEn: string
  /** Null for a district. */
  readonly parent: string | null
}

/** A micro-grid (微网格) with its buildings and entrances; an empty entrance is the whole building. */
export interface MicroGrid {
  readonly gridId: string
  readonly name: string
  readonly places: readonly { readonly building: string; readonly entrance: string }[]
}

/** True when the text names a level. */
export function isJurisdictionLevel(text: string): text is JurisdictionLevel {
  return (JURISDICTION_LEVELS as readonly string[]).includes(text)
}

/** The level that must lie directly above; null for a district. */
export function levelAbove(level: JurisdictionLevel): JurisdictionLevel | null {
  return JURISDICTION_LEVELS[JURISDICTION_LEVELS.indexOf(level) - 1] ?? null
}

/** The way from the top down to a jurisdiction, itself last; empty when it is not in the tree. */
export function pathTo(tree: readonly Jurisdiction[], code: string): readonly Jurisdiction[] {
  const found = tree.find(each => each.code === code)
  if (found === undefined) return []
  return found.parent === null ? [found] : [...pathTo(tree, found.parent), found]
}

/** Reads `3栋` or `3栋/2单元` as a building with or without an entrance; null for anything else. */
export function parseGridPlace(text: string): MicroGrid['places'][number] | null {
  const parts = text.normalize('NFC').trim().split('/')
  if (parts.length > 2 || parts.some(part => part === '' || part.length > 20)) return null
  return { building: parts[0]!, entrance: parts[1] ?? '' }
}

/** The grid of an entrance: one that names it, else one that names its whole building; null when it lies in none. */
export function gridOf(grids: readonly MicroGrid[], building: string, entrance: string): MicroGrid | null {
  const holding = (wanted: string) =>
    grids.find(grid => grid.places.some(place => place.building === building && place.entrance === wanted)) ??
    null
  return holding(entrance) ?? holding('')
}
