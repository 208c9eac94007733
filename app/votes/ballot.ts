/**
 * Which ballots count, for which units, and why the others do not. Pure and total: every ballot for every unit it names
 * ends with exactly one fate. Never looks at a clock, a figure or an outcome.
 *
 * Ballots are heard in order of receipt (instant, then place in the list). For each unit a ballot names, the first of
 * these that applies is its reason; so the order below is also the precedence where several apply:
 *
 *  1. NOT_ON_ROLL, OUT_OF_SCOPE            there is nothing to vote for (rules 2, 6)
 *  2. BEFORE_OPEN, LATE                    outside the window nothing is examined, not even who signed (rule 6)
 *  3. NOT_ENTITLED, NOT_REPRESENTATIVE     the person has no voice for this unit at that instant (rules 3, 5, 10)
 *     or, for a ballot cast as proxy: NO_WRITTEN_PROXY, PROXY_LIMIT (rule 9)
 *  4. SELLER_ALREADY_VOTED                 the share has spoken through its former holder (rule 5)
 *  5. WITHDRAW_NOT_ALLOWED; for a proxy's withdrawal of the owner's own ballot OVERRIDDEN_BY_OWNER (rules 8, 9)
 *  6. INVALID_MARK                         void from the start: it withdraws, overrides and supersedes nothing (rule 11)
 * and then, among the valid ballots of the unit:
 *  7. WITHDRAWN                            a later withdrawal took it back (rule 8)
 *  8. OVERRIDDEN_BY_OWNER                  an owner's own valid ballot stands (rule 9)
 *  9. SUPERSEDED                           another ballot of the same person prevails (rule 7)
 * 10. SAME_UNIT_DUPLICATE, CO_OWNER_CONFLICT between co-owners (rule 10)
 *
 * Where the rules are silent, the reading taken is:
 * - "latest valid" and "first valid" choose among valid ballots: a void one never displaces a good one.
 * - The proxy limit is used up by ballots in order of receipt, one per head acted for, whatever becomes of them later.
 * - A mandate binds while the one who gave it is still an owner; "before use" includes the same instant.
 * - Two agents of one unit act for the same owners: their ballots are one person's in the sense of rule 7.
 * - A withdrawal takes back every standing ballot of the unit, co-owners' too, as rule 8 says; an agent cannot take
 *   back what the owner did in person (rule 9). A withdrawal that took effect is not an excluded ballot.
 * - A representative is named for the share they held first: whoever buys it steps into it, and a share they buy later
 *   changes nothing. Only a co-owner can be one (others need a written proxy), so a name that holds no share designates
 *   nobody, and a sole owner needs none.
 * - With `coOwnerConflict: abstain` the ballots of the co-owners together are the unit's abstention: none is excluded.
 *   With `first_valid` every ballot but the earliest gives way as CO_OWNER_CONFLICT.
 */
import type { Policy } from './policy.ts'
import {
  compareText,
  headKeyOf,
  holderIndex,
  type Roll,
  type Share,
  sharesOf,
  type Transfer,
  type Unit,
  votersOf,
} from './roll.ts'

/** What a question without plans asks. */
export type PlainChoice = 'FOR' | 'AGAINST'
/** What any ballot may carry besides the question's own choices. */
export type Mark = 'ABSTAIN' | 'BLANK' | 'OVERVOTE' | 'WITHDRAW'
export type Channel = 'online' | 'paper' | 'proxy'

export const PLAIN_CHOICES: readonly PlainChoice[] = ['FOR', 'AGAINST']
export const MARKS: readonly Mark[] = ['ABSTAIN', 'BLANK', 'OVERVOTE', 'WITHDRAW']
export const CHANNELS: readonly Channel[] = ['online', 'paper', 'proxy']

/** One ballot, for one or several units. Instants are microseconds of the Unix epoch. */
export interface Ballot<Choice extends string = PlainChoice> {
  readonly id: string
  readonly units: readonly string[]
  /** The person who cast it: the proxy when `asProxy`. */
  readonly by: string
  readonly asProxy: boolean
  readonly choice: Choice | Mark
  readonly channel: Channel
  readonly atMicros: number
}

/** A written proxy (授权委托书) for a unit. */
export interface WrittenProxy {
  readonly unit: string
  readonly proxy: string
  readonly registeredAtMicros: number
}

/** When ballots are received; both ends belong to it. */
export interface BallotWindow {
  readonly opensAtMicros: number
  readonly closesAtMicros: number
}

/** What was registered beside the roll. */
export interface Register {
  /** Unit to the co-owner who decides for it. */
  readonly representatives: ReadonlyMap<string, string>
  readonly proxies: readonly WrittenProxy[]
  readonly transfers: readonly Transfer[]
}

export const REASONS = [
  'OUT_OF_SCOPE',
  'NOT_ON_ROLL',
  'BEFORE_OPEN',
  'LATE',
  'NOT_ENTITLED',
  'NOT_REPRESENTATIVE',
  'NO_WRITTEN_PROXY',
  'PROXY_LIMIT',
  'OVERRIDDEN_BY_OWNER',
  'WITHDRAWN',
  'WITHDRAW_NOT_ALLOWED',
  'SUPERSEDED',
  'SAME_UNIT_DUPLICATE',
  'CO_OWNER_CONFLICT',
  'INVALID_MARK',
  'SELLER_ALREADY_VOTED',
] as const
/** Why a ballot does not count for a unit. */
export type Reason = (typeof REASONS)[number]
/** What became of a ballot for one unit. */
export type Fate = 'counted' | 'merged-as-abstention' | 'withdrawal' | Reason

/** A ballot that does not count for a unit, with its one reason. */
export interface Exclusion {
  readonly ballot: string
  readonly unit: string
  readonly reason: Reason
}

/** A ballot's fate for one unit; `ballotIndex` is its place in the list, because a replayed ballot repeats its id. */
export interface Disposition {
  readonly ballotIndex: number
  readonly unit: string
  readonly fate: Fate
}

/** What the ballots come to, unit by unit. */
export interface Admission<Choice extends string> {
  readonly choices: ReadonlyMap<string, Choice | 'ABSTAIN'>
  readonly dispositions: readonly Disposition[]
  /** Sorted by unit, ballot, reason. */
  readonly excluded: readonly Exclusion[]
}

/** All that decides which ballots count. `base` is the units in scope. */
export interface AdmissionInput<Choice extends string> {
  readonly roll: Roll
  readonly base: readonly Unit[]
  readonly policy: Policy
  readonly window: BallotWindow
  readonly register: Register
  readonly ballots: readonly Ballot<Choice>[]
}

/** A ballot as far as it concerns one unit. */
interface Paper<Choice extends string> {
  readonly ballot: Ballot<Choice>
  readonly ballotIndex: number
  readonly unit: string
  fate: Fate | null
}

/** What is known of a unit while its papers are heard. */
interface UnitFile<Choice extends string> {
  readonly head: string
  readonly shares: readonly Share[]
  /** The shares through which a co-owned unit speaks; null when through each of them. */
  readonly speaking: readonly Share[] | null
  readonly proxies: readonly WrittenProxy[]
  /** Valid papers so far, in order of receipt, less those withdrawn. */
  standing: Paper<Choice>[]
}

/** Decides the fate of every ballot. */
export function admitBallots<Choice extends string>(input: AdmissionInput<Choice>): Admission<Choice> {
  const papers = papersOf(input.ballots)
  const onRoll = new Set(input.roll.units.map(unit => unit.id))
  const files = openFiles(input)
  const actedFor = new Map<string, Set<string>>()
  for (const paper of inOrderOfReceipt(papers)) {
    const file = files.get(paper.unit)
    if (!file) paper.fate = onRoll.has(paper.unit) ? 'OUT_OF_SCOPE' : 'NOT_ON_ROLL'
    else hear(paper, file, input, actedFor)
  }
  const choices = new Map<string, Choice | 'ABSTAIN'>()
  for (const [unit, file] of files) {
    if (file.standing.length > 0) settle(unit, file.standing, input.policy, choices)
  }
  const dispositions = papers.map(({ ballotIndex, unit, fate }) => {
    if (fate === null) throw new Error(`invariant broken: no fate for ballot ${ballotIndex} and unit ${unit}`)
    return { ballotIndex, unit, fate }
  })
  return { choices, dispositions, excluded: exclusionsOf(dispositions, input.ballots) }
}

/** A unit named twice on one ballot is named once. */
function papersOf<Choice extends string>(ballots: readonly Ballot<Choice>[]): Paper<Choice>[] {
  const papers: Paper<Choice>[] = []
  ballots.forEach((ballot, ballotIndex) => {
    const units = ballot.units.length === 1 ? ballot.units : new Set(ballot.units)
    for (const unit of units) papers.push({ ballot, ballotIndex, unit, fate: null })
  })
  return papers
}

/** The sort is stable, so ties in time keep the order of the list. */
function inOrderOfReceipt<Choice extends string>(papers: readonly Paper<Choice>[]): Paper<Choice>[] {
  return papers.toSorted((a, b) => a.ballot.atMicros - b.ballot.atMicros)
}

function openFiles<Choice extends string>(input: AdmissionInput<Choice>): Map<string, UnitFile<Choice>> {
  const transfers = groupBy(input.register.transfers, transfer => transfer.unit)
  const proxies = groupBy(input.register.proxies, proxy => proxy.unit)
  return new Map(
    input.base.map(unit => {
      const shares = sharesOf(votersOf(input.roll, unit), transfers.get(unit.id) ?? [])
      const named = input.register.representatives.get(unit.id)
      return [
        unit.id,
        {
          head: headKeyOf(input.roll, unit),
          shares,
          speaking: named === undefined || shares.length < 2 ? null : sharesNamed(named, shares),
          proxies: proxies.get(unit.id) ?? [],
          standing: [],
        },
      ]
    }),
  )
}

/** Rule 10: the shares (more than one if bought at one instant) that the representative held first; null if never any. */
function sharesNamed(person: string, shares: readonly Share[]): readonly Share[] | null {
  const sinceOf = (share: Share) => share.find(held => held.person === person)?.sinceMicros ?? Infinity
  const earliest = Math.min(...shares.map(sinceOf))
  return earliest === Infinity ? null : shares.filter(share => sinceOf(share) === earliest)
}

/** Hears one paper: it stands, withdraws what stands, or is refused. */
function hear<Choice extends string>(
  paper: Paper<Choice>,
  file: UnitFile<Choice>,
  input: AdmissionInput<Choice>,
  actedFor: Map<string, Set<string>>,
): void {
  const { ballot } = paper
  const { policy } = input
  paper.fate = windowReason(ballot, input.window) ?? voiceReason(ballot, file, policy, actedFor)
  if (paper.fate !== null) return
  if (ballot.choice === 'WITHDRAW') {
    if (!policy.withdrawAllowed) paper.fate = 'WITHDRAW_NOT_ALLOWED'
    else if (ballot.asProxy && file.standing.some(other => !other.ballot.asProxy)) {
      paper.fate = 'OVERRIDDEN_BY_OWNER'
    } else {
      for (const other of file.standing) other.fate = 'WITHDRAWN'
      file.standing = []
      paper.fate = 'withdrawal'
    }
  } else if (meaningOf(ballot.choice, policy) === null) paper.fate = 'INVALID_MARK'
  else file.standing.push(paper)
}

/** Rows by a key of each, in order of first appearance. */
export function groupBy<Row>(rows: Iterable<Row>, keyOf: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const group = groups.get(keyOf(row))
    if (group) group.push(row)
    else groups.set(keyOf(row), [row])
  }
  return groups
}

function windowReason(ballot: Ballot<string>, window: BallotWindow): Reason | null {
  if (ballot.atMicros < window.opensAtMicros) return 'BEFORE_OPEN'
  return ballot.atMicros > window.closesAtMicros ? 'LATE' : null
}

/** Whether the person may speak for the unit at that instant, and whether the unit has not spoken through a seller. */
function voiceReason(
  ballot: Ballot<string>,
  file: UnitFile<string>,
  policy: Policy,
  actedFor: Map<string, Set<string>>,
): Reason | null {
  const at = ballot.atMicros
  let voiced = file.shares
  if (ballot.asProxy) {
    const reason = proxyReason(ballot, file, policy, actedFor)
    if (reason !== null) return reason
  } else {
    voiced = file.shares.filter(share => share[holderIndex(share, at)]!.person === ballot.by)
    if (voiced.length === 0) return 'NOT_ENTITLED'
    if (file.speaking && !file.speaking.some(share => voiced.includes(share))) return 'NOT_REPRESENTATIVE'
  }
  return voiced.every(share => hasSellerVoted(share, at, file.standing)) ? 'SELLER_ALREADY_VOTED' : null
}

/** Rule 9. The limit counts heads, and every ballot with a good mandate uses it up. */
function proxyReason(
  ballot: Ballot<string>,
  file: UnitFile<string>,
  policy: Policy,
  actedFor: Map<string, Set<string>>,
): Reason | null {
  const at = ballot.atMicros
  const hasMandate = file.proxies.some(
    ({ proxy, registeredAtMicros }) =>
      proxy === ballot.by &&
      registeredAtMicros <= at &&
      file.shares.some(share => holderIndex(share, registeredAtMicros) === holderIndex(share, at)),
  )
  if (!hasMandate) return 'NO_WRITTEN_PROXY'
  const heads = actedFor.get(ballot.by) ?? new Set()
  if (!heads.has(file.head) && heads.size >= policy.proxyLimit) return 'PROXY_LIMIT'
  actedFor.set(ballot.by, heads.add(file.head))
  return null
}

/** Rule 5: a former holder of the share, or an agent in that holder's time, has a ballot that stands. */
function hasSellerVoted(share: Share, atMicros: number, standing: readonly Paper<string>[]): boolean {
  if (share.length === 1) return false
  const now = holderIndex(share, atMicros)
  return standing.some(({ ballot }) => {
    const then = holderIndex(share, ballot.atMicros)
    return then < now && (ballot.asProxy || share[then]!.person === ballot.by)
  })
}

/** Rule 11: what a mark means; null is invalid. */
function meaningOf<Choice extends string>(choice: Choice | Mark, policy: Policy): Choice | 'ABSTAIN' | null {
  if (choice === 'BLANK') return policy.blankPolicy === 'abstain' ? 'ABSTAIN' : null
  if (choice === 'OVERVOTE') return policy.overvotePolicy === 'abstain' ? 'ABSTAIN' : null
  if (choice === 'WITHDRAW') return null
  return choice as Choice | 'ABSTAIN'
}

/** Rules 9, 7 and 10 among the valid papers of a unit, which are in order of receipt. */
function settle<Choice extends string>(
  unit: string,
  standing: readonly Paper<Choice>[],
  policy: Policy,
  choices: Map<string, Choice | 'ABSTAIN'>,
): void {
  const own = standing.filter(paper => !paper.ballot.asProxy)
  if (own.length > 0) {
    for (const paper of standing) if (paper.ballot.asProxy) paper.fate = 'OVERRIDDEN_BY_OWNER'
  }
  const persons = own.length > 0 ? [...groupBy(own, paper => paper.ballot.by).values()] : [[...standing]]
  const survivors = new Set<Paper<Choice>>()
  for (const papers of persons) {
    const kept = prevailing(papers, policy.duplicatePolicy)
    for (const paper of papers) if (paper !== kept) paper.fate = 'SUPERSEDED'
    survivors.add(kept)
  }
  const heard = standing.filter(paper => survivors.has(paper))
  const [earliest, ...others] = heard as [Paper<Choice>, ...Paper<Choice>[]]
  const choice = meaningOf(earliest.ballot.choice, policy)!
  const isAgreed = others.every(paper => meaningOf(paper.ballot.choice, policy) === choice)
  if (!isAgreed && policy.coOwnerConflict === 'invalid') {
    for (const paper of heard) paper.fate = 'CO_OWNER_CONFLICT'
    return
  }
  if (!isAgreed && policy.coOwnerConflict === 'abstain') {
    for (const paper of heard) paper.fate = 'merged-as-abstention'
    choices.set(unit, 'ABSTAIN')
    return
  }
  earliest.fate = 'counted'
  for (const paper of others) paper.fate = isAgreed ? 'SAME_UNIT_DUPLICATE' : 'CO_OWNER_CONFLICT'
  choices.set(unit, choice)
}

/** Rule 7: the one that prevails among a person's papers. Within the prevailing channel it is the latest. */
function prevailing<Choice extends string>(
  papers: readonly Paper<Choice>[],
  duplicatePolicy: Policy['duplicatePolicy'],
): Paper<Choice> {
  if (duplicatePolicy === 'first_valid') return papers[0]!
  if (duplicatePolicy === 'latest_valid') return papers.at(-1)!
  const channel = duplicatePolicy === 'paper_prevails' ? 'paper' : 'online'
  return papers.findLast(paper => paper.ballot.channel === channel) ?? papers.at(-1)!
}

function exclusionsOf(
  dispositions: readonly Disposition[],
  ballots: readonly Ballot<string>[],
): readonly Exclusion[] {
  const excluded: Exclusion[] = []
  for (const { ballotIndex, unit, fate } of dispositions) {
    if (fate === 'counted' || fate === 'merged-as-abstention' || fate === 'withdrawal') continue
    excluded.push({ ballot: ballots[ballotIndex]!.id, unit, reason: fate })
  }
  return excluded.sort(
    (a, b) =>
      compareText(a.unit, b.unit) || compareText(a.ballot, b.ballot) || compareText(a.reason, b.reason),
  )
}
