/** The present, as a thing that is passed in. The only file that reads the machine's clock; rooms never do. */

export interface Clock {
  now(): Date
}

/** A clock that stands still until it is moved: for the demo community and the tests. */
export interface MovableClock extends Clock {
  /** Sets the present; it may also go back. */
  moveTo(instant: Date): void
  /** Moves the present on by milliseconds. */
  advance(milliseconds: number): void
}

export const systemClock: Clock = { now: () => new Date() }

/** A clock standing at the instant. */
export function movableClock(start: Date): MovableClock {
  let present = start.getTime()
  return {
    now: () => new Date(present),
    moveTo: instant => {
      present = instant.getTime()
    },
    advance: milliseconds => {
      present += milliseconds
    },
  }
}
