/** Months that are not closed, statements that were not published by their day, and statements without seal or timestamp. */
import { lastClosedPeriod } from '#db/ledger'
import { listStatementStates } from '#db/oversight'
import { addDays, addMonths, dateOf, daysBetween, lastDayOf, type Period, periodOf } from '#kernel'
import { readControls } from '#ledger/server'
import { itemOf } from '../item.ts'
import type { Source } from '../source.server.ts'

/** Days after a month's end by which its statement stands, where the community has set none. */
const STATEMENT_DAYS = 10
/** Sealing takes seconds and a timestamp is tried again; what is missing after so many days is missing. */
const SEAL_DAYS = 1
const TIMESTAMP_DAYS = 3

export const statements: Source = async ({ portal, community, today }) => {
  const { controls } = await readControls(portal.db, community)
  const days = controls.statementDays ?? STATEMENT_DAYS
  const dueDay = (month: Period) => addDays(lastDayOf(month), days)
  const { communityId, firstPeriod } = community
  const states = await listStatementStates(portal.db, communityId)
  const closed = await lastClosedPeriod(portal.db, communityId)
  const late: Period[] = []
  for (
    let month = firstPeriod;
    month < periodOf(today) && dueDay(month) < today;
    month = addMonths(month, 1)
  ) {
    if (!states.some(state => state.period === month)) late.push(month)
  }
  const overdue = late.map(month =>
    itemOf(closed !== null && month <= closed ? 'statement-overdue' : 'month-unclosed', 'statements', {
      subject: month,
      days: daysBetween(dueDay(month), today),
    }),
  )
  const ageOf = (state: (typeof states)[number]) => daysBetween(dateOf(state.issued_at), today)
  const unsigned = states
    .filter(state => !state.is_sealed && ageOf(state) > SEAL_DAYS)
    .map(state => itemOf('statement-unsigned', 'statements', { subject: state.period, days: ageOf(state) }))
  const unstamped = states.filter(
    state => state.is_sealed && !state.is_timestamped && ageOf(state) > TIMESTAMP_DAYS,
  )
  // One line for all of them: without an authority for timestamps it is every month.
  const [oldest] = unstamped
  const stamps = { count: unstamped.length, days: oldest === undefined ? 0 : ageOf(oldest) }
  return [
    ...overdue,
    ...unsigned,
    ...(oldest === undefined ? [] : [itemOf('statement-untimestamped', 'statements', stamps)]),
  ]
}
