/**
 * From exact figures of a gate to places on a screen, and how much is missing to a mark. Never shows a bar that reaches a mark
 * which was missed, nor one that falls short of a mark which was met.
 */
import type { VerdictGate } from '#votes'
import { percentOf } from '../chart-scale.ts'

export type Mark = VerdictGate['mark']

const FRACTIONS: Readonly<Record<Mark, readonly [bigint, bigint]>> = {
  '2/3': [2n, 3n],
  '1/2': [1n, 2n],
  '3/4': [3n, 4n],
}

/** Where the mark stands in its bar. */
export const MARK_PLACES: Readonly<Record<Mark, string>> = { '2/3': '66.67%', '1/2': '50%', '3/4': '75%' }

/** Where the bar of a gate ends: floored, and moved up to the mark where flooring would hide that it was reached. */
export function barEnd(gate: Pick<VerdictGate, 'part' | 'whole' | 'mark' | 'isMet'>): string {
  const floored = percentOf(gate.part, gate.whole)
  const isShort = Number(floored.slice(0, -1)) < Number(MARK_PLACES[gate.mark].slice(0, -1))
  return gate.isMet && isShort ? MARK_PLACES[gate.mark] : floored
}

/**
 * How much more of the same whole would have met the mark, as the smallest whole figure; zero when it was met. The mark of one
 * half is strict (过半数), the others include the figure (以上).
 */
export function missingTo(gate: Pick<VerdictGate, 'part' | 'whole' | 'mark'>): bigint {
  const [numerator, denominator] = FRACTIONS[gate.mark]
  const least =
    gate.mark === '1/2' ? gate.whole / 2n + 1n : (numerator * gate.whole + denominator - 1n) / denominator
  return least > gate.part ? least - gate.part : 0n
}

/** A piece of a stacked bar, as places in it. */
export interface Piece {
  readonly x: string
  readonly width: string
}

/** Pieces of a whole side by side. Ends are floored, so the pieces never overlap and never pass the whole. */
export function piecesOf(parts: readonly bigint[], whole: bigint): readonly Piece[] {
  const place = (part: bigint) => (whole <= 0n ? 0n : (part * 10_000n) / whole)
  const percent = (hundredths: bigint) => `${Number(hundredths) / 100}%`
  let before = 0n
  return parts.map(part => {
    const start = place(before)
    before += part
    return { x: percent(start), width: percent(place(before) - start) }
  })
}
