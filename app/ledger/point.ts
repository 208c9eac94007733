/**
 * Volunteer points (积分): a second commodity beside yuan, POINT, in double entry of its own. A voucher takes from one account and
 * gives to another; all that is out stands against what was issued. Points are whole numbers and never money. Pure.
 */
import { type CanonicalValue, canonicalBytes, parseCanonical } from '#kernel'
import { privateTextIn } from './public-text.ts'

export const POINT = 'POINT'

/** grant 发放: for an activity; redeem 兑换: at a partner; give 捐入公益池: by a home; spend 公益池支出: at a partner, for all. */
export const POINT_KINDS = ['grant', 'redeem', 'give', 'spend'] as const
export type PointKind = (typeof POINT_KINDS)[number]

/** All that was ever issued, as a negative balance. */
export const ISSUED = 'issued'
/** The community's public pool (公益池). */
export const POOL = 'pool'

/** The account of a home: points belong to the household, as the survey's answer does. */
export function homeAccount(unitId: string): string {
  return `home:${unitId}`
}

/** The account of a partner: what was redeemed there. */
export function partnerAccount(partnerId: string): string {
  return `partner:${partnerId}`
}

/** The home of an account; null when it is none. */
export function homeOfAccount(account: string): string | null {
  return account.startsWith('home:') ? account.slice('home:'.length) : null
}

export interface PointPosting {
  readonly account: string
  readonly points: bigint
}

/** What a voucher is about. */
export type PointMove =
  | { readonly kind: 'grant'; readonly home: string }
  | { readonly kind: 'redeem'; readonly home: string; readonly partnerId: string }
  | { readonly kind: 'give'; readonly home: string }
  | { readonly kind: 'spend'; readonly partnerId: string }

/** The two postings of a move: what is taken first, then what is given. They sum to zero. */
export function pointPostings(move: PointMove, points: bigint): readonly [PointPosting, PointPosting] {
  const between = (from: string, to: string): readonly [PointPosting, PointPosting] => [
    { account: from, points: -points },
    { account: to, points },
  ]
  switch (move.kind) {
    case 'grant':
      return between(ISSUED, homeAccount(move.home))
    case 'redeem':
      return between(homeAccount(move.home), partnerAccount(move.partnerId))
    case 'give':
      return between(homeAccount(move.home), POOL)
    case 'spend':
      return between(POOL, partnerAccount(move.partnerId))
  }
}

/** Balances after some postings in their order, and whether any account but the issuing one was ever below zero. */
export function addPoints(postings: readonly PointPosting[]): {
  readonly balances: ReadonlyMap<string, bigint>
  readonly overdrawn: string | null
} {
  const balances = new Map<string, bigint>()
  let overdrawn: string | null = null
  for (const { account, points } of postings) {
    const balance = (balances.get(account) ?? 0n) + points
    balances.set(account, balance)
    if (account !== ISSUED && balance < 0n) overdrawn ??= account
  }
  return { balances, overdrawn }
}

/** Points of one voucher. */
export const MOST_POINTS = 10_000
export const LONGEST_ACTIVITY = 60
export const LONGEST_PARTNER = 40

/** Points as typed; null for anything but a whole number from one to the limit. */
export function parsePoints(text: string): bigint | null {
  const plain = text.trim().normalize('NFKC')
  if (!/^[1-9]\d{0,4}$/.test(plain)) return null
  const points = BigInt(plain)
  return points <= BigInt(MOST_POINTS) ? points : null
}

export type ActivityProblem = {
  readonly code: 'activity-missing' | 'activity-too-long' | 'activity-private'
}

/** The first thing that keeps the public words of an activity from standing; null when they may. */
export function checkActivity(activity: string): ActivityProblem | null {
  if (activity.trim() === '') return { code: 'activity-missing' }
  if ([...activity.trim()].length > LONGEST_ACTIVITY) return { code: 'activity-too-long' }
  return privateTextIn(activity, []) === null ? null : { code: 'activity-private' }
}

/** What waits for a second person: points for what a home did, or spent from the pool. */
export interface PointRequest {
  readonly move: Extract<PointMove, { readonly kind: 'grant' | 'spend' }>
  readonly points: bigint
  readonly activity: string
  /** `YYYY-MM-DD`. */
  readonly happenedOn: string
}

/** The bytes that the second person confirms. */
export function encodePointRequest({ move, points, activity, happenedOn }: PointRequest): Uint8Array {
  return canonicalBytes({ ...move, points: String(points), activity, on: happenedOn })
}

/** Reads stored bytes back. Throws when they are not ours. */
export function decodePointRequest(bytes: Uint8Array): PointRequest {
  const parsed = parseCanonical(bytes)
  if (!parsed.ok) throw new Error('invariant broken: a stored request of points is not canonical')
  const stored = parsed.value as { readonly [name: string]: CanonicalValue }
  const { kind, home, partnerId, points, activity, on } = stored as Readonly<Record<string, string>>
  return {
    move: kind === 'grant' ? { kind, home: home! } : { kind: 'spend', partnerId: partnerId! },
    points: BigInt(points!),
    activity: activity!,
    happenedOn: on!,
  }
}
