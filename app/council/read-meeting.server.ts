/** One meeting: what anybody may read of it, and what its clerks work on. Never writes. */
import type { Tx } from '#db'
import { listNotices, listSections } from '#db/council'
import { assert } from '#kernel'
import { type Actor, can } from '#people'
import type { Portal } from '#platform'
import { type Attendance, type SignInCounts, takingPart } from './attendance.ts'
import { seatsOfActor } from './circulate-minutes.server.ts'
import { type CouncilCommunity, readMeetingSeats } from './council-access.server.ts'
import type { CourseStanding, SignOffMethod, Stance } from './course.ts'
import { type DiffLine, diffLines } from './diff.ts'
import { openCouncilDocument } from './keep-document.server.ts'
import { type Minutes, type MinutesLine, minutesLines } from './minutes.ts'
import { type Notice, parseNotice } from './notice.ts'
import { type MeetingSummary, readMeetingSummary } from './read-council.server.ts'
import { readAttendance, readSignIns } from './record-attendance.server.ts'
import { newestOf, RAW_RECORD, type SavedSection, savedSectionOf } from './save-section.server.ts'
import type { Seat } from './seat.ts'
import { parseRawRecord } from './section.ts'
import { minutesOf, readCourse } from './stored-minutes.server.ts'

export interface MinutesSignOff {
  readonly seat: string
  readonly stance: Stance
  readonly reason: string | null
  readonly method: SignOffMethod
  readonly at: Date
  readonly leafIndex: number
}

/** A published text: page, leaf and, when it is made, the sealed PDF. */
export interface PublishedMinutes {
  readonly issue: number
  readonly version: number
  readonly digest: string
  readonly reason: string | null
  readonly minutes: Minutes
  readonly signOffs: readonly MinutesSignOff[]
  readonly circulatedLeaf: number
  readonly publishedLeaf: number
  readonly publishedAt: Date
}

export interface MeetingView extends MeetingSummary {
  readonly notices: readonly { readonly version: number; readonly postedAt: Date; readonly notice: Notice }[]
  readonly signIns: SignInCounts | null
  /** Whether attendance by seat was taken, and how many took part; null while the minutes say it themselves. */
  readonly presentCount: number | null
  /** Newest issue first. */
  readonly published: readonly PublishedMinutes[]
}

/** The published texts of a meeting, newest issue first; within the caller's transaction or on the connection. */
export async function readPublishedMinutes(
  tx: Tx,
  communityId: number,
  meetingId: string,
): Promise<readonly PublishedMinutes[]> {
  const { rows } = await readCourse(tx, communityId, meetingId)
  return rows.publications
    .map(publication => {
      const row = rows.minutes.find(each => each.version === publication.version)
      assert(row !== undefined, 'published minutes are not there')
      return {
        issue: publication.issue,
        version: publication.version,
        digest: publication.digest,
        reason: row.reason,
        minutes: minutesOf(row.content),
        signOffs: rows.signOffs
          .filter(signOff => signOff.version === publication.version)
          .map(signOff => ({
            seat: signOff.seat_id,
            stance: signOff.stance,
            reason: signOff.reason,
            method: signOff.method,
            at: signOff.signed_at,
            leafIndex: Number(signOff.leaf_index),
          })),
        circulatedLeaf: Number(row.leaf_index),
        publishedLeaf: Number(publication.leaf_index),
        publishedAt: publication.published_at,
      }
    })
    .reverse()
}

/** A meeting as anybody sees it; null when there is none. */
export async function readMeeting(
  portal: Portal,
  community: CouncilCommunity,
  meetingId: string,
): Promise<MeetingView | null> {
  const { communityId } = community
  const summary = await readMeetingSummary(portal, community, meetingId)
  if (summary === null) return null
  const notices = (await listNotices(portal.db, communityId, meetingId)).flatMap(row => {
    const notice = parseNotice(row.content)
    return notice === null ? [] : [{ version: row.version, postedAt: row.posted_at, notice }]
  })
  const record = await readAttendance(portal.db, communityId, meetingId)
  return {
    ...summary,
    notices,
    signIns: await readSignIns(portal.db, communityId, summary.notice),
    presentCount: record === null ? null : takingPart(record.attendance).length,
    published: await readPublishedMinutes(portal.db, communityId, meetingId),
  }
}

/** A paper that some posted notice of the meeting names; null for anything else, whatever its digest. */
export async function readMeetingPaper(
  portal: Portal,
  community: CouncilCommunity,
  meetingId: string,
  sha256: string,
) {
  const meeting = await readMeeting(portal, community, meetingId)
  const isNamed = meeting?.notices.some(({ notice }) => notice.papers.some(paper => paper.sha256 === sha256))
  return isNamed ? openCouncilDocument(portal, sha256) : null
}

export interface CirculatedVersion {
  readonly version: number
  readonly digest: string
  readonly reason: string | null
  readonly circulatedAt: Date
  readonly correctionsUntil: Date
  readonly minutes: Minutes
  /** From the version before; null for the first. */
  readonly changes: readonly DiffLine<MinutesLine>[] | null
}

export interface CorrectionView {
  readonly no: number
  readonly version: number
  readonly item: number
  readonly seat: string
  readonly text: string
  readonly at: Date
  readonly answer: { readonly isAccepted: boolean; readonly text: string; readonly at: Date } | null
}

/** What the clerks and the seats work on. */
export interface MeetingDesk {
  readonly meeting: MeetingView
  readonly seats: readonly Seat[]
  /** The seats the person acts for. */
  readonly ownSeats: readonly string[]
  readonly attendance: { readonly revision: number; readonly attendance: Attendance } | null
  readonly sections: ReadonlyMap<number, SavedSection>
  readonly rawRecord: { readonly revision: number; readonly text: string; readonly savedBy: string | null }
  readonly standing: CourseStanding
  /** Newest first. */
  readonly versions: readonly CirculatedVersion[]
  readonly corrections: readonly CorrectionView[]
  /** Of the newest version. */
  readonly signOffs: readonly MinutesSignOff[]
}

const isSameLine = (a: MinutesLine, b: MinutesLine) =>
  a.what === b.what && a.item === b.item && a.text === b.text

function versionsOf(rows: Awaited<ReturnType<typeof readCourse>>['rows']): readonly CirculatedVersion[] {
  return rows.minutes
    .map((row, index) => {
      const minutes = minutesOf(row.content)
      const before = rows.minutes[index - 1]
      return {
        version: row.version,
        digest: row.digest,
        reason: row.reason,
        circulatedAt: row.circulated_at,
        correctionsUntil: row.corrections_until,
        minutes,
        changes:
          before === undefined
            ? null
            : diffLines(minutesLines(minutesOf(before.content)), minutesLines(minutes), isSameLine),
      }
    })
    .reverse()
}

function correctionsOf(rows: Awaited<ReturnType<typeof readCourse>>['rows']): readonly CorrectionView[] {
  return rows.corrections.map(row => {
    const answer = rows.answers.find(each => each.correction_no === row.correction_no)
    return {
      no: row.correction_no,
      version: row.version,
      item: row.item_no,
      seat: row.seat_id,
      text: row.text,
      at: row.made_at,
      answer:
        answer === undefined
          ? null
          : { isAccepted: answer.is_accepted, text: answer.answer, at: answer.answered_at },
    }
  })
}

/** The desk of a meeting. Null when there is none, or when the person may not read it (`council:read`). */
export async function readMeetingDesk(
  portal: Portal,
  actor: Actor,
  community: CouncilCommunity,
  meetingId: string,
): Promise<MeetingDesk | null> {
  const { communityId } = community
  if (!can(actor, 'council:read', communityId)) return null
  const meeting = await readMeeting(portal, community, meetingId)
  if (meeting === null) return null
  const seats = await readMeetingSeats(portal.db, communityId, meeting.notice)
  const newest = newestOf(await listSections(portal.db, communityId, meetingId))
  const raw = newest.get(RAW_RECORD)
  const { rows, standing } = await readCourse(portal.db, communityId, meetingId)
  const sections = new Map<number, SavedSection>()
  for (const { no } of meeting.notice.agenda) {
    const row = newest.get(no)
    const saved = row === undefined ? null : savedSectionOf(row)
    if (saved !== null) sections.set(no, saved)
  }
  return {
    meeting,
    seats,
    ownSeats: seatsOfActor(actor, seats),
    attendance: await readAttendance(portal.db, communityId, meetingId),
    sections,
    rawRecord:
      raw === undefined
        ? { revision: 0, text: '', savedBy: null }
        : { revision: raw.revision, text: parseRawRecord(raw.content), savedBy: raw.saved_by },
    standing,
    versions: versionsOf(rows),
    corrections: correctionsOf(rows),
    signOffs: rows.signOffs
      .filter(row => row.version === standing.version)
      .map(row => ({
        seat: row.seat_id,
        stance: row.stance,
        reason: row.reason,
        method: row.method,
        at: row.signed_at,
        leafIndex: Number(row.leaf_index),
      })),
  }
}
