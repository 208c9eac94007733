/** What anybody may know of a poll: its text, course, clocks, turnout and roll. Never a choice, and no result before the count. */
import type { Tx } from '#db'
import { readEntries } from '#db/tlog'
import {
  findBoard,
  findNotice,
  findPoll,
  listBallots,
  listObjections,
  listPolls,
  listPollUnits,
  listRefusedPapers,
  listSteps,
  listTallies,
  type ObjectionRow,
  type PollRow,
  type StepRow,
} from '#db/votes'
import { areaCentiM2, assert, type CivilDate, dateOf, sha256Hex } from '#kernel'
import { type Actor, can } from '#people'
import type { Portal } from '#platform'
import { groupBy } from './ballot.ts'
import { parseCount } from './count-poll.ts'
import { annulmentEnds, deadlinesOf, type PollState } from './course.ts'
import { type FrozenNotice, readFrozenNotice } from './frozen-notice.server.ts'
import { parseVoteLeaf } from './leaf.ts'
import { classOf, type MatterClass } from './matter.ts'
import type { Motion } from './motion.ts'
import { parseOfficialResult } from './official-result.ts'
import { type Policy, policyDigest } from './policy.ts'
import { motionOf, policyOf, type VotingCommunity } from './poll-access.server.ts'
import { type PublicRollRow, parseRoll, publicRoll } from './roll.ts'
import { type CountedUnit, crowdOf, mergeNarrowCells, standingUnits } from './standing.ts'
import type { Measure, Outcome } from './threshold.ts'

/** A poll in a list. */
export interface PollSummary {
  readonly pollId: string
  readonly title: string
  readonly state: PollState
  readonly opensAt: Date
  readonly closesAt: Date
  readonly classes: readonly MatterClass[]
  readonly officialVoting: Motion['officialVoting']
  /** By question; null before the count. */
  readonly outcomes: readonly { readonly question: string; readonly outcome: Outcome }[] | null
}

/** A step of the course as it is logged. */
export interface PollStepView {
  readonly kind: string
  readonly at: Date
  /** Canonical detail without personal data: an extension's new close and decision, a sign-off's step, a posting's place. */
  readonly detail: { readonly [name: string]: unknown }
  readonly leafIndex: number | null
}

/** A poll with all that is frozen at its notice. Digests are null while it is a draft. */
export interface PollView {
  readonly pollId: string
  readonly state: PollState
  readonly revision: number
  readonly motion: Motion
  readonly policy: Policy
  readonly policyDigest: string
  readonly opensAt: Date
  readonly closesAt: Date
  readonly classes: readonly { readonly question: string; readonly class: MatterClass }[]
  readonly announcedAt: Date | null
  readonly motionDigest: string
  readonly rollDigest: string | null
  readonly weightsDigest: string | null
  readonly sealDigest: string | null
  readonly boardDigest: string | null
  readonly steps: readonly PollStepView[]
  /** Null before the count. `isPostingOverdue` is judged at the portal's clock. */
  readonly deadlines: {
    readonly postedBy: CivilDate
    readonly objectionsUntil: CivilDate
    readonly postedOn: CivilDate | null
    readonly isPostingOverdue: boolean
    readonly annulmentUntil: CivilDate | null
  } | null
  readonly objections: { readonly made: number; readonly answered: number; readonly upheld: number }
  /** Papers refused at the desk, by reason. */
  readonly refusedPapers: { readonly [reason: string]: number }
}

/** The announced polls of a community, newest first; with drafts for an actor who may draft. */
export async function readPolls(
  portal: Portal,
  { communityId }: VotingCommunity,
  actor: Actor | null,
): Promise<readonly PollSummary[]> {
  const mayDraft = can(actor, 'poll:draft', communityId)
  const polls = (await listPolls(portal.db, communityId)).filter(poll => mayDraft || poll.state !== 'draft')
  const tallies = await listTallies(
    portal.db,
    communityId,
    polls.map(poll => poll.poll_id),
  )
  return polls.map(poll => {
    const motion = motionOf(poll.motion)
    const own = tallies.filter(row => row.poll_id === poll.poll_id)
    return {
      pollId: poll.poll_id,
      title: poll.title,
      state: poll.state,
      opensAt: poll.opens_at,
      closesAt: poll.closes_at,
      classes: [...new Set(motion.questions.map(({ matter }) => classOf(matter.clause)))],
      officialVoting: motion.officialVoting,
      outcomes:
        own.length === 0
          ? null
          : own.map(row => ({ question: row.question_id, outcome: outcomeOf(row.result) })),
    }
  })
}

/** The outcome of a stored result, ours or imported. */
export function outcomeOf(result: Uint8Array): Outcome {
  return (parseOfficialResult(result) ?? parseCount(result)).outcome
}

/** A poll; null when there is none, and for a draft also when the actor may not draft. */
export async function readPoll(
  portal: Portal,
  { communityId }: VotingCommunity,
  actor: Actor | null,
  pollId: string,
): Promise<PollView | null> {
  const tx = portal.db
  const poll = await findPoll(tx, communityId, pollId)
  if (poll === undefined || (poll.state === 'draft' && !can(actor, 'poll:draft', communityId))) return null
  const notice = poll.state === 'draft' ? null : await readFrozenNotice(tx, communityId, pollId)
  return viewPoll(portal, poll, notice, await listObjections(tx, communityId, pollId))
}

/** The view of a poll that is read already, with its notice and objections. Asks for a result only where one can be. */
export async function viewPoll(
  portal: Portal,
  poll: PollRow,
  notice: FrozenNotice | null,
  objections: readonly ObjectionRow[],
): Promise<PollView> {
  const tx = portal.db
  const { community_id: communityId, poll_id: pollId } = poll
  const steps = await listSteps(tx, communityId, [pollId])
  const motion = motionOf(poll.motion)
  const policy = policyOf(poll.policy)
  const isCounted = steps.some(step => step.kind === 'tally')
  return {
    pollId,
    state: poll.state,
    revision: poll.revision,
    motion,
    policy,
    policyDigest: policyDigest(policy, poll.rules_version),
    opensAt: poll.opens_at,
    closesAt: poll.closes_at,
    classes: motion.questions.map(({ questionId, matter }) => ({
      question: questionId,
      class: classOf(matter.clause),
    })),
    announcedAt: notice?.announcedAt ?? null,
    motionDigest: sha256Hex(poll.motion),
    rollDigest: notice?.rollDigest ?? null,
    weightsDigest: notice?.weightsDigest ?? null,
    sealDigest: await readSealDigest(tx, communityId, steps),
    boardDigest: isCounted ? ((await findBoard(tx, communityId, pollId))?.digest ?? null) : null,
    steps: steps.map(step => ({
      kind: step.kind,
      at: step.at,
      detail: JSON.parse(step.detail) as PollStepView['detail'],
      leafIndex: step.leaf_index === null ? null : Number(step.leaf_index),
    })),
    deadlines: deadlineView(steps, motion, dateOf(portal.clock.now())),
    objections: countObjections(objections),
    refusedPapers: await countRefusedPapers(tx, communityId, pollId),
  }
}

/** The digest that the seal's leaf names; null before the seal. */
async function readSealDigest(
  tx: Tx,
  communityId: number,
  steps: readonly StepRow[],
): Promise<string | null> {
  const seal = steps.find(step => step.kind === 'seal')
  if (seal === undefined || seal.leaf_index === null) return null
  const [entry] = await readEntries(tx, communityId, Number(seal.leaf_index), 1)
  const leaf = entry === undefined ? null : parseVoteLeaf(entry.entry)
  assert(leaf?.ok && leaf.value.t === 'vote.seal', 'the seal of a poll is not in the log')
  return leaf.value.ballots
}

/** Clocks that start with the count; null before it. */
function deadlineView(steps: readonly StepRow[], motion: Motion, today: CivilDate): PollView['deadlines'] {
  const counted = steps.find(step => step.kind === 'tally')
  if (counted === undefined) return null
  const { postedBy, objectionsUntil } = deadlinesOf(dateOf(counted.at), motion.course)
  const posted = steps.find(step => step.kind === 'posted')
  const postedOn = posted === undefined ? null : dateOf(posted.at)
  return {
    postedBy,
    objectionsUntil,
    postedOn,
    isPostingOverdue: (postedOn ?? today) > postedBy,
    annulmentUntil: postedOn === null ? null : annulmentEnds(postedOn),
  }
}

/** How many objections were made, answered and upheld. */
export function countObjections(rows: readonly ObjectionRow[]): PollView['objections'] {
  return {
    made: rows.length,
    answered: rows.filter(row => row.answered_at !== null).length,
    upheld: rows.filter(row => row.is_upheld === true).length,
  }
}

/** How many papers were refused at the desk, by reason. */
export async function countRefusedPapers(
  tx: Tx,
  communityId: number,
  pollId: string,
): Promise<{ readonly [reason: string]: number }> {
  const counts: { [reason: string]: number } = {}
  for (const { reason } of await listRefusedPapers(tx, communityId, pollId))
    counts[reason] = (counts[reason] ?? 0) + 1
  return counts
}

/** Units and heads for which a ballot stands, of all in the base of at least one question. */
export interface Turnout {
  readonly state: PollState
  readonly total: Measure
  readonly received: Measure
  /** By the channel of the latest standing ballot of a unit; several together below 3 owners. Areas add up, heads may stand in two. */
  readonly byChannel: readonly {
    readonly channels: readonly ('online' | 'paper' | 'proxy')[]
    readonly received: Measure
  }[]
  /** Buildings, merged with others where a cell would cover fewer than 3 owners. Their sums are the totals by area. */
  readonly byBuilding: readonly {
    readonly buildings: readonly string[]
    readonly total: Measure
    readonly received: Measure
  }[]
}

/** Who took part so far, in numbers: never reads what was chosen. Null for a draft or no poll. */
export async function readTurnout(
  tx: Tx,
  { communityId }: VotingCommunity,
  pollId: string,
): Promise<Turnout | null> {
  const poll = await findPoll(tx, communityId, pollId)
  if (poll === undefined || poll.state === 'draft') return null
  const units = (await listPollUnits(tx, communityId, pollId)).filter(unit => unit.in_base)
  const standing = standingUnits(await listBallots(tx, communityId, pollId))
  const received = units.filter(unit => standing.has(unit.unit_id))
  const channels = (['online', 'paper', 'proxy'] as const).map(channel => {
    const members = received.filter(unit => standing.get(unit.unit_id)!.channel === channel)
    return { names: [channel], members, received: members }
  })
  const buildings = [...groupBy(units, unit => unit.building)].map(([building, members]) => ({
    names: [building],
    members,
    received: members.filter(unit => standing.has(unit.unit_id)),
  }))
  return {
    state: poll.state,
    total: measureOf(units),
    received: measureOf(received),
    byChannel: mergeNarrowCells(channels.filter(({ members }) => members.length > 0)).map(cell => ({
      channels: cell.names as readonly ('online' | 'paper' | 'proxy')[],
      received: measureOf(cell.members),
    })),
    byBuilding: mergeNarrowCells(buildings).map(cell => ({
      buildings: cell.names,
      total: measureOf(cell.members),
      received: measureOf(cell.received),
    })),
  }
}

function measureOf(units: readonly CountedUnit[]): Measure {
  const { area, heads } = crowdOf(units)
  return { area: areaCentiM2(area), heads }
}

/** The frozen roll without names; null before the notice. */
export async function readPublicRoll(
  tx: Tx,
  { communityId }: VotingCommunity,
  pollId: string,
): Promise<{ readonly digest: string; readonly rows: readonly PublicRollRow[] } | null> {
  const notice = await findNotice(tx, communityId, pollId)
  return notice === undefined
    ? null
    : { digest: notice.roll_digest, rows: publicRoll(parseRoll(notice.roll)) }
}
