/**
 * A topic of the council (议题): where it came from and what became of it, until whoever asked has an answer. What owners decided
 * and what the council thinks are two things, and `standing` keeps them apart.
 */

export const TOPIC_SOURCES = ['request', 'challenge', 'committee', 'company', 'branch', 'check'] as const
/** 居民列单, 质询, 业委会, 物业, 党支部, 检查未过. */
export type TopicSource = (typeof TOPIC_SOURCES)[number]

export const TOPIC_EVENT_KINDS = [
  'vote',
  'budget',
  'contract',
  'voucher',
  'acceptance',
  'answer',
  'closed',
  'reopened',
] as const
/** 交付表决, 列入预算, 签订合同, 付款凭证, 验收, 答复, 办结, 重新打开. */
export type TopicEventKind = (typeof TOPIC_EVENT_KINDS)[number]

export interface TopicEvent {
  readonly kind: TopicEventKind
}

export const OPINIONS = ['unanimous', 'majority', 'none'] as const
/** 一致, 多数, 未形成. */
export type Opinion = (typeof OPINIONS)[number]

/** What minutes said of a topic, newest last. */
export interface TopicMinutes {
  readonly opinion: Opinion
  readonly needsVote: boolean
}

export const TOPIC_STANDINGS = [
  'raised',
  'discussed',
  'awaits-vote',
  'in-vote',
  'under-way',
  'accepted',
  'answered',
  'closed',
] as const
/** 已提出, 已协商, 待业主表决, 业主表决中或已表决, 落实中, 已验收, 已答复, 已办结. */
export type TopicStanding = (typeof TOPIC_STANDINGS)[number]

/** How far a topic has come: what happened last counts, and a vote that the minutes asked for stays asked for until it is linked. */
export function topicStanding(
  minutes: readonly TopicMinutes[],
  events: readonly TopicEvent[],
): TopicStanding {
  const sinceReopened = events.slice(events.findLastIndex(event => event.kind === 'reopened') + 1)
  const has = (kind: TopicEventKind) => sinceReopened.some(event => event.kind === kind)
  if (has('closed')) return 'closed'
  if (has('answer')) return 'answered'
  if (has('acceptance')) return 'accepted'
  if (has('contract') || has('voucher') || has('budget')) return 'under-way'
  if (has('vote')) return 'in-vote'
  if (minutes.some(each => each.needsVote)) return 'awaits-vote'
  return minutes.length > 0 ? 'discussed' : 'raised'
}

/** The council's word or the owners': only a linked vote is a decision of owners, whatever an opinion says. */
export function whoDecides(events: readonly TopicEvent[]): 'council-opinion' | 'owners-vote' {
  return events.some(event => event.kind === 'vote') ? 'owners-vote' : 'council-opinion'
}

export const STAGES = [
  'source',
  'opinion',
  'vote',
  'budget',
  'contract',
  'payment',
  'acceptance',
  'answer',
] as const
/** 来源, 协商意见, 业主表决, 预算, 合同, 付款, 验收, 答复. */
export type Stage = (typeof STAGES)[number]

/** A stage of a topic's life: reached, still to come, or one that this topic had no need of. */
export interface TopicStage {
  readonly stage: Stage
  readonly state: 'done' | 'open' | 'not-needed'
}

const STAGE_EVENTS: Readonly<Partial<Record<Stage, TopicEventKind>>> = {
  vote: 'vote',
  budget: 'budget',
  contract: 'contract',
  payment: 'voucher',
  acceptance: 'acceptance',
  answer: 'answer',
}

/**
 * The whole life from the source to the answer. Once minutes did not ask for a vote, none is waited for; money, contract and acceptance
 * were not needed where the topic was answered without them. An answer is owed whatever happens.
 */
export function topicStages(
  minutes: readonly TopicMinutes[],
  events: readonly TopicEvent[],
): readonly TopicStage[] {
  const has = (kind: TopicEventKind | undefined) => events.some(event => event.kind === kind)
  const sinceReopened = events.slice(events.findLastIndex(event => event.kind === 'reopened') + 1)
  const isOver = sinceReopened.some(({ kind }) => kind === 'answer' || kind === 'closed')
  return STAGES.map(stage => {
    const isDone = stage === 'source' || (stage === 'opinion' ? minutes.length > 0 : has(STAGE_EVENTS[stage]))
    if (isDone) return { stage, state: 'done' }
    if (stage === 'opinion' || stage === 'answer') return { stage, state: 'open' }
    const isNeeded = stage === 'vote' ? minutes.length === 0 || minutes.some(each => each.needsVote) : !isOver
    return { stage, state: isNeeded ? 'open' : 'not-needed' }
  })
}

const REFERENCES: Readonly<Partial<Record<TopicEventKind, RegExp>>> = {
  vote: /^[a-z0-9]{10,40}$/,
  budget: /^[0-9]{4,10}$/,
  voucher: /^\d{4}-\d{1,6}$/,
}

/** True when a reference has the form its kind asks for: a poll's id, a budget account's code, a voucher's key; free text elsewhere. */
export function isReference(kind: TopicEventKind, reference: string): boolean {
  const pattern = REFERENCES[kind]
  return pattern === undefined ? reference.length <= 100 : pattern.test(reference)
}

/** True when the kind makes no sense without its reference. */
export function needsReference(kind: TopicEventKind): boolean {
  return REFERENCES[kind] !== undefined
}
