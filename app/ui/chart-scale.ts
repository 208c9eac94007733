/**
 * From exact amounts to places on a screen. The only file in which money turns into pixels; nothing that comes out of here is ever
 * shown as a figure.
 */
import { type Fen, fen } from '#kernel'

/** Largest of some amounts; zero when there are none. */
export function largestOf(amounts: readonly Fen[]): Fen {
  return amounts.reduce((largest, amount) => (amount > largest ? amount : largest), fen(0n))
}

/**
 * Round amounts for an axis from `least` (or zero) to `most`: steps of 1, 2 or 5 times a power of ten of whole yuan, 2 to 6 of them.
 * The first is at most `least`, the last at least `most`.
 */
export function axisTicks(least: Fen, most: Fen): readonly Fen[] {
  const low = least < 0n ? least : 0n
  const high = most > 0n ? most : 0n
  const span = high - low
  if (span === 0n) return [fen(0n), fen(10_000n)]
  let step = 100n
  for (let power = 100n; span > step * 4n; power *= 10n) {
    step = [power, 2n * power, 5n * power].find(candidate => span <= candidate * 4n) ?? 10n * power
  }
  const ticks: Fen[] = []
  let at = (low / step) * step
  if (at > low) at -= step
  for (; ; at += step) {
    ticks.push(fen(at))
    if (at >= high) return ticks
  }
}

/** `part` of `whole` as an SVG percentage with two decimals, from 0 % to 100 %. */
export function percentOf(part: bigint, whole: bigint): string {
  if (whole <= 0n || part <= 0n) return '0%'
  const hundredths = part >= whole ? 10_000n : (part * 10_000n) / whole
  return `${Number(hundredths) / 100}%`
}

/** `part` of `whole` in tenths of a pixel of a length of `pixels`. */
export function pixelsOf(part: bigint, whole: bigint, pixels: number): number {
  return whole <= 0n ? 0 : Number((part * BigInt(pixels) * 10n) / whole) / 10
}
