/** Uploading a bank file and the list of earlier imports. */
import type { ImportState } from '#ledger'
import { Button } from '../button.tsx'
import { ErrorSummary, type FieldError } from '../feedback.tsx'
import { FileField, SelectField } from '../form.tsx'
import { Card, Section } from '../page-shell.tsx'
import { InstantText } from '../stamp.tsx'
import { StatePill, type StateTone } from '../state.tsx'
import { DataTable } from '../table.tsx'
import { useT } from '../viewer.tsx'
import { bankAccountLabel, type NamedChart } from './names.ts'
import { CsrfField, type OfficeFrame, officePath } from './office-page.tsx'

export interface ListedImport {
  readonly importId: string
  readonly account: string
  readonly fileName: string
  readonly uploadedAt: Date
  readonly state: ImportState
  readonly storedNew: number | null
  readonly alreadyThere: number | null
}

const TONES = {
  reading: 'waiting',
  rejected: 'attention',
  unknown: 'attention',
  mapped: 'attention',
  waiting: 'waiting',
  ready: 'waiting',
  held: 'attention',
  storing: 'waiting',
  stored: 'done',
  discarded: 'stopped',
} as const satisfies Record<ImportState, StateTone>

/** Where an import stands. */
export function ImportStatePill(props: { readonly state: ImportState }) {
  const t = useT()
  return <StatePill tone={TONES[props.state]} label={t(`office.importState.${props.state}`)} />
}

/** One of a summary's errors, beside its field. */
export function errorOf(errors: readonly FieldError[], field: string): string | undefined {
  return errors.find(error => error.field === field)?.message
}

/** The upload form. A file cannot be kept by a browser after a refusal, so only the account is. */
export function UploadForm(props: {
  readonly frame: OfficeFrame
  readonly chart: NamedChart
  readonly errors: readonly FieldError[]
  readonly account: string
  readonly limit: string
}) {
  const t = useT()
  const { chart, errors } = props
  return (
    <Card>
      <form method="post" encType="multipart/form-data">
        <ErrorSummary errors={errors} />
        <CsrfField frame={props.frame} />
        <SelectField
          name="account"
          label={t('office.bankAccount')}
          prompt={chart.bankAccounts.length > 1}
          defaultValue={props.account}
          choices={chart.bankAccounts.map(account => ({
            value: account.accountCode,
            label: bankAccountLabel(chart, account.accountCode),
          }))}
          error={errorOf(errors, 'account')}
          required
        />
        <FileField
          name="file"
          label={t('office.bankFile')}
          hint={t('office.bankFileHint')}
          limit={{ types: t('office.bankFileTypes'), size: props.limit }}
          accept=".csv,.txt,.xls,.xlsx"
          error={errorOf(errors, 'file')}
          required
        />
        <div>
          <Button icon="upload">{t('office.upload')}</Button>
        </div>
      </form>
    </Card>
  )
}

/** Earlier imports, newest first. */
export function ImportTable(props: {
  readonly frame: OfficeFrame
  readonly chart: NamedChart
  readonly imports: readonly ListedImport[]
}) {
  const t = useT()
  return (
    <Section title={t('office.imports')} id="imports">
      <DataTable
        caption={t('office.imports')}
        captionHidden
        rows={props.imports}
        rowKey={row => row.importId}
        rowHref={row => officePath(props.frame.slug, 'import', row.importId)}
        empty={t('office.noImports')}
        columns={[
          { key: 'file', label: t('office.bankFile'), cell: row => row.fileName },
          {
            key: 'account',
            label: t('office.bankAccount'),
            cell: row => bankAccountLabel(props.chart, row.account),
          },
          {
            key: 'at',
            label: t('office.uploadedAt'),
            type: 'date',
            cell: row => <InstantText at={row.uploadedAt} />,
          },
          { key: 'new', label: t('office.storedNew'), type: 'number', cell: row => row.storedNew ?? '' },
          {
            key: 'there',
            label: t('office.alreadyThere'),
            type: 'number',
            cell: row => row.alreadyThere ?? '',
          },
          {
            key: 'state',
            label: t('office.state'),
            card: 'plain',
            cell: row => <ImportStatePill state={row.state} />,
          },
        ]}
      />
    </Section>
  )
}
