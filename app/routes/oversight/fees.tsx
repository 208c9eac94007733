/** How fees come in, on the pages of oversight: month by month, and rolled up level by level. Each row says what it is compared with. */
import { countText, periodText } from '#i18n'
import { formatPercentFloor } from '#kernel'
import { comparisonsOf, type FeeComparison, type FeeMonth, type LevelFees } from '#oversight'
import type { Jurisdiction } from '#people'
import { Anchor, type Column, DataTable, EmptyState, Money, Section, useT, useViewer } from '#ui'
import { levelName } from './sections.tsx'

/** A share rounded down: for the eye, never for a decision. */
export function feeShare({ partFen, wholeFen }: Pick<FeeComparison, 'partFen' | 'wholeFen'>): string {
  return formatPercentFloor(partFen, wholeFen)
}

function useComparisonColumns<Row extends FeeComparison>(): readonly Column<Row>[] {
  const t = useT()
  return [
    { key: 'rate', label: t('oversight.feesRate'), type: 'number', card: 'amount', cell: feeShare },
    {
      key: 'received',
      label: t('oversight.feesReceived'),
      type: 'money',
      cell: row => <Money amount={row.partFen} />,
    },
    {
      key: 'whole',
      label: t('oversight.feesWhole'),
      type: 'money',
      cell: row => <Money amount={row.wholeFen} />,
    },
    { key: 'against', label: t('oversight.feesAgainst'), cell: row => t(`oversight.against.${row.against}`) },
    {
      key: 'past',
      label: t('oversight.feesPast'),
      type: 'money',
      cell: row => (row.pastFen === null ? '—' : <Money amount={row.pastFen} />),
    },
  ]
}

/** Fees received beside what was due or planned, newest month first; of one community with the way to its standard. */
export function FeeSection(props: { readonly months: readonly FeeMonth[]; readonly slug?: string }) {
  const t = useT()
  const { lang } = useViewer()
  const columns = useComparisonColumns<FeeComparison>()
  return (
    <Section title={t('oversight.feesTitle')} lead={t('oversight.feesLead')} id="fees">
      {props.months.length === 0 ? (
        <EmptyState title={t('oversight.feesNone')} />
      ) : (
        <DataTable
          caption={t('oversight.feesTitle')}
          captionHidden
          dense
          rows={[...props.months].reverse().flatMap(comparisonsOf)}
          rowKey={row => `${row.period} ${row.against}`}
          columns={[
            { key: 'month', label: t('oversight.feesMonth'), cell: row => periodText(row.period, lang) },
            ...columns,
          ]}
        />
      )}
      {props.slug !== undefined && (
        <p>
          <Anchor href={`/c/${props.slug}/fees`}>{t('fees.yearMore')}</Anchor>
        </p>
      )}
    </Section>
  )
}

type LevelRow = FeeComparison & Omit<LevelFees<Jurisdiction>, 'month'>

/** The newest month of the communities below each level, from the district down. */
export function LevelFeesSection(props: { readonly levels: readonly LevelFees<Jurisdiction>[] }) {
  const t = useT()
  const { lang } = useViewer()
  const columns = useComparisonColumns<LevelRow>()
  const rows = props.levels.flatMap(({ month, ...below }): LevelRow[] =>
    comparisonsOf(month).map(comparison => ({ ...comparison, ...below })),
  )
  if (rows.length === 0) return null
  return (
    <Section title={t('oversight.feesLevelsTitle')} lead={t('oversight.feesLevelsLead')} id="fees-by-level">
      <DataTable
        caption={t('oversight.feesLevelsTitle')}
        captionHidden
        dense
        rows={rows}
        rowKey={row => `${row.level.code} ${row.against}`}
        columns={[
          {
            key: 'level',
            label: t('oversight.feesLevel'),
            cell: row =>
              t('oversight.feesLevelName', {
                level: t(`oversight.level.${row.level.level}`),
                name: levelName(row.level, lang),
              }),
          },
          { key: 'month', label: t('oversight.feesMonth'), cell: row => periodText(row.period, lang) },
          ...columns.slice(0, 4),
          {
            key: 'count',
            label: t('oversight.overviewCommunities'),
            type: 'number',
            cell: row => countText(row.communityCount),
          },
        ]}
      />
    </Section>
  )
}
