/**
 * The clock steps of a poll: it opens, may be extended, closes and is sealed. Opening and closing happen by themselves when
 * due (`openPollJob`, `closePollJob`); the acts here do the same by hand. Each step and its leaf are one transaction.
 */
import type { Tx } from '#db'
import { readCommunityById } from '#db/platform'
import {
  insertRefusedPaper,
  listBallots,
  listPendingPapers,
  lockPoll,
  type PollRow,
  updatePollClose,
  updatePollState,
} from '#db/votes'
import { assert, canonicalText, err, formatInstant, ok, type Result, sha256Hex, utf8 } from '#kernel'
import { type Actor, can } from '#people'
import { enqueueJob, type JobRun, type Portal } from '#platform'
import type { Reason } from './ballot.ts'
import { type ExtensionProblem, extensionProblem } from './course.ts'
import { sealDigest } from './leaf.ts'
import {
  appendVoteLeaf,
  CLOCK,
  leafHead,
  lockPollIn,
  microsOf,
  motionOf,
  type PollRefusal,
  salted,
  takeStep,
  type VotingCommunity,
} from './poll-access.server.ts'
import { afterClose, CLOSE_POLL, closeJobKey, TALLY_POLL } from './poll-jobs.server.ts'

export type OpenRefusal = PollRefusal | { readonly code: 'not-yet'; readonly at: Date }
export type ExtendRefusal =
  | PollRefusal
  | { readonly code: ExtensionProblem }
  | { readonly code: 'window-malformed' }
  | { readonly code: 'decision-missing' }
export type SealRefusal =
  | PollRefusal
  | { readonly code: 'not-yet'; readonly at: Date }
  /** Papers that were at the desk before the close and are not entered twice yet. */
  | { readonly code: 'papers-pending'; readonly paperNumbers: readonly number[] }

/** Opens an announced poll whose opening has come. Needs `poll:announce`. */
export async function openPoll(
  portal: Portal,
  actor: Actor,
  community: VotingCommunity,
  request: { readonly pollId: string },
): Promise<Result<null, OpenRefusal>> {
  if (!can(actor, 'poll:announce', community.communityId)) return err({ code: 'not-permitted' })
  return portal.db
    .transaction()
    .execute(tx => openWhenDue(portal, tx, community, request.pollId, actor.userId))
}

/** Opens a poll within the caller's transaction. */
export async function openWhenDue(
  portal: Portal,
  tx: Tx,
  community: VotingCommunity,
  pollId: string,
  by: string,
): Promise<Result<null, OpenRefusal>> {
  const poll = await lockPollIn(tx, community, pollId, ['notice'])
  if (!poll.ok) return poll
  const now = portal.clock.now()
  if (now < poll.value.opens_at) return err({ code: 'not-yet', at: poll.value.opens_at })
  await updatePollState(tx, community.communityId, pollId, 'open')
  await takeStep(tx, community, {
    kind: 'open',
    at: now,
    by,
    detail: {},
    leaf: { ...leafHead(community, pollId), t: 'vote.open' },
  })
  return ok(null)
}

/** Makes the window longer, where the motion's course allows it; `decision` is the published reason. Needs `poll:announce`. */
export async function extendPoll(
  portal: Portal,
  actor: Actor,
  community: VotingCommunity,
  request: { readonly pollId: string; readonly closesAt: Date; readonly decision: string },
): Promise<Result<null, ExtendRefusal>> {
  const { communityId } = community
  const { pollId, closesAt } = request
  const decision = request.decision.trim()
  if (!can(actor, 'poll:announce', communityId)) return err({ code: 'not-permitted' })
  if (decision === '') return err({ code: 'decision-missing' })
  if (closesAt.getTime() % 1000 !== 0) return err({ code: 'window-malformed' })
  return portal.db.transaction().execute(async tx => {
    const locked = await lockPollIn(tx, community, pollId, ['notice', 'open'])
    if (!locked.ok) return locked
    const poll = locked.value
    const now = portal.clock.now()
    const problem = extensionProblem({
      isAllowed: motionOf(poll.motion).course.extensionAllowed,
      atMicros: microsOf(now),
      closesAtMicros: microsOf(poll.closes_at),
      newClosesAtMicros: microsOf(closesAt),
    })
    if (problem !== null) return err({ code: problem })
    await updatePollClose(tx, communityId, pollId, closesAt)
    await enqueueJob(portal, tx, {
      communityId,
      kind: CLOSE_POLL,
      key: closeJobKey(pollId, closesAt),
      payload: { poll: pollId },
      requestedBy: actor.userId,
      runAfter: afterClose(closesAt),
    })
    await takeStep(tx, community, {
      kind: 'extension',
      at: now,
      by: actor.userId,
      detail: { closesAt: formatInstant(closesAt), decision },
      leaf: {
        ...leafHead(community, pollId),
        t: 'vote.extension',
        closesAt: formatInstant(closesAt),
        decision: sha256Hex(utf8(decision)),
      },
    })
    return ok(null)
  })
}

/**
 * Closes a poll whose close has come, and seals its list of ballots. Papers that were received at the desk before the close
 * may still be entered; the last of them seals. `refusesPending` seals without them and records each as refused. Needs
 * `poll:close`.
 */
export async function sealPoll(
  portal: Portal,
  actor: Actor,
  community: VotingCommunity,
  request: { readonly pollId: string; readonly refusesPending: boolean },
): Promise<Result<{ readonly ballotCount: number }, SealRefusal>> {
  if (!can(actor, 'poll:close', community.communityId)) return err({ code: 'not-permitted' })
  const step = { ...request, by: actor.userId }
  // The close stands also when papers are pending: only then may they not be added to any more.
  const closed = await closeWhenDue(portal, community, step)
  if (!closed.ok) return closed
  return sealWhenComplete(portal, community, step)
}

/** Closes an open poll whose close has come; a poll that is closed already stays so. */
export async function closeWhenDue(
  portal: Portal,
  community: VotingCommunity,
  { pollId, by }: { readonly pollId: string; readonly by: string },
): Promise<Result<null, SealRefusal>> {
  const { communityId } = community
  return portal.db.transaction().execute(async tx => {
    const locked = await lockPollIn(tx, community, pollId, ['open', 'closed'])
    if (!locked.ok) return locked
    const poll = locked.value
    if (poll.state === 'closed') return ok(null)
    const now = portal.clock.now()
    if (now <= poll.closes_at) return err({ code: 'not-yet', at: afterClose(poll.closes_at) })
    await updatePollState(tx, communityId, pollId, 'closed')
    const ballots = await listBallots(tx, communityId, pollId)
    const pending = await listPendingPapers(tx, communityId, pollId)
    const papers = salted(portal, 'papers', canonicalText(pending.map(paper => paper.paper_number)))
    await takeStep(tx, community, {
      kind: 'close',
      at: now,
      by,
      detail: { ballotCount: ballots.length, pendingPapers: pending.length },
      leaf: {
        ...leafHead(community, pollId),
        t: 'vote.close',
        ballotCount: ballots.length,
        pendingPapers: pending.length,
        papers: papers.digest,
      },
      hidden: [papers],
    })
    return ok(null)
  })
}

/** Seals a closed poll once no paper is pending, and asks for the count. */
export async function sealWhenComplete(
  portal: Portal,
  community: VotingCommunity,
  {
    pollId,
    by,
    refusesPending,
  }: { readonly pollId: string; readonly by: string; readonly refusesPending: boolean },
): Promise<Result<{ readonly ballotCount: number }, SealRefusal>> {
  const { communityId } = community
  return portal.db.transaction().execute(async tx => {
    const locked = await lockPollIn(tx, community, pollId, ['closed'])
    if (!locked.ok) return locked
    const pending = await listPendingPapers(tx, communityId, pollId)
    if (pending.length > 0 && !refusesPending) {
      return err({ code: 'papers-pending', paperNumbers: pending.map(paper => paper.paper_number) })
    }
    for (const paper of pending) {
      await refusePaper(portal, tx, community, locked.value, {
        paperNumber: paper.paper_number,
        reason: 'UNCONFIRMED',
        signedOn: null,
        by,
      })
    }
    const ballots = await listBallots(tx, communityId, pollId)
    await updatePollState(tx, communityId, pollId, 'sealed')
    const ballotCount = ballots.length
    await takeStep(tx, community, {
      kind: 'seal',
      at: portal.clock.now(),
      by,
      detail: { ballotCount },
      leaf: {
        ...leafHead(community, pollId),
        t: 'vote.seal',
        ballots: sealDigest(pollId, ballots),
        ballotCount,
      },
    })
    await enqueueJob(portal, tx, {
      communityId,
      kind: TALLY_POLL,
      key: pollId,
      payload: { poll: pollId },
      requestedBy: by,
    })
    return ok({ ballotCount })
  })
}

/** Records a paper as refused, with its leaf. The caller holds the poll's lock, or its counter's. */
export async function refusePaper(
  portal: Portal,
  tx: Tx,
  community: VotingCommunity,
  poll: Pick<PollRow, 'poll_id'>,
  refusal: {
    readonly paperNumber: number
    readonly reason: Reason | 'UNCONFIRMED'
    readonly signedOn: string | null
    readonly by: string
  },
): Promise<void> {
  const paper = salted(portal, 'paper', String(refusal.paperNumber))
  const leafIndex = await appendVoteLeaf(
    tx,
    community,
    {
      ...leafHead(community, poll.poll_id),
      t: 'vote.refusal',
      reason: refusal.reason,
      paper: paper.digest,
    },
    [paper],
  )
  await insertRefusedPaper(tx, {
    community_id: community.communityId,
    poll_id: poll.poll_id,
    paper_number: refusal.paperNumber,
    reason: refusal.reason,
    signed_on: refusal.signedOn,
    offered_at: portal.clock.now(),
    recorded_by: refusal.by,
    leaf_index: BigInt(leafIndex),
  })
}

/** The poll that a job is about, with its community. */
async function communityOfJob({
  portal,
  job,
}: JobRun): Promise<{ community: VotingCommunity; pollId: string }> {
  const row = await readCommunityById(portal.db, job.communityId)
  assert(row !== null, 'a job of a community that is not there')
  const { poll } = job.payload as { readonly poll: string }
  return { community: { communityId: job.communityId, logOrigin: row.log_origin }, pollId: poll }
}

/** The job that opens a poll when its time has come. */
export async function openPollJob(run: JobRun): Promise<Result<string, string>> {
  const { community, pollId } = await communityOfJob(run)
  return run.portal.db.transaction().execute(async tx => {
    const opened = await openWhenDue(run.portal, tx, community, pollId, CLOCK)
    const outcome = opened.ok ? 'opened' : opened.error.code
    await run.finish(tx, outcome)
    return ok(outcome)
  })
}

/** The job that closes a poll when its time has come, seals it when no paper is pending, and has it counted. */
export async function closePollJob(run: JobRun): Promise<Result<string, string>> {
  const { community, pollId } = await communityOfJob(run)
  const step = { pollId, by: CLOCK, refusesPending: false }
  // A poll that nobody opened in time still takes its course.
  const poll = await run.portal.db.transaction().execute(async tx => {
    const row = await lockPoll(tx, community.communityId, pollId)
    if (row?.state === 'notice') await openWhenDue(run.portal, tx, community, pollId, CLOCK)
    return row
  })
  assert(poll !== undefined, 'a job of a poll that is not there')
  const closed = await closeWhenDue(run.portal, community, step)
  if (!closed.ok) return ok(closed.error.code)
  const sealed = await sealWhenComplete(run.portal, community, step)
  return ok(sealed.ok ? 'sealed' : sealed.error.code)
}
