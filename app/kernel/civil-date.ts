/**
 * Civil dates and periods in Asia/Shanghai (UTC+8, no summer time since 1991), and instants as RFC 3339 text or `Date`.
 * Never reads a clock: the present is passed in.
 */
import { err, ok, type Result } from './result.ts'

declare const civilDateBrand: unique symbol
declare const periodBrand: unique symbol
/** A day in Asia/Shanghai, `2026-06-30`. */
export type CivilDate = string & { readonly [civilDateBrand]: true }
/** An accounting month, `2026-06`. */
export type Period = string & { readonly [periodBrand]: true }

const SHANGHAI_OFFSET_MS = 8 * 3_600_000
const DAY_MS = 86_400_000

/** Parses strict `YYYY-MM-DD` of the years 1990 to 2199; refuses days that do not exist. */
export function parseCivilDate(text: string): Result<CivilDate, 'date-malformed'> {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (!match) return err('date-malformed')
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])]
  const at = new Date(Date.UTC(year, month - 1, day))
  const exists = at.getUTCFullYear() === year && at.getUTCMonth() === month - 1 && at.getUTCDate() === day
  return exists && year >= 1990 && year < 2200 ? ok(text as CivilDate) : err('date-malformed')
}

/** A literal or stored date that must be right. */
export function civilDate(text: string): CivilDate {
  const parsed = parseCivilDate(text)
  if (!parsed.ok) throw new Error(`invariant broken: not a civil date: ${text}`)
  return parsed.value
}

/** Parses strict `YYYY-MM`. */
export function parsePeriod(text: string): Result<Period, 'period-malformed'> {
  return /^\d{4}-\d{2}$/.test(text) && parseCivilDate(`${text}-01`).ok
    ? ok(text as Period)
    : err('period-malformed')
}

/** A literal or stored period that must be right. */
export function period(text: string): Period {
  const parsed = parsePeriod(text)
  if (!parsed.ok) throw new Error(`invariant broken: not a period: ${text}`)
  return parsed.value
}

/** The day in Asia/Shanghai on which an instant falls. */
export function dateOf(instant: Date): CivilDate {
  return new Date(instant.getTime() + SHANGHAI_OFFSET_MS).toISOString().slice(0, 10) as CivilDate
}

/** The instant at which a day begins in Asia/Shanghai, plus whole seconds. */
export function instantOf(date: CivilDate, secondsIntoDay = 0): Date {
  return new Date(Date.parse(`${date}T00:00:00Z`) - SHANGHAI_OFFSET_MS + secondsIntoDay * 1000)
}

/** An instant as `2026-06-30T18:05:09+08:00`. */
export function formatInstant(instant: Date): string {
  return `${new Date(instant.getTime() + SHANGHAI_OFFSET_MS).toISOString().slice(0, 19)}+08:00`
}

/** Whole days added; negative goes back. */
export function addDays(date: CivilDate, days: number): CivilDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10) as CivilDate
}

/** Whole days from one date to another. */
export function daysBetween(from: CivilDate, to: CivilDate): number {
  return (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS
}

/** The month of a day. */
export function periodOf(date: CivilDate): Period {
  return date.slice(0, 7) as Period
}

/** The fiscal year of a month: in China it is the calendar year (会计法 第11条). */
export function fiscalYearOf(month: Period): number {
  return Number(month.slice(0, 4))
}

/** First day of a month. */
export function firstDayOf(month: Period): CivilDate {
  return `${month}-01` as CivilDate
}

/** Last day of a month. */
export function lastDayOf(month: Period): CivilDate {
  return addDays(firstDayOf(addMonths(month, 1)), -1)
}

/** Whole months added; negative goes back. */
export function addMonths(month: Period, months: number): Period {
  const index = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + months
  return `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}` as Period
}
