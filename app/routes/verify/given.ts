/**
 * What a page hands the verifier's script, and what the QR code of a paper claims: the one contract between the server,
 * the script and the verifier that is kept as a file. Pure; holds no secret.
 */
import { type Period, parsePeriod } from '#kernel'

/** The `id` of the element that the script takes over; its `data-given` holds a `Given` as JSON. */
export const MOUNT_ID = 'verifier'

/** Public keys and lists that come with the page. */
export interface Given {
  /** PEM texts of trusted authorities. */
  readonly trustAnchors: readonly string[]
  /** Verifier keys of the transparency logs. */
  readonly vkeys: readonly string[]
  /** Lists of superseding statements (JSON texts); each entry carries its own proof. */
  readonly corrections: readonly string[]
  /** True in the verifier that is one file: it draws its own header and fingerprints. */
  readonly isStandalone: boolean
}

/** What the QR code on a paper says: the statement's identity and the first 32 digits of its digest. */
export type Claim = {
  readonly statementId: string
  readonly slug: string
  readonly version: number
  readonly digestStart: string
} & (
  | { readonly period: Period; readonly poll?: undefined; readonly meeting?: undefined }
  /** A tally certificate's. */
  | { readonly poll: string; readonly period?: undefined; readonly meeting?: undefined }
  /** A copy of minutes'. */
  | { readonly meeting: string; readonly period?: undefined; readonly poll?: undefined }
)

const STATEMENT_ID =
  /^([a-z0-9](?:[a-z0-9-]{0,60}[a-z0-9])?)-(?:(\d{4}-\d{2})|vote-([a-z0-9]{1,40})|minutes-([a-z0-9]{1,40}))-v([1-9]\d{0,2})$/

/**
 * The claim in the query of an address (`s` is the statement, `d` the beginning of its digest). Null when the address makes
 * none, `unreadable` when it makes one that cannot be.
 */
export function readClaim(query: URLSearchParams): Claim | 'unreadable' | null {
  const [statementId, digestStart] = [query.get('s'), query.get('d')]
  if (statementId === null && digestStart === null) return null
  const parts = STATEMENT_ID.exec(statementId ?? '')
  if (parts === null || !/^[0-9a-f]{32}$/.test(digestStart ?? '')) return 'unreadable'
  const [, slug, period, poll, meeting, version] = parts
  const head = {
    statementId: parts[0],
    slug: slug!,
    version: Number.parseInt(version!, 10),
    digestStart: digestStart!,
  }
  if (poll !== undefined) return { ...head, poll }
  if (meeting !== undefined) return { ...head, meeting }
  const month = parsePeriod(period!)
  return month.ok ? { ...head, period: month.value } : 'unreadable'
}

/** Hex digits in groups of four, which is how people compare them aloud. */
export function inGroups(hex: string): string {
  return hex.replace(/(.{4})(?=.)/g, '$1 ')
}
