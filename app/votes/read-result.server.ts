/** What a count came to, and the public archive of it. Every read here answers null until the tally exists. */
import type { Tx } from '#db'
import { readEntries } from '#db/tlog'
import {
  findBoard,
  findNotice,
  findPoll,
  listBallots,
  listDeliveries,
  listObjections,
  listSignOffs,
  listSteps,
  listTallies,
} from '#db/votes'
import { assert, type CivilDate, dateOf, sha256Hex } from '#kernel'
import { type PollArchive, publicRollBytes } from './archive-poll.ts'
import type { Reason } from './ballot.ts'
import { parseCount } from './count-poll.ts'
import { deadlinesOf, type PollState } from './course.ts'
import { sealDigest, talliesDigest } from './leaf.ts'
import { classOf, type MatterClass } from './matter.ts'
import type { Motion, Question } from './motion.ts'
import { type OfficialResult, type OfficialSource, parseOfficialResult } from './official-result.ts'
import { type Policy, policyBytes, policyDigest } from './policy.ts'
import { motionOf, policyOf, type VotingCommunity } from './poll-access.server.ts'
import { fillSeats, type Seats } from './question.ts'
import { countObjections, countRefusedPapers } from './read-polls.server.ts'
import { parseRoll, publicRoll } from './roll.ts'
import type { ClauseResult, Figures } from './tally.ts'
import type { SignOffStep } from './tally-poll.server.ts'
import type { Measure, Outcome } from './threshold.ts'

/** One question's result. */
export interface QuestionResult {
  readonly question: Question
  readonly class: MatterClass
  readonly outcome: Outcome
  /** For plans: of the adopted plan, or of the one with most in favour. Against and abstaining are zero when imported. */
  readonly figures: Figures
  /** The silence clause beside it, labelled; null when the policy has none. */
  readonly clause: ClauseResult | null
  /** For plans, each against all who took part. */
  readonly plans: readonly ({ readonly plan: string } & Figures)[]
  readonly none: Measure | null
  readonly adoptedPlan: string | null
  readonly excludedByReason: { readonly [Name in Reason]?: number }
  readonly digest: string
  readonly leafIndex: number
}

/** The result of a poll. */
export interface PollResult {
  readonly pollId: string
  readonly state: PollState
  readonly motion: Motion
  readonly policy: Policy
  readonly policyDigest: string
  readonly rulesVersion: string | null
  readonly countedAt: Date
  /** Joined digest of all questions' tallies: what sign-offs are given to. */
  readonly digest: string
  readonly questions: readonly QuestionResult[]
  /** Null when nobody is elected. */
  readonly election: ({ readonly seats: number } & Seats) | null
  /** Set when this is the government system's result, taken over. */
  readonly imported: OfficialSource | null
  readonly signOffs: readonly { readonly step: SignOffStep; readonly at: Date; readonly leafIndex: number }[]
}

/** The result; null until the tally exists. */
export async function readResult(
  tx: Tx,
  { communityId }: VotingCommunity,
  pollId: string,
): Promise<PollResult | null> {
  const poll = await findPoll(tx, communityId, pollId)
  const tallies = await listTallies(tx, communityId, [pollId])
  const notice = await findNotice(tx, communityId, pollId)
  if (poll === undefined || notice === undefined || tallies.length === 0) return null
  const motion = motionOf(notice.motion)
  const policy = policyOf(notice.policy)
  const questions = motion.questions.map(question => {
    const row = tallies.find(each => each.question_id === question.questionId)
    assert(row !== undefined, `question ${question.questionId} was not counted`)
    return questionResult(question, row)
  })
  const counted = (await listSteps(tx, communityId, [pollId])).find(step => step.kind === 'tally')
  assert(counted !== undefined, 'a count without its step')
  return {
    pollId,
    state: poll.state,
    motion,
    policy,
    policyDigest: policyDigest(policy, notice.rules_version),
    rulesVersion: notice.rules_version,
    countedAt: counted.at,
    digest: talliesDigest(
      pollId,
      tallies.map(row => ({ question: row.question_id, tally: row.digest })),
    ),
    questions,
    election: motion.election === null ? null : electionOf(questions, motion.election.seats),
    imported: parseOfficialResult(tallies[0]!.result)?.source ?? null,
    signOffs: (await listSignOffs(tx, communityId, pollId)).map(row => ({
      step: row.step,
      at: row.at,
      leafIndex: Number(row.leaf_index),
    })),
  }
}

function questionResult(
  question: Question,
  row: { readonly result: Uint8Array; readonly digest: string; readonly leaf_index: bigint },
): QuestionResult {
  const stored = {
    question,
    class: classOf(question.matter.clause),
    digest: row.digest,
    leafIndex: Number(row.leaf_index),
  }
  const official: OfficialResult | null = parseOfficialResult(row.result)
  if (official !== null) {
    const { outcome, figures } = official
    return {
      ...stored,
      outcome,
      figures,
      clause: null,
      plans: [],
      none: null,
      adoptedPlan: null,
      excludedByReason: {},
    }
  }
  const count = parseCount(row.result)
  return {
    ...stored,
    outcome: count.outcome,
    figures: count.figures,
    clause: count.clause,
    plans: count.plans,
    none: count.none,
    adoptedPlan: count.adopted,
    excludedByReason: count.excludedByReason,
  }
}

/** Who of the candidates is elected; a candidate is named by the question's id. */
function electionOf(questions: readonly QuestionResult[], seats: number): { readonly seats: number } & Seats {
  const candidates = questions.map(({ question, outcome, figures }) => ({
    candidate: question.questionId,
    tally: { outcome, inFavour: figures.inFavour },
  }))
  return { seats, ...fillSeats(candidates, seats) }
}

/** All that the certificate prints; null until the tally exists. */
export interface CertificateSource {
  readonly result: PollResult
  readonly announcedAt: Date
  readonly opensAt: Date
  readonly closesAt: Date
  /** In order; the last one's close is `closesAt`. */
  readonly extensions: readonly { readonly at: Date; readonly closesAt: Date }[]
  readonly sealedAt: Date
  readonly ballotCount: number
  readonly ballotsByChannel: { readonly online: number; readonly paper: number; readonly proxy: number }
  readonly deliveredUnits: number
  readonly refusedPapers: { readonly [reason: string]: number }
  readonly objections: { readonly made: number; readonly answered: number; readonly upheld: number }
  readonly digests: {
    readonly motion: string
    readonly policy: string
    readonly roll: string
    readonly weights: string
    readonly seal: string
    /** Null for an imported result. */
    readonly board: string | null
  }
  readonly leaves: {
    readonly notice: number
    readonly open: number
    readonly seal: number
    readonly tallies: readonly number[]
    readonly final: number | null
  }
  /** User ids; display names by `readDisplayNames` of people. */
  readonly signers: readonly { readonly step: SignOffStep; readonly userId: string; readonly at: Date }[]
  readonly deadlines: { readonly postedBy: CivilDate; readonly objectionsUntil: CivilDate }
}

/** Everything that the certificate is made of; null until the tally exists. */
export async function readCertificateSource(
  tx: Tx,
  community: VotingCommunity,
  pollId: string,
): Promise<CertificateSource | null> {
  const { communityId } = community
  const result = await readResult(tx, community, pollId)
  if (result === null) return null
  const poll = await findPoll(tx, communityId, pollId)
  const notice = await findNotice(tx, communityId, pollId)
  assert(poll !== undefined && notice !== undefined, 'a result without its poll')
  const steps = await listSteps(tx, communityId, [pollId])
  const stepOf = (kind: string) => {
    const step = steps.find(each => each.kind === kind)
    assert(step !== undefined && step.leaf_index !== null, `a counted poll without its step ${kind}`)
    return { at: step.at, leaf: Number(step.leaf_index) }
  }
  const ballots = await listBallots(tx, communityId, pollId)
  const countOf = (channel: string) => ballots.filter(ballot => ballot.channel === channel).length
  const board = await findBoard(tx, communityId, pollId)
  const final = steps.find(step => step.kind === 'final')
  const { postedBy, objectionsUntil } = deadlinesOf(dateOf(result.countedAt), result.motion.course)
  return {
    result,
    announcedAt: notice.announced_at,
    opensAt: poll.opens_at,
    closesAt: poll.closes_at,
    extensions: steps
      .filter(step => step.kind === 'extension')
      .map(step => ({ at: step.at, closesAt: new Date(extensionOf(step.detail)) })),
    sealedAt: stepOf('seal').at,
    ballotCount: ballots.length,
    ballotsByChannel: { online: countOf('online'), paper: countOf('paper'), proxy: countOf('proxy') },
    deliveredUnits: (await listDeliveries(tx, communityId, pollId)).length,
    refusedPapers: await countRefusedPapers(tx, communityId, pollId),
    objections: countObjections(await listObjections(tx, communityId, pollId)),
    digests: {
      motion: sha256Hex(notice.motion),
      policy: result.policyDigest,
      roll: notice.roll_digest,
      weights: sha256Hex(notice.weight_roll),
      seal: sealDigest(pollId, ballots),
      board: board?.digest ?? null,
    },
    leaves: {
      notice: stepOf('notice').leaf,
      open: stepOf('open').leaf,
      seal: stepOf('seal').leaf,
      tallies: result.questions.map(({ leafIndex }) => leafIndex),
      final: final === undefined ? null : Number(final.leaf_index),
    },
    signers: (await listSignOffs(tx, communityId, pollId)).map(row => ({
      step: row.step,
      userId: row.by_user,
      at: row.at,
    })),
    deadlines: { postedBy, objectionsUntil },
  }
}

/** The close that an extension's step names. */
function extensionOf(detail: string): string {
  return (JSON.parse(detail) as { readonly closesAt: string }).closesAt
}

/** The public record of a poll as the stored bytes; null until the tally exists. Choices stand only inside the board. */
export async function readPollArchive(
  tx: Tx,
  { communityId }: VotingCommunity,
  pollId: string,
): Promise<PollArchive | null> {
  const notice = await findNotice(tx, communityId, pollId)
  const tallies = await listTallies(tx, communityId, [pollId])
  if (notice === undefined || tallies.length === 0) return null
  const board = await findBoard(tx, communityId, pollId)
  return {
    pollId,
    motion: notice.motion,
    policy: policyBytes(policyOf(notice.policy), notice.rules_version),
    publicRoll: publicRollBytes(pollId, publicRoll(parseRoll(notice.roll))),
    weightRoll: notice.weight_roll,
    board: board?.bytes ?? null,
    counts: tallies.map(row => row.result),
  }
}

/** The public board as it is stored; null before the count, and for an imported result. */
export async function readBoard(
  tx: Tx,
  { communityId }: VotingCommunity,
  pollId: string,
): Promise<Uint8Array | null> {
  return (await findBoard(tx, communityId, pollId))?.bytes ?? null
}

/** Leaves by index, in order. Ballots of a poll lie close together, so they are read in runs. */
export async function readLeaves(
  tx: Tx,
  communityId: number,
  indices: readonly number[],
): Promise<{ readonly index: number; readonly bytes: Uint8Array }[]> {
  const wanted = new Set(indices)
  const leaves: { index: number; bytes: Uint8Array }[] = []
  let at = 0
  while (at < indices.length) {
    const first = indices[at]!
    const entries = await readEntries(tx, communityId, first, LEAVES_AT_ONCE)
    for (const { index, entry } of entries) if (wanted.has(index)) leaves.push({ index, bytes: entry })
    while (at < indices.length && indices[at]! < first + LEAVES_AT_ONCE) at += 1
  }
  return leaves
}

const LEAVES_AT_ONCE = 1_000
