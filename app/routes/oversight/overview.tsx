/** Communities beside each other, grouped by where they lie: what needs eyes, whether the check holds, how fees come in. */
import { instantText } from '#i18n'
import { formatPercentFloor } from '#kernel'
import { comparisonsOf, type FeeMonth, type OversightItem } from '#oversight'
import type { Jurisdiction } from '#people'
import { Anchor, Card, DefinitionList, Section, StatePill, useT, useViewer } from '#ui'
import { feeShare } from './fees.tsx'
import { itemText } from './item-words.ts'
import { levelName } from './sections.tsx'

export interface OverviewRow {
  readonly slug: string
  readonly name: string
  readonly nameEn: string
  readonly path: readonly Jurisdiction[]
  readonly checkedAt: Date | null
  readonly failing: number
  readonly items: readonly OversightItem[]
  readonly itemCount: number
  readonly fees: FeeMonth | null
  readonly satisfaction: { readonly year: number; readonly content: number; readonly counted: number } | null
}

/** A share of counted answers, rounded down. */
export function shareOf(part: number, whole: number): string {
  return formatPercentFloor(BigInt(part), BigInt(whole))
}

/** One section for each neighbourhood, one card for each community in it. */
export function CommunityCards(props: { readonly rows: readonly OverviewRow[] }) {
  const t = useT()
  const { lang } = useViewer()
  const placeOf = (row: OverviewRow) =>
    row.path.length === 0
      ? t('oversight.overviewUnplaced')
      : row.path.map(level => levelName(level, lang)).join(' › ')
  const places = [...new Set(props.rows.map(placeOf))]
  return (
    <>
      {places.map(place => (
        <Section title={place} key={place}>
          {props.rows
            .filter(row => placeOf(row) === place)
            .map(row => (
              <CommunityCard row={row} key={row.slug} />
            ))}
        </Section>
      ))}
    </>
  )
}

function CommunityCard(props: { readonly row: OverviewRow }) {
  const { row } = props
  const t = useT()
  const { lang } = useViewer()
  const rest = row.itemCount - row.items.length
  return (
    <Card>
      <h3>
        <Anchor href={`/c/${row.slug}/office/oversight`}>{lang === 'en' ? row.nameEn : row.name}</Anchor>
      </h3>
      <DefinitionList
        items={[
          { term: t('oversight.overviewColumnItems'), detail: String(row.itemCount) },
          { term: t('oversight.overviewColumnCheck'), detail: <CheckPill row={row} /> },
          {
            term: t('oversight.overviewColumnFees'),
            detail: <FeeWords fees={row.fees} />,
          },
          {
            term: t('oversight.overviewColumnContent'),
            detail:
              row.satisfaction === null
                ? t('oversight.overviewNotYet')
                : t('oversight.overviewContent', {
                    rate: shareOf(row.satisfaction.content, row.satisfaction.counted),
                    year: row.satisfaction.year,
                  }),
          },
          {
            term: t('oversight.overviewColumnWhen'),
            detail: row.checkedAt === null ? t('oversight.overviewNotYet') : instantText(row.checkedAt, lang),
          },
        ]}
      />
      {row.items.length > 0 && (
        <ul>
          {row.items.map(item => (
            <li key={`${item.kind} ${item.subject} ${item.href}`}>
              <Anchor href={`/c/${row.slug}/${item.href}`}>{itemText(item, t, lang)}</Anchor>
            </li>
          ))}
          {rest > 0 && (
            <li>
              <Anchor href={`/c/${row.slug}/office/oversight`}>
                {t('oversight.overviewMore', { count: rest })}
              </Anchor>
            </li>
          )}
        </ul>
      )}
    </Card>
  )
}

function FeeWords(props: { readonly fees: FeeMonth | null }) {
  const t = useT()
  const [comparison] = props.fees === null ? [] : comparisonsOf(props.fees)
  if (comparison === undefined) return t('oversight.overviewNotYet')
  return t('oversight.overviewFees', {
    rate: feeShare(comparison),
    against: t(`oversight.against.${comparison.against}`),
  })
}

function CheckPill(props: { readonly row: OverviewRow }) {
  const t = useT()
  const { checkedAt, failing } = props.row
  if (checkedAt === null) return <StatePill tone="waiting" label={t('oversight.overviewNotYet')} />
  return failing === 0 ? (
    <StatePill tone="done" label={t('oversight.checkGood')} />
  ) : (
    <StatePill tone="attention" label={t('oversight.checkBad', { count: failing })} />
  )
}
