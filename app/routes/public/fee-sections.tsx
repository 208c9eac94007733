/** Parts about service fees: a standard with what it rests on, what was due and came in in a year, and what a month's due is made of. */
import { areaText, countText, moneyText, periodText } from '#i18n'
import { dateOf, fiscalYearOf, formatPercentFloor, type Period, periodOf } from '#kernel'
import type { FeeStandard } from '#ledger'
import type { FeeStandardVersion, YearCollection } from '#ledger/server'
import { Anchor, Card, DataTable, FeeRates, Money, Section, useT, useViewer } from '#ui'
import type { CommunityView } from './community.server.ts'

/** Says so where a standard was confirmed after its first month: owners should not have to compare two dates. */
export function Backdated(props: { readonly standard: FeeStandard; readonly confirmedAt: Date | null }) {
  const t = useT()
  const { standard, confirmedAt } = props
  if (confirmedAt === null || periodOf(dateOf(confirmedAt)) <= standard.from) return null
  return <p className="note">{t('fees.backdated')}</p>
}

/** The way to the vote and to the contract behind a standard; documents are for their own people where details are. */
export function BasisLinks(props: { readonly community: CommunityView; readonly standard: FeeStandard }) {
  const t = useT()
  const { community, standard } = props
  const path = `/c/${community.slug}`
  return (
    <>
      {standard.poll !== '' && (
        <p>
          <Anchor href={`${path}/votes/${standard.poll}`}>{t('fees.pollLink')}</Anchor>
        </p>
      )}
      {standard.document !== '' && community.publishesDetail && (
        <p>
          <Anchor href={`${path}/documents/${standard.document}`}>{t('fees.documentLink')}</Anchor>
        </p>
      )}
    </>
  )
}

/** A standard in words, with the vote and the contract behind it. */
export function StandardSection(props: {
  readonly community: CommunityView
  readonly version: FeeStandardVersion
  /** It holds today. */
  readonly begun?: boolean
}) {
  const t = useT()
  const { lang } = useViewer()
  const { version, standard, basis } = props.version
  const words = { version, from: periodText(standard.from, lang) }
  return (
    <Section title={t(props.begun ? 'fees.nowTitle' : 'fees.laterTitle', words)} id={`standard-${version}`}>
      <Card>
        <FeeRates standard={standard} />
        <p>{t('fees.basis', { basis })}</p>
        <BasisLinks community={props.community} standard={standard} />
      </Card>
    </Section>
  )
}

/** What was due and what came in, in one sentence; what came in for past periods in another. */
export function CollectionWords(props: { readonly year: YearCollection }) {
  const t = useT()
  const { lang } = useViewer()
  const { from, until, dueFen, collectedFen, advanceFen, pastFen } = props.year
  const last = periodText(until, lang)
  return (
    <p>
      {t('fees.yearSentence', {
        months: from === until ? last : t('fees.yearSpan', { from: periodText(from, lang), until: last }),
        due: moneyText(dueFen),
        collected: moneyText(collectedFen),
        advance: moneyText(advanceFen),
        rate: formatPercentFloor(collectedFen, dueFen),
      })}
      {pastFen !== 0n && ` ${t('fees.yearPast', { past: moneyText(pastFen) })}`}
    </p>
  )
}

/** The year so far. */
export function YearSection(props: { readonly month: Period; readonly year: YearCollection | null }) {
  const t = useT()
  return (
    <Section title={t('fees.yearTitle', { year: fiscalYearOf(props.month) })} id="year">
      {props.year === null ? <p>{t('fees.yearNone')}</p> : <CollectionWords year={props.year} />}
    </Section>
  )
}

/** What a month's due is made of, by use; uses of one or two units are in the total only. */
export function DueSection(props: { readonly year: YearCollection }) {
  const t = useT()
  const { lang } = useViewer()
  const { until, month } = props.year
  const shown = month.parts.reduce((sum, part) => sum + part.unitCount, 0)
  return (
    <Section title={t('fees.monthTitle', { month: periodText(until, lang) })} id="due">
      <p>{t('fees.monthUnits', { due: moneyText(month.dueFen), count: countText(month.unitCount) })}</p>
      {month.parts.length > 0 && (
        <DataTable
          caption={t('fees.monthTitle', { month: periodText(until, lang) })}
          captionHidden
          rows={month.parts}
          rowKey={part => part.kind}
          columns={[
            { key: 'kind', label: t('fees.kind'), cell: part => t(`polls.kind.${part.kind}`) },
            { key: 'count', label: t('fees.count'), type: 'number', cell: part => countText(part.unitCount) },
            { key: 'area', label: t('polls.area'), type: 'number', cell: part => areaText(part.areaCentiM2) },
            {
              key: 'due',
              label: t('fees.due'),
              type: 'money',
              card: 'amount',
              cell: part => <Money amount={part.dueFen} />,
            },
          ]}
        />
      )}
      {shown < month.unitCount && <p className="note">{t('fees.partsNote')}</p>}
    </Section>
  )
}

/** On the fund page: the year's fees in a sentence, and the way to the standard. */
export function FundFees(props: { readonly community: CommunityView; readonly year: YearCollection }) {
  const t = useT()
  return (
    <Section title={t('fees.yearTitle', { year: fiscalYearOf(props.year.until) })} id="fees">
      <CollectionWords year={props.year} />
      <p>
        <Anchor href={`/c/${props.community.slug}/fees`}>{t('fees.yearMore')}</Anchor>
      </p>
    </Section>
  )
}
