/** Who was at the table by seat, and how many residents signed in: by the code at the entrance, on a paper list, or by voice. */
import type { Tx } from '#db'
import {
  countSignIns,
  findAttendance,
  hasSignedIn,
  insertAttendance,
  insertSignIn,
  insertSignInSheet,
  listSignInSheets,
  lockCouncil,
  takeSignInsOf,
} from '#db/council'
import { assert, dateOf, err, instantOf, ok, type Result } from '#kernel'
import { type Actor, can } from '#people'
import type { Portal } from '#platform'
import {
  type Attendance,
  type AttendanceProblem,
  buildAttendance,
  encodeAttendance,
  parseAttendance,
  type SeatAttendance,
  type SignInCounts,
} from './attendance.ts'
import { type CouncilCommunity, type CouncilRefusal, readMeetingSeats } from './council-access.server.ts'
import { type CouncilDocumentRefusal, keepSignedSheet } from './keep-document.server.ts'
import type { Notice } from './notice.ts'
import { readNewestNotice } from './post-notice.server.ts'
import type { MeetingKind } from './quorum.ts'

export type AttendanceRefusal = CouncilRefusal | AttendanceProblem | { readonly code: 'record-outdated' }

export type SignInRefusal =
  | CouncilRefusal
  | CouncilDocumentRefusal
  /** Only an open-air assembly or an assembly is signed in to, on its day. */
  | { readonly code: 'sign-in-closed' }
  | { readonly code: 'count-malformed' }

/** The newest record of who came, with its revision; null when attendance was not taken. */
export async function readAttendance(
  tx: Tx,
  communityId: number,
  meetingId: string,
): Promise<{ readonly revision: number; readonly attendance: Attendance } | null> {
  const row = await findAttendance(tx, communityId, meetingId)
  if (row === undefined) return null
  const attendance = parseAttendance(row.content)
  assert(attendance !== null, 'a stored attendance is malformed')
  return { revision: row.revision, attendance }
}

/** Records who came. `revision` is the one that was shown, 0 for none. Needs `council:keep`. */
export async function recordAttendance(
  portal: Portal,
  actor: Actor,
  community: CouncilCommunity,
  input: { readonly meetingId: string; readonly revision: number; readonly seats: readonly SeatAttendance[] },
): Promise<Result<null, AttendanceRefusal>> {
  const { communityId } = community
  const { meetingId } = input
  if (!can(actor, 'council:keep', communityId)) return err({ code: 'not-permitted' })
  return portal.db.transaction().execute(async tx => {
    await lockCouncil(tx, communityId)
    const notice = await readNewestNotice(tx, communityId, meetingId)
    if (notice === null) return err({ code: 'meeting-unknown' } as const)
    const seats = await readMeetingSeats(tx, communityId, notice)
    const built = buildAttendance(
      seats.map(seat => seat.seatId),
      input.seats,
    )
    if (!built.ok) return built
    const earlier = await readAttendance(tx, communityId, meetingId)
    if ((earlier?.revision ?? 0) !== input.revision) return err({ code: 'record-outdated' } as const)
    await insertAttendance(tx, {
      community_id: communityId,
      meeting_id: meetingId,
      revision: input.revision + 1,
      content: encodeAttendance(built.value),
      recorded_by: actor.userId,
      recorded_at: portal.clock.now(),
    })
    return ok(null)
  })
}

function takesSignIns(kind: MeetingKind): boolean {
  return kind === 'open-air' || kind === 'assembly'
}

/** How many signed in, by the way they did; null for a meeting that nobody signs in to. */
export async function readSignIns(
  tx: Tx,
  communityId: number,
  notice: Pick<Notice, 'kind' | 'meeting'>,
): Promise<SignInCounts | null> {
  if (!takesSignIns(notice.kind)) return null
  const sheets = await listSignInSheets(tx, communityId, notice.meeting)
  const sum = (method: 'paper' | 'voice') =>
    sheets.filter(sheet => sheet.method === method).reduce((total, sheet) => total + sheet.people_count, 0)
  const byQr = await countSignIns(tx, communityId, notice.meeting)
  return { byQr, byPaper: sum('paper'), byVoice: sum('voice') }
}

/** Signs an owner in, by the code that hangs at the entrance. Needs `ballot:cast`; a second time changes nothing. */
export async function signInToMeeting(
  portal: Portal,
  actor: Actor,
  community: CouncilCommunity,
  meetingId: string,
): Promise<Result<null, SignInRefusal>> {
  const { communityId } = community
  if (!can(actor, 'ballot:cast', communityId)) return err({ code: 'not-permitted' })
  const notice = await readNewestNotice(portal.db, communityId, meetingId)
  if (notice === null) return err({ code: 'meeting-unknown' })
  if (!isSignInOpen(notice, portal.clock.now())) return err({ code: 'sign-in-closed' })
  await insertSignIn(portal.db, {
    community_id: communityId,
    meeting_id: meetingId,
    user_id: actor.userId,
    signed_at: portal.clock.now(),
  })
  return ok(null)
}

/**
 * Forgets whose the sign-ins of an account were: each is counted on under a name that nobody has, at the first moment of its day.
 * Called with the erasure of the account, in its transaction.
 */
export async function forgetSignIns(portal: Portal, tx: Tx, userId: string): Promise<void> {
  for (const row of await takeSignInsOf(tx, userId)) {
    const signedAt = instantOf(dateOf(row.signed_at))
    await insertSignIn(tx, { ...row, user_id: `erased-${portal.random.id()}`, signed_at: signedAt })
  }
}

/** On the day of the meeting, unless it is cancelled. */
export function isSignInOpen(notice: Notice, now: Date): boolean {
  return (
    takesSignIns(notice.kind) &&
    notice.cancelled === null &&
    dateOf(now) === dateOf(new Date(notice.startsAt))
  )
}

/** True when the person already signed in. */
export function isSignedIn(
  portal: Portal,
  actor: Actor,
  community: CouncilCommunity,
  meetingId: string,
): Promise<boolean> {
  return hasSignedIn(portal.db, community.communityId, meetingId, actor.userId)
}

/** Enters a paper list (count and sealed scan), or a count called at the table (`scan` null). Needs `council:keep`. */
export async function enterSignInSheet(
  portal: Portal,
  actor: Actor,
  community: CouncilCommunity,
  input: { readonly meetingId: string; readonly count: string; readonly scan: Uint8Array | null },
): Promise<Result<null, SignInRefusal>> {
  const { communityId } = community
  const { meetingId } = input
  if (!can(actor, 'council:keep', communityId)) return err({ code: 'not-permitted' })
  if (!/^[1-9]\d{0,3}$/.test(input.count)) return err({ code: 'count-malformed' })
  const notice = await readNewestNotice(portal.db, communityId, meetingId)
  if (notice === null) return err({ code: 'meeting-unknown' })
  if (!takesSignIns(notice.kind)) return err({ code: 'sign-in-closed' })
  const kept =
    input.scan === null
      ? ok(null)
      : await keepSignedSheet(portal, `council/${communityId}/${meetingId}/sign-in`, input.scan)
  if (!kept.ok) return kept
  return portal.db.transaction().execute(async tx => {
    await lockCouncil(tx, communityId)
    await insertSignInSheet(tx, {
      community_id: communityId,
      meeting_id: meetingId,
      method: kept.value === null ? 'voice' : 'paper',
      people_count: Number(input.count),
      scan_sha256: kept.value,
      entered_by: actor.userId,
      entered_at: portal.clock.now(),
    })
    return ok(null)
  })
}
