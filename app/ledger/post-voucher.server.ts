/**
 * Posts an approved draft: number, voucher, postings, roll-ups and log leaf in the caller's transaction, all or nothing.
 * Called by the last approval only; nothing else enters the ledger.
 */
import type { Tx } from '#db'
import {
  addTurnover,
  insertLeafSecrets,
  insertVoucher,
  takeVoucherNumber,
  updateDraftState,
} from '#db/ledger'
import { assert, fiscalYearOf, type Period, saltedDigest, sha256Hex } from '#kernel'
import type { Portal } from '#platform'
import { appendLeaf } from '#tlog/server'
import type { Approval } from './approval.ts'
import { type LeafStep, voucherLeaf } from './leaf.ts'
import { type Posting, turnover, voucherAmount } from './posting.ts'
import type { LedgerCommunity } from './read-chart.server.ts'
import { type DraftContent, decodeDraft, type VoucherKey } from './voucher.ts'

export interface ApprovedDraft {
  readonly draftId: string
  readonly revision: number
  readonly contentBytes: Uint8Array
  readonly period: Period
  /** In order, one per required step. */
  readonly approvals: readonly (Approval & { readonly role: string })[]
}

/** Turnover of the postings by fund and account: what is added to the roll-ups. */
function turnoverRows(communityId: number, period: Period, postings: readonly Posting[]) {
  const keys = new Map(postings.map(p => [`${p.fund}\n${p.account}`, p]))
  return [...keys.values()]
    .sort((a, b) => (`${a.fund}\n${a.account}` < `${b.fund}\n${b.account}` ? -1 : 1))
    .map(key => {
      const sums = turnover(postings, p => p.fund === key.fund && p.account === key.account)
      return {
        community_id: communityId,
        period,
        fund_code: key.fund,
        account_code: key.account,
        debit_fen: sums.debitFen as bigint,
        credit_fen: sums.creditFen as bigint,
      }
    })
}

function voucherRow(
  community: LedgerCommunity,
  draft: ApprovedDraft,
  content: DraftContent,
  key: VoucherKey,
  leaf: { readonly index: number; readonly bytes: Uint8Array },
  postedAt: Date,
) {
  return {
    community_id: community.communityId,
    fiscal_year: key.fiscalYear,
    number: key.number,
    period: draft.period,
    kind: content.kind,
    occurred_on: content.occurredOn,
    narration: content.narration,
    amount_fen: voucherAmount(content.postings) as bigint,
    draft_id: draft.draftId,
    revision: draft.revision,
    reverses_fiscal_year: content.reverses?.fiscalYear ?? null,
    reverses_number: content.reverses?.number ?? null,
    replaces_fiscal_year: content.replaces?.fiscalYear ?? null,
    replaces_number: content.replaces?.number ?? null,
    posted_at: postedAt,
    leaf_index: BigInt(leaf.index),
    leaf_sha256: sha256Hex(leaf.bytes),
  }
}

/** Posts the draft; the caller holds the ledger's lock and has checked every rule. Gives the voucher's key. */
export async function postVoucher(
  portal: Portal,
  tx: Tx,
  community: LedgerCommunity,
  draft: ApprovedDraft,
): Promise<VoucherKey> {
  const content = decodeDraft(draft.contentBytes)
  for (const fund of new Set(content.postings.map(p => p.fund))) {
    const sums = turnover(content.postings, p => p.fund === fund)
    assert(sums.debitFen === sums.creditFen, `fund ${fund} does not balance`)
  }
  const fiscalYear = fiscalYearOf(draft.period)
  const key = { fiscalYear, number: await takeVoucherNumber(tx, community.communityId, fiscalYear) }
  const postedAt = portal.clock.now()
  const salts = draft.approvals.map(() => portal.random.bytes(32))
  const steps: LeafStep[] = draft.approvals.map((approval, index) => ({
    step: approval.step,
    at: approval.at,
    role: approval.role,
    byDigest: saltedDigest(salts[index]!, `by/${approval.step}`, approval.userId),
  }))
  const bytes = voucherLeaf(community.logOrigin, key, draft.period, content, steps, postedAt)
  const { firstIndex } = await appendLeaf(tx, community.communityId, [bytes])
  await insertVoucher(
    tx,
    voucherRow(community, draft, content, key, { index: firstIndex, bytes }, postedAt),
    content.postings.map((posting, index) => ({
      community_id: community.communityId,
      fiscal_year: key.fiscalYear,
      number: key.number,
      line: index + 1,
      fund_code: posting.fund,
      account_code: posting.account,
      side: posting.side,
      amount_fen: posting.amountFen as bigint,
    })),
    content.documents,
    content.bankLines,
  )
  await addTurnover(tx, turnoverRows(community.communityId, draft.period, content.postings))
  await insertLeafSecrets(
    tx,
    draft.approvals.map((approval, index) => ({
      community_id: community.communityId,
      leaf_index: BigInt(firstIndex),
      name: `by/${approval.step}`,
      salt: salts[index]!,
      value: approval.userId,
    })),
  )
  await updateDraftState(tx, community.communityId, draft.draftId, 'posted')
  return key
}
