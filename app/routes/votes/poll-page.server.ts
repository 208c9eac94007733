/** What the public pages of a poll show, read in one place. Knows no session: a page of it is the same for everybody. */
import type { LedgerCommunity } from '#ledger/server'
import type { Portal } from '#platform'
import { readCertificates } from '#statements/server'
import { readChallengesOn } from '#voice/server'
import { readPoll, readPolls, readResult, readTurnout } from '#votes/server'
import { viewOf } from '../public/community.server.ts'
import { isCounted } from './clocks.ts'

/** All announced polls of a community. */
export async function readPollList(portal: Portal, community: LedgerCommunity) {
  return { community: viewOf(community), polls: await readPolls(portal, community, null) }
}

/** One announced poll with its turnout and, once counted, its result. Throws 404 when there is none. */
export async function readPollPage(portal: Portal, community: LedgerCommunity, pollId: string | undefined) {
  const poll = await readPoll(portal, community, null, pollId ?? '')
  if (poll === null || poll.state === 'draft') throw new Response(null, { status: 404 })
  const result = isCounted(poll.state) ? await readResult(portal.db, community, poll.pollId) : null
  const [certificate] = result === null ? [] : await readCertificates(portal, community, poll.pollId)
  const page = {
    community: viewOf(community),
    poll,
    turnout: await readTurnout(portal.db, community, poll.pollId),
    result,
    hasCertificate: certificate?.file != null,
    challenges: await readChallengesOn(portal, community, { kind: 'motion', key: poll.pollId }),
  }
  // Whether a posting is overdue depends on the day, not on the books alone.
  const isDated = poll.deadlines !== null && poll.deadlines.postedOn === null
  const isBeingIssued = certificate !== undefined && !page.hasCertificate
  return { page, isKeepable: !isDated && !isBeingIssued }
}

export type PollPage = Awaited<ReturnType<typeof readPollPage>>['page']
