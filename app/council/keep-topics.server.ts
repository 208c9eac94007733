/**
 * Topics are opened from a source and followed to their answer: what happens to them is added, nothing is taken back, and each row
 * has its leaf.
 */
import type { Tx } from '#db'
import {
  findTopics,
  insertTopic,
  insertTopicEvent,
  lastTopicNumber,
  listTopicEvents,
  lockCouncil,
} from '#db/council'
import { err, ok, parseCivilDate, type Result } from '#kernel'
import { type Actor, can } from '#people'
import type { Portal } from '#platform'
import { cleanAll, type TextProblem } from './clean-text.ts'
import { appendCouncilLeaf, type CouncilCommunity, type CouncilRefusal } from './council-access.server.ts'
import { topicDigest, topicEventDigest } from './leaf.ts'
import { isReference, needsReference, TOPIC_EVENT_KINDS, TOPIC_SOURCES } from './topic.ts'

export interface TopicInput {
  readonly title: string
  readonly summary: string
  readonly source: string
  /** The number of the request, challenge or check it comes from; empty when there is none. */
  readonly reference: string
}

export interface TopicEventInput {
  readonly topicId: string
  readonly kind: string
  readonly reference: string
  readonly text: string
  readonly happenedOn: string
}

export type TopicRefusal =
  | CouncilRefusal
  | TextProblem
  | { readonly code: 'title-missing' | 'source-unknown' | 'event-unknown' | 'text-missing' }
  | { readonly code: 'reference-malformed' | 'date-malformed' }

/** Opens a topic under the next number. Needs `council:keep`. */
export async function openTopic(
  portal: Portal,
  actor: Actor,
  community: CouncilCommunity,
  input: TopicInput,
): Promise<Result<{ readonly topicId: string; readonly number: number }, TopicRefusal>> {
  return portal.db.transaction().execute(tx => openTopicWithin(portal, tx, actor, community, input))
}

/**
 * The same within a caller's transaction: another room's act and the topic that follows from it are one thing. Locks the council and
 * then the log.
 */
export async function openTopicWithin(
  portal: Portal,
  tx: Tx,
  actor: Actor,
  community: Pick<CouncilCommunity, 'communityId' | 'logOrigin'>,
  input: TopicInput,
): Promise<Result<{ readonly topicId: string; readonly number: number }, TopicRefusal>> {
  const { communityId, logOrigin } = community
  if (!can(actor, 'council:keep', communityId)) return err({ code: 'not-permitted' })
  const source = TOPIC_SOURCES.find(each => each === input.source)
  if (source === undefined) return err({ code: 'source-unknown' })
  const { title, summary, reference } = input
  const texts = cleanAll({ title, summary, reference }, ['title', 'reference'])
  if (!texts.ok) return texts
  if (texts.value.title === '') return err({ code: 'title-missing' })
  const topicId = portal.random.id()
  await lockCouncil(tx, communityId)
  const number = (await lastTopicNumber(tx, communityId)) + 1
  const said = { ...texts.value, source, reference: texts.value.reference || null }
  const leaf = { v: 1, t: 'council.topic', log: logOrigin, topic: topicId, number } as const
  await insertTopic(tx, {
    community_id: communityId,
    topic_id: topicId,
    number,
    title: said.title,
    summary: said.summary,
    source,
    source_reference: said.reference,
    opened_by: actor.userId,
    opened_at: portal.clock.now(),
    leaf_index: await appendCouncilLeaf(tx, community, { ...leaf, content: topicDigest(said) }),
  })
  return ok({ topicId, number })
}

/** Adds a step to a topic's life: a vote, a budget line, a contract, a voucher, the acceptance, the answer, its end. Needs `council:keep`. */
export async function followTopic(
  portal: Portal,
  actor: Actor,
  community: CouncilCommunity,
  input: TopicEventInput,
): Promise<Result<null, TopicRefusal>> {
  const { communityId } = community
  const { topicId } = input
  if (!can(actor, 'council:keep', communityId)) return err({ code: 'not-permitted' })
  const kind = TOPIC_EVENT_KINDS.find(each => each === input.kind)
  if (kind === undefined) return err({ code: 'event-unknown' })
  const { text, reference } = input
  const texts = cleanAll({ text, reference }, ['reference'])
  if (!texts.ok) return texts
  const named = texts.value.reference
  if (needsReference(kind) ? !isReference(kind, named) : named !== '' && !isReference(kind, named))
    return err({ code: 'reference-malformed' })
  if (texts.value.text === '' && !needsReference(kind)) return err({ code: 'text-missing' })
  const happenedOn = parseCivilDate(input.happenedOn)
  if (!happenedOn.ok) return err({ code: 'date-malformed' })
  const said = { kind, reference: named || null, text: texts.value.text, happenedOn: happenedOn.value }
  return portal.db.transaction().execute(async tx => {
    await lockCouncil(tx, communityId)
    if ((await findTopics(tx, communityId, [topicId])).length === 0)
      return err({ code: 'topic-unknown' } as const)
    const no = (await listTopicEvents(tx, communityId, [topicId])).length + 1
    const leaf = { v: 1, t: 'council.topic-event', log: community.logOrigin, topic: topicId, no } as const
    await insertTopicEvent(tx, {
      community_id: communityId,
      topic_id: topicId,
      event_no: no,
      kind,
      reference: said.reference,
      text: said.text,
      happened_on: said.happenedOn,
      entered_by: actor.userId,
      entered_at: portal.clock.now(),
      leaf_index: await appendCouncilLeaf(tx, community, { ...leaf, content: topicEventDigest(said) }),
    })
    return ok(null)
  })
}
