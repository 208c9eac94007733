/**
 * Casting on screen: an owner's answers for one or several of their units, changed ("edit my vote") and withdrawn until the
 * close. A submission, its ballots, their leaves and the household's notices are one transaction. A submission that can
 * never count is refused and leaves nothing.
 */
import type { Tx } from '#db'
import { lockForCasting, type PollRow, readUnitFiles } from '#db/votes'
import { err, ok, type Result } from '#kernel'
import { type Actor, can } from '#people'
import { readPersonOf } from '#people/server'
import type { Portal } from '#platform'
import { type AnswerProblem, checkAnswers, encodeAnswers } from './answers.ts'
import type { Reason } from './ballot.ts'
import { type CastRules, judgeCast, questionsOf, type UnitFile } from './cast-judgement.ts'
import type { Motion } from './motion.ts'
import {
  CLOCK,
  microsOf,
  motionOf,
  type PollRefusal,
  policyOf,
  type VotingCommunity,
  windowOf,
} from './poll-access.server.ts'
import { recordPaper, unitFileOf } from './record-paper.server.ts'
import { openWhenDue } from './run-poll.server.ts'

export type CastRefusal =
  | PollRefusal
  /** The signed-in user is bound to no person of the register. */
  | { readonly code: 'not-an-owner' }
  | { readonly code: 'before-open'; readonly opensAt: Date }
  | { readonly code: 'after-close'; readonly closesAt: Date }
  /** The city's own system decides: nothing is cast here. */
  | { readonly code: 'official-system-only'; readonly system: string }
  | { readonly code: 'units-missing' }
  /** The engine's reason why a ballot for this unit could never count. */
  | { readonly code: 'cannot-count'; readonly unit: string; readonly reason: Reason }
  /** Nothing of this person stands that could be withdrawn. */
  | { readonly code: 'nothing-to-withdraw'; readonly unit: string }
  | AnswerProblem

export interface CastInput {
  readonly pollId: string
  /** Unit ids, as `readMyPoll` lists them. */
  readonly units: readonly string[]
  /** Question id to choice (`choicesOf`), for every question whose scope holds one of the units. */
  readonly answers: { readonly [questionId: string]: string }
  /** Cast with a registered written proxy, for units that are not the person's own. */
  readonly asProxy: boolean
}

/** A submission that is recorded. */
export interface CastReceipt {
  readonly paperNo: number
  readonly receivedAt: Date
  /** One per unit, in the order asked; `seq` opens `readReceipt`. */
  readonly ballots: readonly { readonly unit: string; readonly seq: number; readonly leafIndex: number }[]
  /** Units where another co-owner's ballot stands: warn that differing ones are handled by the policy. Never how it was cast. */
  readonly coOwnerVoted: readonly string[]
}

/** Casts answers. Only a person who may speak for every unit named; later submissions are later places, not replacements. */
export function castPapers(
  portal: Portal,
  actor: Actor,
  community: VotingCommunity,
  input: CastInput,
): Promise<Result<CastReceipt, CastRefusal>> {
  return submit(portal, actor, community, input, (motion, files) => answersText(motion, files, input.answers))
}

/** Withdraws what stands for the units (rule 8): a submission of its own, with its own leaves and receipt. */
export function withdrawPaper(
  portal: Portal,
  actor: Actor,
  community: VotingCommunity,
  input: { readonly pollId: string; readonly units: readonly string[]; readonly asProxy: boolean },
): Promise<Result<CastReceipt, CastRefusal>> {
  return submit(portal, actor, community, input, (_motion, files) => {
    const idle = files.find(file => file.ballots.length === 0)
    return idle === undefined ? ok('WITHDRAW') : err({ code: 'nothing-to-withdraw', unit: idle.unit })
  })
}

/**
 * The text of answers for some units: every question in whose base one of them lies must be answered; the others have no
 * mark, because nobody was asked.
 */
function answersText(
  motion: Motion,
  files: readonly UnitFile[],
  given: { readonly [questionId: string]: string },
): Result<string, AnswerProblem> {
  const concerned = new Set(files.flatMap(file => questionsOf(motion.questions, file)))
  const asked = motion.questions.filter(question => concerned.has(question))
  const checked = checkAnswers(asked, given, 'screen')
  if (!checked.ok) return checked
  const order = motion.questions.map(question => question.questionId)
  return ok(
    encodeAnswers(order, { choices: new Map(order.map(id => [id, checked.value.get(id) ?? 'BLANK'])) }),
  )
}

type Submission = Pick<CastInput, 'pollId' | 'units' | 'asProxy'>

/** One submission on screen, in one transaction. A refusal changes nothing. */
async function submit(
  portal: Portal,
  actor: Actor,
  community: VotingCommunity,
  input: Submission,
  textOf: (motion: Motion, files: readonly UnitFile[]) => Result<string, CastRefusal>,
): Promise<Result<CastReceipt, CastRefusal>> {
  const units = [...new Set(input.units)]
  // A proxy speaks by a mandate, which is looked up; an owner also holds the office.
  if (!input.asProxy && !can(actor, 'ballot:cast', community.communityId))
    return err({ code: 'not-permitted' })
  if (units.length === 0) return err({ code: 'units-missing' })
  const attempt = () =>
    portal.db.transaction().execute(async tx => {
      const by = await readPersonOf(tx, community.communityId, actor.userId)
      if (by === null) return err({ code: 'not-an-owner' } as const)
      const poll = await lockForCasting(tx, community.communityId, input.pollId)
      if (poll === undefined) return err({ code: 'poll-unknown' } as const)
      return submitLocked(portal, tx, community, poll, { ...input, units, by, userId: actor.userId, textOf })
    })
  const first = await attempt()
  // The clock's own job opens a poll; who comes before it does so in its place.
  if (first.ok || first.error.code !== 'poll-state' || first.error.state !== 'notice') return first
  await portal.db.transaction().execute(tx => openWhenDue(portal, tx, community, input.pollId, CLOCK))
  return attempt()
}

/** Why nothing is cast now; null when casting is possible. The lock on the poll keeps the answer true. */
function windowRefusal(poll: PollRow, motion: Motion, now: Date): CastRefusal | null {
  if (motion.officialVoting === 'import') {
    return { code: 'official-system-only', system: motion.officialSystem ?? '' }
  }
  if (now < poll.opens_at) return { code: 'before-open', opensAt: poll.opens_at }
  if (now > poll.closes_at || !['notice', 'open'].includes(poll.state)) {
    return { code: 'after-close', closesAt: poll.closes_at }
  }
  return poll.state === 'open' ? null : { code: 'poll-state', state: poll.state }
}

async function submitLocked(
  portal: Portal,
  tx: Tx,
  community: VotingCommunity,
  poll: PollRow & { readonly last_seq: number; readonly last_paper: number },
  submission: Submission & {
    readonly by: string
    readonly userId: string
    readonly textOf: (motion: Motion, files: readonly UnitFile[]) => Result<string, CastRefusal>
  },
): Promise<Result<CastReceipt, CastRefusal>> {
  const { by, units, asProxy } = submission
  const motion = motionOf(poll.motion)
  const now = portal.clock.now()
  const refusal = windowRefusal(poll, motion, now)
  if (refusal !== null) return err(refusal)
  const rows = await readUnitFiles(tx, community.communityId, poll.poll_id, units, asProxy ? by : null)
  const rules: CastRules = {
    questions: motion.questions,
    policy: policyOf(poll.policy),
    window: windowOf(poll),
  }
  const files = rows.map(unitFileOf)
  const named = units.flatMap(unit => files.filter(file => file.unit === unit))
  const text = submission.textOf(motion, named)
  // Whose unit it is comes first: a stranger learns nothing about answers.
  const answers = text.ok ? text.value : 'WITHDRAW'
  const channel = asProxy ? 'proxy' : 'online'
  const judged = judgeCast(rules, files, { units, by, asProxy, channel, atMicros: microsOf(now), answers })
  for (const unit of units) {
    const { obstacle } = judged.get(unit)!
    if (obstacle !== null) return err({ code: 'cannot-count', unit, reason: obstacle satisfies Reason })
  }
  if (!text.ok) return text
  const recorded = await recordPaper(portal, tx, community, poll, {
    units: units.map(unit => rows.find(row => row.unit_id === unit)!),
    by,
    asProxy,
    channel,
    paperNumber: null,
    evidence: null,
    answers,
    receivedAt: now,
    recordedBy: submission.userId,
  })
  return ok({ ...recorded, coOwnerVoted: units.filter(unit => judged.get(unit)!.coOwnerVoted) })
}
