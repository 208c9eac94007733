/** Parts of the fund page: choosing a month, fund by fund, month by month, what is not booked yet. */
import { moneyText, periodText } from '#i18n'
import { addMonths, fiscalYearOf } from '#kernel'
import type { FundMovement } from '#ledger'
import {
  Anchor,
  BalanceLine,
  Button,
  Card,
  type Column,
  DataTable,
  KeepViewer,
  Money,
  MonthlyInOutChart,
  Section,
  SelectField,
  StatePill,
  useT,
  useViewer,
} from '#ui'
import type { CommunityView } from './community.server.ts'
import { nameIn } from './frame.tsx'
import type { FundView } from './fund-view.ts'
import { rowsHref } from './voucher-filter.ts'

interface FundPart {
  readonly community: CommunityView
  readonly fund: FundView
}

/** Another month: by list, or one back and one on. */
export function MonthPicker({ community, fund }: FundPart) {
  const t = useT()
  const { lang } = useViewer()
  const path = `/c/${community.slug}/fund`
  const [before, after] = [addMonths(fund.period, -1), addMonths(fund.period, 1)]
  return (
    <form method="get" action={path} className="picker">
      <KeepViewer />
      <SelectField
        name="period"
        label={t('fund.chooseMonth')}
        defaultValue={fund.period}
        choices={fund.periods.map(month => ({ value: month, label: periodText(month, lang) }))}
      />
      <Button tone="secondary">{t('fund.show')}</Button>
      <p className="picker__steps">
        {fund.periods.includes(before) && (
          <Anchor href={`${path}?period=${before}`}>{t('fund.previousMonth')}</Anchor>
        )}
        {fund.periods.includes(after) && (
          <Anchor href={`${path}?period=${after}`}>{t('fund.nextMonth')}</Anchor>
        )}
      </p>
    </form>
  )
}

interface FundRow {
  readonly key: string
  readonly title: string
  readonly span: string
  readonly movement: FundMovement
  readonly inHref: string
  readonly outHref: string
}

function useFundRows({ community, fund }: FundPart): readonly FundRow[] {
  const t = useT()
  const { lang } = useViewer()
  const spans = [
    {
      of: 'month' as const,
      label: t('fund.spanMonth', { month: periodText(fund.period, lang) }),
      span: { from: fund.period, until: fund.period },
    },
    {
      of: 'year' as const,
      label: t('fund.spanYear', { year: fiscalYearOf(fund.period) }),
      span: { from: fund.yearFrom, until: fund.period },
    },
  ]
  return fund.funds.flatMap(each =>
    spans.map(({ of, label, span }) => ({
      key: `${each.code}/${of}`,
      title: nameIn(lang, each),
      span: label,
      movement: each[of],
      inHref: rowsHref(community.slug, { span, fund: each.code, direction: 'in' }),
      outHref: rowsHref(community.slug, { span, fund: each.code, direction: 'out' }),
    })),
  )
}

/** Every fund by itself, month and year to date; never netted. */
export function FundTable(props: FundPart) {
  const t = useT()
  const amount = (key: 'openingFen' | 'closingFen', label: string): Column<FundRow> => ({
    key,
    label,
    type: 'money',
    cell: row => <Money amount={row.movement[key]} bare />,
  })
  const moved = (flow: 'in' | 'out', label: string): Column<FundRow> => ({
    key: flow,
    label,
    type: 'money',
    cell: row => (
      <Anchor href={flow === 'in' ? row.inHref : row.outHref}>
        <Money amount={flow === 'in' ? row.movement.inFen : row.movement.outFen} flow={flow} bare />
      </Anchor>
    ),
  })
  return (
    <Section title={t('fund.perFund')} lead={t('fund.perFundLead')} id="funds">
      <DataTable
        caption={t('fund.perFund')}
        captionHidden
        rows={useFundRows(props)}
        rowKey={row => row.key}
        columns={[
          { key: 'fund', label: t('fund.fund'), cell: row => row.title },
          { key: 'span', label: t('vouchers.period'), card: 'plain', cell: row => row.span },
          amount('openingFen', t('ui.opening')),
          moved('in', t('ui.received')),
          moved('out', t('ui.spent')),
          amount('closingFen', t('ui.closing')),
        ]}
      />
    </Section>
  )
}

/** The twelve months up to this one: movements and balances. */
export function MonthsSection({ community, fund }: FundPart) {
  const t = useT()
  return (
    <Section title={t('fund.monthsTitle')}>
      <Card>
        <MonthlyInOutChart
          title={t('fund.monthsChart')}
          months={fund.months.map(each => ({
            period: each.period,
            received: each.movement.inFen,
            spent: each.movement.outFen,
            href: `/c/${community.slug}/fund?period=${each.period}`,
          }))}
        />
      </Card>
      <Card>
        <BalanceLine
          title={t('fund.balanceChart')}
          months={fund.months.map(each => ({ period: each.period, balance: each.movement.closingFen }))}
        />
      </Card>
    </Section>
  )
}

/** How much of the bank is not in the books yet. */
export function UnmatchedSection(props: {
  readonly community: CommunityView
  readonly unmatched: FundView['unmatched']
}) {
  const { lines, sumFen } = props.unmatched
  const t = useT()
  return (
    <Section title={t('fund.unmatchedTitle')} id="unmatched">
      {lines === 0 ? (
        <p>
          <StatePill tone="done" label={t('home.waitsDone')} /> {t('fund.unmatchedNone')}
        </p>
      ) : (
        <p>
          <StatePill tone="waiting" label={t('home.waitsOpen')} />{' '}
          {t('fund.unmatchedSome', { count: lines, amount: moneyText(sumFen) })}{' '}
          <Anchor href={`/c/${props.community.slug}/unmatched`}>{t('fund.unmatchedLink')}</Anchor>
        </p>
      )}
    </Section>
  )
}
