/** The form that records a year's budget with the vote that passed it. Decides nothing. */
import { DateField, SelectField, TextAreaField, TextField } from '../form.tsx'
import { useT } from '../viewer.tsx'
import { Folded, type FormProps } from './controls-forms.tsx'
import { errorOf } from './import-list.tsx'
import { useNames } from './names.ts'

/** A question that passed in a final vote, as a choice. */
export interface VoteChoice {
  readonly value: string
  readonly label: string
}

const KIND = 'adopt-budget'

/** Lines, the vote, and for a decision outside the portal its words. */
export function BudgetForm(
  props: FormProps & { readonly year: number; readonly votes: readonly VoteChoice[] },
) {
  const t = useT()
  const names = useNames(props.chart)
  const isMine = props.entered.kind === KIND
  const entered = isMine ? props.entered : { year: String(props.year) }
  const error = (name: string) => (isMine ? errorOf(props.errors, name) : undefined)
  return (
    <Folded {...props} kind={KIND} title={t('budget.formTitle')} lead={t('budget.formLead')}>
      <SelectField
        name="vote"
        label={t('budget.vote')}
        choices={[...props.votes, { value: 'outside', label: t('budget.outsideChoice') }]}
        defaultValue={entered.vote}
        error={error('vote')}
        required
      />
      <TextField
        name="year"
        id={`year-${KIND}`}
        label={t('controls.year')}
        inputMode="numeric"
        maxLength={4}
        width="short"
        defaultValue={entered.year}
        required
      />
      <SelectField
        name="fund"
        id={`fund-${KIND}`}
        label={t('controls.fund')}
        choices={names.fundChoices}
        defaultValue={entered.fund}
        required
      />
      <TextAreaField
        name="lines"
        label={t('budget.lines')}
        hint={t('budget.linesHint')}
        rows={8}
        defaultValue={entered.lines}
        error={error('lines')}
        required
      />
      <OutsideFields entered={entered} errors={isMine ? props.errors : []} />
    </Folded>
  )
}

/** Where and how it was adopted outside the portal. */
function OutsideFields(props: Pick<FormProps, 'entered' | 'errors'>) {
  const t = useT()
  const { entered } = props
  return (
    <>
      <TextField
        name="words"
        label={t('budget.words')}
        hint={t('budget.wordsHint')}
        maxLength={200}
        defaultValue={entered.words}
        error={errorOf(props.errors, 'words')}
        optional
      />
      <DateField
        name="decidedOn"
        label={t('budget.day')}
        hint={t('budget.dayHint')}
        defaultValue={entered.decidedOn}
        error={errorOf(props.errors, 'decidedOn')}
        optional
      />
      <TextField
        name="document"
        label={t('budget.document')}
        maxLength={200}
        defaultValue={entered.document}
        optional
      />
    </>
  )
}
