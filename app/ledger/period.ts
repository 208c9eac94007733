/** Accounting months: which may be posted in and which may be closed. Pure; the lock itself is held in the database. */
import { addMonths, type CivilDate, err, lastDayOf, ok, type Period, periodOf, type Result } from '#kernel'

export type PeriodProblem =
  | { readonly code: 'period-closed'; readonly period: Period }
  | { readonly code: 'period-not-started'; readonly firstPeriod: Period }
  | { readonly code: 'period-not-over'; readonly period: Period }
  | { readonly code: 'period-before-open'; readonly open: Period }

/** The months of a ledger: from its first to the last one closed. */
export interface PeriodState {
  readonly firstPeriod: Period
  readonly lastClosed: Period | null
}

/** The month that closes next. */
export function nextToClose(state: PeriodState): Period {
  return state.lastClosed === null ? state.firstPeriod : addMonths(state.lastClosed, 1)
}

/** May a voucher be dated on this day? Only in a month that has begun with the ledger and is not closed. */
export function checkPostingDate(state: PeriodState, occurredOn: CivilDate): Result<Period, PeriodProblem> {
  const period = periodOf(occurredOn)
  if (period < state.firstPeriod) return err({ code: 'period-not-started', firstPeriod: state.firstPeriod })
  if (state.lastClosed !== null && period <= state.lastClosed) return err({ code: 'period-closed', period })
  return ok(period)
}

/** May this month be closed today? Months close in order, and only when they are over. */
export function checkClosing(
  state: PeriodState,
  period: Period,
  today: CivilDate,
): Result<null, PeriodProblem> {
  if (state.lastClosed !== null && period <= state.lastClosed) return err({ code: 'period-closed', period })
  const due = nextToClose(state)
  if (period !== due) return err({ code: 'period-before-open', open: due })
  if (today <= lastDayOf(period)) return err({ code: 'period-not-over', period })
  return ok(null)
}
