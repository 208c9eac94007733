/** Parts of the fund page that divide a total by category, and compare it with the budget. */
import { moneyText, periodText } from '#i18n'
import { type Fen, fiscalYearOf, sumFen } from '#kernel'
import {
  Anchor,
  BudgetBar,
  BudgetBasisWords,
  Card,
  CategoryBars,
  type Column,
  DataTable,
  Money,
  Notice,
  Section,
  useT,
  useViewer,
} from '#ui'
import { AskMark } from '#ui/voice'
import { budgetLineKey, type ChallengeMark } from '#voice'
import type { CommunityView } from './community.server.ts'
import { nameIn } from './frame.tsx'
import type { CategoryView, FundView } from './fund-view.ts'
import { rowsHref } from './voucher-filter.ts'

interface FundPart {
  readonly community: CommunityView
  readonly fund: FundView
}

/** Where the money came from and where it went: bars for the month, a table with the year and the budget. */
export function CategorySections(props: FundPart) {
  return (
    <>
      <DirectionSection {...props} direction="out" />
      <DirectionSection {...props} direction="in" />
    </>
  )
}

function DirectionSection({ community, fund, direction }: FundPart & { readonly direction: 'in' | 'out' }) {
  const t = useT()
  const { lang } = useViewer()
  const isIn = direction === 'in'
  const title = isIn ? t('fund.inTitle') : t('fund.outTitle')
  const month = periodText(fund.period, lang)
  const rows = fund.categories.filter(row => row.direction === direction)
  const moved = rows.filter(row => row.monthFen !== 0n)
  const span = { from: fund.period, until: fund.period }
  return (
    <Section title={title} id={isIn ? 'received' : 'spent'}>
      {moved.length === 0 ? (
        <p>{isIn ? t('fund.noneIn') : t('fund.noneOut')}</p>
      ) : (
        <Card>
          <CategoryBars
            title={isIn ? t('fund.inChart', { month }) : t('fund.outChart', { month })}
            flow={direction}
            categories={moved.map(row => ({
              key: row.key,
              label: labelOf(row, fund, lang),
              amount: row.monthFen,
              href: rowsHref(community.slug, { span, fund: row.fund, account: row.account, direction }),
            }))}
          />
        </Card>
      )}
      {rows.length > 0 && (
        <details className="filter">
          <summary className="filter__summary">{t('fund.categoriesTable')}</summary>
          <CategoryTable community={community} fund={fund} rows={rows} title={title} direction={direction} />
        </details>
      )}
    </Section>
  )
}

/** The account, and the fund it belongs to where more than one received or paid. */
function labelOf(row: CategoryView, fund: FundView, lang: 'zh-CN' | 'en'): string {
  const of = fund.funds.find(each => each.code === row.fund)
  const isAmbiguous = fund.categories.some(other => other.fund !== row.fund)
  return isAmbiguous && of ? `${nameIn(lang, row)} · ${nameIn(lang, of)}` : nameIn(lang, row)
}

function CategoryTable(
  props: FundPart & {
    readonly rows: readonly CategoryView[]
    readonly title: string
    readonly direction: 'in' | 'out'
  },
) {
  const { community, fund, rows, direction } = props
  const t = useT()
  const { lang } = useViewer()
  const hasBudget = rows.some(row => row.budgetFen !== null)
  const total = (pick: (row: CategoryView) => Fen) => <Money amount={sumFen(rows.map(pick))} bare />
  const linked = (row: CategoryView, of: 'month' | 'year') => {
    const amount = of === 'month' ? row.monthFen : row.yearFen
    if (amount === 0n) return <Money amount={amount} bare />
    const span = { from: of === 'month' ? fund.period : fund.yearFrom, until: fund.period }
    return (
      <Anchor href={rowsHref(community.slug, { span, fund: row.fund, account: row.account, direction })}>
        <Money amount={amount} bare />
      </Anchor>
    )
  }
  const columns: Column<CategoryView>[] = [
    { key: 'account', label: t('fund.account'), cell: row => labelOf(row, fund, lang) },
    {
      key: 'month',
      label: t('fund.month'),
      type: 'money',
      cell: row => linked(row, 'month'),
      total: total(row => row.monthFen),
    },
    {
      key: 'year',
      label: t('fund.year'),
      type: 'money',
      cell: row => linked(row, 'year'),
      total: total(row => row.yearFen),
    },
  ]
  if (hasBudget) {
    columns.push({
      key: 'budget',
      label: t('fund.budget'),
      type: 'money',
      cell: row => (row.budgetFen === null ? t('fund.noBudget') : <Money amount={row.budgetFen} bare />),
    })
  }
  return (
    <DataTable
      caption={`${props.title} · ${t('fund.categoriesTable')}`}
      captionHidden
      dense
      rows={rows}
      rowKey={row => row.key}
      columns={columns}
    />
  )
}

/** Each budget line against what was spent; what was spent without one is said first. */
export function BudgetSection({
  community,
  fund,
  marks,
}: FundPart & { readonly marks: readonly ChallengeMark[] }) {
  const t = useT()
  const { lang } = useViewer()
  const lines = fund.categories.filter(row => row.direction === 'out' && row.budgetFen !== null)
  if (lines.length === 0) return null
  const unplanned = fund.categories.filter(
    row => row.direction === 'out' && row.budgetFen === null && row.yearFen > 0n,
  )
  const span = { from: fund.yearFrom, until: fund.period }
  return (
    <Section
      title={t('fund.budgetTitle', { year: fiscalYearOf(fund.period) })}
      lead={t('fund.budgetLead')}
      id="budget"
    >
      {fund.adoption !== null && (
        <BudgetBasisWords
          fiscalYear={fund.adoption.fiscalYear}
          basis={fund.adoption.basis}
          slug={community.slug}
        />
      )}
      {unplanned.length > 0 && (
        <Notice tone="warning" title={t('fund.budgetUnplanned')}>
          {unplanned
            .map(row => `${labelOf(row, fund, lang)} ${moneyText(row.yearFen)}`)
            .join(t('vouchers.listSeparator'))}
        </Notice>
      )}
      <Card>
        {lines.map(row => (
          <div key={row.key}>
            <BudgetBar
              label={labelOf(row, fund, lang)}
              budget={row.budgetFen!}
              allowed={row.allowedFen}
              actual={row.yearFen}
              href={rowsHref(community.slug, {
                span,
                fund: row.fund,
                account: row.account,
                direction: 'out',
              })}
            />
            <AskMark
              slug={community.slug}
              subject={{
                kind: 'budget-line',
                key: budgetLineKey({
                  fiscalYear: fiscalYearOf(fund.period),
                  fund: row.fund,
                  account: row.account,
                }),
              }}
              marks={marks}
              about={labelOf(row, fund, lang)}
            />
          </div>
        ))}
      </Card>
    </Section>
  )
}
