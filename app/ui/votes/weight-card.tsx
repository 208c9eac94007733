/** What one owner's vote weighs: each unit with its area and where the area comes from, the head, the share of both gates. */
import { areaText, countText } from '#i18n'
import { formatPercentFloor } from '#kernel'
import type { AreaSource, Measure, UnitKind } from '#votes'
import { Card } from '../page-shell.tsx'
import { DataTable } from '../table.tsx'
import { Anchor, useT } from '../viewer.tsx'

/** A unit of the reader's own. */
export interface WeighedUnit {
  readonly unit: string
  readonly area: Measure['area']
  readonly areaSource: AreaSource
  readonly kind: UnitKind
  /** False for what this poll does not count, such as a parking space. */
  readonly isInBase: boolean
  /** The registered owners of this unit, the reader included. */
  readonly owners: number
}

/** The weight of the head the reader belongs to. `head` and `total` are as the frozen roll has them. */
export function WeightCard(props: {
  readonly units: readonly WeighedUnit[]
  readonly head: Measure
  readonly total: Measure
  /** Where to say that the area is wrong; absent when the time for it is over. */
  readonly objectHref?: string
}) {
  const t = useT()
  const { units, head, total } = props
  const counted = units.filter(unit => unit.isInBase)
  const owners = Math.max(1, ...counted.map(unit => unit.owners))
  return (
    <Card>
      <DataTable
        caption={t('ballot.weightUnits')}
        phone="cards"
        dense
        rows={units}
        rowKey={unit => unit.unit}
        rowTone={unit => (unit.isInBase ? undefined : 'muted')}
        columns={[
          { key: 'unit', label: t('ballot.unit'), cell: unit => unit.unit },
          {
            key: 'area',
            label: t('polls.area'),
            type: 'number',
            card: 'amount',
            cell: unit => areaText(unit.area),
          },
          {
            key: 'source',
            label: t('ballot.areaSource'),
            cell: unit => t(`ballot.source.${unit.areaSource}`),
          },
          {
            key: 'counts',
            label: t('ballot.counts'),
            cell: unit => (unit.isInBase ? t('ballot.countsYes') : t(`ballot.countsNot.${unit.kind}`)),
          },
        ]}
      />
      <p>
        {owners > 1
          ? t('ballot.headShared', { units: counted.length, owners })
          : t('ballot.headAlone', { units: counted.length })}
      </p>
      <dl className="definitions">
        <Share
          label={t('ballot.shareArea')}
          part={areaText(head.area)}
          whole={areaText(total.area)}
          percent={formatPercentFloor(head.area, total.area)}
        />
        <Share
          label={t('ballot.shareHeads')}
          part={t('polls.people', { count: countText(head.heads) })}
          whole={t('polls.people', { count: countText(total.heads) })}
          percent={formatPercentFloor(head.heads, total.heads)}
        />
      </dl>
      {props.objectHref && (
        <p>
          <Anchor href={props.objectHref}>{t('ballot.areaWrong')}</Anchor>
        </p>
      )}
    </Card>
  )
}

function Share(props: {
  readonly label: string
  readonly part: string
  readonly whole: string
  readonly percent: string
}) {
  const t = useT()
  return (
    <div>
      <dt>{props.label}</dt>
      <dd>
        <strong>{props.percent}</strong> {t('ballot.shareExact', { part: props.part, whole: props.whole })}
      </dd>
    </div>
  )
}
