/**
 * Adopts a year's budget: proposed by one side with the vote that passed it, confirmed by the other on the same vote looked at again
 * (`decideControlChange`), and in force from that transaction on.
 */
import { ok, type Result } from '#kernel'
import type { Actor } from '#people'
import type { Portal } from '#platform'
import type { BudgetLine } from './budget.ts'
import { budgetFrame } from './budget-adoption.server.ts'
import { type BudgetBasis, checkBudgetPlan, type VoteReference, voteBasis } from './budget-plan.ts'
import { type ControlRefusal, enterControlChange } from './change-controls.server.ts'
import type { LedgerCommunity } from './read-chart.server.ts'

/** What officers propose: by a vote, as whoever composes found it, or by words. */
export interface BudgetInput {
  readonly fiscalYear: number
  readonly lines: readonly BudgetLine[]
  readonly reason: string
  readonly basis:
    | { readonly kind: 'vote'; readonly vote: VoteReference | null }
    | Extract<BudgetBasis, { kind: 'outside' }>
}

/** Proposes the next version of a year's budget. Gives the change's id. Needs `controls:propose`; the other side confirms. */
export async function proposeBudget(
  portal: Portal,
  actor: Actor,
  community: LedgerCommunity,
  input: BudgetInput,
): Promise<Result<string, ControlRefusal>> {
  const { communityId } = community
  const basis = input.basis.kind === 'vote' ? voteBasis(input.basis.vote) : ok(input.basis)
  if (!basis.ok) return basis
  return portal.db.transaction().execute(async tx => {
    const frame = await budgetFrame(tx, communityId, input.fiscalYear)
    const { fiscalYear, lines } = input
    const plan = { fiscalYear, lines, version: (frame.newest?.version ?? 0) + 1, basis: basis.value }
    const checked = checkBudgetPlan(plan, frame)
    if (!checked.ok) return checked
    return enterControlChange(portal, tx, actor, community, {
      kind: 'adopt-budget',
      reason: input.reason,
      plan,
    })
  })
}
