/**
 * What a sealed document's canonical JSON must look like, member by member. A shape names the first place that is not of it.
 * Unknown members are refused: a seal must not cover what no reader looks at.
 */
import { type CanonicalValue, isSlug, parseCivilDate } from '#kernel'

/** Gives the place of the first member that is malformed, or null. */
export type Shape = (value: CanonicalValue | undefined, at: string) => string | null

/** A shape that a single value has or has not. */
export const when =
  (isGood: (value: CanonicalValue | undefined) => boolean): Shape =>
  (value, at) =>
    isGood(value) ? null : at

function isPrintable(value: CanonicalValue | undefined, longest: number, forbidden: RegExp): boolean {
  return (
    typeof value === 'string' &&
    value !== '' &&
    value.length <= longest &&
    value === value.normalize('NFC') &&
    !forbidden.test(value)
  )
}

/** One line. Control, bidirectional and invisible characters could make the printed text differ from the read one. */
export const plainText = (longest: number): Shape =>
  when(value => isPrintable(value, longest, /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}]/u))

/** The same over several lines. */
export const linesOfText = (longest: number): Shape =>
  when(value => isPrintable(value, longest, /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}]/u))

/** Text of a pattern. */
export const matching = (pattern: RegExp): Shape =>
  when(value => typeof value === 'string' && pattern.test(value))

/** One of these values. */
export const oneOf = (...values: readonly CanonicalValue[]): Shape =>
  when(value => value !== undefined && values.includes(value))

/** Null, or of the shape. */
export const nullOr =
  (shape: Shape): Shape =>
  (value, at) =>
    value === null ? null : shape(value, at)

/** An integer from 0 up. */
export const count: Shape = when(value => typeof value === 'number' && value >= 0)
/** SHA-256 in lower-case hexadecimal. */
export const digest: Shape = matching(/^[0-9a-f]{64}$/)
/** A civil date. */
export const date: Shape = when(value => typeof value === 'string' && parseCivilDate(value).ok)
/** RFC 3339 in +08:00, to the second. */
export const instant: Shape = matching(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\+08:00$/)
/** 1 for the first issue of a document; a correction is higher. */
export const version: Shape = when(value => typeof value === 'number' && value >= 1 && value <= 999)

/** A list of at least `least` entries. */
export function listOf(shape: Shape, least = 0): Shape {
  return (value, at) => {
    if (!Array.isArray(value) || value.length < least) return at
    for (const [index, entry] of value.entries()) {
      const wrong = shape(entry as CanonicalValue, `${at}[${index}]`)
      if (wrong !== null) return wrong
    }
    return null
  }
}

/** Exactly this list of texts. */
export function exactly(names: readonly string[]): Shape {
  return when(
    value =>
      Array.isArray(value) &&
      value.length === names.length &&
      names.every((name, index) => value[index] === name),
  )
}

/** An object of exactly these members, and perhaps some optional ones. */
export function record(
  members: Readonly<Record<string, Shape>>,
  optional: Readonly<Record<string, Shape>> = {},
): Shape {
  return (value, at) => {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return at
    const given = value as Readonly<Record<string, CanonicalValue>>
    for (const name of Object.keys(given)) {
      if (!Object.hasOwn(members, name) && !Object.hasOwn(optional, name)) return `${at}.${name}`
    }
    for (const [name, shape] of Object.entries(members)) {
      const wrong = shape(given[name], `${at}.${name}`)
      if (wrong !== null) return wrong
    }
    for (const [name, shape] of Object.entries(optional)) {
      const wrong = Object.hasOwn(given, name) ? shape(given[name], `${at}.${name}`) : null
      if (wrong !== null) return wrong
    }
    return null
  }
}

/** The community that a document is of. */
export const COMMUNITY: Shape = record({
  slug: when(value => typeof value === 'string' && isSlug(value)),
  name: plainText(80),
  logOrigin: matching(/^[!-~]{1,255}$/),
})
