/**
 * Questions with more than one answer: plans A and B with "none of them" (rule 21), and elections of the owners'
 * committee, where every candidate is a question of their own. Each is counted by the same tally and the same gates.
 */
import { MARKS } from './ballot.ts'
import { classOf } from './matter.ts'
import { countBallots, type Figures, figuresOf, type Poll, type Tally, tally } from './tally.ts'
import { addMeasures, type Measure, NO_MEASURE } from './threshold.ts'

/** The choice that every question with plans offers besides them. */
export const NONE_OF_THEM = 'NONE'

/** A question with plans, counted. */
export interface PlanTally {
  readonly plans: readonly ({ readonly plan: string } & Figures)[]
  readonly none: Measure
  /** The plan that passed. At most one can: more than half of those taking part cannot agree to two. */
  readonly adopted: string | null
  readonly admission: ReturnType<typeof countBallots<string>>['admission']
}

/**
 * Tests each plan alone against all who take part in the question: whoever chose another plan or none of them is against
 * this one. Co-owners and heads are settled once, for the question: two owners who want different plans disagree, also
 * where a third plan is tested.
 */
export function tallyPlans(poll: Poll<string>, plans: readonly string[]): PlanTally {
  const reserved: readonly string[] = [...MARKS, NONE_OF_THEM]
  if (
    plans.length === 0 ||
    new Set(plans).size < plans.length ||
    plans.some(plan => reserved.includes(plan))
  ) {
    throw new Error('invariant broken: plans must be named apart, and not like a mark')
  }
  const offered = new Set<string>([...plans, ...reserved])
  if (poll.ballots.some(ballot => !offered.has(ballot.choice))) {
    throw new Error('invariant broken: a ballot for a plan that is not offered')
  }
  const count = countBallots(poll)
  const chose = (choice: string) => count.byChoice.get(choice) ?? NO_MEASURE
  const judged = plans.map(plan => ({
    plan,
    ...figuresOf(classOf(poll.matter.clause), {
      total: count.total,
      inFavour: chose(plan),
      against: addMeasures(
        chose(NONE_OF_THEM),
        ...plans.filter(other => other !== plan).map(other => chose(other)),
      ),
      abstain: chose('ABSTAIN'),
    }),
  }))
  const passed = judged.filter(({ outcome }) => outcome === 'PASSED')
  if (passed.length > 1) throw new Error('invariant broken: two plans of one question passed')
  return {
    plans: judged,
    none: chose(NONE_OF_THEM),
    adopted: passed[0]?.plan ?? null,
    admission: count.admission,
  }
}

/** A candidate's own question. */
export interface Candidacy {
  readonly candidate: string
  readonly poll: Poll
}

/** Who of the candidates has a seat. */
export interface Seats {
  readonly elected: readonly string[]
  /** Candidates who passed and are equal at the last seat: none of them is elected, a run-off decides. */
  readonly tied: readonly string[]
  readonly vacantSeats: number
}

/** What an election comes to. */
export interface ElectionResult extends Seats {
  readonly candidates: readonly { readonly candidate: string; readonly tally: Tally }[]
}

/** Tallies every candidate's question and fills the seats. */
export function tallyElection(candidacies: readonly Candidacy[], seats: number): ElectionResult {
  const candidates = candidacies.map(({ candidate, poll }) => ({ candidate, tally: tally(poll) }))
  return { candidates, ...fillSeats(candidates, seats) }
}

/**
 * Elects at most `seats` of the candidates who passed both gates. More than that are ranked by the heads in favour, then
 * by area: a seat is a person's mandate, and the law gives no other order (a choice the rules of procedure may replace).
 * Nobody is elected by lot, by name or by place on the list.
 */
export function fillSeats(
  candidates: readonly {
    readonly candidate: string
    readonly tally: Pick<Figures, 'outcome' | 'inFavour'>
  }[],
  seats: number,
): Seats {
  const passed = candidates.filter(row => row.tally.outcome === 'PASSED')
  const isAhead = (a: Measure, b: Measure) => a.heads > b.heads || (a.heads === b.heads && a.area > b.area)
  const placed = passed.map(({ candidate, tally: { inFavour } }) => {
    const ahead = passed.filter(other => isAhead(other.tally.inFavour, inFavour)).length
    const notBehind = passed.filter(other => !isAhead(inFavour, other.tally.inFavour)).length
    return { candidate, isElected: notBehind <= seats, isTied: ahead < seats && notBehind > seats }
  })
  const elected = placed.filter(row => row.isElected).map(row => row.candidate)
  return {
    elected,
    tied: placed.filter(row => row.isTied).map(row => row.candidate),
    vacantSeats: seats - elected.length,
  }
}
