/**
 * The board: the public count of a poll as canonical bytes. Every ballot opened by its token, and per question the sums of
 * area and heads by group of choices, with what opens the commitments to them. Never a unit, an owner or one unit's area.
 *
 * `board-count.ts` makes it from the engine's own admission, `board-facts.ts` checks it from public bytes alone.
 */
import {
  type AreaCentiM2,
  type CanonicalValue,
  canonicalBytes,
  err,
  ok,
  parseCanonical,
  type Result,
  toHex,
} from '#kernel'
import { type Fate, REASONS } from './ballot.ts'
import type { MatterClass } from './matter.ts'
import { areaOf, countOf, hasOnly, hexBytes, isRecord, isToken } from './public-shape.ts'
import { NONE_OF_THEM } from './question.ts'
import type { Outcome } from './threshold.ts'

/** A group that covers fewer units or heads than this is merged with another before its sums are opened. */
export const SMALLEST_GROUP = 5

export type QuestionForm = 'plain' | 'candidate' | 'plans'

/** A ballot as it is opened: one per leaf, also when it does not count. */
export interface OpenedBallot {
  readonly seq: number
  readonly token: string
  /** `q1=FOR;q2=PLAN-A` in the order of the questions, or `WITHDRAW`. */
  readonly answers: string
  /** Sixteen bytes, hexadecimal. */
  readonly salt: string
  /** What became of it, by question. */
  readonly fates: ReadonlyMap<string, Fate>
}

/** The base T of a question. `tokens` is null when it is the whole weight roll. */
export interface BoardBase {
  readonly units: number
  readonly heads: number
  readonly area: AreaCentiM2
  readonly areaBlinding: Uint8Array
  readonly tokens: readonly string[] | null
}

/** Sums over the counted units of some choices; more than one choice where a smaller group would tell too much. */
export interface BoardGroup {
  readonly choices: readonly string[]
  readonly units: number
  readonly area: AreaCentiM2
  readonly areaBlinding: Uint8Array
  /** Heads whose units agree on the choice; those whose units disagree are `splitHeads`. */
  readonly heads: number
  readonly headBlinding: Uint8Array
}

/** A counted unit's commitment to 0 or 1 head, with the proof that it is one of the two. */
export interface HeadCommitment {
  readonly token: string
  readonly commitment: Uint8Array
  readonly proof: Uint8Array
}

/** A question as it is published. */
export interface BoardQuestion {
  readonly questionId: string
  readonly form: QuestionForm
  /** In order; empty unless the form is `plans`. */
  readonly plans: readonly string[]
  readonly class: MatterClass
  readonly base: BoardBase
  readonly groups: readonly BoardGroup[]
  /** By token, in order. */
  readonly headCommitments: readonly HeadCommitment[]
  /** Heads that take part and abstain because their units disagree (rule 13). */
  readonly splitHeads: number
  /** One; with plans one for each of them, in order. */
  readonly outcomes: readonly Outcome[]
}

/** The public count of a poll. */
export interface Board {
  readonly poll: string
  /** In order of `seq`. */
  readonly ballots: readonly OpenedBallot[]
  readonly questions: readonly BoardQuestion[]
}

/** The choices that units can count for, in the order of the groups. */
export function optionsOf(form: QuestionForm, plans: readonly string[]): readonly string[] {
  return form === 'plans' ? [...plans, NONE_OF_THEM, 'ABSTAIN'] : ['FOR', 'AGAINST', 'ABSTAIN']
}

/** The answer to one question in the text that a ballot commits to. A ballot that does not answer it has no mark. */
export function answerTo(answers: string, questionId: string): string {
  if (answers === 'WITHDRAW') return answers
  const found = answers.split(';').find(part => part.startsWith(`${questionId}=`))
  return found === undefined ? 'BLANK' : found.slice(questionId.length + 1)
}

/** What is said to the proof of a head's bit, so that it proves nothing for another token, question or poll. */
export function headContext(poll: string, questionId: string, token: string): string {
  return `board/v1\n${poll}\n${questionId}\n${token}`
}

/** The outcome of a question with plans is that of the plan that passed, if one did. */
export function outcomeOfPlans(outcomes: readonly Outcome[]): Outcome {
  return outcomes.find(outcome => outcome === 'PASSED') ?? outcomes[0]!
}

/** The bytes that are published and hashed. */
export function encodeBoard(board: Board): Uint8Array {
  return canonicalBytes({
    v: 1,
    poll: board.poll,
    ballots: board.ballots.map(({ fates, ...ballot }) => ({ ...ballot, fates: Object.fromEntries(fates) })),
    questions: board.questions.map(question => ({
      questionId: question.questionId,
      form: question.form,
      plans: question.plans,
      class: question.class,
      base: {
        units: question.base.units,
        heads: question.base.heads,
        area: question.base.area.toString(),
        areaBlinding: toHex(question.base.areaBlinding),
        tokens: question.base.tokens,
      },
      groups: question.groups.map(group => ({
        choices: group.choices,
        units: group.units,
        area: group.area.toString(),
        areaBlinding: toHex(group.areaBlinding),
        heads: group.heads,
        headBlinding: toHex(group.headBlinding),
      })),
      headCommitments: question.headCommitments.map(({ token, commitment, proof }) => ({
        token,
        commitment: toHex(commitment),
        proof: toHex(proof),
      })),
      splitHeads: question.splitHeads,
      outcomes: question.outcomes,
    })),
  })
}

/** Thrown and caught in this file: the place where a board is not what it must be. */
class Malformed extends Error {}

function must<T>(value: T | null | undefined | false, at: string): T {
  if (value === null || value === undefined || value === false) throw new Malformed(at)
  return value
}

/**
 * Takes a board apart; judges no sum. Refuses, naming the place, what is not canonical, not in order, or has a member too
 * many or too few.
 */
export function parseBoard(bytes: Uint8Array): Result<Board, { readonly at: string }> {
  const json = parseCanonical(bytes)
  try {
    const board = recordOf(json.ok ? json.value : null, ['v', 'poll', 'ballots', 'questions'], 'board')
    must(board.v === 1, 'v')
    const ballots = listOf(board.ballots, 'ballots').map((ballot, i) => ballotOf(ballot, `ballots[${i}]`))
    const questions = listOf(board.questions, 'questions').map((each, i) =>
      questionOf(each, `questions[${i}]`),
    )
    must(isAscending(ballots.map(({ seq }) => seq)), 'ballots')
    must(questions.length > 0 && isUnique(questions.map(({ questionId }) => questionId)), 'questions')
    return ok({ poll: textOf(board.poll, 'poll'), ballots, questions })
  } catch (problem) {
    if (problem instanceof Malformed) return err({ at: problem.message })
    throw problem
  }
}

function recordOf(
  value: unknown,
  names: readonly string[],
  at: string,
): Readonly<Record<string, CanonicalValue>> {
  return must(isRecord(value) && hasOnly(value, names) && value, at)
}

function listOf(value: unknown, at: string): readonly CanonicalValue[] {
  return must(Array.isArray(value) && (value as readonly CanonicalValue[]), at)
}

function textOf(value: unknown, at: string): string {
  return must(isToken(value) && value, at)
}

function wordOf<Word extends string>(value: unknown, words: readonly Word[], at: string): Word {
  return must(
    words.find(word => word === value),
    at,
  )
}

function isAscending(values: readonly (number | string)[]): boolean {
  return values.every((value, i) => i === 0 || values[i - 1]! < value)
}

function isUnique(values: readonly string[]): boolean {
  return new Set(values).size === values.length
}

const FATES: readonly Fate[] = ['counted', 'merged-as-abstention', 'withdrawal', ...REASONS]
const ANSWERS =
  /^(WITHDRAW|[a-z][a-z0-9-]{0,19}=[A-Z][A-Z0-9_-]{0,19}(;[a-z][a-z0-9-]{0,19}=[A-Z][A-Z0-9_-]{0,19}){0,99})$/

function ballotOf(value: CanonicalValue, at: string): OpenedBallot {
  const { seq, token, answers, salt, fates } = recordOf(
    value,
    ['seq', 'token', 'answers', 'salt', 'fates'],
    at,
  )
  const byQuestion = must(isRecord(fates) && fates, `${at}.fates`)
  return {
    seq: must(countOf(seq), `${at}.seq`),
    token: textOf(token, `${at}.token`),
    answers: must(typeof answers === 'string' && ANSWERS.test(answers) && answers, `${at}.answers`),
    salt: toHex(must(hexBytes(salt, 16), `${at}.salt`)),
    fates: new Map(
      Object.entries(byQuestion).map(([id, fate]) => [id, wordOf(fate, FATES, `${at}.fates.${id}`)] as const),
    ),
  }
}

const QUESTION_MEMBERS = [
  'questionId',
  'form',
  'plans',
  'class',
  'base',
  'groups',
  'headCommitments',
  'splitHeads',
  'outcomes',
]
const BASE_MEMBERS = ['units', 'heads', 'area', 'areaBlinding', 'tokens']
const GROUP_MEMBERS = ['choices', 'units', 'area', 'areaBlinding', 'heads', 'headBlinding']

function questionOf(value: CanonicalValue, at: string): BoardQuestion {
  const question = recordOf(value, QUESTION_MEMBERS, at)
  const form = wordOf(question.form, ['plain', 'candidate', 'plans'] as const, `${at}.form`)
  const plans = listOf(question.plans, `${at}.plans`).map((plan, i) => textOf(plan, `${at}.plans[${i}]`))
  must(form === 'plans' ? plans.length > 0 && isUnique(plans) : plans.length === 0, `${at}.plans`)
  const groups = listOf(question.groups, `${at}.groups`).map((each, i) => groupOf(each, `${at}.groups[${i}]`))
  const outcomes = listOf(question.outcomes, `${at}.outcomes`).map(each =>
    wordOf(each, ['PASSED', 'NOT_PASSED', 'NO_QUORUM'] as const, `${at}.outcomes`),
  )
  must(outcomes.length === (form === 'plans' ? plans.length : 1), `${at}.outcomes`)
  const headCommitments = listOf(question.headCommitments, `${at}.headCommitments`).map((each, i) =>
    headOf(each, `${at}.headCommitments[${i}]`),
  )
  must(isAscending(headCommitments.map(({ token }) => token)), `${at}.headCommitments`)
  return {
    questionId: textOf(question.questionId, `${at}.questionId`),
    form,
    plans,
    class: wordOf(question.class, ['ordinary', 'special'] as const, `${at}.class`),
    base: baseOf(question.base!, `${at}.base`),
    groups,
    headCommitments,
    splitHeads: must(countOf(question.splitHeads), `${at}.splitHeads`),
    outcomes,
  }
}

function baseOf(value: CanonicalValue, at: string): BoardBase {
  const base = recordOf(value, BASE_MEMBERS, at)
  const tokens =
    base.tokens === null
      ? null
      : listOf(base.tokens, `${at}.tokens`).map(each => textOf(each, `${at}.tokens`))
  must(tokens === null || isAscending(tokens), `${at}.tokens`)
  return {
    units: must(countOf(base.units), `${at}.units`),
    heads: must(countOf(base.heads), `${at}.heads`),
    area: must(areaOf(base.area), `${at}.area`),
    areaBlinding: must(hexBytes(base.areaBlinding, 32), `${at}.areaBlinding`),
    tokens,
  }
}

function groupOf(value: CanonicalValue, at: string): BoardGroup {
  const group = recordOf(value, GROUP_MEMBERS, at)
  return {
    choices: listOf(group.choices, `${at}.choices`).map(each => textOf(each, `${at}.choices`)),
    units: must(countOf(group.units), `${at}.units`),
    area: must(areaOf(group.area), `${at}.area`),
    areaBlinding: must(hexBytes(group.areaBlinding, 32), `${at}.areaBlinding`),
    heads: must(countOf(group.heads), `${at}.heads`),
    headBlinding: must(hexBytes(group.headBlinding, 32), `${at}.headBlinding`),
  }
}

function headOf(value: CanonicalValue, at: string): HeadCommitment {
  const head = recordOf(value, ['token', 'commitment', 'proof'], at)
  return {
    token: textOf(head.token, `${at}.token`),
    commitment: must(hexBytes(head.commitment, 32), `${at}.commitment`),
    proof: must(hexBytes(head.proof, 128), `${at}.proof`),
  }
}
