/**
 * A roll against the register: a verdict for every row, what changed from what to what, which units the file no longer has,
 * and the plan that storing follows. Pure, and made again when it is confirmed: what a person agreed to is its digest.
 */
import { type CanonicalValue, canonicalBytes, sha256Hex } from '#kernel'
import { isDeveloperStock, type Register, type RegisteredUnit, type UnitFacts } from '../register.ts'
import type { RollOwner, RollRow } from './read-roll.ts'
import {
  groupPersons,
  type KnownPerson,
  type OwnerEntry,
  type PersonAnswers,
  type PersonGroups,
  personOfEntries,
  unansweredCount,
} from './same-person.ts'

/** What the importer decides besides the file. */
export interface RollAnswers {
  readonly samePersons: PersonAnswers
  /** Name of the developer (建设单位); empty while nobody said. */
  readonly developerName: string
  /** True when units that the file does not have are to be taken off the register. */
  readonly removesMissing: boolean
}

export const NO_ANSWERS: RollAnswers = { samePersons: {}, developerName: '', removesMissing: false }

export type ChangedField = 'area' | 'areaSource' | 'kind' | 'status' | 'owners'
export type RowVerdict = 'new' | 'unchanged' | 'changed'

export interface ComparedRow {
  readonly row: RollRow
  readonly verdict: RowVerdict
  readonly changed: readonly ChangedField[]
  readonly before: RegisteredUnit | null
  /** As it will be registered; owners are person ids or tokens of new persons. */
  readonly after: UnitFacts
}

export interface NewPerson {
  readonly token: string
  readonly name: string
  readonly kind: 'natural' | 'organisation' | 'developer'
  readonly phone: string | null
  readonly identity: string | null
}

/** What the file newly tells of a person of the register. */
export interface PersonUpdate {
  readonly personId: string
  readonly phone: string | null
  readonly identity: string | null
}

export interface RollPlan {
  readonly rows: readonly ComparedRow[]
  /** In the register and not in the file. */
  readonly missing: readonly RegisteredUnit[]
  readonly removesMissing: boolean
  readonly groups: PersonGroups
  readonly newPersons: readonly NewPerson[]
  readonly updates: readonly PersonUpdate[]
  /** Person id or token; null when the community has no developer's stock and none was named. */
  readonly developer: string | null
  readonly open: {
    readonly persons: number
    /** True when there is developer's stock and nobody said whose. */
    readonly developer: boolean
  }
  readonly counts: Readonly<Record<RowVerdict, number>>
  readonly digest: string
}

/** How names and numbers become keys: keyed hashes as text. */
export interface RollKeys {
  readonly name: (text: string) => string
  readonly phone: (text: string) => string
  readonly identity: (text: string) => string
}

function entriesOf(rows: readonly RollRow[], keys: RollKeys): OwnerEntry[] {
  return rows.flatMap(row =>
    row.owners.map(owner => ({
      unitId: row.unitId,
      name: owner.name,
      isOrganisation: owner.isOrganisation,
      nameKey: keys.name(owner.name),
      phoneKey: owner.phone === null ? null : keys.phone(owner.phone),
      identityKey: owner.identity === null ? null : keys.identity(owner.identity),
    })),
  )
}

interface Developer {
  readonly person: string | null
  readonly isNew: boolean
}

/** The developer by name: an owner of the file, a person of the register, or somebody new; else the one known before. */
function developerOf(
  answers: RollAnswers,
  keys: RollKeys,
  persons: ReadonlyMap<string, string>,
  known: readonly KnownPerson[],
  before: string | null,
): Developer {
  if (answers.developerName === '') return { person: before, isNew: false }
  const nameKey = keys.name(answers.developerName)
  const inFile = [...persons].find(([entry]) => entry.endsWith(`/${nameKey}`))?.[1]
  const inRegister = known.find(person => person.nameKey === nameKey)?.personId
  const person = inRegister ?? inFile
  return person === undefined ? { person: `new:${nameKey}/developer`, isNew: true } : { person, isNew: false }
}

function changedFields(before: RegisteredUnit, after: UnitFacts): ChangedField[] {
  const changed: ChangedField[] = []
  if (before.areaCentiM2 !== after.areaCentiM2) changed.push('area')
  if (before.areaSource !== after.areaSource) changed.push('areaSource')
  if (before.kind !== after.kind) changed.push('kind')
  if (before.status !== after.status) changed.push('status')
  if (before.owners.join() !== after.owners.join()) changed.push('owners')
  return changed
}

function compareRow(
  row: RollRow,
  owners: readonly string[],
  before: RegisteredUnit | undefined,
): ComparedRow {
  const { kind, areaCentiM2, areaSource, status } = row
  const after: UnitFacts = { kind, areaCentiM2, areaSource, status, owners }
  if (before === undefined) return { row, verdict: 'new', changed: [], before: null, after }
  const changed = changedFields(before, after)
  return { row, verdict: changed.length > 0 ? 'changed' : 'unchanged', changed, before, after }
}

interface Told {
  readonly person: string
  readonly owner: RollOwner
}

/** New persons, each once, with the first numbers that the file gives for them; and news of known ones. */
function personsOf(told: readonly Told[], developer: Developer, answers: RollAnswers) {
  const newPersons = new Map<string, NewPerson>()
  const updates = new Map<string, PersonUpdate>()
  for (const { person, owner } of told) {
    const { phone, identity } = owner
    if (person.startsWith('new:')) {
      const before = newPersons.get(person)
      const kind =
        person === developer.person ? 'developer' : owner.isOrganisation ? 'organisation' : 'natural'
      newPersons.set(person, {
        token: person,
        name: owner.name,
        kind,
        phone: before?.phone ?? phone,
        identity: before?.identity ?? identity,
      })
    } else if (phone !== null || identity !== null) {
      const before = updates.get(person)
      updates.set(person, {
        personId: person,
        phone: before?.phone ?? phone,
        identity: before?.identity ?? identity,
      })
    }
  }
  if (developer.isNew && developer.person !== null && !newPersons.has(developer.person)) {
    const { person: token } = developer
    newPersons.set(token, {
      token,
      name: answers.developerName,
      kind: 'developer',
      phone: null,
      identity: null,
    })
  }
  return { newPersons: [...newPersons.values()], updates: [...updates.values()] }
}

function digestOf(
  rows: readonly ComparedRow[],
  missing: readonly RegisteredUnit[],
  developer: string | null,
  removesMissing: boolean,
): string {
  const factsOf = ({ areaCentiM2, ...facts }: UnitFacts): CanonicalValue => ({
    ...facts,
    owners: [...facts.owners],
    area: areaCentiM2.toString(),
  })
  return sha256Hex(
    canonicalBytes({
      rows: rows.map(({ row, verdict, after, before }) => [
        row.unitId,
        verdict,
        factsOf(after),
        before === null ? null : factsOf({ ...pickFacts(before) }),
      ]),
      missing: missing.map(unit => unit.unitId),
      developer,
      removesMissing,
    }),
  )
}

function pickFacts({ kind, areaCentiM2, areaSource, status, owners }: RegisteredUnit): UnitFacts {
  return { kind, areaCentiM2, areaSource, status, owners }
}

/** Compares the rows of an accepted file with the register as it stands. Rows have distinct unit ids. */
export function compareRoll(
  rows: readonly RollRow[],
  register: Register,
  known: readonly KnownPerson[],
  answers: RollAnswers,
  keys: RollKeys,
): RollPlan {
  const groups = groupPersons(entriesOf(rows, keys), known)
  const persons = personOfEntries(groups, answers.samePersons)
  const developer = developerOf(answers, keys, persons, known, register.developer)
  const registered = new Map(register.units.map(unit => [unit.unitId, unit]))
  const told: Told[] = []
  const compared = rows.map(row => {
    const owners = row.owners.map(owner => {
      const person = persons.get(`${row.unitId}/${keys.name(owner.name)}`)!
      told.push({ person, owner })
      return person
    })
    const isUnnamed = owners.length === 0 && isDeveloperStock(row) && developer.person !== null
    const all = isUnnamed ? [developer.person!] : owners
    return compareRow(row, [...new Set(all)].sort(), registered.get(row.unitId))
  })
  const inFile = new Set(rows.map(row => row.unitId))
  const missing = register.units.filter(unit => !inFile.has(unit.unitId))
  const counts = { new: 0, unchanged: 0, changed: 0 }
  for (const { verdict } of compared) counts[verdict] += 1
  const needsDeveloper = developer.person === null && rows.some(isDeveloperStock)
  return {
    rows: compared,
    missing,
    removesMissing: answers.removesMissing,
    groups,
    ...personsOf(told, developer, answers),
    developer: developer.person,
    open: { persons: unansweredCount(groups.questions, answers.samePersons), developer: needsDeveloper },
    counts,
    digest: digestOf(compared, missing, developer.person, answers.removesMissing),
  }
}
