/** /account/data.json: everything kept about the person signed in, as one file. Kept by no cache. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { readCommunity } from '#ledger/server'
import { readOwnAudit, readOwnData } from '#people/server'
import { readProposals } from '#projects/server'
import { readMyPoll, readPolls } from '#votes/server'
import { enterAccount } from './account/visit.server.ts'
import { privateFile } from './office/private-file.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const { portal, actor } = await enterAccount(request)
  const votes = []
  const proposals = []
  for (const { community: named } of await readOwnAudit(portal, actor)) {
    const community = await readCommunity(portal.db, named.slug)
    if (community === null) continue
    for (const view of await readProposals(portal, community, { mineOf: actor })) {
      const { number, title, text, place, proposedAt, state } = view
      proposals.push({ community: named.name, number, title, text, place, proposedAt, state })
    }
    for (const { pollId, title } of await readPolls(portal, community, null)) {
      const mine = await readMyPoll(portal, actor, community, pollId)
      const ballots = mine.ok ? mine.value.units.flatMap(unit => unit.ballots) : []
      if (ballots.length > 0) votes.push({ community: named.name, pollId, title, ballots })
    }
  }
  const own = { ...(await readOwnData(portal, actor)), votes, proposals }
  const text = JSON.stringify(own, (_, value) => (typeof value === 'bigint' ? value.toString() : value), 2)
  return privateFile({
    bytes: new TextEncoder().encode(`${text}\n`),
    mediaType: 'application/json; charset=utf-8',
    fileName: 'mingzhang-my-data.json',
  })
}
