/**
 * No budget line, no spending (无预算不支出): what an account of a fund may still pay for in a year, by the adopted budget, by
 * votes that raised it, and by emergencies that the party branch witnessed. Pure; knows no vote, only what was recorded of it.
 */
import { err, type Fen, fen, ok, type Result } from '#kernel'
import { type Account, accountByCode } from './account.ts'
import type { BudgetLine } from './budget.ts'
import type { Ceiling } from './control-change.ts'
import type { Posting } from './posting.ts'

/** What was recorded beyond the budget. An emergency names whoever witnessed it. */
export interface Allowance {
  readonly changeId: string
  readonly kind: 'ceiling' | 'emergency'
  readonly ceiling: Ceiling
  readonly witnessId: string | null
}

export type SpendingProblem =
  | { readonly code: 'budget-line-missing'; readonly fund: string; readonly account: string }
  | {
      readonly code: 'over-ceiling'
      readonly fund: string
      readonly account: string
      readonly ceilingFen: Fen
      /** What would be spent of it with this payment. */
      readonly spentFen: Fen
    }

export interface SpendingRoom {
  readonly budget: readonly BudgetLine[]
  readonly allowances: readonly Allowance[]
  /** Spent on an account of a fund in the year so far. */
  readonly spentFen: (fund: string, account: string) => Fen
}

/** What a payment spends, by fund and account: the debits of expenses. */
export function expensesOf(
  postings: readonly Posting[],
  accounts: readonly Account[],
): readonly Pick<Posting, 'fund' | 'account' | 'amountFen'>[] {
  const sums = new Map<string, Pick<Posting, 'fund' | 'account' | 'amountFen'>>()
  for (const { fund, account, side, amountFen } of postings) {
    if (accountByCode(accounts, account)?.type !== 'expense') continue
    const key = `${fund}\n${account}`
    const signed = side === 'debit' ? amountFen : -amountFen
    sums.set(key, { fund, account, amountFen: fen((sums.get(key)?.amountFen ?? 0n) + signed) })
  }
  return [...sums.values()].filter(({ amountFen }) => amountFen > 0n)
}

const sumOf = (allowances: readonly Allowance[]) =>
  allowances.reduce((sum, { ceiling }) => sum + ceiling.amountFen, 0n)

/** Checks the expenses of one payment. Gives the emergencies without which it would not be covered. */
export function checkSpending(
  expenses: readonly Pick<Posting, 'fund' | 'account' | 'amountFen'>[],
  fiscalYear: number,
  room: SpendingRoom,
): Result<readonly Allowance[], SpendingProblem> {
  const relied: Allowance[] = []
  for (const { fund, account, amountFen } of expenses) {
    const isMine = (each: { fund: string; account: string; fiscalYear: number }) =>
      each.fund === fund && each.account === account && each.fiscalYear === fiscalYear
    const lines = room.budget.filter(line => isMine(line) && line.direction === 'out')
    const allowances = room.allowances.filter(({ ceiling }) => isMine(ceiling))
    if (lines.length === 0 && allowances.length === 0)
      return err({ code: 'budget-line-missing', fund, account })
    const emergencies = allowances.filter(({ kind }) => kind === 'emergency')
    const planned = lines.reduce((sum, line) => sum + line.amountFen, 0n)
    const voted = planned + sumOf(allowances.filter(({ kind }) => kind === 'ceiling'))
    const spent = room.spentFen(fund, account) + amountFen
    const ceiling = voted + sumOf(emergencies)
    if (spent > ceiling) {
      return err({ code: 'over-ceiling', fund, account, ceilingFen: fen(ceiling), spentFen: fen(spent) })
    }
    if (spent > voted) relied.push(...emergencies)
  }
  return ok(relied)
}
