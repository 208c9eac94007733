/** Two short forms of a poll: making its window longer, and taking over the result of the government's own system. */
import type { CivilDate } from '#kernel'
import { Button, ButtonRow } from '../button.tsx'
import { ErrorSummary, type FieldError, Notice } from '../feedback.tsx'
import { DateField, FileField, RadioGroup, SelectField, TextAreaField, TextField } from '../form.tsx'
import { errorOf } from '../office/import-list.tsx'
import { CsrfField, type OfficeFrame } from '../office/office-page.tsx'
import { Section } from '../page-shell.tsx'
import { InstantText } from '../stamp.tsx'
import { Sentence, useT } from '../viewer.tsx'
import { useHours } from './motion-form.tsx'

export interface EnteredExtension {
  readonly closesOn: string
  readonly closesHour: string
  readonly decision: string
}

/** A later close with the published reason. Ballots that were cast stay. */
export function ExtensionForm(props: {
  readonly frame: OfficeFrame
  readonly closesAt: Date
  readonly closesOn: CivilDate
  readonly entered: EnteredExtension
  readonly errors: readonly FieldError[]
}) {
  const t = useT()
  const { entered, errors } = props
  const hours = useHours(entered.closesHour)
  return (
    <form method="post">
      <ErrorSummary errors={errors} />
      <CsrfField frame={props.frame} />
      <Notice
        title={
          <Sentence text="officePolls.closesNow" values={{ when: <InstantText at={props.closesAt} /> }} />
        }
      >
        <p>{t('officePolls.extensionText')}</p>
      </Notice>
      <div className="date-and-hour">
        <DateField
          name="closesOn"
          label={t('officePolls.newClose')}
          defaultValue={entered.closesOn}
          min={props.closesOn}
          error={errorOf(errors, 'closesOn')}
          required
        />
        <SelectField
          name="closesHour"
          label={t('officePolls.closesHour')}
          choices={hours}
          defaultValue={entered.closesHour}
          width="short"
        />
      </div>
      <TextAreaField
        name="decision"
        label={t('officePolls.extensionWhy')}
        hint={t('officePolls.extensionWhyHint')}
        defaultValue={entered.decision}
        error={errorOf(errors, 'decision')}
        maxLength={500}
        required
      />
      <ButtonRow>
        <Button icon="done">{t('officePolls.extendNow')}</Button>
      </ButtonRow>
    </form>
  )
}

export const OFFICIAL_FIGURES = ['total', 'participating', 'inFavour'] as const
export const OFFICIAL_OUTCOMES = ['PASSED', 'NOT_PASSED', 'NO_QUORUM'] as const

/** The official figures of one question as typed: `total-area`, `total-heads` and so on. */
export type EnteredFigures = Readonly<Record<string, string>>

/** The government system's own result, question by question, with its document. */
export function OfficialResultForm(props: {
  readonly frame: OfficeFrame
  readonly system: string
  readonly questions: readonly { readonly questionId: string; readonly title: string }[]
  readonly entered: EnteredFigures
  readonly errors: readonly FieldError[]
  readonly documentLimit: string
}) {
  const t = useT()
  const { errors } = props
  return (
    <form method="post" encType="multipart/form-data">
      <ErrorSummary errors={errors} />
      <CsrfField frame={props.frame} />
      <Notice tone="warning" title={t('officePolls.importTitle', { system: props.system })}>
        <p>{t('officePolls.importText')}</p>
      </Notice>
      {props.questions.map(question => (
        <OfficialQuestion key={question.questionId} {...props} question={question} />
      ))}
      <FileField
        name="document"
        label={t('officePolls.officialDocument')}
        limit={{ types: t('office.documentTypes'), size: props.documentLimit }}
        accept="image/*,application/pdf"
        error={errorOf(errors, 'document')}
        required
      />
      <ButtonRow>
        <Button icon="done">{t('officePolls.importNow')}</Button>
      </ButtonRow>
    </form>
  )
}

function OfficialQuestion(props: {
  readonly question: { readonly questionId: string; readonly title: string }
  readonly entered: EnteredFigures
  readonly errors: readonly FieldError[]
}) {
  const t = useT()
  const { question, entered, errors } = props
  const at = (name: string) => `${question.questionId}-${name}`
  return (
    <Section title={question.title}>
      <RadioGroup
        name={at('outcome')}
        label={t('officePolls.officialOutcome')}
        choices={OFFICIAL_OUTCOMES.map(outcome => ({ value: outcome, label: t(`polls.outcome.${outcome}`) }))}
        defaultValue={entered[at('outcome')]}
        error={errorOf(errors, at('outcome'))}
        required
      />
      {OFFICIAL_FIGURES.map(figure => (
        <div className="three-fields" key={figure}>
          <TextField
            name={at(`${figure}-area`)}
            label={t(`officePolls.officialArea.${figure}`)}
            defaultValue={entered[at(`${figure}-area`)]}
            error={errorOf(errors, at(`${figure}-area`))}
            inputMode="decimal"
            width="short"
            required
          />
          <TextField
            name={at(`${figure}-heads`)}
            label={t(`officePolls.officialHeads.${figure}`)}
            defaultValue={entered[at(`${figure}-heads`)]}
            error={errorOf(errors, at(`${figure}-heads`))}
            inputMode="numeric"
            width="short"
            required
          />
        </div>
      ))}
    </Section>
  )
}
