/**
 * Joins budgets and votes: what the votes say of a question, handed to the ledger that knows no votes; and the questions a budget can
 * name. Reads only.
 */
import { fen } from '#kernel'
import type { VoteReference } from '#ledger'
import type { LedgerCommunity } from '#ledger/server'
import type { Portal } from '#platform'
import { readPolls, readResult } from '#votes/server'

/** What the room of votes says of a question of this community; null when there is no such poll or question, or no count yet. */
export async function voteReference(
  portal: Portal,
  community: LedgerCommunity,
  poll: string,
  question: string,
): Promise<VoteReference | null> {
  const result = await readResult(portal.db, community, poll)
  const asked = result?.questions.find(each => each.question.questionId === question)
  if (result === null || asked === undefined) return null
  const { money, title } = result.motion
  return {
    poll,
    question,
    title,
    digest: asked.digest,
    votedFen: money === null ? null : fen(BigInt(money.amountFen)),
    isFinal: result.state === 'final',
    isPassed: asked.outcome === 'PASSED',
  }
}

/** Questions that passed in a final vote, newest first, as choices of a form. */
export async function passedVotes(portal: Portal, community: LedgerCommunity) {
  const polls = await readPolls(portal, community, null)
  return polls
    .filter(poll => poll.state === 'final')
    .flatMap(({ pollId, title, outcomes }) =>
      (outcomes ?? [])
        .filter(each => each.outcome === 'PASSED')
        .map(({ question }) => ({ value: `${pollId}/${question}`, label: title })),
    )
}
