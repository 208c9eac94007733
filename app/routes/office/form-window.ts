/** Days and times of forms, in Beijing time. */
import { addDays, type CivilDate, dateOf, formatInstant, instantOf, parseCivilDate } from '#kernel'

/** Day and time of an instant, as the forms show them. */
export function dayAndHour(at: Date): { readonly on: CivilDate; readonly hour: string } {
  return { on: dateOf(at), hour: formatInstant(at).slice(11, 19) }
}

/** The instant of a day and a time of a form; null for anything else. */
export function instantAt(on: string, hour: string): Date | null {
  const date = parseCivilDate(on)
  const time = /^([01]\d|2[0-3]):([0-5]\d):([0-5]\d)$/.exec(hour)
  if (!date.ok || time === null) return null
  return instantOf(date.value, Number(time[1]) * 3600 + Number(time[2]) * 60 + Number(time[3]))
}

/** A first proposal for a new poll: a day to spare before the opening, and three weeks to vote. */
export function proposedWindow(earliest: CivilDate): {
  readonly opensOn: CivilDate
  readonly closesOn: CivilDate
} {
  const opensOn = addDays(earliest, 1)
  return { opensOn, closesOn: addDays(opensOn, 20) }
}
