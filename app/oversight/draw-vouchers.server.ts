/** Draws a month's vouchers by a public seed: reads the month's voucher numbers and hands them to the pure draw. */
import { err, type Period, type Result } from '#kernel'
import { formatVoucherKey } from '#ledger'
import { type LedgerCommunity, readVouchersOfPeriod } from '#ledger/server'
import type { Portal } from '#platform'
import { drawSample, type SampleProblem, type VoucherSample } from './voucher-sample.ts'

/** The sample of a month; the same on every machine that knows the same books and seed. */
export async function drawVouchers(
  portal: Portal,
  community: LedgerCommunity,
  request: { readonly period: Period; readonly seed: string; readonly rows: number },
): Promise<Result<VoucherSample, SampleProblem | 'period-unknown'>> {
  if (request.period < community.firstPeriod) return err('period-unknown')
  const vouchers = await readVouchersOfPeriod(portal.db, community.communityId, request.period)
  const keys = vouchers.map(voucher => formatVoucherKey(voucher.key))
  return drawSample({ log: community.logOrigin, ...request }, keys)
}
