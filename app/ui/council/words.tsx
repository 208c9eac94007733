/** The words of the council that stand on every page of it: how far a topic is, what an opinion is worth, what a meeting is. */
import type { ActionState, MeetingKind, Opinion, TopicStage, TopicStanding } from '#council'
import type { CivilDate } from '#kernel'
import { Notice } from '../feedback.tsx'
import { Icon } from '../icon.tsx'
import { DateText } from '../stamp.tsx'
import { StatePill, type StateTone } from '../state.tsx'
import { Anchor, useT } from '../viewer.tsx'

const TOPIC_STANDING_TONES: Readonly<Record<TopicStanding, StateTone>> = {
  raised: 'waiting',
  discussed: 'waiting',
  'awaits-vote': 'attention',
  'in-vote': 'waiting',
  'under-way': 'waiting',
  accepted: 'done',
  answered: 'done',
  closed: 'done',
}

/** How far a topic has come. */
export function TopicPill(props: { readonly standing: TopicStanding }) {
  const t = useT()
  return (
    <StatePill tone={TOPIC_STANDING_TONES[props.standing]} label={t(`council.standing.${props.standing}`)} />
  )
}

const STAGE_ICONS = { done: 'done', open: 'waiting', 'not-needed': 'stopped' } as const

/** From the source to the answer: which stages of its life a topic has reached. */
export function StageList(props: { readonly stages: readonly TopicStage[] }) {
  const t = useT()
  return (
    <ol className="council-stages" aria-label={t('council.stages')}>
      {props.stages.map(({ stage, state }) => (
        <li key={stage} data-state={state}>
          <Icon name={STAGE_ICONS[state]} />
          {t(`council.stage.${stage}`)}
          <span className="visually-hidden"> {t(`council.stageState.${state}`)}</span>
        </li>
      ))}
    </ol>
  )
}

/** What a meeting came to on a topic. */
export function OpinionPill(props: { readonly opinion: Opinion }) {
  const t = useT()
  const tone = props.opinion === 'none' ? 'waiting' : 'done'
  return <StatePill tone={tone} label={t(`council.opinion.${props.opinion}`)} />
}

/** Where an action item stands. */
export function ActionPill(props: { readonly state: ActionState; readonly dueOn: CivilDate }) {
  const t = useT()
  const tones = { done: 'done', overdue: 'attention', due: 'waiting' } as const
  return (
    <>
      <StatePill tone={tones[props.state]} label={t(`council.action.${props.state}`)} />{' '}
      {props.state !== 'done' && <DateText date={props.dueOn} />}
    </>
  )
}

/** Says what a meeting of this kind can decide, and what it cannot. */
export function WhatItIsWorth(props: { readonly kind: MeetingKind | null }) {
  const t = useT()
  const which = props.kind === 'owners-committee' ? 'committee' : 'council'
  return (
    <Notice title={t(`council.worth.${which}`)}>
      <p>{t(`council.worthText.${which}`)}</p>
    </Notice>
  )
}

/** On a request or a challenge: the topic that came of it. */
export function TopicOfCase(props: {
  readonly slug: string
  readonly topic: {
    readonly topicId: string
    readonly number: number
    readonly title: string
    readonly standing: TopicStanding
  }
}) {
  const t = useT()
  const { topicId, number, title, standing } = props.topic
  return (
    <Notice title={t('council.topicOfCase')}>
      <p>
        <Anchor href={`/c/${props.slug}/council/topics/${topicId}`}>
          {t('council.topicNumbered', { number, title })}
        </Anchor>{' '}
        <TopicPill standing={standing} />
      </p>
    </Notice>
  )
}

/** On a topic: an opinion of the council, or a matter that owners decide. */
export function WhoDecides(props: {
  readonly decides: 'council-opinion' | 'owners-vote'
  readonly isAwaited: boolean
}) {
  const t = useT()
  const which = props.decides === 'owners-vote' ? 'vote' : props.isAwaited ? 'awaited' : 'opinion'
  return (
    <Notice tone={which === 'awaited' ? 'warning' : 'info'} title={t(`council.decides.${which}`)}>
      <p>{t(`council.decidesText.${which}`)}</p>
    </Notice>
  )
}
