/** Drafts a poll: its motion, policy and window, changeable until the notice and never after it (rule 22). */
import type { Tx } from '#db'
import { insertPoll, updatePollDraft } from '#db/votes'
import { type CanonicalValue, canonicalText, err, ok, type Result } from '#kernel'
import { type Actor, can } from '#people'
import type { Portal } from '#platform'
import { checkMotion, encodeMotion, type MotionInput, type MotionProblem } from './motion.ts'
import { type PolicyProblem, parsePolicy } from './policy.ts'
import { lockPollIn, motionOf, type PollRefusal, type VotingCommunity } from './poll-access.server.ts'
import { areOwnDocuments } from './poll-document.server.ts'

/** What an officer writes of a poll. */
export interface PollDraft {
  readonly motion: MotionInput
  /** The switches that differ from the default, as the form or the rules of procedure name them. */
  readonly policy: { readonly [name: string]: unknown }
  readonly opensAt: Date
  /** Inclusive. */
  readonly closesAt: Date
}

export type PollDraftRefusal =
  | PollRefusal
  | { readonly code: 'motion-unfit'; readonly problems: readonly MotionProblem[] }
  | { readonly code: 'policy-unfit'; readonly problems: readonly PolicyProblem[] }
  /** Whole seconds, and opening before closing. */
  | { readonly code: 'window-malformed' }
  /** The draft was revised since it was shown. */
  | { readonly code: 'revision-stale'; readonly revision: number }

const FOREIGN_DOCUMENT = {
  code: 'motion-unfit',
  problems: [{ code: 'document-unknown', question: null }],
} as const

/** The columns that a draft fills, or why it cannot. */
function columnsOf(pollId: string, draft: PollDraft) {
  const problems = checkMotion(draft.motion)
  if (problems.length > 0) return err({ code: 'motion-unfit', problems } as const)
  const policy = parsePolicy(draft.policy)
  if (!policy.ok) return err({ code: 'policy-unfit', problems: policy.error } as const)
  const isWhole = [draft.opensAt, draft.closesAt].every(at => at.getTime() % 1000 === 0)
  if (!isWhole || draft.opensAt >= draft.closesAt) return err({ code: 'window-malformed' } as const)
  return ok({
    title: draft.motion.title.trim(),
    motion: encodeMotion(pollId, draft.motion),
    policy: canonicalText({ ...policy.value } as CanonicalValue),
    rules_version: draft.motion.rulesVersion,
    opens_at: draft.opensAt,
    closes_at: draft.closesAt,
  })
}

/** Drafts a poll. Needs `poll:draft`. Nothing of it is public or logged yet. */
export function draftPoll(
  portal: Portal,
  actor: Actor,
  community: VotingCommunity,
  draft: PollDraft,
): Promise<Result<{ readonly pollId: string }, PollDraftRefusal>> {
  return portal.db.transaction().execute(tx => draftPollWithin(portal, tx, actor, community, draft))
}

/** The same within the caller's transaction: for a draft that comes from something which becomes a motion with it. */
export async function draftPollWithin(
  portal: Portal,
  tx: Tx,
  actor: Actor,
  community: VotingCommunity,
  draft: PollDraft,
): Promise<Result<{ readonly pollId: string }, PollDraftRefusal>> {
  const { communityId } = community
  if (!can(actor, 'poll:draft', communityId)) return err({ code: 'not-permitted' })
  const pollId = portal.random.id()
  const columns = columnsOf(pollId, draft)
  if (!columns.ok) return columns
  if (!(await areOwnDocuments(tx, community, draft.motion, null))) return err(FOREIGN_DOCUMENT)
  const row = {
    community_id: communityId,
    poll_id: pollId,
    ...columns.value,
    created_by: actor.userId,
    created_at: portal.clock.now(),
  }
  await insertPoll(tx, row)
  return ok({ pollId })
}

/** Replaces a draft by another text. Needs `poll:draft`; `revision` is the one that was shown. */
export async function revisePoll(
  portal: Portal,
  actor: Actor,
  community: VotingCommunity,
  revision: PollDraft & { readonly pollId: string; readonly revision: number },
): Promise<Result<{ readonly revision: number }, PollDraftRefusal>> {
  const { communityId } = community
  if (!can(actor, 'poll:draft', communityId)) return err({ code: 'not-permitted' })
  const columns = columnsOf(revision.pollId, revision)
  if (!columns.ok) return columns
  return portal.db.transaction().execute(async tx => {
    const poll = await lockPollIn(tx, community, revision.pollId, ['draft'])
    if (!poll.ok) return poll
    if (poll.value.revision !== revision.revision) {
      return err({ code: 'revision-stale', revision: poll.value.revision })
    }
    const earlier = motionOf(poll.value.motion)
    if (!(await areOwnDocuments(tx, community, revision.motion, earlier))) return err(FOREIGN_DOCUMENT)
    const next = poll.value.revision + 1
    await updatePollDraft(tx, communityId, revision.pollId, { ...columns.value, revision: next })
    return ok({ revision: next })
  })
}
