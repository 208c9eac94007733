/**
 * The result of a government's own voting system, taken over as it states it. It is labelled, and never mixed with a count of
 * ours; gates are judged again from its figures, so that a wrong outcome shows. Pure.
 */
import { areaCentiM2, assert, type CanonicalValue, canonicalBytes, parseCanonical } from '#kernel'
import { type Clause, classOf } from './matter.ts'
import { canonicalRecord, type Figures } from './tally.ts'
import { judge, type Measure, NO_MEASURE, type Outcome } from './threshold.ts'

/** Figures as the government's system states them: areas in 0.01 m2, heads. */
export interface OfficialFigures {
  readonly question: string
  readonly outcome: Outcome
  readonly total: { readonly area: bigint; readonly heads: bigint }
  readonly participating: { readonly area: bigint; readonly heads: bigint }
  readonly inFavour: { readonly area: bigint; readonly heads: bigint }
}

/** Where it comes from. */
export interface OfficialSource {
  readonly system: string
  /** Digest of that system's own document. */
  readonly documentSha256: string
}

/** A stored official result. Those against and abstaining are not stated, hence zero. */
export interface OfficialResult {
  readonly question: string
  readonly outcome: Outcome
  readonly figures: Figures
  readonly source: OfficialSource
}

/** What keeps figures from being taken over: one for each question, and no part larger than its whole. */
export function officialProblem(
  questions: readonly { readonly questionId: string }[],
  figures: readonly OfficialFigures[],
): { readonly code: 'result-missing' | 'figures-malformed'; readonly question: string } | null {
  for (const { questionId: question } of questions) {
    const [stated, ...others] = figures.filter(each => each.question === question)
    if (stated === undefined) return { code: 'result-missing', question }
    const piles = [stated.inFavour, stated.participating, stated.total]
    const isNested = (['area', 'heads'] as const).every(
      by => 0n <= piles[0]![by] && piles[0]![by] <= piles[1]![by] && piles[1]![by] <= piles[2]![by],
    )
    if (!isNested || others.length > 0) return { code: 'figures-malformed', question }
  }
  const stranger = figures.find(each => !questions.some(({ questionId }) => questionId === each.question))
  return stranger === undefined ? null : { code: 'figures-malformed', question: stranger.question }
}

/** The bytes that are kept and digested. The outcome is the system's own; the gates are judged from its figures. */
export function encodeOfficialResult(
  stated: OfficialFigures,
  clause: Clause,
  source: OfficialSource,
): Uint8Array {
  const [total, participating, inFavour] = [stated.total, stated.participating, stated.inFavour].map(
    measureOf,
  ) as [Measure, Measure, Measure]
  const figures: Figures = {
    total,
    participating,
    inFavour,
    against: NO_MEASURE,
    abstain: NO_MEASURE,
    ...judge(classOf(clause), { total, participating, inFavour }),
    outcome: stated.outcome,
  }
  const result: OfficialResult = { question: stated.question, outcome: stated.outcome, figures, source }
  return canonicalBytes({
    v: 1,
    imported: true,
    ...(canonicalRecord(result) as { readonly [name: string]: CanonicalValue }),
  })
}

/** Reads kept bytes; null when they are a count of ours. */
export function parseOfficialResult(bytes: Uint8Array): OfficialResult | null {
  const json = parseCanonical(bytes)
  assert(json.ok, 'a stored result is not canonical')
  const record = json.value as unknown as OfficialResult & { readonly imported?: true }
  if (record.imported !== true) return null
  const { question, outcome, source, figures } = record
  return {
    question,
    outcome,
    source,
    figures: {
      ...figures,
      total: measureOf(figures.total),
      participating: measureOf(figures.participating),
      inFavour: measureOf(figures.inFavour),
      against: measureOf(figures.against),
      abstain: measureOf(figures.abstain),
    },
  }
}

function measureOf(measure: { readonly area: bigint; readonly heads: bigint }): Measure {
  return { area: areaCentiM2(BigInt(measure.area)), heads: BigInt(measure.heads) }
}
