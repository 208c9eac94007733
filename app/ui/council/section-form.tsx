/**
 * The form in which a clerk writes one topic of the minutes. It works without a script; when somebody else saved meanwhile, both texts
 * stand beside each other and nothing typed is lost.
 */
import { EMPTY_SECTION, type MeetingKind, OPINIONS, type Section } from '#council'
import { CLAUSES } from '#votes'
import { Button } from '../button.tsx'
import { ErrorSummary, type FieldError } from '../feedback.tsx'
import { DateField, MoneyField, RadioGroup, SelectField, TextAreaField, TextField } from '../form.tsx'
import { errorOf } from '../office/import-list.tsx'
import { CsrfField, type OfficeFrame } from '../office/office-page.tsx'
import { Card, Section as Part } from '../page-shell.tsx'
import { useT } from '../viewer.tsx'
import { AutosaveBar, Sides } from './autosave.tsx'

/** Spare lines for new rows. */
const SPARE = 2

export interface SeatChoice {
  readonly seatId: string
  readonly organisation: string
}

/** What the form shows: a section with its money as people type it. */
export interface EnteredSection extends Omit<Section, 'inFavour' | 'money' | 'vote'> {
  readonly inFavour: string
  readonly clause: string
  readonly amount: string
  readonly ceiling: string
}

export const EMPTY_ENTERED: EnteredSection = {
  ...EMPTY_SECTION,
  inFavour: '',
  clause: '',
  amount: '',
  ceiling: '',
}

function SeatTexts(props: {
  readonly name: string
  readonly rows: readonly { readonly seat: string; readonly text: string }[]
  readonly seats: readonly SeatChoice[]
}) {
  return props.seats.map(seat => (
    <TextAreaField
      key={seat.seatId}
      name={`${props.name}-${seat.seatId}`}
      label={seat.organisation}
      rows={2}
      defaultValue={props.rows.find(row => row.seat === seat.seatId)?.text}
      optional
    />
  ))
}

function Conclusion(props: {
  readonly entered: EnteredSection
  readonly errors: readonly FieldError[]
  /** How many members decide; null where nobody does. */
  readonly members: number | null
}) {
  const t = useT()
  const { entered, errors } = props
  return (
    <Part title={t('councilDesk.conclusionPart')}>
      <RadioGroup
        name="opinion"
        label={t('council.opinionLabel')}
        defaultValue={entered.opinion}
        choices={OPINIONS.map(opinion => ({ value: opinion, label: t(`council.opinion.${opinion}`) }))}
        error={errorOf(errors, 'opinion')}
      />
      <TextAreaField
        name="conclusion"
        label={t('councilDesk.conclusion')}
        hint={t('councilDesk.conclusionHint')}
        rows={3}
        defaultValue={entered.conclusion}
        error={errorOf(errors, 'conclusion')}
      />
      {props.members !== null && (
        <TextField
          name="inFavour"
          label={t('councilDesk.inFavour', { members: props.members })}
          hint={t('councilDesk.inFavourHint')}
          inputMode="numeric"
          width="short"
          defaultValue={entered.inFavour}
          error={errorOf(errors, 'inFavour')}
          optional
        />
      )}
      <SelectField
        name="clause"
        label={t('councilDesk.clause')}
        hint={t('councilDesk.clauseHint')}
        prompt={t('councilDesk.noVote')}
        defaultValue={entered.clause}
        choices={CLAUSES.map(({ clause }) => ({
          value: String(clause),
          label: t(`polls.clause.${clause}`),
        }))}
        error={errorOf(errors, 'clause')}
      />
      <MoneyField
        name="amount"
        label={t('council.amount')}
        defaultValue={entered.amount}
        error={errorOf(errors, 'amount')}
        optional
      />
      <MoneyField
        name="ceiling"
        label={t('council.ceiling')}
        defaultValue={entered.ceiling}
        error={errorOf(errors, 'ceiling')}
        optional
      />
    </Part>
  )
}

function Actions(props: {
  readonly entered: EnteredSection
  readonly seats: readonly SeatChoice[]
  readonly errors: readonly FieldError[]
}) {
  const t = useT()
  const { actions } = props.entered
  const last = actions.reduce((most, action) => Math.max(most, action.no), 0)
  const spare = Array.from({ length: SPARE }, (_, index) => ({
    no: last + 1 + index,
    text: '',
    seat: '',
    dueOn: '',
  }))
  return (
    <Part title={t('council.actions')} lead={t('councilDesk.actionsLead')}>
      {[...actions, ...spare].map(action => (
        <Card key={action.no}>
          <input type="hidden" name="action" value={action.no} />
          <TextField
            name={`action-${action.no}`}
            label={t('councilDesk.actionNumbered', { no: action.no })}
            defaultValue={action.text}
            error={errorOf(props.errors, `action-${action.no}`)}
            optional
          />
          <SelectField
            name={`owner-${action.no}`}
            label={t('council.actionWho')}
            prompt
            defaultValue={action.seat}
            choices={props.seats.map(seat => ({ value: seat.seatId, label: seat.organisation }))}
            width="half"
          />
          <DateField name={`due-${action.no}`} label={t('council.actionDue')} defaultValue={action.dueOn} />
        </Card>
      ))}
    </Part>
  )
}

function Questions({ entered }: { readonly entered: EnteredSection }) {
  const t = useT()
  const rows = [...entered.questions, ...Array.from({ length: SPARE }, () => ({ question: '', answer: '' }))]
  return (
    <Part title={t('council.questions')} lead={t('councilDesk.questionsLead')}>
      {rows.map((row, index) => (
        <Card key={String(index)}>
          <TextField
            name={`question-${index + 1}`}
            label={t('councilDesk.questionNumbered', { no: index + 1 })}
            defaultValue={row.question}
            optional
          />
          <TextAreaField
            name={`answer-${index + 1}`}
            label={t('councilDesk.answer')}
            rows={2}
            defaultValue={row.answer}
            optional
          />
        </Card>
      ))}
    </Part>
  )
}

/** What was typed, as lines. */
function linesOf({
  background,
  positions,
  options,
  conclusion,
  dissents,
  actions,
  questions,
}: EnteredSection) {
  const rows = [...positions, ...dissents, ...actions].map(row => row.text)
  return [
    background,
    ...rows,
    ...options,
    conclusion,
    ...questions.flatMap(row => [row.question, row.answer]),
  ]
}

/** Sentences to begin a conclusion with; the script puts the pressed one into the field. */
function Openings({ openings }: { readonly openings: readonly string[] }) {
  const t = useT()
  return (
    <details>
      <summary>{t('councilDesk.openings')}</summary>
      <ul className="council-openings">
        {openings.map(opening => (
          <li key={opening}>
            {opening}
            <button
              className="button"
              data-tone="secondary"
              type="button"
              data-insert="conclusion"
              data-text={opening}
              aria-label={t('councilDesk.insertThis', { text: opening })}
              hidden
            >
              {t('councilDesk.insert')}
            </button>
          </li>
        ))}
      </ul>
    </details>
  )
}

/** The form of one topic. `revision` is the text it started from. */
export function SectionForm(props: {
  readonly frame: OfficeFrame
  readonly entered: EnteredSection
  readonly revision: number
  readonly seats: readonly SeatChoice[]
  readonly errors: readonly FieldError[]
  readonly theirs: { readonly savedBy: string; readonly lines: readonly string[] } | null
  readonly kind: MeetingKind
  readonly openings: readonly string[]
  /** The script that saves by itself, where it saves, and the newest revision of this very clerk; null where it was not built. */
  readonly autosave: {
    readonly script: string
    readonly address: string
    readonly ownRevision: number
    /** Whose drafts this device keeps and offers back. */
    readonly writer: string
  } | null
}) {
  const { autosave } = props
  return (
    <>
      {autosave !== null && <AutosaveBar script={autosave.script} />}
      <form
        method="post"
        data-autosave={autosave?.address}
        data-own-revision={autosave?.ownRevision}
        data-writer={autosave?.writer}
      >
        <SectionFields {...props} />
      </form>
    </>
  )
}

function SectionFields(props: Parameters<typeof SectionForm>[0]) {
  const t = useT()
  const { entered, errors, seats, theirs } = props
  return (
    <>
      <CsrfField frame={props.frame} />
      <input type="hidden" name="revision" value={props.revision} />
      <ErrorSummary errors={errors} />
      {theirs !== null && <Sides theirs={theirs} mine={linesOf(entered)} />}
      <TextAreaField
        name="background"
        label={t('council.background')}
        hint={t('councilDesk.backgroundHint')}
        rows={5}
        defaultValue={entered.background}
        error={errorOf(errors, 'background')}
      />
      <details open={entered.positions.length > 0}>
        <summary>{t('council.positions')}</summary>
        <SeatTexts name="position" rows={entered.positions} seats={seats} />
      </details>
      <TextAreaField
        name="options"
        label={t('council.options')}
        hint={t('councilDesk.optionsHint')}
        rows={3}
        defaultValue={entered.options.join('\n')}
        error={errorOf(errors, 'options')}
        optional
      />
      <Openings openings={props.openings} />
      <Conclusion
        entered={entered}
        errors={errors}
        members={props.kind === 'owners-committee' ? seats.length : null}
      />
      <details open={entered.dissents.length > 0}>
        <summary>{t('council.dissents')}</summary>
        <SeatTexts name="dissent" rows={entered.dissents} seats={seats} />
      </details>
      <Actions entered={entered} seats={seats} errors={errors} />
      <Questions entered={entered} />
      <div className="button-row">
        <Button name="intent" value="save" icon="done">
          {t('councilDesk.save')}
        </Button>
        <Button name="intent" value="next" tone="secondary">
          {t('councilDesk.saveNext')}
        </Button>
      </div>
    </>
  )
}
