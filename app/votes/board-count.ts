/**
 * Makes the board of a poll from the engine's own count: it decides nothing, and its sums are asserted against the tally.
 * A pure function of its input, head blindings and proofs included, so that the stored board can be made again and compared.
 */
import {
  areaCentiM2,
  assert,
  commitBit,
  concatBytes,
  deriveBlinding,
  sha256,
  sumBlindings,
  toHex,
  utf8,
} from '#kernel'
import { groupBy } from './ballot.ts'
import {
  answerTo,
  type BoardBase,
  type BoardGroup,
  type BoardQuestion,
  encodeBoard,
  type HeadCommitment,
  headContext,
  optionsOf,
  outcomeOfPlans,
  parseBoard,
  type QuestionForm,
  SMALLEST_GROUP,
} from './board.ts'
import { classOf } from './matter.ts'
import { tallyPlans } from './question.ts'
import { compareText, headKeyOf, unitsInBase } from './roll.ts'
import { type Count, countBallots, type Poll, tally } from './tally.ts'
import { NO_MEASURE, type Outcome } from './threshold.ts'
import type { UnitWeight } from './weights.ts'

/** One question with the engine's poll for it. Every question's poll has the same ballots in the same order. */
export interface CountedQuestion {
  readonly questionId: string
  readonly form: QuestionForm
  /** Plan ids in order; empty unless the form is `plans`. */
  readonly plans: readonly string[]
  readonly poll: Poll<string>
}

/** One leaf's ballot: which ballot of the engine's list it is, for which unit, and what opens its commitment. */
export interface CountedBallot {
  readonly seq: number
  readonly token: string
  readonly answers: string
  readonly salt: Uint8Array
  readonly ballotIndex: number
  readonly unit: string
}

/** All that a board is made from. */
export interface BoardInput {
  readonly poll: string
  /** Every leaf of the poll, counted or not. */
  readonly ballots: readonly CountedBallot[]
  readonly questions: readonly CountedQuestion[]
  /** Unit to its token in this poll, at least for every unit of a base. */
  readonly tokens: ReadonlyMap<string, string>
  /** The weights that the weight roll was made from. */
  readonly weights: readonly UnitWeight[]
}

/** A counted unit with its weight and its head. */
interface CountedUnit extends UnitWeight {
  readonly choice: string
  readonly headKey: string
  readonly carriesHead: boolean
  readonly headBlinding: Uint8Array
}

/** The board's public bytes. Throws when its sums are not the tally's: then a defect of ours must not be published. */
export function makeBoard(input: BoardInput): Uint8Array {
  const weights = new Map(input.weights.map(weight => [weight.token, weight]))
  const secret = secretOf(input)
  const counts = input.questions.map(question => countBallots(question.poll))
  const fates = counts.map(
    ({ admission }) =>
      new Map(admission.dispositions.map(each => [leafKey(each.ballotIndex, each.unit), each.fate] as const)),
  )
  const ballots = input.ballots.toSorted((a, b) => a.seq - b.seq)
  for (const byLeaf of fates) assert(byLeaf.size === ballots.length, 'a ballot without a leaf, or twice one')
  const bytes = encodeBoard({
    poll: input.poll,
    ballots: ballots.map(({ seq, token, answers, salt, ballotIndex, unit }) => ({
      seq,
      token,
      answers,
      salt: toHex(salt),
      fates: new Map(
        input.questions.map(({ questionId, poll }, i) => {
          const fate = fates[i]!.get(leafKey(ballotIndex, unit))
          const answer = answerTo(answers, questionId)
          assert(
            fate !== undefined && answer === poll.ballots[ballotIndex]?.choice,
            `ballot ${seq} is another`,
          )
          return [questionId, fate] as const
        }),
      ),
    })),
    questions: input.questions.map((question, i) =>
      countQuestion(input, question, counts[i]!, weights, secret),
    ),
  })
  assert(parseBoard(bytes).ok, 'malformed board')
  return bytes
}

function leafKey(ballotIndex: number, unit: string): string {
  return `${ballotIndex}\n${unit}`
}

/** The secret that head blindings follow from: whoever knows all blindings of the poll, and nobody else, can derive it. */
function secretOf({ poll, weights }: BoardInput): Uint8Array {
  const sorted = weights.toSorted((a, b) => compareText(a.token, b.token))
  return sha256(concatBytes(utf8(`board/v1\n${poll}\n`), ...sorted.map(({ blinding }) => blinding)))
}

function countQuestion(
  input: BoardInput,
  question: CountedQuestion,
  count: Count<string>,
  weights: ReadonlyMap<string, UnitWeight>,
  secret: Uint8Array,
): BoardQuestion {
  const { questionId, form, plans, poll } = question
  const counted = countedUnits(input, question, count, weights, secret)
  const splitHeads = new Set(counted.map(unit => unit.headKey)).size - counted.filter(carries).length
  const groups = groupsOf(counted, optionsOf(form, plans))
  assertAsTallied(groups, splitHeads, count)
  return {
    questionId,
    form,
    plans,
    class: classOf(poll.matter.clause),
    base: baseOf(input, question, count, weights),
    groups,
    headCommitments: counted
      .toSorted((a, b) => compareText(a.token, b.token))
      .map(unit => headCommitmentOf(unit, headContext(input.poll, questionId, unit.token))),
    splitHeads,
    outcomes: outcomesOf(question),
  }
}

function outcomesOf({ form, plans, poll }: CountedQuestion): readonly Outcome[] {
  if (form !== 'plans') return [tally(poll as Poll).outcome]
  const judged = tallyPlans(poll, plans)
  const outcomes = judged.plans.map(({ outcome }) => outcome)
  assert((outcomeOfPlans(outcomes) === 'PASSED') === (judged.adopted !== null), 'plans and adoption differ')
  return outcomes
}

function weightOf(
  weights: ReadonlyMap<string, UnitWeight>,
  token: string | undefined,
  area: bigint,
): UnitWeight {
  const weight = token === undefined ? undefined : weights.get(token)
  assert(
    weight !== undefined && weight.area === area,
    'a unit of the base is not on the weight roll as it is',
  )
  return weight
}

function baseOf(
  { tokens, weights: all }: BoardInput,
  { poll }: CountedQuestion,
  { total }: Count<string>,
  weights: ReadonlyMap<string, UnitWeight>,
): BoardBase {
  const base = unitsInBase(poll.roll, poll.matter.scope, poll.policy.countSpecialSpaces).map(unit =>
    weightOf(weights, tokens.get(unit.id), unit.area),
  )
  return {
    units: base.length,
    heads: Number(total.heads),
    area: total.area,
    areaBlinding: sumBlindings(base.map(({ blinding }) => blinding)),
    tokens: base.length === all.length ? null : base.map(({ token }) => token).sort(),
  }
}

/** The units that count, in the order of the roll. Of a head whose units agree, the one with the first token carries it. */
function countedUnits(
  { tokens, poll: pollId }: BoardInput,
  { questionId, poll }: CountedQuestion,
  { admission }: Count<string>,
  weights: ReadonlyMap<string, UnitWeight>,
  secret: Uint8Array,
): readonly CountedUnit[] {
  const units = poll.roll.units.flatMap(unit => {
    const choice = admission.choices.get(unit.id)
    if (choice === undefined) return []
    const weight = weightOf(weights, tokens.get(unit.id), unit.area)
    return [{ ...weight, choice, headKey: headKeyOf(poll.roll, unit) }]
  })
  const heads = groupBy(units, unit => unit.headKey)
  const carriers = new Set(
    [...heads.values()].flatMap(own => {
      const isAgreed = own.every(({ choice }) => choice === own[0]!.choice)
      return isAgreed ? [own.map(({ token }) => token).sort()[0]!] : []
    }),
  )
  return units.map(unit => ({
    ...unit,
    carriesHead: carriers.has(unit.token),
    headBlinding: deriveBlinding(secret, headContext(pollId, questionId, unit.token)),
  }))
}

const carries = ({ carriesHead }: CountedUnit) => carriesHead

function headCommitmentOf(
  { token, carriesHead, headBlinding }: CountedUnit,
  context: string,
): HeadCommitment {
  return { token, ...commitBit(carriesHead ? 1 : 0, headBlinding, context) }
}

function groupsOf(counted: readonly CountedUnit[], options: readonly string[]): readonly BoardGroup[] {
  const piles = options.map(choice => {
    const units = counted.filter(unit => unit.choice === choice)
    return { choices: [choice], units: units.length, heads: units.filter(carries).length }
  })
  return mergeSmallGroups(piles).map(({ choices, units, heads }) => {
    const members = counted.filter(unit => choices.includes(unit.choice))
    return {
      choices,
      units,
      area: areaCentiM2(members.reduce((sum, { area }) => sum + area, 0n)),
      areaBlinding: sumBlindings(members.map(({ blinding }) => blinding)),
      heads,
      headBlinding: sumBlindings(members.map(({ headBlinding }) => headBlinding)),
    }
  })
}

/** How many units and heads stand behind some choices. */
interface Pile {
  readonly choices: readonly string[]
  readonly units: number
  readonly heads: number
}

/**
 * Merges the choices, one pile each in the order of the options, until every group that is not empty has at least five
 * units and five heads, or everything is one group. The smallest is merged with the next smallest; the choice in favour
 * stays by itself as long as another can be taken, because the outcome follows from it.
 */
export function mergeSmallGroups(piles: readonly Pile[]): readonly Pile[] {
  const order = piles.map(({ choices }) => choices[0]!)
  const isSmall = ({ units, heads }: Pile) => units < SMALLEST_GROUP || heads < SMALLEST_GROUP
  const empty = piles.filter(({ units }) => units === 0)
  let groups = piles.filter(({ units }) => units > 0)
  for (;;) {
    const small = smallestOf(groups.filter(isSmall))
    const others = groups.filter(group => group !== small)
    if (small === undefined || others.length === 0) break
    const partner = smallestOf(others.filter(({ choices }) => !choices.includes('FOR'))) ?? others[0]!
    const merged = {
      choices: order.filter(choice => small.choices.includes(choice) || partner.choices.includes(choice)),
      units: small.units + partner.units,
      heads: small.heads + partner.heads,
    }
    groups = [...others.filter(group => group !== partner), merged]
  }
  return [...empty, ...groups].sort((a, b) => order.indexOf(a.choices[0]!) - order.indexOf(b.choices[0]!))
}

function smallestOf(groups: readonly Pile[]): Pile | undefined {
  return groups.toSorted((a, b) => a.units - b.units || a.heads - b.heads)[0]
}

/** The board's sums are the engine's, group by group. */
function assertAsTallied(groups: readonly BoardGroup[], splitHeads: number, count: Count<string>): void {
  for (const group of groups) {
    let area = 0n
    let heads = group.choices.includes('ABSTAIN') ? BigInt(-splitHeads) : 0n
    for (const choice of group.choices) {
      const pile = count.byChoice.get(choice) ?? NO_MEASURE
      area += pile.area
      heads += pile.heads
    }
    assert(group.area === area && BigInt(group.heads) === heads, 'the board counts what the tally does not')
  }
  const area = groups.reduce((sum, group) => sum + group.area, 0n)
  assert(area === count.participating.area, 'the board leaves out what the tally counts')
}
