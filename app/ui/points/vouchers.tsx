/** Vouchers of points as a table: number, kind, what for, when. Without a home, but on the owner's own page. */

import type { CivilDate } from '#kernel'
import type { PointKind } from '#ledger'
import { DateText } from '../stamp.tsx'
import { DataTable } from '../table.tsx'
import { useT } from '../viewer.tsx'

interface Row {
  readonly number: number
  readonly kind: PointKind
  readonly points: bigint
  readonly partner: string | null
  readonly activity: string
  readonly happenedOn: CivilDate
  readonly leafIndex: number
  /** On the owner's own page: what it did to the home's points. */
  readonly change?: bigint
}

/** The table; with changes, signed. */
export function PointVouchers(props: {
  readonly slug: string
  readonly vouchers: readonly Row[]
  readonly isOwn?: boolean
}) {
  const t = useT()
  const what = ({ activity, partner }: Row) => {
    if (partner === null) return activity
    return activity === '' ? partner : t('points.atPartner', { activity, partner })
  }
  return (
    <DataTable<Row>
      caption={t('points.vouchersCaption')}
      captionHidden
      rows={props.vouchers}
      rowKey={row => String(row.number)}
      empty={t('points.vouchersNone')}
      columns={[
        {
          key: 'kind',
          label: t('points.kind'),
          cell: row => t(`points.kind.${row.kind}`),
        },
        {
          key: 'points',
          label: t(props.isOwn ? 'points.ownChange' : 'points.points'),
          type: 'number',
          card: 'amount',
          cell: row => (props.isOwn ? signed(row.change ?? 0n) : String(row.points)),
        },
        { key: 'what', label: t('points.what'), card: 'plain', cell: what },
        {
          key: 'when',
          label: t('points.when'),
          type: 'date',
          cell: row => <DateText date={row.happenedOn} />,
        },
        {
          key: 'number',
          label: t('points.number'),
          type: 'number',
          cell: row => <a href={`/c/${props.slug}/entries/${row.leafIndex}/leaf`}>{row.number}</a>,
        },
      ]}
    />
  )
}

function signed(points: bigint): string {
  return points < 0n ? `−${-points}` : `+${points}`
}
