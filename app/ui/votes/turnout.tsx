/** Who takes part, never what they chose: by channel, and by building with cells of few owners merged. */
import { areaText, countText } from '#i18n'
import { formatPercentFloor } from '#kernel'
import type { Channel, Measure } from '#votes'
import { DataTable } from '../table.tsx'
import { useT } from '../viewer.tsx'

/** Area and heads that came by one channel, or by several that are shown together. */
export interface ChannelTurnout {
  readonly channels: readonly Channel[]
  readonly received: Measure
}

/** Area and heads of one building, or of several that are shown together. */
export interface BuildingTurnout {
  readonly buildings: readonly string[]
  readonly received: Measure
  readonly total: Measure
}

/** How they voted: online, on paper, through a proxy. */
export function TurnoutByChannel(props: { readonly rows: readonly ChannelTurnout[] }) {
  const t = useT()
  return (
    <DataTable
      caption={t('polls.byChannel')}
      phone="keep"
      dense
      rows={props.rows}
      rowKey={row => row.channels.join(' ')}
      columns={[
        {
          key: 'channel',
          label: t('polls.channelHead'),
          cell: row => row.channels.map(channel => t(`polls.channel.${channel}`)).join(t('polls.pause')),
        },
        {
          key: 'area',
          label: t('polls.area'),
          type: 'number',
          cell: row => areaText(row.received.area),
        },
        {
          key: 'heads',
          label: t('polls.heads'),
          type: 'number',
          cell: row => countText(row.received.heads),
        },
      ]}
    />
  )
}

/** Which buildings take part. Buildings shown together have too few owners to be shown alone. */
export function TurnoutByBuilding(props: { readonly rows: readonly BuildingTurnout[] }) {
  const t = useT()
  const isMerged = props.rows.some(row => row.buildings.length > 1)
  return (
    <>
      <DataTable
        caption={t('polls.byBuilding')}
        dense
        rows={props.rows}
        rowKey={row => row.buildings.join(' ')}
        columns={[
          { key: 'building', label: t('polls.building'), cell: row => row.buildings.join(t('polls.pause')) },
          {
            key: 'area',
            label: t('polls.gate.participation.area'),
            type: 'number',
            cell: row =>
              t('polls.percentOfExact', {
                percent: formatPercentFloor(row.received.area, row.total.area),
                part: areaText(row.received.area),
                whole: areaText(row.total.area),
              }),
          },
          {
            key: 'heads',
            label: t('polls.gate.participation.heads'),
            type: 'number',
            cell: row =>
              t('polls.percentOfExact', {
                percent: formatPercentFloor(row.received.heads, row.total.heads),
                part: countText(row.received.heads),
                whole: countText(row.total.heads),
              }),
          },
        ]}
      />
      {isMerged && <p className="chart__note">{t('polls.buildingsMerged')}</p>}
    </>
  )
}
