/**
 * The notice of a meeting: when, where, what about, with which papers. Canonical bytes, posted as versions; what was posted stays
 * readable. Pure: the present is passed in.
 */
import {
  addDays,
  type CanonicalValue,
  type CivilDate,
  canonicalBytes,
  dateOf,
  err,
  formatInstant,
  ok,
  parseCanonical,
  type Result,
} from '#kernel'
import { cleanAll, cleanLine, type TextProblem } from './clean-text.ts'
import { COMMITTEE_NOTICE_DAYS, type MeetingKind, type QuorumRule, quorumChoices } from './quorum.ts'
import type { TopicSource } from './topic.ts'

export const MOST_ITEMS = 20
const LONGEST_MEETING_HOURS = 12

export interface AgendaItem {
  readonly no: number
  /** The topic it belongs to; null for business of the meeting itself. */
  readonly topicId: string | null
  readonly title: string
  /** Where it comes from; null for business of the meeting itself. */
  readonly source: TopicSource | null
  /** Minutes set aside for it. */
  readonly minutes: number
}

export interface Paper {
  readonly name: string
  readonly sha256: string
}

/** What a clerk writes. */
export interface NoticeInput {
  readonly kind: MeetingKind
  readonly title: string
  readonly place: string
  readonly startsAt: Date
  readonly endsAt: Date
  readonly quorum: QuorumRule
  readonly agenda: readonly AgendaItem[]
  readonly papers: readonly Paper[]
  /** Why it does not take place; null while it does. */
  readonly cancelledBecause: string | null
}

/** The notice as it is stored and digested; instants in +08:00. */
export interface Notice {
  readonly v: 1
  readonly meeting: string
  readonly version: number
  readonly kind: MeetingKind
  readonly title: string
  readonly place: string
  readonly startsAt: string
  readonly endsAt: string
  readonly quorum: QuorumRule
  readonly agenda: readonly AgendaItem[]
  readonly papers: readonly Paper[]
  readonly cancelled: string | null
}

export type NoticeProblem =
  | TextProblem
  | { readonly code: 'title-missing' | 'place-missing' | 'agenda-missing' | 'agenda-too-long' }
  | { readonly code: 'time-malformed' | 'quorum-not-of-this-body' }
  /** The owners' committee posts its agenda seven days before; `earliest` is the first day it may meet. */
  | { readonly code: 'notice-too-late'; readonly earliest: CivilDate }

/** The first day on which the owners' committee may meet on an agenda posted on that day. */
export function earliestCommitteeDay(postedOn: CivilDate): CivilDate {
  return addDays(postedOn, COMMITTEE_NOTICE_DAYS)
}

function isSameAgenda(a: NoticeInput | Notice, b: Notice): boolean {
  const said = (items: readonly AgendaItem[]) => items.map(item => `${item.topicId} ${item.title}`).join('\n')
  const startsAt = typeof a.startsAt === 'string' ? a.startsAt : formatInstant(a.startsAt)
  return startsAt === b.startsAt && said(a.agenda) === said(b.agenda)
}

function cleanedAgenda(items: readonly AgendaItem[]): Result<readonly AgendaItem[], NoticeProblem> {
  if (items.length === 0) return err({ code: 'agenda-missing' })
  if (items.length > MOST_ITEMS) return err({ code: 'agenda-too-long' })
  const agenda: AgendaItem[] = []
  for (const [index, item] of items.entries()) {
    const title = cleanLine(item.title, `item-${index + 1}`)
    if (!title.ok) return title
    if (title.value === '') return err({ code: 'agenda-missing' })
    agenda.push({ ...item, no: index + 1, title: title.value })
  }
  return ok(agenda)
}

/** Judges what a clerk wrote and gives the notice. `earlier` is the version it replaces, `postedOn` today. */
export function buildNotice(
  meeting: string,
  input: NoticeInput,
  earlier: Notice | null,
  postedOn: CivilDate,
): Result<Notice, NoticeProblem> {
  const texts = cleanAll(
    { title: input.title, place: input.place, cancelledBecause: input.cancelledBecause ?? '' },
    ['title', 'place', 'cancelledBecause'],
  )
  if (!texts.ok) return texts
  if (texts.value.title === '') return err({ code: 'title-missing' })
  if (texts.value.place === '') return err({ code: 'place-missing' })
  const agenda = cleanedAgenda(input.agenda)
  if (!agenda.ok) return agenda
  const length = input.endsAt.getTime() - input.startsAt.getTime()
  if (!(length > 0 && length <= LONGEST_MEETING_HOURS * 3_600_000)) return err({ code: 'time-malformed' })
  if (!quorumChoices(input.kind).includes(input.quorum)) return err({ code: 'quorum-not-of-this-body' })
  const isNewAgenda = earlier === null || !isSameAgenda({ ...input, agenda: agenda.value }, earlier)
  const earliest = earliestCommitteeDay(postedOn)
  const isTooLate = input.kind === 'owners-committee' && dateOf(input.startsAt) < earliest
  if (isNewAgenda && input.cancelledBecause === null && isTooLate)
    return err({ code: 'notice-too-late', earliest })
  return ok({
    v: 1,
    meeting,
    version: (earlier?.version ?? 0) + 1,
    kind: input.kind,
    title: texts.value.title,
    place: texts.value.place,
    startsAt: formatInstant(input.startsAt),
    endsAt: formatInstant(input.endsAt),
    quorum: input.quorum,
    agenda: agenda.value,
    papers: input.papers,
    cancelled: input.cancelledBecause === null ? null : texts.value.cancelledBecause,
  })
}

/** The bytes that are stored and digested. */
export function encodeNotice(notice: Notice): Uint8Array {
  return canonicalBytes(notice as unknown as CanonicalValue)
}

/** A stored notice; null for bytes that are none. */
export function parseNotice(bytes: Uint8Array): Notice | null {
  const json = parseCanonical(bytes)
  const notice = json.ok ? (json.value as unknown as Notice | null) : null
  return notice !== null && notice.v === 1 && Array.isArray(notice.agenda) ? notice : null
}
