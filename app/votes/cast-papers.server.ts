/**
 * Casting on screen: an owner's answers for one or several of their units, changed ("edit my vote") and withdrawn until the
 * close. A submission, its ballots, their leaves and the household's notices are in one transaction; submissions that come
 * at once share it. A submission that can never count is refused and leaves nothing.
 */
import { lockForCasting, type PollRow, readUnitFiles, type UnitFileRow } from '#db/votes'
import { err, ok, type Result } from '#kernel'
import { type Actor, can } from '#people'
import { readPersonsOf } from '#people/server'
import { type Portal, together } from '#platform'
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
import { hasSpokenFor } from './read-my-voting.server.ts'
import { recordPapers, type Submission, unitFileOf } from './record-paper.server.ts'
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

/** A submission that waits to be judged: whose, for which units, and how its text follows from their files. */
interface Offer {
  readonly userId: string
  readonly units: readonly string[]
  readonly asProxy: boolean
  readonly textOf: (motion: Motion, files: readonly UnitFile[]) => Result<string, CastRefusal>
}

/** One submission on screen. What others submit meanwhile is judged and recorded with it, each for itself. */
async function submit(
  portal: Portal,
  actor: Actor,
  community: VotingCommunity,
  input: Pick<CastInput, 'pollId' | 'units' | 'asProxy'>,
  textOf: Offer['textOf'],
): Promise<Result<CastReceipt, CastRefusal>> {
  const { communityId } = community
  const { pollId, asProxy } = input
  const units = [...new Set(input.units)]
  // A proxy speaks by a mandate, which is looked up; an owner also holds the office.
  if (!asProxy && !can(actor, 'ballot:cast', communityId)) return err({ code: 'not-permitted' })
  if (units.length === 0) return err({ code: 'units-missing' })
  const offer: Offer = { userId: actor.userId, units, asProxy, textOf }
  const attempt = () =>
    together(portal, `cast ${communityId} ${pollId}`, offer, offers =>
      submitAll(portal, community, pollId, offers),
    )
  const first = await attempt()
  // The clock's own job opens a poll; who comes before it does so in its place.
  if (first.ok || first.error.code !== 'poll-state' || first.error.state !== 'notice') return first
  await portal.db.transaction().execute(tx => openWhenDue(portal, tx, community, pollId, CLOCK))
  return attempt()
}

/** Judges offers one after another and records those that can count, in one transaction. A refusal changes nothing. */
function submitAll(
  portal: Portal,
  community: VotingCommunity,
  pollId: string,
  offers: readonly Offer[],
): Promise<readonly Result<CastReceipt, CastRefusal>[]> {
  const { communityId } = community
  return portal.db.transaction().execute(async tx => {
    const poll = await lockForCasting(tx, communityId, pollId)
    if (poll === undefined) return offers.map(() => err({ code: 'poll-unknown' }))
    const units = [...new Set(offers.flatMap(offer => offer.units))]
    const users = [...new Set(offers.map(offer => offer.userId))]
    const persons = await readPersonsOf(tx, communityId, users)
    const proxies = offers.flatMap(({ asProxy, userId }) => (asProxy ? (persons.get(userId) ?? []) : []))
    const rows = await readUnitFiles(tx, communityId, pollId, units, [...new Set(proxies)])
    const desk = openDesk(portal, poll, rows)
    const judged = offers.map((offer): Judged => {
      const by = persons.get(offer.userId)
      return by === undefined ? err({ code: 'not-an-owner' }) : desk.judge(offer, by)
    })
    const accepted = judged.flatMap(each => (each.ok ? [each.value.submission] : []))
    if (accepted.length === 0) return judged.map(each => each as Result<never, CastRefusal>)
    const recorded = [...(await recordPapers(portal, tx, community, poll, accepted))]
    return judged.map(each =>
      each.ok ? ok({ ...recorded.shift()!, coOwnerVoted: each.value.coOwnerVoted }) : each,
    )
  })
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

type Judged = Result<
  { readonly submission: Submission; readonly coOwnerVoted: readonly string[] },
  CastRefusal
>

/** The files of a poll's units while offers are judged against them: what one offer adds, the next one finds. */
function openDesk(
  portal: Portal,
  poll: PollRow & { readonly last_seq: number },
  rows: readonly UnitFileRow[],
): { judge(offer: Offer, by: string): Judged } {
  const motion = motionOf(poll.motion)
  const rules: CastRules = {
    questions: motion.questions,
    policy: policyOf(poll.policy),
    window: windowOf(poll),
  }
  const files = new Map(rows.map(row => [row.unit_id, row]))
  let lastSeq = poll.last_seq
  const add = ({ units, by, asProxy, channel, answers, receivedAt }: Submission) => {
    for (const { unit_id: unit } of units) {
      lastSeq += 1
      const row = files.get(unit)!
      const ballot = { seq: lastSeq, by, asProxy, channel, at: String(microsOf(receivedAt)), answers }
      files.set(unit, { ...row, ballots: [...row.ballots, ballot] })
    }
  }
  return {
    judge(offer, by) {
      const now = portal.clock.now()
      const refusal = windowRefusal(poll, motion, now)
      if (refusal !== null) return err(refusal)
      const judged = judgeOffer(rules, motion, [...files.values()], offer, by, now)
      if (judged.ok) add(judged.value.submission)
      return judged
    },
  }
}

/** Judges one offer against the files as they are. */
function judgeOffer(
  rules: CastRules,
  motion: Motion,
  rows: readonly UnitFileRow[],
  { units, userId, asProxy, textOf }: Offer,
  by: string,
  now: Date,
): Judged {
  const concerned = rows.filter(row => units.includes(row.unit_id) || (asProxy && hasSpokenFor(by, row)))
  const named = units.flatMap(unit => concerned.filter(row => row.unit_id === unit))
  const text = textOf(motion, named.map(unitFileOf))
  // Whose unit it is comes first: a stranger learns nothing about answers.
  const answers = text.ok ? text.value : 'WITHDRAW'
  const channel = asProxy ? 'proxy' : 'online'
  const attempt = { units, by, asProxy, channel, atMicros: microsOf(now), answers } as const
  const judged = judgeCast(rules, concerned.map(unitFileOf), attempt)
  for (const unit of units) {
    const { obstacle } = judged.get(unit)!
    if (obstacle !== null) return err({ code: 'cannot-count', unit, reason: obstacle satisfies Reason })
  }
  if (!text.ok) return text
  return ok({
    coOwnerVoted: units.filter(unit => judged.get(unit)!.coOwnerVoted),
    submission: {
      units: named,
      by,
      asProxy,
      channel,
      paperNumber: null,
      evidence: null,
      answers,
      receivedAt: now,
      recordedBy: userId,
    },
  })
}
