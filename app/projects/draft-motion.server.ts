/** Makes a motion of a proposal (转为议案): the poll's draft and the act on the proposal in one transaction. */
import { findProposal, lockProposal } from '#db/projects'
import { err, isId, ok, type Result } from '#kernel'
import type { Actor } from '#people'
import type { Portal } from '#platform'
import { draftPollWithin, type PollDraft, type PollDraftRefusal, type VotingCommunity } from '#votes/server'
import { judgeProposalActor } from './act-on-proposal.server.ts'
import { nextProposalState } from './course.ts'
import { appendProposalAct, type ProposalRefusal } from './proposal-access.server.ts'
import { PROPOSAL_RULES } from './rules.ts'

/** Refusals that are the proposal's own; the draft has those of every draft. */
export type MotionRefusal = ProposalRefusal | { readonly code: 'not-your-proposal' }

/**
 * Drafts a poll whose motion comes from a proposal. Needs `poll:draft` and somebody who did not propose it. The draft is changed,
 * announced or put aside like every other.
 */
export async function draftMotion(
  portal: Portal,
  actor: Actor,
  community: VotingCommunity,
  motion: { readonly proposalId: string; readonly draft: PollDraft },
): Promise<
  Result<
    { readonly pollId: string },
    | { readonly of: 'draft'; readonly error: PollDraftRefusal }
    | { readonly of: 'proposal'; readonly error: MotionRefusal }
  >
> {
  const { communityId } = community
  const { proposalId, draft } = motion
  const refused = (error: MotionRefusal) => err({ of: 'proposal', error } as const)
  if (!isId(proposalId)) return refused({ code: 'proposal-unknown' })
  return portal.db.transaction().execute(async tx => {
    await lockProposal(tx, communityId, proposalId)
    const row = await findProposal(tx, communityId, proposalId)
    if (row === undefined) return refused({ code: 'proposal-unknown' })
    const office = judgeProposalActor(actor, communityId, PROPOSAL_RULES.motion, row)
    if (!office.ok) return refused(office.error)
    const next = nextProposalState(row.state, 'motion')
    if (next === null) return refused({ code: 'proposal-state', state: row.state })
    const drafted = await draftPollWithin(portal, tx, actor, community, draft)
    if (!drafted.ok) return err({ of: 'draft', error: drafted.error } as const)
    const { pollId } = drafted.value
    await appendProposalAct(portal, tx, community, {
      proposalId,
      act: 'motion',
      userId: actor.userId,
      office: office.value,
      detail: { poll: pollId },
      hidden: null,
      next,
    })
    return ok({ pollId })
  })
}
