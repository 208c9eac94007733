/** The leaves of volunteer points: a voucher with its postings, a partner. A home stands as a salted digest, an officer as an office. Pure. */
import { canonicalBytes, formatInstant, saltedDigest } from '#kernel'
import { homeOfAccount, POINT, type PointKind, type PointPosting } from './point.ts'

/** How an account stands in a leaf: a home by a digest of its own in each voucher, so that two vouchers of one home are not told to be. */
function publicAccount(account: string, salt: Uint8Array): string {
  const home = homeOfAccount(account)
  return home === null ? account : `home:${saltedDigest(salt, 'point-home', home)}`
}

export interface PointVoucher {
  readonly log: string
  readonly number: number
  readonly kind: PointKind
  readonly postings: readonly PointPosting[]
  readonly activity: string
  /** `YYYY-MM-DD`. */
  readonly happenedOn: string
  readonly at: Date
  /** `owner` for what a home does; else the office of whoever proposed, and of whoever confirmed. */
  readonly office: string
  readonly second: string | null
  readonly salt: Uint8Array
}

/** A voucher. */
export function pointLeaf(voucher: PointVoucher): Uint8Array {
  const { log, number, kind, postings, activity, happenedOn, at, office, second, salt } = voucher
  return canonicalBytes({
    v: 1,
    t: 'ledger.point',
    log,
    n: number,
    kind,
    commodity: POINT,
    postings: postings.map(({ account, points }) => ({
      account: publicAccount(account, salt),
      points: String(points),
    })),
    activity: activity === '' ? undefined : activity,
    on: happenedOn,
    at: formatInstant(at),
    by: office,
    second: second ?? undefined,
  })
}

/** A partner is registered, or ended. */
export function partnerLeaf(
  log: string,
  partner: {
    readonly partnerId: string
    readonly name: string
    readonly act: 'register' | 'end'
    readonly office: string
    readonly at: Date
  },
): Uint8Array {
  const { partnerId, name, act, office, at } = partner
  return canonicalBytes({
    v: 1,
    t: 'ledger.point-partner',
    log,
    partner: partnerId,
    name,
    act,
    by: office,
    at: formatInstant(at),
  })
}
