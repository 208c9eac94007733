/** Reads a poll as it is stored, for the count and for whoever checks it: all that decides it, in the engine's own types. */
import type { Tx } from '#db'
import {
  findNotice,
  listBallotsOpened,
  listDeliveries,
  listPollUnits,
  listProxies,
  listRepresentatives,
  listTransfers,
  type PollRow,
  type PollUnitRow,
} from '#db/votes'
import { assert } from '#kernel'
import type { StoredPoll } from './count-poll.ts'
import type { Motion } from './motion.ts'
import { microsOf, motionOf, policyOf, type VotingCommunity, windowOf } from './poll-access.server.ts'
import { parseRoll } from './roll.ts'

export type OpenedBallotRow = Awaited<ReturnType<typeof listBallotsOpened>>[number]
export type NoticeRow = NonNullable<Awaited<ReturnType<typeof findNotice>>>

/** A poll with the rows that it was read from. */
export interface ReadPoll {
  readonly stored: StoredPoll
  readonly motion: Motion
  readonly notice: NoticeRow
  readonly units: readonly PollUnitRow[]
  readonly rows: readonly OpenedBallotRow[]
}

/** Reads an announced poll with all its ballots opened. Ballots whose secrets are erased are left out of `stored`. */
export async function readStoredPoll(
  tx: Tx,
  { communityId }: VotingCommunity,
  poll: PollRow,
): Promise<ReadPoll> {
  const key = [tx, communityId, poll.poll_id] as const
  const notice = await findNotice(...key)
  assert(notice !== undefined, 'an announced poll without its notice')
  const motion = motionOf(notice.motion)
  const rows = await listBallotsOpened(...key)
  const proxies = await listProxies(...key)
  const representatives = await listRepresentatives(...key)
  const transfers = await listTransfers(...key)
  const deliveries = await listDeliveries(...key)
  return {
    motion,
    notice,
    units: await listPollUnits(...key),
    rows,
    stored: {
      questions: motion.questions,
      policy: policyOf(notice.policy),
      rulesVersion: notice.rules_version,
      window: windowOf(poll),
      roll: parseRoll(notice.roll),
      register: {
        representatives: new Map(representatives.map(row => [row.unit_id, row.person_id])),
        proxies: proxies.map(row => ({
          unit: row.unit_id,
          proxy: row.proxy_person,
          registeredAtMicros: microsOf(row.registered_at),
        })),
        transfers: transfers.map(row => ({
          unit: row.unit_id,
          from: row.from_person,
          to: row.to_person,
          atMicros: microsOf(row.at),
        })),
      },
      delivered: new Set(deliveries.map(row => row.unit_id)),
      ballots: rows.flatMap(row =>
        row.answers === null
          ? []
          : [
              {
                seq: row.seq,
                unit: row.unit_id,
                by: row.by_person,
                asProxy: row.as_proxy,
                channel: row.channel,
                atMicros: microsOf(row.received_at),
                answers: row.answers,
              },
            ],
      ),
    },
  }
}
