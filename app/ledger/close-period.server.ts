/**
 * Closes a month: trial balance and bank must agree or list every outstanding item, then the month is locked in the
 * database and its closing is logged. Must never change a figure, and never reopens.
 */
import { countVouchers, insertPeriodClose, listOpenDrafts, lockLedger } from '#db/ledger'
import {
  canonicalBytes,
  dateOf,
  err,
  type Fen,
  lastDayOf,
  ok,
  type Period,
  periodOf,
  type Result,
  sha256Hex,
} from '#kernel'
import { type Actor, can } from '#people'
import type { Portal } from '#platform'
import { appendLeaf } from '#tlog/server'
import { encodeTrialBalance, type TrialBalanceRow, trialBalance, unbalancedFunds } from './balance.ts'
import { periodClosedLeaf } from './leaf.ts'
import { type OpenSignal, readOpenSignals } from './note-payment.server.ts'
import { checkClosing, type PeriodProblem } from './period.ts'
import { type Chart, type LedgerCommunity, readChart, readPeriodState } from './read-chart.server.ts'
import { type AccountReconciliation, readTurnovers, reconcileBank } from './reconcile-bank.server.ts'
import { decodeDraft } from './voucher.ts'

export type CloseRefusal =
  | { readonly code: 'not-permitted' }
  | PeriodProblem
  | { readonly code: 'drafts-open'; readonly drafts: number }
  /** Nobody answered these, and nobody said that they go out unanswered. */
  | { readonly code: 'signals-open'; readonly signals: number }
  | { readonly code: 'trial-balance-off'; readonly funds: readonly string[] }
  | {
      readonly code: 'bank-differs'
      readonly account: string
      readonly adjustedBankFen: Fen
      readonly adjustedBookFen: Fen
    }

/** What the closing page shows before anybody presses the button. */
export interface ClosingPreview {
  readonly period: Period
  readonly trialBalance: readonly TrialBalanceRow[]
  readonly reconciliations: readonly AccountReconciliation[]
  readonly vouchers: number
  readonly openDrafts: number
  /** Signals that will stand as unanswered. */
  readonly openSignals: readonly OpenSignal[]
  /** Null when the month may be closed now. */
  readonly refusal: CloseRefusal | null
}

/** Reconciliations as stored: figures and references, no names. */
export function encodeReconciliations(reconciliations: readonly AccountReconciliation[]): Uint8Array {
  return canonicalBytes(
    reconciliations.map(r => ({
      account: r.account.accountCode,
      bank_fen: r.bankBalanceFen.toString(),
      book_fen: r.bookBalanceFen.toString(),
      items: r.items.map(item => ({
        kind: item.kind,
        on: item.on,
        fen: item.amountFen.toString(),
        reference: item.reference,
      })),
      adjusted_bank_fen: r.adjustedBankFen.toString(),
      adjusted_book_fen: r.adjustedBookFen.toString(),
    })),
  )
}

async function countOpenDrafts(
  tx: Parameters<typeof listOpenDrafts>[0],
  communityId: number,
  period: Period,
) {
  const drafts = await listOpenDrafts(tx, communityId, 10_000)
  return drafts.filter(draft => periodOf(decodeDraft(draft.content).occurredOn) <= period).length
}

async function previewWithin(
  portal: Portal,
  tx: Parameters<typeof listOpenDrafts>[0],
  community: LedgerCommunity,
  chart: Chart,
  period: Period,
): Promise<ClosingPreview> {
  const { communityId } = community
  const rows = trialBalance(await readTurnovers(tx, communityId, period), period)
  const reconciliations = await reconcileBank(tx, communityId, chart, period)
  const openDrafts = await countOpenDrafts(tx, communityId, period)
  const vouchers = await countVouchers(tx, communityId, period)
  const due = checkClosing(await readPeriodState(tx, community), period, dateOf(portal.clock.now()))
  const funds = unbalancedFunds(rows)
  const differs = reconciliations.find(r => !r.agrees)
  let refusal: CloseRefusal | null = null
  if (!due.ok) refusal = due.error
  else if (openDrafts > 0) refusal = { code: 'drafts-open', drafts: openDrafts }
  else if (funds.length > 0) refusal = { code: 'trial-balance-off', funds }
  else if (differs !== undefined) {
    const { adjustedBankFen, adjustedBookFen } = differs
    refusal = { code: 'bank-differs', account: differs.account.accountCode, adjustedBankFen, adjustedBookFen }
  }
  const openSignals = await readOpenSignals({ db: tx }, community, period)
  return { period, trialBalance: rows, reconciliations, vouchers, openDrafts, openSignals, refusal }
}

/** What would be closed, and what stands in the way. */
export async function previewClosing(
  portal: Portal,
  community: LedgerCommunity,
  period: Period,
): Promise<ClosingPreview> {
  return portal.db
    .transaction()
    .execute(async tx =>
      previewWithin(portal, tx, community, await readChart(tx, community.communityId), period),
    )
}

/**
 * Closes the month (结账). Needs `period:close`. Months close in order, only when they are over, and for good. Signals that nobody
 * answered need `leavesUnanswered`: they stay published as unanswered.
 */
export async function closePeriod(
  portal: Portal,
  actor: Actor,
  community: LedgerCommunity,
  period: Period,
  { leavesUnanswered = false }: { readonly leavesUnanswered?: boolean } = {},
): Promise<Result<{ readonly leafIndex: number; readonly lockedThrough: string }, CloseRefusal>> {
  const { communityId } = community
  if (!can(actor, 'period:close', communityId)) return err({ code: 'not-permitted' })
  return portal.db.transaction().execute(async tx => {
    await lockLedger(tx, communityId)
    const chart = await readChart(tx, communityId)
    const preview = await previewWithin(portal, tx, community, chart, period)
    if (preview.refusal !== null) return err(preview.refusal)
    const signals = preview.openSignals.length
    if (signals > 0 && !leavesUnanswered) return err({ code: 'signals-open', signals })
    const trialBalanceBytes = encodeTrialBalance(preview.trialBalance)
    const now = portal.clock.now()
    const leaf = periodClosedLeaf(
      community.logOrigin,
      period,
      sha256Hex(trialBalanceBytes),
      preview.vouchers,
      now,
    )
    const { firstIndex } = await appendLeaf(tx, communityId, [leaf])
    await insertPeriodClose(tx, {
      community_id: communityId,
      period,
      closed_by: actor.userId,
      closed_at: now,
      trial_balance: trialBalanceBytes,
      reconciliation: encodeReconciliations(preview.reconciliations),
      leaf_index: BigInt(firstIndex),
    })
    return ok({ leafIndex: firstIndex, lockedThrough: lastDayOf(period) })
  })
}
