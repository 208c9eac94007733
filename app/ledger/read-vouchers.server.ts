/** Reads posted vouchers for pages, statements and exports. What it gives is fit for the public unless it says otherwise. */
import type { Tx } from '#db'
import {
  findVoucher,
  listApprovals,
  listPostings,
  listVoucherBankLines,
  listVoucherDocuments,
  listVouchers,
  listVouchersAfter,
  listVouchersOfPeriod,
  readBankLines,
  readDraftRevision,
  readSourceDocuments,
  type VoucherFilter,
} from '#db/ledger'
import { type CivilDate, civilDate, type Fen, fen, type Period, period } from '#kernel'
import { readDisplayNames } from '#people/server'
import type { Portal } from '#platform'
import { inStepOrder, type Step } from './approval.ts'
import { readPaymentNotes } from './note-payment.server.ts'
import type { Posting } from './posting.ts'
import { type PublicVoucherLine, publicVoucherLines } from './public-lines.ts'
import type { LedgerCommunity } from './read-chart.server.ts'
import { decodeDraft, type VoucherKey, type VoucherKind } from './voucher.ts'

export interface VoucherSummary {
  readonly key: VoucherKey
  readonly kind: VoucherKind
  readonly period: Period
  readonly occurredOn: CivilDate
  readonly narration: string
  readonly amountFen: Fen
  readonly reverses: VoucherKey | null
  readonly replaces: VoucherKey | null
  readonly postedAt: Date
  readonly leafIndex: number
  readonly leafSha256: string
}

export interface VoucherWithPostings extends VoucherSummary {
  readonly postings: readonly Posting[]
}

export interface VoucherStep {
  readonly step: Step
  readonly at: Date
  readonly role: string
  /** Office holders are public; null when the person was erased. */
  readonly name: string | null
}

export interface VoucherDocument {
  readonly sha256: string
  readonly mediaType: string
  readonly byteCount: number
  readonly publicSha256: string | null
  readonly publicMediaType: string | null
}

export interface VoucherDetail extends VoucherWithPostings {
  /** Whom a payment paid: an organisation's name, or null for a private person; no payee at all on other vouchers and old ones. */
  readonly payee: { readonly organisation: string | null } | null
  readonly reversedBy: VoucherKey | null
  readonly replacedBy: VoucherKey | null
  readonly steps: readonly VoucherStep[]
  readonly documents: readonly VoucherDocument[]
  readonly bankLines: readonly PublicVoucherLine[]
  /** Signals with their answers, and which offices kept out of it. */
  readonly notes: Awaited<ReturnType<typeof readPaymentNotes>>
}

type VoucherRow = Awaited<ReturnType<typeof listVouchers>>[number]
type PostingRow = Awaited<ReturnType<typeof listPostings>>[number]

function keyOrNull(fiscalYear: number | null, number: number | null): VoucherKey | null {
  return fiscalYear === null || number === null ? null : { fiscalYear, number }
}

function summaryOf(row: VoucherRow): VoucherSummary {
  return {
    key: { fiscalYear: row.fiscal_year, number: row.number },
    kind: row.kind,
    period: period(row.period),
    occurredOn: civilDate(row.occurred_on),
    narration: row.narration,
    amountFen: fen(row.amount_fen),
    reverses: keyOrNull(row.reverses_fiscal_year, row.reverses_number),
    replaces: keyOrNull(row.replaces_fiscal_year, row.replaces_number),
    postedAt: row.posted_at,
    leafIndex: Number(row.leaf_index),
    leafSha256: row.leaf_sha256,
  }
}

function postingOf(row: PostingRow): Posting {
  return { fund: row.fund_code, account: row.account_code, side: row.side, amountFen: fen(row.amount_fen) }
}

async function withPostings(
  tx: Tx,
  communityId: number,
  rows: readonly VoucherRow[],
): Promise<VoucherWithPostings[]> {
  const vouchers = rows.map(summaryOf)
  const postings = await listPostings(
    tx,
    communityId,
    vouchers.map(voucher => voucher.key),
  )
  return vouchers.map(voucher => ({
    ...voucher,
    postings: postings
      .filter(row => row.fiscal_year === voucher.key.fiscalYear && row.number === voucher.key.number)
      .map(postingOf),
  }))
}

/** One page of vouchers, newest first; `next` is the key to go on before, null at the end. */
export async function readVoucherPage(
  portal: Portal,
  community: LedgerCommunity,
  filter: VoucherFilter,
  before: VoucherKey | null,
  limit: number,
): Promise<{ readonly vouchers: readonly VoucherWithPostings[]; readonly next: VoucherKey | null }> {
  const rows = await listVouchers(portal.db, community.communityId, filter, before, limit + 1)
  const vouchers = await withPostings(portal.db, community.communityId, rows.slice(0, limit))
  return { vouchers, next: rows.length > limit ? vouchers.at(-1)!.key : null }
}

/** Vouchers in order after a key, with postings: for the re-deriver and exports. */
export async function readVouchersAfter(
  tx: Tx,
  communityId: number,
  after: VoucherKey | null,
  limit: number,
): Promise<(VoucherWithPostings & { readonly draftId: string; readonly revision: number })[]> {
  const rows = await listVouchersAfter(tx, communityId, after, limit)
  const vouchers = await withPostings(tx, communityId, rows)
  return vouchers.map((voucher, index) => ({
    ...voucher,
    draftId: rows[index]!.draft_id,
    revision: rows[index]!.revision,
  }))
}

/** All vouchers of a month in order: the appendix of its statement. */
export async function readVouchersOfPeriod(
  tx: Tx,
  communityId: number,
  month: Period,
): Promise<VoucherWithPostings[]> {
  return withPostings(tx, communityId, await listVouchersOfPeriod(tx, communityId, month))
}

async function readSteps(
  portal: Portal,
  communityId: number,
  draftId: string,
  revision: number,
): Promise<VoucherStep[]> {
  const approvals = (await listApprovals(portal.db, communityId, [draftId])).filter(
    approval => approval.revision === revision,
  )
  const names = await readDisplayNames(portal.db, [...new Set(approvals.map(approval => approval.user_id))])
  return inStepOrder(approvals).map(approval => ({
    step: approval.step,
    at: approval.approved_at,
    role: approval.role,
    name: names.get(approval.user_id) ?? null,
  }))
}

async function readPayee(
  tx: Tx,
  communityId: number,
  draftId: string,
  revision: number,
): Promise<VoucherDetail['payee']> {
  const draft = await readDraftRevision(tx, communityId, draftId, revision)
  const payee = draft === undefined ? null : decodeDraft(draft.content).payee
  if (payee === null) return null
  return { organisation: payee.kind === 'organisation' ? payee.name : null }
}

/** One voucher with all that the public may see of it; null when there is none of that key. */
export async function readVoucher(
  portal: Portal,
  community: LedgerCommunity,
  key: VoucherKey,
): Promise<VoucherDetail | null> {
  const { communityId } = community
  const row = await findVoucher(portal.db, communityId, key)
  if (row === undefined) return null
  const [voucher] = await withPostings(portal.db, communityId, [row])
  const digests = await listVoucherDocuments(portal.db, communityId, key)
  const documents = await readSourceDocuments(portal.db, communityId, digests)
  const lines = await readBankLines(
    portal.db,
    communityId,
    await listVoucherBankLines(portal.db, communityId, key),
  )
  return {
    ...voucher!,
    payee: await readPayee(portal.db, communityId, row.draft_id, row.revision),
    reversedBy: keyOrNull(row.reversed_by_fiscal_year, row.reversed_by_number),
    replacedBy: keyOrNull(row.replaced_by_fiscal_year, row.replaced_by_number),
    steps: await readSteps(portal, communityId, row.draft_id, row.revision),
    notes: await readPaymentNotes(portal.db, communityId, row.draft_id),
    documents: digests.flatMap(sha256 => {
      const document = documents.find(candidate => candidate.sha256 === sha256)
      return document === undefined
        ? []
        : [
            {
              sha256,
              mediaType: document.media_type,
              byteCount: document.byte_count,
              publicSha256: document.public_sha256,
              publicMediaType: document.public_media_type,
            },
          ]
    }),
    bankLines: publicVoucherLines(
      lines.map(line => ({
        bookedOn: civilDate(line.booked_on),
        amountFen: fen(line.amount_fen),
        account: line.account_code,
        counterparty: line.counterparty ?? '',
      })),
    ),
  }
}
