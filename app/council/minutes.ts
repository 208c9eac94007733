/**
 * Minutes (会议纪要): notice, attendance and all topics as one canonical text. Its digest is what the seats sign off; its lines are
 * what a diff compares. It names office holders by seat, and nobody else.
 */
import { type CanonicalValue, canonicalBytes, err, ok, parseCanonical, type Result } from '#kernel'
import { type Attendance, type Presence, type SignInCounts, takingPart } from './attendance.ts'
import type { AgendaItem, Notice, Paper } from './notice.ts'
import { isQuorate, type MeetingKind, type QuorumRule, quorumOf } from './quorum.ts'
import type { Seat } from './seat.ts'
import type { Section } from './section.ts'

export interface MinutesSeat {
  readonly seat: string
  readonly organisation: string
  readonly office: string
  readonly name: string
  /** Null where attendance was not taken. */
  readonly presence: Presence | null
  readonly interest: string
  readonly isRecused: boolean
}

export interface MinutesItem extends Section {
  readonly no: number
  readonly topic: string | null
  readonly title: string
  readonly source: AgendaItem['source']
  /** All members of the owners' committee, of whom half decide; only in its minutes. */
  readonly members?: number
}

export interface Minutes {
  readonly v: 1
  readonly t: 'minutes'
  readonly meeting: string
  readonly kind: MeetingKind
  readonly title: string
  readonly place: string
  readonly startsAt: string
  readonly endsAt: string
  readonly seats: readonly MinutesSeat[]
  /** `isMet` is null where attendance was not taken: then nobody can say. */
  readonly quorum: {
    readonly rule: QuorumRule
    readonly needed: number
    readonly isMet: boolean | null
  }
  readonly signIns: SignInCounts | null
  readonly papers: readonly Paper[]
  readonly items: readonly MinutesItem[]
  /** Salted digest of the raw record, which is another paper; null where none was kept. */
  readonly rawRecord: string | null
}

export type MinutesProblem =
  | { readonly code: 'meeting-cancelled' }
  /** A topic about which nothing was written yet. */
  | { readonly code: 'item-unfinished'; readonly item: number; readonly title: string }
  | { readonly code: 'seats-missing' }
  /** The owners' committee came to something, and it is not said how many of its members were in favour. */
  | { readonly code: 'in-favour-missing'; readonly item: number; readonly title: string }

export interface MinutesSource {
  readonly notice: Notice
  readonly seats: readonly Seat[]
  readonly attendance: Attendance | null
  readonly signIns: SignInCounts | null
  /** By number of the agenda item. */
  readonly sections: ReadonlyMap<number, Section>
  readonly rawRecord: string | null
}

function seatsOf({ seats, attendance }: MinutesSource): readonly MinutesSeat[] {
  return seats.map(seat => {
    const row = attendance?.seats.find(each => each.seat === seat.seatId)
    const isDeputy = row?.presence === 'deputy' && seat.deputyName !== null
    return {
      seat: seat.seatId,
      organisation: seat.organisation,
      office: seat.office,
      name: isDeputy ? seat.deputyName! : seat.holderName,
      presence: row?.presence ?? null,
      interest: row?.interest ?? '',
      isRecused: row?.isRecused ?? false,
    }
  })
}

/** Puts the minutes together, or says what is missing. A topic is finished when it has an opinion and a sentence that says it. */
export function buildMinutes(source: MinutesSource): Result<Minutes, MinutesProblem> {
  const { notice, seats, attendance } = source
  if (notice.cancelled !== null) return err({ code: 'meeting-cancelled' })
  if (seats.length === 0) return err({ code: 'seats-missing' })
  const voting = seats.filter(seat => seat.isVoting).map(seat => seat.seatId)
  const isCommittee = notice.kind === 'owners-committee'
  const items: MinutesItem[] = []
  for (const { no, topicId, title, source: from } of notice.agenda) {
    const section = source.sections.get(no)
    if (section === undefined || section.opinion === '' || section.conclusion === '') {
      return err({ code: 'item-unfinished', item: no, title })
    }
    const { inFavour, ...said } = section
    if (isCommittee && section.opinion !== 'none' && inFavour === undefined) {
      return err({ code: 'in-favour-missing', item: no, title })
    }
    const counted = isCommittee && inFavour !== undefined ? { inFavour, members: voting.length } : {}
    items.push({ ...said, ...counted, no, topic: topicId, title, source: from })
  }
  const present = attendance && takingPart(attendance).filter(seat => voting.includes(seat))
  return ok({
    v: 1,
    t: 'minutes',
    meeting: notice.meeting,
    kind: notice.kind,
    title: notice.title,
    place: notice.place,
    startsAt: notice.startsAt,
    endsAt: notice.endsAt,
    seats: seatsOf(source),
    quorum: {
      rule: notice.quorum,
      needed: quorumOf(notice.quorum, voting.length),
      isMet: present && isQuorate(notice.quorum, voting.length, present.length),
    },
    signIns: source.signIns,
    papers: notice.papers,
    items,
    rawRecord: source.rawRecord,
  })
}

/** The bytes that are stored, digested, logged and signed off. */
export function encodeMinutes(minutes: Minutes): Uint8Array {
  return canonicalBytes(minutes as unknown as CanonicalValue)
}

/** Stored minutes; null for bytes that are none. */
export function parseMinutes(bytes: Uint8Array): Minutes | null {
  const json = parseCanonical(bytes)
  const minutes = json.ok ? (json.value as unknown as Minutes | null) : null
  return minutes !== null && minutes.v === 1 && minutes.t === 'minutes' && Array.isArray(minutes.items)
    ? minutes
    : null
}

/** Who signs: the seats that took part; where attendance was not taken, all seats. Observers sign nothing. */
export function requiredSeats(minutes: Pick<Minutes, 'seats'>): readonly string[] {
  const isTaken = minutes.seats.some(seat => seat.presence !== null)
  return minutes.seats
    .filter(seat => !isTaken || seat.presence === 'present' || seat.presence === 'deputy')
    .map(seat => seat.seat)
}

/** A line of the minutes: what it is (a code the page words), to which topic it belongs (0 for none), and its text. */
export interface MinutesLine {
  readonly what: string
  readonly item: number
  readonly text: string
}

function itemLines(item: MinutesItem): readonly MinutesLine[] {
  const line = (what: string, text: string): MinutesLine => ({ what, item: item.no, text })
  const split = (what: string, text: string) =>
    text
      .split('\n')
      .filter(part => part !== '')
      .map(part => line(what, part))
  return [
    line('title', item.title),
    ...split('background', item.background),
    ...item.positions.flatMap(({ seat, text }) => split(`position ${seat}`, text)),
    ...item.options.map(option => line('option', option)),
    line('opinion', item.opinion),
    ...split('conclusion', item.conclusion),
    ...(item.inFavour === undefined ? [] : [line('in-favour', `${item.inFavour} ${item.members ?? ''}`)]),
    ...item.dissents.flatMap(({ seat, text }) => split(`dissent ${seat}`, text)),
    ...(item.vote === null ? [] : [line('vote', `${item.vote.clause}`)]),
    ...(item.money === null
      ? []
      : [line('money', `${item.money.amountFen} ${item.money.ceilingFen ?? ''}`.trim())]),
    ...item.actions.map(({ text, seat, dueOn }) => line(`action ${seat}`, `${text} ${dueOn}`)),
    ...item.questions.flatMap(({ question, answer }) => [
      ...split('question', question),
      ...split('answer', answer),
    ]),
  ]
}

/** The minutes as lines, for the diff. */
export function minutesLines(minutes: Minutes): readonly MinutesLine[] {
  const head = (what: string, text: string): MinutesLine => ({ what, item: 0, text })
  return [
    head('title', minutes.title),
    head('place', minutes.place),
    head('time', `${minutes.startsAt} ${minutes.endsAt}`),
    ...minutes.seats.map(({ seat, name, presence, interest, isRecused }) =>
      head(`seat ${seat}`, [name, presence ?? '', interest, isRecused ? 'recused' : ''].join(' ').trim()),
    ),
    ...(minutes.signIns === null ? [] : [head('sign-ins', Object.values(minutes.signIns).join(' '))]),
    ...minutes.items.flatMap(itemLines),
  ]
}
