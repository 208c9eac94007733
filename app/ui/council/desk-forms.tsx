/** The smaller forms of the council's office: attendance by seat, sign-in lists, seats, topics, action items. */
import {
  type Attendance,
  BODIES,
  needsReference,
  PRESENCES,
  SEAT_KINDS,
  TOPIC_EVENT_KINDS,
  TOPIC_SOURCES,
} from '#council'
import type { CivilDate } from '#kernel'
import { Button } from '../button.tsx'
import { ErrorSummary, type FieldError } from '../feedback.tsx'
import {
  CheckboxField,
  DateField,
  FileField,
  RadioGroup,
  SelectField,
  TextAreaField,
  TextField,
} from '../form.tsx'
import { errorOf } from '../office/import-list.tsx'
import { CsrfField, type OfficeFrame } from '../office/office-page.tsx'
import { Card } from '../page-shell.tsx'
import { useT } from '../viewer.tsx'
import type { ListedAction } from './lists.tsx'
import type { SeatChoice } from './section-form.tsx'

interface OfForm {
  readonly frame: OfficeFrame
  readonly errors: readonly FieldError[]
  /** What was typed, by field. */
  readonly entered: Readonly<Record<string, string>>
}

const DOCUMENTS = '.pdf,.jpg,.jpeg,.png,.webp'

/** Present, by deputy, absent or looking on; with a declared interest and whether the seat left the table. */
export function AttendanceForm(
  props: Omit<OfForm, 'entered'> & {
    readonly seats: readonly SeatChoice[]
    readonly record: { readonly revision: number; readonly attendance: Attendance } | null
  },
) {
  const t = useT()
  const { record, errors } = props
  return (
    <form method="post">
      <CsrfField frame={props.frame} />
      <input type="hidden" name="revision" value={record?.revision ?? 0} />
      <ErrorSummary errors={errors} />
      {props.seats.map(({ seatId, organisation }) => {
        const row = record?.attendance.seats.find(each => each.seat === seatId)
        return (
          <Card key={seatId}>
            <RadioGroup
              name={`presence-${seatId}`}
              label={organisation}
              defaultValue={row?.presence}
              choices={PRESENCES.map(presence => ({
                value: presence,
                label: t(`council.presence.${presence}`),
              }))}
              error={errorOf(errors, `presence-${seatId}`)}
              required
            />
            <TextField
              name={`interest-${seatId}`}
              label={t('councilDesk.interest')}
              defaultValue={row?.interest}
              error={errorOf(errors, `interest-${seatId}`)}
              optional
            />
            <CheckboxField
              name={`recused-${seatId}`}
              label={t('councilDesk.recused')}
              defaultChecked={row?.isRecused}
            />
          </Card>
        )
      })}
      <div>
        <Button name="intent" value="attendance" icon="done">
          {t('councilDesk.attendanceSave')}
        </Button>
      </div>
    </form>
  )
}

/** A list signed on paper with its scan, or a count called at the table. */
export function SheetForm(props: Omit<OfForm, 'entered'>) {
  const t = useT()
  return (
    <form method="post" encType="multipart/form-data">
      <CsrfField frame={props.frame} />
      <TextField
        name="count"
        label={t('councilDesk.sheetCount')}
        inputMode="numeric"
        width="short"
        error={errorOf(props.errors, 'count')}
        required
      />
      <FileField
        name="file"
        label={t('councilDesk.sheetScan')}
        hint={t('councilDesk.sheetScanHint')}
        accept={DOCUMENTS}
        error={errorOf(props.errors, 'file')}
        optional
      />
      <Button name="intent" value="sheet">
        {t('councilDesk.sheetSave')}
      </Button>
    </form>
  )
}

/** A new seat. `holders` are those with an account here. */
export function SeatForm(
  props: OfForm & {
    readonly holders: readonly { readonly userId: string; readonly name: string }[]
    readonly today: CivilDate
  },
) {
  const t = useT()
  const { entered, errors } = props
  const field = (name: string) => ({ name, error: errorOf(errors, name), defaultValue: entered[name] })
  return (
    <form method="post">
      <CsrfField frame={props.frame} />
      <ErrorSummary errors={errors} />
      <SelectField
        {...field('body')}
        label={t('councilDesk.body')}
        defaultValue={entered.body ?? 'council'}
        choices={BODIES.map(body => ({ value: body, label: t(`council.kind.${body}`) }))}
      />
      <SelectField
        {...field('kind')}
        label={t('council.seatKind')}
        prompt
        choices={SEAT_KINDS.map(kind => ({ value: kind, label: t(`council.seat.${kind}`) }))}
        required
      />
      <TextField {...field('organisation')} label={t('council.organisation')} required />
      <TextField {...field('office')} label={t('councilDesk.office')} required />
      <TextField
        {...field('holderName')}
        label={t('council.holder')}
        hint={t('councilDesk.holderHint')}
        required
      />
      <TextField {...field('deputyName')} label={t('council.deputy')} optional />
      <SelectField
        {...field('userId')}
        label={t('councilDesk.account')}
        hint={t('councilDesk.accountHint')}
        prompt={t('councilDesk.noAccount')}
        choices={props.holders.map(holder => ({ value: holder.userId, label: holder.name }))}
      />
      <CheckboxField name="isVoting" label={t('councilDesk.isVoting')} defaultChecked />
      <DateField
        {...field('termFrom')}
        label={t('councilDesk.termFrom')}
        defaultValue={entered.termFrom ?? props.today}
        required
      />
      <DateField {...field('termUntil')} label={t('councilDesk.termUntil')} optional />
      <TextField
        {...field('contact')}
        label={t('councilDesk.contact')}
        hint={t('councilDesk.contactHint')}
        defaultValue=""
        optional
      />
      <div>
        <Button name="intent" value="enter" icon="done">
          {t('councilDesk.seatSave')}
        </Button>
      </div>
    </form>
  )
}

/** Ends a seat on a day, with the reason. */
export function EndSeatForm(
  props: Omit<OfForm, 'entered'> & { readonly seats: readonly SeatChoice[]; readonly today: CivilDate },
) {
  const t = useT()
  return (
    <form method="post">
      <CsrfField frame={props.frame} />
      <SelectField
        name="seat"
        label={t('councilDesk.forSeat')}
        prompt
        choices={props.seats.map(seat => ({ value: seat.seatId, label: seat.organisation }))}
        required
      />
      <DateField name="endedOn" label={t('councilDesk.lastDay')} defaultValue={props.today} required />
      <TextField
        name="reason"
        label={t('councilDesk.endReason')}
        error={errorOf(props.errors, 'reason')}
        required
      />
      <Button name="intent" value="end" tone="danger">
        {t('councilDesk.seatEnd')}
      </Button>
    </form>
  )
}

/** A new topic. */
export function TopicForm(props: OfForm) {
  const t = useT()
  const { entered, errors } = props
  const field = (name: string) => ({ name, error: errorOf(errors, name), defaultValue: entered[name] })
  return (
    <form method="post">
      <CsrfField frame={props.frame} />
      <ErrorSummary errors={errors} />
      <TextField {...field('title')} label={t('council.topic')} hint={t('councilDesk.topicHint')} required />
      <TextAreaField {...field('summary')} label={t('councilDesk.summary')} rows={4} optional />
      <SelectField
        {...field('source')}
        label={t('council.source')}
        prompt
        choices={TOPIC_SOURCES.map(source => ({ value: source, label: t(`council.source.${source}`) }))}
        required
      />
      <TextField
        {...field('reference')}
        label={t('councilDesk.sourceReference')}
        hint={t('councilDesk.sourceReferenceHint')}
        optional
      />
      <div>
        <Button icon="done">{t('councilDesk.topicSave')}</Button>
      </div>
    </form>
  )
}

/** The steps that point to something that is there: chosen, not typed. */
export function TopicLinkForms(props: {
  readonly frame: OfficeFrame
  readonly choices: Readonly<Record<'vote' | 'budget', readonly { value: string; label: string }[]>>
  readonly today: CivilDate
}) {
  const t = useT()
  return (['vote', 'budget'] as const).map(kind => {
    const choices = props.choices[kind]
    if (choices.length === 0) return null
    return (
      <form method="post" key={kind}>
        <CsrfField frame={props.frame} />
        <input type="hidden" name="kind" value={kind} />
        <input type="hidden" name="happenedOn" value={props.today} />
        <SelectField
          name="reference"
          id={`link-${kind}`}
          label={t(`councilDesk.link.${kind}`)}
          choices={choices}
          prompt
          required
        />
        <Button tone="secondary">{t(`councilDesk.linkSave.${kind}`)}</Button>
      </form>
    )
  })
}

/** What happened to a topic. */
export function TopicEventForm(props: OfForm & { readonly today: CivilDate }) {
  const t = useT()
  const { entered, errors } = props
  const field = (name: string) => ({ name, error: errorOf(errors, name), defaultValue: entered[name] })
  return (
    <form method="post">
      <CsrfField frame={props.frame} />
      <ErrorSummary errors={errors} />
      <SelectField
        {...field('kind')}
        label={t('councilDesk.eventKind')}
        prompt
        choices={TOPIC_EVENT_KINDS.map(kind => ({
          value: kind,
          label: t(`council.event.${kind}`),
          ...(needsReference(kind) && { hint: t('councilDesk.referenceNeeded') }),
        }))}
        required
      />
      <TextField
        {...field('reference')}
        label={t('councilDesk.eventReference')}
        hint={t('councilDesk.eventReferenceHint')}
        optional
      />
      <TextAreaField {...field('text')} label={t('councilDesk.eventText')} rows={3} optional />
      <DateField
        {...field('happenedOn')}
        label={t('councilDesk.eventDay')}
        defaultValue={entered.happenedOn ?? props.today}
        required
      />
      <div>
        <Button icon="done">{t('councilDesk.eventSave')}</Button>
      </div>
    </form>
  )
}

/** Reports one action item done, or opens it again. */
export function ActionForm(props: Omit<OfForm, 'entered'> & { readonly action: ListedAction }) {
  const t = useT()
  const { action } = props
  const key = `${action.meetingId}-${action.item}-${action.no}`
  const isDone = action.done !== null
  return (
    <Card>
      <h3>{action.text}</h3>
      <p>{action.organisation}</p>
      <form method="post" encType="multipart/form-data">
        <CsrfField frame={props.frame} />
        <input type="hidden" name="meeting" value={action.meetingId} />
        <input type="hidden" name="item" value={action.item} />
        <input type="hidden" name="no" value={action.no} />
        <TextAreaField
          name="text"
          id={`text-${key}`}
          label={t(isDone ? 'councilDesk.reopenReason' : 'councilDesk.doneText')}
          rows={2}
          required
        />
        {!isDone && (
          <FileField
            name="file"
            id={`file-${key}`}
            label={t('councilDesk.proof')}
            hint={t('councilDesk.proofHint')}
            accept={DOCUMENTS}
            optional
          />
        )}
        <Button name="intent" value={isDone ? 'reopened' : 'done'} tone={isDone ? 'secondary' : 'primary'}>
          {t(isDone ? 'councilDesk.reopen' : 'councilDesk.done')}
        </Button>
      </form>
    </Card>
  )
}
