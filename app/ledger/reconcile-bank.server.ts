/** Reconciles every bank account of a community at a month's end from stored lines and vouchers. Reads only. */
import type { Tx } from '#db'
import {
  lastStatedBalance,
  listOutstandingLines,
  listTurnovers,
  listUnbankedMovements,
  sumLinesUntil,
  sumOpenings,
} from '#db/ledger'
import { civilDate, type Fen, fen, lastDayOf, type Period, period } from '#kernel'
import { type AccountTurnover, cashBalance } from './balance.ts'
import type { BankAccount, Chart } from './read-chart.server.ts'
import { type Reconciliation, reconcile } from './reconciliation.ts'
import { formatVoucherKey } from './voucher.ts'

export interface AccountReconciliation extends Reconciliation {
  readonly account: BankAccount
}

/** Roll-ups up to a month as domain values. */
export async function readTurnovers(tx: Tx, communityId: number, until: Period): Promise<AccountTurnover[]> {
  const rows = await listTurnovers(tx, communityId, until)
  return rows.map(row => ({
    period: period(row.period),
    fund: row.fund_code,
    account: row.account_code,
    debitFen: fen(row.debit_fen),
    creditFen: fen(row.credit_fen),
  }))
}

/**
 * What the bank says is in the account: the last stated balance with the lines after it that state none (masked, or of a file
 * without balances), or the opening balance with all lines where none is stated.
 */
async function readBankBalance(
  tx: Tx,
  communityId: number,
  accountCode: string,
  month: Period,
): Promise<Fen> {
  const until = lastDayOf(month)
  const stated = await lastStatedBalance(tx, communityId, accountCode, until)
  const start = stated?.balance_fen ?? (await sumOpenings(tx, communityId, accountCode, month))
  return fen(start + (await sumLinesUntil(tx, communityId, accountCode, until, stated ?? null)))
}

/**
 * Reconciliation statements (银行存款余额调节表) of all bank accounts at the end of a month, as the books stood for the months up
 * to it: what was taken back or booked in a later month still was as it was. Reads what is outstanding, never all lines.
 */
export async function reconcileBank(
  tx: Tx,
  communityId: number,
  chart: Chart,
  month: Period,
): Promise<AccountReconciliation[]> {
  const turnovers = await readTurnovers(tx, communityId, month)
  const until = lastDayOf(month)
  const results: AccountReconciliation[] = []
  for (const account of chart.bankAccounts) {
    const code = account.accountCode
    const lines = await listOutstandingLines(tx, communityId, code, month, until)
    const movements = await listUnbankedMovements(tx, communityId, code, month, until)
    const reconciliation = reconcile({
      period: month,
      bankBalanceFen: await readBankBalance(tx, communityId, code, month),
      bookBalanceFen: cashBalance(turnovers, code, month),
      lines: lines.map(line => ({
        bankLine: line.bank_line_id,
        bookedOn: civilDate(line.booked_on),
        amountFen: fen(line.amount_fen),
        postedIn: null,
      })),
      postings: movements.map(row => ({
        voucher: formatVoucherKey({ fiscalYear: row.fiscal_year, number: row.number }),
        occurredOn: civilDate(row.occurred_on),
        amountFen: fen(row.amount_fen),
        atBankFen: fen(row.at_bank_fen),
      })),
    })
    results.push({ account, ...reconciliation })
  }
  return results
}
