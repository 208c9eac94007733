/**
 * By what right a year's budget holds: entered by two officers with the vote that passed it, or by the operator when the books are
 * opened. What stands in the way of a version, and how it comes into force within a decision's transaction.
 */
import type { Tx } from '#db'
import {
  type ControlChangeRow,
  findBudgetAdoption,
  insertBudgetAdoption,
  insertBudgetLines,
  listBudgetLines,
} from '#db/ledger'
import { assert, type CivilDate, civilDate, type Fen, fen } from '#kernel'
import type { Portal } from '#platform'
import type { BudgetLine } from './budget.ts'
import {
  type BudgetBasis,
  type BudgetPlan,
  type BudgetProblem,
  checkBudgetPlan,
  isSameVote,
  type VoteReference,
} from './budget-plan.ts'
import { decodeControlChange } from './control-change.ts'
import { readChart } from './read-chart.server.ts'

/** By what right the budget of a year holds, as pages show it. `unrecorded`: entered before the portal asked. */
export type BudgetAdoption = {
  readonly fiscalYear: number
  readonly version: number
  readonly leafIndex: number | null
} & ({ readonly basis: BudgetBasis } | { readonly basis: null })

/** What the next version of a year's budget is checked against. */
export async function budgetFrame(tx: Tx, communityId: number, fiscalYear: number) {
  const { accounts, funds } = await readChart(tx, communityId)
  const adoption = await findBudgetAdoption(tx, communityId, fiscalYear)
  // A version of before the table of adoptions has lines only.
  const [line] = await listBudgetLines(tx, communityId, fiscalYear)
  const version = adoption?.version ?? line?.version ?? null
  const newest = version === null ? null : { version, poll: adoption?.poll_id ?? null }
  return { accounts, funds, newest }
}

/** Why a proposed budget cannot be confirmed now: its vote is not what it was, or another version came; null when it can. */
export async function budgetObstacle(
  tx: Tx,
  communityId: number,
  row: ControlChangeRow,
  vote: VoteReference | null,
): Promise<BudgetProblem | null> {
  const change = decodeControlChange(row.content)
  if (change.kind !== 'adopt-budget') return null
  if (!isSameVote(change.plan.basis, vote)) return { code: 'vote-unknown' }
  const checked = checkBudgetPlan(change.plan, await budgetFrame(tx, communityId, change.plan.fiscalYear))
  return checked.ok ? null : checked.error
}

/** Puts a confirmed budget in force, within the decision's transaction. */
export async function enterBudget(
  portal: Portal,
  tx: Tx,
  communityId: number,
  plan: BudgetPlan,
  changeId: string,
): Promise<void> {
  const { basis, fiscalYear, version } = plan
  await insertBudgetAdoption(tx, {
    community_id: communityId,
    fiscal_year: fiscalYear,
    version,
    ...rowOf(basis),
    change_id: changeId,
    adopted_at: portal.clock.now(),
  })
  await insertBudgetLines(tx, lineRows(communityId, fiscalYear, version, plan.lines))
}

const NO_VOTE = { poll_id: null, question_id: null, poll_title: null, tally_digest: null, voted_fen: null }
const NO_WORDS = { words: null, decided_on: null, document: null }

function rowOf(basis: BudgetBasis | null) {
  if (basis === null) return { basis: 'unrecorded' as const, ...NO_VOTE, ...NO_WORDS }
  if (basis.kind === 'outside') {
    const { words, decidedOn, document } = basis
    return { basis: 'outside' as const, ...NO_VOTE, words, decided_on: decidedOn as string, document }
  }
  return {
    basis: 'vote' as const,
    ...NO_WORDS,
    poll_id: basis.poll,
    question_id: basis.question,
    poll_title: basis.title,
    tally_digest: basis.digest,
    voted_fen: basis.votedFen as bigint,
  }
}

function lineRows(communityId: number, fiscalYear: number, version: number, lines: readonly BudgetLine[]) {
  return lines.map(line => ({
    community_id: communityId,
    fiscal_year: fiscalYear,
    version,
    fund_code: line.fund,
    account_code: line.account,
    direction: line.direction,
    amount_fen: line.amountFen as bigint,
  }))
}

/**
 * Stores the first budget of a year when the books are opened, by the operator: adopted outside the portal, or null where nobody says
 * how. A later version takes a vote and two officers (`proposeBudget`).
 */
export async function adoptBudget(
  portal: Portal,
  communityId: number,
  fiscalYear: number,
  version: number,
  lines: readonly BudgetLine[],
  basis: { readonly words: string; readonly decidedOn: CivilDate; readonly document: string } | null = null,
): Promise<void> {
  assert(version === 1, 'a later version of a budget takes a vote')
  await portal.db.transaction().execute(async tx => {
    await insertBudgetAdoption(tx, {
      community_id: communityId,
      fiscal_year: fiscalYear,
      version,
      ...rowOf(basis === null ? null : { kind: 'outside', ...basis }),
      change_id: null,
      adopted_at: portal.clock.now(),
    })
    await insertBudgetLines(tx, lineRows(communityId, fiscalYear, version, lines))
  })
}

/** By what right the newest budget of a year holds; null when the year has none. */
export async function readBudgetAdoption(
  tx: Tx,
  communityId: number,
  fiscalYear: number,
): Promise<BudgetAdoption | null> {
  const row = await findBudgetAdoption(tx, communityId, fiscalYear)
  if (row === undefined) {
    const [line] = await listBudgetLines(tx, communityId, fiscalYear)
    return line === undefined ? null : { fiscalYear, version: line.version, leafIndex: null, basis: null }
  }
  const leafIndex = row.leaf_index === null ? null : Number(row.leaf_index)
  const { version } = row
  if (row.basis === 'unrecorded') return { fiscalYear, version, leafIndex, basis: null }
  if (row.basis === 'outside') {
    const decidedOn = civilDate(row.decided_on!)
    const basis = { kind: 'outside' as const, words: row.words!, decidedOn, document: row.document! }
    return { fiscalYear, version, leafIndex, basis }
  }
  const votedFen: Fen = fen(row.voted_fen!)
  const [poll, question, title] = [row.poll_id!, row.question_id!, row.poll_title!]
  const basis = { kind: 'vote' as const, poll, question, title, digest: row.tally_digest!, votedFen }
  return { fiscalYear, version, leafIndex, basis }
}
