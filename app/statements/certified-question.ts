/**
 * One question of a tally certificate: the figures that were counted, and everything that follows from them. Whoever has the
 * counted figures gets the same ratios, sentence and outcome; the votes room's own gates decide, nothing is decided here.
 */
import { areaCentiM2, err, formatPercentFloor, ok, type Result } from '#kernel'
import {
  approvalOnBothBases,
  type Clause,
  classOf,
  judge,
  legalTextsOf,
  type Matter,
  type MatterClass,
  type Measure,
  NONE_OF_THEM,
  type Outcome,
  type PlainChoice,
  type Reason,
  type Scope,
  type VerdictGate,
  verdictOf,
} from '#votes'
import { type Group, mergeSmallGroups, type Pile, sumPiles } from './small-group.ts'

/** A whole number as canonical decimal text: units, heads, or 0.01 m2. */
export type WholeText = string

/** Area and heads as they stand in the canonical JSON. */
export interface MeasureText {
  readonly area: WholeText
  readonly heads: WholeText
}

/** Floored percentages, for display beside the integers they come from. */
export interface Ratio {
  readonly area: string
  readonly heads: string
}

export const FORMS = ['plain', 'plans', 'candidate'] as const
export type QuestionForm = (typeof FORMS)[number]

/** Choices that are not for anything: they make up, with those in favour, all who take part. */
export type OtherChoice = 'AGAINST' | 'ABSTAIN' | typeof NONE_OF_THEM

/** A paper that lay at the desk and that no second teller had confirmed when the poll was sealed. */
export const REFUSED_ONLY = 'UNCONFIRMED'

/** Ballots or signatures that did not count, by reason; the number of them and no more. */
export interface CountedReason {
  readonly reason: Reason | typeof REFUSED_ONLY
  readonly count: number
}

/** What the count supplies of one question. */
export interface QuestionSource {
  /** `q1`. */
  readonly id: string
  readonly title: string
  readonly text: string
  readonly form: QuestionForm
  readonly matter: Matter
  /** The base in scope; its units where they are known. */
  readonly total: Pile & { readonly units: bigint | null }
  /** One entry `FOR` for a plain question or a candidate, one per plan for a question with plans. */
  readonly options: readonly {
    readonly choice: string
    readonly label: string | null
    readonly inFavour: Pile
  }[]
  /** `AGAINST` and `ABSTAIN`, or `NONE` and `ABSTAIN` for plans, one each; merged here where they are small. */
  readonly others: readonly Group<OtherChoice>[]
  /** Present exactly when the policy has the silence clause on and the question is not one of plans. */
  readonly clause?: {
    readonly majority: PlainChoice | 'ABSTAIN' | null
    /** Delivered and silent. */
    readonly silent: Pile
  }
  readonly excluded: readonly CountedReason[]
  /** Digest of the question's tally (rule 20). */
  readonly tally: string
}

/** The gates, ratios and the outcome that follow from three measures. */
interface Judged {
  readonly participation: Ratio
  readonly ofParticipating: Ratio
  readonly ofTotal: Ratio
  /** The comparisons of the one-sentence verdict, in reading order. */
  readonly verdict: readonly CertifiedGate[]
  readonly outcome: Outcome
}

export interface CertifiedGate extends Omit<VerdictGate, 'part' | 'whole'> {
  readonly part: WholeText
  readonly whole: WholeText
}

/** The result under the silence clause, published beside the strict one and never instead of it. */
export interface CertifiedClause extends Judged {
  readonly majority: PlainChoice | 'ABSTAIN' | null
  readonly silent: MeasureText
  readonly participating: MeasureText
  readonly inFavour: MeasureText
}

export interface CertifiedOption extends Judged {
  readonly choice: string
  readonly label: string | null
  readonly inFavour: MeasureText
  readonly clause?: CertifiedClause
}

/** One question as certified. */
export interface CertifiedQuestion {
  readonly id: string
  readonly title: string
  readonly text: string
  readonly form: QuestionForm
  readonly matter: {
    readonly clause: Clause
    readonly class: MatterClass
    readonly parkingTariff: boolean
    readonly scope: Scope | null
  }
  /** The law's own words for the clause and its two gates. */
  readonly law: {
    readonly article: string
    readonly wording: string
    readonly participation: string
    readonly approval: string
  }
  readonly total: MeasureText & { readonly units: WholeText | null }
  readonly participating: MeasureText
  readonly options: readonly CertifiedOption[]
  readonly others: readonly ({ readonly of: readonly OtherChoice[] } & MeasureText)[]
  /** The plan that passed; null where none did and for questions without plans. */
  readonly adopted: string | null
  readonly excluded: readonly CountedReason[]
  readonly tally: string
}

/** Why figures cannot have been counted. */
export type CountProblem = 'answers-unknown' | 'clause-out-of-place' | 'more-take-part-than-there-are'

/** The numbers of a measure that has passed the shape check. */
export function pileOf({ area, heads }: MeasureText): Pile {
  return { area: BigInt(area), heads: BigInt(heads) }
}

/** Adds, judges and words one question; or says why its figures cannot be a count. */
export function certifyQuestion(source: QuestionSource): Result<CertifiedQuestion, CountProblem> {
  const { matter, total, clause } = source
  const participating = sumPiles([...source.options.map(option => option.inFavour), ...source.others])
  const problem = problemOf(source, participating)
  if (problem !== null) return err(problem)
  const matterClass = classOf(matter.clause)
  const options = source.options.map(
    ({ choice, label, inFavour }): CertifiedOption => ({
      choice,
      label,
      inFavour: measureText(inFavour),
      ...judged(matterClass, total, participating, inFavour),
      ...(clause && { clause: underClause(matterClass, total, participating, inFavour, clause) }),
    }),
  )
  const law = legalTextsOf(matter.clause)
  return ok({
    id: source.id,
    title: source.title,
    text: source.text,
    form: source.form,
    matter: {
      clause: matter.clause,
      class: matterClass,
      parkingTariff: matter.parkingTariff ?? false,
      scope: matter.scope,
    },
    law: { ...law.matter, participation: law.participation, approval: law.approval },
    total: { ...measureText(total), units: total.units === null ? null : total.units.toString() },
    participating: measureText(participating),
    options,
    others: mergeSmallGroups(source.others).map(group => ({ of: group.of, ...measureText(group) })),
    adopted:
      source.form === 'plans' ? (options.find(({ outcome }) => outcome === 'PASSED')?.choice ?? null) : null,
    excluded: source.excluded,
    tally: source.tally,
  })
}

/** What a certified question was made of, as far as it is published: merged groups stay merged. */
export function countedOf(question: CertifiedQuestion): QuestionSource {
  const { clause } = question.options[0] ?? {}
  return {
    id: question.id,
    title: question.title,
    text: question.text,
    form: question.form,
    matter: question.matter,
    total: {
      ...pileOf(question.total),
      units: question.total.units === null ? null : BigInt(question.total.units),
    },
    options: question.options.map(({ choice, label, inFavour }) => ({
      choice,
      label,
      inFavour: pileOf(inFavour),
    })),
    others: question.others.map(group => ({ of: group.of, units: null, ...pileOf(group) })),
    ...(clause && {
      clause: {
        majority: clause.majority,
        silent: pileOf(clause.silent),
      },
    }),
    excluded: question.excluded,
    tally: question.tally,
  }
}

function measureText({ area, heads }: Pile): MeasureText {
  return { area: area.toString(), heads: heads.toString() }
}

function measureOf({ area, heads }: Pile): Measure {
  return { area: areaCentiM2(area), heads }
}

function ratio(part: Pile, whole: Pile): Ratio {
  return {
    area: formatPercentFloor(part.area, whole.area),
    heads: formatPercentFloor(part.heads, whole.heads),
  }
}

function judged(matterClass: MatterClass, total: Pile, participating: Pile, inFavour: Pile): Judged {
  const measures = {
    total: measureOf(total),
    participating: measureOf(participating),
    inFavour: measureOf(inFavour),
  }
  const { gates, outcome } = verdictOf(matterClass, { ...measures, ...judge(matterClass, measures) })
  return {
    participation: ratio(participating, total),
    ...approvalOnBothBases(measures),
    verdict: gates.map(gate => ({ ...gate, part: gate.part.toString(), whole: gate.whole.toString() })),
    outcome,
  }
}

/** Rule 18: the silent take part and join the majority; with no strict majority they join nobody. */
function underClause(
  matterClass: MatterClass,
  total: Pile,
  participating: Pile,
  inFavour: Pile,
  { majority, silent }: NonNullable<QuestionSource['clause']>,
): CertifiedClause {
  const nothing = { area: 0n, heads: 0n }
  const joins = sumWith(participating, majority === null ? nothing : silent)
  const agrees = sumWith(inFavour, majority === 'FOR' ? silent : nothing)
  return {
    majority,
    silent: measureText(silent),
    participating: measureText(joins),
    inFavour: measureText(agrees),
    ...judged(matterClass, total, joins, agrees),
  }
}

function sumWith(a: Pile, b: Pile): Pile {
  return { area: a.area + b.area, heads: a.heads + b.heads }
}

function isWithin(part: Pile, whole: Pile): boolean {
  return part.area <= whole.area && part.heads <= whole.heads
}

/** What a question of each form is answered with, besides its own options. */
const OTHERS: Readonly<Record<QuestionForm, readonly OtherChoice[]>> = {
  plain: ['AGAINST', 'ABSTAIN'],
  candidate: ['AGAINST', 'ABSTAIN'],
  plans: [NONE_OF_THEM, 'ABSTAIN'],
}

function problemOf(source: QuestionSource, participating: Pile): CountProblem | null {
  const { form, options, others, clause, total } = source
  const choices = options.map(option => option.choice)
  const given = others.flatMap(group => group.of)
  const isAnswered =
    (form === 'plans' ? options.length > 0 && choices.every(isPlan) : choices.join() === 'FOR') &&
    new Set(choices).size === choices.length &&
    given.join() === OTHERS[form].join()
  if (!isAnswered) return 'answers-unknown'
  if (clause !== undefined && form === 'plans') return 'clause-out-of-place'
  const withSilent = clause === undefined ? participating : sumWith(participating, clause.silent)
  return isWithin(withSilent, total) ? null : 'more-take-part-than-there-are'
}

function isPlan(choice: string): boolean {
  return !['FOR', 'AGAINST', 'ABSTAIN', 'BLANK', 'OVERVOTE', 'WITHDRAW', NONE_OF_THEM].includes(choice)
}
