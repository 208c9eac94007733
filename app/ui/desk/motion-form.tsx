/** The form of a motion: what is asked, who decides, money, papers, rules, times. Works without a script: more questions come by a button. */
import type { ReactNode } from 'react'
import type { CivilDate } from '#kernel'
import { Button, ButtonRow } from '../button.tsx'
import { ErrorSummary, type FieldError } from '../feedback.tsx'
import {
  type Choice,
  DateField,
  FileField,
  RadioGroup,
  SelectField,
  TextAreaField,
  TextField,
} from '../form.tsx'
import { errorOf } from '../office/import-list.tsx'
import { CsrfField, type OfficeFrame } from '../office/office-page.tsx'
import { Section } from '../page-shell.tsx'
import { DateText } from '../stamp.tsx'
import { Sentence, useT } from '../viewer.tsx'
import { type EnteredMoney, MoneyFields, type PayerChoices } from './money-fields.tsx'
import { type EnteredPolicy, PolicyFields } from './policy-fields.tsx'
import type { OfficialVoting } from './poll-course.tsx'
import { type EnteredQuestion, QuestionFields } from './question-fields.tsx'
import { type EnteredScope, type ScopeBuilding, ScopeFields } from './scope-fields.tsx'

/** A motion as typed; any part may be empty. */
export interface EnteredMotion {
  readonly title: string
  readonly summary: string
  /** Some questions, or one election with a question per candidate. */
  readonly kind: 'questions' | 'election'
  readonly questions: readonly EnteredQuestion[]
  readonly candidates: string
  readonly seats: string
  readonly scope: EnteredScope
  readonly money: EnteredMoney
  readonly pros: string
  readonly cons: string
  /** Kept by digest, so that nothing that was uploaded is lost when something else is wrong. */
  readonly documents: readonly { readonly sha256: string; readonly name: string }[]
  readonly officialVoting: OfficialVoting
  readonly officialSystem: string
  readonly policy: EnteredPolicy
  readonly opensOn: string
  readonly opensHour: string
  readonly closesOn: string
  readonly closesHour: string
}

export interface MotionFormProps {
  readonly frame: OfficeFrame
  readonly entered: EnteredMotion
  /** The revision that is shown; 0 for a new draft. */
  readonly revision: number
  readonly buildings: readonly ScopeBuilding[]
  readonly whole: Parameters<typeof ScopeFields>[0]['whole']
  readonly payers: PayerChoices
  /** The first day on which it could open if it were announced today. */
  readonly earliestOpening: CivilDate
  readonly errors: readonly FieldError[]
  readonly documentLimit: string
}

/** The whole form. */
export function MotionForm(props: MotionFormProps) {
  const t = useT()
  const { entered, errors, frame } = props
  return (
    <form method="post" encType="multipart/form-data">
      <ErrorSummary errors={errors} />
      <CsrfField frame={frame} />
      <input type="hidden" name="rows" value={entered.questions.length} />
      <input type="hidden" name="revision" value={props.revision} />
      <Section title={t('officePolls.whatAbout')} id="about">
        <TextField
          name="title"
          label={t('officePolls.title')}
          hint={t('officePolls.titleHint')}
          defaultValue={entered.title}
          error={errorOf(errors, 'title')}
          maxLength={80}
          required
        />
        <TextAreaField
          name="summary"
          label={t('officePolls.summary')}
          hint={t('officePolls.summaryHint')}
          defaultValue={entered.summary}
          error={errorOf(errors, 'summary')}
          rows={6}
          maxLength={4000}
          required
        />
      </Section>
      <Questions {...props} />
      <ScopeFields entered={entered.scope} buildings={props.buildings} whole={props.whole} errors={errors} />
      <MoneyFields entered={entered.money} payers={props.payers} errors={errors} />
      <Reasons {...props} />
      <Documents {...props} />
      <PolicyFields entered={entered.policy} errors={errors} />
      <Window {...props} />
      <Official {...props} />
      <div className="sticky-actions">
        <ButtonRow>
          <Button name="intent" value="save" icon="done">
            {t('officePolls.save')}
          </Button>
          <Button name="intent" value="preview" tone="secondary">
            {t('officePolls.savePreview')}
          </Button>
        </ButtonRow>
      </div>
    </form>
  )
}

function Questions(props: MotionFormProps) {
  const t = useT()
  const { entered, errors } = props
  return (
    <Section title={t('officePolls.questions')} lead={t('officePolls.questionsLead')} id="questions">
      <RadioGroup
        name="kind"
        label={t('officePolls.kind')}
        defaultValue={entered.kind}
        choices={[
          {
            value: 'questions',
            label: t('officePolls.kind.questions'),
            hint: t('officePolls.kindHint.questions'),
          },
          {
            value: 'election',
            label: t('officePolls.kind.election'),
            hint: t('officePolls.kindHint.election'),
          },
        ]}
      />
      {entered.questions.map((question, index) => (
        <QuestionFields
          key={String(index)}
          at={index + 1}
          question={question}
          errors={errors}
          isOpen={index === 0 && entered.kind === 'questions'}
        />
      ))}
      <div>
        <Button name="intent" value="add-question" tone="secondary" formNoValidate>
          {t('officePolls.addQuestion')}
        </Button>
      </div>
      <details className="more" open={entered.kind === 'election'}>
        <summary>{t('officePolls.election')}</summary>
        <div className="more__body">
          <TextAreaField
            name="candidates"
            label={t('officePolls.candidates')}
            hint={t('officePolls.candidatesHint')}
            defaultValue={entered.candidates}
            error={errorOf(errors, 'candidates')}
            rows={6}
          />
          <TextField
            name="seats"
            label={t('officePolls.seats')}
            hint={t('officePolls.seatsHint')}
            defaultValue={entered.seats}
            error={errorOf(errors, 'seats')}
            inputMode="numeric"
            width="short"
          />
        </div>
      </details>
    </Section>
  )
}

function Reasons(props: MotionFormProps) {
  const t = useT()
  const { entered, errors } = props
  return (
    <Section title={t('officePolls.reasons')} lead={t('officePolls.reasonsLead')} id="reasons">
      {(['pros', 'cons'] as const).map(side => (
        <TextAreaField
          key={side}
          name={side}
          label={t(`officePolls.${side}`)}
          hint={t('officePolls.onePerLine')}
          defaultValue={entered[side]}
          error={errorOf(errors, side)}
          rows={4}
          optional
        />
      ))}
    </Section>
  )
}

function Documents(props: MotionFormProps) {
  const t = useT()
  const { documents } = props.entered
  return (
    <Section title={t('officePolls.documents')} lead={t('officePolls.documentsLead')} id="documents">
      {documents.length > 0 && (
        <fieldset className="field">
          <legend className="field__label">{t('office.documentsKept', { count: documents.length })}</legend>
          <ul className="plain-list">
            {documents.map(document => (
              <li key={document.sha256} className="kept-document">
                <label className="pick">
                  <input
                    type="checkbox"
                    name="documents"
                    value={`${document.sha256} ${document.name}`}
                    defaultChecked
                  />
                  <span>{document.name}</span>
                </label>
              </li>
            ))}
          </ul>
        </fieldset>
      )}
      <FileField
        name="files"
        label={t('officePolls.documentFiles')}
        limit={{ types: t('office.documentTypes'), size: props.documentLimit }}
        accept=".pdf,.jpg,.jpeg,.png,.webp,application/pdf,image/*"
        error={errorOf(props.errors, 'files')}
        multiple
        optional
      />
    </Section>
  )
}

const LAST_SECOND = '23:59:59'
const HOURS: readonly string[] = [
  ...Array.from({ length: 24 }, (_, hour) => `${String(hour).padStart(2, '0')}:00:00`),
  LAST_SECOND,
]

/** Full hours, the last second of a day, and the time that stands already, to choose from. */
export function useHours(standing: string): readonly Choice[] {
  const t = useT()
  const hours = HOURS.includes(standing) || standing === '' ? HOURS : [...HOURS, standing].sort()
  return hours.map(hour => ({
    value: hour,
    label: hour === LAST_SECOND ? t('officePolls.lastSecond') : hour.replace(/:00$/, ''),
  }))
}

function Window(props: MotionFormProps) {
  const t = useT()
  const { entered, errors } = props
  const hours = { opens: useHours(entered.opensHour), closes: useHours(entered.closesHour) }
  const pair = (side: 'opens' | 'closes', hint: ReactNode) => (
    <div className="date-and-hour">
      <DateField
        name={`${side}On`}
        label={t(`officePolls.${side}On`)}
        hint={hint}
        defaultValue={entered[`${side}On`]}
        min={side === 'opens' ? props.earliestOpening : undefined}
        error={errorOf(errors, `${side}On`)}
        required
      />
      <SelectField
        name={`${side}Hour`}
        label={t(`officePolls.${side}Hour`)}
        choices={hours[side]}
        defaultValue={entered[`${side}Hour`]}
        error={errorOf(errors, `${side}Hour`)}
        width="short"
      />
    </div>
  )
  return (
    <Section title={t('officePolls.window')} lead={t('officePolls.windowLead')} id="window">
      {pair(
        'opens',
        <Sentence text="officePolls.earliest" values={{ date: <DateText date={props.earliestOpening} /> }} />,
      )}
      {pair('closes', t('officePolls.closesHint'))}
    </Section>
  )
}

function Official(props: MotionFormProps) {
  const t = useT()
  const { entered, errors } = props
  return (
    <Section title={t('officePolls.officialTitle')} lead={t('officePolls.officialLead')} id="official">
      <RadioGroup
        name="officialVoting"
        label={t('officePolls.officialWhich')}
        defaultValue={entered.officialVoting}
        error={errorOf(errors, 'officialVoting')}
        choices={(['on', 'advisory', 'import'] as const).map(value => ({
          value,
          label: t(`officePolls.official.${value}`),
          hint: t(`officePolls.officialText.${value}`),
        }))}
      />
      <TextField
        name="officialSystem"
        label={t('officePolls.officialSystem')}
        hint={t('officePolls.officialSystemHint')}
        defaultValue={entered.officialSystem}
        error={errorOf(errors, 'officialSystem')}
        maxLength={80}
        optional
      />
    </Section>
  )
}
