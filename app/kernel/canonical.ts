/**
 * RFC 8785 (JCS) canonical JSON, restricted to what a leaf or a statement may hold: strings, booleans, null, arrays,
 * plain objects and integers within +-(2^53 - 1). Money and area travel as decimal strings. What is hashed is these
 * bytes, stored once; nobody re-serialises them to check a hash.
 */
import { err, ok, type Result } from './result.ts'

export type CanonicalValue =
  | string
  | number
  | boolean
  | null
  | readonly CanonicalValue[]
  | { readonly [name: string]: CanonicalValue | undefined }

/** A date, a map or bytes would be written as an empty object: what they say would be lost. */
function isPlainObject(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || prototype === Object.prototype
}

/** Encodes to canonical text. Members that are `undefined` are left out. Throws on a float, a lone surrogate or any other kind of value. */
export function canonicalText(value: CanonicalValue): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value) || Object.is(value, -0))
      throw new Error(`not a canonical number: ${value}`)
    return String(value)
  }
  if (typeof value === 'string') {
    if (/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(value)) {
      throw new Error('lone surrogate in canonical text')
    }
    return JSON.stringify(value)
  }
  // `Array.from` sees a hole as undefined, which is refused.
  if (Array.isArray(value)) return `[${Array.from(value, canonicalText).join(',')}]`
  if (!isPlainObject(value)) throw new Error(`not a canonical value: ${typeof value}`)
  const members = value as { readonly [name: string]: CanonicalValue | undefined }
  // JCS sorts by UTF-16 code units, which is what the default sort does.
  const names = Object.keys(members)
    .filter(name => members[name] !== undefined)
    .sort()
  return `{${names.map(name => `${canonicalText(name)}:${canonicalText(members[name]!)}`).join(',')}}`
}

/** Encodes to the bytes that are stored and hashed. */
export function canonicalBytes(value: CanonicalValue): Uint8Array {
  return new TextEncoder().encode(canonicalText(value))
}

/** Parses bytes that claim to be canonical: refuses anything whose own encoding differs, hence duplicate keys, floats, spaces and a BOM too. */
export function parseCanonical(bytes: Uint8Array): Result<CanonicalValue, 'not-canonical'> {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    const value = JSON.parse(text) as CanonicalValue
    return canonicalText(value) === text ? ok(value) : err('not-canonical')
  } catch {
    return err('not-canonical')
  }
}
