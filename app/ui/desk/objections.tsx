/** Objections to the roll and to the count, and the answers of the committee. Names stay inside the office. */
import { Button } from '../button.tsx'
import { EmptyState, ErrorSummary, type FieldError } from '../feedback.tsx'
import { RadioGroup, TextAreaField } from '../form.tsx'
import { errorOf } from '../office/import-list.tsx'
import { CsrfField, type OfficeFrame } from '../office/office-page.tsx'
import { Card, Section } from '../page-shell.tsx'
import { InstantText } from '../stamp.tsx'
import { StatePill } from '../state.tsx'
import { useT } from '../viewer.tsx'

export interface ObjectionView {
  readonly objectionId: string
  readonly stage: 'roll' | 'count'
  readonly place: string
  /** Null when it was erased. */
  readonly text: string | null
  readonly madeAt: Date
  readonly answer: { readonly isUpheld: boolean; readonly text: string | null; readonly at: Date } | null
}

/** What was typed as an answer, to show it again. */
export interface EnteredAnswer {
  readonly objectionId: string
  readonly text: string
  readonly isUpheld: string
}

/** Both stages; the open ones come first within each. */
export function Objections(props: {
  readonly frame: OfficeFrame
  readonly objections: readonly ObjectionView[]
  readonly entered: EnteredAnswer | null
  readonly errors: readonly FieldError[]
}) {
  const t = useT()
  const { objections } = props
  return (
    <>
      <ErrorSummary errors={props.errors} />
      {(['roll', 'count'] as const).map(stage => {
        const here = objections.filter(objection => objection.stage === stage)
        return (
          <Section key={stage} title={t(`desk.objections.${stage}`)} lead={t(`desk.objectionsLead.${stage}`)}>
            {here.length === 0 && <EmptyState title={t('desk.objectionsNone')} />}
            {[...here.filter(each => each.answer === null), ...here.filter(each => each.answer !== null)].map(
              objection => (
                <OneObjection key={objection.objectionId} {...props} objection={objection} />
              ),
            )}
          </Section>
        )
      })}
    </>
  )
}

function OneObjection(props: {
  readonly frame: OfficeFrame
  readonly objection: ObjectionView
  readonly entered: EnteredAnswer | null
  readonly errors: readonly FieldError[]
}) {
  const t = useT()
  const { objection, frame } = props
  return (
    <Card>
      <h3>
        {objection.place}{' '}
        {objection.answer === null ? (
          <StatePill tone="attention" label={t('desk.objectionOpen')} />
        ) : (
          <StatePill
            tone="done"
            label={t(objection.answer.isUpheld ? 'desk.objectionUpheld' : 'desk.objectionRejected')}
          />
        )}
      </h3>
      <p className="objection__text">{objection.text ?? t('desk.erased')}</p>
      <p className="field__hint">
        <InstantText at={objection.madeAt} />
      </p>
      {objection.answer !== null && (
        <p className="objection__answer">
          <strong>{t('desk.answer')}</strong> {objection.answer.text ?? t('desk.erased')}{' '}
          <InstantText at={objection.answer.at} />
        </p>
      )}
      {objection.answer === null && frame.may.answer && <AnswerForm {...props} />}
    </Card>
  )
}

function AnswerForm(props: {
  readonly frame: OfficeFrame
  readonly objection: ObjectionView
  readonly entered: EnteredAnswer | null
  readonly errors: readonly FieldError[]
}) {
  const t = useT()
  const { objection, errors } = props
  const id = objection.objectionId
  const entered = props.entered?.objectionId === id ? props.entered : null
  return (
    <form method="post">
      <CsrfField frame={props.frame} />
      <input type="hidden" name="objection" value={id} />
      <RadioGroup
        name="isUpheld"
        id={`isUpheld-${id}`}
        label={t('desk.judgement')}
        defaultValue={entered?.isUpheld}
        choices={[
          { value: 'yes', label: t('desk.judgeUpheld'), hint: t(`desk.judgeUpheldHint.${objection.stage}`) },
          { value: 'no', label: t('desk.judgeRejected') },
        ]}
        error={entered === null ? undefined : errorOf(errors, `isUpheld-${id}`)}
        required
      />
      <TextAreaField
        name="answer"
        id={`answer-${id}`}
        label={t('desk.answerText')}
        hint={t('desk.answerHint')}
        defaultValue={entered?.text}
        error={entered === null ? undefined : errorOf(errors, `answer-${id}`)}
        maxLength={1000}
        required
      />
      <div>
        <Button name="intent" value="answer" icon="done">
          {t('desk.answerSend')}
        </Button>
      </div>
    </form>
  )
}
