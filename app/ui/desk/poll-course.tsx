/** A poll's own page for officers: the one thing to do next, the whole course with its dates, and the ways to every piece of work. */
import type { ReactNode } from 'react'
import type { CivilDate } from '#kernel'
import { Button, LinkButton } from '../button.tsx'
import { ErrorSummary, type FieldError, Notice } from '../feedback.tsx'
import { KeyFigures } from '../figures.tsx'
import { Icon, type IconName } from '../icon.tsx'
import { CsrfField, type OfficeFrame, officePath } from '../office/office-page.tsx'
import { Section } from '../page-shell.tsx'
import { Timeline } from '../timeline.tsx'
import { Anchor, Sentence, useT } from '../viewer.tsx'
import type { CourseStep, NextAct, PollRow } from './course-words.ts'
import { When } from './poll-list.tsx'

export interface CourseStepView {
  readonly step: CourseStep
  readonly state: 'done' | 'now' | 'next'
  /** When it happened, or the date by which it has to. */
  readonly at: Date | CivilDate | null
  readonly isOverdue: boolean
  readonly who: string | null
}

export type OfficialVoting = 'on' | 'advisory' | 'import'

/** How the government's own system relates to this poll. */
export interface OfficialVotingView {
  readonly officialVoting: OfficialVoting
  readonly officialSystem: string | null
}

export interface PollCourseView extends PollRow, OfficialVotingView {
  /** What keeps the next act from being done, in plain words. */
  readonly missing: readonly string[]
  readonly steps: readonly CourseStepView[]
  /** Null where the rules of procedure of this poll allow no extension, or its time is over. */
  readonly extensible: { readonly closesAt: Date } | null
  readonly figures: readonly { readonly label: string; readonly value: string; readonly note: string }[]
  readonly waiting: {
    readonly papers: number
    readonly differences: number
    readonly objections: number
  }
}

interface CourseProps {
  readonly frame: OfficeFrame
  readonly poll: PollCourseView
}

/** The whole page below its heading. */
export function PollCourse(props: CourseProps & { readonly errors: readonly FieldError[] }) {
  const t = useT()
  const { poll } = props
  return (
    <>
      <ErrorSummary errors={props.errors} />
      <NextPanel {...props} />
      {poll.figures.length > 0 && <KeyFigures label={t('officePolls.figures')} figures={poll.figures} />}
      <Works {...props} />
      <Section title={t('officePolls.course')} lead={t('officePolls.courseLead')} id="course">
        <Timeline
          label={t('officePolls.course')}
          entries={poll.steps.map(step => ({
            key: step.step,
            title: t(`officePolls.step.${step.step}`),
            state: step.state,
            who: step.who ?? undefined,
            at: step.state === 'done' ? (step.at ?? undefined) : undefined,
            note: <StepNote step={step} />,
          }))}
        />
      </Section>
      <OfficialVotingText {...poll} />
    </>
  )
}

function StepNote(props: { readonly step: CourseStepView }) {
  const t = useT()
  const { step } = props
  if (step.state === 'done') return null
  return (
    <>
      <p>{t(`officePolls.stepHow.${step.step}`)}</p>
      {step.at !== null && (
        <p data-tone={step.isOverdue ? 'overdue' : undefined} className="course__date">
          <Sentence
            text={step.isOverdue ? 'officePolls.overdueSince' : 'officePolls.dueOn'}
            values={{ when: <When at={step.at} /> }}
          />
        </p>
      )}
    </>
  )
}

/** Where the button of an act leads; null for an act that is a button of this page, or nobody's. */
const PLACES: Readonly<Record<NextAct, string | null>> = {
  revise: 'edit',
  announce: 'announce',
  'await-opening': 'preview',
  open: null,
  vote: 'desk',
  seal: 'count',
  tally: null,
  'import-result': 'official',
  'teller-1': 'count',
  'teller-2': 'count',
  'party-branch': 'count',
  post: 'count',
  answer: 'objections',
  'await-objections': 'objections',
  finalize: null,
  nothing: null,
}

function NextPanel(props: CourseProps) {
  const t = useT()
  const { frame, poll } = props
  const place = PLACES[poll.next]
  const isButton = poll.next === 'open' || poll.next === 'tally' || poll.next === 'finalize'
  return (
    <section className="next-act" data-mine={poll.isMine} aria-labelledby="next-title">
      <p className="next-act__kicker">{t(poll.isMine ? 'officePolls.nextIsYours' : 'officePolls.nextIs')}</p>
      <h2 id="next-title">{t(`officePolls.next.${poll.next}`)}</h2>
      <p>{t(`officePolls.nextText.${poll.next}`)}</p>
      {poll.nextAt !== null && (
        <p className="next-act__when">
          <Icon name="calendar" />
          <When at={poll.nextAt} />
        </p>
      )}
      {!poll.isMine && (
        <p className="next-act__who">
          {t('officePolls.whoActs', { who: t(`officePolls.who.${poll.next}`) })}
        </p>
      )}
      {poll.missing.length > 0 && (
        <Notice tone="warning" title={t('officePolls.missing')}>
          <ul className="plain-list">
            {poll.missing.map(sentence => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </Notice>
      )}
      {poll.isMine && place !== null && (
        <p>
          <LinkButton tone="primary" icon="right" href={officePath(frame.slug, 'polls', poll.pollId, place)}>
            {t(`officePolls.nextButton.${poll.next}`)}
          </LinkButton>
        </p>
      )}
      {poll.isMine && isButton && (
        <form method="post">
          <CsrfField frame={frame} />
          <Button name="intent" value={poll.next} icon="right">
            {t(`officePolls.nextButton.${poll.next}`)}
          </Button>
        </form>
      )}
    </section>
  )
}

interface Work {
  readonly place: string
  readonly icon: IconName
  readonly label: string
  readonly note?: string
  readonly shown: boolean
}

function useWorks({ frame, poll }: CourseProps): readonly Work[] {
  const t = useT()
  const { may } = frame
  const isDraft = poll.state === 'draft'
  const isAt = (...states: readonly PollCourseView['state'][]) => states.includes(poll.state)
  const works: readonly Work[] = [
    { place: 'edit', icon: 'draft', label: t('officePolls.work.edit'), shown: isDraft && may.pollDraft },
    { place: 'preview', icon: 'note', label: t('officePolls.work.preview'), shown: true },
    {
      place: 'desk',
      icon: 'vote',
      label: t('officePolls.work.desk'),
      shown: isAt('notice', 'open') && (may.deliver || may.enter),
    },
    {
      place: 'papers',
      icon: 'verify',
      label: t('officePolls.work.papers'),
      note: t('officePolls.work.papersNote', poll.waiting),
      shown: isAt('open', 'closed') && may.enter,
    },
    {
      place: 'proxies',
      icon: 'person',
      label: t('officePolls.work.proxies'),
      shown: isAt('notice', 'open') && may.proxy,
    },
    {
      place: 'objections',
      icon: 'ask',
      label: t('officePolls.work.objections'),
      note: t('officePolls.work.objectionsNote', { count: poll.waiting.objections }),
      shown: !isDraft && may.answer,
    },
    {
      place: 'turnout',
      icon: 'health',
      label: t('officePolls.work.turnout'),
      shown: isAt('open') && may.enter,
    },
    { place: 'print', icon: 'download', label: t('officePolls.work.print'), shown: !isDraft && may.deliver },
    {
      place: 'count',
      icon: 'ledger',
      label: t('officePolls.work.count'),
      shown: isAt('counted', 'objection', 'final'),
    },
    {
      place: 'extend',
      icon: 'calendar',
      label: t('officePolls.work.extend'),
      shown: poll.extensible !== null && may.pollAnnounce,
    },
  ]
  return works.filter(work => work.shown)
}

function Works(props: CourseProps) {
  const t = useT()
  const works = useWorks(props)
  return (
    <Section title={t('officePolls.works')}>
      <ul className="works">
        {works.map(work => (
          <li key={work.place}>
            <Anchor
              className="work"
              href={officePath(props.frame.slug, 'polls', props.poll.pollId, work.place)}
            >
              <Icon name={work.icon} />
              <span>
                <span className="work__label">{work.label}</span>
                {work.note && <span className="work__note">{work.note}</span>}
              </span>
            </Anchor>
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** What the choice about the government's system means for this poll. */
export function OfficialVotingText(props: OfficialVotingView): ReactNode {
  const t = useT()
  return (
    <Notice title={t(`officePolls.official.${props.officialVoting}`)}>
      <p>{t(`officePolls.officialText.${props.officialVoting}`)}</p>
      {props.officialSystem !== null && (
        <p>{t('officePolls.officialSystemIs', { system: props.officialSystem })}</p>
      )}
    </Notice>
  )
}
