/**
 * Money on a page. Direction is said three ways (a sign, a word for screen readers, a colour), so that none of them is
 * needed alone. Figures are exact; nothing here rounds.
 */
import { type Fen, fen, formatYuan } from '#kernel'
import { useT } from './viewer.tsx'

/** `in` and `out` are movements of the fund, `red` is an entry in red (红字), `neutral` is a balance. */
export type Flow = 'in' | 'out' | 'red' | 'neutral'

interface MoneyProps {
  readonly amount: Fen
  readonly flow?: Flow
  /** `sm` in tables, `md` in text, `lg` and `xl` as the figure of a card or of a page. */
  readonly size?: 'sm' | 'md' | 'lg' | 'xl'
  /** Leaves the ¥ away, in columns whose heading says yuan. */
  readonly bare?: boolean
}

/** Which sign stands before the figure: a movement always shows its direction, a balance only when it is negative. */
function signOf(amount: Fen, flow: Flow): '+' | '−' | '' {
  if (amount === 0n) return ''
  const outward = (flow === 'out') !== amount < 0n
  if (outward) return '−'
  return flow === 'in' || flow === 'out' ? '+' : ''
}

/** One amount. `flow="in"` shows `+¥12.00`, `flow="out"` shows `−¥12.00` for the same positive amount. */
export function Money({ amount, flow = 'neutral', size = 'sm', bare = false }: MoneyProps) {
  const t = useT()
  const shown = flow === 'neutral' && amount < 0n ? 'negative' : flow
  const spoken = {
    in: t('ui.moneyIn'),
    out: t('ui.moneyOut'),
    red: t('ui.moneyRed'),
    negative: t('ui.moneyNegative'),
    neutral: '',
  }[shown]
  return (
    <data
      className="money"
      data-flow={amount < 0n && flow !== 'neutral' ? 'red' : shown}
      data-size={size}
      value={`${amount}`}
    >
      {spoken && <span className="visually-hidden">{spoken} </span>}
      {signOf(amount, flow) && <span className="money__sign">{signOf(amount, flow)}</span>}
      {!bare && <span className="money__currency">¥</span>}
      {formatYuan(fen(amount < 0n ? -amount : amount))}
    </data>
  )
}

/**
 * An amount digit by digit under its place names, as on the amount columns of a paper voucher. It helps people who read
 * large numbers slowly; the plain figure stands beneath, and only that is read out.
 */
export function LedgerAmount(props: { readonly amount: Fen }) {
  const t = useT()
  const places = t('ui.moneyPlaces').split(' ')
  const negative = props.amount < 0n
  const digits = (negative ? -props.amount : props.amount).toString().padStart(3, '0')
  if (digits.length >= places.length) return <Money amount={props.amount} size="xl" />
  const cells = `${negative ? '−' : ''}¥${digits}`.slice(-places.length)
  const width = Math.min(places.length, Math.max(cells.length, 9))
  const columns = [...cells.padStart(width, ' ')]
  return (
    <span className="ledger-amount">
      <span className="ledger-amount__grid" aria-hidden="true">
        {columns.map((cell, index) => {
          const fromRight = width - index
          return (
            <span className="ledger-amount__place" data-rule={ruleAfter(fromRight)} key={fromRight}>
              <span className="ledger-amount__head">{places[places.length - fromRight]}</span>
              <span className="ledger-amount__digit">{cell === ' ' ? '\u00a0' : cell}</span>
            </span>
          )
        })}
      </span>
      <Money amount={props.amount} size="md" />
    </span>
  )
}

/** Account paper rules the yuan off in red and every third digit in a stronger line. */
function ruleAfter(fromRight: number): 'yuan' | 'thousand' | undefined {
  if (fromRight === 3) return 'yuan'
  return fromRight > 3 && (fromRight - 3) % 3 === 0 ? 'thousand' : undefined
}

/** Opening + received − spent = closing, always printed together (the four figures prove each other). */
export function BalanceEquation(props: {
  readonly opening: Fen
  readonly received: Fen
  readonly spent: Fen
  readonly closing: Fen
}) {
  const t = useT()
  return (
    <dl className="equation" aria-label={t('ui.equation')}>
      <div>
        <dt>{t('ui.opening')}</dt>
        <dd>
          <Money amount={props.opening} size="md" />
        </dd>
      </div>
      <div data-operator="+">
        <dt>{t('ui.received')}</dt>
        <dd>
          <Money amount={props.received} flow="in" size="md" />
        </dd>
      </div>
      <div data-operator="−">
        <dt>{t('ui.spent')}</dt>
        <dd>
          <Money amount={props.spent} flow="out" size="md" />
        </dd>
      </div>
      <div data-operator="=" className="equation__result">
        <dt>{t('ui.closing')}</dt>
        <dd>
          <Money amount={props.closing} size="md" />
        </dd>
      </div>
    </dl>
  )
}
