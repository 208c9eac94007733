/** What a teller reads on a paper ballot: who signed, when, and one mark per question. Large targets; nothing is chosen beforehand. */
import type { CivilDate } from '#kernel'
import type { FieldError } from '../feedback.tsx'
import { DateField, RadioGroup } from '../form.tsx'
import { errorOf } from '../office/import-list.tsx'
import { useT } from '../viewer.tsx'
import type { TextChoice } from './text-choice.ts'

/** A question as its paper shows it, with every mark that can be read there. */
export interface ReadableQuestion {
  readonly questionId: string
  readonly title: string
  readonly marks: readonly TextChoice[]
}

/** A reading as typed. */
export interface EnteredReading {
  readonly signedBy: string
  readonly signedOn: string
  readonly answers: Readonly<Record<string, string>>
}

export const NO_READING: EnteredReading = { signedBy: '', signedOn: '', answers: {} }

/** The value of a signature by a proxy: `proxy:<person>`; an owner's is `owner:<person>`. */
export function ReadingFields(props: {
  readonly signers: readonly TextChoice[]
  readonly questions: readonly ReadableQuestion[]
  readonly entered: EnteredReading
  readonly today: CivilDate
  readonly errors: readonly FieldError[]
}) {
  const t = useT()
  const { entered, errors } = props
  return (
    <div className="reading">
      <RadioGroup
        name="signedBy"
        label={t('desk.signedBy')}
        choices={props.signers}
        defaultValue={entered.signedBy === '' ? undefined : entered.signedBy}
        error={errorOf(errors, 'signedBy')}
        required
      />
      <DateField
        name="signedOn"
        label={t('desk.signedOn')}
        hint={t('desk.signedOnHint')}
        defaultValue={entered.signedOn}
        max={props.today}
        error={errorOf(errors, 'signedOn')}
        required
      />
      {props.questions.map(question => (
        <RadioGroup
          key={question.questionId}
          name={`answer-${question.questionId}`}
          label={question.title}
          choices={question.marks}
          defaultValue={entered.answers[question.questionId]}
          error={errorOf(errors, `answer-${question.questionId}`)}
          required
        />
      ))}
    </div>
  )
}
