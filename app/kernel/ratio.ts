/**
 * Percentages are for display only: floored, never rounded up across a threshold, and never part of a decision
 * (decisions compare cross products of integers, as in `3 * part >= 2 * whole`).
 */

/** `part / whole` as a percentage with two floored decimals, such as `66.66%`; `—` when the whole is nothing. */
export function formatPercentFloor(part: bigint, whole: bigint): string {
  if (whole <= 0n) return '—'
  const negative = part < 0n
  const magnitude = negative ? -part : part
  // Floors towards minus infinity, so that a shown figure never exceeds the true one.
  const hundredths = negative ? (magnitude * 10_000n + whole - 1n) / whole : (magnitude * 10_000n) / whole
  const digits = hundredths.toString().padStart(3, '0')
  return `${negative ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}%`
}
