/** The counter's desk: who has a ballot delivered, what lies there unread, what waits for whom. No choice, no figure of a result. */
import {
  countCastPapers,
  listBallots,
  listDeliveries,
  listPaperEntries,
  listPendingPapers,
  listPollUnits,
  listPollVoters,
  listProxies,
  listRefusedPapers,
  listRepresentatives,
  listTransfers,
} from '#db/votes'
import { type Actor, can } from '#people'
import type { Portal } from '#platform'
import { type Channel, groupBy } from './ballot.ts'
import { microsOf, type VotingCommunity } from './poll-access.server.ts'
import { type PollView, readPoll } from './read-polls.server.ts'
import { holdersAt, sharesOf } from './roll.ts'
import { standingUnits } from './standing.ts'

/** A unit at the desk. */
export interface DeskUnit {
  readonly unit: string
  readonly building: string
  readonly entrance: string
  readonly paperNumber: number
  readonly isDelivered: boolean
  /** The channel of the latest standing ballot; null when none stands. */
  readonly receivedBy: Channel | null
  /** Person ids; names by `readPersonNames` of people. */
  readonly voters: readonly string[]
  readonly proxies: readonly string[]
  readonly representative: string | null
}

/** A paper that lies at the desk. */
export interface DeskPaper {
  readonly paperNumber: number
  readonly unit: string
  readonly receivedAt: Date
  readonly entries: number
  /** `second` and `third` wait for somebody who has not entered it. */
  readonly waitsFor: 'first' | 'second' | 'third'
  readonly isMine: boolean
}

export interface Desk {
  readonly poll: PollView
  readonly units: readonly DeskUnit[]
  readonly pending: readonly DeskPaper[]
  readonly refused: readonly {
    readonly paperNumber: number
    readonly unit: string
    readonly reason: string
    readonly offeredAt: Date
  }[]
  readonly castPapers: number
}

/** The desk of an announced poll; null without `ballot:enter`. */
export async function readDesk(
  portal: Portal,
  actor: Actor,
  community: VotingCommunity,
  pollId: string,
): Promise<Desk | null> {
  const { communityId } = community
  if (!can(actor, 'ballot:enter', communityId)) return null
  const poll = await readPoll(portal, community, actor, pollId)
  if (poll === null || poll.state === 'draft') return null
  const key = [portal.db, communityId, pollId] as const
  const pending = await listPendingPapers(...key)
  const entries = groupBy(await listPaperEntries(...key), entry => String(entry.paper_number))
  const refused = await listRefusedPapers(...key)
  return {
    poll,
    units: await deskUnits(portal, communityId, pollId),
    pending: pending.map(paper => {
      const read = entries.get(String(paper.paper_number)) ?? []
      return {
        paperNumber: paper.paper_number,
        unit: paper.unit_id,
        receivedAt: paper.received_at,
        entries: read.length,
        waitsFor: (['first', 'second', 'third'] as const)[read.length]!,
        isMine: read.some(entry => entry.entered_by === actor.userId),
      }
    }),
    refused: refused.map(row => ({
      paperNumber: row.paper_number,
      unit: row.unit_id,
      reason: row.reason,
      offeredAt: row.offered_at,
    })),
    castPapers: await countCastPapers(...key),
  }
}

/** The units of the base with who may speak for them now. */
async function deskUnits(portal: Portal, communityId: number, pollId: string): Promise<readonly DeskUnit[]> {
  const key = [portal.db, communityId, pollId] as const
  const voters = groupBy(await listPollVoters(...key), row => row.unit_id)
  const transfers = groupBy(await listTransfers(...key), row => row.unit_id)
  const proxies = groupBy(await listProxies(...key), row => row.unit_id)
  const representatives = new Map(
    (await listRepresentatives(...key)).map(row => [row.unit_id, row.person_id]),
  )
  const delivered = new Set((await listDeliveries(...key)).map(row => row.unit_id))
  const standing = standingUnits(await listBallots(...key))
  const now = microsOf(portal.clock.now())
  return (await listPollUnits(...key))
    .filter(unit => unit.in_base)
    .map(unit => {
      const sales = (transfers.get(unit.unit_id) ?? []).map(row => ({
        unit: row.unit_id,
        from: row.from_person,
        to: row.to_person,
        atMicros: microsOf(row.at),
      }))
      const atNotice = (voters.get(unit.unit_id) ?? []).map(row => row.person_id)
      return {
        unit: unit.unit_id,
        building: unit.building,
        entrance: unit.entrance,
        paperNumber: unit.paper_number,
        isDelivered: delivered.has(unit.unit_id),
        receivedBy: standing.get(unit.unit_id)?.channel ?? null,
        voters: holdersAt(sharesOf(atNotice, sales), now),
        proxies: (proxies.get(unit.unit_id) ?? []).map(row => row.proxy_person),
        representative: representatives.get(unit.unit_id) ?? null,
      }
    })
}
