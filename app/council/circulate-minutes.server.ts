/**
 * Circulates minutes to those who were there: from here on the text is bytes with a digest and a leaf, and any change is a new
 * version. Corrections are asked for by a seat and answered one by one.
 */
import type { Tx } from '#db'
import {
  insertCorrection,
  insertCorrectionAnswer,
  insertMinutes,
  listSections,
  lockCouncil,
} from '#db/council'
import { addDays, dateOf, err, instantOf, ok, type Result, saltedDigest, sha256Hex } from '#kernel'
import { type Actor, can } from '#people'
import type { Portal } from '#platform'
import { cleanText, type TextProblem } from './clean-text.ts'
import {
  appendCouncilLeaf,
  type CouncilCommunity,
  type CouncilRefusal,
  readMeetingSeats,
} from './council-access.server.ts'
import { CORRECTION_DAYS, type CourseProblem, type CourseStep, takeCourseStep } from './course.ts'
import { buildMinutes, encodeMinutes, type Minutes, type MinutesProblem, requiredSeats } from './minutes.ts'
import { readNewestNotice } from './post-notice.server.ts'
import { readAttendance, readSignIns } from './record-attendance.server.ts'
import { newestOf, RAW_RECORD, savedSectionOf } from './save-section.server.ts'
import { parseRawRecord } from './section.ts'
import { minutesOf, readCourse } from './stored-minutes.server.ts'
import { tellSeats } from './tell-seats.server.ts'

export type CirculateRefusal =
  | CouncilRefusal
  | MinutesProblem
  | TextProblem
  | CourseProblem
  /** A later version says what was changed and why. */
  | { readonly code: 'reason-missing' }
  | { readonly code: 'meeting-not-over' }

export type CorrectionRefusal =
  | CouncilRefusal
  | TextProblem
  | CourseProblem
  | { readonly code: 'text-missing' }

/** Puts the minutes together from what is saved now. `salt` hides the raw record's digest. */
export async function assembleMinutes(
  tx: Tx,
  communityId: number,
  meetingId: string,
  salt: Uint8Array,
): Promise<Result<Minutes, CouncilRefusal | MinutesProblem>> {
  const notice = await readNewestNotice(tx, communityId, meetingId)
  if (notice === null) return err({ code: 'meeting-unknown' })
  const newest = newestOf(await listSections(tx, communityId, meetingId))
  const sections = new Map(
    notice.agenda.flatMap(({ no }) => {
      const row = newest.get(no)
      const saved = row === undefined ? null : savedSectionOf(row)
      return saved === null ? [] : [[no, saved.section] as const]
    }),
  )
  const raw = newest.get(RAW_RECORD)
  const record = await readAttendance(tx, communityId, meetingId)
  return buildMinutes({
    notice,
    seats: await readMeetingSeats(tx, communityId, notice),
    attendance: record?.attendance ?? null,
    signIns: await readSignIns(tx, communityId, notice),
    sections,
    rawRecord: raw === undefined ? null : saltedDigest(salt, 'raw-record', parseRawRecord(raw.content)),
  })
}

/** The last second of the days for corrections. */
function correctionsUntil(now: Date): Date {
  return new Date(instantOf(addDays(dateOf(now), CORRECTION_DAYS + 1)).getTime() - 1000)
}

async function insertCirculated(
  portal: Portal,
  tx: Tx,
  actor: Actor,
  community: CouncilCommunity,
  circulated: {
    readonly minutes: Minutes
    readonly version: number
    readonly content: Uint8Array
    readonly digest: string
    readonly salt: Uint8Array
    readonly reason: string
    readonly until: Date
  },
): Promise<void> {
  const { minutes, version, digest } = circulated
  const head = { v: 1, log: community.logOrigin, meeting: minutes.meeting, version } as const
  const leafIndex = await appendCouncilLeaf(tx, community, {
    ...head,
    t: 'council.circulated',
    minutes: digest,
  })
  await insertMinutes(tx, {
    community_id: community.communityId,
    meeting_id: minutes.meeting,
    version,
    content: circulated.content,
    digest,
    raw_salt: circulated.salt,
    reason: version === 1 ? null : circulated.reason,
    corrections_until: circulated.until,
    leaf_index: leafIndex,
    circulated_by: actor.userId,
    circulated_at: portal.clock.now(),
  })
}

/**
 * Circulates what is saved: version 1, or with a reason the next one, which voids what was signed. Needs `council:keep`. Refused
 * before the meeting began, while a topic is unfinished, while a correction is open, and when nothing changed.
 */
export async function circulateMinutes(
  portal: Portal,
  actor: Actor,
  community: CouncilCommunity,
  input: { readonly meetingId: string; readonly reason: string },
): Promise<Result<{ readonly version: number; readonly digest: string }, CirculateRefusal>> {
  const { communityId } = community
  const { meetingId } = input
  if (!can(actor, 'council:keep', communityId)) return err({ code: 'not-permitted' })
  const reason = cleanText(input.reason, 'reason', 300)
  if (!reason.ok) return reason
  return portal.db.transaction().execute(async tx => {
    await lockCouncil(tx, communityId)
    const { rows, standing } = await readCourse(tx, communityId, meetingId)
    const salt = rows.minutes.at(-1)?.raw_salt ?? portal.random.bytes(32)
    const minutes = await assembleMinutes(tx, communityId, meetingId, salt)
    if (!minutes.ok) return minutes
    const now = portal.clock.now()
    if (now < new Date(minutes.value.startsAt)) return err({ code: 'meeting-not-over' } as const)
    const version = standing.version + 1
    if (version > 1 && reason.value === '') return err({ code: 'reason-missing' } as const)
    const content = encodeMinutes(minutes.value)
    const digest = sha256Hex(content)
    const until = correctionsUntil(now)
    const step: CourseStep = {
      kind: 'circulated',
      version,
      digest,
      required: requiredSeats(minutes.value),
      at: now,
      correctionsUntil: until,
    }
    const next = takeCourseStep(standing, step)
    if (!next.ok) return next
    const notice = await readNewestNotice(tx, communityId, meetingId)
    if (notice !== null) {
      const subjectKey = `${meetingId}/minutes/${version}`
      await tellSeats(portal, tx, communityId, {
        kind: 'minutes-waiting',
        notice,
        subjectKey,
        seats: requiredSeats(minutes.value),
      })
    }
    await insertCirculated(portal, tx, actor, community, {
      minutes: minutes.value,
      version,
      content,
      digest,
      salt,
      reason: reason.value,
      until,
    })
    return ok({ version, digest })
  })
}

/** The seats that the person acts for. */
export function seatsOfActor(actor: Actor, seats: readonly { seatId: string; userId: string | null }[]) {
  return seats.filter(seat => seat.userId === actor.userId).map(seat => seat.seatId)
}

/**
 * Asks for a correction of the newest version, in the name of a seat: its own holder's (`council:sit`), or a guest's that has no
 * account, entered by the clerk (`council:keep`).
 */
export async function requestCorrection(
  portal: Portal,
  actor: Actor,
  community: CouncilCommunity,
  input: {
    readonly meetingId: string
    readonly version: number
    readonly item: number
    readonly seat: string
    readonly text: string
  },
): Promise<Result<{ readonly no: number }, CorrectionRefusal>> {
  const { communityId } = community
  const { meetingId, version, item, seat } = input
  const text = cleanText(input.text, 'correction', 1000)
  if (!text.ok) return text
  if (text.value === '') return err({ code: 'text-missing' })
  return portal.db.transaction().execute(async tx => {
    await lockCouncil(tx, communityId)
    const { rows, standing } = await readCourse(tx, communityId, meetingId)
    const circulated = rows.minutes.at(-1)
    if (circulated === undefined) return err({ code: 'minutes-not-circulated' } as const)
    const permitted = await mayActForSeat(tx, actor, community, circulated.content, seat)
    if (!permitted.ok) return permitted
    const now = portal.clock.now()
    const no = rows.corrections.length + 1
    const next = takeCourseStep(standing, { kind: 'correction', no, version, at: now })
    if (!next.ok) return next
    await insertCorrection(tx, {
      community_id: communityId,
      meeting_id: meetingId,
      correction_no: no,
      version,
      item_no: item,
      seat_id: seat,
      text: text.value,
      made_by: actor.userId,
      made_at: now,
    })
    return ok({ no })
  })
}

/** Whether somebody may speak for a seat of these minutes: its holder, or for a guest without an account the clerk. */
export async function mayActForSeat(
  tx: Tx,
  actor: Actor,
  community: CouncilCommunity,
  content: Uint8Array,
  seat: string,
): Promise<Result<'holder' | 'clerk', CouncilRefusal>> {
  const { communityId } = community
  const minutes = minutesOf(content)
  if (!minutes.seats.some(each => each.seat === seat)) return err({ code: 'seat-unknown', seat })
  const notice = await readNewestNotice(tx, communityId, minutes.meeting)
  const seats = notice === null ? [] : await readMeetingSeats(tx, communityId, notice)
  const found = seats.find(each => each.seatId === seat)
  const isHolder = found?.userId === actor.userId && can(actor, 'council:sit', communityId)
  if (isHolder) return ok('holder')
  return can(actor, 'council:keep', communityId) ? ok('clerk') : err({ code: 'not-permitted' })
}

/** Accepts a correction or says why not. An accepted one must be in the next version before anybody can sign. Needs `council:keep`. */
export async function answerCorrection(
  portal: Portal,
  actor: Actor,
  community: CouncilCommunity,
  input: {
    readonly meetingId: string
    readonly no: number
    readonly isAccepted: boolean
    readonly answer: string
  },
): Promise<Result<null, CorrectionRefusal>> {
  const { communityId } = community
  const { meetingId, no, isAccepted } = input
  if (!can(actor, 'council:keep', communityId)) return err({ code: 'not-permitted' })
  const answer = cleanText(input.answer, 'answer', 1000)
  if (!answer.ok) return answer
  if (answer.value === '' && !isAccepted) return err({ code: 'text-missing' })
  return portal.db.transaction().execute(async tx => {
    await lockCouncil(tx, communityId)
    const { standing } = await readCourse(tx, communityId, meetingId)
    const { version } = standing
    const next = takeCourseStep(standing, { kind: 'answer', no, isAccepted, version })
    if (!next.ok) return next
    await insertCorrectionAnswer(tx, {
      community_id: communityId,
      meeting_id: meetingId,
      correction_no: no,
      version,
      is_accepted: isAccepted,
      answer: answer.value,
      answered_by: actor.userId,
      answered_at: portal.clock.now(),
    })
    return ok(null)
  })
}
