/** How many working days each turn of a case has, and the day on which it ends. Pure. */
import { type CivilDate, type WorkingTerm, workingDaysAfter } from '#kernel'

/** Working days, 1 to 60 each. */
export interface Clocks {
  /** For the answer to a challenge. */
  readonly answerDays: number
  /** For taking a request (接单). */
  readonly takeDays: number
  /** For the reply to a request (回单), from when it was taken. */
  readonly replyDays: number
  /** For the asker's judgement, before a challenge may be closed without one. */
  readonly judgeDays: number
}

/** What holds until a community sets its own. */
export const DEFAULT_CLOCKS: Clocks = { answerDays: 5, takeDays: 1, replyDays: 7, judgeDays: 10 }

export type ClockName = keyof Clocks

/** The longest that a turn can be given. */
export const LONGEST_TURN_DAYS = 60

/** True when every turn has a whole number of days within the limits. */
export function areClocks(clocks: Clocks): boolean {
  return Object.values(clocks).every(
    days => Number.isSafeInteger(days) && days >= 1 && days <= LONGEST_TURN_DAYS,
  )
}

/** The last day of a turn that begins on the given one. */
export function termOf(clocks: Clocks, name: ClockName, from: CivilDate): WorkingTerm {
  return workingDaysAfter(from, clocks[name])
}
