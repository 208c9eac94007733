/** How long personal data is kept: the kinds, their defaults and bounds. Pure. */
import { addDays, type CivilDate } from '#kernel'

/** What the community decides about. Other data has a time of its own, fixed where it is kept. */
export const RETENTION_KINDS = ['former-owner', 'counterparty'] as const
export type RetentionKind = (typeof RETENTION_KINDS)[number]

/**
 * Days, with the least and the most that may be set. Former owners: three years, the general time in which a vote or a fee is
 * contested. Names on bank lines: ten years, as vouchers are kept; never less than five.
 */
export const RETENTION_DAYS: Readonly<
  Record<RetentionKind, { readonly standard: number; readonly least: number; readonly most: number }>
> = {
  'former-owner': { standard: 1095, least: 30, most: 3650 },
  counterparty: { standard: 3650, least: 1825, most: 10950 },
}

/** True when the text names a kind. */
export function isRetentionKind(text: string): text is RetentionKind {
  return (RETENTION_KINDS as readonly string[]).includes(text)
}

/** Days as typed, within the bounds of the kind; null for anything else. */
export function parseRetentionDays(kind: RetentionKind, text: string): number | null {
  if (!/^\d{1,5}$/.test(text.trim())) return null
  const days = Number(text.trim())
  const { least, most } = RETENTION_DAYS[kind]
  return days >= least && days <= most ? days : null
}

/** The day before which data has had its time. */
export function keptSince(today: CivilDate, days: number): CivilDate {
  return addDays(today, -days)
}
