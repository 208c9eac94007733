/** What all charts share: title and description, the legend, the axis with round amounts. Text is real size at every width. */
import { type ReactNode, useId } from 'react'
import { axisMoneyText } from '#i18n'
import type { Fen } from '#kernel'
import { useViewer } from './viewer.tsx'

/** Height of the plot and the room above it and below it for labels. */
export const PLOT = { top: 14, height: 200, bottom: 30 } as const
export const PLOT_TOTAL = PLOT.top + PLOT.height + PLOT.bottom

/** An id that may stand in `url(#…)`. */
export function useChartId(): string {
  return `chart${useId().replaceAll(':', '-')}`
}

/** A figure with a heading, a legend, the picture and (below) its exact numbers. */
export function ChartFrame(props: {
  readonly title: string
  readonly legend?: readonly { readonly swatch: 'in' | 'out' | 'line'; readonly label: string }[]
  readonly children: ReactNode
  /** The exact numbers. */
  readonly table?: ReactNode
}) {
  return (
    <figure className="chart">
      <figcaption className="chart__head">
        <span className="chart__title">{props.title}</span>
        {props.legend && (
          <span className="chart__legend" aria-hidden="true">
            {props.legend.map(entry => (
              <span className="chart__key" key={entry.label}>
                <span className="chart__swatch" data-swatch={entry.swatch} />
                {entry.label}
              </span>
            ))}
          </span>
        )}
      </figcaption>
      {props.children}
      {props.table}
    </figure>
  )
}

/** Axis at the left in its own width, plot beside it in the rest: coordinates of the plot are percentages, its text is not scaled. */
export function PlotWithAxis(props: {
  readonly title: string
  readonly description: string
  readonly ticks: readonly Fen[]
  readonly yOf: (amount: Fen) => number
  readonly children: ReactNode
}) {
  const { lang } = useViewer()
  const id = useChartId()
  return (
    <div className="chart__plot">
      <svg className="chart__axis" width="52" height={PLOT_TOTAL} aria-hidden="true" focusable="false">
        {props.ticks.map(tick => (
          <text key={`${tick}`} x="46" y={props.yOf(tick) + 5} textAnchor="end">
            {axisMoneyText(tick, lang)}
          </text>
        ))}
      </svg>
      <svg
        className="chart__area"
        width="100%"
        height={PLOT_TOTAL}
        role="img"
        aria-labelledby={`${id}-title ${id}-description`}
      >
        <title id={`${id}-title`}>{props.title}</title>
        <desc id={`${id}-description`}>{props.description}</desc>
        {props.ticks.map(tick => (
          <line
            key={`${tick}`}
            className={tick === 0n ? 'chart__zero' : 'chart__grid'}
            x1="0"
            x2="100%"
            y1={props.yOf(tick)}
            y2={props.yOf(tick)}
          />
        ))}
        {props.children}
      </svg>
    </div>
  )
}
