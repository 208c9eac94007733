/**
 * Signs minutes off over the digest of the exact text, each seat for itself: with a second factor given for this text alone, or, for
 * a guest, with the scan of the signed paper. Then publishes them, once enough seats agreed.
 */
import type { Tx } from '#db'
import { insertActions, insertPublication, insertSignOff, lockCouncil, replaceOutcomes } from '#db/council'
import { civilDate, err, ok, type Result } from '#kernel'
import { type Actor, can, type GivenFactor } from '#people'
import { type FactorRefusal, takeSecondFactor } from '#people/server'
import type { Portal } from '#platform'
import { mayActForSeat } from './circulate-minutes.server.ts'
import { cleanText, type TextProblem } from './clean-text.ts'
import { appendCouncilLeaf, type CouncilCommunity, type CouncilRefusal } from './council-access.server.ts'
import { type CourseProblem, type Stance, takeCourseStep } from './course.ts'
import { listOpenOf } from './finish-action.server.ts'
import { type CouncilDocumentRefusal, keepSignedSheet } from './keep-document.server.ts'
import type { Minutes } from './minutes.ts'
import { signOffPurpose } from './sign-off.ts'
import { minutesOf, readCourse } from './stored-minutes.server.ts'

export type MinutesSignOffRefusal =
  | CouncilRefusal
  | CourseProblem
  | TextProblem
  | FactorRefusal
  | CouncilDocumentRefusal
  | { readonly code: 'reason-missing' }
  /** A seat with an account signs with its own key, not by somebody else's scan. */
  | { readonly code: 'own-key-needed' }

export type PublishRefusal = CouncilRefusal | CourseProblem

export interface SignOffInput {
  readonly meetingId: string
  readonly version: number
  readonly seat: string
  /** Digest of the text the person saw. */
  readonly seenDigest: string
  readonly stance: Stance
  /** Why the seat refuses; published with the minutes. */
  readonly reason: string
  readonly factor: GivenFactor | null
  /** The signed paper of a guest; null for a seat's own key. */
  readonly scan: Uint8Array | null
}

/** Nobody's factor is used up and no sheet kept before everything else is in order. */
async function confirm(
  portal: Portal,
  tx: Tx,
  actor: Actor,
  community: CouncilCommunity,
  input: SignOffInput,
  as: 'holder' | 'clerk',
): Promise<Result<string | null, FactorRefusal | CouncilDocumentRefusal | { code: 'own-key-needed' }>> {
  const { communityId } = community
  const { meetingId, version, seat, seenDigest, scan } = input
  if (as === 'clerk') {
    if (scan === null) return err({ code: 'document-missing' })
    return keepSignedSheet(portal, `council/${communityId}/${meetingId}/${version}/${seat}`, scan)
  }
  if (scan !== null) return err({ code: 'own-key-needed' })
  const given = input.factor?.method === 'recovery' ? null : input.factor
  const purpose = signOffPurpose({ communityId, meetingId, version, seat, seenDigest })
  const taken = await takeSecondFactor(portal, tx, actor, given, purpose)
  return taken.ok ? ok(null) : taken
}

/** Signs off, or refuses with a reason that is published. */
export async function signOffMinutes(
  portal: Portal,
  actor: Actor,
  community: CouncilCommunity,
  input: SignOffInput,
): Promise<Result<null, MinutesSignOffRefusal>> {
  const { communityId } = community
  const { meetingId, version, seat, stance, seenDigest: digest } = input
  const reason = cleanText(input.reason, 'reason', 300)
  if (!reason.ok) return reason
  if (stance === 'refuses' && reason.value === '') return err({ code: 'reason-missing' })
  return portal.db.transaction().execute(async tx => {
    await lockCouncil(tx, communityId)
    const { rows, standing } = await readCourse(tx, communityId, meetingId)
    const circulated = rows.minutes.at(-1)
    if (circulated === undefined) return err({ code: 'minutes-not-circulated' } as const)
    const as = await mayActForSeat(tx, actor, community, circulated.content, seat)
    if (!as.ok) return as
    const next = takeCourseStep(standing, { kind: 'sign-off', version, digest, seat, stance })
    if (!next.ok) return next
    const confirmed = await confirm(portal, tx, actor, community, input, as.value)
    if (!confirmed.ok) return confirmed
    const method = as.value === 'holder' ? 'own-key' : 'paper'
    const head = { v: 1, log: community.logOrigin, meeting: meetingId, version } as const
    const leaf = { ...head, t: 'council.signoff', minutes: digest, seat, stance, method } as const
    await insertSignOff(tx, {
      community_id: communityId,
      meeting_id: meetingId,
      version,
      seat_id: seat,
      digest,
      stance,
      reason: stance === 'refuses' ? reason.value : null,
      method,
      scan_sha256: confirmed.value,
      signed_by: actor.userId,
      signed_at: portal.clock.now(),
      leaf_index: await appendCouncilLeaf(tx, community, leaf),
    })
    return ok(null)
  })
}

/** The action items of the minutes as rows. */
export function actionRows(communityId: number, version: number, minutes: Minutes) {
  return minutes.items.flatMap(item =>
    item.actions.map(action => ({
      community_id: communityId,
      meeting_id: minutes.meeting,
      version,
      item_no: item.no,
      action_no: action.no,
      topic_id: item.topic,
      seat_id: action.seat,
      text: action.text,
      due_on: civilDate(action.dueOn),
    })),
  )
}

/** What the minutes came to, as the register lists it. */
export function outcomeRows(communityId: number, minutes: Minutes, publishedAt: Date) {
  return minutes.items.flatMap(({ no, topic, title, conclusion, opinion, vote }) =>
    opinion === ''
      ? []
      : [
          {
            community_id: communityId,
            meeting_id: minutes.meeting,
            item_no: no,
            topic_id: topic,
            kind: minutes.kind,
            held_on: civilDate(minutes.startsAt.slice(0, 10)),
            title,
            conclusion,
            opinion,
            clause: vote?.clause ?? null,
            published_at: publishedAt,
          },
        ],
  )
}

/** Publishes the newest version: leaf, lists and action items in one transaction. Needs `council:keep`. Gives the number of the issue. */
export async function publishMinutes(
  portal: Portal,
  actor: Actor,
  community: CouncilCommunity,
  input: { readonly meetingId: string; readonly version: number; readonly seenDigest: string },
): Promise<Result<{ readonly issue: number }, PublishRefusal>> {
  const { communityId } = community
  const { meetingId, version, seenDigest: digest } = input
  if (!can(actor, 'council:keep', communityId)) return err({ code: 'not-permitted' })
  return portal.db.transaction().execute(async tx => {
    await lockCouncil(tx, communityId)
    const { rows, standing } = await readCourse(tx, communityId, meetingId)
    const now = portal.clock.now()
    const next = takeCourseStep(standing, { kind: 'published', version, digest, at: now })
    if (!next.ok) return next
    const circulated = rows.minutes.find(row => row.version === version)
    if (circulated === undefined) return err({ code: 'minutes-not-circulated' } as const)
    const issue = rows.publications.length + 1
    const head = { v: 1, log: community.logOrigin, meeting: meetingId, version } as const
    const minutes = minutesOf(circulated.content)
    await insertActions(tx, actionRows(communityId, version, minutes))
    const leaf = { ...head, t: 'council.published', minutes: digest, issue } as const
    await insertPublication(tx, {
      community_id: communityId,
      meeting_id: meetingId,
      issue,
      version,
      digest,
      leaf_index: await appendCouncilLeaf(tx, community, leaf),
      published_by: actor.userId,
      published_at: now,
    })
    await replaceOutcomes(tx, communityId, meetingId, outcomeRows(communityId, minutes, now))
    await listOpenOf(tx, communityId, meetingId)
    return ok({ issue })
  })
}
