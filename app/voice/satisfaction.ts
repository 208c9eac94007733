/**
 * A satisfaction survey in figures: one answer per home, groups too small to hide anybody withheld, and so many more of them
 * that none can be found by subtraction. Pure; counts only, a page makes percentages of them.
 */
import { assert, type CanonicalValue, canonicalBytes, parseCanonical } from '#kernel'

/** What is asked about; `overall` makes the rate. */
export const ASPECTS = ['overall', 'cleaning', 'safety', 'repair', 'greenery', 'money'] as const
export type Aspect = (typeof ASPECTS)[number]

/** One to five for each aspect; an aspect without one is "no opinion". */
export type Scores = { readonly [Name in Aspect]?: number }

/** A group with fewer answers than this says too much about each of them. */
export const LEAST_ANSWERS = 5
/** A group of fewer owners than this is no group. */
export const LEAST_OWNERS = 3

/** How many gave a score, and how many of them four or five. */
export interface Count {
  readonly counted: number
  readonly content: number
}

export interface SurveyFigures {
  /** Homes that could answer, and that did. */
  readonly homes: number
  readonly answered: number
  /** Null when too few answered to publish anything; an aspect is null when too few scored it. `overall` never is. */
  readonly aspects: Readonly<Record<Aspect, Count | null>> | null
  /** `overall` by building, in the buildings' order; null where it is withheld. */
  readonly buildings: readonly { readonly building: string; readonly count: Count | null }[]
}

/** A home of the register. */
export interface Home {
  readonly building: string
  readonly owners: readonly string[]
}

export interface Answer {
  readonly building: string
  readonly scores: Scores
}

/** True for scores that a form may bring: at least `overall`, whole numbers from one to five. */
export function areScores(scores: Scores): boolean {
  const known = Object.keys(scores).every(name => (ASPECTS as readonly string[]).includes(name))
  const sound = Object.values(scores).every(score => Number.isSafeInteger(score) && score >= 1 && score <= 5)
  return known && sound && scores.overall !== undefined
}

/** Scores of one kind in two figures. */
export function countScores(scores: readonly number[]): Count {
  return { counted: scores.length, content: scores.filter(score => score >= 4).length }
}

function countOf(answers: readonly Answer[], aspect: Aspect): Count {
  return countScores(answers.flatMap(answer => answer.scores[aspect] ?? []))
}

/** A part of the answers that might be shown by itself. */
export interface Group {
  readonly name: string
  readonly answers: number
  /** How many different owners, or homes, are behind it. */
  readonly owners: number
}

function largeEnough(count: Count): Count | null {
  return count.counted < LEAST_ANSWERS ? null : count
}

/**
 * The groups whose figures are withheld: those that are too small, and, when what they hold together is too small or one
 * group alone, the next smallest as well, because the total less the others would give it away.
 */
export function withheldOf(groups: readonly Group[]): ReadonlySet<string> {
  const bySize = groups.toSorted((a, b) => a.answers - b.answers || (a.name < b.name ? -1 : 1))
  const withheld = new Set(
    bySize
      .filter(group => group.answers < LEAST_ANSWERS || group.owners < LEAST_OWNERS)
      .map(group => group.name),
  )
  const holds = () =>
    groups.filter(group => withheld.has(group.name)).reduce((sum, group) => sum + group.answers, 0)
  for (const { name } of bySize) {
    if (withheld.size === 0 || (withheld.size > 1 && holds() >= LEAST_ANSWERS)) break
    withheld.add(name)
  }
  return withheld
}

/** The figures that are published. */
export function tallySurvey(homes: readonly Home[], answers: readonly Answer[]): SurveyFigures {
  const buildings = [...new Set(homes.map(home => home.building))].sort()
  const groups = buildings.map(building => ({
    name: building,
    answers: answers.filter(answer => answer.building === building).length,
    owners: new Set(homes.filter(home => home.building === building).flatMap(home => home.owners)).size,
  }))
  const owners = new Set(homes.flatMap(home => home.owners)).size
  const isSmall = answers.length < LEAST_ANSWERS || owners < LEAST_OWNERS
  const withheld = withheldOf(groups)
  return {
    homes: homes.length,
    answered: answers.length,
    aspects: isSmall
      ? null
      : (Object.fromEntries(ASPECTS.map(aspect => [aspect, largeEnough(countOf(answers, aspect))])) as Record<
          Aspect,
          Count | null
        >),
    buildings: buildings.map(building => ({
      building,
      count:
        isSmall || withheld.has(building)
          ? null
          : countOf(
              answers.filter(answer => answer.building === building),
              'overall',
            ),
    })),
  }
}

/** The bytes of the published figures: stored, hashed, logged. */
export function encodeFigures(year: number, figures: SurveyFigures): Uint8Array {
  return canonicalBytes({ v: 1, year, ...figures } as unknown as CanonicalValue)
}

/** Stored figures; throws for bytes that are not ours. */
export function parseFigures(bytes: Uint8Array): SurveyFigures & { readonly year: number } {
  const json = parseCanonical(bytes)
  assert(json.ok, 'the stored figures of a survey are malformed')
  return json.value as unknown as SurveyFigures & { readonly year: number }
}
