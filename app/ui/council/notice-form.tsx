/** The form of a meeting's notice: when, where, what about. Twelve lines for topics, empty ones are left out. */
import {
  type AgendaItem,
  MEETING_KINDS,
  type MeetingKind,
  QUORUM_RULES,
  type QuorumRule,
  TOPIC_SOURCES,
} from '#council'
import { Button, ButtonRow, LinkButton } from '../button.tsx'
import { ErrorSummary, type FieldError } from '../feedback.tsx'
import { CheckboxField, DateField, FileField, SelectField, TextField } from '../form.tsx'
import { errorOf } from '../office/import-list.tsx'
import { CsrfField, type OfficeFrame, officePath } from '../office/office-page.tsx'
import { Card, Section } from '../page-shell.tsx'
import { useT } from '../viewer.tsx'

/** How many lines the form has for topics. */
export const AGENDA_ROWS = 8

/** What was typed, as texts of the form. */
export interface EnteredNotice {
  readonly kind: MeetingKind | ''
  readonly title: string
  readonly place: string
  readonly startsOn: string
  readonly startsAt: string
  readonly endsAt: string
  readonly quorum: QuorumRule | ''
  readonly agenda: readonly (Pick<AgendaItem, 'title'> & {
    readonly topicId: string
    readonly source: string
    readonly minutes: string
  })[]
}

export interface TopicChoice {
  readonly topicId: string
  readonly number: number
  readonly title: string
}

function AgendaRow(props: {
  readonly no: number
  readonly row: EnteredNotice['agenda'][number] | undefined
  readonly topics: readonly TopicChoice[]
  readonly error: string | undefined
}) {
  const t = useT()
  const { no, row } = props
  return (
    <Card tone={no === 1 ? 'plain' : 'quiet'}>
      <h3>{t('councilDesk.item', { no })}</h3>
      <SelectField
        name={`topic-${no}`}
        label={t('councilDesk.itemTopic')}
        prompt={t('councilDesk.noTopic')}
        defaultValue={row?.topicId}
        choices={props.topics.map(topic => ({
          value: topic.topicId,
          label: t('council.topicNumbered', { number: topic.number, title: topic.title }),
        }))}
      />
      <TextField
        name={`item-${no}`}
        label={t('councilDesk.itemTitle')}
        hint={t('councilDesk.itemTitleHint')}
        defaultValue={row?.title}
        error={props.error}
        maxLength={200}
        optional
      />
      <SelectField
        name={`source-${no}`}
        label={t('council.source')}
        prompt={t('councilDesk.noSource')}
        defaultValue={row?.source}
        choices={TOPIC_SOURCES.map(source => ({ value: source, label: t(`council.source.${source}`) }))}
        width="half"
      />
      <TextField
        name={`minutes-${no}`}
        label={t('council.duration')}
        defaultValue={row?.minutes ?? '20'}
        inputMode="numeric"
        width="short"
      />
    </Card>
  )
}

function WhenFields(props: {
  readonly entered: EnteredNotice
  readonly field: (name: string) => { name: string; id: string; error: string | undefined }
}) {
  const t = useT()
  const { entered, field } = props
  return (
    <>
      <DateField
        {...field('startsOn')}
        label={t('councilDesk.day')}
        defaultValue={entered.startsOn}
        required
      />
      <TextField
        {...field('startsAt')}
        label={t('councilDesk.from')}
        hint={t('councilDesk.timeHint')}
        defaultValue={entered.startsAt}
        width="short"
        required
      />
      <TextField
        {...field('endsAt')}
        label={t('councilDesk.to')}
        defaultValue={entered.endsAt}
        width="short"
        required
      />
    </>
  )
}

/** The templates, one for each kind of meeting; a chosen topic stays on the agenda. */
export function TemplateLinks(props: { readonly frame: OfficeFrame; readonly topic: string }) {
  const t = useT()
  const path = officePath(props.frame.slug, 'council', 'meetings', 'new')
  const topic = props.topic === '' ? '' : `&topic=${props.topic}`
  return (
    <nav aria-label={t('councilTemplate.label')}>
      <p>{t('councilTemplate.label')}</p>
      <ButtonRow>
        {MEETING_KINDS.map(kind => (
          <LinkButton key={kind} href={`${path}?kind=${kind}${topic}`}>
            {t(`council.kind.${kind}`)}
          </LinkButton>
        ))}
      </ButtonRow>
    </nav>
  )
}

/** The whole form; `isRevision` shows what only a posted notice has. */
export function NoticeForm(props: {
  readonly frame: OfficeFrame
  readonly entered: EnteredNotice
  readonly topics: readonly TopicChoice[]
  readonly version: number
  readonly errors: readonly FieldError[]
}) {
  const t = useT()
  const { entered, errors, version } = props
  const field = (name: string) => ({ name, id: name, error: errorOf(errors, name) })
  return (
    <form method="post" encType="multipart/form-data">
      <CsrfField frame={props.frame} />
      <input type="hidden" name="version" value={version} />
      <ErrorSummary errors={errors} />
      <SelectField
        {...field('kind')}
        label={t('council.kindLabel')}
        prompt
        defaultValue={entered.kind}
        choices={MEETING_KINDS.map(kind => ({ value: kind, label: t(`council.kind.${kind}`) }))}
        required
      />
      <TextField
        {...field('title')}
        label={t('council.meetingTitle')}
        defaultValue={entered.title}
        required
      />
      <TextField {...field('place')} label={t('council.place')} defaultValue={entered.place} required />
      <WhenFields entered={entered} field={field} />
      <SelectField
        {...field('quorum')}
        label={t('councilDesk.quorum')}
        hint={t('councilDesk.quorumHint')}
        prompt={t('councilDesk.quorumUsual')}
        defaultValue={entered.quorum}
        choices={QUORUM_RULES.map(rule => ({ value: rule, label: t(`councilDesk.rule.${rule}`) }))}
      />
      <Section title={t('council.agenda')} lead={t('councilDesk.agendaLead')}>
        {Array.from({ length: AGENDA_ROWS }, (_, index) => (
          <AgendaRow
            key={String(index)}
            no={index + 1}
            row={entered.agenda[index]}
            topics={props.topics}
            error={errorOf(errors, `item-${index + 1}`)}
          />
        ))}
      </Section>
      <FileField
        {...field('file')}
        label={t('council.papers')}
        hint={t('councilDesk.papersHint')}
        accept=".pdf,.jpg,.jpeg,.png,.webp"
        multiple
        optional
      />
      {version > 0 && (
        <>
          <CheckboxField name="cancels" label={t('councilDesk.cancels')} />
          <TextField {...field('cancelledBecause')} label={t('councilDesk.cancelReason')} optional />
        </>
      )}
      <div>
        <Button icon="done">{t(version > 0 ? 'councilDesk.repost' : 'councilDesk.post')}</Button>
      </div>
    </form>
  )
}
