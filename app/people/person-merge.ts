/**
 * One owner who was entered as two persons: what the register says afterwards, and after it is taken back. Records are appended from
 * the day of the decision on; what was frozen before stays as it was. Pure.
 */
import { type CanonicalValue, canonicalBytes, formatInstant } from '#kernel'
import type { RegisteredUnit } from './register.ts'

/** Who is who: the kept person gets what the merged one owns. */
export interface SamePerson {
  readonly kept: string
  readonly merged: string
}

/** A person of the board, with the units owned today. */
export interface MergePerson {
  readonly personId: string
  readonly name: string
  readonly phoneLast4: string | null
  readonly units: readonly string[]
  readonly hasAccount: boolean
}

/** What officers see: persons who share a name, proposals that wait, what was done. */
export interface MergeBoard {
  readonly pairs: readonly { readonly kept: MergePerson; readonly merged: MergePerson }[]
  readonly waiting: readonly {
    readonly mergeId: string
    readonly kind: 'merge' | 'undo'
    readonly isOwn: boolean
    readonly kept: MergePerson | null
    readonly merged: MergePerson | null
  }[]
  readonly done: readonly {
    readonly mergeId: string
    readonly mergeNo: number
    readonly kind: 'merge' | 'undo'
    readonly at: Date
    readonly leafIndex: number
    /** A merge that nobody has proposed to take back. */
    readonly canUndo: boolean
  }[]
}

/** The units that change, each with its new owners: sorted, each once. */
export function unitsAfterMerge(
  units: readonly RegisteredUnit[],
  same: SamePerson,
): readonly RegisteredUnit[] {
  return units
    .filter(unit => unit.owners.includes(same.merged))
    .map(unit => ({
      ...unit,
      owners: [...new Set(unit.owners.map(owner => (owner === same.merged ? same.kept : owner)))].sort(),
    }))
}

/**
 * The units that go back: those whose record of the merge still is the one in force; owners as they were before it. What was sold,
 * measured anew or removed since is nobody's to give back.
 */
export function unitsAfterUndo(
  units: readonly (RegisteredUnit & { readonly recordNo: number })[],
  before: ReadonlyMap<string, { readonly recordNo: number; readonly owners: readonly string[] }>,
): readonly RegisteredUnit[] {
  return units.flatMap(({ recordNo, ...unit }) => {
    const was = before.get(unit.unitId)
    return was !== undefined && recordNo === was.recordNo + 1 ? [{ ...unit, owners: [...was.owners] }] : []
  })
}

/** The leaf: that there was a merge or an undo, and the how-many-eth. Nobody learns from it who, or which units. */
export function mergeLeaf(log: string, kind: 'merge' | 'undo', mergeNo: number, at: Date): Uint8Array {
  const leaf: CanonicalValue = { v: 1, t: 'people.merge', log, kind, n: mergeNo, at: formatInstant(at) }
  return canonicalBytes(leaf)
}
