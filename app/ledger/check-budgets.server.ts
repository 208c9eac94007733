/** The re-deriver's part for budgets: every version that officers entered is the one two of them agreed on, within what was voted. */
import type { Tx } from '#db'
import { listBudgetAdoptions, listBudgetVersion, listConfirmedChanges } from '#db/ledger'
import { fen } from '#kernel'
import { type BudgetPlan, budgetedFen } from './budget-plan.ts'
import { decodeControlChange } from './control-change.ts'

/** Where findings go: what holds, under which name, about what, and what was found. */
interface Expecting {
  expect(holds: boolean, invariant: 'budget-by-vote', reference: string, found: string): void
}

const lineText = (line: { fund: string; account: string; direction: string; amountFen: bigint }) =>
  `${line.fund} ${line.account} ${line.direction} ${line.amountFen}`

type StoredAdoption = Awaited<ReturnType<typeof listBudgetAdoptions>>[number]

function isItsPlan(row: StoredAdoption, { basis, fiscalYear, version }: BudgetPlan): boolean {
  const isItsVote =
    basis.kind === 'vote'
      ? row.poll_id === basis.poll &&
        row.question_id === basis.question &&
        row.poll_title === basis.title &&
        row.tally_digest === basis.digest &&
        row.voted_fen === basis.votedFen
      : row.words === basis.words && row.decided_on === basis.decidedOn && row.document === basis.document
  return row.basis === basis.kind && row.fiscal_year === fiscalYear && row.version === version && isItsVote
}

/** Checks each budget that two officers entered against the change they agreed on, and its lines against the voted sum. */
export async function checkBudgets(tx: Tx, communityId: number, findings: Expecting): Promise<void> {
  const plans = new Map<string, BudgetPlan>()
  for (const row of await listConfirmedChanges(tx, communityId, ['adopt-budget'])) {
    const change = decodeControlChange(row.content)
    if (change.kind === 'adopt-budget') plans.set(row.change_id, change.plan)
  }
  const adoptions = await listBudgetAdoptions(tx, communityId)
  for (const row of adoptions) {
    const plan = plans.get(row.change_id!)
    const stored = await listBudgetVersion(tx, communityId, row.fiscal_year, row.version)
    const lines = stored.map(line => ({
      fund: line.fund_code,
      account: line.account_code,
      direction: line.direction,
      amountFen: fen(line.amount_fen),
    }))
    const isWithin = row.voted_fen === null || budgetedFen(lines) <= row.voted_fen
    const isAgreed =
      plan !== undefined &&
      isItsPlan(row, plan) &&
      lines.map(lineText).sort().join('\n') === plan.lines.map(lineText).sort().join('\n')
    findings.expect(
      isWithin && isAgreed,
      'budget-by-vote',
      row.change_id!,
      `${row.fiscal_year} ${row.version}`,
    )
  }
  const kept = new Set(adoptions.map(row => row.change_id))
  for (const changeId of plans.keys())
    findings.expect(kept.has(changeId), 'budget-by-vote', changeId, 'no version')
}
