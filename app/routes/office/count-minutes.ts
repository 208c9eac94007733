/** The minutes of a count as the chair enters them: where, when, who was there, what was odd. Reads a form; stores nothing. */
import { err, instantOf, ok, parseCivilDate, type Result } from '#kernel'
import type { CountMinutes } from '#statements'
import type { EnteredMinutes, MinutesField } from '#ui/desk'
import { type Entered, textOf } from './entered.ts'

const LONGEST_REMARKS = 2000
const FIELDS: readonly MinutesField[] = ['place', 'day', 'from', 'until', 'persons', 'remarks']

/** What was typed, by field. */
export function enteredMinutes(form: Entered): EnteredMinutes {
  const text = (name: MinutesField) => textOf(form, `minutes-${name}`).trim()
  return Object.fromEntries(FIELDS.map(name => [name, text(name)])) as Record<MinutesField, string>
}

/** Seconds into the day of `HH:MM`; null for anything else. */
function secondsOf(time: string): number | null {
  const parts = /^([01]?\d|2[0-3])[:：]([0-5]\d)$/.exec(time)
  return parts === null ? null : (Number(parts[1]) * 60 + Number(parts[2])) * 60
}

/** One person a line: the office, a space, the name. Null when a line has no space. */
function personsOf(text: string): CountMinutes<Date>['persons'] | null {
  const lines = text
    .split(/\r?\n/)
    .map(line =>
      line
        .normalize('NFC')
        .replace(/[\s\u3000]+/g, ' ')
        .trim(),
    )
    .filter(line => line !== '')
  const persons = lines.map(line => /^(.{1,60}) (.{1,60})$/.exec(line))
  return persons.some(each => each === null)
    ? null
    : persons.map(each => ({ office: each![1]!, name: each![2]! }))
}

/**
 * The minutes entered; null when nothing was, and then the paper has lines to fill in by hand. Else the fields amiss: what is
 * missing, malformed, or not yet over at `now`.
 */
export function minutesOf(
  entered: EnteredMinutes,
  now: Date,
): Result<CountMinutes<Date> | null, readonly MinutesField[]> {
  if (FIELDS.every(name => entered[name] === '')) return ok(null)
  const from = secondsOf(entered.from)
  const until = secondsOf(entered.until)
  const persons = personsOf(entered.persons)
  const day = parseCivilDate(entered.day)
  const isOver = day.ok && until !== null && instantOf(day.value, until) <= now
  const amiss = FIELDS.filter(
    name =>
      (name === 'place' && entered.place === '') ||
      (name === 'day' && !day.ok) ||
      (name === 'from' && from === null) ||
      (name === 'until' && (until === null || (from !== null && until < from) || (day.ok && !isOver))) ||
      (name === 'remarks' && entered.remarks.length > LONGEST_REMARKS) ||
      (name === 'persons' && (persons === null || persons.length === 0)),
  )
  if (!day.ok || from === null || until === null || persons === null || amiss.length > 0) return err(amiss)
  return ok({
    place: entered.place,
    startedAt: instantOf(day.value, from),
    endedAt: instantOf(day.value, until),
    persons,
    remarks: entered.remarks.replace(/\r\n/g, '\n'),
  })
}
