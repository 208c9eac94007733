/** Action items (落实事项): who owes what by when, and whether it is overdue. Pure: today is passed in. */
import type { CivilDate } from '#kernel'

export type ActionEventKind = 'done' | 'reopened'

export interface ActionItem {
  readonly meetingId: string
  readonly item: number
  readonly no: number
  readonly topicId: string | null
  readonly seatId: string
  readonly text: string
  readonly dueOn: CivilDate
  /** The newest event; null while nothing was reported. */
  readonly done: {
    readonly on: CivilDate
    readonly text: string
    readonly proofSha256: string | null
  } | null
}

export type ActionState = 'done' | 'overdue' | 'due'

/** Overdue from the day after the due date, until it is done. */
export function actionState(action: Pick<ActionItem, 'dueOn' | 'done'>, today: CivilDate): ActionState {
  if (action.done !== null) return 'done'
  return action.dueOn < today ? 'overdue' : 'due'
}

/** Overdue first, the longest overdue on top; then by due date; what is done last. */
export function inActionOrder<Action extends Pick<ActionItem, 'dueOn' | 'done'>>(
  actions: readonly Action[],
  today: CivilDate,
): readonly Action[] {
  const rank = { overdue: 0, due: 1, done: 2 } as const
  return actions.toSorted((a, b) => {
    const byState = rank[actionState(a, today)] - rank[actionState(b, today)]
    return byState !== 0 ? byState : a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0
  })
}
