/** Topics are opened from a source and followed to their answer: what happens to them is added, nothing is taken back. */
import { insertTopic, insertTopicEvent, listTopics, lockCouncil } from '#db/council'
import { err, ok, parseCivilDate, type Result } from '#kernel'
import { type Actor, can } from '#people'
import type { Portal } from '#platform'
import { cleanAll, type TextProblem } from './clean-text.ts'
import type { CouncilCommunity, CouncilRefusal } from './council-access.server.ts'
import { isReference, needsReference, TOPIC_EVENT_KINDS, TOPIC_SOURCES } from './topic.ts'

export interface TopicInput {
  readonly title: string
  readonly summary: string
  readonly source: string
  /** The number of the request or check it comes from; empty when there is none. */
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
  const { communityId } = community
  if (!can(actor, 'council:keep', communityId)) return err({ code: 'not-permitted' })
  const source = TOPIC_SOURCES.find(each => each === input.source)
  if (source === undefined) return err({ code: 'source-unknown' })
  const { title, summary, reference } = input
  const texts = cleanAll({ title, summary, reference }, ['title', 'reference'])
  if (!texts.ok) return texts
  if (texts.value.title === '') return err({ code: 'title-missing' })
  const topicId = portal.random.id()
  return portal.db.transaction().execute(async tx => {
    await lockCouncil(tx, communityId)
    const number = await insertTopic(tx, {
      community_id: communityId,
      topic_id: topicId,
      title: texts.value.title,
      summary: texts.value.summary,
      source,
      source_reference: texts.value.reference === '' ? null : texts.value.reference,
      opened_by: actor.userId,
      opened_at: portal.clock.now(),
    })
    return ok({ topicId, number })
  })
}

/** Adds a step to a topic's life: a vote, a budget line, a contract, a voucher, the acceptance, the answer, its end. Needs `council:keep`. */
export async function followTopic(
  portal: Portal,
  actor: Actor,
  community: CouncilCommunity,
  input: TopicEventInput,
): Promise<Result<null, TopicRefusal>> {
  const { communityId } = community
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
  return portal.db.transaction().execute(async tx => {
    await lockCouncil(tx, communityId)
    const topics = await listTopics(tx, communityId)
    if (!topics.some(topic => topic.topic_id === input.topicId))
      return err({ code: 'topic-unknown' } as const)
    await insertTopicEvent(tx, {
      community_id: communityId,
      topic_id: input.topicId,
      kind,
      reference: named === '' ? null : named,
      text: texts.value.text,
      happened_on: happenedOn.value,
      entered_by: actor.userId,
      entered_at: portal.clock.now(),
    })
    return ok(null)
  })
}
