/**
 * What owners decide together: the nine clauses of 民法典第278条第1款, the class each one has, and whose matter it is.
 * The clause fixes the class; nothing here lets a poll choose its own.
 */
/** The number of the clause in 民法典第278条第1款. */
export type Clause = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9
/** 一般事项 needs more than half of those taking part, 特别事项 three quarters (第278条第2款). */
export type MatterClass = 'ordinary' | 'special'

/** A stairwell (单元) of a building. */
export interface EntranceName {
  readonly building: string
  readonly entrance: string
}

/** The owners concerned: those of any named building or entrance, as for a lift or for maintenance money. */
export interface Scope {
  readonly buildings: readonly string[]
  readonly entrances: readonly EntranceName[]
}

/** One question's legal nature. */
export interface Matter {
  readonly clause: Clause
  /** Null is the whole community. */
  readonly scope: Scope | null
  /** A change of a parking tariff: some courts treat it as clause 8. */
  readonly parkingTariff?: boolean
}

/** Clauses in the order of the Code; 6 to 8 are named in 第278条第2款 as needing three quarters. */
export const CLAUSES: readonly { readonly clause: Clause; readonly class: MatterClass }[] = [
  { clause: 1, class: 'ordinary' },
  { clause: 2, class: 'ordinary' },
  { clause: 3, class: 'ordinary' },
  { clause: 4, class: 'ordinary' },
  { clause: 5, class: 'ordinary' },
  { clause: 6, class: 'special' },
  { clause: 7, class: 'special' },
  { clause: 8, class: 'special' },
  { clause: 9, class: 'ordinary' },
]

/** True for a clause number of 第278条第1款. */
export function isClause(value: unknown): value is Clause {
  return CLAUSES.some(row => row.clause === value)
}

/** The class that the clause fixes. */
export function classOf(clause: Clause): MatterClass {
  return CLAUSES[clause - 1]!.class
}

/** What a motion's page must warn about; text in i18n. */
export type MatterNote = 'parking-tariff-may-be-clause-8' | 'maintenance-fund-scope-bears-cost'

/** The notes that go with a matter. */
export function notesOf(matter: Matter): readonly MatterNote[] {
  const notes: MatterNote[] = []
  if (matter.parkingTariff && matter.clause === 9) notes.push('parking-tariff-may-be-clause-8')
  if (matter.clause === 5 && matter.scope !== null) notes.push('maintenance-fund-scope-bears-cost')
  return notes
}

/** A test of whether a unit lies in the scope; build it once per poll. */
export function scopeTest(scope: Scope | null): (unit: EntranceName) => boolean {
  if (scope === null) return () => true
  const buildings = new Set(scope.buildings)
  const entrances = new Set(scope.entrances.map(entranceKey))
  return unit => buildings.has(unit.building) || entrances.has(entranceKey(unit))
}

function entranceKey(name: EntranceName): string {
  return JSON.stringify([name.building, name.entrance])
}
