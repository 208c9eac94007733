/**
 * What needs eyes (需要关注的事): the kinds of things, in which order they are read, who sees them, and how a day's list is
 * kept. Pure; it says what stands open, never whose fault it is.
 */
import { type CanonicalValue, canonicalBytes, parseCanonical } from '#kernel'

/** In the order of the page: what touches the truth of the books first, then what is overdue, then what waits. */
export const ITEM_KINDS = [
  'check-failed',
  'statement-overdue',
  'month-unclosed',
  'statement-unsigned',
  'finding-overdue',
  'action-overdue',
  'order-overdue',
  'challenge-overdue',
  'over-budget',
  'signal-unanswered',
  'no-budget-line',
  'bank-lines-unmatched',
  'objection-unanswered',
  'papers-unconfirmed',
  'posting-overdue',
  'decision-unposted',
  'certificate-overdue',
  'release-odd-hours',
  'drafts-waiting',
  'statement-untimestamped',
  'office-vacant',
] as const
export type ItemKind = (typeof ITEM_KINDS)[number]

/** Shown to officers and overseers only: work in progress that is nobody else's business yet. */
const FULL_ONLY: readonly ItemKind[] = ['drafts-waiting']

/** One thing that needs eyes. No personal data: it is shown to everybody and kept. */
export interface OversightItem {
  readonly kind: ItemKind
  /** What it is about, for a reader of Chinese: a month, a voucher, an account, a poll, an office; empty when the kind says it all. */
  readonly subject: string
  /** The same in English, where that differs. */
  readonly subjectEn: string | null
  /** How many rows; 1 when it is one thing. */
  readonly count: number
  /** Since how many days, counted from the day it should have been done; 0 when it has no clock. */
  readonly days: number
  /** The rows, below the community's address: `unmatched`, `vouchers/2026-0042`. */
  readonly href: string
}

/** An item with what its source left out. */
export function itemOf(
  kind: ItemKind,
  href: string,
  parts: Partial<Pick<OversightItem, 'subject' | 'subjectEn' | 'count' | 'days'>> = {},
): OversightItem {
  return { kind, subject: '', subjectEn: null, count: 1, days: 0, ...parts, href }
}

/** True when everybody may see it. */
export function isPublicItem(item: Pick<OversightItem, 'kind'>): boolean {
  return !FULL_ONLY.includes(item.kind)
}

/** In reading order: by kind, and the oldest first within a kind. */
export function inReadingOrder(items: readonly OversightItem[]): readonly OversightItem[] {
  return [...items].sort(
    (a, b) =>
      ITEM_KINDS.indexOf(a.kind) - ITEM_KINDS.indexOf(b.kind) ||
      b.days - a.days ||
      (a.subject < b.subject ? -1 : a.subject > b.subject ? 1 : 0),
  )
}

/** The things that were not among those of an earlier day. The same thing some days older, or with other rows, is not new. */
export function newItems(
  before: readonly OversightItem[],
  now: readonly OversightItem[],
): readonly OversightItem[] {
  const nameOf = ({ kind, subject, href }: OversightItem) => JSON.stringify([kind, subject, href])
  const known = new Set(before.map(nameOf))
  return now.filter(item => !known.has(nameOf(item)))
}

/** A day's list as it is kept. */
export function encodeItems(items: readonly OversightItem[]): Uint8Array {
  return canonicalBytes(items as unknown as CanonicalValue)
}

/** The kept list; items of a kind that this version does not know are left out. Throws on bytes that are no list. */
export function decodeItems(bytes: Uint8Array): readonly OversightItem[] {
  const parsed = parseCanonical(bytes)
  if (!parsed.ok || !Array.isArray(parsed.value))
    throw new Error('invariant broken: not a kept list of items')
  const items = parsed.value as unknown as readonly OversightItem[]
  return items.filter(item => (ITEM_KINDS as readonly string[]).includes(item.kind))
}
