/** The receipts that wait for a reviewer, in one table with ticks and one button. A tick agrees to the digest the row carries. */
import { type CivilDate, type Fen, sumFen } from '#kernel'
import { Button } from '../button.tsx'
import { EmptyState, ErrorSummary, type FieldError, Notice } from '../feedback.tsx'
import { KeyFigures } from '../figures.tsx'
import { Money } from '../money.tsx'
import { DateText } from '../stamp.tsx'
import { DataTable } from '../table.tsx'
import { Anchor, useT } from '../viewer.tsx'
import { type NamedChart, useNames } from './names.ts'
import { CsrfField, type OfficeFrame, officePath } from './office-page.tsx'

/** A receipt as the reviewer compares it. */
export interface ReceiptRow {
  readonly draftId: string
  readonly contentDigest: string
  readonly occurredOn: CivilDate
  readonly narration: string
  readonly amountFen: Fen
  readonly accounts: readonly string[]
  readonly payers: readonly string[]
  readonly bankLines: number
  readonly ruleContains: string | null
  readonly draftedBy: string | null
}

export interface ReviewOutcome {
  /** Keys of what was posted, `2026-0042`. */
  readonly posted: readonly string[]
  readonly refused: readonly {
    readonly draftId: string
    readonly narration: string
    readonly messages: readonly string[]
  }[]
}

/** Names of the fields of a row: the tick, and the digest of what was shown. */
export const PICK_FIELD = 'pick'
export const seenField = (draftId: string) => `seen-${draftId}`

interface TableProps {
  readonly frame: OfficeFrame
  readonly chart: NamedChart
  readonly receipts: readonly ReceiptRow[]
  readonly more: number
  readonly outcome: ReviewOutcome | null
  readonly errors: readonly FieldError[]
}

/** The page's content. */
export function ReviewReceipts(props: TableProps) {
  const t = useT()
  const { frame, receipts, outcome } = props
  return (
    <>
      {outcome !== null && <Outcome outcome={outcome} />}
      <ErrorSummary errors={props.errors} />
      {receipts.length === 0 ? (
        <EmptyState title={t('office.reviewNone')}>
          <p>{t('office.reviewNoneText')}</p>
        </EmptyState>
      ) : (
        <>
          <Sums receipts={receipts} />
          <form method="post">
            <CsrfField frame={frame} />
            {receipts.map(receipt => (
              <input
                type="hidden"
                key={receipt.draftId}
                name={seenField(receipt.draftId)}
                value={receipt.contentDigest}
              />
            ))}
            <ReceiptTable {...props} />
            {props.more > 0 && <p>{t('office.reviewMore', { count: props.more })}</p>}
            <div className="sticky-actions">
              <Button icon="done">{t('office.reviewSubmit')}</Button>
            </div>
          </form>
        </>
      )}
    </>
  )
}

function Outcome({ outcome }: { readonly outcome: ReviewOutcome }) {
  const t = useT()
  const { posted, refused } = outcome
  const errors = refused.flatMap(({ draftId, narration, messages }) =>
    messages.map(message => ({
      field: `pick-${draftId}`,
      message: t('office.reviewRefusedRow', { narration, message }),
    })),
  )
  return (
    <>
      {posted.length > 0 && (
        <Notice tone="success" live="status" title={t('office.reviewDone', { count: posted.length })}>
          <p>{t('office.reviewDoneText', { vouchers: posted.join(t('office.listJoin')) })}</p>
        </Notice>
      )}
      <ErrorSummary errors={errors} title={t('office.reviewRefused', { count: refused.length })} />
    </>
  )
}

function Sums({ receipts }: { readonly receipts: readonly ReceiptRow[] }) {
  const t = useT()
  const sum = (rows: readonly ReceiptRow[]) => (
    <Money amount={sumFen(rows.map(row => row.amountFen))} size="lg" />
  )
  const matched = receipts.filter(row => row.ruleContains !== null)
  const typed = receipts.filter(row => row.ruleContains === null)
  const figure = (label: string, rows: readonly ReceiptRow[], note: string) => ({
    label: `${label} · ${t('office.reviewVouchers', { count: rows.length })}`,
    value: sum(rows),
    note,
  })
  return (
    <KeyFigures
      label={t('office.reviewSum')}
      figures={[
        figure(t('office.reviewCount'), receipts, t('office.reviewSum')),
        ...(matched.length > 0
          ? [figure(t('office.reviewMatched'), matched, t('office.reviewMatchedNote'))]
          : []),
        ...(typed.length > 0 ? [figure(t('office.reviewTyped'), typed, t('office.reviewTypedNote'))] : []),
      ]}
    />
  )
}

/** Ticked by itself is only what a taught rule proposes to the word and the fen. */
function Pick({ row, isAtFault }: { readonly row: ReceiptRow; readonly isAtFault: boolean }) {
  const t = useT()
  return (
    <label className="pick">
      <input
        type="checkbox"
        id={`pick-${row.draftId}`}
        name={PICK_FIELD}
        value={row.draftId}
        defaultChecked={row.ruleContains !== null && !isAtFault}
        aria-label={t('office.reviewTick', { narration: row.narration })}
      />
      <span>{row.narration}</span>
    </label>
  )
}

function ReceiptTable({ frame, chart, receipts, outcome }: TableProps) {
  const t = useT()
  const names = useNames(chart)
  const atFault = new Set(outcome?.refused.map(each => each.draftId))
  const payers = ({ payers: all }: ReceiptRow) => {
    const [payer = '—'] = all
    return all.length > 1 ? t('office.reviewPayers', { payer, count: all.length }) : payer
  }
  return (
    <DataTable
      caption={t('office.reviewCaption')}
      captionHidden
      dense
      rows={receipts}
      rowKey={row => row.draftId}
      rowTone={row => (atFault.has(row.draftId) ? 'attention' : undefined)}
      columns={[
        {
          key: 'pick',
          label: t('office.narration'),
          cell: row => <Pick row={row} isAtFault={atFault.has(row.draftId)} />,
        },
        {
          key: 'amount',
          label: t('office.amount'),
          type: 'money',
          card: 'amount',
          cell: row => <Money amount={row.amountFen} />,
          total: <Money amount={sumFen(receipts.map(row => row.amountFen))} />,
        },
        {
          key: 'date',
          label: t('office.date'),
          type: 'date',
          cell: row => <DateText date={row.occurredOn} />,
        },
        { key: 'payer', label: t('office.payer'), cell: payers },
        {
          key: 'account',
          label: t('office.account'),
          cell: row => row.accounts.map(names.account).join(t('office.listJoin')),
        },
        {
          key: 'rule',
          label: t('office.reviewRule'),
          cell: row =>
            row.ruleContains === null
              ? t('office.reviewNoRule')
              : t('office.reviewRuleContains', { contains: row.ruleContains }),
        },
        { key: 'lines', label: t('office.lineCount'), type: 'number', cell: row => row.bankLines },
        { key: 'by', label: t('office.preparer'), cell: row => row.draftedBy ?? '' },
        {
          key: 'act',
          label: t('office.act'),
          card: 'plain',
          cell: row => (
            <Anchor href={officePath(frame.slug, 'drafts', row.draftId)}>{t('office.reviewOpen')}</Anchor>
          ),
        },
      ]}
    />
  )
}
