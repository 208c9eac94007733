/** A month of requests in figures: how many came, how many were answered and how fast, what the askers thought. Pure. */
import { dateOf, type Period, periodOf, workingDaysBetween } from '#kernel'

export interface ListedRequest {
  readonly openedAt: Date
  readonly takenAt: Date | null
  readonly repliedAt: Date | null
  readonly stars: number | null
  readonly isOverdue: boolean
}

export interface MonthFigures {
  readonly period: Period
  readonly listed: number
  readonly taken: number
  readonly replied: number
  readonly overdue: number
  /** Working days from listing to reply: the middle one, and the longest; null when none was answered. */
  readonly medianDays: number | null
  readonly longestDays: number | null
  readonly rated: number
  /** Ratings of four or five. */
  readonly content: number
}

/** Working days between two instants, by their days. */
export function daysTaken(from: Date, until: Date): number {
  return workingDaysBetween(dateOf(from), dateOf(until))
}

/** The lower of the middle ones: a whole number, and one that did occur. */
function medianOf(sorted: readonly number[]): number | null {
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? null
}

/** The figures of the requests that were listed in a month. */
export function monthFigures(period: Period, requests: readonly ListedRequest[]): MonthFigures {
  const here = requests.filter(request => periodOf(dateOf(request.openedAt)) === period)
  const days = here
    .flatMap(({ openedAt, repliedAt }) => (repliedAt === null ? [] : [daysTaken(openedAt, repliedAt)]))
    .sort((a, b) => a - b)
  const stars = here.flatMap(request => (request.stars === null ? [] : [request.stars]))
  return {
    period,
    listed: here.length,
    taken: here.filter(request => request.takenAt !== null).length,
    replied: days.length,
    overdue: here.filter(request => request.isOverdue).length,
    medianDays: medianOf(days),
    longestDays: days.at(-1) ?? null,
    rated: stars.length,
    content: stars.filter(count => count >= 4).length,
  }
}
