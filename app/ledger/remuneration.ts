/** The trustee's remuneration (酬金) by its published formula. Pure integers: floored to the fen, in the owners' favour. */
import { type Fen, fen } from '#kernel'

/** Either a share of what was received, `numerator / denominator`, or a fixed sum a month. */
export type RemunerationFormula =
  | {
      readonly kind: 'share-of-receipts'
      readonly numerator: bigint
      readonly denominator: bigint
      readonly accounts: readonly string[]
    }
  | { readonly kind: 'fixed'; readonly amountFen: Fen }

/** The remuneration for receipts of `receivedFen` on the formula's accounts in the month. */
export function trusteeRemuneration(formula: RemunerationFormula, receivedFen: Fen): Fen {
  if (formula.kind === 'fixed') return formula.amountFen
  if (formula.denominator <= 0n || formula.numerator < 0n)
    throw new Error('invariant broken: remuneration formula')
  return fen(receivedFen <= 0n ? 0n : (receivedFen * formula.numerator) / formula.denominator)
}
