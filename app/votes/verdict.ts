/**
 * What the one-sentence result says, as data: which gates, their integers, their floored percentages. The words are in
 * i18n; nothing here decides anything, it repeats what the tally decided.
 */
import { formatPercentFloor } from '#kernel'
import type { MatterClass } from './matter.ts'
import type { Figures } from './tally.ts'
import { type Measure, type Outcome, participationGate } from './threshold.ts'

/** One comparison of the sentence: `part` of `whole` against the mark. */
export interface VerdictGate {
  readonly gate: 'participation' | 'approval'
  readonly by: 'area' | 'heads'
  /** Hundredths of a square metre, or heads. */
  readonly part: bigint
  readonly whole: bigint
  /** Floored to two decimals, so that no figure is shown above a mark it missed (rule 19). */
  readonly percent: string
  readonly mark: '2/3' | '1/2' | '3/4'
  readonly sign: '≥' | '<' | '>' | '≤'
  readonly isMet: boolean
}

/** The sentence: the gates that led to the outcome, in reading order. */
export interface Verdict {
  readonly outcome: Outcome
  readonly gates: readonly VerdictGate[]
}

/** Figures that have been judged; how those who did not agree divide into against and abstaining does not matter here. */
export type JudgedFigures = Omit<Figures, 'against' | 'abstain'>

/**
 * Without a quorum the sentence stops at participation: how many agreed then decides nothing, and showing it would
 * suggest otherwise (rule 17).
 */
export function verdictOf(matterClass: MatterClass, figures: JudgedFigures): Verdict {
  const gates = participationGates(figures)
  return {
    outcome: figures.outcome,
    gates: figures.outcome === 'NO_QUORUM' ? gates : [...gates, ...approvalGates(matterClass, figures)],
  }
}

/** All four comparisons, also where the sentence stops earlier: for tables of figures, never for a sentence. */
export function gatesOf(
  matterClass: MatterClass,
  figures: Figures,
): { readonly participation: readonly VerdictGate[]; readonly approval: readonly VerdictGate[] } {
  return { participation: participationGates(figures), approval: approvalGates(matterClass, figures) }
}

/** How many take part so far, against the mark: of a poll that is still open, where nobody knows what they chose. */
export function turnoutGates(participating: Measure, total: Measure): readonly VerdictGate[] {
  return participationGates({ participating, total, quorum: participationGate(participating, total) })
}

/** Two bases for those in favour, side by side: of those taking part (which decides) and of all (which does not). */
export function approvalOnBothBases(figures: Pick<Figures, 'inFavour' | 'participating' | 'total'>): {
  readonly ofParticipating: Record<'area' | 'heads', string>
  readonly ofTotal: Record<'area' | 'heads', string>
} {
  const shares = (whole: Measure) => ({
    area: formatPercentFloor(figures.inFavour.area, whole.area),
    heads: formatPercentFloor(figures.inFavour.heads, whole.heads),
  })
  return { ofParticipating: shares(figures.participating), ofTotal: shares(figures.total) }
}

function participationGates({
  participating,
  total,
  quorum,
}: Pick<Figures, 'participating' | 'total' | 'quorum'>): VerdictGate[] {
  return (['area', 'heads'] as const).map(by => ({
    gate: 'participation',
    by,
    part: participating[by],
    whole: total[by],
    percent: formatPercentFloor(participating[by], total[by]),
    mark: '2/3',
    sign: quorum[by] ? '≥' : '<',
    isMet: quorum[by],
  }))
}

function approvalGates(
  matterClass: MatterClass,
  { inFavour, participating, approval }: JudgedFigures,
): VerdictGate[] {
  const isOrdinary = matterClass === 'ordinary'
  return (['area', 'heads'] as const).map(by => ({
    gate: 'approval',
    by,
    part: inFavour[by],
    whole: participating[by],
    percent: formatPercentFloor(inFavour[by], participating[by]),
    mark: isOrdinary ? '1/2' : '3/4',
    sign: isOrdinary ? (approval[by] ? '>' : '≤') : approval[by] ? '≥' : '<',
    isMet: approval[by],
  }))
}
