/** The effect of a bank line on its account: received with plus, paid with minus. */
import { type Fen, fen } from '#kernel'
import { Money } from '#ui'

/** One signed amount, without the currency sign. */
export function SignedMoney(props: { readonly amount: Fen }) {
  return props.amount < 0n ? (
    <Money amount={fen(-props.amount)} flow="out" bare />
  ) : (
    <Money amount={props.amount} flow="in" bare />
  )
}
