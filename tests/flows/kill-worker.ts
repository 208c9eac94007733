/**
 * A server's work without its pages, to be killed: it opens the portal, says what it finds and whether that is sound, then
 * posts receipts with several callers at once and publishes the log, saying each thing only when it is done. Its words are
 * lines of JSON on standard output. The order is its one argument.
 */
import { civilDate, fen } from '#kernel'
import {
  approveVoucher,
  checkLedger,
  draftVoucher,
  type LedgerCommunity,
  readCommunity,
  readVouchersAfter,
} from '#ledger/server'
import type { Actor } from '#people'
import { type OpenPortal, openPortal, readSettings } from '#platform'
import { checkLog, openLogSigner, openPublisher, openSignGuard, publishCheckpoint } from '#tlog/server'

export interface WorkOrder {
  readonly env: Readonly<Record<string, string>>
  readonly slug: string
  readonly bookkeeper: Actor
  readonly reviewer: Actor
  /** How many vouchers to post. */
  readonly vouchers: number
  readonly callers: number
}

export type WorkReport =
  | { readonly kind: 'found'; readonly numbers: readonly number[]; readonly findings: readonly unknown[] }
  | { readonly kind: 'posted'; readonly number: number }
  | { readonly kind: 'published'; readonly note: string }
  | { readonly kind: 'done' }

function say(report: WorkReport): void {
  process.stdout.write(`${JSON.stringify(report)}\n`)
}

async function sayWhatIsFound(portal: OpenPortal, community: LedgerCommunity): Promise<void> {
  const { communityId, logOrigin } = community
  const vouchers = await readVouchersAfter(portal.db, communityId, null, 500)
  const ledger = await checkLedger(portal, community)
  const { key } = await openLogSigner(portal, logOrigin)
  const log = await checkLog(portal.db, communityId, [key], await openSignGuard(portal).last(logOrigin))
  say({
    kind: 'found',
    numbers: vouchers.map(voucher => voucher.key.number),
    findings: [...ledger.findings, ...log],
  })
}

async function postReceipt(portal: OpenPortal, community: LedgerCommunity, order: WorkOrder) {
  const drafted = await draftVoucher(portal, order.bookkeeper, community, {
    occurredOn: civilDate('2025-01-10'),
    narration: '收物业服务费',
    postings: [
      { fund: 'trust', account: '100201', side: 'debit', amountFen: fen(12_345n) },
      { fund: 'trust', account: '410101', side: 'credit', amountFen: fen(12_345n) },
    ],
    documents: [],
    bankLines: [],
    replaces: null,
  })
  if (!drafted.ok) throw new Error(drafted.error.code)
  const posted = await approveVoucher(portal, order.reviewer, community, {
    draftId: drafted.value.draftId,
    step: 'review',
    seenDigest: drafted.value.contentDigest,
  })
  if (!posted.ok || posted.value === null) throw new Error('a receipt is posted at its review')
  say({ kind: 'posted', number: posted.value.number })
}

async function work(order: WorkOrder): Promise<void> {
  const settings = readSettings(order.env)
  if (!settings.ok) throw new Error('the settings of the test are good')
  const portal = await openPortal(settings.value, { migrate: false })
  const community = await readCommunity(portal.db, order.slug)
  if (community === null) throw new Error('the community is there')
  await sayWhatIsFound(portal, community)
  const publisher = openPublisher(portal)
  let left = order.vouchers
  const call = async () => {
    while (left-- > 0) {
      await postReceipt(portal, community, order)
      if (left % 3 !== 0) continue
      const published = await publishCheckpoint(publisher, community.communityId)
      if (published.ok) say({ kind: 'published', note: published.value.note })
      else if (published.error.code !== 'publisher-busy') throw new Error(published.error.code)
    }
  }
  await Promise.all(Array.from({ length: order.callers }, call))
  await portal.close()
  say({ kind: 'done' })
}

await work(JSON.parse(process.argv[2] ?? '') as WorkOrder)
