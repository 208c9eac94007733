/** The forms that propose a change of the rules: the rules themselves, a voted ceiling, an emergency, an account. Decides nothing. */
import type { ReactNode } from 'react'
import { formatYuanPlain } from '#kernel'
import { CHARGING_MODELS, type Controls, EMERGENCY_KINDS } from '#ledger'
import { Button } from '../button.tsx'
import type { FieldError } from '../feedback.tsx'
import { CheckboxField, MoneyField, SelectField, TextField } from '../form.tsx'
import { useT } from '../viewer.tsx'
import { errorOf } from './import-list.tsx'
import { type NamedChart, useNames } from './names.ts'
import { CsrfField, type OfficeFrame } from './office-page.tsx'

/** What was entered, by field. */
export type EnteredChange = Readonly<Record<string, string>>

/** What every form of a change is given. */
export interface FormProps {
  readonly frame: OfficeFrame
  readonly chart: NamedChart
  readonly entered: EnteredChange
  readonly errors: readonly FieldError[]
}

/** A form that is folded until somebody wants it, or until it comes back with errors. */
export function Folded(
  props: FormProps & {
    readonly kind: string
    readonly title: string
    readonly lead: string
    /** What the reason is called here, where it is more than a reason. */
    readonly reason?: { readonly label: string; readonly hint: string }
    readonly children: ReactNode
  },
) {
  const t = useT()
  const isMine = props.entered.kind === props.kind
  return (
    <details className="more" open={isMine} id={props.kind}>
      <summary>{props.title}</summary>
      <form method="post" className="more__body">
        <CsrfField frame={props.frame} />
        <input type="hidden" name="kind" value={props.kind} />
        <p>{props.lead}</p>
        {props.children}
        <TextField
          name="reason"
          id={`reason-${props.kind}`}
          label={props.reason?.label ?? t('controls.reason')}
          hint={props.reason?.hint ?? t('controls.reasonHint')}
          maxLength={200}
          defaultValue={isMine ? props.entered.reason : ''}
          error={isMine ? errorOf(props.errors, 'reason') : undefined}
          required
        />
        <div>
          <Button name="intent" value="propose">
            {t('controls.propose')}
          </Button>
        </div>
      </form>
    </details>
  )
}

/** The rules in force, ready to be changed. */
export function ControlsForm(props: FormProps & { readonly controls: Controls }) {
  const t = useT()
  const { controls } = props
  const entered: EnteredChange = props.entered.kind === 'controls' ? props.entered : enteredControls(controls)
  const money = (name: 'chairFromFen' | 'tellFromFen') => (
    <MoneyField
      name={name}
      label={t(`controls.name.${name}`)}
      hint={t('controls.amountHint')}
      defaultValue={entered[name]}
      error={errorOf(props.errors, name)}
      optional
    />
  )
  const days = (name: 'statementDays' | 'yearDays') => (
    <TextField
      name={name}
      label={t(`controls.name.${name}`)}
      hint={t('controls.daysHint')}
      inputMode="numeric"
      maxLength={3}
      width="short"
      defaultValue={entered[name]}
      error={errorOf(props.errors, name)}
      optional
    />
  )
  const tick = (
    name: 'needsBudgetLine' | 'showsSignals' | 'pairedChanges' | 'publishesDetail' | 'volunteerPoints',
  ) => (
    <CheckboxField name={name} label={t(`controls.name.${name}`)} defaultChecked={entered[name] === 'yes'} />
  )
  return (
    <Folded {...props} kind="controls" title={t('controls.proposeTitle')} lead={t('controls.proposeLead')}>
      {money('chairFromFen')}
      {money('tellFromFen')}
      {tick('needsBudgetLine')}
      {tick('showsSignals')}
      {tick('pairedChanges')}
      {tick('publishesDetail')}
      {tick('volunteerPoints')}
      {days('statementDays')}
      {days('yearDays')}
      <SelectField
        name="chargingModel"
        label={t('controls.name.chargingModel')}
        choices={CHARGING_MODELS.map(model => ({ value: model, label: t(`controls.model.${model}`) }))}
        defaultValue={entered.chargingModel}
        width="half"
      />
      <TextField
        name="procedure"
        label={t('controls.name.procedure')}
        hint={t('controls.procedureHint')}
        maxLength={60}
        defaultValue={entered.procedure}
        error={errorOf(props.errors, 'procedure')}
        optional
      />
    </Folded>
  )
}

function enteredControls(controls: Controls): EnteredChange {
  const amount = (value: Controls['chairFromFen']) => (value === null ? '' : formatYuanPlain(value))
  const tick = (value: boolean) => (value ? 'yes' : '')
  return {
    chairFromFen: amount(controls.chairFromFen),
    tellFromFen: amount(controls.tellFromFen),
    needsBudgetLine: tick(controls.needsBudgetLine),
    showsSignals: tick(controls.showsSignals),
    pairedChanges: tick(controls.pairedChanges),
    publishesDetail: tick(controls.publishesDetail),
    statementDays: controls.statementDays === null ? '' : String(controls.statementDays),
    yearDays: controls.yearDays === null ? '' : String(controls.yearDays),
    chargingModel: controls.chargingModel,
    procedure: controls.procedure,
    volunteerPoints: tick(controls.volunteerPoints),
  }
}

function CeilingFields(props: FormProps & { readonly kind: string; readonly year: number }) {
  const t = useT()
  const names = useNames(props.chart)
  const isMine = props.entered.kind === props.kind
  const at = (name: string) => `${name}-${props.kind}`
  const entered = isMine ? props.entered : { year: String(props.year) }
  return (
    <>
      <SelectField
        name="account"
        id={at('account')}
        label={t('controls.account')}
        prompt
        choices={names.accountChoices(['cash', 'balance', 'income', 'liability', 'interfund'])}
        defaultValue={entered.account}
        required
      />
      <SelectField
        name="fund"
        id={at('fund')}
        label={t('controls.fund')}
        choices={names.fundChoices}
        defaultValue={entered.fund}
        required
      />
      <TextField
        name="year"
        id={at('year')}
        label={t('controls.year')}
        inputMode="numeric"
        maxLength={4}
        width="short"
        defaultValue={entered.year}
        required
      />
      <MoneyField
        name="amount"
        id={at('amount')}
        label={t('controls.amount')}
        defaultValue={entered.amount}
        error={isMine ? errorOf(props.errors, 'amount') : undefined}
        required
      />
    </>
  )
}

/** A ceiling that owners voted, with the vote it comes from. */
export function CeilingForm(props: FormProps & { readonly year: number }) {
  const t = useT()
  const entered: EnteredChange = props.entered.kind === 'ceiling' ? props.entered : {}
  return (
    <Folded {...props} kind="ceiling" title={t('controls.ceilingTitle')} lead={t('controls.ceilingLead')}>
      <CeilingFields {...props} kind="ceiling" />
      <TextField
        name="poll"
        label={t('controls.pollField')}
        maxLength={60}
        defaultValue={entered.poll}
        error={errorOf(props.errors, 'poll')}
        required
      />
      <TextField
        name="digest"
        label={t('controls.digestField')}
        maxLength={64}
        defaultValue={entered.digest}
        error={errorOf(props.errors, 'digest')}
        required
      />
    </Folded>
  )
}

/** An emergency of one of the six kinds. */
export function EmergencyForm(props: FormProps & { readonly year: number }) {
  const t = useT()
  return (
    <Folded
      {...props}
      kind="emergency"
      title={t('controls.emergencyTitle')}
      lead={t('controls.emergencyLead')}
    >
      <SelectField
        name="emergency"
        label={t('controls.emergencyKind')}
        prompt
        choices={EMERGENCY_KINDS.map(kind => ({ value: kind, label: t(`controls.emergency.${kind}`) }))}
        defaultValue={props.entered.kind === 'emergency' ? props.entered.emergency : ''}
        required
      />
      <CeilingFields {...props} kind="emergency" />
    </Folded>
  )
}

/** An account below one that is there. */
export function AccountForm(props: FormProps) {
  const t = useT()
  const entered: EnteredChange = props.entered.kind === 'add-account' ? props.entered : {}
  return (
    <Folded {...props} kind="add-account" title={t('controls.accountTitle')} lead={t('controls.accountLead')}>
      <TextField
        name="code"
        label={t('controls.accountCode')}
        inputMode="numeric"
        maxLength={10}
        width="short"
        defaultValue={entered.code}
        error={errorOf(props.errors, 'code')}
        required
      />
      <TextField
        name="nameZh"
        label={t('controls.accountZh')}
        maxLength={40}
        width="half"
        defaultValue={entered.nameZh}
        error={errorOf(props.errors, 'nameZh')}
        required
      />
      <TextField
        name="nameEn"
        label={t('controls.accountEn')}
        maxLength={60}
        width="half"
        defaultValue={entered.nameEn}
        required
      />
    </Folded>
  )
}
