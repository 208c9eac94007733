/**
 * Balances from roll-ups: what each fund opened with, received, paid and holds. Pure; sums roll-ups only, never pages of
 * postings, and never nets income against expense.
 */
import { canonicalBytes, type Fen, fen, type Period } from '#kernel'
import { type Account, accountByCode, OPENING_ACCOUNT } from './account.ts'

/** Turnover of one account in one fund and month; what the posting transaction keeps up to date. */
export interface AccountTurnover {
  readonly period: Period
  readonly fund: string
  readonly account: string
  readonly debitFen: Fen
  readonly creditFen: Fen
}

/** opening + in - out = closing, always. */
export interface FundMovement {
  readonly openingFen: Fen
  readonly inFen: Fen
  readonly outFen: Fen
  readonly closingFen: Fen
}

export interface CategoryMovement {
  readonly fund: string
  readonly account: string
  readonly direction: 'in' | 'out'
  readonly amountFen: Fen
}

/** Receipts and payments show against these accounts; cash moves against them, the opening balance is no receipt. */
function isCategory(account: Account): boolean {
  return account.type !== 'cash' && account.code !== OPENING_ACCOUNT
}

function typeOf(accounts: readonly Account[], code: string): Account {
  const account = accountByCode(accounts, code)
  if (account === null) throw new Error(`invariant broken: turnover on unknown account ${code}`)
  return account
}

/**
 * Movement of one fund (or of all, with `fund` null) over the months from..to. A credit on a category is money in, a debit
 * is money out: gross, so a refund shows as paid out and never shrinks an income; red entries shrink the side they correct.
 * For all funds together, transfers between funds are left out of both sides.
 */
export function fundMovement(
  turnovers: readonly AccountTurnover[],
  accounts: readonly Account[],
  fund: string | null,
  from: Period,
  to: Period,
): FundMovement {
  let opening = 0n
  let moneyIn = 0n
  let moneyOut = 0n
  for (const turnover of turnovers) {
    if (turnover.period > to || (fund !== null && turnover.fund !== fund)) continue
    const account = typeOf(accounts, turnover.account)
    const inside = turnover.period >= from
    if (account.type === 'cash') {
      if (!inside) opening += turnover.debitFen - turnover.creditFen
    } else if (inside && account.code === OPENING_ACCOUNT) {
      opening += turnover.creditFen - turnover.debitFen
    } else if (inside && (fund !== null || account.type !== 'interfund')) {
      moneyIn += turnover.creditFen
      moneyOut += turnover.debitFen
    }
  }
  return {
    openingFen: fen(opening),
    inFen: fen(moneyIn),
    outFen: fen(moneyOut),
    closingFen: fen(opening + moneyIn - moneyOut),
  }
}

/** Money in and out by fund and account over the months from..to, in the order of fund and account; empty rows left out. */
export function categoryMovements(
  turnovers: readonly AccountTurnover[],
  accounts: readonly Account[],
  from: Period,
  to: Period,
): CategoryMovement[] {
  const sums = new Map<string, CategoryMovement>()
  for (const turnover of turnovers) {
    if (turnover.period < from || turnover.period > to || !isCategory(typeOf(accounts, turnover.account)))
      continue
    for (const [direction, amount] of [
      ['in', turnover.creditFen],
      ['out', turnover.debitFen],
    ] as const) {
      if (amount === 0n) continue
      const key = `${turnover.fund}\n${turnover.account}\n${direction}`
      const before = sums.get(key)?.amountFen ?? 0n
      sums.set(key, {
        fund: turnover.fund,
        account: turnover.account,
        direction,
        amountFen: fen(before + amount),
      })
    }
  }
  return [...sums.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, movement]) => movement)
}

/** What a cash account holds at the end of a month. */
export function cashBalance(turnovers: readonly AccountTurnover[], account: string, until: Period): Fen {
  let balance = 0n
  for (const turnover of turnovers) {
    if (turnover.account === account && turnover.period <= until)
      balance += turnover.debitFen - turnover.creditFen
  }
  return fen(balance)
}

export interface TrialBalanceRow {
  readonly fund: string
  readonly account: string
  readonly openingFen: Fen
  readonly debitFen: Fen
  readonly creditFen: Fen
  readonly closingFen: Fen
}

/** Trial balance (试算平衡表) of a month: per fund and account, debit-positive opening and closing, and the turnover between. */
export function trialBalance(turnovers: readonly AccountTurnover[], period: Period): TrialBalanceRow[] {
  const rows = new Map<
    string,
    { fund: string; account: string; opening: bigint; debit: bigint; credit: bigint }
  >()
  for (const turnover of turnovers) {
    if (turnover.period > period) continue
    const key = `${turnover.fund}\n${turnover.account}`
    const row = rows.get(key) ?? {
      fund: turnover.fund,
      account: turnover.account,
      opening: 0n,
      debit: 0n,
      credit: 0n,
    }
    if (turnover.period < period) row.opening += turnover.debitFen - turnover.creditFen
    else {
      row.debit += turnover.debitFen
      row.credit += turnover.creditFen
    }
    rows.set(key, row)
  }
  return [...rows.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, row]) => ({
      fund: row.fund,
      account: row.account,
      openingFen: fen(row.opening),
      debitFen: fen(row.debit),
      creditFen: fen(row.credit),
      closingFen: fen(row.opening + row.debit - row.credit),
    }))
}

/** A trial balance as stored and hashed. */
export function encodeTrialBalance(rows: readonly TrialBalanceRow[]): Uint8Array {
  return canonicalBytes(
    rows.map(row => ({
      fund: row.fund,
      account: row.account,
      opening_fen: row.openingFen.toString(),
      debit_fen: row.debitFen.toString(),
      credit_fen: row.creditFen.toString(),
      closing_fen: row.closingFen.toString(),
    })),
  )
}

/** The funds whose trial balance does not come to zero: none, in a sound ledger. */
export function unbalancedFunds(rows: readonly TrialBalanceRow[]): string[] {
  const sums = new Map<string, bigint>()
  for (const row of rows) sums.set(row.fund, (sums.get(row.fund) ?? 0n) + row.closingFen)
  return [...sums].filter(([, sum]) => sum !== 0n).map(([fund]) => fund)
}
