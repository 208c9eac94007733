/** The trustee's remuneration (酬金) by its published formula. Pure integers: floored to the fen, in the owners' favour. */
import { canonicalText, type Fen, fen } from '#kernel'

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

/** The formula as stored: canonical JSON. */
export function encodeRemuneration(formula: RemunerationFormula): string {
  return canonicalText(
    formula.kind === 'fixed'
      ? { kind: formula.kind, fen: formula.amountFen.toString() }
      : {
          kind: formula.kind,
          numerator: formula.numerator.toString(),
          denominator: formula.denominator.toString(),
          accounts: formula.accounts,
        },
  )
}

/** Reads a stored formula back; throws when it is not one. */
export function decodeRemuneration(text: string): RemunerationFormula {
  const stored = JSON.parse(text) as Record<string, string> & { accounts?: string[] }
  if (stored.kind === 'fixed') return { kind: 'fixed', amountFen: fen(BigInt(stored.fen!)) }
  if (stored.kind !== 'share-of-receipts') throw new Error('invariant broken: stored remuneration formula')
  return {
    kind: 'share-of-receipts',
    numerator: BigInt(stored.numerator!),
    denominator: BigInt(stored.denominator!),
    accounts: stored.accounts ?? [],
  }
}
