/** Lists of the council: meetings, topics, outcomes, action items, seats. They name office holders and nobody else. */
import {
  type ActionItem,
  actionState,
  type MeetingKind,
  type MinutesItem,
  type Notice,
  type SeatKind,
  type TopicSource,
  type TopicStanding,
} from '#council'
import type { CivilDate } from '#kernel'
import { EmptyState } from '../feedback.tsx'
import { DefinitionList } from '../figures.tsx'
import { Card } from '../page-shell.tsx'
import { DateText, InstantText } from '../stamp.tsx'
import { StatePill } from '../state.tsx'
import { DataTable } from '../table.tsx'
import { Anchor, useT } from '../viewer.tsx'
import { ActionPill, OpinionPill, TopicPill } from './words.tsx'

export interface ListedMeeting {
  readonly meetingId: string
  readonly notice: Pick<Notice, 'kind' | 'title' | 'place'>
  readonly startsAt: Date
  readonly state: 'coming' | 'cancelled' | 'held' | 'published'
  readonly postBy: CivilDate | null
}

/** A meeting's state; for the owners' committee with the day by which it posts its decisions. */
export function MeetingPill(props: Pick<ListedMeeting, 'state'>) {
  const t = useT()
  const tones = { coming: 'waiting', cancelled: 'stopped', held: 'attention', published: 'done' } as const
  return <StatePill tone={tones[props.state]} label={t(`council.meeting.${props.state}`)} />
}

/** Meetings, each with where and when. `hrefOf` says where a row leads. */
export function MeetingTable(props: {
  readonly caption: string
  readonly meetings: readonly ListedMeeting[]
  readonly hrefOf: (meetingId: string) => string
}) {
  const t = useT()
  return (
    <DataTable
      caption={props.caption}
      captionHidden
      rows={props.meetings}
      rowKey={meeting => meeting.meetingId}
      rowHref={meeting => props.hrefOf(meeting.meetingId)}
      columns={[
        {
          key: 'title',
          label: t('council.meetingTitle'),
          cell: ({ notice }) => `${t(`council.kind.${notice.kind}`)}　${notice.title}`,
        },
        {
          key: 'at',
          label: t('council.when'),
          type: 'date',
          cell: ({ startsAt }) => <InstantText at={startsAt} />,
        },
        { key: 'place', label: t('council.place'), cell: ({ notice }) => notice.place },
        {
          key: 'state',
          label: t('council.stateLabel'),
          cell: ({ state, postBy }) => (
            <>
              <MeetingPill state={state} />
              {postBy !== null && (
                <>
                  {' '}
                  {t('council.postBy')} <DateText date={postBy} />
                </>
              )}
            </>
          ),
        },
      ]}
    />
  )
}

export interface ListedTopic {
  readonly topicId: string
  readonly number: number
  readonly title: string
  readonly source: TopicSource
  readonly openedOn: CivilDate
  readonly standing: TopicStanding
}

/** Topics with how far each has come. */
export function TopicTable(props: {
  readonly topics: readonly ListedTopic[]
  readonly hrefOf: (topicId: string) => string
}) {
  const t = useT()
  return (
    <DataTable
      caption={t('council.topics')}
      captionHidden
      rows={props.topics}
      rowKey={topic => topic.topicId}
      rowHref={topic => props.hrefOf(topic.topicId)}
      empty={t('council.topicsEmpty')}
      columns={[
        {
          key: 'title',
          label: t('council.topic'),
          cell: ({ number, title }) => t('council.topicNumbered', { number, title }),
        },
        { key: 'source', label: t('council.source'), cell: ({ source }) => t(`council.source.${source}`) },
        {
          key: 'opened',
          label: t('council.openedOn'),
          type: 'date',
          cell: ({ openedOn }) => <DateText date={openedOn} short />,
        },
        {
          key: 'standing',
          label: t('council.stateLabel'),
          cell: ({ standing }) => <TopicPill standing={standing} />,
        },
      ]}
    />
  )
}

export interface ListedDecision {
  readonly meetingId: string
  readonly kind: MeetingKind
  readonly heldOn: CivilDate
  readonly item: Pick<MinutesItem, 'no' | 'title' | 'opinion' | 'conclusion' | 'vote'>
}

/** What meetings came to, one card each: the conclusion in its own words, and what it is worth. */
export function DecisionList(props: {
  readonly decisions: readonly ListedDecision[]
  readonly hrefOf: (decision: ListedDecision) => string
}) {
  const t = useT()
  if (props.decisions.length === 0)
    return <EmptyState title={t('council.decisionsEmpty')}>{t('council.decisionsEmptyText')}</EmptyState>
  return (
    <div className="council-decisions">
      {props.decisions.map(decision => (
        <Card key={`${decision.meetingId} ${decision.item.no}`}>
          <h3>
            <Anchor href={props.hrefOf(decision)}>{decision.item.title}</Anchor>
          </h3>
          <p className="council-conclusion">{decision.item.conclusion}</p>
          <p className="field__hint">
            {decision.item.opinion !== '' && <OpinionPill opinion={decision.item.opinion} />}{' '}
            {t(`council.kind.${decision.kind}`)} <DateText date={decision.heldOn} />
          </p>
          {decision.item.vote !== null && <p>{t('council.needsVote')}</p>}
        </Card>
      ))}
    </div>
  )
}

export interface ListedAction extends ActionItem {
  readonly organisation: string
  readonly office: string
}

/** Who owes what by when; overdue ones stand first. */
export function ActionTable(props: {
  readonly caption: string
  readonly actions: readonly ListedAction[]
  readonly today: CivilDate
  readonly hrefOf?: (action: ListedAction) => string
  readonly proofAt?: (sha256: string) => string
}) {
  const t = useT()
  const { proofAt } = props
  return (
    <DataTable
      caption={props.caption}
      captionHidden
      rows={props.actions}
      rowKey={action => `${action.meetingId} ${action.item} ${action.no}`}
      rowHref={props.hrefOf}
      rowTone={action => (actionState(action, props.today) === 'overdue' ? 'attention' : undefined)}
      empty={t('council.actionsEmpty')}
      columns={[
        { key: 'text', label: t('council.actionText'), cell: ({ text }) => text },
        { key: 'who', label: t('council.actionWho'), cell: ({ organisation }) => organisation },
        {
          key: 'state',
          label: t('council.actionDue'),
          cell: action => <ActionPill state={actionState(action, props.today)} dueOn={action.dueOn} />,
        },
        {
          key: 'done',
          label: t('council.actionDone'),
          cell: ({ done }) =>
            done === null ? (
              '—'
            ) : (
              <span>
                {done.text} <DateText date={done.on} short />
                {done.proofSha256 !== null && proofAt && (
                  <>
                    {' '}
                    <Anchor className="council-proof" href={proofAt(done.proofSha256)}>
                      {t('council.proof')}
                    </Anchor>
                  </>
                )}
              </span>
            ),
        },
      ]}
    />
  )
}

/** A seat as anybody may see it. */
export interface ShownSeat {
  readonly seatId: string
  readonly kind: SeatKind
  readonly organisation: string
  readonly office: string
  readonly holderName: string
  readonly deputyName: string | null
  readonly isVoting: boolean
  readonly termUntil: CivilDate | null
}

/** Who sits at the table. */
export function SeatTable(props: { readonly caption: string; readonly seats: readonly ShownSeat[] }) {
  const t = useT()
  return (
    <DataTable
      caption={props.caption}
      captionHidden
      rows={props.seats}
      rowKey={seat => seat.seatId}
      empty={t('council.seatsEmpty')}
      columns={[
        { key: 'organisation', label: t('council.organisation'), cell: seat => seat.organisation },
        { key: 'kind', label: t('council.seatKind'), cell: seat => t(`council.seat.${seat.kind}`) },
        {
          key: 'holder',
          label: t('council.holder'),
          cell: seat => `${seat.holderName}（${seat.office}）`,
        },
        { key: 'deputy', label: t('council.deputy'), cell: seat => seat.deputyName ?? '—' },
      ]}
    />
  )
}

/** The head of a meeting: kind, time, place. */
export function MeetingFacts(props: { readonly meeting: ListedMeeting; readonly endsAt: Date }) {
  const t = useT()
  const { notice, startsAt } = props.meeting
  return (
    <DefinitionList
      items={[
        { term: t('council.kindLabel'), detail: t(`council.kind.${notice.kind}`) },
        { term: t('council.when'), detail: <InstantText at={startsAt} /> },
        { term: t('council.until'), detail: <InstantText at={props.endsAt} /> },
        { term: t('council.place'), detail: notice.place },
      ]}
    />
  )
}
