/**
 * The count: a pure function of roll, matter, policy and ballots, in exact integers. Whoever has the same inputs gets the
 * same figures and the same digest. Never reads a clock, never rounds, never decides by a percentage.
 */
import {
  type AreaCentiM2,
  areaCentiM2,
  assert,
  type CanonicalValue,
  canonicalBytes,
  sha256Hex,
} from '#kernel'
import {
  type Admission,
  admitBallots,
  type Ballot,
  type BallotWindow,
  type Exclusion,
  type PlainChoice,
  type Register,
} from './ballot.ts'
import { classOf, type Matter, type MatterClass } from './matter.ts'
import { type Policy, policyDigest } from './policy.ts'
import { compareText, headKeyOf, type Roll, rollDigest, type Unit, unitsInBase } from './roll.ts'
import { addMeasures, type Judgement, judge, type Measure, NO_MEASURE } from './threshold.ts'

/** One question with all that decides it. */
export interface Poll<Choice extends string = PlainChoice> {
  readonly matter: Matter
  readonly policy: Policy
  /** The version of the rules of procedure that the policy comes from. */
  readonly rulesVersion: string | null
  readonly window: BallotWindow
  readonly roll: Roll
  readonly register: Register
  readonly ballots: readonly Ballot<Choice>[]
  /** Units with a proof of delivery of their ballot (rule 18). */
  readonly delivered: ReadonlySet<string>
}

/** Figures of one question: those in favour, against and abstaining make up those taking part (rule 20). */
export interface Figures extends Judgement {
  readonly total: Measure
  readonly participating: Measure
  readonly inFavour: Measure
  readonly against: Measure
  readonly abstain: Measure
}

/** The result under the silence clause, published beside the strict one and labelled (rule 18). */
export interface ClauseResult extends Figures {
  /** The option that the silent join; null when none is strictly largest by area and by heads. */
  readonly majority: PlainChoice | 'ABSTAIN' | null
  readonly silentArea: AreaCentiM2
  readonly silentHeads: bigint
}

/** The result of a poll. */
export interface Tally extends Figures {
  readonly class: MatterClass
  readonly excluded: readonly Exclusion[]
  /** Present exactly when the policy has the silence clause on. */
  readonly clause?: ClauseResult
}

/** The ballots of one question, counted by choice. */
export interface Count<Choice extends string> {
  readonly total: Measure
  readonly participating: Measure
  readonly byChoice: ReadonlyMap<Choice | 'ABSTAIN', Measure>
  readonly admission: Admission<Choice>
  /** Units in the base whose owner and whose self did not take part. */
  readonly silent: Measure
}

/** Counts units and heads by choice (rules 12, 13). */
export function countBallots<Choice extends string>(poll: Poll<Choice>): Count<Choice> {
  const base = unitsInBase(poll.roll, poll.matter.scope, poll.policy.countSpecialSpaces)
  const admission = admitBallots({ ...poll, base })
  const byChoice = new Map<Choice | 'ABSTAIN', { area: bigint; heads: bigint }>()
  const pile = (choice: Choice | 'ABSTAIN') => {
    const known = byChoice.get(choice)
    if (known) return known
    const empty = { area: 0n, heads: 0n }
    byChoice.set(choice, empty)
    return empty
  }
  const heads = new Set<string>()
  const headChoices = new Map<string, Choice | 'ABSTAIN'>()
  const silentUnits: { readonly unit: Unit; readonly head: string }[] = []
  let area = 0n
  for (const unit of base) {
    const head = headKeyOf(poll.roll, unit)
    const choice = admission.choices.get(unit.id)
    area += unit.area
    heads.add(head)
    if (choice === undefined) {
      if (poll.delivered.has(unit.id)) silentUnits.push({ unit, head })
      continue
    }
    pile(choice).area += unit.area
    const known = headChoices.get(head)
    // A head whose units disagree is indivisible: it takes part and abstains (rule 13).
    headChoices.set(head, known === undefined || known === choice ? choice : 'ABSTAIN')
  }
  for (const choice of headChoices.values()) pile(choice).heads += 1n
  const counted = new Map([...byChoice].map(([choice, sum]) => [choice, measure(sum)]))
  return {
    total: measure({ area, heads: BigInt(heads.size) }),
    participating: addMeasures(...counted.values()),
    byChoice: counted,
    admission,
    silent: measureSilent(silentUnits, headChoices),
  }
}

function measure(sum: { readonly area: bigint; readonly heads: bigint }): Measure {
  return { area: areaCentiM2(sum.area), heads: sum.heads }
}

/**
 * Rule 18's delivered and silent. A unit is silent when nothing counted for it (指导规则第26条: 未参与表决的业主); areas count
 * by unit (rule 13). An owner who took part with another unit has spoken: the head keeps its own choice and is no silent
 * head, so the clause never turns a vote that was cast.
 */
function measureSilent(
  units: readonly { readonly unit: Unit; readonly head: string }[],
  headChoices: ReadonlyMap<string, string>,
): Measure {
  const heads = new Set<string>()
  let area = 0n
  for (const { unit, head } of units) {
    area += unit.area
    if (!headChoices.has(head)) heads.add(head)
  }
  return measure({ area, heads: BigInt(heads.size) })
}

/** Tallies a question that is answered for or against. */
export function tally(poll: Poll): Tally {
  const matterClass = classOf(poll.matter.clause)
  const count = countBallots(poll)
  const figures = figuresOf(matterClass, {
    total: count.total,
    inFavour: count.byChoice.get('FOR') ?? NO_MEASURE,
    against: count.byChoice.get('AGAINST') ?? NO_MEASURE,
    abstain: count.byChoice.get('ABSTAIN') ?? NO_MEASURE,
  })
  return {
    ...figures,
    class: matterClass,
    excluded: count.admission.excluded,
    ...(poll.policy.silentPolicy === 'follow_majority' && {
      clause: followMajority(matterClass, figures, count.silent),
    }),
  }
}

/** Judges one question by its three piles; asserts that they make up those taking part, and no more than all (rule 20). */
export function figuresOf(
  matterClass: MatterClass,
  piles: Pick<Figures, 'total' | 'inFavour' | 'against' | 'abstain'>,
): Figures {
  const participating = addMeasures(piles.inFavour, piles.against, piles.abstain)
  assert(participating.area <= piles.total.area, 'more area takes part than there is')
  assert(participating.heads <= piles.total.heads, 'more heads take part than there are')
  return { ...piles, participating, ...judge(matterClass, { ...piles, participating }) }
}

/** The silent join the option, of the three on the ballot, that is strictly largest by area and by heads (rule 18). */
function followMajority(matterClass: MatterClass, strict: Figures, silent: Measure): ClauseResult {
  const piles = { FOR: strict.inFavour, AGAINST: strict.against, ABSTAIN: strict.abstain }
  const options = ['FOR', 'AGAINST', 'ABSTAIN'] as const
  const majority =
    options.find(option =>
      options.every(
        other =>
          other === option ||
          (piles[option].area > piles[other].area && piles[option].heads > piles[other].heads),
      ),
    ) ?? null
  const joined = (option: (typeof options)[number]) =>
    option === majority ? addMeasures(piles[option], silent) : piles[option]
  return {
    majority,
    silentArea: silent.area,
    silentHeads: silent.heads,
    ...figuresOf(matterClass, {
      total: strict.total,
      inFavour: joined('FOR'),
      against: joined('AGAINST'),
      abstain: joined('ABSTAIN'),
    }),
  }
}

/** Digest of the sealed list of ballots, in order of the list: what `closed` becomes `sealed` with (rule 22). */
export function ballotsDigest(ballots: readonly Ballot<string>[]): string {
  return sha256Hex(canonicalBytes({ v: 1, ballots: ballots.map(ballot => ({ ...ballot })) }))
}

/**
 * Digest of a result and of everything it follows from, as printed on the certificate (rule 20): equal inputs give equal
 * digests in any process, on any machine. `rollSaltHex` is the salt of the published roll digest.
 */
export function tallyDigest(poll: Poll, result: Tally, rollSaltHex: string | null): string {
  const { clause, ...strict } = result
  return resultDigest(poll, strict, clause ?? null, rollSaltHex)
}

/** The same for a result of any form: figures, big integers and texts, and the silence clause's beside them. */
export function resultDigest(
  poll: Poll<string>,
  result: object,
  clause: object | null,
  rollSaltHex: string | null,
): string {
  const matter: CanonicalValue = {
    clause: poll.matter.clause,
    parkingTariff: poll.matter.parkingTariff ?? false,
    scope: poll.matter.scope === null ? null : ({ ...poll.matter.scope } as unknown as CanonicalValue),
  }
  const register: CanonicalValue = {
    representatives: [...poll.register.representatives].sort((a, b) => compareText(a[0], b[0])),
    proxies: poll.register.proxies as unknown as CanonicalValue,
    transfers: poll.register.transfers as unknown as CanonicalValue,
    delivered: [...poll.delivered].sort(),
  }
  return sha256Hex(
    canonicalBytes({
      v: 1,
      matter,
      window: { ...poll.window },
      policy: policyDigest(poll.policy, poll.rulesVersion),
      roll: rollDigest(poll.roll, rollSaltHex),
      register: sha256Hex(canonicalBytes(register)),
      ballots: ballotsDigest(poll.ballots),
      result: canonicalRecord(result),
      clause: clause === null ? null : canonicalRecord(clause),
    }),
  )
}

/** Big integers travel as decimal strings; everything else of a result is canonical already. */
export function canonicalRecord(value: unknown): CanonicalValue {
  if (typeof value === 'bigint') return value.toString()
  if (Array.isArray(value)) return value.map(canonicalRecord)
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, canonicalRecord(member)]))
  }
  return value as CanonicalValue
}
