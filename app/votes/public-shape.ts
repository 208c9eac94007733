/** Shapes that the published files of a poll share: what a token, an area or a digest must look like before it is believed. */
import { type AreaCentiM2, areaCentiM2, type CanonicalValue, fromHex } from '#kernel'

/** An object of a parsed canonical text. */
export function isRecord(value: unknown): value is Readonly<Record<string, CanonicalValue>> {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}

/** True for a text as leaves carry it: one line, not empty, at most 200 characters. */
export function isToken(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= 200 && !/[\p{Cc}\p{Cs}]/u.test(value)
}

/** Bytes of lower-case hexadecimal of an exact length; null for anything else. */
export function hexBytes(value: unknown, length: number): Uint8Array | null {
  if (typeof value !== 'string' || value.length !== 2 * length || /[A-F]/.test(value)) return null
  return fromHex(value)
}

/** An area of a decimal text; null for anything else. */
export function areaOf(value: unknown): AreaCentiM2 | null {
  return typeof value === 'string' && /^(0|[1-9]\d{0,17})$/.test(value) ? areaCentiM2(BigInt(value)) : null
}

/** A whole number from 0, as canonical text carries it; null for anything else. */
export function countOf(value: unknown): number | null {
  return Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : null
}

/** True when the object has exactly these members. */
export function hasOnly(record: Readonly<Record<string, unknown>>, names: readonly string[]): boolean {
  return Object.keys(record).length === names.length && names.every(name => Object.hasOwn(record, name))
}
