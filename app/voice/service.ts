/**
 * What homes say about a service after it was rendered (回访): three questions about a request that was answered, one answer per
 * home and service. Figures are published by rounds of whole months; a round waits until it holds enough answers to hide
 * each of them, so nothing is lost and nobody is found. Pure.
 */
import {
  addDays,
  addMonths,
  assert,
  type CanonicalValue,
  type CivilDate,
  canonicalBytes,
  lastDayOf,
  type Period,
  parseCanonical,
  periodOf,
} from '#kernel'
import { type Count, countScores, LEAST_ANSWERS, LEAST_OWNERS, withheldOf } from './satisfaction.ts'
import { CATEGORIES, type Category } from './subject.ts'

/** How fast, whether it helped, how one was treated. `result` makes the rate. */
export const SERVICE_ASPECTS = ['speed', 'result', 'manner'] as const
export type ServiceAspect = (typeof SERVICE_ASPECTS)[number]

/** One to five for each. */
export type ServiceScores = Readonly<Record<ServiceAspect, number>>

/** How many days after the reply a home can answer. */
export const SERVICE_DAYS = 14
/** The sentence that can go along. */
export const LONGEST_SENTENCE = 200
/** Sentences are read by those who arrange the voice, and removed after so many months. */
export const SENTENCE_MONTHS = 12

/** A span of whole months whose answers are published together. */
export interface ServiceRound {
  readonly from: Period
  readonly through: Period
}

export interface ServiceAnswer {
  readonly category: Category
  readonly scores: ServiceScores
}

/** That a home has answered about a service of a kind. */
export interface ServiceHome {
  readonly category: Category
  readonly unit: string
}

export interface ServiceFigures extends ServiceRound {
  /** How often a home was asked, and how often one answered. */
  readonly asked: number
  readonly answered: number
  readonly aspects: Readonly<Record<ServiceAspect, Count>>
  /** `result` by kind of service, in the order of the kinds; null where it is withheld. */
  readonly categories: readonly { readonly category: Category; readonly count: Count | null }[]
}

/** True for what a form may bring: three whole numbers from one to five and nothing else. */
export function areServiceScores(scores: Readonly<Record<string, number>>): scores is ServiceScores {
  const isScore = (score: number | undefined) =>
    score !== undefined && Number.isSafeInteger(score) && score >= 1 && score <= 5
  const isKnown = Object.keys(scores).length === SERVICE_ASPECTS.length
  return isKnown && SERVICE_ASPECTS.every(aspect => isScore(scores[aspect]))
}

/** The last day on which a home can answer about what was rendered on a day. */
export function answerableUntil(renderedOn: CivilDate): CivilDate {
  return addDays(renderedOn, SERVICE_DAYS)
}

/** The last month about which nobody can answer any more. */
export function lastSettledMonth(today: CivilDate): Period {
  const month = periodOf(today)
  const last = addMonths(month, -1)
  return today > answerableUntil(lastDayOf(last)) ? last : addMonths(month, -2)
}

/**
 * The round that could be published now; null when every settled month is. `first` is the earliest month with a service,
 * `published` the last month that is published already.
 */
export function roundDue(
  today: CivilDate,
  first: Period | null,
  published: Period | null,
): ServiceRound | null {
  const from = published === null ? first : addMonths(published, 1)
  const through = lastSettledMonth(today)
  return from === null || from > through ? null : { from, through }
}

/** The figures of a round; null while they would say too much about somebody: then the round goes on. */
export function tallyService(
  round: ServiceRound,
  asked: number,
  answers: readonly ServiceAnswer[],
  homes: readonly ServiceHome[],
): ServiceFigures | null {
  const different = new Set(homes.map(home => home.unit)).size
  if (answers.length < LEAST_ANSWERS || different < LEAST_OWNERS) return null
  const of = (category: Category) => answers.filter(answer => answer.category === category)
  const present = CATEGORIES.filter(category => of(category).length > 0)
  const withheld = withheldOf(
    present.map(name => ({
      name,
      answers: of(name).length,
      owners: new Set(homes.filter(home => home.category === name).map(home => home.unit)).size,
    })),
  )
  const countOf = (some: readonly ServiceAnswer[], aspect: ServiceAspect) =>
    countScores(some.map(answer => answer.scores[aspect]))
  return {
    from: round.from,
    through: round.through,
    asked,
    answered: answers.length,
    aspects: {
      speed: countOf(answers, 'speed'),
      result: countOf(answers, 'result'),
      manner: countOf(answers, 'manner'),
    },
    categories: present.map(category => ({
      category,
      count: withheld.has(category) ? null : countOf(of(category), 'result'),
    })),
  }
}

/** The bytes of published figures: stored, hashed, logged. */
export function encodeServiceFigures(figures: ServiceFigures): Uint8Array {
  return canonicalBytes({ v: 1, ...figures } as unknown as CanonicalValue)
}

/** Stored figures; throws for bytes that are not ours. */
export function parseServiceFigures(bytes: Uint8Array): ServiceFigures {
  const json = parseCanonical(bytes)
  assert(json.ok, 'the stored figures of a round are malformed')
  return json.value as unknown as ServiceFigures
}
