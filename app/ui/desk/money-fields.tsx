/** The money of a motion: how much, from which fund and which line of the budget, for which project. */
import type { FieldError } from '../feedback.tsx'
import { MoneyField, SelectField, TextField } from '../form.tsx'
import { errorOf } from '../office/import-list.tsx'
import { Section } from '../page-shell.tsx'
import { useT } from '../viewer.tsx'
import type { TextChoice } from './text-choice.ts'

export interface EnteredMoney {
  readonly amount: string
  readonly payer: string
  readonly payerOther: string
  readonly budgetLine: string
  readonly projectText: string
}

export const NO_MONEY: EnteredMoney = {
  amount: '',
  payer: '',
  payerOther: '',
  budgetLine: '',
  projectText: '',
}

/** The funds that can pay and the expense accounts that are lines of the budget. */
export interface PayerChoices {
  readonly funds: readonly TextChoice[]
  readonly budgetLines: readonly { readonly group: string; readonly choices: readonly TextChoice[] }[]
}

/** All empty means that the motion costs nothing. */
export function MoneyFields(props: {
  readonly entered: EnteredMoney
  readonly payers: PayerChoices
  readonly errors: readonly FieldError[]
}) {
  const t = useT()
  const { entered, payers, errors } = props
  return (
    <Section title={t('officePolls.money')} lead={t('officePolls.moneyLead')} id="money">
      <MoneyField
        name="amount"
        label={t('officePolls.amount')}
        hint={t('officePolls.amountHint')}
        defaultValue={entered.amount}
        error={errorOf(errors, 'amount')}
        optional
      />
      <SelectField
        name="payer"
        label={t('officePolls.payer')}
        prompt={t('officePolls.payerNone')}
        choices={[...payers.funds, { value: 'other', label: t('officePolls.payerOtherChoice') }]}
        defaultValue={entered.payer}
        error={errorOf(errors, 'payer')}
        optional
      />
      <TextField
        name="payerOther"
        label={t('officePolls.payerOther')}
        hint={t('officePolls.payerOtherHint')}
        defaultValue={entered.payerOther}
        error={errorOf(errors, 'payerOther')}
        maxLength={80}
        optional
      />
      <SelectField
        name="budgetLine"
        label={t('officePolls.budgetLine')}
        prompt={t('officePolls.budgetLineNone')}
        choices={payers.budgetLines}
        defaultValue={entered.budgetLine}
        error={errorOf(errors, 'budgetLine')}
        optional
      />
      <TextField
        name="projectText"
        label={t('officePolls.project')}
        hint={t('officePolls.projectHint')}
        defaultValue={entered.projectText}
        error={errorOf(errors, 'projectText')}
        maxLength={200}
        optional
      />
    </Section>
  )
}
