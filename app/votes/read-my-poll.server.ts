/**
 * What an owner may know of their own: their entry, their share of both gates, how they voted, how it counted, receipts and
 * the household's notices. Never how a co-owner voted.
 */
import type { Tx } from '#db'
import {
  findPoll,
  listBallotsOpened,
  listDeliveries,
  listObjections,
  listTallies,
  listUnitsOfPerson,
  type PollRow,
  readUnitFiles,
} from '#db/votes'
import { assert, err, ok, type Result } from '#kernel'
import type { Actor } from '#people'
import { readPersonOf } from '#people/server'
import type { Portal } from '#platform'
import { parseAnswers } from './answers.ts'
import type { Channel, Fate, Reason } from './ballot.ts'
import { type CastRules, judgeCast, questionsOf, type UnitFile } from './cast-judgement.ts'
import { parseCount } from './count-poll.ts'
import { readFrozenNotice } from './frozen-notice.server.ts'
import type { Motion } from './motion.ts'
import { objectionOf } from './object-to-poll.server.ts'
import { parseOfficialResult } from './official-result.ts'
import { microsOf, type VotingCommunity, windowOf } from './poll-access.server.ts'
import { type PollView, readPoll } from './read-polls.server.ts'
import { holdersOf, unitFileOf } from './record-paper.server.ts'
import { entryOf, type PublicRollRow, publicRoll, type Roll, unitsInBase } from './roll.ts'
import type { Measure } from './threshold.ts'

/** One submission of the reader's for one unit. */
export interface MyBallot {
  readonly seq: number
  readonly unit: string
  readonly channel: Channel
  readonly asProxy: boolean
  readonly receivedAt: Date
  readonly withdraws: boolean
  /** Question id to choice; null when withdrawn, or after the secrets were erased. */
  readonly choices: { readonly [questionId: string]: string } | null
  /** By question, once counted: what became of it. Null before the count. */
  readonly fates: { readonly [questionId: string]: Fate } | null
}

/** A unit that the reader may speak for. */
export interface MyUnit {
  readonly entry: PublicRollRow
  readonly asProxy: boolean
  /** Ids of the questions whose scope holds the unit. */
  readonly questions: readonly string[]
  /** The head this unit belongs to and the whole base, of the first question in whose scope it lies. */
  readonly head: Measure
  readonly total: Measure
  readonly coOwners: number
  readonly representative: 'none' | 'me' | 'another'
  /** Why a ballot now could not count; null when it can. */
  readonly obstacle: Reason | null
  /** Another co-owner's ballot stands: say so before casting, and what the policy does with differing ones. Never how. */
  readonly coOwnerVoted: boolean
  readonly ballots: readonly MyBallot[]
  /** The ballot of the reader's that stands now; null when none does. */
  readonly standing: MyBallot | null
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
  readonly person: string
  readonly poll: PollRow
  readonly motion: Motion
  readonly rules: CastRules
  readonly roll: Roll
  readonly rows: Awaited<ReturnType<typeof listBallotsOpened>>
  readonly fates: ReadonlyMap<string, ReadonlyMap<number, Fate>>
  readonly objections: Awaited<ReturnType<typeof listObjections>>
  readonly delivered: ReadonlySet<string>
  readonly now: Date
}

/** The reader's side of a poll; refused for a user bound to no person, and for no such poll. */
export async function readMyPoll(
  portal: Portal,
  actor: Actor,
  community: VotingCommunity,
  pollId: string,
): Promise<Result<MyPoll, { readonly code: 'not-an-owner' } | { readonly code: 'poll-unknown' }>> {
  const { communityId } = community
  const tx = portal.db
  const person = await readPersonOf(tx, communityId, actor.userId)
  if (person === null) return err({ code: 'not-an-owner' })
  const view = await readPoll(portal, community, actor, pollId)
  const poll = await findPoll(tx, communityId, pollId)
  const notice = await readFrozenNotice(tx, communityId, pollId)
  if (view === null || poll === undefined || notice === null) return err({ code: 'poll-unknown' })
  const units = await listUnitsOfPerson(tx, communityId, pollId, person)
  const { motion } = notice
  const reading: Reading = {
    person,
    poll,
    motion,
    rules: { questions: motion.questions, policy: notice.policy, window: windowOf(poll) },
    roll: notice.roll,
    rows: await listBallotsOpened(tx, communityId, pollId, person),
    fates: await readFates(tx, communityId, pollId),
    objections: await listObjections(tx, communityId, pollId),
    delivered: new Set((await listDeliveries(tx, communityId, pollId)).map(row => row.unit_id)),
    now: portal.clock.now(),
  }
  const files = (await readUnitFiles(tx, communityId, pollId, units, person)).map(unitFileOf)
  const isWithin = reading.now >= poll.opens_at && reading.now <= poll.closes_at
  return ok({
    poll: view,
    isOpenNow: isWithin && ['notice', 'open'].includes(poll.state) && motion.officialVoting !== 'import',
    units: units.map(unit => myUnit(reading, files, files.find(file => file.unit === unit)!)),
  })
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

function myUnit(reading: Reading, files: readonly UnitFile[], file: UnitFile): MyUnit {
  const { person, poll, motion, rules, roll, now } = reading
  const unit = roll.units.find(each => each.id === file.unit)
  assert(unit !== undefined, `unit ${file.unit} of the poll is not on its roll`)
  const holders = holdersOf(file, microsOf(now))
  const asProxy = !holders.includes(person) && file.proxies.some(({ proxy }) => proxy === person)
  const concerned = questionsOf(motion.questions, file)
  const scope = (concerned[0] ?? motion.questions[0]!).matter.scope
  const { head, total } = entryOf(roll, unitsInBase(roll, scope, rules.policy.countSpecialSpaces), unit)
  // Judged as if the window were open: what is asked is whether this person may speak, and whether another spoke.
  const at = Math.min(Math.max(microsOf(now), rules.window.opensAtMicros), rules.window.closesAtMicros)
  const order = motion.questions.map(question => question.questionId)
  const attempt = {
    units: [file.unit],
    by: person,
    asProxy,
    channel: asProxy ? 'proxy' : 'online',
    atMicros: at,
    answers: order.map(id => `${id}=ABSTAIN`).join(';'),
  } as const
  const { obstacle, coOwnerVoted } = judgeCast(rules, files, attempt).get(file.unit)!
  const ballots = reading.rows
    .filter(row => row.unit_id === file.unit)
    .map(row => myBallot(reading, order, row))
  const last = ballots.at(-1)
  return {
    entry: publicRoll({ developer: roll.developer, units: [unit] })[0]!,
    asProxy,
    questions: concerned.map(question => question.questionId),
    head,
    total,
    coOwners: holders.length,
    representative: file.representative === null ? 'none' : file.representative === person ? 'me' : 'another',
    obstacle: poll.state === 'notice' || poll.state === 'open' ? obstacle : null,
    coOwnerVoted,
    ballots,
    standing: isStanding(file, last) ? last : null,
    isDelivered: reading.delivered.has(file.unit),
    objections: reading.objections
      .filter(row => row.unit_id === file.unit && row.by_person === person)
      .map(objectionOf)
      .map(({ objectionId, stage, madeAt, text, answer }) => ({ objectionId, stage, madeAt, text, answer })),
  }
}

/** The reader's latest ballot stands unless a later withdrawal, anybody's, took it back. */
function isStanding(file: UnitFile, last: MyBallot | undefined): last is MyBallot {
  if (last === undefined || last.withdraws) return false
  return !file.ballots.some(ballot => ballot.seq > last.seq && ballot.answers === 'WITHDRAW')
}

function myBallot({ fates }: Reading, order: readonly string[], row: Reading['rows'][number]): MyBallot {
  const answers = row.answers === null ? null : parseAnswers(order, row.answers)
  const choices =
    answers === null || !answers.ok || 'withdraws' in answers.value
      ? null
      : Object.fromEntries(answers.value.choices)
  return {
    seq: row.seq,
    unit: row.unit_id,
    channel: row.channel,
    asProxy: row.as_proxy,
    receivedAt: row.received_at,
    withdraws: row.withdraws,
    choices,
    fates:
      fates.size === 0
        ? null
        : Object.fromEntries([...fates].map(([question, bySeq]) => [question, bySeq.get(row.seq)!])),
  }
}
