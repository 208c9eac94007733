/** Where the logged record of a voucher lies. Never writes. */
import { parseVoucherKey } from '#ledger'
import { type LedgerCommunity, readVoucher } from '#ledger/server'
import type { Portal } from '#platform'

/** Where a voucher's record lies in the log; null when there is no such voucher. */
export async function leafIndexOf(
  portal: Portal,
  community: LedgerCommunity,
  key: string | undefined,
): Promise<number | null> {
  const parsed = parseVoucherKey(key ?? '')
  const voucher = parsed === null ? null : await readVoucher(portal, community, parsed)
  return voucher?.leafIndex ?? null
}
