/** Rounds of the contest (提案大赛), and proposals: within a round that is open, or as a small project (微创投、微更新) at any time. */
import { countProposed, insertProposal, insertRound, listRounds, lockProposal } from '#db/projects'
import { dateOf, daysBetween, err, ok, parseCivilDate, parseYuan, type Result } from '#kernel'
import { type Actor, can, officesFor } from '#people'
import type { Portal } from '#platform'
import { appendLeaf } from '#tlog/server'
import { checkOwnDocuments, type DocumentsRefusal } from '#voice/server'
import { roundLeaf } from './leaf.ts'
import {
  appendProposalAct,
  checkProposalText,
  type ProjectCommunity,
  type ProposalTextRefusal,
} from './proposal-access.server.ts'
import { LONGEST_PROPOSAL_TITLE, LONGEST_ROUND_DAYS, MOST_PROPOSALS_A_DAY } from './rules.ts'

const DAY_MS = 86_400_000

export type RoundRefusal =
  | { readonly code: 'not-permitted' }
  | { readonly code: 'title-missing' }
  | { readonly code: 'title-too-long'; readonly limit: number }
  /** No two days, or the last before the first or before today, or too far from it. */
  | { readonly code: 'round-days-malformed'; readonly limit: number }

/** Opens a round from a first to a last day. Needs `project:arrange`. */
export async function openRound(
  portal: Portal,
  actor: Actor,
  { communityId, logOrigin }: ProjectCommunity,
  round: { readonly title: string; readonly opensOn: string; readonly closesOn: string },
): Promise<Result<{ readonly roundId: string }, RoundRefusal>> {
  const office = officesFor('project:arrange').find(role =>
    actor.roles.some(held => held.communityId === communityId && held.role === role),
  )
  if (office === undefined) return err({ code: 'not-permitted' })
  const title = round.title.trim()
  if (title === '') return err({ code: 'title-missing' })
  if ([...title].length > LONGEST_PROPOSAL_TITLE)
    return err({ code: 'title-too-long', limit: LONGEST_PROPOSAL_TITLE })
  const now = portal.clock.now()
  const [from, until] = [parseCivilDate(round.opensOn), parseCivilDate(round.closesOn)]
  const isWindow = from.ok && until.ok && from.value <= until.value && until.value >= dateOf(now)
  if (!isWindow || daysBetween(from.value, until.value) > LONGEST_ROUND_DAYS)
    return err({ code: 'round-days-malformed', limit: LONGEST_ROUND_DAYS })
  const said = { title, opensOn: from.value, closesOn: until.value, office, at: now }
  const roundId = portal.random.id()
  return portal.db.transaction().execute(async tx => {
    const leaf = roundLeaf(logOrigin, { roundId, ...said })
    const { firstIndex } = await appendLeaf(tx, communityId, [leaf])
    await insertRound(tx, {
      community_id: communityId,
      round_id: roundId,
      title,
      opens_on: said.opensOn,
      closes_on: said.closesOn,
      opened_by: actor.userId,
      opened_office: office,
      opened_at: now,
      leaf_index: BigInt(firstIndex),
    })
    return ok({ roundId })
  })
}

export interface NewProposal {
  /** Null for a small project outside any contest. */
  readonly roundId: string | null
  readonly title: string
  readonly text: string
  readonly place: string
  /** As typed: yuan with at most two places; empty when no money is needed. */
  readonly wanted: string
  readonly documents: readonly string[]
}

export type ProposeRefusal =
  | ProposalTextRefusal
  | DocumentsRefusal
  | { readonly code: 'not-permitted' }
  /** No such round, or it is not open today. */
  | { readonly code: 'round-not-open' }
  | { readonly code: 'amount-malformed' }
  | { readonly code: 'too-many-proposals'; readonly limit: number }

/** An owner proposes. Needs `project:propose`. Public at once, without a name; numbers of persons are covered first. */
export async function proposeProject(
  portal: Portal,
  actor: Actor,
  community: ProjectCommunity,
  proposal: NewProposal,
): Promise<Result<{ readonly proposalId: string; readonly number: number }, ProposeRefusal>> {
  const { communityId } = community
  if (!can(actor, 'project:propose', communityId)) return err({ code: 'not-permitted' })
  const { roundId, title, text, place } = proposal
  const hidden = checkProposalText({ title, text, place })
  if (!hidden.ok) return hidden
  const wanted = parseYuan(proposal.wanted.trim() === '' ? '0' : proposal.wanted)
  if (!wanted.ok || wanted.value < 0n) return err({ code: 'amount-malformed' })
  const now = portal.clock.now()
  const today = dateOf(now)
  return portal.db.transaction().execute(async tx => {
    const documents = await checkOwnDocuments(tx, actor, community, proposal.documents)
    if (!documents.ok) return documents
    await lockProposal(tx, communityId, 'new')
    const rounds = roundId === null ? [] : await listRounds(tx, communityId)
    const round = rounds.find(each => each.round_id === roundId)
    const isOpen = round !== undefined && round.opens_on <= today && today <= round.closes_on
    if (roundId !== null && !isOpen) return err({ code: 'round-not-open' } as const)
    const since = new Date(now.getTime() - DAY_MS)
    if ((await countProposed(tx, communityId, actor.userId, since)) >= MOST_PROPOSALS_A_DAY)
      return err({ code: 'too-many-proposals', limit: MOST_PROPOSALS_A_DAY } as const)
    const proposalId = portal.random.id()
    const number = await insertProposal(tx, {
      community_id: communityId,
      proposal_id: proposalId,
      round_id: roundId,
      proposed_by: actor.userId,
      proposed_at: now,
    })
    await appendProposalAct(portal, tx, community, {
      proposalId,
      act: 'propose',
      userId: actor.userId,
      office: 'owner',
      detail: {
        ...(roundId === null ? {} : { round: roundId }),
        fen: String(wanted.value),
        ...(documents.value.length === 0 ? {} : { documents: documents.value }),
      },
      hidden: hidden.value,
      next: 'proposed',
    })
    return ok({ proposalId, number })
  })
}
