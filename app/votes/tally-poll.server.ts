/**
 * Counts a sealed poll, has the count signed off, makes it final and records its posting. The count is the pure engine's;
 * this file reads its inputs and stores its answer with the leaf in one transaction.
 */
import type { Tx } from '#db'
import { readCommunityById } from '#db/platform'
import {
  insertBoard,
  insertSignOff,
  insertStep,
  insertTallies,
  listObjections,
  listSignOffs,
  listSteps,
  listTallies,
  type PollRow,
  updatePollState,
} from '#db/votes'
import {
  assert,
  type CivilDate,
  canonicalText,
  dateOf,
  err,
  ok,
  type Result,
  sha256Hex,
  toHex,
  utf8,
} from '#kernel'
import { type Actor, can } from '#people'
import type { JobRun, Portal } from '#platform'
import { appendLeaf } from '#tlog/server'
import { countQuestion, encodeCount, type QuestionCount } from './count-poll.ts'
import { deadlinesOf } from './course.ts'
import { encodeVoteLeaf, talliesDigest } from './leaf.ts'
import { boardAside } from './make-board.server.ts'
import { encodeOfficialResult, type OfficialFigures, officialProblem } from './official-result.ts'
import {
  CLOCK,
  leafHead,
  lockPollIn,
  motionOf,
  type PollRefusal,
  salted,
  takeStep,
  type VotingCommunity,
} from './poll-access.server.ts'
import { type ReadPoll, readStoredPoll } from './stored-poll.server.ts'
import type { Outcome } from './threshold.ts'
import { keepVoteDocument, type VoteDocumentRefusal } from './vote-document.server.ts'

export type SignOffStep = 'teller-1' | 'teller-2' | 'party-branch'
export const SIGN_OFF_STEPS: readonly SignOffStep[] = ['teller-1', 'teller-2', 'party-branch']

export interface CountedOutcomes {
  readonly outcomes: readonly { readonly question: string; readonly outcome: Outcome }[]
}

/** Counts a sealed poll. Needs `poll:close`; also done by itself after sealing. */
export async function tallyPoll(
  portal: Portal,
  actor: Actor,
  community: VotingCommunity,
  request: { readonly pollId: string },
): Promise<Result<CountedOutcomes, PollRefusal>> {
  if (!can(actor, 'poll:close', community.communityId)) return err({ code: 'not-permitted' })
  const { pollId } = request
  const prepared = await prepareCount(portal, community, pollId)
  if (!prepared.ok) return prepared
  return portal.db
    .transaction()
    .execute(tx => storeCount(portal, tx, community, pollId, actor.userId, prepared.value))
}

/** The job that counts a sealed poll. A poll of the government's system waits for its result instead. */
export async function tallyPollJob(run: JobRun): Promise<Result<string, string>> {
  const row = await readCommunityById(run.portal.db, run.job.communityId)
  assert(row !== null, 'a job of a community that is not there')
  const community = { communityId: row.community_id, logOrigin: row.log_origin }
  const { poll } = run.job.payload as { readonly poll: string }
  const prepared = await prepareCount(run.portal, community, poll)
  return run.portal.db.transaction().execute(async tx => {
    const counted = prepared.ok
      ? await storeCount(run.portal, tx, community, poll, CLOCK, prepared.value)
      : prepared
    const outcome = counted.ok ? 'counted' : counted.error.code
    await run.finish(tx, outcome)
    return ok(outcome)
  })
}

/** A count that is not stored yet, with the digest of all that it was made from. */
interface PreparedCount {
  readonly inputDigest: string
  readonly counts: readonly QuestionCount[]
  readonly board: Uint8Array
}

/** A sealed poll as it is stored, under its lock. */
async function readSealedPoll(
  tx: Tx,
  community: VotingCommunity,
  pollId: string,
): Promise<Result<ReadPoll, PollRefusal>> {
  const locked = await lockPollIn(tx, community, pollId, ['sealed'])
  if (!locked.ok) return locked
  const poll = await readStoredPoll(tx, community, locked.value)
  return poll.motion.officialVoting === 'import' ? err({ code: 'poll-state', state: 'sealed' }) : ok(poll)
}

/** Counts before any transaction: what a seal has frozen needs no lock while commitments and proofs are made. */
async function prepareCount(
  portal: Portal,
  community: VotingCommunity,
  pollId: string,
): Promise<Result<PreparedCount, PollRefusal>> {
  const read = await portal.db.transaction().execute(tx => readSealedPoll(tx, community, pollId))
  if (!read.ok) return read
  const poll = read.value
  assert(poll.stored.ballots.length === poll.rows.length, 'a ballot of a sealed poll cannot be opened')
  const rollSalt = toHex(poll.notice.roll_salt)
  return ok({
    inputDigest: inputDigestOf(poll),
    counts: poll.motion.questions.map(question => countQuestion(poll.stored, question, rollSalt)),
    board: await boardAside(pollId, poll),
  })
}

/** Digest of all that decides a count, read twice and compared; never stored. */
function inputDigestOf(poll: ReadPoll): string {
  const text = JSON.stringify(poll, (_, value: unknown) => {
    if (typeof value === 'bigint') return value.toString()
    if (value instanceof Map || value instanceof Set) return [...value]
    return value instanceof Uint8Array ? toHex(value) : value
  })
  return sha256Hex(utf8(text))
}

/** Stores a prepared count within the caller's transaction: the results, the board, one leaf each. */
async function storeCount(
  portal: Portal,
  tx: Tx,
  community: VotingCommunity,
  pollId: string,
  by: string,
  { inputDigest, counts, board }: PreparedCount,
): Promise<Result<CountedOutcomes, PollRefusal>> {
  const read = await readSealedPoll(tx, community, pollId)
  if (!read.ok) return read
  assert(inputDigestOf(read.value) === inputDigest, 'a sealed poll changed while it was counted')
  const boardDigest = sha256Hex(board)
  await insertBoard(tx, {
    community_id: community.communityId,
    poll_id: pollId,
    bytes: board,
    digest: boardDigest,
  })
  const results = counts.map(count => ({
    question: count.question,
    bytes: encodeCount(count),
    digest: count.digest,
    leaf: encodeVoteLeaf({
      ...leafHead(community, pollId),
      t: 'vote.tally',
      question: count.question,
      tally: count.digest,
      board: boardDigest,
      outcome: count.outcome,
      excludedByReason: count.excludedByReason,
    }),
  }))
  await storeResults(portal, tx, community, pollId, by, results)
  return ok({ outcomes: counts.map(({ question, outcome }) => ({ question, outcome })) })
}

/** Stores results with their leaves and takes the poll into its objection period. */
async function storeResults(
  portal: Portal,
  tx: Tx,
  { communityId }: VotingCommunity,
  pollId: string,
  by: string,
  results: readonly {
    readonly question: string
    readonly bytes: Uint8Array
    readonly digest: string
    readonly leaf: Uint8Array
  }[],
): Promise<void> {
  const { firstIndex } = await appendLeaf(
    tx,
    communityId,
    results.map(({ leaf }) => leaf),
  )
  await insertTallies(
    tx,
    results.map(({ question, bytes, digest }, index) => ({
      community_id: communityId,
      poll_id: pollId,
      question_id: question,
      result: bytes,
      digest,
      leaf_index: BigInt(firstIndex + index),
    })),
  )
  await updatePollState(tx, communityId, pollId, 'counted')
  await insertStep(tx, {
    community_id: communityId,
    poll_id: pollId,
    kind: 'tally',
    at: portal.clock.now(),
    by_user: by,
    detail: canonicalText({ questions: results.length }),
    leaf_index: BigInt(firstIndex),
  })
  // The objection period begins with the count: nothing lies between.
  await updatePollState(tx, communityId, pollId, 'objection')
}

export type OfficialResultRefusal =
  | PollRefusal
  | VoteDocumentRefusal
  | { readonly code: 'not-an-import' }
  | { readonly code: 'result-missing'; readonly question: string }
  | { readonly code: 'figures-malformed'; readonly question: string }

/** Takes over the result of the government's own system (`officialVoting` import), labelled as such. Needs `poll:close`. */
export async function importOfficialResult(
  portal: Portal,
  actor: Actor,
  community: VotingCommunity,
  request: {
    readonly pollId: string
    readonly figures: readonly OfficialFigures[]
    readonly document: Uint8Array
  },
): Promise<Result<null, OfficialResultRefusal>> {
  const { pollId } = request
  if (!can(actor, 'poll:close', community.communityId)) return err({ code: 'not-permitted' })
  const document = await keepVoteDocument(portal, `vote/${pollId}/official`, request.document)
  if (!document.ok) return document
  return portal.db.transaction().execute(async tx => {
    const locked = await lockPollIn(tx, community, pollId, ['sealed'])
    if (!locked.ok) return locked
    const motion = motionOf(locked.value.motion)
    if (motion.officialVoting !== 'import') return err({ code: 'not-an-import' })
    const problem = officialProblem(motion.questions, request.figures)
    if (problem !== null) return err(problem)
    const source = { system: motion.officialSystem ?? '', documentSha256: sha256Hex(request.document) }
    const results = motion.questions.map(({ questionId, matter }) => {
      const figures = request.figures.find(({ question }) => question === questionId)!
      const bytes = encodeOfficialResult(figures, matter.clause, source)
      const digest = sha256Hex(bytes)
      const leaf = encodeVoteLeaf({
        ...leafHead(community, pollId),
        t: 'vote.import',
        question: questionId,
        tally: digest,
        outcome: figures.outcome,
        document: source.documentSha256,
      })
      return { question: questionId, bytes, digest, leaf }
    })
    await storeResults(portal, tx, community, pollId, actor.userId, results)
    return ok(null)
  })
}

export type SignOffRefusal =
  | PollRefusal
  | { readonly code: 'already-signed-off' }
  /** Three steps, three people. */
  | { readonly code: 'same-person' }
  /** The count is another one than was shown. */
  | { readonly code: 'digest-differs' }

/** The joined digest of a poll's stored results: what people sign off. */
export async function readTalliesDigest(
  tx: Tx,
  communityId: number,
  poll: Pick<PollRow, 'poll_id'>,
): Promise<string> {
  const tallies = await listTallies(tx, communityId, [poll.poll_id])
  return talliesDigest(
    poll.poll_id,
    tallies.map(row => ({ question: row.question_id, tally: row.digest })),
  )
}

/** Signs the count off over its digest (`PollResult.digest`). Tellers need `tally:sign-off`, the branch `tally:witness`. */
export async function signOffTally(
  portal: Portal,
  actor: Actor,
  community: VotingCommunity,
  request: { readonly pollId: string; readonly step: SignOffStep; readonly seenDigest: string },
): Promise<Result<null, SignOffRefusal>> {
  const { communityId } = community
  const { pollId, step } = request
  const action = step === 'party-branch' ? 'tally:witness' : 'tally:sign-off'
  if (!can(actor, action, communityId)) return err({ code: 'not-permitted' })
  return portal.db.transaction().execute(async tx => {
    const poll = await lockPollIn(tx, community, pollId, ['counted', 'objection'])
    if (!poll.ok) return poll
    const given = await listSignOffs(tx, communityId, pollId)
    if (given.some(row => row.step === step)) return err({ code: 'already-signed-off' })
    if (given.some(row => row.by_user === actor.userId)) return err({ code: 'same-person' })
    const digest = await readTalliesDigest(tx, communityId, poll.value)
    if (digest !== request.seenDigest) return err({ code: 'digest-differs' })
    const now = portal.clock.now()
    const by = salted(portal, `by/${step}`, actor.userId)
    const leafIndex = await takeStep(tx, community, {
      kind: 'signoff',
      at: now,
      by: actor.userId,
      detail: { step },
      leaf: { ...leafHead(community, pollId), t: 'vote.signoff', tally: digest, step, by: by.digest },
      hidden: [by],
    })
    await insertSignOff(tx, {
      community_id: communityId,
      poll_id: pollId,
      step,
      by_user: actor.userId,
      digest,
      at: now,
      leaf_index: BigInt(leafIndex),
    })
    return ok(null)
  })
}

export type FinalizeRefusal =
  | PollRefusal
  | { readonly code: 'objection-period-running'; readonly until: CivilDate }
  | { readonly code: 'objections-unanswered'; readonly count: number }
  | { readonly code: 'sign-offs-missing'; readonly steps: readonly SignOffStep[] }

/** Ends the course: the objection period is over, objections are answered, the count is signed off. Needs `poll:close`. */
export async function finalizePoll(
  portal: Portal,
  actor: Actor,
  community: VotingCommunity,
  { pollId }: { readonly pollId: string },
): Promise<Result<null, FinalizeRefusal>> {
  const { communityId } = community
  if (!can(actor, 'poll:close', communityId)) return err({ code: 'not-permitted' })
  return portal.db.transaction().execute(async tx => {
    const poll = await lockPollIn(tx, community, pollId, ['objection'])
    if (!poll.ok) return poll
    const now = portal.clock.now()
    const steps = await listSteps(tx, communityId, [pollId])
    const counted = steps.find(step => step.kind === 'tally')
    assert(counted !== undefined, 'a poll in its objection period was never counted')
    const until = deadlinesOf(dateOf(counted.at), motionOf(poll.value.motion).course).objectionsUntil
    if (dateOf(now) <= until) return err({ code: 'objection-period-running', until })
    const open = (await listObjections(tx, communityId, pollId)).filter(row => row.answered_at === null)
    if (open.length > 0) return err({ code: 'objections-unanswered', count: open.length })
    const signed = new Set((await listSignOffs(tx, communityId, pollId)).map(row => row.step))
    const missing = SIGN_OFF_STEPS.filter(step => !signed.has(step))
    if (missing.length > 0) return err({ code: 'sign-offs-missing', steps: missing })
    await updatePollState(tx, communityId, pollId, 'final')
    await takeStep(tx, community, {
      kind: 'final',
      at: now,
      by: actor.userId,
      detail: {},
      leaf: {
        ...leafHead(community, pollId),
        t: 'vote.final',
        tally: await readTalliesDigest(tx, communityId, poll.value),
      },
    })
    return ok(null)
  })
}

export type PostingRefusal =
  | PollRefusal
  | { readonly code: 'place-missing' }
  | { readonly code: 'already-posted' }

/** Records that the result was posted at `place` (rule 22: within 3 days of the count). Needs `poll:close`. Once. */
export async function recordPosting(
  portal: Portal,
  actor: Actor,
  community: VotingCommunity,
  request: { readonly pollId: string; readonly place: string },
): Promise<Result<null, PostingRefusal>> {
  const { communityId } = community
  const { pollId } = request
  const place = request.place.trim()
  if (!can(actor, 'poll:close', communityId)) return err({ code: 'not-permitted' })
  if (place === '') return err({ code: 'place-missing' })
  return portal.db.transaction().execute(async tx => {
    const poll = await lockPollIn(tx, community, pollId, ['objection', 'final'])
    if (!poll.ok) return poll
    const steps = await listSteps(tx, communityId, [pollId])
    if (steps.some(step => step.kind === 'posted')) return err({ code: 'already-posted' })
    const now = portal.clock.now()
    await takeStep(tx, community, {
      kind: 'posted',
      at: now,
      by: actor.userId,
      detail: { place },
      leaf: { ...leafHead(community, pollId), t: 'vote.posted', on: dateOf(now) },
    })
    return ok(null)
  })
}
