/**
 * Objections of owners: to their entry of the roll before the opening, to how their unit was counted afterwards. The text is
 * the owner's and deletable; its salted digest is logged, and so is the answer.
 */
import {
  insertHouseholdNotices,
  insertObjection,
  insertObjectionAnswer,
  listObjections,
  listSteps,
  readUnitFiles,
} from '#db/votes'
import { assert, canonicalText, dateOf, err, ok, type Result } from '#kernel'
import { type Actor, can } from '#people'
import { readPersonOf } from '#people/server'
import type { Portal } from '#platform'
import { deadlinesOf } from './course.ts'
import {
  leafHead,
  lockPollIn,
  microsOf,
  motionOf,
  type PollRefusal,
  salted,
  takeStep,
  type VotingCommunity,
} from './poll-access.server.ts'
import { holdersOf, unitFileOf } from './record-paper.server.ts'

const LONGEST_OBJECTION = 4000

export type ObjectionRefusal =
  | PollRefusal
  | { readonly code: 'not-an-owner' }
  | { readonly code: 'unit-not-yours' }
  | { readonly code: 'text-missing' }
  | { readonly code: 'text-too-long'; readonly limit: number }
  | { readonly code: 'objection-period-over' }

/** Objects for a unit of one's own: to the roll from the notice to the close, to the count in its objection period. */
export async function objectTo(
  portal: Portal,
  actor: Actor,
  community: VotingCommunity,
  request: { readonly pollId: string; readonly unit: string; readonly text: string },
): Promise<Result<{ readonly objectionId: string; readonly stage: 'roll' | 'count' }, ObjectionRefusal>> {
  const { communityId } = community
  const { pollId, unit } = request
  const text = request.text.trim()
  if (text === '') return err({ code: 'text-missing' })
  if (text.length > LONGEST_OBJECTION) return err({ code: 'text-too-long', limit: LONGEST_OBJECTION })
  return portal.db.transaction().execute(async tx => {
    const person = await readPersonOf(tx, communityId, actor.userId)
    if (person === null) return err({ code: 'not-an-owner' })
    const poll = await lockPollIn(tx, community, pollId, ['notice', 'open', 'counted', 'objection'])
    if (!poll.ok) return poll
    const now = portal.clock.now()
    const [row] = await readUnitFiles(tx, communityId, pollId, [unit], [])
    if (row === undefined || !holdersOf(unitFileOf(row), microsOf(now)).includes(person)) {
      return err({ code: 'unit-not-yours' })
    }
    const stage = poll.value.state === 'notice' || poll.value.state === 'open' ? 'roll' : 'count'
    if (stage === 'count') {
      const counted = (await listSteps(tx, communityId, [pollId])).find(step => step.kind === 'tally')
      assert(counted !== undefined, 'a poll in its objection period was never counted')
      const { objectionsUntil } = deadlinesOf(dateOf(counted.at), motionOf(poll.value.motion).course)
      if (dateOf(now) > objectionsUntil) return err({ code: 'objection-period-over' })
    }
    const objectionId = portal.random.id()
    const hidden = salted(portal, 'objection', text)
    const leafIndex = await takeStep(tx, community, {
      kind: 'objection',
      at: now,
      by: actor.userId,
      detail: { stage },
      leaf: { ...leafHead(community, pollId), t: 'vote.objection', objection: hidden.digest },
      hidden: [hidden],
    })
    await insertObjection(
      tx,
      {
        community_id: communityId,
        poll_id: pollId,
        objection_id: objectionId,
        unit_id: unit,
        by_person: person,
        stage,
        made_at: now,
        leaf_index: BigInt(leafIndex),
      },
      text,
    )
    return ok({ objectionId, stage })
  })
}

export type AnswerRefusal =
  | PollRefusal
  | { readonly code: 'objection-unknown' }
  | { readonly code: 'already-answered' }
  | { readonly code: 'text-missing' }

/** Answers an objection. Needs `objection:answer`. The objector gets a household notice. */
export async function answerObjection(
  portal: Portal,
  actor: Actor,
  community: VotingCommunity,
  request: {
    readonly pollId: string
    readonly objectionId: string
    readonly isUpheld: boolean
    readonly answer: string
  },
): Promise<Result<null, AnswerRefusal>> {
  const { communityId } = community
  const { pollId, objectionId, isUpheld } = request
  const answer = request.answer.trim()
  if (!can(actor, 'objection:answer', communityId)) return err({ code: 'not-permitted' })
  if (answer === '') return err({ code: 'text-missing' })
  return portal.db.transaction().execute(async tx => {
    const states = ['notice', 'open', 'closed', 'sealed', 'counted', 'objection'] as const
    const poll = await lockPollIn(tx, community, pollId, states)
    if (!poll.ok) return poll
    const objections = await listObjections(tx, communityId, pollId)
    const objection = objections.find(row => row.objection_id === objectionId)
    if (objection === undefined) return err({ code: 'objection-unknown' })
    if (objection.answered_at !== null) return err({ code: 'already-answered' })
    const now = portal.clock.now()
    const hidden = salted(portal, 'answer', answer)
    const leafIndex = await takeStep(tx, community, {
      kind: 'answer',
      at: now,
      by: actor.userId,
      detail: { upheld: isUpheld },
      leaf: { ...leafHead(community, pollId), t: 'vote.answer', answer: hidden.digest, upheld: isUpheld },
      hidden: [hidden],
    })
    await insertObjectionAnswer(
      tx,
      {
        community_id: communityId,
        poll_id: pollId,
        objection_id: objectionId,
        is_upheld: isUpheld,
        answered_by: actor.userId,
        answered_at: now,
        leaf_index: BigInt(leafIndex),
      },
      answer,
    )
    await insertHouseholdNotices(tx, [
      {
        community_id: communityId,
        notice_id: portal.random.id(),
        person_id: objection.by_person,
        kind: 'objection-answered',
        detail: canonicalText({ poll: pollId, unit: objection.unit_id, seq: null, channel: null }),
        at: now,
      },
    ])
    return ok(null)
  })
}

/** An objection as officers see it. */
export interface ObjectionView {
  readonly objectionId: string
  readonly unit: string
  readonly byPerson: string
  readonly stage: 'roll' | 'count'
  readonly madeAt: Date
  readonly text: string | null
  readonly answer: { readonly isUpheld: boolean; readonly text: string | null; readonly at: Date } | null
}

/** All objections of a poll, oldest first; null without `objection:answer`. */
export async function readObjections(
  portal: Portal,
  actor: Actor,
  { communityId }: VotingCommunity,
  { pollId }: { readonly pollId: string },
): Promise<readonly ObjectionView[] | null> {
  if (!can(actor, 'objection:answer', communityId)) return null
  return (await listObjections(portal.db, communityId, pollId)).map(objectionOf)
}

/** An objection's rows as a view. */
export function objectionOf(row: Awaited<ReturnType<typeof listObjections>>[number]): ObjectionView {
  return {
    objectionId: row.objection_id,
    unit: row.unit_id,
    byPerson: row.by_person,
    stage: row.stage,
    madeAt: row.made_at,
    text: row.text,
    answer:
      row.is_upheld === null || row.answered_at === null
        ? null
        : { isUpheld: row.is_upheld, text: row.answer, at: row.answered_at },
  }
}
