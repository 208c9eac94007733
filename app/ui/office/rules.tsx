/** Matching rules: what the bookkeeper taught, and the form to teach another. */
import type { MatchingRule } from '#ledger'
import { Button } from '../button.tsx'
import type { FieldError } from '../feedback.tsx'
import { RadioGroup, SelectField, TextField } from '../form.tsx'
import { Section } from '../page-shell.tsx'
import { DataTable } from '../table.tsx'
import { useT } from '../viewer.tsx'
import { errorOf } from './import-list.tsx'
import { type NamedChart, useNames } from './names.ts'
import { CsrfField, type OfficeFrame } from './office-page.tsx'

/** The rule as entered so far; any part may be empty. */
export interface EnteredRule {
  readonly direction: string
  readonly contains: string
  readonly fund: string
  readonly account: string
  readonly narration: string
}

/** Teaches a rule; prefilled from a bank line or from what was just refused. */
export function TeachForm(props: {
  readonly frame: OfficeFrame
  readonly chart: NamedChart
  readonly entered: EnteredRule
  readonly errors: readonly FieldError[]
}) {
  const t = useT()
  const names = useNames(props.chart)
  const { chart, entered, errors } = props
  // A rule speaks of bank lines, so only a fund with a bank account can be meant.
  const banked = names.fundChoices.filter(fund =>
    chart.bankAccounts.some(account => account.fund === fund.value),
  )
  return (
    <Section title={t('office.teachTitle')} lead={t('office.teachLead')} id="teach">
      <form method="post">
        <CsrfField frame={props.frame} />
        <RadioGroup
          name="direction"
          label={t('office.ruleDirection')}
          defaultValue={entered.direction === 'out' ? 'out' : 'in'}
          choices={[
            { value: 'in', label: t('ledger.direction.in') },
            { value: 'out', label: t('ledger.direction.out') },
          ]}
        />
        <TextField
          name="contains"
          label={t('office.ruleContains')}
          hint={t('office.ruleContainsHint')}
          defaultValue={entered.contains}
          error={errorOf(errors, 'contains')}
          maxLength={60}
          required
        />
        <SelectField
          name="account"
          label={t('office.account')}
          prompt
          choices={names.accountChoices(['cash', 'balance'])}
          defaultValue={entered.account}
          error={errorOf(errors, 'account')}
          required
        />
        <SelectField
          name="fund"
          label={t('office.fund')}
          choices={banked}
          defaultValue={entered.fund}
          error={errorOf(errors, 'fund')}
          required
        />
        <TextField
          name="narration"
          label={t('office.ruleNarration')}
          hint={t('office.narrationHint')}
          defaultValue={entered.narration}
          error={errorOf(errors, 'narration')}
          maxLength={200}
          required
        />
        <div>
          <Button name="intent" value="teach" icon="done">
            {t('office.teach')}
          </Button>
        </div>
      </form>
    </Section>
  )
}

/** The live rules; the first that fits a line counts, newest first. */
export function RuleTable(props: {
  readonly frame: OfficeFrame
  readonly chart: NamedChart
  readonly rules: readonly MatchingRule[]
}) {
  const t = useT()
  const names = useNames(props.chart)
  return (
    <Section title={t('office.rulesList')} id="rules">
      <DataTable
        caption={t('office.rulesList')}
        captionHidden
        rows={props.rules}
        rowKey={rule => rule.ruleId}
        empty={t('office.noRules')}
        columns={[
          { key: 'contains', label: t('office.ruleContains'), cell: rule => rule.contains },
          {
            key: 'direction',
            label: t('office.ruleDirection'),
            cell: rule => t(`ledger.direction.${rule.direction}`),
          },
          { key: 'account', label: t('office.account'), cell: rule => names.account(rule.account) },
          { key: 'fund', label: t('office.fund'), cell: rule => names.fund(rule.fund) },
          { key: 'narration', label: t('office.ruleNarration'), cell: rule => rule.narration },
          {
            key: 'act',
            label: t('office.act'),
            cell: rule =>
              props.frame.may.teach ? (
                <form method="post">
                  <CsrfField frame={props.frame} />
                  <input type="hidden" name="intent" value="retire" />
                  <Button tone="quiet" name="rule" value={rule.ruleId}>
                    {t('office.retire')}
                  </Button>
                </form>
              ) : null,
          },
        ]}
      />
    </Section>
  )
}
