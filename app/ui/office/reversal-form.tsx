/** Taking a posted voucher back in red: what it says now, and why it is taken back. */
import type { CivilDate, Fen } from '#kernel'
import type { Posting } from '#ledger'
import { Button } from '../button.tsx'
import { ErrorSummary, type FieldError, Notice } from '../feedback.tsx'
import { DateField, TextField } from '../form.tsx'
import { Money } from '../money.tsx'
import { DateText } from '../stamp.tsx'
import { DataTable } from '../table.tsx'
import { Anchor, Sentence, useT } from '../viewer.tsx'
import { errorOf } from './import-list.tsx'
import { type NamedChart, useNames } from './names.ts'
import { CsrfField, type OfficeFrame } from './office-page.tsx'

interface ReversalFormProps {
  readonly frame: OfficeFrame
  readonly chart: NamedChart
  readonly voucher: {
    readonly key: string
    readonly occurredOn: CivilDate
    readonly narration: string
    readonly amountFen: Fen
    readonly postings: readonly Posting[]
    readonly reversedBy: string | null
    readonly isReversal: boolean
  }
  readonly entered: { readonly occurredOn: string; readonly narration: string }
  readonly errors: readonly FieldError[]
}

/** The form beneath the postings as they will stand in red. */
export function ReversalForm(props: ReversalFormProps) {
  const t = useT()
  const names = useNames(props.chart)
  const { voucher, frame } = props
  const red = (posting: Posting, side: Posting['side']) =>
    posting.side === side ? <Money amount={-posting.amountFen as Fen} bare flow="red" /> : null
  const rows = voucher.postings.map((posting, place) => ({ ...posting, place }))
  const answered = voucher.reversedBy
  return (
    <>
      <p>
        <Anchor href={`/c/${frame.slug}/vouchers/${voucher.key}`}>{voucher.key}</Anchor> ·{' '}
        <DateText date={voucher.occurredOn} /> · {voucher.narration} · <Money amount={voucher.amountFen} />
      </p>
      <DataTable
        caption={t('office.redPostings')}
        dense
        rows={rows}
        rowKey={row => String(row.place)}
        columns={[
          {
            key: 'account',
            label: t('office.account'),
            cell: row => `${row.account} ${names.account(row.account)}`,
          },
          { key: 'fund', label: t('office.fund'), cell: row => names.fund(row.fund) },
          { key: 'debit', label: t('ledger.debit'), type: 'money', cell: row => red(row, 'debit') },
          { key: 'credit', label: t('ledger.credit'), type: 'money', cell: row => red(row, 'credit') },
        ]}
      />
      {answered !== null && (
        <Notice
          tone="warning"
          title={
            <Sentence
              text="office.alreadyReversed"
              values={{ by: <Anchor href={`/c/${frame.slug}/vouchers/${answered}`}>{answered}</Anchor> }}
            />
          }
        />
      )}
      {answered === null && !voucher.isReversal && <RedEntryForm {...props} />}
    </>
  )
}

function RedEntryForm({ frame, errors, entered }: ReversalFormProps) {
  const t = useT()
  return (
    <form method="post">
      <ErrorSummary errors={errors} />
      <CsrfField frame={frame} />
      <DateField
        name="occurredOn"
        label={t('office.occurredOn')}
        hint={t('office.reverseDateHint')}
        defaultValue={entered.occurredOn}
        error={errorOf(errors, 'occurredOn')}
        required
      />
      <TextField
        name="narration"
        label={t('office.reverseWhy')}
        hint={t('office.narrationHint')}
        defaultValue={entered.narration}
        error={errorOf(errors, 'narration')}
        maxLength={200}
        required
      />
      <div>
        <Button tone="danger" icon="draft">
          {t('office.reverseSubmit')}
        </Button>
      </div>
    </form>
  )
}
