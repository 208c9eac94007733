/** Reads rows of the voucher list: one page for the page and its download, all pages for the whole download. Never writes. */
import { type Account, formatVoucherKey, type VoucherKey } from '#ledger'
import { type LedgerCommunity, readVoucherPage } from '#ledger/server'
import type { Portal } from '#platform'
import { type ListFilter, ledgerFilter } from './voucher-filter.ts'
import { rowOf, type VoucherRow } from './voucher-row.ts'

/** Rows on one page. */
export const PAGE_ROWS = 50
const DOWNLOAD_ROWS = 500

export interface ListedVouchers {
  readonly rows: VoucherRow[]
  /** The key to go on before; null at the end. */
  readonly next: string | null
}

/** One page of rows, newest first. */
export async function readVoucherRows(
  portal: Portal,
  community: LedgerCommunity,
  accounts: readonly Account[],
  query: { readonly filter: ListFilter; readonly before: VoucherKey | null },
  limit = PAGE_ROWS,
): Promise<ListedVouchers> {
  const { filter, before } = query
  const page = await readVoucherPage(portal, community, ledgerFilter(filter), before, limit)
  return {
    rows: page.vouchers.map(voucher => rowOf(voucher, accounts, filter)),
    next: page.next && formatVoucherKey(page.next),
  }
}

/** Every row that fits, page by page, so that a large ledger is never in memory at once. */
export async function* readAllVoucherRows(
  portal: Portal,
  community: LedgerCommunity,
  accounts: readonly Account[],
  filter: ListFilter,
): AsyncGenerator<VoucherRow> {
  let before: VoucherKey | null = null
  do {
    const page = await readVoucherPage(portal, community, ledgerFilter(filter), before, DOWNLOAD_ROWS)
    for (const voucher of page.vouchers) yield rowOf(voucher, accounts, filter)
    before = page.next
  } while (before !== null)
}
