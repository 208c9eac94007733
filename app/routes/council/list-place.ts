/** Where a page of a list of the council ended, as an address carries it. Pure; a place that cannot be is the beginning. */
import { isId, parseCivilDate } from '#kernel'

export interface OutcomePlace {
  readonly heldOn: string
  readonly meetingId: string
  readonly item: number
}

export interface MeetingPlace {
  readonly startsAt: Date
  readonly meetingId: string
}

/** `2026-06-18.MEETING.2`. */
export function formatOutcomePlace({ heldOn, meetingId, item }: OutcomePlace): string {
  return `${heldOn}.${meetingId}.${item}`
}

export function parseOutcomePlace(text: string | null): OutcomePlace | null {
  const [heldOn = '', meetingId = '', item = ''] = (text ?? '').split('.')
  const isGood = parseCivilDate(heldOn).ok && isId(meetingId) && /^[1-9]\d{0,2}$/.test(item)
  return isGood ? { heldOn, meetingId, item: Number.parseInt(item, 10) } : null
}

/** `1781780400000.MEETING`: milliseconds since 1970. */
export function formatMeetingPlace({ startsAt, meetingId }: MeetingPlace): string {
  return `${startsAt.getTime()}.${meetingId}`
}

export function parseMeetingPlace(text: string | null): MeetingPlace | null {
  const [at = '', meetingId = ''] = (text ?? '').split('.')
  return /^\d{1,14}$/.test(at) && isId(meetingId)
    ? { startsAt: new Date(Number.parseInt(at, 10)), meetingId }
    : null
}

/** The number below which a page of topics begins; null for the first. */
export function parseTopicPlace(text: string | null): number | null {
  return /^[1-9]\d{0,8}$/.test(text ?? '') ? Number.parseInt(text!, 10) : null
}
