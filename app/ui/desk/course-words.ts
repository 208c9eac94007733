/** The course of a poll as officers see it: its steps, what comes next and who has to do it. Names only; the routes say where a poll stands. */
import type { CivilDate } from '#kernel'
import type { PollState } from '#votes'

/** The steps of the course (rule 22), in their order, with the three signatures under the count. */
export const COURSE_STEPS = [
  'draft',
  'notice',
  'open',
  'close',
  'tally',
  'teller-1',
  'teller-2',
  'party-branch',
  'posted',
  'objections',
  'final',
] as const
export type CourseStep = (typeof COURSE_STEPS)[number]

/** The one thing that comes next. */
export type NextAct =
  | 'revise'
  | 'announce'
  | 'await-opening'
  | 'open'
  | 'vote'
  | 'seal'
  | 'tally'
  | 'import-result'
  | 'teller-1'
  | 'teller-2'
  | 'party-branch'
  | 'post'
  | 'answer'
  | 'await-objections'
  | 'finalize'
  | 'nothing'

/** A poll in the list. */
export interface PollRow {
  readonly pollId: string
  readonly title: string
  readonly state: PollState
  readonly next: NextAct
  /** The day or instant of what comes next; null where there is none. */
  readonly nextAt: Date | CivilDate | null
  /** True when the person who reads can do what comes next. */
  readonly isMine: boolean
}
