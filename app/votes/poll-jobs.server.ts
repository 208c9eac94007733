/** The names of the clock's own work on polls, and the keys by which each is asked for once. */

export const OPEN_POLL = 'open-poll'
export const CLOSE_POLL = 'close-poll'
export const TALLY_POLL = 'tally-poll'

/** A window that was made longer has another close, so another job. */
export function closeJobKey(pollId: string, closesAt: Date): string {
  return `${pollId}/${closesAt.toISOString()}`
}

/** The first instant that is outside a window: its end belongs to it. */
export function afterClose(closesAt: Date): Date {
  return new Date(closesAt.getTime() + 1)
}
