/** The officers' list of polls: what each is, where it stands, who acts next. */
import { LinkButton } from '../button.tsx'
import { EmptyState } from '../feedback.tsx'
import { Icon } from '../icon.tsx'
import { type OfficeFrame, officePath } from '../office/office-page.tsx'
import { Section } from '../page-shell.tsx'
import { DateText, InstantText } from '../stamp.tsx'
import { DataTable } from '../table.tsx'
import { Anchor, useT } from '../viewer.tsx'
import { PollStatePill } from '../votes/course.tsx'
import type { PollRow } from './course-words.ts'

/** A day or an instant. */
export function When(props: { readonly at: PollRow['nextAt'] }) {
  const { at } = props
  if (at === null) return null
  return at instanceof Date ? <InstantText at={at} /> : <DateText date={at} />
}

/** Everything below the heading: what this person can do, then all polls, newest first. */
export function PollList(props: { readonly frame: OfficeFrame; readonly polls: readonly PollRow[] }) {
  const t = useT()
  const { frame, polls } = props
  const mine = polls.filter(poll => poll.isMine)
  const start = frame.may.pollDraft ? (
    <LinkButton href={officePath(frame.slug, 'polls', 'new')} icon="draft" tone="primary">
      {t('officePolls.new')}
    </LinkButton>
  ) : null
  if (polls.length === 0) {
    return (
      <EmptyState title={t('officePolls.none')} action={start}>
        <p>{t('officePolls.noneText')}</p>
      </EmptyState>
    )
  }
  return (
    <>
      {mine.length > 0 && <Mine frame={frame} polls={mine} />}
      <Section title={t('officePolls.all')} actions={start}>
        <DataTable
          caption={t('officePolls.all')}
          captionHidden
          rows={polls}
          rowKey={poll => poll.pollId}
          rowHref={poll => officePath(frame.slug, 'polls', poll.pollId)}
          columns={[
            { key: 'title', label: t('officePolls.poll'), cell: poll => poll.title },
            {
              key: 'state',
              label: t('officePolls.state'),
              card: 'plain',
              cell: poll => <PollStatePill state={poll.state} />,
            },
            { key: 'next', label: t('officePolls.next'), cell: poll => t(`officePolls.next.${poll.next}`) },
            { key: 'who', label: t('officePolls.whoNext'), cell: poll => t(`officePolls.who.${poll.next}`) },
            {
              key: 'at',
              label: t('officePolls.when'),
              type: 'date',
              cell: poll => <When at={poll.nextAt} />,
            },
          ]}
        />
      </Section>
    </>
  )
}

function Mine(props: { readonly frame: OfficeFrame; readonly polls: readonly PollRow[] }) {
  const t = useT()
  return (
    <Section title={t('officePolls.waitsForMe')} id="mine">
      <ul className="tasks">
        {props.polls.map((poll, index) => (
          <li key={poll.pollId}>
            <Anchor
              className="task"
              data-tone={index === 0 ? 'next' : undefined}
              href={officePath(props.frame.slug, 'polls', poll.pollId)}
            >
              <Icon name="vote" />
              <span className="task__words">
                <span className="task__title">{t(`officePolls.next.${poll.next}`)}</span>
                <span className="task__note">
                  {poll.title} <When at={poll.nextAt} />
                </span>
              </span>
              <Icon name="next" />
            </Anchor>
          </li>
        ))}
      </ul>
    </Section>
  )
}
