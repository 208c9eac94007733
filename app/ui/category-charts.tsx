/** Charts over categories: how a total divides, and how much of a budget is used. The exact figures are part of the picture. */
import type { ReactNode } from 'react'
import { type Fen, fen, formatPercentFloor, sumFen } from '#kernel'
import { percentOf } from './chart-scale.ts'
import { Money } from './money.tsx'
import { Anchor, useT } from './viewer.tsx'

export interface CategoryAmount {
  readonly key: string
  readonly label: string
  readonly amount: Fen
  /** Where the rows of this category are. */
  readonly href?: string
  readonly note?: ReactNode
}

/** A total by category, largest first, each with its exact amount and its share of the total. */
export function CategoryBars(props: {
  readonly title: string
  readonly flow: 'in' | 'out'
  readonly categories: readonly CategoryAmount[]
}) {
  const t = useT()
  const sorted = props.categories.toSorted((a, b) => (a.amount < b.amount ? 1 : a.amount > b.amount ? -1 : 0))
  const total = sumFen(sorted.map(category => category.amount))
  const longest = sorted[0]?.amount ?? fen(0n)
  return (
    <figure className="chart">
      <figcaption className="chart__head">
        <span className="chart__title">{props.title}</span>
        <Money amount={total} flow={props.flow} size="md" />
      </figcaption>
      <ul className="category-bars">
        {sorted.map(category => (
          <li className="category-bar" key={category.key}>
            <span className="category-bar__label">
              {category.href ? <Anchor href={category.href}>{category.label}</Anchor> : category.label}
            </span>
            <span className="category-bar__figures">
              <Money amount={category.amount} />
              <span className="category-bar__share">
                <span className="visually-hidden">{t('ui.chartShare')} </span>
                {formatPercentFloor(category.amount, total)}
              </span>
            </span>
            <Bar flow={props.flow} part={category.amount} whole={longest} />
            {category.note && <span className="category-bar__note">{category.note}</span>}
          </li>
        ))}
      </ul>
    </figure>
  )
}

/** A decorative bar: the figure stands beside it in words. */
function Bar(props: { readonly flow: 'in' | 'out'; readonly part: Fen; readonly whole: Fen }) {
  return (
    <svg className="category-bar__bar" width="100%" height="12" aria-hidden="true" focusable="false">
      <rect className="chart__track" width="100%" height="12" />
      <rect className={`chart__bar-${props.flow}`} width={percentOf(props.part, props.whole)} height="12" />
    </svg>
  )
}

/**
 * One line of the budget: how much was planned and allowed beyond it, how much is spent, how much is left. Over budget is said in words, with the reason
 * beside it.
 */
export function BudgetBar(props: {
  readonly label: string
  readonly budget: Fen
  /** Beyond the budget, by votes and emergencies. */
  readonly allowed?: Fen
  readonly actual: Fen
  readonly href?: string
  /** Why it is over, when it is. */
  readonly reason?: ReactNode
}) {
  const t = useT()
  const allowed = props.allowed ?? fen(0n)
  const room = fen(props.budget + allowed)
  const over = props.actual > room
  const whole = over ? props.actual : room
  return (
    <div className="budget-bar" data-over={over || undefined}>
      <p className="budget-bar__head">
        <span className="budget-bar__label">
          {props.href ? <Anchor href={props.href}>{props.label}</Anchor> : props.label}
        </span>
        <span className="budget-bar__used">
          {t('ui.chartUsed')} {formatPercentFloor(props.actual, room)}
        </span>
      </p>
      <svg className="budget-bar__bar" width="100%" height="18" aria-hidden="true" focusable="false">
        <rect className="chart__track" width="100%" height="18" />
        <rect className="chart__bar-spent" width={percentOf(props.actual, whole)} height="18" />
        {over && (
          <rect
            className="chart__bar-over"
            x={percentOf(room, whole)}
            width={percentOf(fen(props.actual - room), whole)}
            height="18"
          />
        )}
        {over && (
          <line
            className="chart__mark"
            x1={percentOf(room, whole)}
            x2={percentOf(room, whole)}
            y1="0"
            y2="18"
          />
        )}
      </svg>
      <dl className="budget-bar__figures">
        <BudgetFigure label={t('ui.chartBudget')} amount={props.budget} />
        {allowed > 0n && <BudgetFigure label={t('ui.chartAllowed')} amount={allowed} />}
        <BudgetFigure label={t('ui.chartActual')} amount={props.actual} />
        <BudgetFigure
          label={over ? t('ui.chartOver') : t('ui.chartLeft')}
          amount={fen(over ? props.actual - room : room - props.actual)}
          isLeft
        />
      </dl>
      {props.reason && <p className="budget-bar__reason">{props.reason}</p>}
    </div>
  )
}

function BudgetFigure(props: { readonly label: string; readonly amount: Fen; readonly isLeft?: boolean }) {
  return (
    <div className={props.isLeft ? 'budget-bar__left' : undefined}>
      <dt>{props.label}</dt>
      <dd>
        <Money amount={props.amount} />
      </dd>
    </div>
  )
}
