/** Steps in their order: what has happened (with who and when), and how far a piece of work has come. */
import type { ReactNode } from 'react'
import type { CivilDate } from '#kernel'
import { Icon, type IconName } from './icon.tsx'
import { DateText, InstantText } from './stamp.tsx'
import { useT } from './viewer.tsx'

export type TimelineState = 'done' | 'now' | 'next' | 'stopped'

export interface TimelineEntry {
  /** Unique in its timeline, such as the name of the step. */
  readonly key: string
  readonly title: ReactNode
  readonly state: TimelineState
  /** Instead of the usual word of the state, such as 已超期. */
  readonly word?: string
  /** Who did it or has to do it: a name of an office holder, or a role. */
  readonly who?: ReactNode
  readonly at?: Date | CivilDate
  readonly note?: ReactNode
}

const MARKS: Record<TimelineState, IconName> = {
  done: 'done',
  now: 'waiting',
  next: 'more',
  stopped: 'stopped',
}

/** Who did which step when. */
export function Timeline(props: { readonly label: string; readonly entries: readonly TimelineEntry[] }) {
  const t = useT()
  const words = {
    done: t('ui.timelineDone'),
    now: t('ui.timelineNow'),
    next: t('ui.timelineNext'),
    stopped: t('ui.timelineStopped'),
  }
  return (
    <ol className="timeline" aria-label={props.label}>
      {props.entries.map(entry => (
        <li className="timeline__entry" data-state={entry.state} key={entry.key}>
          <span className="timeline__mark">
            <Icon name={MARKS[entry.state]} />
          </span>
          <div className="timeline__body">
            <p className="timeline__title">
              {entry.title}
              <span className={entry.state === 'done' ? 'visually-hidden' : 'timeline__word'}>
                {' '}
                {entry.word ?? words[entry.state]}
              </span>
            </p>
            {(entry.who || entry.at) && (
              <p className="timeline__who">
                {entry.who && <span>{entry.who}</span>}
                {entry.at instanceof Date && <InstantText at={entry.at} />}
                {typeof entry.at === 'string' && <DateText date={entry.at} />}
              </p>
            )}
            {entry.note && <div className="timeline__note">{entry.note}</div>}
          </div>
        </li>
      ))}
    </ol>
  )
}

/** How far a piece of work has come: on a phone the current step with a bar, beside each other on a desk. */
export function Stepper(props: {
  readonly label: string
  readonly steps: readonly string[]
  /** Index of the current step, from 0; equal to the number of steps when all are done. */
  readonly current: number
}) {
  const t = useT()
  const shown = Math.min(props.current, props.steps.length - 1)
  return (
    <div className="stepper">
      <p className="stepper__now">
        <span>{t('ui.stepOf', { step: shown + 1, total: props.steps.length })}</span>
        <strong>{props.steps[shown]}</strong>
      </p>
      <ol className="stepper__steps" aria-label={props.label}>
        {props.steps.map((step, index) => (
          <li
            key={step}
            data-state={index < props.current ? 'done' : index === props.current ? 'now' : 'next'}
            aria-current={index === props.current ? 'step' : undefined}
          >
            <span className="stepper__number">
              {index < props.current ? <Icon name="done" /> : index + 1}
            </span>
            <span className="stepper__name">{step}</span>
            {index < props.current && <span className="visually-hidden"> {t('ui.timelineDone')}</span>}
          </li>
        ))}
      </ol>
    </div>
  )
}
