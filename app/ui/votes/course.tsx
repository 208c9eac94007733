/** Where a poll stands and what its clocks are: past steps with their instants, coming ones with their last day. */
import type { CivilDate } from '#kernel'
import type { PollState } from '#votes'
import { InstantText } from '../stamp.tsx'
import { StatePill, type StateTone } from '../state.tsx'
import { Timeline, type TimelineEntry } from '../timeline.tsx'
import { Sentence, useT } from '../viewer.tsx'

const TONES: Readonly<Record<PollState, StateTone>> = {
  draft: 'draft',
  notice: 'waiting',
  open: 'waiting',
  closed: 'waiting',
  sealed: 'waiting',
  counted: 'waiting',
  objection: 'waiting',
  final: 'done',
}

/** The state of a poll in a word. */
export function PollStatePill(props: { readonly state: PollState; readonly next?: string }) {
  const t = useT()
  return <StatePill tone={TONES[props.state]} label={t(`polls.state.${props.state}`)} next={props.next} />
}

/** What is known of a poll's course. Null is what has not happened, or whose day is not known yet. */
export interface PollClocks {
  readonly state: PollState
  readonly noticeAt: Date | null
  readonly opensAt: Date
  readonly closesAt: Date
  /** How the window was made longer, each with its published decision. */
  readonly extensions: readonly { readonly closesAt: Date; readonly decision: string }[]
  readonly sealedAt: Date | null
  readonly countedAt: Date | null
  readonly objectionsUntil: CivilDate | null
  readonly finalAt: Date | null
  readonly postedBy: CivilDate | null
  readonly postedAt: Date | null
  readonly isPostingOverdue: boolean
  readonly annulmentUntil: CivilDate | null
}

const ORDER: readonly PollState[] = [
  'draft',
  'notice',
  'open',
  'closed',
  'sealed',
  'counted',
  'objection',
  'final',
]

function useEntries(clocks: PollClocks): readonly TimelineEntry[] {
  const t = useT()
  const isPast = (state: PollState) => ORDER.indexOf(clocks.state) >= ORDER.indexOf(state)
  const state = (isDone: boolean, isNow: boolean): TimelineEntry['state'] =>
    isDone ? 'done' : isNow ? 'now' : 'next'
  return [
    {
      key: 'notice',
      title: t('polls.clockNotice'),
      state: state(clocks.noticeAt !== null, clocks.state === 'draft'),
      at: clocks.noticeAt ?? undefined,
      note: t('polls.clockNoticeNote'),
    },
    {
      key: 'open',
      title: t('polls.clockOpen'),
      state: state(isPast('open'), clocks.state === 'notice'),
      at: clocks.opensAt,
    },
    {
      key: 'close',
      title: t('polls.clockClose'),
      state: state(isPast('closed'), clocks.state === 'open'),
      at: clocks.closesAt,
      note: clocks.extensions.map(({ closesAt, decision }) => (
        <p key={decision}>
          <Sentence text="polls.clockExtended" values={{ until: <InstantText at={closesAt} />, decision }} />
        </p>
      )),
    },
    {
      key: 'sealed',
      title: t('polls.clockSealed'),
      state: state(clocks.sealedAt !== null, clocks.state === 'closed'),
      at: clocks.sealedAt ?? undefined,
    },
    {
      key: 'counted',
      title: t('polls.clockCounted'),
      state: state(clocks.countedAt !== null, clocks.state === 'sealed'),
      at: clocks.countedAt ?? undefined,
    },
    postingEntry(clocks, t),
    {
      key: 'objection',
      title: t('polls.clockObjection'),
      state: state(isPast('final'), clocks.countedAt !== null),
      at: clocks.objectionsUntil ?? undefined,
      note: t('polls.clockObjectionNote'),
    },
    {
      key: 'final',
      title: t('polls.clockFinal'),
      state: state(clocks.finalAt !== null, false),
      at: clocks.finalAt ?? undefined,
    },
    {
      key: 'annulment',
      title: t('polls.clockAnnulment'),
      state: state(false, clocks.annulmentUntil !== null),
      at: clocks.annulmentUntil ?? undefined,
      note: t('polls.clockAnnulmentNote'),
    },
  ]
}

function postingEntry(clocks: PollClocks, t: ReturnType<typeof useT>): TimelineEntry {
  if (clocks.postedAt !== null) {
    return { key: 'posted', title: t('polls.clockPosted'), state: 'done', at: clocks.postedAt }
  }
  return {
    key: 'posted',
    title: clocks.isPostingOverdue ? t('polls.clockPostedOverdue') : t('polls.clockPostedBy'),
    state: clocks.isPostingOverdue ? 'stopped' : clocks.countedAt === null ? 'next' : 'now',
    word: clocks.isPostingOverdue ? t('polls.overdue') : undefined,
    at: clocks.postedBy ?? undefined,
  }
}

/** The whole course as a timeline. */
export function PollTimeline(props: { readonly clocks: PollClocks }) {
  const t = useT()
  return <Timeline label={t('polls.clocks')} entries={useEntries(props.clocks)} />
}
