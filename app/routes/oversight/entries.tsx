/** Comments and findings with their replies; with a form where the reader may reply. Decides nothing. */
import type { ReactNode } from 'react'
import { periodText } from '#i18n'
import { type CivilDate, parsePeriod } from '#kernel'
import type { EntryKind, EntryState, EntrySubject, ReplyKind } from '#oversight'
import { WORDS_LENGTH_MAX } from '#oversight'
import type { Role } from '#people'
import {
  Anchor,
  Button,
  ButtonRow,
  Card,
  EmptyState,
  InstantText,
  Section,
  StatePill,
  type StateTone,
  TextAreaField,
  useT,
  useViewer,
} from '#ui'
import { useDueText } from './sections.tsx'

interface WrittenView {
  readonly role: Role
  readonly name: string | null
  readonly words: string | null
  readonly madeAt: Date
}

export interface EntryView extends WrittenView {
  readonly entryId: string
  readonly kind: EntryKind
  readonly about: EntrySubject
  readonly replyDueOn: CivilDate | null
  readonly state: EntryState
  readonly replies: readonly (WrittenView & { readonly replyId: string; readonly kind: ReplyKind })[]
  readonly mayReply: readonly ReplyKind[]
}

const TONES: Record<EntryState, StateTone> = { open: 'waiting', answered: 'draft', settled: 'done' }

/** All entries of a page, newest first. `hidden` are the fields every form of the office carries. */
export function EntryList(props: {
  readonly slug: string
  readonly entries: readonly EntryView[]
  readonly today: CivilDate
  readonly hidden?: ReactNode
}) {
  const t = useT()
  return (
    <Section title={t('oversight.entriesTitle')} lead={t('oversight.entriesLead')} id="entries">
      {props.entries.length === 0 && <EmptyState title={t('oversight.entriesNone')} />}
      {props.entries.map(entry => (
        <Entry {...props} entry={entry} key={entry.entryId} />
      ))}
    </Section>
  )
}

function Entry(props: {
  readonly slug: string
  readonly entry: EntryView
  readonly today: CivilDate
  readonly hidden?: ReactNode
}) {
  const { entry, hidden } = props
  const t = useT()
  const dueText = useDueText()
  const isLate = entry.state === 'open' && entry.replyDueOn !== null && entry.replyDueOn < props.today
  return (
    <div id={`entry-${entry.entryId}`}>
      <Card>
        <p>
          <strong>{t(`oversight.kind.${entry.kind}`)}</strong>{' '}
          <StatePill
            tone={isLate ? 'attention' : TONES[entry.state]}
            label={t(isLate ? 'oversight.state.overdue' : `oversight.state.${entry.state}`)}
          />{' '}
          <About slug={props.slug} about={entry.about} />
        </p>
        <Words written={entry} />
        {entry.state === 'open' && entry.replyDueOn !== null && <p>{dueText(entry.replyDueOn)}</p>}
        {entry.replies.map(reply => (
          <div className="oversight-reply" key={reply.replyId}>
            <p>
              <strong>{t(`oversight.reply.${reply.kind}`)}</strong>
            </p>
            <Words written={reply} />
          </div>
        ))}
        {hidden !== undefined && entry.mayReply.length > 0 && <ReplyForm entry={entry} hidden={hidden} />}
      </Card>
    </div>
  )
}

function About(props: { readonly slug: string; readonly about: EntrySubject }) {
  const t = useT()
  const { lang } = useViewer()
  const { kind, subject } = props.about
  if (kind === 'community') return <span>{t('oversight.about.community')}</span>
  const month = parsePeriod(subject)
  const text = month.ok ? periodText(month.value, lang) : subject
  const to = kind === 'period' ? `fund?period=${subject}` : `vouchers/${subject}`
  return <Anchor href={`/c/${props.slug}/${to}`}>{t(`oversight.about.${kind}`, { subject: text })}</Anchor>
}

function Words(props: { readonly written: WrittenView }) {
  const { written } = props
  const t = useT()
  const lines = (written.words ?? t('oversight.erased')).split('\n')
  return (
    <>
      {lines.map((line, place) => (
        <p key={String(place)}>{line}</p>
      ))}
      <p className="note">
        {t(`community.role.${written.role}`)} · {written.name ?? t('oversight.nameErased')} ·{' '}
        <InstantText at={written.madeAt} />
      </p>
    </>
  )
}

function ReplyForm(props: { readonly entry: EntryView; readonly hidden: ReactNode }) {
  const { entry } = props
  const t = useT()
  const judges = entry.mayReply.includes('settle')
  return (
    <form method="post">
      {props.hidden}
      <input type="hidden" name="entry" value={entry.entryId} />
      <TextAreaField
        name="words"
        id={`words-${entry.entryId}`}
        label={t(judges ? 'oversight.judgeField' : 'oversight.answerField')}
        maxLength={WORDS_LENGTH_MAX}
        rows={3}
        required
      />
      <ButtonRow>
        {entry.mayReply.includes('answer') && (
          <Button name="intent" value="answer" tone="secondary">
            {t('oversight.answerButton')}
          </Button>
        )}
        {judges && (
          <>
            <Button name="intent" value="settle" tone="secondary" icon="done">
              {t('oversight.judgeSettle')}
            </Button>
            <Button name="intent" value="insist" tone="danger">
              {t('oversight.judgeInsist')}
            </Button>
          </>
        )}
      </ButtonRow>
    </form>
  )
}
