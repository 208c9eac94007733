/** Posts the notice of a meeting, or a new version of it: content, digest and leaf in one transaction. */
import type { Tx } from '#db'
import {
  findTopics,
  insertMeeting,
  insertNotice,
  listNotices,
  lockCouncil,
  readMinutesRows,
} from '#db/council'
import { assert, dateOf, err, ok, type Result, sha256Hex } from '#kernel'
import { type Actor, can } from '#people'
import type { Portal } from '#platform'
import { appendCouncilLeaf, type CouncilCommunity, type CouncilRefusal } from './council-access.server.ts'
import {
  buildNotice,
  encodeNotice,
  type Notice,
  type NoticeInput,
  type NoticeProblem,
  parseNotice,
} from './notice.ts'
import { tellSeats } from './tell-seats.server.ts'

export type NoticeRefusal =
  | CouncilRefusal
  | NoticeProblem
  /** The minutes are circulated: the meeting is over, and its notice is history. */
  | { readonly code: 'minutes-circulated' }
  | { readonly code: 'notice-outdated' }

/** The newest posted notice; null when the meeting is unknown. */
export async function readNewestNotice(
  tx: Tx,
  communityId: number,
  meetingId: string,
): Promise<Notice | null> {
  const newest = (await listNotices(tx, communityId, meetingId)).at(-1)
  if (newest === undefined) return null
  const notice = parseNotice(newest.content)
  assert(notice !== null, 'a stored notice is malformed')
  return notice
}

async function insertPosted(
  portal: Portal,
  tx: Tx,
  actor: Actor,
  community: CouncilCommunity,
  notice: Notice,
): Promise<void> {
  const content = encodeNotice(notice)
  const digest = sha256Hex(content)
  const { meeting, version } = notice
  const leaf = {
    v: 1,
    t: 'council.notice',
    log: community.logOrigin,
    meeting,
    version,
    notice: digest,
  } as const
  await insertNotice(tx, {
    community_id: community.communityId,
    meeting_id: meeting,
    version,
    content,
    digest,
    starts_at: new Date(notice.startsAt),
    leaf_index: await appendCouncilLeaf(tx, community, leaf),
    posted_by: actor.userId,
    posted_at: portal.clock.now(),
  })
}

/**
 * Posts the first notice of a meeting, or with `replaces` a new version of it; a cancelled meeting is a version too. Needs
 * `council:keep`. The owners' committee's agenda is posted seven days before it meets.
 */
export async function postNotice(
  portal: Portal,
  actor: Actor,
  community: CouncilCommunity,
  input: NoticeInput,
  replaces: { readonly meetingId: string; readonly version: number } | null = null,
): Promise<Result<{ readonly meetingId: string; readonly version: number }, NoticeRefusal>> {
  const { communityId } = community
  if (!can(actor, 'council:keep', communityId)) return err({ code: 'not-permitted' })
  const meetingId = replaces?.meetingId ?? portal.random.id()
  const now = portal.clock.now()
  return portal.db.transaction().execute(async tx => {
    await lockCouncil(tx, communityId)
    const earlier = replaces === null ? null : await readNewestNotice(tx, communityId, meetingId)
    if (replaces !== null) {
      if (earlier === null) return err({ code: 'meeting-unknown' } as const)
      if (earlier.version !== replaces.version) return err({ code: 'notice-outdated' } as const)
      const { minutes } = await readMinutesRows(tx, communityId, meetingId)
      if (minutes.length > 0) return err({ code: 'minutes-circulated' } as const)
    }
    const named = new Set(input.agenda.flatMap(item => (item.topicId === null ? [] : [item.topicId])))
    const topics = await findTopics(tx, communityId, [...named])
    if (topics.length < named.size) return err({ code: 'topic-unknown' } as const)
    const built = buildNotice(meetingId, input, earlier, dateOf(now))
    if (!built.ok) return built
    if (earlier === null) {
      await insertMeeting(tx, {
        community_id: communityId,
        meeting_id: meetingId,
        kind: input.kind,
        opened_by: actor.userId,
        opened_at: now,
      })
    }
    const subjectKey = `${meetingId}/${built.value.version}`
    const kind = built.value.cancelled === null ? 'meeting-called' : 'meeting-cancelled'
    await tellSeats(portal, tx, communityId, { kind, notice: built.value, subjectKey })
    await insertPosted(portal, tx, actor, community, built.value)
    return ok({ meetingId, version: built.value.version })
  })
}
