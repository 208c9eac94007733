/**
 * From a poll as it is stored to its count: one engine poll per question, the count of each, and the record that is kept and
 * shown. Pure; adds no rule to those of `tally.ts` and `question.ts`.
 */
import {
  type AreaCentiM2,
  areaCentiM2,
  assert,
  type CanonicalValue,
  canonicalBytes,
  parseCanonical,
} from '#kernel'
import { parseAnswers } from './answers.ts'
import type { Ballot, BallotWindow, Channel, Exclusion, Fate, Mark, Reason, Register } from './ballot.ts'
import { admitBallots } from './ballot.ts'
import { classOf, type MatterClass } from './matter.ts'
import type { Question } from './motion.ts'
import type { Policy } from './policy.ts'
import { tallyPlans } from './question.ts'
import { type Roll, unitsInBase } from './roll.ts'
import {
  type ClauseResult,
  canonicalRecord,
  type Figures,
  type Poll,
  resultDigest,
  tally,
  tallyDigest,
} from './tally.ts'
import type { Measure, Outcome } from './threshold.ts'

/** One ballot leaf with what it hides: for one unit. Instants are microseconds. */
export interface StoredBallot {
  readonly seq: number
  readonly unit: string
  readonly by: string
  readonly asProxy: boolean
  readonly channel: Channel
  readonly atMicros: number
  readonly answers: string
}

/** All that decides a poll. Ballots in order of place. */
export interface StoredPoll {
  readonly questions: readonly Question[]
  readonly policy: Policy
  readonly rulesVersion: string | null
  readonly window: BallotWindow
  readonly roll: Roll
  readonly register: Register
  readonly delivered: ReadonlySet<string>
  readonly ballots: readonly StoredBallot[]
}

/** A question counted. */
export interface QuestionCount {
  readonly question: string
  readonly class: MatterClass
  readonly outcome: Outcome
  /** With plans: of the adopted plan, else of the one with most heads in favour. */
  readonly figures: Figures
  readonly clause: ClauseResult | null
  readonly plans: readonly ({ readonly plan: string } & Figures)[]
  readonly none: Measure | null
  readonly adopted: string | null
  readonly excludedByReason: { readonly [Name in Reason]?: number }
  /** By place of the ballot. */
  readonly fates: readonly { readonly seq: number; readonly fate: Fate }[]
  readonly digest: string
}

/** The engine's poll of one question: each ballot with its answer to it. A ballot that does not answer it has no mark. */
export function questionPoll(stored: StoredPoll, question: Question): Poll<string> {
  const order = stored.questions.map(each => each.questionId)
  return {
    matter: question.matter,
    policy: stored.policy,
    rulesVersion: stored.rulesVersion,
    window: stored.window,
    roll: stored.roll,
    register: stored.register,
    delivered: stored.delivered,
    ballots: stored.ballots.map(ballot => engineBallot(order, question.questionId, ballot)),
  }
}

/** A stored ballot as the engine hears it for one question. */
export function engineBallot(
  order: readonly string[],
  questionId: string,
  ballot: StoredBallot,
): Ballot<string> {
  const answers = parseAnswers(order, ballot.answers)
  assert(answers.ok, `ballot ${ballot.seq} has answers that are none`)
  const choice: string | Mark =
    'withdraws' in answers.value ? 'WITHDRAW' : (answers.value.choices.get(questionId) ?? 'BLANK')
  return {
    id: ballotName(ballot.seq),
    units: [ballot.unit],
    by: ballot.by,
    asProxy: ballot.asProxy,
    channel: ballot.channel,
    atMicros: ballot.atMicros,
    choice,
  }
}

/** The name of a ballot in a count: its place. */
export function ballotName(seq: number): string {
  return `b${seq}`
}

/** Counts one question. `rollSaltHex` goes into the digest only. */
export function countQuestion(
  stored: StoredPoll,
  question: Question,
  rollSaltHex: string | null,
): QuestionCount {
  const poll = questionPoll(stored, question)
  const isPlans = question.form === 'plans'
  const counted = isPlans ? countPlans(poll, question, rollSaltHex) : countPlain(poll as Poll, rollSaltHex)
  const base = unitsInBase(poll.roll, poll.matter.scope, poll.policy.countSpecialSpaces)
  const { dispositions } = admitBallots({ ...poll, base })
  return {
    question: question.questionId,
    class: classOf(question.matter.clause),
    ...counted,
    fates: dispositions.map(({ ballotIndex, fate }) => ({ seq: stored.ballots[ballotIndex]!.seq, fate })),
  }
}

type Counted = Omit<QuestionCount, 'question' | 'class' | 'fates'>

function countPlain(poll: Poll, rollSaltHex: string | null): Counted {
  const result = tally(poll)
  const { clause, excluded, class: _class, ...figures } = result
  return {
    outcome: figures.outcome,
    figures,
    clause: clause ?? null,
    plans: [],
    none: null,
    adopted: null,
    excludedByReason: byReason(excluded),
    digest: tallyDigest(poll, result, rollSaltHex),
  }
}

function countPlans(poll: Poll<string>, question: Question, rollSaltHex: string | null): Counted {
  const result = tallyPlans(
    poll,
    question.plans.map(plan => plan.id),
  )
  const { admission, ...published } = result
  const shown =
    result.plans.find(({ plan }) => plan === result.adopted) ??
    result.plans.reduce((most, plan) => (plan.inFavour.heads > most.inFavour.heads ? plan : most))
  const { plan: _plan, ...figures } = shown
  return {
    outcome: figures.outcome,
    figures,
    clause: null,
    plans: result.plans,
    none: result.none,
    adopted: result.adopted,
    excludedByReason: byReason(admission.excluded),
    digest: resultDigest(poll, { ...published, excluded: admission.excluded }, null, rollSaltHex),
  }
}

/** How many ballots were left out, by reason. */
export function byReason(excluded: readonly Exclusion[]): { readonly [Name in Reason]?: number } {
  const counts: { [Name in Reason]?: number } = {}
  for (const { reason } of excluded) counts[reason] = (counts[reason] ?? 0) + 1
  return counts
}

/** The bytes that keep a count: its figures and fates, nothing of any choice. */
export function encodeCount(count: QuestionCount): Uint8Array {
  return canonicalBytes({ v: 1, ...(canonicalRecord(count) as { readonly [name: string]: CanonicalValue }) })
}

/** Reads kept bytes. Throws on any that `encodeCount` did not write. */
export function parseCount(bytes: Uint8Array): QuestionCount {
  const json = parseCanonical(bytes)
  assert(json.ok, 'a stored count is not canonical')
  const { v, ...count } = json.value as unknown as { v: 1 } & QuestionCount
  assert(v === 1, 'a stored count is of another version')
  return {
    ...count,
    figures: parseFigures(count.figures),
    clause:
      count.clause === null
        ? null
        : {
            ...count.clause,
            ...parseFigures(count.clause),
            silentArea: areaCentiM2(BigInt(count.clause.silentArea)),
            silentHeads: BigInt(count.clause.silentHeads),
          },
    plans: count.plans.map(plan => ({ plan: plan.plan, ...parseFigures(plan) })),
    none: count.none === null ? null : parseMeasure(count.none),
  }
}

function parseFigures(figures: Figures): Figures {
  return {
    total: parseMeasure(figures.total),
    participating: parseMeasure(figures.participating),
    inFavour: parseMeasure(figures.inFavour),
    against: parseMeasure(figures.against),
    abstain: parseMeasure(figures.abstain),
    quorum: figures.quorum,
    approval: figures.approval,
    outcome: figures.outcome,
  }
}

function parseMeasure(measure: Measure): Measure {
  return { area: areaCentiM2(BigInt(measure.area)) as AreaCentiM2, heads: BigInt(measure.heads) }
}
