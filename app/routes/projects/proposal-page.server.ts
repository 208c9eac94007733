/** What the page of one proposal shows, to everybody and to owners and officers. Throws 404 where there is none. */
import type { LedgerCommunity } from '#ledger/server'
import type { Actor } from '#people'
import type { Portal } from '#platform'
import { readProposal, readRounds } from '#projects/server'
import { readPoll } from '#votes/server'

/** The proposal, the rounds, and whether the motion made of it can be seen. */
export async function readProposalPage(
  portal: Portal,
  community: LedgerCommunity,
  actor: Actor | null,
  proposalId: string | undefined,
) {
  const read = await readProposal(portal, community, actor, proposalId ?? '')
  if (read === null) throw new Response(null, { status: 404 })
  const { pollId } = read.view
  const poll = pollId === null ? null : await readPoll(portal, community, null, pollId)
  return { ...read, rounds: await readRounds(portal, community), hasPoll: poll !== null }
}
