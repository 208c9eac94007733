/** Reconciles every bank account of a community at a month's end from stored lines and vouchers. Reads only. */
import type { Tx } from '#db'
import {
  lastStatedBalance,
  listCashMovements,
  listLinesUntil,
  listTurnovers,
  sumLinesUntil,
} from '#db/ledger'
import { civilDate, type Fen, fen, lastDayOf, type Period, period } from '#kernel'
import { type AccountTurnover, cashBalance } from './balance.ts'
import type { BankAccount, Chart } from './read-chart.server.ts'
import { type ReconcilablePosting, type Reconciliation, reconcile } from './reconciliation.ts'
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
 * What each voucher moved on the account and what the bank shows of it. A voucher and the red entry that takes it back
 * cancel out when neither has bank lines; a taken-back voucher no longer holds its lines.
 */
async function readMovements(
  tx: Tx,
  communityId: number,
  accountCode: string,
  month: Period,
): Promise<ReconcilablePosting[]> {
  const rows = await listCashMovements(tx, communityId, accountCode, month, lastDayOf(month))
  const reversed = new Set(
    rows
      .filter(row => row.reverses_number !== null)
      .map(row => `${row.reverses_fiscal_year}-${row.reverses_number}`),
  )
  return rows
    .filter(row => row.kind !== 'opening' && row.kind !== 'reversal')
    .filter(row => !reversed.has(`${row.fiscal_year}-${row.number}`))
    .map(row => ({
      voucher: formatVoucherKey({ fiscalYear: row.fiscal_year, number: row.number }),
      occurredOn: civilDate(row.occurred_on),
      amountFen: fen(row.amount_fen),
      atBankFen: fen(row.at_bank_fen),
    }))
}

/** What the bank says is in the account: the last stated balance, or the opening balance and the lines where none is stated. */
async function readBankBalance(
  tx: Tx,
  communityId: number,
  accountCode: string,
  month: Period,
  openingFen: bigint,
): Promise<Fen> {
  const until = lastDayOf(month)
  const stated = await lastStatedBalance(tx, communityId, accountCode, until)
  if (stated?.balance_fen != null) return fen(stated.balance_fen)
  return fen(openingFen + (await sumLinesUntil(tx, communityId, accountCode, until)))
}

async function readOpening(tx: Tx, communityId: number, accountCode: string, month: Period): Promise<bigint> {
  const rows = await listCashMovements(tx, communityId, accountCode, month, lastDayOf(month))
  return rows.filter(row => row.kind === 'opening').reduce((sum, row) => sum + row.amount_fen, 0n)
}

/** Reconciliation statements (银行存款余额调节表) of all bank accounts at the end of a month. */
export async function reconcileBank(
  tx: Tx,
  communityId: number,
  chart: Chart,
  month: Period,
): Promise<AccountReconciliation[]> {
  const turnovers = await readTurnovers(tx, communityId, month)
  const results: AccountReconciliation[] = []
  for (const account of chart.bankAccounts) {
    const code = account.accountCode
    const lines = await listLinesUntil(tx, communityId, code, lastDayOf(month))
    const reconciliation = reconcile({
      period: month,
      bankBalanceFen: await readBankBalance(
        tx,
        communityId,
        code,
        month,
        await readOpening(tx, communityId, code, month),
      ),
      bookBalanceFen: cashBalance(turnovers, code, month),
      lines: lines.map(line => ({
        bankLine: line.bank_line_id,
        bookedOn: civilDate(line.booked_on),
        amountFen: fen(line.amount_fen),
        postedIn: line.voucher_period === null ? null : period(line.voucher_period),
      })),
      postings: await readMovements(tx, communityId, code, month),
    })
    results.push({ account, ...reconciliation })
  }
  return results
}
