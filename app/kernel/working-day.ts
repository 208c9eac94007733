/**
 * Working days in mainland China: weekends, public holidays and the weekend days worked in exchange (调休), as the State
 * Council announces them for one year at a time. Years without an announcement here have weekends only, and say so.
 * Never reads a clock: the day is passed in.
 */
import { addDays, type CivilDate, civilDate, daysBetween } from './civil-date.ts'

interface YearCalendar {
  /** First and last day of each holiday, both free. */
  readonly holidays: readonly (readonly [from: string, until: string])[]
  /** Saturdays and Sundays that are worked. */
  readonly worked: readonly string[]
}

/** 国务院办公厅关于部分节假日安排的通知: 国办发明电〔2023〕7号 for 2024, 〔2024〕12号 for 2025, 〔2025〕7号 for 2026. */
const ANNOUNCED: Readonly<Record<string, YearCalendar>> = {
  '2024': {
    holidays: [
      ['2024-01-01', '2024-01-01'],
      ['2024-02-10', '2024-02-17'],
      ['2024-04-04', '2024-04-06'],
      ['2024-05-01', '2024-05-05'],
      ['2024-06-10', '2024-06-10'],
      ['2024-09-15', '2024-09-17'],
      ['2024-10-01', '2024-10-07'],
    ],
    worked: [
      '2024-02-04',
      '2024-02-18',
      '2024-04-07',
      '2024-04-28',
      '2024-05-11',
      '2024-09-14',
      '2024-09-29',
      '2024-10-12',
    ],
  },
  '2025': {
    holidays: [
      ['2025-01-01', '2025-01-01'],
      ['2025-01-28', '2025-02-04'],
      ['2025-04-04', '2025-04-06'],
      ['2025-05-01', '2025-05-05'],
      ['2025-05-31', '2025-06-02'],
      ['2025-10-01', '2025-10-08'],
    ],
    worked: ['2025-01-26', '2025-02-08', '2025-04-27', '2025-09-28', '2025-10-11'],
  },
  '2026': {
    holidays: [
      ['2026-01-01', '2026-01-03'],
      ['2026-02-15', '2026-02-23'],
      ['2026-04-04', '2026-04-06'],
      ['2026-05-01', '2026-05-05'],
      ['2026-06-19', '2026-06-21'],
      ['2026-09-25', '2026-09-27'],
      ['2026-10-01', '2026-10-07'],
    ],
    worked: ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'],
  },
}

/** The years whose holidays are known here, first to last. */
export const CALENDAR_YEARS: readonly number[] = Object.keys(ANNOUNCED).map(Number)

/** A Thursday: from it, the days of the week are counted. */
const THURSDAY = civilDate('2026-01-01')

/** Day of the week of a civil date, Monday is 1 and Sunday is 7. */
export function weekdayOf(date: CivilDate): number {
  return ((((daysBetween(THURSDAY, date) + 3) % 7) + 7) % 7) + 1
}

/** True when the holidays of the day's year were announced and are known here. */
export function isCalendarKnown(date: CivilDate): boolean {
  return Object.hasOwn(ANNOUNCED, date.slice(0, 4))
}

/** True on a day on which offices work: by the announcement of its year, or Monday to Friday where none is known. */
export function isWorkingDay(date: CivilDate): boolean {
  const calendar = ANNOUNCED[date.slice(0, 4)]
  if (calendar?.worked.includes(date)) return true
  if (calendar?.holidays.some(([from, until]) => from <= date && date <= until)) return false
  return weekdayOf(date) <= 5
}

/** A term that ends on a working day. */
export interface WorkingTerm {
  readonly dueOn: CivilDate
  /** False when a day of the term lies in a year whose holidays are not known here: it may end earlier than it should. */
  readonly isCalendarKnown: boolean
}

/**
 * The day that is so many working days after the given one, which itself does not count (民法典 第201条: the day on which
 * a term begins is not reckoned). The count is at least one and whole.
 */
export function workingDaysAfter(from: CivilDate, count: number): WorkingTerm {
  if (!Number.isSafeInteger(count) || count < 1) throw new Error(`invariant broken: ${count} working days`)
  let date = from
  let left = count
  let isKnown = true
  while (left > 0) {
    date = addDays(date, 1)
    isKnown &&= isCalendarKnown(date)
    if (isWorkingDay(date)) left -= 1
  }
  return { dueOn: date, isCalendarKnown: isKnown }
}

/** How many working days lie after the first day up to and including the second; zero when the second is not later. */
export function workingDaysBetween(from: CivilDate, until: CivilDate): number {
  let count = 0
  for (let date = from; date < until; ) {
    date = addDays(date, 1)
    if (isWorkingDay(date)) count += 1
  }
  return count
}
