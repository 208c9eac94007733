/**
 * Floor area is a whole number of 0.01 m2 in a bigint. It decides votes, so it is never a float.
 */
import { err, ok, type Result } from './result.ts'
import { foldWidth } from './width.ts'

declare const areaBrand: unique symbol
/** A whole number of hundredths of a square metre. */
export type AreaCentiM2 = bigint & { readonly [areaBrand]: true }

/** Brands a bigint as an area. */
export function areaCentiM2(hundredths: bigint): AreaCentiM2 {
  return hundredths as AreaCentiM2
}

export type AreaProblem = 'area-malformed' | 'area-too-precise'

/** Parses `89.5`, `105.30` or `1,234.56` square metres; more than two decimals that matter are refused, never rounded. */
export function parseAreaM2(text: string): Result<AreaCentiM2, AreaProblem> {
  const match = /^(\d{1,9}|\d{1,3}(?:,\d{3})+)(?:\.(\d+))?$/.exec(foldWidth(text).trim())
  if (!match) return err('area-malformed')
  const decimals = (match[2] ?? '').replace(/0+$/, '')
  if (decimals.length > 2) return err('area-too-precise')
  return ok(areaCentiM2(BigInt(match[1]!.replaceAll(',', '')) * 100n + BigInt(decimals.padEnd(2, '0'))))
}

/** `8950` as `89.50`. */
export function formatAreaM2(area: AreaCentiM2): string {
  const digits = area.toString().padStart(3, '0')
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`
}
