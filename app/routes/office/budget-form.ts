/** The form that records a year's budget, read: one account a line, and the words on a decision outside the portal. Pure. */
import { type CivilDate, err, ok, parseYuan, type Result } from '#kernel'
import type { BudgetBasis, BudgetLine } from '#ledger'
import type { Chart } from '#ledger/server'
import { type Entered, textOf } from './entered.ts'

/** The lines as typed: `code amount`, money received for an account of income. A line that cannot be read refuses all. */
export function budgetLinesIn(
  text: string,
  frame: { readonly fiscalYear: number; readonly fund: string; readonly accounts: Chart['accounts'] },
): Result<readonly BudgetLine[], { readonly code: 'budget-line-unfit' }> {
  const lines: BudgetLine[] = []
  for (const row of text.split(/\r?\n/).map(each => each.trim())) {
    if (row === '') continue
    const parts = /^(\d{4,10})[\s,\uff0c\u3001]+(.+)$/.exec(row)
    const amount = parseYuan(parts?.[2] ?? '')
    if (parts === null || !amount.ok) return err({ code: 'budget-line-unfit' })
    const account = parts[1]!
    const isIncome = frame.accounts.find(each => each.code === account)?.type === 'income'
    lines.push({
      fiscalYear: frame.fiscalYear,
      fund: frame.fund,
      account,
      direction: isIncome ? 'in' : 'out',
      amountFen: amount.value,
    })
  }
  return ok(lines)
}

/** A decision outside the portal, as typed; the ledger judges it. */
export function outsideBasisIn(form: Entered): Extract<BudgetBasis, { kind: 'outside' }> {
  return {
    kind: 'outside',
    words: textOf(form, 'words'),
    decidedOn: textOf(form, 'decidedOn') as CivilDate,
    document: textOf(form, 'document'),
  }
}
