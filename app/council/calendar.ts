/**
 * A meeting as an iCalendar file (RFC 5545) that a phone's calendar opens: escaped text, lines folded at 75 octets, the zone of
 * Shanghai written out. A later version replaces the earlier one by its sequence number.
 */
import { utf8 } from '#kernel'

export interface CalendarEvent {
  /** Globally unique and the same in every version, such as `meeting@host`. */
  readonly uid: string
  /** 0 for the first notice. */
  readonly sequence: number
  readonly stampedAt: Date
  /** RFC 3339 in +08:00. */
  readonly startsAt: string
  readonly endsAt: string
  readonly title: string
  readonly place: string
  readonly description: string
  readonly url: string
  readonly isCancelled: boolean
}

const PRODUCT = '-//Mingzhang//Council//ZH'
const OCTETS = 75

/** Backslash, semicolon, comma and line ends, as RFC 5545 section 3.3.11 asks. */
function escaped(text: string): string {
  return text
    .replace(/\\/g, '\\\\')
    .replace(/;/g, '\\;')
    .replace(/,/g, '\\,')
    .replace(/\r\n?|\n/g, '\\n')
    .replace(/\p{Cc}/gu, '')
}

/** One content line folded at 75 octets, never inside a character. */
function folded(line: string): string {
  let out = ''
  let octets = 0
  for (const character of line) {
    const length = utf8(character).length
    if (octets + length > OCTETS) {
      out += '\r\n '
      octets = 1
    }
    out += character
    octets += length
  }
  return out
}

/** `2026-12-01T19:30:00+08:00` as local time: `20261201T193000`. */
function localTime(instant: string): string {
  return instant.slice(0, 19).replace(/[-:]/g, '')
}

/** An instant in UTC: `20261201T113000Z`. */
function utcTime(at: Date): string {
  return `${at.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`
}

/** The zone has had no summer time since 1991: one standard time says it all. */
const ZONE = [
  'BEGIN:VTIMEZONE',
  'TZID:Asia/Shanghai',
  'BEGIN:STANDARD',
  'DTSTART:19910915T000000',
  'TZOFFSETFROM:+0800',
  'TZOFFSETTO:+0800',
  'TZNAME:CST',
  'END:STANDARD',
  'END:VTIMEZONE',
]

/** The whole file, with CRLF line ends. A reminder rings a day and an hour before. */
export function calendarOf(event: CalendarEvent): string {
  const alarm = (before: string) => [
    'BEGIN:VALARM',
    'ACTION:DISPLAY',
    `DESCRIPTION:${escaped(event.title)}`,
    `TRIGGER:-${before}`,
    'END:VALARM',
  ]
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    `PRODID:${PRODUCT}`,
    'CALSCALE:GREGORIAN',
    `METHOD:${event.isCancelled ? 'CANCEL' : 'PUBLISH'}`,
    ...ZONE,
    'BEGIN:VEVENT',
    `UID:${event.uid}`,
    `SEQUENCE:${event.sequence}`,
    `DTSTAMP:${utcTime(event.stampedAt)}`,
    `DTSTART;TZID=Asia/Shanghai:${localTime(event.startsAt)}`,
    `DTEND;TZID=Asia/Shanghai:${localTime(event.endsAt)}`,
    `SUMMARY:${escaped(event.title)}`,
    `LOCATION:${escaped(event.place)}`,
    `DESCRIPTION:${escaped(event.description)}`,
    `URL:${event.url}`,
    `STATUS:${event.isCancelled ? 'CANCELLED' : 'CONFIRMED'}`,
    ...(event.isCancelled ? [] : [...alarm('P1D'), ...alarm('PT1H')]),
    'END:VEVENT',
    'END:VCALENDAR',
  ]
  return `${lines.map(folded).join('\r\n')}\r\n`
}
