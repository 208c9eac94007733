/** Component page: form fields in every state, the error summary and the confirmation. */
import { Button, ButtonRow } from '../button.tsx'
import { ConfirmPanel } from '../confirm.tsx'
import { ErrorSummary } from '../feedback.tsx'
import {
  CheckboxField,
  CheckboxGroup,
  DateField,
  FileField,
  MoneyField,
  RadioGroup,
  SelectField,
  TextAreaField,
  TextField,
} from '../form.tsx'
import { Card, Section } from '../page-shell.tsx'
import { FactorFields } from '../second-factor.tsx'
import { KeepViewer, useT } from '../viewer.tsx'

/** A whole form with errors, and the same kinds of fields without. */
export function FormsSection() {
  const t = useT()
  return (
    <Section title={t('gallery.forms')} id="forms">
      <ErrorSummary
        errors={[
          { field: 'narration', message: t('gallery.fieldNarrationError') },
          { field: 'amount', message: t('gallery.fieldAmountError') },
          { field: 'fund', message: t('gallery.fundMaintenanceError') },
        ]}
      />
      <Card>
        <form method="get" action="/ui-components">
          <KeepViewer />
          <TextField
            name="narration"
            label={t('gallery.fieldNarration')}
            hint={t('gallery.fieldNarrationHint')}
            error={t('gallery.fieldNarrationError')}
          />
          <MoneyField
            name="amount"
            label={t('gallery.fieldAmount')}
            defaultValue="128.505"
            error={t('gallery.fieldAmountError')}
          />
          <DateField name="date" label={t('gallery.fieldDate')} defaultValue="2026-06-30" />
          <DateField name="period" label={t('gallery.fieldPeriod')} defaultValue="2026-06" month />
          <AccountField />
          <FundField />
          <TextAreaField name="remark" label={t('gallery.fieldRemark')} optional rows={3} />
          <FileField
            name="documents"
            label={t('gallery.fieldFile')}
            hint={t('gallery.fieldFileHint')}
            accept=".pdf,image/*"
            limit={{ types: t('gallery.fileTypes'), size: t('gallery.fileSize') }}
            multiple
          />
          <RedactField />
          <CheckboxField name="checked" label={t('gallery.tick')} />
          <ButtonRow>
            <Button>{t('gallery.buttonPrimary')}</Button>
            <Button tone="secondary" name="intent" value="draft">
              {t('gallery.buttonSecondary')}
            </Button>
          </ButtonRow>
        </form>
      </Card>
    </Section>
  )
}

function AccountField() {
  const t = useT()
  return (
    <SelectField
      name="account"
      label={t('gallery.fieldAccount')}
      prompt
      width="half"
      choices={[
        {
          group: t('gallery.groupIncome'),
          choices: [
            { value: 'fee', label: t('gallery.accountFee') },
            { value: 'parking', label: t('gallery.accountParking') },
          ],
        },
        { group: t('gallery.groupExpense'), choices: [{ value: 'lift', label: t('gallery.accountLift') }] },
      ]}
    />
  )
}

function FundField() {
  const t = useT()
  return (
    <RadioGroup
      name="fund"
      label={t('gallery.fieldFund')}
      error={t('gallery.fundMaintenanceError')}
      choices={[
        { value: 'trust', label: t('gallery.fundTrust'), hint: t('gallery.fundTrustHint') },
        { value: 'maintenance', label: t('gallery.fundMaintenance'), hint: t('gallery.fundMaintenanceHint') },
      ]}
    />
  )
}

function RedactField() {
  const t = useT()
  return (
    <CheckboxGroup
      name="redact"
      label={t('gallery.fieldRedact')}
      optional
      defaultValues={['name']}
      choices={[
        { value: 'name', label: t('gallery.redactName') },
        { value: 'card', label: t('gallery.redactCard') },
        { value: 'phone', label: t('gallery.redactPhone'), disabled: true },
      ]}
    />
  )
}

/** Both numbers, the difference, the consequence, a tick. */
export function ConfirmSection() {
  const t = useT()
  return (
    <Section title={t('gallery.confirmations')} id="confirm">
      <form method="get" action="/ui-components">
        <KeepViewer />
        <ConfirmPanel
          title={t('gallery.confirmTitle')}
          figures={[
            {
              label: t('gallery.confirmIn'),
              theirs: '¥96,412.33',
              ours: '¥96,292.33',
              difference: '¥120.00',
            },
            { label: t('gallery.confirmOut'), theirs: '¥55,067.06', ours: '¥55,067.06' },
          ]}
          name="seen"
          tick={t('gallery.confirmTick')}
          confirm={t('gallery.confirmYes')}
          cancel={{ label: t('gallery.confirmNo'), href: '/ui-components' }}
        >
          <p>{t('gallery.confirmText')}</p>
        </ConfirmPanel>
      </form>
      <form method="get" action="/ui-components">
        <KeepViewer />
        <FactorFields
          kinds={{ totp: true, passkey: true }}
          script={null}
          asks="release"
          passkeyLabel={t('account.passkeySignIn')}
          error={t('account.passkeyProblem')}
        />
      </form>
    </Section>
  )
}
