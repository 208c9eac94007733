/**
 * Where the money came from and where it went, as ribbons through the fund. Blocks are as high as their amount, but never too low to
 * be read (the page says so); the figures are exact.
 */
import { moneyText } from '#i18n'
import { type Fen, fen, sumFen } from '#kernel'
import type { CategoryAmount } from './category-charts.tsx'
import { ChartFrame, useChartId } from './chart-frame.tsx'
import { pixelsOf } from './chart-scale.ts'
import { Money } from './money.tsx'
import { DataTable } from './table.tsx'
import { useT, useViewer } from './viewer.tsx'

interface Block extends CategoryAmount {
  readonly y: number
  readonly height: number
  readonly tone: 'in' | 'out' | 'fund'
}

const GAP = 6
const FULL_HEIGHT = 300

function stack(
  categories: readonly (CategoryAmount & { readonly tone: Block['tone'] })[],
  whole: Fen,
  least: number,
): readonly Block[] {
  let y = 0
  return categories.map(category => {
    const height = Math.max(least, pixelsOf(category.amount, whole, FULL_HEIGHT))
    const block = { ...category, y, height }
    y += height + GAP
    return block
  })
}

function heightOf(blocks: readonly Block[]): number {
  const last = blocks.at(-1)
  return last ? last.y + last.height : 0
}

/** Moves a shorter side to the middle. */
function centred(blocks: readonly Block[], height: number): readonly Block[] {
  const shift = (height - heightOf(blocks)) / 2
  return blocks.map(block => ({ ...block, y: block.y + shift }))
}

/** Give at most six categories a side; merge the rest into one before. */
export function FlowPicture(props: {
  readonly title: string
  readonly received: readonly CategoryAmount[]
  readonly spent: readonly CategoryAmount[]
}) {
  const t = useT()
  const { mode } = useViewer()
  const received = sumFen(props.received.map(category => category.amount))
  const spent = sumFen(props.spent.map(category => category.amount))
  const whole = received > spent ? received : spent
  const left = props.received.map(category => ({ ...category, tone: 'in' as const }))
  const right = props.spent.map(category => ({ ...category, tone: 'out' as const }))
  const rest = { key: 'fund', tone: 'fund' as const, amount: fen(received - spent) }
  const least = mode === 'elder' ? 92 : 66
  const from = stack(
    rest.amount < 0n
      ? [...left, { ...rest, label: t('ui.chartFlowDrawn'), amount: fen(-rest.amount) }]
      : left,
    whole,
    least,
  )
  const to = stack(
    rest.amount > 0n ? [...right, { ...rest, label: t('ui.chartFlowKept') }] : right,
    whole,
    least,
  )
  const height = Math.max(heightOf(from), heightOf(to))
  return (
    <ChartFrame title={props.title} table={<FlowTable from={from} to={to} />}>
      <div className="flow-heads" aria-hidden="true">
        <span>
          {t('ui.chartFlowFrom')} <Money amount={received} flow="in" />
        </span>
        <span>
          {t('ui.chartFlowTo')} <Money amount={spent} flow="out" />
        </span>
      </div>
      <FlowDrawing
        title={props.title}
        description={t('ui.chartFlowDescription', { received: moneyText(received), spent: moneyText(spent) })}
        from={centred(from, height)}
        to={centred(to, height)}
        height={height}
      />
      <p className="chart__note">{t('ui.chartFlowScale')}</p>
    </ChartFrame>
  )
}

function FlowDrawing(props: {
  readonly title: string
  readonly description: string
  readonly from: readonly Block[]
  readonly to: readonly Block[]
  readonly height: number
}) {
  const t = useT()
  const id = useChartId()
  const { height } = props
  const middle = Math.min(FULL_HEIGHT * 0.7, height * 0.6)
  const top = (height - middle) / 2
  return (
    <svg
      className="flow-picture"
      width="100%"
      height={height}
      role="img"
      aria-labelledby={`${id}-title ${id}-description`}
    >
      <title id={`${id}-title`}>{props.title}</title>
      <desc id={`${id}-description`}>{props.description}</desc>
      <svg
        aria-hidden="true"
        x="41%"
        width="18%"
        height={height}
        viewBox={`0 0 100 ${height}`}
        preserveAspectRatio="none"
      >
        <Ribbons blocks={props.from} top={top} middle={middle} side={0} node={42} />
        <Ribbons blocks={props.to} top={top} middle={middle} side={100} node={58} />
        <rect className="flow-picture__fund" x="42" width="16" y={top} height={middle} />
      </svg>
      <text className="flow-picture__fund-label" x="50%" y={top - 8} textAnchor="middle">
        {t('ui.chartFlowFund')}
      </text>
      {props.from.map(block => (
        <FlowBlock key={block.key} block={block} x="0" />
      ))}
      {props.to.map(block => (
        <FlowBlock key={block.key} block={block} x="59%" />
      ))}
    </svg>
  )
}

/** Ribbons from the blocks of one side to their part of the fund's bar, in the same order. */
function Ribbons(props: {
  readonly blocks: readonly Block[]
  readonly top: number
  readonly middle: number
  readonly side: number
  readonly node: number
}) {
  const { side, node } = props
  const sum = props.blocks.reduce((total, block) => total + block.height, 0)
  const bend = (side + node) / 2
  let at = props.top
  return props.blocks.map(block => {
    const [top, bottom] = [at, at + (block.height * props.middle) / sum]
    at = bottom
    const low = block.y + block.height
    return (
      <path
        key={block.key}
        className="flow-picture__ribbon"
        data-tone={block.tone}
        d={`M${side} ${block.y}C${bend} ${block.y} ${bend} ${top} ${node} ${top}V${bottom}C${bend} ${bottom} ${bend} ${low} ${side} ${low}Z`}
      />
    )
  })
}

function FlowBlock(props: { readonly block: Block; readonly x: string }) {
  const { block, x } = props
  return (
    <>
      <rect
        className="flow-picture__block"
        data-tone={block.tone}
        x={x}
        y={block.y}
        width="41%"
        height={block.height}
      />
      <foreignObject x={x} y={block.y} width="41%" height={block.height}>
        <div className="flow-picture__words">
          <span>{block.label}</span>
          <Money amount={block.amount} />
        </div>
      </foreignObject>
    </>
  )
}

function FlowTable(props: { readonly from: readonly Block[]; readonly to: readonly Block[] }) {
  const t = useT()
  const rows = [
    ...props.from.map(block => ({ ...block, side: 'from' as const })),
    ...props.to.map(block => ({ ...block, side: 'to' as const })),
  ]
  return (
    <details className="chart__numbers">
      <summary>{t('ui.chartExact')}</summary>
      <DataTable
        caption={t('ui.chartExact')}
        captionHidden
        dense
        phone="keep"
        rows={rows}
        rowKey={row => `${row.side} ${row.key}`}
        rowHref={row => row.href}
        columns={[
          { key: 'label', label: t('ui.chartCategory'), cell: row => row.label },
          {
            key: 'side',
            label: `${t('ui.chartIn')} / ${t('ui.chartOut')}`,
            card: 'hidden',
            cell: row => (row.side === 'from' ? t('ui.chartFlowFrom') : t('ui.chartFlowTo')),
          },
          {
            key: 'amount',
            label: t('ui.chartAmount'),
            type: 'money',
            cell: row => <Money amount={row.amount} bare flow={row.tone === 'fund' ? 'neutral' : row.tone} />,
          },
        ]}
      />
    </details>
  )
}
