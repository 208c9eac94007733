/**
 * Checks a board from public bytes alone: weight roll, ballot leaves, seal and tally leaves. Every fact that must hold has a
 * name and is judged by itself; the first thing found against it is its detail. Knows no secret and trusts no sum.
 */
import { isBitProof, isCommitmentTo, sha256Hex, sumCommitments } from '#kernel'
import { type Fate, groupBy, type Reason } from './ballot.ts'
import {
  answerTo,
  type Board,
  type BoardGroup,
  type BoardQuestion,
  headContext,
  type OpenedBallot,
  optionsOf,
  outcomeOfPlans,
  parseBoard,
  SMALLEST_GROUP,
} from './board.ts'
import { isOpeningOf, sealDigest } from './leaf.ts'
import { judge, type Measure, type Outcome } from './threshold.ts'
import { checkWeightRoll, type WeightRoll } from './weights.ts'

/** What must hold of a board, in the order in which it is read. */
export const BOARD_FACTS = [
  'weights',
  'board',
  'seal',
  'ballots',
  'openings',
  'fates',
  'groups',
  'areas',
  'heads',
  'outcome',
  'tally',
] as const
export type BoardFactName = (typeof BOARD_FACTS)[number]

/** A fact and, where it does not hold, the first thing found: `q1: AGAINST: area`. Empty when it holds. */
export interface BoardFact {
  readonly name: BoardFactName
  readonly ok: boolean
  readonly detail: string
}

/** The members of the poll's leaves that the check reads, in the order of the log. Null where the log has none. */
export interface BoardEvidence {
  readonly poll: string
  readonly weightRoll: Uint8Array
  /** `vote.notice` */
  readonly notice: { readonly weights: string } | null
  /** `vote.ballot`, every one of the poll. */
  readonly ballotLeaves: readonly {
    readonly seq: number
    readonly cc: string
    readonly token: string
  }[]
  /** `vote.seal` */
  readonly sealLeaf: { readonly ballots: string; readonly ballotCount: number } | null
  /** `vote.tally`; of several for one question the last stands. */
  readonly tallyLeaves: readonly {
    readonly question: string
    readonly board: string
    readonly outcome: Outcome
    readonly excludedByReason: { readonly [Name in Reason]?: number }
  }[]
}

/** Judges a board. Facts about parts that cannot be read do not hold; nothing throws, whatever the bytes. */
export function checkBoard(bytes: Uint8Array, evidence: BoardEvidence): readonly BoardFact[] {
  const roll = checkWeightRoll(evidence.weightRoll)
  const parsed = parseBoard(bytes)
  const fact = (name: BoardFactName, problem: string | null): BoardFact => ({
    name,
    ok: problem === null,
    detail: problem ?? '',
  })
  const weights = fact('weights', roll.ok ? weightsProblem(roll.value, evidence) : roll.error)
  if (!parsed.ok) {
    return BOARD_FACTS.map(name =>
      name === 'weights'
        ? weights
        : fact(name, name === 'board' ? `malformed: ${parsed.error.at}` : 'unread'),
    )
  }
  const board = parsed.value
  const known = roll.ok ? roll.value : null
  const perQuestion = (find: (question: BoardQuestion, roll: WeightRoll) => string | null) => {
    if (known === null) return 'unread'
    return firstProblem(board.questions, question => {
      const problem = find(question, known)
      return problem === null ? null : `${question.questionId}: ${problem}`
    })
  }
  return [
    weights,
    fact('board', boardProblem(bytes, board, evidence)),
    fact('seal', sealProblem(evidence)),
    fact('ballots', ballotsProblem(board, evidence)),
    fact('openings', openingsProblem(board, evidence)),
    fact(
      'fates',
      perQuestion((question, weightRoll) => fatesProblem(board, question, weightRoll)),
    ),
    fact(
      'groups',
      perQuestion(question => groupsProblem(board, question)),
    ),
    fact(
      'areas',
      perQuestion((question, weightRoll) => areasProblem(board, question, weightRoll)),
    ),
    fact(
      'heads',
      perQuestion(question => headsProblem(board, question)),
    ),
    fact('outcome', perQuestion(outcomeProblem)),
    fact('tally', tallyProblem(board, evidence)),
  ]
}

function firstProblem<Row>(rows: Iterable<Row>, find: (row: Row) => string | null): string | null {
  for (const row of rows) {
    const problem = find(row)
    if (problem !== null) return problem
  }
  return null
}

function weightsProblem(roll: WeightRoll, { poll, notice, weightRoll }: BoardEvidence): string | null {
  if (roll.poll !== poll) return 'other-poll'
  if (notice === null) return 'notice-missing'
  return notice.weights === sha256Hex(weightRoll) ? null : 'other-than-noticed'
}

function boardProblem(bytes: Uint8Array, board: Board, { poll, tallyLeaves }: BoardEvidence): string | null {
  if (board.poll !== poll) return 'other-poll'
  const digest = sha256Hex(bytes)
  if (tallyLeaves.length === 0) return 'tally-missing'
  return firstProblem(standingTallies(tallyLeaves), leaf =>
    leaf.board === digest ? null : `${leaf.question}: other-than-logged`,
  )
}

/** The last tally of each question: a recount after an objection replaces the one before. */
function standingTallies(leaves: BoardEvidence['tallyLeaves']): BoardEvidence['tallyLeaves'] {
  return [...new Map(leaves.map(leaf => [leaf.question, leaf])).values()]
}

function sealProblem({ poll, sealLeaf, ballotLeaves }: BoardEvidence): string | null {
  if (sealLeaf === null) return 'missing'
  if (sealLeaf.ballotCount !== ballotLeaves.length) return `${ballotLeaves.length} of ${sealLeaf.ballotCount}`
  return sealLeaf.ballots === sealDigest(poll, ballotLeaves) ? null : 'digest'
}

function ballotsProblem(board: Board, { ballotLeaves }: BoardEvidence): string | null {
  const leaves = new Map(ballotLeaves.map(leaf => [leaf.seq, leaf]))
  if (leaves.size !== ballotLeaves.length) return 'leaf-twice'
  const opened = new Set(board.ballots.map(({ seq }) => seq))
  return (
    firstProblem(ballotLeaves, ({ seq }) => (opened.has(seq) ? null : `${seq}: unopened`)) ??
    firstProblem(board.ballots, ({ seq, token }) => {
      const leaf = leaves.get(seq)
      if (leaf === undefined) return `${seq}: not-logged`
      return leaf.token === token ? null : `${seq}: other-token`
    })
  )
}

function openingsProblem(board: Board, { poll, ballotLeaves }: BoardEvidence): string | null {
  const leaves = new Map(ballotLeaves.map(leaf => [leaf.seq, leaf]))
  return firstProblem(board.ballots, ({ seq, answers, salt }) => {
    const leaf = leaves.get(seq)
    if (leaf === undefined) return `${seq}: not-logged`
    return isOpeningOf({ ...leaf, poll }, { choice: answers, saltHex: salt }) ? null : `${seq}: does-not-open`
  })
}

/** What an opened ballot must show for a fate to be possible, itself and beside the token's other ballots. */
const FATE_NEEDS: { readonly [Name in Fate]?: (answer: string, others: readonly Fate[]) => boolean } = {
  counted: (answer, others) => answer !== 'WITHDRAW' && !others.some(isCounting),
  'merged-as-abstention': (answer, others) =>
    answer !== 'WITHDRAW' && others.includes('merged-as-abstention') && !others.includes('counted'),
  withdrawal: answer => answer === 'WITHDRAW',
  WITHDRAWN: (answer, others) => answer !== 'WITHDRAW' && others.includes('withdrawal'),
  WITHDRAW_NOT_ALLOWED: answer => answer === 'WITHDRAW',
  INVALID_MARK: answer => answer === 'BLANK' || answer === 'OVERVOTE',
  SAME_UNIT_DUPLICATE: (_, others) => others.includes('counted'),
  CO_OWNER_CONFLICT: (_, others) => others.some(fate => fate === 'counted' || fate === 'CO_OWNER_CONFLICT'),
  SUPERSEDED: (_, others) => others.length > 0,
  OVERRIDDEN_BY_OWNER: (_, others) => others.length > 0,
  SELLER_ALREADY_VOTED: (_, others) => others.length > 0,
}

function isCounting(fate: Fate): boolean {
  return fate === 'counted' || fate === 'merged-as-abstention'
}

function fatesProblem(board: Board, question: BoardQuestion, roll: WeightRoll): string | null {
  const { questionId, form, plans } = question
  const answers = new Set([...optionsOf(form, plans), 'BLANK', 'OVERVOTE', 'WITHDRAW'])
  const base = baseTokens(question, roll)
  const count = board.questions.length
  return firstProblem(
    groupBy(board.ballots, ({ token }) => token),
    ([token, ballots]) =>
      firstProblem(ballots, ballot => {
        const { seq, fates } = ballot
        const fate = fates.get(questionId)
        const answer = answerTo(ballot.answers, questionId)
        if (fate === undefined || fates.size !== count) return `${seq}: fate-missing`
        if (!answers.has(answer)) return `${seq}: answer-unknown`
        if (base.has(token) === (fate === 'OUT_OF_SCOPE' || fate === 'NOT_ON_ROLL')) return `${seq}: ${fate}`
        const others = ballots.filter(other => other !== ballot).map(other => other.fates.get(questionId)!)
        return FATE_NEEDS[fate]?.(answer, others) === false ? `${seq}: ${fate}` : null
      }),
  )
}

function baseTokens({ base }: BoardQuestion, roll: WeightRoll): { has(token: string): boolean } {
  return base.tokens === null ? roll.units : new Set(base.tokens)
}

/** What each counted token counts for. Two ballots merged as an abstention are one. */
function countedChoices(ballots: readonly OpenedBallot[], questionId: string): ReadonlyMap<string, string> {
  const choices = new Map<string, string>()
  for (const { token, answers, fates } of ballots) {
    const fate = fates.get(questionId)
    if (fate === undefined || !isCounting(fate)) continue
    const answer = answerTo(answers, questionId)
    const isAbstention = fate === 'merged-as-abstention' || answer === 'BLANK' || answer === 'OVERVOTE'
    choices.set(token, isAbstention ? 'ABSTAIN' : answer)
  }
  return choices
}

function nameOf({ choices }: BoardGroup): string {
  return choices.join('+')
}

/** The groups hold each option once, cover the units that count, and none of them is too small but the only one. */
function groupsProblem(board: Board, { questionId, form, plans, groups }: BoardQuestion): string | null {
  const options = optionsOf(form, plans)
  const named = groups.flatMap(({ choices }) => choices)
  const isPartition =
    named.length === options.length &&
    options.every(option => named.filter(name => name === option).length === 1)
  if (!isPartition || groups.some(({ choices }) => choices.length === 0)) return 'options'
  const choices = [...countedChoices(board.ballots, questionId).values()]
  const open = groups.filter(({ units }) => units > 0)
  return firstProblem(groups, group => {
    const units = choices.filter(choice => group.choices.includes(choice)).length
    if (units !== group.units) return `${nameOf(group)}: ${group.units} for ${units} units`
    const isSmall = units > 0 && (units < SMALLEST_GROUP || group.heads < SMALLEST_GROUP)
    return isSmall && open.length > 1 ? `${nameOf(group)}: smaller than ${SMALLEST_GROUP}` : null
  })
}

function areasProblem(board: Board, question: BoardQuestion, roll: WeightRoll): string | null {
  const { base, groups, questionId } = question
  const tokens = base.tokens ?? [...roll.units.keys()]
  if (tokens.length !== base.units) return `base: ${base.units} for ${tokens.length} units`
  if (!opens(commitmentsOf(roll, tokens), base.area, base.areaBlinding)) return 'base'
  const choices = countedChoices(board.ballots, questionId)
  return firstProblem(groups, group => {
    const members = [...choices]
      .filter(([, choice]) => group.choices.includes(choice))
      .map(([token]) => token)
    return opens(commitmentsOf(roll, members), group.area, group.areaBlinding) ? null : nameOf(group)
  })
}

/** The commitments of some tokens; null when one is not on the weight roll. */
function commitmentsOf(roll: WeightRoll, tokens: readonly string[]): readonly Uint8Array[] | null {
  const commitments = tokens.flatMap(token => roll.units.get(token) ?? [])
  return commitments.length === tokens.length ? commitments : null
}

function opens(commitments: readonly Uint8Array[] | null, value: bigint, blinding: Uint8Array): boolean {
  const sum = commitments === null ? null : sumCommitments(commitments)
  return sum !== null && isCommitmentTo(sum, value, blinding)
}

function headsProblem(board: Board, question: BoardQuestion): string | null {
  const { questionId, headCommitments, groups, splitHeads, base } = question
  const choices = countedChoices(board.ballots, questionId)
  const isWhole =
    headCommitments.length === choices.size && headCommitments.every(({ token }) => choices.has(token))
  if (!isWhole) return 'units'
  const unproven = headCommitments.find(
    ({ token, commitment, proof }) =>
      !isBitProof(proof, commitment, headContext(board.poll, questionId, token)),
  )
  if (unproven !== undefined) return `${unproven.token}: neither 0 nor 1`
  const unopened = groups.find(group => {
    const members = headCommitments.filter(({ token }) => group.choices.includes(choices.get(token)!))
    const commitments = members.map(({ commitment }) => commitment)
    return !opens(commitments, BigInt(group.heads), group.headBlinding)
  })
  if (unopened !== undefined) return nameOf(unopened)
  const carried = groups.reduce((sum, { heads }) => sum + heads, 0)
  // A head whose units disagree has two of them at least, and none of them carries it.
  if (choices.size - carried < 2 * splitHeads) return 'split-heads'
  return carried + splitHeads <= base.heads && base.heads <= base.units ? null : 'base'
}

/**
 * The outcome follows from the groups: exactly where the choice in favour stands by itself, otherwise where it is the same
 * whether all of the merged group is in favour or none of it. Where both are possible, either stated outcome is accepted.
 */
function outcomeProblem(question: BoardQuestion): string | null {
  const { form, plans, outcomes } = question
  const favoured = form === 'plans' ? plans : ['FOR']
  return firstProblem(favoured.keys(), i => {
    const possible = possibleOutcomes(question, favoured[i]!)
    return possible.includes(outcomes[i]!) ? null : `${favoured[i]}: ${outcomes[i]}`
  })
}

/** The outcomes that the published sums leave open for a choice: one, or two where a merged group hides which. */
export function possibleOutcomes(question: BoardQuestion, choice: string): readonly Outcome[] {
  const { base, groups, splitHeads } = question
  const total: Measure = { area: base.area, heads: BigInt(base.heads) }
  const sum = (rows: readonly BoardGroup[], splits: number) =>
    ({
      area: rows.reduce((area, row) => area + row.area, 0n),
      heads: BigInt(rows.reduce((heads, row) => heads + row.heads, splits)),
    }) as Measure
  const participating = sum(groups, splitHeads)
  const most = sum(
    groups.filter(({ choices }) => choices.includes(choice)),
    0,
  )
  const least = sum(
    groups.filter(({ choices }) => choices.length === 1 && choices[0] === choice),
    0,
  )
  const outcomes = [least, most].map(
    inFavour => judge(question.class, { total, participating, inFavour }).outcome,
  )
  return [...new Set(outcomes)]
}

function tallyProblem(board: Board, { tallyLeaves }: BoardEvidence): string | null {
  const leaves = new Map(standingTallies(tallyLeaves).map(leaf => [leaf.question, leaf]))
  const unknown = [...leaves.keys()].find(id => board.questions.every(({ questionId }) => questionId !== id))
  if (unknown !== undefined) return `${unknown}: question-unknown`
  return firstProblem(board.questions, ({ questionId, outcomes }) => {
    const leaf = leaves.get(questionId)
    if (leaf === undefined) return `${questionId}: missing`
    if (leaf.outcome !== outcomeOfPlans(outcomes)) return `${questionId}: ${leaf.outcome}`
    const reasons = new Map<string, number>()
    for (const { fates } of board.ballots) {
      const fate = fates.get(questionId)
      if (fate === undefined || isCounting(fate) || fate === 'withdrawal') continue
      reasons.set(fate, (reasons.get(fate) ?? 0) + 1)
    }
    const logged = Object.entries(leaf.excludedByReason).filter(([, count]) => count > 0)
    const isSame =
      logged.length === reasons.size && logged.every(([name, count]) => reasons.get(name) === count)
    return isSame ? null : `${questionId}: excluded`
  })
}
