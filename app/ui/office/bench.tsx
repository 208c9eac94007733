/** The bench: bank lines that no voucher holds yet, what the rules propose for them, and what to do with the rest. */
import type { CivilDate, Fen } from '#kernel'
import { type Proposal, voucherAmount } from '#ledger'
import { Button, ButtonRow, LinkButton } from '../button.tsx'
import { EmptyState, ErrorSummary, type FieldError, Notice } from '../feedback.tsx'
import { TextAreaField } from '../form.tsx'
import { Money } from '../money.tsx'
import { Tabs } from '../navigation.tsx'
import { Card, Section } from '../page-shell.tsx'
import { DateText } from '../stamp.tsx'
import { type Column, DataTable } from '../table.tsx'
import { Anchor, KeepViewer, useT } from '../viewer.tsx'
import { errorOf } from './import-list.tsx'
import { LineMoney } from './import-preview.tsx'
import { bankAccountLabel, type NamedChart, useNames } from './names.ts'
import { CsrfField, type OfficeFrame, officePath } from './office-page.tsx'

/** A bank line as officers see it, names included. */
export interface OfficeLine {
  readonly bankLine: string
  readonly bookedOn: CivilDate
  readonly amountFen: Fen
  readonly statedFen: Fen
  readonly direction: 'in' | 'out' | 'neutral'
  readonly account: string
  readonly fund: string
  readonly counterparty: string
  readonly counterpartyLast4: string
  readonly purpose: string
}

/** Which lines the bench shows. */
export const LINE_FILTERS = ['all', 'in', 'out', 'neutral', 'drafted'] as const
export type LineFilter = (typeof LINE_FILTERS)[number]

function useProposalColumns(frame: OfficeFrame, chart: NamedChart): readonly Column<Proposal>[] {
  const t = useT()
  const names = useNames(chart)
  return [
    { key: 'narration', label: t('office.narration'), cell: proposal => proposal.rule.narration },
    {
      key: 'amount',
      label: t('office.amount'),
      type: 'money',
      card: 'amount',
      cell: proposal => <Money amount={voucherAmount(proposal.postings)} flow={proposal.rule.direction} />,
    },
    {
      key: 'date',
      label: t('office.date'),
      type: 'date',
      cell: proposal => <DateText date={proposal.occurredOn} />,
    },
    {
      key: 'account',
      label: t('office.account'),
      cell: proposal => names.account(proposal.rule.account),
    },
    {
      key: 'lines',
      label: t('office.lineCount'),
      type: 'number',
      cell: proposal => proposal.bankLines.length,
    },
    {
      key: 'act',
      label: t('office.act'),
      cell: proposal =>
        proposal.rule.direction === 'out' && frame.may.draft ? (
          <Anchor href={newDraftPath(frame.slug, proposal.bankLines)}>
            {t('office.draftWithDocuments')}
          </Anchor>
        ) : null,
    },
  ]
}

/** What the rules propose: receipts can be drafted together, a payment needs its documents first. */
export function Proposals(props: {
  readonly frame: OfficeFrame
  readonly chart: NamedChart
  readonly proposals: readonly Proposal[]
}) {
  const t = useT()
  const { frame, proposals } = props
  const columns = useProposalColumns(frame, props.chart)
  const receipts = proposals.filter(proposal => proposal.rule.direction === 'in')
  if (proposals.length === 0) return null
  return (
    <Section
      title={t('office.proposals', { count: proposals.length })}
      lead={t('office.proposalsLead')}
      id="proposals"
    >
      {frame.may.draft && receipts.length > 0 && (
        <form method="post">
          <CsrfField frame={frame} />
          <Button name="intent" value="draft-receipts" icon="draft">
            {t('office.draftReceipts', { count: receipts.length })}
          </Button>
        </form>
      )}
      <DataTable
        caption={t('office.proposalsCaption')}
        captionHidden
        dense
        rows={proposals}
        rowKey={proposal => proposal.bankLines.join(' ')}
        columns={columns}
      />
    </Section>
  )
}

/** The address that opens a new draft holding these bank lines. */
export function newDraftPath(slug: string, bankLines: readonly string[]): string {
  const query = new URLSearchParams(bankLines.map(line => ['lines', line]))
  return `${officePath(slug, 'drafts', 'new')}?${query}`
}

/** All lines on the bench, to pick from: the picked ones go into one draft. */
export function BenchLines(props: {
  readonly frame: OfficeFrame
  readonly chart: NamedChart
  readonly lines: readonly OfficeLine[]
  readonly counts: Readonly<Record<LineFilter, number>>
  readonly filter: LineFilter
  readonly draftOf: ReadonlyMap<string, string>
}) {
  const t = useT()
  const { frame } = props
  return (
    <Section
      title={t('office.linesTitle')}
      lead={frame.may.draft ? t('office.linesLead') : undefined}
      id="lines"
    >
      <Tabs
        label={t('office.linesShow')}
        tabs={LINE_FILTERS.map(filter => ({
          href: `${officePath(frame.slug, 'lines')}?show=${filter}#lines`,
          label: t(`office.lineFilter.${filter}`),
          count: props.counts[filter],
          current: filter === props.filter,
        }))}
      />
      {props.lines.length === 0 ? (
        <EmptyState title={t('office.noLines')}>
          <p>{t('office.noLinesText')}</p>
        </EmptyState>
      ) : (
        <form method="get" action={officePath(frame.slug, 'drafts', 'new')}>
          <KeepViewer />
          <LineTable {...props} />
          {frame.may.draft && (
            <div className="sticky-actions">
              <Button icon="draft">{t('office.draftPicked')}</Button>
            </div>
          )}
        </form>
      )}
    </Section>
  )
}

function LineTable(props: Parameters<typeof BenchLines>[0]) {
  const t = useT()
  const { frame, chart, draftOf } = props
  const isPickable = (line: OfficeLine) =>
    frame.may.draft && line.amountFen !== 0n && !draftOf.has(line.bankLine)
  return (
    <DataTable
      caption={t('office.linesTitle')}
      captionHidden
      dense
      rows={props.lines}
      rowKey={line => line.bankLine}
      rowTone={line => (draftOf.has(line.bankLine) ? 'muted' : undefined)}
      columns={[
        {
          key: 'date',
          label: t('office.date'),
          cell: line =>
            isPickable(line) ? (
              <label className="pick">
                <input type="checkbox" name="lines" value={line.bankLine} />
                <DateText date={line.bookedOn} />
              </label>
            ) : (
              <DateText date={line.bookedOn} />
            ),
        },
        {
          key: 'amount',
          label: t('office.amount'),
          type: 'money',
          card: 'amount',
          cell: line => <LineMoney {...line} />,
        },
        { key: 'who', label: t('office.counterparty'), cell: line => line.counterparty },
        { key: 'purpose', label: t('office.purpose'), cell: line => line.purpose },
        ...(chart.bankAccounts.length > 1
          ? [
              {
                key: 'account',
                label: t('office.bankAccount'),
                cell: (line: OfficeLine) => bankAccountLabel(chart, line.account),
              },
            ]
          : []),
        {
          key: 'act',
          label: t('office.act'),
          cell: line => {
            const draft = draftOf.get(line.bankLine)
            if (draft !== undefined)
              return <Anchor href={officePath(frame.slug, 'drafts', draft)}>{t('office.inDraft')}</Anchor>
            return frame.may.explain ? (
              <Anchor href={officePath(frame.slug, 'lines', line.bankLine)}>
                {t('office.teachOrExplain')}
              </Anchor>
            ) : null
          },
        },
      ]}
    />
  )
}

/** What drafting the proposals gave. */
export function DraftedNotice(props: {
  readonly frame: OfficeFrame
  readonly drafted: number
  readonly errors: readonly FieldError[]
}) {
  const t = useT()
  return (
    <>
      {props.drafted > 0 && (
        <Notice tone="success" title={t('office.drafted', { count: props.drafted })} live="status">
          <p>{t('office.draftedText')}</p>
        </Notice>
      )}
      <ErrorSummary errors={props.errors} title={t('office.notDrafted', { count: props.errors.length })} />
    </>
  )
}

/** A line with all that is known of it. */
export function LineCard(props: { readonly line: OfficeLine; readonly chart: NamedChart }) {
  const t = useT()
  const { line, chart } = props
  return (
    <Card>
      <dl className="definitions">
        <div>
          <dt>{t('office.amount')}</dt>
          <dd>
            <LineMoney {...line} />
          </dd>
        </div>
        <div>
          <dt>{t('office.date')}</dt>
          <dd>
            <DateText date={line.bookedOn} /> · {bankAccountLabel(chart, line.account)}
          </dd>
        </div>
        <div>
          <dt>{t('office.counterparty')}</dt>
          <dd>
            {line.counterparty || '—'} {line.counterpartyLast4 && `*${line.counterpartyLast4}`}
          </dd>
        </div>
        <div>
          <dt>{t('office.purpose')}</dt>
          <dd>{line.purpose || '—'}</dd>
        </div>
      </dl>
    </Card>
  )
}

/** Explains a line that no voucher will hold. */
export function ExplainForm(props: {
  readonly frame: OfficeFrame
  readonly errors: readonly FieldError[]
  readonly explanation: string
}) {
  const t = useT()
  return (
    <Section title={t('office.explainTitle')} lead={t('office.explainLead')} id="explain">
      <form method="post">
        <CsrfField frame={props.frame} />
        <TextAreaField
          name="explanation"
          label={t('office.explanation')}
          rows={2}
          maxLength={300}
          defaultValue={props.explanation}
          error={errorOf(props.errors, 'explanation')}
          required
        />
        <ButtonRow>
          <Button name="intent" value="explain" tone="secondary">
            {t('office.explain')}
          </Button>
        </ButtonRow>
      </form>
    </Section>
  )
}

/** The first way on from a line: into a voucher. */
export function DraftLineButton(props: { readonly frame: OfficeFrame; readonly line: OfficeLine }) {
  const t = useT()
  if (!props.frame.may.draft || props.line.amountFen === 0n) return null
  return (
    <div>
      <LinkButton tone="primary" icon="draft" href={newDraftPath(props.frame.slug, [props.line.bankLine])}>
        {t('office.draftThisLine')}
      </LinkButton>
    </div>
  )
}
