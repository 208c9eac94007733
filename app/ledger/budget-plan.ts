/**
 * A year's budget as it is adopted: its lines, and by what right: a final vote of the owners, or words on a decision taken outside the
 * portal. Pure; what a vote said is handed in by whoever knows it.
 */
import {
  type CanonicalValue,
  type CivilDate,
  err,
  type Fen,
  fen,
  ok,
  parseCivilDate,
  type Result,
  sumFen,
} from '#kernel'
import { type Account, accountByCode, type Fund } from './account.ts'
import type { BudgetLine } from './budget.ts'
import { privateTextIn } from './public-text.ts'

/** What the room of votes says of a question: handed in, never looked up here. `votedFen` is null when the motion names no sum. */
export interface VoteReference {
  readonly poll: string
  readonly question: string
  readonly title: string
  /** Digest of the question's tally, as it stands in the log. */
  readonly digest: string
  readonly votedFen: Fen | null
  readonly isFinal: boolean
  readonly isPassed: boolean
}

/** Adopted by a vote of this portal, or outside it: where that is written, and on which day. */
export type BudgetBasis =
  | ({ readonly kind: 'vote' } & Pick<VoteReference, 'poll' | 'question' | 'title' | 'digest'> & {
        readonly votedFen: Fen
      })
  | {
      readonly kind: 'outside'
      readonly words: string
      readonly decidedOn: CivilDate
      /** What the decision is called and where it is kept. */
      readonly document: string
    }

/** A version of a fiscal year's budget. */
export interface BudgetPlan {
  readonly fiscalYear: number
  readonly version: number
  readonly lines: readonly BudgetLine[]
  readonly basis: BudgetBasis
}

export type BudgetProblem = {
  readonly code:
    | 'budget-empty'
    | 'budget-line-unfit'
    | 'budget-line-twice'
    | 'budget-words-missing'
    | 'budget-day-malformed'
    | 'vote-unknown'
    | 'vote-not-final'
    | 'vote-not-passed'
    | 'vote-names-no-sum'
    | 'vote-sum-differs'
    /** After the first version of a year only owners change it, by a vote. */
    | 'vote-needed'
    /** Another version came meanwhile. */
    | 'budget-moved-on'
}

const problem = (code: BudgetProblem['code']): Result<never, BudgetProblem> => err({ code })

/** The basis that a vote is: final, passed, and naming the sum. */
export function voteBasis(
  vote: VoteReference | null,
): Result<Extract<BudgetBasis, { kind: 'vote' }>, BudgetProblem> {
  if (vote === null) return problem('vote-unknown')
  if (!vote.isFinal) return problem('vote-not-final')
  if (!vote.isPassed) return problem('vote-not-passed')
  const { poll, question, title, digest, votedFen } = vote
  if (votedFen === null) return problem('vote-names-no-sum')
  return ok({ kind: 'vote', poll, question, title, digest, votedFen })
}

/** True when the basis is still what the room of votes says of it. */
export function isSameVote(basis: BudgetBasis, vote: VoteReference | null): boolean {
  if (basis.kind !== 'vote') return true
  const now = voteBasis(vote)
  return (
    now.ok &&
    now.value.poll === basis.poll &&
    now.value.question === basis.question &&
    now.value.digest === basis.digest &&
    now.value.votedFen === basis.votedFen
  )
}

/** What the lines allow to be spent in the year. */
export function budgetedFen(lines: readonly Pick<BudgetLine, 'direction' | 'amountFen'>[]): Fen {
  return sumFen(lines.filter(line => line.direction === 'out').map(line => line.amountFen))
}

/** What a plan is checked against: the chart, and the newest version of that year, null when there is none. */
export interface BudgetFrame {
  readonly accounts: readonly Account[]
  readonly funds: readonly Fund[]
  readonly newest: { readonly version: number; readonly poll: string | null } | null
}

function lineProblem(lines: readonly BudgetLine[], fiscalYear: number, frame: BudgetFrame) {
  const keys = lines.map(line => `${line.fund} ${line.account}`)
  if (lines.length === 0) return 'budget-empty' as const
  if (new Set(keys).size < keys.length) return 'budget-line-twice' as const
  const isFit = lines.every(line => {
    const type = accountByCode(frame.accounts, line.account)?.type
    return (
      line.fiscalYear === fiscalYear &&
      line.amountFen > 0n &&
      frame.funds.some(fund => fund.code === line.fund) &&
      type === (line.direction === 'in' ? 'income' : 'expense')
    )
  })
  return isFit ? null : ('budget-line-unfit' as const)
}

/**
 * The first thing that stands in the way of a plan. By a vote, what may be spent is exactly what the motion names; a later version by
 * the same vote may move money between lines and spend less, never more. Outside the portal only the first version of a year is
 * adopted: afterwards a vote alone changes it.
 */
export function checkBudgetPlan(plan: BudgetPlan, frame: BudgetFrame): Result<null, BudgetProblem> {
  const { basis, lines, fiscalYear, version } = plan
  const unfit = lineProblem(lines, fiscalYear, frame)
  if (unfit !== null) return problem(unfit)
  if (version !== (frame.newest?.version ?? 0) + 1) return problem('budget-moved-on')
  if (basis.kind === 'outside') {
    if (frame.newest !== null) return problem('vote-needed')
    if (basis.words.trim() === '' || basis.document.trim() === '') return problem('budget-words-missing')
    if (!parseCivilDate(basis.decidedOn).ok) return problem('budget-day-malformed')
    return privateTextIn(`${basis.words} ${basis.document}`, []) === null
      ? ok(null)
      : problem('budget-words-missing')
  }
  const spent = budgetedFen(lines)
  const isRevision = frame.newest?.poll === basis.poll
  const isVoted = isRevision ? spent <= basis.votedFen : spent === basis.votedFen
  return isVoted ? ok(null) : problem('vote-sum-differs')
}

/** The members of a plan in a change and its leaf: all of it is public. Fen as decimal text. */
export function budgetPlanMembers(plan: BudgetPlan): Record<string, CanonicalValue> {
  const { basis } = plan
  return {
    fiscal_year: plan.fiscalYear,
    budget_version: plan.version,
    lines: plan.lines.map(line => ({
      fund: line.fund,
      account: line.account,
      direction: line.direction,
      fen: line.amountFen.toString(),
    })),
    basis:
      basis.kind === 'vote'
        ? {
            kind: 'vote',
            poll: basis.poll,
            question: basis.question,
            title: basis.title,
            tally: basis.digest,
            voted_fen: basis.votedFen.toString(),
          }
        : {
            kind: 'outside',
            words: basis.words,
            decided_on: basis.decidedOn,
            document: basis.document,
          },
  }
}

/** Reads the members of a stored change back. */
export function budgetPlanOf(stored: CanonicalValue): BudgetPlan {
  const members = stored as Readonly<Record<string, never>>
  const fiscalYear: number = members.fiscal_year!
  const basis = members.basis! as Readonly<Record<string, never>>
  const lines = members.lines! as readonly Readonly<Record<string, never>>[]
  return {
    fiscalYear,
    version: members.budget_version!,
    lines: lines.map(line => ({
      fiscalYear,
      fund: line.fund!,
      account: line.account!,
      direction: line.direction!,
      amountFen: fen(BigInt(line.fen! as string)),
    })),
    basis:
      basis.kind === 'vote'
        ? {
            kind: 'vote',
            poll: basis.poll!,
            question: basis.question!,
            title: basis.title!,
            digest: basis.tally!,
            votedFen: fen(BigInt(basis.voted_fen! as string)),
          }
        : {
            kind: 'outside',
            words: basis.words!,
            decidedOn: basis.decided_on!,
            document: basis.document!,
          },
  }
}
