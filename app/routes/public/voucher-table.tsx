/** The table of vouchers, on the list and on the home page. */
import type { Fen } from '#kernel'
import { type Column, DataTable, DateText, Money, StatePill, useT, useViewer } from '#ui'
import { ChallengeMarks } from '#ui/voice'
import type { ChallengeMark } from '#voice'
import type { VoucherRow } from './voucher-row.ts'

/** What came in and what went out, each with its sign; the whole amount where nothing left or entered the funds. */
function Movement(props: { readonly row: VoucherRow }) {
  const { inFen, outFen, amountFen } = props.row
  if (inFen === 0n && outFen === 0n) return <Money amount={amountFen} bare />
  return <InAndOut inFen={inFen} outFen={outFen} />
}

/** Both directions under each other, or the one that moved. */
export function InAndOut(props: { readonly inFen: Fen; readonly outFen: Fen }) {
  return (
    <span className="in-and-out">
      {props.inFen !== 0n && <Money amount={props.inFen} flow="in" bare />}
      {props.outFen !== 0n && <Money amount={props.outFen} flow="out" bare />}
    </span>
  )
}

/** That a row is being asked about; only where one is. */
function askedColumn(slug: string, marks: readonly ChallengeMark[], label: string): Column<VoucherRow> {
  return {
    key: 'asked',
    label,
    card: 'plain',
    cell: row => <ChallengeMarks slug={slug} subject={{ kind: 'voucher', key: row.number }} marks={marks} />,
  }
}

/** Vouchers, each leading to its page; with `total` the row of the page's total. */
export function VoucherTable(props: {
  readonly slug: string
  readonly caption: string
  readonly rows: readonly VoucherRow[]
  /** Challenges that are not over: a row that is asked about says so. */
  readonly marks?: readonly ChallengeMark[]
  readonly total?: { readonly inFen: Fen; readonly outFen: Fen }
}) {
  const t = useT()
  const { lang } = useViewer()
  const { marks = [] } = props
  const asked = new Set(marks.flatMap(({ subject }) => (subject.kind === 'voucher' ? [subject.key] : [])))
  const columns: readonly Column<VoucherRow>[] = [
    {
      key: 'narration',
      label: t('vouchers.narration'),
      cell: row => <span lang={lang === 'en' ? 'zh-CN' : undefined}>{row.narration}</span>,
      total: props.total && t('vouchers.pageTotal'),
    },
    {
      key: 'amount',
      label: t('vouchers.amount'),
      type: 'money',
      card: 'amount',
      cell: row => <Movement row={row} />,
      total: props.total && <InAndOut {...props.total} />,
    },
    {
      key: 'date',
      label: t('vouchers.date'),
      type: 'date',
      card: 'plain',
      cell: row => <DateText date={row.occurredOn} />,
    },
    {
      key: 'kind',
      label: t('vouchers.kind'),
      card: 'hidden',
      cell: row =>
        row.kind === 'reversal' ? (
          <StatePill tone="stopped" label={t('vouchers.kind.reversal')} />
        ) : (
          t(`vouchers.kind.${row.kind}`)
        ),
    },
    { key: 'number', label: t('vouchers.number'), type: 'number', card: 'hidden', cell: row => row.number },
    ...(props.rows.some(row => asked.has(row.number))
      ? [askedColumn(props.slug, marks, t('voice.kind.challenge'))]
      : []),
  ]
  return (
    <DataTable
      caption={props.caption}
      captionHidden
      columns={columns}
      rows={props.rows}
      rowKey={row => row.number}
      rowHref={row => `/c/${props.slug}/vouchers/${row.number}`}
    />
  )
}
