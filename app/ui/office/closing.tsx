/** Closing a month: what stands in the way, the trial balance, every bank account with its outstanding items, and the button. */
import type { CivilDate, Fen, Period } from '#kernel'
import type { OutstandingItem, SignalKind, TrialBalanceRow } from '#ledger'
import { Button, ButtonRow, LinkButton } from '../button.tsx'
import { ErrorSummary, type FieldError, Notice } from '../feedback.tsx'
import { CheckboxField } from '../form.tsx'
import { Money } from '../money.tsx'
import { Card, Section } from '../page-shell.tsx'
import { signalText } from '../signals.tsx'
import { DateText, PeriodText } from '../stamp.tsx'
import { StatePill } from '../state.tsx'
import { DataTable } from '../table.tsx'
import { Anchor, Sentence, useT } from '../viewer.tsx'
import { errorOf } from './import-list.tsx'
import { bankAccountLabel, type NamedChart, useNames } from './names.ts'
import { CsrfField, type OfficeFrame, officePath } from './office-page.tsx'

export interface ReconciliationView {
  readonly account: string
  readonly bankBalanceFen: Fen
  readonly bookBalanceFen: Fen
  readonly items: readonly OutstandingItem[]
  readonly adjustedBankFen: Fen
  readonly adjustedBookFen: Fen
  readonly agrees: boolean
}

export interface ClosingView {
  readonly period: Period
  readonly lastDay: CivilDate
  readonly trialBalance: readonly TrialBalanceRow[]
  readonly reconciliations: readonly ReconciliationView[]
  readonly vouchers: number
  readonly openDrafts: number
  readonly openSignals: readonly {
    readonly draftId: string
    readonly voucher: string
    readonly kind: SignalKind
    readonly others: readonly string[]
  }[]
}

interface ClosingProps {
  readonly frame: OfficeFrame
  readonly chart: NamedChart
  readonly view: ClosingView
}

/** What stands in the way, in words; nothing when the month may be closed. */
export function Obstacles(props: ClosingProps & { readonly obstacles: readonly FieldError[] }) {
  const t = useT()
  const { obstacles, view, frame } = props
  if (obstacles.length === 0) {
    return <Notice tone="success" title={t('office.closeReady', { vouchers: view.vouchers })} />
  }
  return (
    <Notice tone="warning" title={t('office.closeBlocked')}>
      <ul className="plain-list">
        {obstacles.map(obstacle => (
          <li key={obstacle.message}>{obstacle.message}</li>
        ))}
      </ul>
      {view.openDrafts > 0 && (
        <p>
          <Anchor href={officePath(frame.slug)}>{t('office.toDrafts')}</Anchor>
        </p>
      )}
    </Notice>
  )
}

/** Trial balance (试算平衡表) by fund and account. */
export function TrialBalance(props: ClosingProps) {
  const t = useT()
  const names = useNames(props.chart)
  const { trialBalance } = props.view
  const sum = (pick: (row: TrialBalanceRow) => bigint) =>
    trialBalance.reduce((total, row) => total + pick(row), 0n) as Fen
  const balance = (amount: Fen) =>
    amount === 0n ? (
      '0.00'
    ) : (
      <span>
        <span className="side-word">{t(amount > 0n ? 'ledger.debit' : 'ledger.credit')}</span>{' '}
        <Money amount={(amount < 0n ? -amount : amount) as Fen} bare />
      </span>
    )
  return (
    <Section title={t('office.trialBalance')} lead={t('office.trialBalanceLead')} id="trial-balance">
      <DataTable
        caption={t('office.trialBalance')}
        captionHidden
        dense
        rows={trialBalance}
        rowKey={row => `${row.fund} ${row.account}`}
        columns={[
          {
            key: 'account',
            label: t('office.account'),
            cell: row => `${row.account} ${names.account(row.account)}`,
          },
          { key: 'fund', label: t('office.fund'), cell: row => names.fund(row.fund) },
          {
            key: 'opening',
            label: t('office.opening'),
            type: 'money',
            cell: row => balance(row.openingFen),
            total: balance(sum(row => row.openingFen)),
          },
          {
            key: 'debit',
            label: t('ledger.debit'),
            type: 'money',
            cell: row => <Money amount={row.debitFen} bare />,
            total: <Money amount={sum(row => row.debitFen)} bare />,
          },
          {
            key: 'credit',
            label: t('ledger.credit'),
            type: 'money',
            cell: row => <Money amount={row.creditFen} bare />,
            total: <Money amount={sum(row => row.creditFen)} bare />,
          },
          {
            key: 'closing',
            label: t('office.closing'),
            type: 'money',
            cell: row => balance(row.closingFen),
            total: balance(sum(row => row.closingFen)),
          },
        ]}
      />
    </Section>
  )
}

/** Reconciliation statements (银行存款余额调节表), one per bank account. */
export function Reconciliations(props: ClosingProps) {
  const t = useT()
  const { view, chart } = props
  return (
    <Section title={t('office.reconciliation')} lead={t('office.reconciliationLead')} id="reconciliation">
      {view.reconciliations.map(reconciliation => (
        <Card key={reconciliation.account}>
          <h3>
            {bankAccountLabel(chart, reconciliation.account)}{' '}
            <StatePill
              tone={reconciliation.agrees ? 'done' : 'attention'}
              label={t(reconciliation.agrees ? 'office.agrees' : 'office.differs')}
            />
          </h3>
          <ReconciliationFigures reconciliation={reconciliation} />
          <OutstandingItems frame={props.frame} items={reconciliation.items} />
        </Card>
      ))}
    </Section>
  )
}

function ReconciliationFigures(props: { readonly reconciliation: ReconciliationView }) {
  const t = useT()
  const r = props.reconciliation
  const side = (title: string, balance: Fen, adjusted: Fen) => (
    <dl className="reconciliation__side">
      <div>
        <dt>{title}</dt>
        <dd>
          <Money amount={balance} size="md" />
        </dd>
      </div>
      <div>
        <dt>{t('office.adjustments')}</dt>
        <dd>
          <Money amount={(adjusted - balance) as Fen} />
        </dd>
      </div>
      <div className="reconciliation__result">
        <dt>{t('office.adjusted')}</dt>
        <dd>
          <Money amount={adjusted} size="md" />
        </dd>
      </div>
    </dl>
  )
  return (
    <div className="reconciliation">
      {side(t('office.bankBalance'), r.bankBalanceFen, r.adjustedBankFen)}
      {side(t('office.bookBalance'), r.bookBalanceFen, r.adjustedBookFen)}
    </div>
  )
}

function OutstandingItems(props: {
  readonly frame: OfficeFrame
  readonly items: readonly OutstandingItem[]
}) {
  const t = useT()
  const { frame, items } = props
  if (items.length === 0) return <p>{t('office.nothingOutstanding')}</p>
  const isLine = (item: OutstandingItem) => item.kind.startsWith('bank-')
  return (
    <DataTable
      caption={t('office.outstanding', { count: items.length })}
      dense
      rows={items}
      rowKey={item => `${item.kind} ${item.reference}`}
      columns={[
        {
          key: 'kind',
          label: t('office.outstandingKind'),
          cell: item => t(`ledger.outstanding.${item.kind}`),
        },
        {
          key: 'amount',
          label: t('office.amount'),
          type: 'money',
          card: 'amount',
          cell: item => <Money amount={item.amountFen} />,
        },
        { key: 'date', label: t('office.date'), type: 'date', cell: item => <DateText date={item.on} /> },
        {
          key: 'reference',
          label: t('office.act'),
          cell: item =>
            isLine(item) ? (
              <Anchor href={officePath(frame.slug, 'lines', item.reference)}>{t('office.seeLine')}</Anchor>
            ) : (
              <Anchor href={`/c/${frame.slug}/vouchers/${item.reference}`}>{item.reference}</Anchor>
            ),
        },
      ]}
    />
  )
}

/** The tick and the button. A month closes for good, so a lone button is not enough. */
export function CloseForm(props: ClosingProps & { readonly errors: readonly FieldError[] }) {
  const t = useT()
  const { view, frame, errors } = props
  return (
    <form method="post" className="decision">
      <ErrorSummary errors={errors} />
      <CsrfField frame={frame} />
      <input type="hidden" name="period" value={view.period} />
      {view.openSignals.length > 0 && <Unanswered {...props} />}
      <CheckboxField
        name="confirms"
        label={<Sentence text="office.closeTick" values={{ period: <PeriodText period={view.period} /> }} />}
        error={errorOf(errors, 'confirms')}
        required
      />
      <ButtonRow>
        <Button icon="done">{t('office.closeNow')}</Button>
        <LinkButton href={officePath(frame.slug)}>{t('office.closeLater')}</LinkButton>
      </ButtonRow>
    </form>
  )
}

/** The signals that nobody answered, and the tick that they go out so. */
function Unanswered(props: ClosingProps & { readonly errors: readonly FieldError[] }) {
  const t = useT()
  const { view, frame } = props
  return (
    <Notice tone="warning" title={t('signals.closeTitle', { count: view.openSignals.length })}>
      <p>{t('signals.closeLead')}</p>
      <ul>
        {view.openSignals.map(signal => (
          <li key={`${signal.voucher} ${signal.kind}`}>
            <Anchor href={`${officePath(frame.slug, 'drafts', signal.draftId)}#signals`}>
              {signal.voucher}
            </Anchor>{' '}
            {signalText(signal, t)}
          </li>
        ))}
      </ul>
      <CheckboxField
        name="unanswered"
        label={t('signals.closeTick')}
        error={errorOf(props.errors, 'unanswered')}
        required
      />
    </Notice>
  )
}

/** What to do once the month is closed. */
export function ClosedNotice(props: { readonly frame: OfficeFrame; readonly period: Period }) {
  const t = useT()
  return (
    <Notice
      tone="success"
      live="status"
      title={<Sentence text="office.closedTitle" values={{ period: <PeriodText period={props.period} /> }} />}
    >
      <p>{t('office.closedText')}</p>
      <p>
        <LinkButton tone="primary" href={officePath(props.frame.slug, 'statements')} icon="statement">
          {t('office.issueNow')}
        </LinkButton>
      </p>
    </Notice>
  )
}
