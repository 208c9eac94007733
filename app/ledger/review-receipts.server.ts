/**
 * Reviewing receipts in batches: what waits for a reviewer in one table, and the review of those that were ticked. Each is
 * reviewed on the digest that was shown and posts in a transaction of its own. Payments never pass here.
 */
import { readBankLines, readDraft } from '#db/ledger'
import { assert, type CivilDate, civilDate, err, type Fen, fen, ok, type Result } from '#kernel'
import { type Actor, can } from '#people'
import type { Portal } from '#platform'
import { type ApproveRefusal, approveVoucher } from './approve-voucher.server.ts'
import { readMatchingRules } from './match-bank-lines.server.ts'
import { type MatchableLine, ruleBehind } from './matching.ts'
import { voucherAmount } from './posting.ts'
import type { LedgerCommunity } from './read-chart.server.ts'
import { readOpenDrafts } from './read-drafts.server.ts'
import { decodeDraft, type VoucherKey } from './voucher.ts'

/** A receipt that waits for its review, with what a reviewer compares. Names are for officers. */
export interface ReceiptToReview {
  readonly draftId: string
  readonly contentDigest: string
  readonly occurredOn: CivilDate
  readonly narration: string
  readonly amountFen: Fen
  /** Codes of the accounts beside the bank's, in the order of the postings. */
  readonly accounts: readonly string[]
  /** Counterparties of the bank lines, each once. */
  readonly payers: readonly string[]
  readonly bankLines: number
  /** What the taught rule looked for that proposes exactly this voucher; null when a person decided more than a rule. */
  readonly ruleContains: string | null
  readonly draftedBy: string | null
}

export type BatchRefusal = ApproveRefusal | { readonly code: 'receipts-only' }

/** One draft of a batch: as which voucher it was posted, or why not. */
export interface ReviewedReceipt {
  readonly draftId: string
  readonly outcome: Result<VoucherKey, BatchRefusal>
}

/** How many receipts one table shows and one batch takes; the oldest come first. */
export const REVIEW_BATCH_LIMIT = 100
const DRAFTS_LOOKED_AT = 1000

async function readLines(portal: Portal, communityId: number, ids: readonly string[]) {
  const rows = await readBankLines(portal.db, communityId, ids)
  return new Map(
    rows.map(row => {
      const line: MatchableLine = {
        bankLine: row.bank_line_id,
        bookedOn: civilDate(row.booked_on),
        amountFen: fen(row.amount_fen),
        counterparty: row.counterparty ?? '',
        purpose: row.purpose ?? '',
        cashAccount: row.account_code,
        fund: row.fund_code,
      }
      return [line.bankLine, line] as const
    }),
  )
}

/**
 * The receipts on which the actor may take the reviewer's step, oldest first, and how many more there are. Null without
 * `voucher:review`.
 */
export async function readReceiptsToReview(
  portal: Portal,
  actor: Actor,
  community: LedgerCommunity,
): Promise<{ readonly receipts: readonly ReceiptToReview[]; readonly more: number } | null> {
  const { communityId } = community
  if (!can(actor, 'voucher:review', communityId)) return null
  const drafts = ((await readOpenDrafts(portal, actor, community, DRAFTS_LOOKED_AT)) ?? []).filter(
    draft =>
      draft.content.kind === 'receipt' &&
      draft.due === 'review' &&
      draft.approvals.every(approval => approval.userId !== actor.userId),
  )
  const shown = drafts.slice(0, REVIEW_BATCH_LIMIT)
  const lines = await readLines(
    portal,
    communityId,
    shown.flatMap(draft => draft.content.bankLines),
  )
  const rules = await readMatchingRules(portal, community)
  const receipts = shown.map(({ content, ...draft }): ReceiptToReview => {
    const held = content.bankLines.flatMap(id => lines.get(id) ?? [])
    const isWhole = held.length === content.bankLines.length
    const cash = new Set(held.map(line => line.cashAccount))
    const names = held.map(line => line.counterparty).filter(name => name !== '')
    return {
      draftId: draft.draftId,
      contentDigest: draft.contentDigest,
      occurredOn: content.occurredOn,
      narration: content.narration,
      amountFen: voucherAmount(content.postings),
      accounts: [
        ...new Set(
          content.postings.filter(p => p.side === 'credit' && !cash.has(p.account)).map(p => p.account),
        ),
      ],
      payers: [...new Set(names)],
      bankLines: content.bankLines.length,
      ruleContains: isWhole ? (ruleBehind(content, held, rules)?.contains ?? null) : null,
      draftedBy: draft.draftedByName,
    }
  })
  return { receipts, more: drafts.length - shown.length }
}

async function reviewOne(
  portal: Portal,
  actor: Actor,
  community: LedgerCommunity,
  pick: { readonly draftId: string; readonly seenDigest: string },
): Promise<Result<VoucherKey, BatchRefusal>> {
  const draft = await readDraft(portal.db, community.communityId, pick.draftId)
  if (draft === undefined) return err({ code: 'draft-unknown' })
  if (draft.content_digest !== pick.seenDigest) return err({ code: 'content-changed' })
  // The digest pins the content: what is a receipt here is the same receipt in the transaction that posts it.
  if (decodeDraft(draft.content).kind !== 'receipt') return err({ code: 'receipts-only' })
  const posted = await approveVoucher(portal, actor, community, { ...pick, step: 'review' })
  if (!posted.ok) return posted
  assert(posted.value !== null, 'a receipt is posted at its review')
  return ok(posted.value)
}

/**
 * Reviews the picked receipts one after another, each on the digest that was shown and each in a transaction of its own, so
 * that one refusal holds nobody else's receipt up and a crash leaves whole vouchers. Refuses whatever is no receipt. Needs
 * `voucher:review`; takes at most `REVIEW_BATCH_LIMIT`.
 */
export async function reviewReceipts(
  portal: Portal,
  actor: Actor,
  community: LedgerCommunity,
  picks: readonly { readonly draftId: string; readonly seenDigest: string }[],
): Promise<Result<readonly ReviewedReceipt[], { readonly code: 'not-permitted' | 'batch-too-large' }>> {
  if (!can(actor, 'voucher:review', community.communityId)) return err({ code: 'not-permitted' })
  if (picks.length > REVIEW_BATCH_LIMIT) return err({ code: 'batch-too-large' })
  const reviewed: ReviewedReceipt[] = []
  for (const pick of picks) {
    reviewed.push({ draftId: pick.draftId, outcome: await reviewOne(portal, actor, community, pick) })
  }
  return ok(reviewed)
}
