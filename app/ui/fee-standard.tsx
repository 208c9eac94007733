/** A standard of service fees in words: each price, and what a newer standard changes. The same for officers, owners and the public. */
import { moneyText, type Translate } from '#i18n'
import { type FeeRate, type FeeStandard, rateOf } from '#ledger'
import { UNIT_KINDS } from '#people'
import { useT } from './viewer.tsx'

/** A price with what it is for. */
export function feeRateText({ per, priceFen }: Pick<FeeRate, 'per' | 'priceFen'>, t: Translate): string {
  return t(per === 'm2' ? 'fees.perM2' : 'fees.perUnit', { price: moneyText(priceFen) })
}

/** The prices of a standard as a list. */
export function FeeRates(props: { readonly standard: FeeStandard }) {
  const t = useT()
  return (
    <ul>
      {props.standard.rates.map(rate => (
        <li key={rate.unitKind}>
          {t('fees.rate', { kind: t(`polls.kind.${rate.unitKind}`), price: feeRateText(rate, t) })}
        </li>
      ))}
    </ul>
  )
}

/** What a standard changes, before and after; all of its prices where it is the first. */
export function ChangedFees(props: { readonly before: FeeStandard | null; readonly after: FeeStandard }) {
  const t = useT()
  const { before, after } = props
  if (before === null) return <FeeRates standard={after} />
  const textOf = (standard: FeeStandard, kind: (typeof UNIT_KINDS)[number]) => {
    const rate = rateOf(standard, kind)
    return rate === null ? t('controls.none') : feeRateText(rate, t)
  }
  return (
    <ul>
      {UNIT_KINDS.filter(kind => rateOf(before, kind) !== null || rateOf(after, kind) !== null).map(kind => {
        const [was, is] = [textOf(before, kind), textOf(after, kind)]
        const name = t(`polls.kind.${kind}`)
        return (
          <li key={kind}>
            {was === is
              ? t('fees.rate', { kind: name, price: is })
              : t('controls.was', { name, before: was, after: is })}
          </li>
        )
      })}
    </ul>
  )
}
