/** The logged record of a voucher and its proof: exactly the bytes of the log, nothing built anew. Never writes. */
import { assert } from '#kernel'
import { parseVoucherKey } from '#ledger'
import { type LedgerCommunity, readVoucher } from '#ledger/server'
import type { Portal } from '#platform'
import { decodeEntryBundle } from '#tlog'
import { readEntryBundle } from '#tlog/server'

const BUNDLE_ENTRIES = 256

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

/** The bytes of one published entry; null until a checkpoint covers it. */
export async function readPublishedEntry(
  portal: Portal,
  communityId: number,
  index: number,
): Promise<Uint8Array | null> {
  const width = (index % BUNDLE_ENTRIES) + 1
  const bundle = await readEntryBundle(portal.db, communityId, {
    index: (index - width + 1) / BUNDLE_ENTRIES,
    width,
  })
  if (bundle === null) return null
  const entries = decodeEntryBundle(bundle)
  assert(entries.ok, 'a bundle of our own log is well-formed')
  return entries.value.at(-1)!
}
