/** One question of a motion: what is asked, how it is answered, which clause it falls under. */
import type { FieldError } from '../feedback.tsx'
import { RadioGroup, TextAreaField, TextField } from '../form.tsx'
import { errorOf } from '../office/import-list.tsx'
import { useT } from '../viewer.tsx'
import { MatterFields } from './matter-fields.tsx'

/** A question as typed. An empty one is no question. */
export interface EnteredQuestion {
  readonly title: string
  readonly text: string
  readonly form: 'plain' | 'plans'
  /** One plan per line. */
  readonly plans: string
  readonly clause: string
  readonly parkingTariff: boolean
}

export const NO_QUESTION: EnteredQuestion = {
  title: '',
  text: '',
  form: 'plain',
  plans: '',
  clause: '',
  parkingTariff: false,
}

/** The fields of question `at`; its names end in the number. */
export function QuestionFields(props: {
  readonly at: number
  readonly question: EnteredQuestion
  readonly errors: readonly FieldError[]
  readonly isOpen: boolean
}) {
  const t = useT()
  const { at, question, errors } = props
  const hasError = errors.some(error => error.field?.endsWith(`-${at}`))
  return (
    <details className="asked" open={props.isOpen || hasError || question.title !== ''}>
      <summary>
        {t('officePolls.questionNumber', { number: at })} {question.title}
      </summary>
      <div className="asked__body">
        <TextField
          name={`question-${at}`}
          label={t('officePolls.question')}
          hint={t('officePolls.questionHint')}
          defaultValue={question.title}
          error={errorOf(errors, `question-${at}`)}
          maxLength={120}
        />
        <TextAreaField
          name={`text-${at}`}
          label={t('officePolls.questionText')}
          defaultValue={question.text}
          error={errorOf(errors, `text-${at}`)}
          rows={3}
          maxLength={2000}
          optional
        />
        <RadioGroup
          name={`form-${at}`}
          label={t('officePolls.answers')}
          defaultValue={question.form}
          choices={[
            { value: 'plain', label: t('officePolls.form.plain'), hint: t('officePolls.formHint.plain') },
            { value: 'plans', label: t('officePolls.form.plans'), hint: t('officePolls.formHint.plans') },
          ]}
        />
        <TextAreaField
          name={`plans-${at}`}
          label={t('officePolls.plans')}
          hint={t('officePolls.plansHint')}
          defaultValue={question.plans}
          error={errorOf(errors, `plans-${at}`)}
          rows={3}
          optional
        />
        <MatterFields
          at={at}
          clause={question.clause}
          parkingTariff={question.parkingTariff}
          errors={errors}
        />
      </div>
    </details>
  )
}
