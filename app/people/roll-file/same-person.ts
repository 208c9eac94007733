/**
 * Who in a roll is one person: several units of one owner are one head, so this decides votes. The same identity number, or
 * the same name with the same phone, is the same person; two identity numbers are two people; whatever else shares a name is
 * asked. Works on keyed hashes for everything but the name it shows.
 */

/** One owner of one row. Keys are keyed hashes as text. */
export interface OwnerEntry {
  readonly unitId: string
  readonly name: string
  readonly isOrganisation: boolean
  readonly nameKey: string
  readonly phoneKey: string | null
  readonly identityKey: string | null
}

/** A person of the register, with the units they own now. */
export interface KnownPerson {
  readonly personId: string
  readonly nameKey: string
  readonly phoneKey: string | null
  readonly identityKey: string | null
  readonly units: readonly string[]
}

/** Owners of the file that are certainly one person, or a person of the register, or both. */
export interface PersonCluster {
  /** Stable as long as the file and the register are: the person's id, or the first of its units in the file. */
  readonly memberId: string
  readonly personId: string | null
  readonly name: string
  readonly nameKey: string
  readonly isOrganisation: boolean
  /** Of the file, then of the register. */
  readonly units: readonly string[]
  readonly phoneKeys: readonly string[]
  readonly identityKeys: readonly string[]
  readonly entries: readonly OwnerEntry[]
}

/** People of one name of whom nobody can tell whether they are one. */
export interface PersonQuestion {
  readonly name: string
  readonly nameKey: string
  /** Those that are known to be different come first. */
  readonly members: readonly PersonCluster[]
  /** Members whose answer is open: each is a new person, or the same as an earlier member. */
  readonly asked: readonly string[]
}

/** By `nameKey/memberId`: `new`, or the member that it is the same as. */
export type PersonAnswers = Readonly<Record<string, string>>

export const answerKey = (question: Pick<PersonQuestion, 'nameKey'>, memberId: string): string =>
  `${question.nameKey}/${memberId}`

/** A set of clusters being joined, by index. */
class Joined {
  private readonly parents: number[]
  constructor(count: number) {
    this.parents = Array.from({ length: count }, (_, index) => index)
  }
  of(index: number): number {
    let root = index
    while (this.parents[root] !== root) root = this.parents[root]!
    return root
  }
  join(a: number, b: number): void {
    const [first, second] = [this.of(a), this.of(b)].sort((x, y) => x - y)
    this.parents[second!] = first!
  }
}

const keysOf = (keys: readonly (string | null)[]) => [...new Set(keys.filter(key => key !== null))]

/** Entries by a key that they have, as places in the list. */
function placesBy(entries: readonly OwnerEntry[], keyOf: (entry: OwnerEntry) => string | null): number[][] {
  const places = new Map<string, number[]>()
  entries.forEach((entry, index) => {
    const key = keyOf(entry)
    if (key !== null) places.set(key, [...(places.get(key) ?? []), index])
  })
  return [...places.values()]
}

/** Entries of one name that are certainly one person. */
function clusterEntries(entries: readonly OwnerEntry[]): OwnerEntry[][] {
  const joined = new Joined(entries.length)
  const join = (places: readonly number[]) => {
    for (const place of places.slice(1)) joined.join(places[0]!, place)
  }
  placesBy(entries, entry => entry.identityKey).forEach(join)
  const others = [
    ...placesBy(entries, entry => entry.phoneKey),
    ...placesBy(entries, entry => (entry.isOrganisation ? 'organisation' : null)),
  ]
  // A phone under two identity numbers is a household's: it tells nobody apart and joins nobody.
  const isTelling = (places: readonly number[]) =>
    keysOf(places.map(place => entries[place]!.identityKey)).length <= 1
  others.filter(isTelling).forEach(join)
  const clusters = new Map<number, OwnerEntry[]>()
  entries.forEach((entry, index) => {
    const root = joined.of(index)
    clusters.set(root, [...(clusters.get(root) ?? []), entry])
  })
  return [...clusters.values()]
}

/** The person of the register that a cluster is: by identity, then by phone, then by owning the same unit already. */
function knownOf(entries: readonly OwnerEntry[], known: readonly KnownPerson[]): KnownPerson | null {
  const identities = keysOf(entries.map(entry => entry.identityKey))
  const phones = keysOf(entries.map(entry => entry.phoneKey))
  const units = new Set(entries.map(entry => entry.unitId))
  const possible = known.filter(
    person =>
      person.identityKey === null || identities.length === 0 || identities.includes(person.identityKey),
  )
  return (
    possible.find(person => person.identityKey !== null && identities.includes(person.identityKey)) ??
    possible.find(person => person.phoneKey !== null && phones.includes(person.phoneKey)) ??
    possible.find(person => person.units.some(unit => units.has(unit))) ??
    (entries[0]!.isOrganisation ? possible[0] : undefined) ??
    null
  )
}

function clusterOf(
  entries: readonly OwnerEntry[],
  person: KnownPerson | null,
  first: OwnerEntry,
): PersonCluster {
  return {
    memberId: person?.personId ?? entries[0]!.unitId,
    personId: person?.personId ?? null,
    name: first.name,
    nameKey: first.nameKey,
    isOrganisation: first.isOrganisation,
    units: [...new Set([...entries.map(entry => entry.unitId), ...(person?.units ?? [])])],
    phoneKeys: keysOf([...entries.map(entry => entry.phoneKey), person?.phoneKey ?? null]),
    identityKeys: keysOf([...entries.map(entry => entry.identityKey), person?.identityKey ?? null]),
    entries,
  }
}

/** Two clusters of one name that may be one person. */
function mayBeOne(a: PersonCluster, b: PersonCluster): boolean {
  if (a.personId !== null && b.personId !== null) return false
  const bothKnown = a.identityKeys.length > 0 && b.identityKeys.length > 0
  return !bothKnown || a.identityKeys.some(key => b.identityKeys.includes(key))
}

export interface PersonGroups {
  readonly clusters: readonly PersonCluster[]
  readonly questions: readonly PersonQuestion[]
}

/** Clusters of one name: of the file, joined with the register, and the rest of the register under that name. */
function clustersOfName(entries: readonly OwnerEntry[], known: readonly KnownPerson[]): PersonCluster[] {
  const first = entries[0]!
  const byPerson = new Map<string, { person: KnownPerson; entries: OwnerEntry[] }>()
  const unknown: PersonCluster[] = []
  for (const cluster of clusterEntries(entries)) {
    const person = knownOf(cluster, known)
    if (person === null) unknown.push(clusterOf(cluster, null, first))
    else {
      const before = byPerson.get(person.personId)?.entries ?? []
      byPerson.set(person.personId, { person, entries: [...before, ...cluster] })
    }
  }
  const settled = [...byPerson.values()].map(each => clusterOf(each.entries, each.person, first))
  const others = known
    .filter(person => !byPerson.has(person.personId))
    .map(person => clusterOf([], person, first))
  return [...settled, ...others, ...unknown]
}

/** Groups the owners of a file and says what must be asked. Names in the order of their first row. */
export function groupPersons(entries: readonly OwnerEntry[], known: readonly KnownPerson[]): PersonGroups {
  const names = new Map<string, OwnerEntry[]>()
  for (const entry of entries) {
    const before = names.get(entry.nameKey)
    if (before === undefined) names.set(entry.nameKey, [entry])
    else before.push(entry)
  }
  const knownByName = new Map<string, KnownPerson[]>()
  for (const person of known) {
    knownByName.set(person.nameKey, [...(knownByName.get(person.nameKey) ?? []), person])
  }
  const groups = [...names].map(([nameKey, of]) => clustersOfName(of, knownByName.get(nameKey) ?? []))
  const questions = groups.flatMap(members => {
    const asked = members.filter(
      (member, index) =>
        member.personId === null && members.slice(0, index).some(other => mayBeOne(member, other)),
    )
    if (asked.length === 0) return []
    const { name, nameKey } = members[0]!
    return [{ name, nameKey, members, asked: asked.map(member => member.memberId) }]
  })
  return { clusters: groups.flat().filter(cluster => cluster.entries.length > 0), questions }
}

/** True when the answer names an earlier member that it may be, or `new`. */
function isAnswer(question: PersonQuestion, memberId: string, answer: string | undefined): boolean {
  if (answer === 'new') return true
  const index = question.members.findIndex(member => member.memberId === memberId)
  const other = question.members.slice(0, index).find(member => member.memberId === answer)
  return other !== undefined && mayBeOne(question.members[index]!, other)
}

/** How many questions are still without an answer. */
export function unansweredCount(questions: readonly PersonQuestion[], answers: PersonAnswers): number {
  return questions
    .flatMap(question => question.asked.map(memberId => ({ question, memberId })))
    .filter(({ question, memberId }) => !isAnswer(question, memberId, answers[answerKey(question, memberId)]))
    .length
}

/**
 * For every owner of the file the person: a person id, or a token of a new person that is the same for all its entries. Keys
 * are `unitId/nameKey`. An open question counts as a new person.
 */
export function personOfEntries(
  { clusters, questions }: PersonGroups,
  answers: PersonAnswers,
): ReadonlyMap<string, string> {
  const questionOf = new Map(questions.map(question => [question.nameKey, question]))
  const tokenOf = (cluster: PersonCluster): string => {
    if (cluster.personId !== null) return cluster.personId
    const question = questionOf.get(cluster.nameKey)
    const answer = question === undefined ? undefined : answers[answerKey(question, cluster.memberId)]
    const isAsked = question?.asked.includes(cluster.memberId) ?? false
    const same =
      isAsked && answer !== 'new' && isAnswer(question!, cluster.memberId, answer)
        ? question!.members.find(member => member.memberId === answer)
        : undefined
    return same === undefined ? `new:${cluster.nameKey}/${cluster.memberId}` : tokenOf(same)
  }
  return new Map(
    clusters.flatMap(cluster => {
      const token = tokenOf(cluster)
      return cluster.entries.map(entry => [`${entry.unitId}/${entry.nameKey}`, token] as const)
    }),
  )
}
