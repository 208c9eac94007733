/** Papers that wait: for a first reading, for a second from the image, for a third person where two differ. Nobody sees what others read. */
import type { CivilDate } from '#kernel'
import { Button, LinkButton } from '../button.tsx'
import { ErrorSummary, type FieldError } from '../feedback.tsx'
import { Icon } from '../icon.tsx'
import { CsrfField, type OfficeFrame, officePath } from '../office/office-page.tsx'
import { Section } from '../page-shell.tsx'
import { InstantText } from '../stamp.tsx'
import { DataTable } from '../table.tsx'
import { Anchor, useT } from '../viewer.tsx'
import { type EnteredReading, type ReadableQuestion, ReadingFields } from './paper-fields.tsx'

/** A paper that somebody still has to read. */
export interface WaitingPaper {
  readonly paperNumber: number
  readonly place: string
  readonly receivedAt: Date
  /** Where this person reads it; null when they have read it already, and somebody else must. */
  readonly href: string | null
}

export interface PaperQueueView {
  readonly pollId: string
  /** Received and read by nobody yet. */
  readonly first: readonly WaitingPaper[]
  readonly second: readonly WaitingPaper[]
  readonly third: readonly WaitingPaper[]
  readonly refused: readonly {
    readonly paperNumber: number
    readonly place: string
    readonly reason: string
    readonly offeredAt: Date
  }[]
  readonly castPapers: number
}

const WAITS = ['first', 'second', 'third'] as const

interface QueueProps {
  readonly view: PaperQueueView
}

/** The whole page below its heading. */
export function PaperQueue(props: QueueProps) {
  const t = useT()
  const { view } = props
  return (
    <>
      {WAITS.map(wait => (
        <Section
          key={wait}
          title={t(`desk.queue.${wait}`, { count: view[wait].length })}
          lead={t(`desk.queueLead.${wait}`)}
        >
          <Waiting papers={view[wait]} empty={t(`desk.queueNone.${wait}`)} />
        </Section>
      ))}
      <p>{t('desk.castPapers', { count: view.castPapers })}</p>
      <Section
        title={t('desk.refusedQueue', { count: view.refused.length })}
        lead={t('desk.refusedQueueLead')}
      >
        <DataTable
          caption={t('desk.refusedQueue', { count: view.refused.length })}
          captionHidden
          rows={view.refused}
          rowKey={paper => String(paper.paperNumber)}
          empty={t('desk.refusedNone')}
          columns={[
            { key: 'number', label: t('desk.paperNumber'), cell: paper => paper.paperNumber },
            { key: 'place', label: t('desk.unit'), cell: paper => paper.place },
            { key: 'reason', label: t('desk.refusedWhy'), card: 'plain', cell: paper => paper.reason },
            {
              key: 'offered',
              label: t('desk.offeredAt'),
              type: 'date',
              cell: paper => <InstantText at={paper.offeredAt} />,
            },
          ]}
        />
      </Section>
    </>
  )
}

function Waiting(props: { readonly papers: readonly WaitingPaper[]; readonly empty: string }) {
  const t = useT()
  const { papers } = props
  if (papers.length === 0) return <p>{props.empty}</p>
  return (
    <ul className="tasks">
      {papers.map(paper => (
        <li key={paper.paperNumber}>
          {paper.href !== null ? (
            <Anchor className="task" href={paper.href}>
              <PaperWords paper={paper} />
              <Icon name="next" />
            </Anchor>
          ) : (
            <div className="task" data-tone="others">
              <PaperWords paper={paper} note={t('desk.notYours')} />
            </div>
          )}
        </li>
      ))}
    </ul>
  )
}

function PaperWords(props: { readonly paper: WaitingPaper; readonly note?: string }) {
  const t = useT()
  const { paper, note } = props
  return (
    <>
      <Icon name="statement" />
      <span className="task__words">
        <span className="task__title">
          {t('desk.paperAt', { number: paper.paperNumber, place: paper.place })}
        </span>
        <span className="task__note">
          <InstantText at={paper.receivedAt} /> {note}
        </span>
      </span>
    </>
  )
}

export interface PaperSheetView {
  readonly pollId: string
  readonly paperNumber: number
  readonly place: string
  readonly scan: { readonly href: string; readonly isPicture: boolean }
  readonly signers: readonly { readonly value: string; readonly label: string }[]
  readonly questions: readonly ReadableQuestion[]
  readonly today: CivilDate
  /** The second or the third reading; nobody sees what others read. */
  readonly reading: 'second' | 'third'
}

/** The image beside the form. */
export function PaperSheet(props: {
  readonly frame: OfficeFrame
  readonly view: PaperSheetView
  readonly entered: EnteredReading
  readonly errors: readonly FieldError[]
}) {
  const t = useT()
  const { view, frame, errors } = props
  return (
    <>
      <ErrorSummary errors={errors} />
      <div className="paper-sheet">
        <figure className="paper-sheet__image">
          {view.scan.isPicture ? (
            <a href={view.scan.href}>
              <img src={view.scan.href} alt={t('desk.scanAlt', { number: view.paperNumber })} />
            </a>
          ) : (
            <LinkButton href={view.scan.href}>{t('desk.openScan')}</LinkButton>
          )}
          <figcaption>{t('desk.scanCaption')}</figcaption>
        </figure>
        <form method="post">
          <CsrfField frame={frame} />
          <ReadingFields
            signers={view.signers}
            questions={view.questions}
            entered={props.entered}
            today={view.today}
            errors={errors}
          />
          <div className="big-buttons">
            <Button name="intent" value="enter" icon="done">
              {t(`desk.enter.${view.reading}`)}
            </Button>
          </div>
        </form>
      </div>
      <p>
        <LinkButton icon="previous" href={officePath(frame.slug, 'polls', view.pollId, 'papers')}>
          {t('desk.backToQueue')}
        </LinkButton>
      </p>
    </>
  )
}
