/** Figures and facts with their labels: the hero of a page, a row of key figures, a definition list. */
import type { ReactNode } from 'react'
import type { Fen } from '#kernel'
import { LedgerAmount } from './money.tsx'
import { AsOf, type AsOfProps } from './stamp.tsx'
import { Anchor } from './viewer.tsx'

/** The one figure of a page: what is in the fund. The label links to the rows that make the figure. */
export function HeroFigure(props: {
  readonly label: string
  readonly amount: Fen
  readonly asOf: AsOfProps
  /** Where the rows are that make this figure. */
  readonly href?: string
  readonly linkText?: string
  /** Beside the figure on a desk, below it on a phone: a small chart, a notice. */
  readonly children?: ReactNode
}) {
  return (
    <section className="hero" aria-label={props.label}>
      <div className="hero__main">
        <h2 className="hero__label">{props.label}</h2>
        <LedgerAmount amount={props.amount} />
        <AsOf {...props.asOf} />
        {props.href && props.linkText && (
          <p className="hero__link">
            <Anchor href={props.href}>{props.linkText}</Anchor>
          </p>
        )}
      </div>
      {props.children && <div className="hero__aside">{props.children}</div>}
    </section>
  )
}

export interface KeyFigure {
  readonly label: string
  readonly value: ReactNode
  readonly note?: ReactNode
  /** Where the rows are that make this figure. */
  readonly href?: string
}

/** Two to four figures that belong together; each leads to its rows. */
export function KeyFigures(props: { readonly figures: readonly KeyFigure[]; readonly label?: string }) {
  return (
    <dl className="key-figures" aria-label={props.label}>
      {props.figures.map(figure => (
        <div className="key-figure" key={figure.label}>
          <dt>{figure.href ? <Anchor href={figure.href}>{figure.label}</Anchor> : figure.label}</dt>
          <dd className="key-figure__value">{figure.value}</dd>
          {figure.note && <dd className="key-figure__note">{figure.note}</dd>}
        </div>
      ))}
    </dl>
  )
}

/** Facts by name, such as the heads of a voucher. */
export function DefinitionList(props: {
  readonly items: readonly { readonly term: string; readonly detail: ReactNode }[]
}) {
  return (
    <dl className="definitions">
      {props.items.map(item => (
        <div key={item.term}>
          <dt>{item.term}</dt>
          <dd>{item.detail}</dd>
        </div>
      ))}
    </dl>
  )
}
