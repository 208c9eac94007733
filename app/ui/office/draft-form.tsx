/** The form of a voucher draft: date, narration, posting lines, source documents. Works without a script: more lines come by a button. */
import type { Fen } from '#kernel'
import { Button, ButtonRow } from '../button.tsx'
import { ErrorSummary, type FieldError } from '../feedback.tsx'
import { DateField, FileField, MoneyField, SelectField, TextField } from '../form.tsx'
import { Section } from '../page-shell.tsx'
import { DateText } from '../stamp.tsx'
import { DataTable } from '../table.tsx'
import { Anchor, useT } from '../viewer.tsx'
import type { OfficeLine } from './bench.tsx'
import { errorOf } from './import-list.tsx'
import { LineMoney } from './import-preview.tsx'
import { type NamedChart, useNames } from './names.ts'
import { CsrfField, type OfficeFrame, officePath } from './office-page.tsx'

/** A posting line as typed. */
export interface EnteredPosting {
  readonly account: string
  readonly fund: string
  readonly debit: string
  readonly credit: string
}

/** A source document as officers see it. */
export interface OfficeDocument {
  readonly sha256: string
  readonly fileName: string
  readonly mediaType: string
  readonly byteCount: number
  readonly publicSha256: string | null
}

export interface DraftFormView {
  readonly occurredOn: string
  readonly narration: string
  /** Whom a payment pays; empty for everything else. */
  readonly payee: string
  readonly postings: readonly EnteredPosting[]
  /** Kept by digest, so that nothing that was uploaded is lost when something else is wrong. */
  readonly documents: readonly OfficeDocument[]
  readonly lines: readonly OfficeLine[]
  /** The voucher this one replaces, `2026-0042`. */
  readonly replaces: string
}

/** How large a document is, in words. */
export function fileSize(bytes: number): string {
  if (bytes < 1024 * 1024) return `${Math.ceil(bytes / 1024)} kB`
  const tenths = Math.floor((bytes * 10) / (1024 * 1024))
  return `${Math.floor(tenths / 10)}.${tenths % 10} MB`
}

/** The whole form; `submit` names the button. */
export function DraftForm(props: {
  readonly frame: OfficeFrame
  readonly chart: NamedChart
  readonly view: DraftFormView
  readonly errors: readonly FieldError[]
  readonly submit: string
  readonly documentLimit: string
}) {
  const t = useT()
  const { view, errors, frame } = props
  return (
    <form method="post" encType="multipart/form-data">
      <ErrorSummary errors={errors} />
      <CsrfField frame={frame} />
      <input type="hidden" name="rows" value={view.postings.length} />
      <input type="hidden" name="replaces" value={view.replaces} />
      {view.lines.map(line => (
        <input type="hidden" name="lines" value={line.bankLine} key={line.bankLine} />
      ))}
      {view.lines.length > 0 && <HeldLines lines={view.lines} />}
      <div className="draft-head">
        <DateField
          name="occurredOn"
          label={t('office.occurredOn')}
          defaultValue={view.occurredOn}
          error={errorOf(errors, 'occurredOn')}
          required
        />
        <TextField
          name="narration"
          label={t('office.narration')}
          hint={t('office.narrationHint')}
          defaultValue={view.narration}
          error={errorOf(errors, 'narration')}
          maxLength={200}
          required
        />
        <TextField
          name="payee"
          label={t('office.payeeField')}
          hint={t('office.payeeFieldHint')}
          defaultValue={view.payee}
          error={errorOf(errors, 'payee')}
          maxLength={100}
          optional
        />
      </div>
      <PostingFields chart={props.chart} postings={view.postings} errors={errors} />
      <DocumentFields {...props} />
      <ButtonRow>
        <Button name="intent" value="save" icon="done">
          {props.submit}
        </Button>
      </ButtonRow>
    </form>
  )
}

function HeldLines(props: { readonly lines: readonly OfficeLine[] }) {
  const t = useT()
  const total = props.lines.reduce((sum, line) => sum + line.amountFen, 0n) as Fen
  return (
    <DataTable
      caption={t('office.heldLines', { count: props.lines.length })}
      dense
      rows={props.lines}
      rowKey={line => line.bankLine}
      columns={[
        {
          key: 'date',
          label: t('office.date'),
          type: 'date',
          cell: line => <DateText date={line.bookedOn} />,
        },
        {
          key: 'amount',
          label: t('office.amount'),
          type: 'money',
          card: 'amount',
          cell: line => <LineMoney {...line} />,
          total: <LineMoney amountFen={total} statedFen={total} />,
        },
        { key: 'who', label: t('office.counterparty'), cell: line => line.counterparty },
        { key: 'purpose', label: t('office.purpose'), cell: line => line.purpose },
      ]}
    />
  )
}

function PostingFields(props: {
  readonly chart: NamedChart
  readonly postings: readonly EnteredPosting[]
  readonly errors: readonly FieldError[]
}) {
  const t = useT()
  const names = useNames(props.chart)
  const accounts = names.accountChoices()
  return (
    <Section
      title={t('office.postings')}
      lead={t('office.postingsLead')}
      actions={
        <Button name="intent" value="add-rows" tone="secondary" formNoValidate>
          {t('office.addRows')}
        </Button>
      }
    >
      <div className="posting-rows">
        {props.postings.map((posting, index) => {
          const line = index + 1
          return (
            <fieldset className="posting-row" key={line}>
              <legend>{t('office.postingLine', { line })}</legend>
              <SelectField
                name={`account-${line}`}
                label={t('office.account')}
                prompt
                choices={accounts}
                defaultValue={posting.account}
                error={errorOf(props.errors, `account-${line}`)}
              />
              <SelectField
                name={`fund-${line}`}
                label={t('office.fund')}
                choices={names.fundChoices}
                defaultValue={posting.fund}
                error={errorOf(props.errors, `fund-${line}`)}
              />
              <MoneyField
                name={`debit-${line}`}
                label={t('ledger.debit')}
                hint=""
                defaultValue={posting.debit}
                error={errorOf(props.errors, `debit-${line}`)}
              />
              <MoneyField
                name={`credit-${line}`}
                label={t('ledger.credit')}
                hint=""
                defaultValue={posting.credit}
                error={errorOf(props.errors, `credit-${line}`)}
              />
            </fieldset>
          )
        })}
      </div>
    </Section>
  )
}

function DocumentFields(props: {
  readonly frame: OfficeFrame
  readonly view: DraftFormView
  readonly errors: readonly FieldError[]
  readonly documentLimit: string
}) {
  const t = useT()
  const { documents } = props.view
  return (
    <Section title={t('office.documents')} lead={t('office.documentsLead')}>
      {documents.length > 0 && (
        <fieldset className="field">
          <legend className="field__label">{t('office.documentsKept', { count: documents.length })}</legend>
          <ul className="plain-list">
            {documents.map(document => (
              <li key={document.sha256} className="kept-document">
                <label className="pick">
                  <input type="checkbox" name="documents" value={document.sha256} defaultChecked />
                  <span>
                    {document.fileName} · {fileSize(document.byteCount)}
                  </span>
                </label>
                <Anchor href={officePath(props.frame.slug, 'documents', document.sha256)}>
                  {t('office.openDocument')}
                </Anchor>
              </li>
            ))}
          </ul>
        </fieldset>
      )}
      <FileField
        name="files"
        label={t('office.documentFiles')}
        hint={t('office.documentFilesHint')}
        limit={{ types: t('office.documentTypes'), size: props.documentLimit }}
        accept=".pdf,.jpg,.jpeg,.png,.webp,application/pdf,image/*"
        error={errorOf(props.errors, 'files')}
        multiple
        optional
      />
    </Section>
  )
}
