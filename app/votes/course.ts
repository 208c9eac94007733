/**
 * The course of a poll and its clocks (rule 22): which state may follow which, and which day each clock ends. Civil days
 * in Asia/Shanghai; the present is passed in.
 */
import { addDays, addMonths, type CivilDate, civilDate, lastDayOf, periodOf } from '#kernel'

export const POLL_STATES = [
  'draft',
  'notice',
  'open',
  'closed',
  'sealed',
  'counted',
  'objection',
  'final',
] as const
/** `notice` freezes questions, policy and roll: no topic after it. */
export type PollState = (typeof POLL_STATES)[number]

/** True when the poll may go from one state to the other: one step on, never back, never two at once. */
export function canFollow(from: PollState, to: PollState): boolean {
  return POLL_STATES.indexOf(to) === POLL_STATES.indexOf(from) + 1
}

/** True while questions may still be added or changed. */
export function isTopicOpen(state: PollState): boolean {
  return state === 'draft'
}

/** The days of rule 22, as a community's rules of procedure set them. */
export interface CourseDays {
  /** 指导规则: the meeting is announced 15 days before. */
  readonly notice: number
  readonly objection: number
  readonly posting: number
}

export const DEFAULT_COURSE_DAYS: CourseDays = { notice: 15, objection: 15, posting: 3 }

/** The first day on which a poll announced on `noticeOn` may open: that many full days lie between. */
export function earliestOpening(noticeOn: CivilDate, days: CourseDays = DEFAULT_COURSE_DAYS): CivilDate {
  return addDays(noticeOn, days.notice + 1)
}

/** Clocks that start with the count. The day of the event is not counted (民法典第201条). */
export interface Deadlines {
  readonly postedBy: CivilDate
  readonly objectionsUntil: CivilDate
}

/** Last days for posting the result and for objecting to it. */
export function deadlinesOf(countedOn: CivilDate, days: CourseDays = DEFAULT_COURSE_DAYS): Deadlines {
  return {
    postedBy: addDays(countedOn, days.posting),
    objectionsUntil: addDays(countedOn, days.objection),
  }
}

/**
 * Last day of the annulment clock: one year from when the owner knew or should have known (解释第12条), here from posting.
 * It ends on the same date a year later, or on the last day of that month where there is none (民法典第202条).
 */
export function annulmentEnds(postedOn: CivilDate): CivilDate {
  const month = addMonths(periodOf(postedOn), 12)
  const last = lastDayOf(month)
  const sameDay = `${month}-${postedOn.slice(8)}`
  return sameDay <= last ? civilDate(sameDay) : last
}

/** Why a window cannot be extended. */
export type ExtensionProblem = 'extension-not-allowed' | 'extension-after-close' | 'extension-not-later'

/** Checks an extension: only where the policy of the poll allows it, before the old close, and to a later one. */
export function extensionProblem(extension: {
  readonly isAllowed: boolean
  readonly atMicros: number
  readonly closesAtMicros: number
  readonly newClosesAtMicros: number
}): ExtensionProblem | null {
  if (!extension.isAllowed) return 'extension-not-allowed'
  if (extension.atMicros > extension.closesAtMicros) return 'extension-after-close'
  return extension.newClosesAtMicros > extension.closesAtMicros ? null : 'extension-not-later'
}
