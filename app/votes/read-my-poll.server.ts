/**
 * What an owner may know of their own: their entry, their share of both gates, how they voted, how it counted, receipts and
 * the household's notices. Never how a co-owner voted.
 */
import type { Tx } from '#db'
import { listBallotsOpened, listDeliveries, listObjections, listTallies, type ObjectionRow } from '#db/votes'
import { ok, type Result } from '#kernel'
import type { Actor } from '#people'
import type { Portal } from '#platform'
import type { Fate } from './ballot.ts'
import { parseCount } from './count-poll.ts'
import { objectionOf } from './object-to-poll.server.ts'
import { parseOfficialResult } from './official-result.ts'
import type { VotingCommunity } from './poll-access.server.ts'
import {
  choicesIn,
  type MyBallot,
  type MyPollRefusal,
  type OwnFiles,
  readOwnFiles,
  type VotingUnit,
  votingUnit,
} from './read-my-voting.server.ts'
import { type PollView, viewPoll } from './read-polls.server.ts'

/** A unit of the reader's with all that concerns it. */
export interface MyUnit extends VotingUnit {
  readonly isDelivered: boolean
  readonly objections: readonly {
    readonly objectionId: string
    readonly stage: 'roll' | 'count'
    readonly madeAt: Date
    readonly text: string | null
    readonly answer: { readonly isUpheld: boolean; readonly text: string | null; readonly at: Date } | null
  }[]
}

export interface MyPoll {
  readonly poll: PollView
  /** Casting is possible at the portal's clock. */
  readonly isOpenNow: boolean
  readonly units: readonly MyUnit[]
}

/** All that is read once for the reader's side of a poll. */
interface Reading {
  readonly own: OwnFiles
  readonly rows: Awaited<ReturnType<typeof listBallotsOpened>>
  readonly fates: ReadonlyMap<string, ReadonlyMap<number, Fate>>
  readonly objections: readonly ObjectionRow[]
  readonly delivered: ReadonlySet<string>
}

/** The reader's side of a poll; refused for a user bound to no person, and for no such poll. */
export async function readMyPoll(
  portal: Portal,
  actor: Actor,
  community: VotingCommunity,
  pollId: string,
): Promise<Result<MyPoll, MyPollRefusal>> {
  const { communityId } = community
  const tx = portal.db
  const read = await readOwnFiles(portal, actor, community, pollId)
  if (!read.ok) return read
  const own = read.value
  const objections = await listObjections(tx, communityId, pollId)
  const view = await viewPoll(portal, own.poll, own.notice, objections)
  const reading: Reading = {
    own,
    rows: await listBallotsOpened(tx, communityId, pollId, own.person),
    fates: view.deadlines === null ? new Map() : await readFates(tx, communityId, pollId),
    objections,
    delivered: new Set((await listDeliveries(tx, communityId, pollId)).map(row => row.unit_id)),
  }
  return ok({ poll: view, isOpenNow: own.isOpenNow, units: own.units.map(unit => myUnit(reading, unit)) })
}

/** What became of each ballot, by question; empty before the count and for an imported result. */
async function readFates(tx: Tx, communityId: number, pollId: string): Promise<Reading['fates']> {
  const tallies = await listTallies(tx, communityId, [pollId])
  return new Map(
    tallies
      .filter(row => parseOfficialResult(row.result) === null)
      .map(row => [
        row.question_id,
        new Map(parseCount(row.result).fates.map(({ seq, fate }) => [seq, fate] as const)),
      ]),
  )
}

function myUnit(reading: Reading, unit: string): MyUnit {
  const { own, rows, objections, delivered } = reading
  const ballots = rows.filter(row => row.unit_id === unit).map(row => myBallot(reading, row))
  return {
    ...votingUnit(own, unit, ballots),
    isDelivered: delivered.has(unit),
    objections: objections
      .filter(row => row.unit_id === unit && row.by_person === own.person)
      .map(objectionOf)
      .map(({ objectionId, stage, madeAt, text, answer }) => ({ objectionId, stage, madeAt, text, answer })),
  }
}

function myBallot({ own, fates }: Reading, row: Reading['rows'][number]): MyBallot {
  return {
    seq: row.seq,
    unit: row.unit_id,
    channel: row.channel,
    asProxy: row.as_proxy,
    receivedAt: row.received_at,
    withdraws: row.withdraws,
    choices: choicesIn(own.notice.motion, row.answers),
    fates:
      fates.size === 0
        ? null
        : Object.fromEntries([...fates].map(([question, bySeq]) => [question, bySeq.get(row.seq)!])),
  }
}
