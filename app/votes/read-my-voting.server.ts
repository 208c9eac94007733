/**
 * What an owner needs in order to vote: their units, whether they may speak for them, and what of theirs stands. Read for
 * every screen of casting, so it asks for nothing else. Never how a co-owner voted.
 */
import { findPoll, listUnitsOfPersons, type PollRow, readUnitFiles, type UnitFileRow } from '#db/votes'
import { areaCentiM2, assert, err, ok, type Result } from '#kernel'
import type { Actor } from '#people'
import { readPersonsOf } from '#people/server'
import { type Portal, together } from '#platform'
import { parseAnswers } from './answers.ts'
import type { Channel, Fate, Reason } from './ballot.ts'
import { judgeCast, questionsOf, type UnitFile } from './cast-judgement.ts'
import type { PollState } from './course.ts'
import { type FrozenNotice, readFrozenNotice } from './frozen-notice.server.ts'
import type { Motion } from './motion.ts'
import type { Policy } from './policy.ts'
import { microsOf, type VotingCommunity, windowOf } from './poll-access.server.ts'
import { holdersOf, unitFileOf } from './record-paper.server.ts'
import { headKeyOf, type PublicRollRow, publicRoll } from './roll.ts'
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
export interface VotingUnit {
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
}

/** A poll as far as voting in it goes, with the reader's units. */
export interface MyVoting {
  readonly poll: {
    readonly pollId: string
    readonly state: PollState
    readonly motion: Motion
    readonly policy: Policy
    readonly opensAt: Date
    readonly closesAt: Date
  }
  /** Casting is possible at the portal's clock. */
  readonly isOpenNow: boolean
  readonly units: readonly VotingUnit[]
}

export type MyPollRefusal = { readonly code: 'not-an-owner' } | { readonly code: 'poll-unknown' }

/** The reader's files of a poll, as every view of them begins. */
export interface OwnFiles {
  readonly person: string
  readonly poll: PollRow
  readonly notice: FrozenNotice
  /** Units the reader may speak for, and those they have spoken for as a proxy. */
  readonly units: readonly string[]
  readonly files: readonly UnitFile[]
  readonly isOpenNow: boolean
  readonly now: Date
}

/** Reads them; refused for a user bound to no person, and for no such poll. */
export function readOwnFiles(
  portal: Portal,
  actor: Actor,
  { communityId }: VotingCommunity,
  pollId: string,
): Promise<Result<OwnFiles, MyPollRefusal>> {
  return together(portal, `own files ${communityId} ${pollId}`, actor.userId, users =>
    readFilesOf(portal, communityId, pollId, users),
  )
}

/** The files of several readers who ask at once: the same statements serve them all, and each gets only what is theirs. */
async function readFilesOf(
  portal: Portal,
  communityId: number,
  pollId: string,
  users: readonly string[],
): Promise<readonly Result<OwnFiles, MyPollRefusal>[]> {
  const tx = portal.db
  const persons = await readPersonsOf(tx, communityId, users)
  const poll = await findPoll(tx, communityId, pollId)
  const notice = await readFrozenNotice(tx, communityId, pollId)
  const everybody = [...new Set(persons.values())]
  const may = await listUnitsOfPersons(tx, communityId, pollId, everybody)
  const rows = await readUnitFiles(
    tx,
    communityId,
    pollId,
    [...new Set(may.map(row => row.unit_id))],
    everybody,
  )
  const now = portal.clock.now()
  return users.map(user => {
    const person = persons.get(user)
    if (person === undefined) return err({ code: 'not-an-owner' })
    if (poll === undefined || notice === null) return err({ code: 'poll-unknown' })
    const units = may.flatMap(row => (row.person_id === person ? [row.unit_id] : [])).sort()
    const files = rows.filter(row => units.includes(row.unit_id) || hasSpokenFor(person, row)).map(unitFileOf)
    const isWithin = now >= poll.opens_at && now <= poll.closes_at
    const isOpenNow =
      isWithin && ['notice', 'open'].includes(poll.state) && notice.motion.officialVoting !== 'import'
    return ok({ person, poll, notice, units, files, isOpenNow, now })
  })
}

/** A ballot for the unit was cast by the person as somebody's proxy. */
export function hasSpokenFor(person: string, { ballots }: UnitFileRow): boolean {
  return ballots.some(ballot => ballot.asProxy && ballot.by === person)
}

/** What the reader votes with; refused for a user bound to no person, and for no such poll. */
export async function readMyVoting(
  portal: Portal,
  actor: Actor,
  community: VotingCommunity,
  pollId: string,
): Promise<Result<MyVoting, MyPollRefusal>> {
  const read = await readOwnFiles(portal, actor, community, pollId)
  if (!read.ok) return read
  const { poll, notice, units, isOpenNow } = read.value
  return ok({
    poll: {
      pollId,
      state: poll.state,
      motion: notice.motion,
      policy: notice.policy,
      opensAt: poll.opens_at,
      closesAt: poll.closes_at,
    },
    isOpenNow,
    units: units.map(unit => votingUnit(read.value, unit, standingIn(read.value, unit))),
  })
}

/** The reader's ballots for a unit, from its file. */
function standingIn({ person, notice, files }: OwnFiles, unit: string): readonly MyBallot[] {
  const file = files.find(each => each.unit === unit)
  return (file?.ballots ?? [])
    .filter(ballot => ballot.by === person)
    .map(({ seq, asProxy, channel, atMicros, answers }) => ({
      seq,
      unit,
      channel,
      asProxy,
      receivedAt: new Date(Math.trunc(atMicros / 1000)),
      withdraws: answers === 'WITHDRAW',
      choices: choicesIn(notice.motion, answers),
      fates: null,
    }))
}

/** What answers chose, by question; null for a withdrawal and for answers that are erased. */
export function choicesIn(motion: Motion, answers: string | null): MyBallot['choices'] {
  const order = motion.questions.map(question => question.questionId)
  const read = answers === null ? null : parseAnswers(order, answers)
  return read === null || !read.ok || 'withdraws' in read.value
    ? null
    : Object.fromEntries(read.value.choices)
}

const NO_SHARE: Measure = { area: areaCentiM2(0n), heads: 0n }

/** A unit as its owner votes with it, with the ballots of the reader's in order of place. */
export function votingUnit(own: OwnFiles, unitId: string, ballots: readonly MyBallot[]): VotingUnit {
  const { person, poll, notice, files, now } = own
  const { motion, roll } = notice
  const file = files.find(each => each.unit === unitId)
  const unit = roll.units.find(each => each.id === unitId)
  assert(file !== undefined && unit !== undefined, `unit ${unitId} of the poll is not on its roll`)
  const holders = holdersOf(file, microsOf(now))
  const asProxy = !holders.includes(person) && file.proxies.some(({ proxy }) => proxy === person)
  const concerned = questionsOf(motion.questions, file)
  const { byHead, total } = notice.sharesOf((concerned[0] ?? motion.questions[0]!).matter.scope)
  const { obstacle, coOwnerVoted } = judgeOwn(own, unitId, asProxy)
  const last = ballots.at(-1)
  return {
    entry: publicRoll({ developer: roll.developer, units: [unit] })[0]!,
    asProxy,
    questions: concerned.map(question => question.questionId),
    // A parking space outside the base has no share unless its head has other units in it.
    head: byHead.get(headKeyOf(roll, unit)) ?? NO_SHARE,
    total,
    coOwners: holders.length,
    representative: file.representative === null ? 'none' : file.representative === person ? 'me' : 'another',
    obstacle: poll.state === 'notice' || poll.state === 'open' ? obstacle : null,
    coOwnerVoted,
    ballots,
    standing: isStanding(file, last) ? last : null,
  }
}

/** Judged as if the window were open: what is asked is whether this person may speak, and whether another spoke. */
function judgeOwn({ person, poll, notice, files, now }: OwnFiles, unit: string, asProxy: boolean) {
  const { motion, policy } = notice
  const window = windowOf(poll)
  return judgeCast({ questions: motion.questions, policy, window }, files, {
    units: [unit],
    by: person,
    asProxy,
    channel: asProxy ? 'proxy' : 'online',
    atMicros: Math.min(Math.max(microsOf(now), window.opensAtMicros), window.closesAtMicros),
    answers: motion.questions.map(({ questionId }) => `${questionId}=ABSTAIN`).join(';'),
  }).get(unit)!
}

/** The reader's latest ballot stands unless a later withdrawal, anybody's, took it back. */
function isStanding(file: UnitFile, last: MyBallot | undefined): last is MyBallot {
  if (last === undefined || last.withdraws) return false
  return !file.ballots.some(ballot => ballot.seq > last.seq && ballot.answers === 'WITHDRAW')
}
