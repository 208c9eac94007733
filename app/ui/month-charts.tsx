/** Charts over months: money in and out as pairs of bars, and the balance as a line. The exact numbers stand beneath. */
import { moneyText, monthText, periodText } from '#i18n'
import { type Fen, fen, type Period } from '#kernel'
import { ChartFrame, PLOT, PlotWithAxis, useChartId } from './chart-frame.tsx'
import { axisTicks, largestOf, pixelsOf } from './chart-scale.ts'
import { Money } from './money.tsx'
import { PeriodText } from './stamp.tsx'
import { DataTable } from './table.tsx'
import { useT, useViewer } from './viewer.tsx'

export interface MonthFlow {
  readonly period: Period
  readonly received: Fen
  readonly spent: Fen
  /** Where the rows of this month are. */
  readonly href?: string
}

/** Maps amounts between the outer ticks to heights in the plot. */
function heightScale(ticks: readonly Fen[]): (amount: Fen) => number {
  const low = ticks[0]!
  const span = ticks.at(-1)! - low
  return amount => PLOT.top + PLOT.height - pixelsOf(amount - low, span, PLOT.height)
}

function leastOf(amounts: readonly Fen[]): Fen {
  return fen(-largestOf(amounts.map(amount => fen(-amount))))
}

/** Bars in and out per month; out is hatched, so that the two differ without colour. */
export function MonthlyInOutChart(props: { readonly title: string; readonly months: readonly MonthFlow[] }) {
  const { months, title } = props
  const t = useT()
  const { lang } = useViewer()
  const amounts = months.flatMap(month => [month.received, month.spent])
  const ticks = axisTicks(leastOf(amounts), largestOf(amounts))
  const mostIn = months.find(month => month.received === largestOf(months.map(each => each.received)))
  const mostOut = months.find(month => month.spent === largestOf(months.map(each => each.spent)))
  const description = t('ui.chartInOutDescription', {
    months: months.length,
    mostIn: mostIn ? periodText(mostIn.period, lang) : '—',
    mostOut: mostOut ? periodText(mostOut.period, lang) : '—',
  })
  return (
    <ChartFrame
      title={title}
      legend={[
        { swatch: 'in', label: t('ui.chartIn') },
        { swatch: 'out', label: t('ui.chartOut') },
      ]}
      table={<MonthFlowTable months={months} title={title} />}
    >
      <PlotWithAxis title={title} description={description} ticks={ticks} yOf={heightScale(ticks)}>
        <MonthBars months={months} yOf={heightScale(ticks)} />
      </PlotWithAxis>
    </ChartFrame>
  )
}

function MonthBars(props: { readonly months: readonly MonthFlow[]; readonly yOf: (amount: Fen) => number }) {
  const { lang } = useViewer()
  const hatch = useChartId()
  const band = 100 / props.months.length
  const zero = props.yOf(fen(0n))
  const bar = (amount: Fen) => {
    const y = props.yOf(amount)
    return { y: Math.min(y, zero), height: Math.abs(zero - y) }
  }
  return (
    <>
      <defs>
        <pattern id={hatch} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect className="chart__hatch-ground" width="6" height="6" />
          <rect className="chart__hatch-line" width="2.4" height="6" />
        </pattern>
      </defs>
      {props.months.map((month, index) => (
        <g key={month.period}>
          <title>
            {`${periodText(month.period, lang)}  +${moneyText(month.received)}  −${moneyText(month.spent)}`}
          </title>
          <rect
            className="chart__bar-in"
            x={`${band * (index + 0.13)}%`}
            width={`${band * 0.35}%`}
            {...bar(month.received)}
          />
          <rect
            className="chart__bar-out"
            fill={`url(#${hatch})`}
            x={`${band * (index + 0.52)}%`}
            width={`${band * 0.35}%`}
            {...bar(month.spent)}
          />
          <MonthLabel period={month.period} index={index} count={props.months.length} />
        </g>
      ))}
    </>
  )
}

/** Every month has its label where there is room, every second one (counted from the last) on a phone. */
function MonthLabel(props: { readonly period: Period; readonly index: number; readonly count: number }) {
  const { lang } = useViewer()
  const crowded = props.count > 8 && (props.count - 1 - props.index) % 2 === 1
  return (
    <text
      className={crowded ? 'chart__label chart__label--roomy' : 'chart__label'}
      x={`${(100 / props.count) * (props.index + 0.5)}%`}
      y={PLOT.top + PLOT.height + 20}
      textAnchor="middle"
    >
      {monthText(props.period, lang)}
    </text>
  )
}

function MonthFlowTable(props: { readonly title: string; readonly months: readonly MonthFlow[] }) {
  const t = useT()
  const total = (pick: (month: MonthFlow) => Fen) =>
    fen(props.months.reduce((sum, month) => sum + pick(month), 0n))
  const net = (month: MonthFlow) => fen(month.received - month.spent)
  return (
    <DataTable
      caption={`${props.title} · ${t('ui.chartExact')}`}
      captionHidden
      dense
      phone="keep"
      rows={props.months}
      rowKey={month => month.period}
      rowHref={month => month.href}
      columns={[
        {
          key: 'month',
          label: t('ui.chartMonth'),
          cell: month => <PeriodText period={month.period} short />,
        },
        {
          key: 'in',
          label: t('ui.chartIn'),
          type: 'money',
          cell: month => <Money amount={month.received} bare />,
          total: <Money amount={total(month => month.received)} bare />,
        },
        {
          key: 'out',
          label: t('ui.chartOut'),
          type: 'money',
          cell: month => <Money amount={month.spent} bare />,
          total: <Money amount={total(month => month.spent)} bare />,
        },
        {
          key: 'net',
          label: t('ui.chartNet'),
          type: 'money',
          card: 'hidden',
          cell: month => <Money amount={net(month)} bare />,
          total: <Money amount={total(net)} bare />,
        },
      ]}
    />
  )
}

export interface MonthBalance {
  readonly period: Period
  readonly balance: Fen
}

/** The balance at each month's end. */
export function BalanceLine(props: { readonly title: string; readonly months: readonly MonthBalance[] }) {
  const { months, title } = props
  const t = useT()
  const { lang } = useViewer()
  const first = months[0]
  const last = months.at(-1)
  if (!first || !last) return null
  const balances = months.map(month => month.balance)
  const ticks = axisTicks(leastOf(balances), largestOf(balances))
  const yOf = heightScale(ticks)
  const xOf = (index: number) => `${(100 / months.length) * (index + 0.5)}%`
  return (
    <ChartFrame
      title={title}
      legend={[{ swatch: 'line', label: t('ui.chartBalance') }]}
      table={<MonthBalanceTable months={months} title={title} />}
    >
      <PlotWithAxis
        title={title}
        description={t('ui.chartBalanceDescription', {
          from: periodText(first.period, lang),
          first: moneyText(first.balance),
          to: periodText(last.period, lang),
          last: moneyText(last.balance),
        })}
        ticks={ticks}
        yOf={yOf}
      >
        {months.slice(1).map((month, index) => (
          <line
            key={month.period}
            className="chart__line"
            x1={xOf(index)}
            y1={yOf(months[index]!.balance)}
            x2={xOf(index + 1)}
            y2={yOf(month.balance)}
          />
        ))}
        {months.map((month, index) => (
          <g key={month.period}>
            <title>{`${periodText(month.period, lang)}  ${moneyText(month.balance)}`}</title>
            <circle className="chart__dot" cx={xOf(index)} cy={yOf(month.balance)} r={5} />
            <MonthLabel period={month.period} index={index} count={months.length} />
          </g>
        ))}
      </PlotWithAxis>
    </ChartFrame>
  )
}

function MonthBalanceTable(props: { readonly title: string; readonly months: readonly MonthBalance[] }) {
  const t = useT()
  return (
    <details className="chart__numbers">
      <summary>{t('ui.chartExact')}</summary>
      <DataTable
        caption={`${props.title} · ${t('ui.chartExact')}`}
        captionHidden
        dense
        phone="keep"
        rows={props.months}
        rowKey={month => month.period}
        columns={[
          {
            key: 'month',
            label: t('ui.chartMonth'),
            cell: month => <PeriodText period={month.period} short />,
          },
          {
            key: 'balance',
            label: t('ui.chartBalance'),
            type: 'money',
            cell: month => <Money amount={month.balance} bare />,
          },
        ]}
      />
    </details>
  )
}
