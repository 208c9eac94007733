/** A ballot's receipt as the portal gives it to the owner: all texts as they were hashed, in a JSON file. Checks no cryptography. */
import { type CanonicalValue, err, fromBase64, ok, type Result } from '#kernel'
import { count, matching, nullOr, oneOf, plainText, record, type Shape, when } from './shape.ts'

/** What proves a ballot without the server. */
export interface Receipt {
  readonly v: 1
  /** The community's address name. */
  readonly community: string
  /** Origin of the log. */
  readonly log: string
  readonly poll: string
  readonly seq: number
  readonly unit: string
  /** `q1=FOR;q2=PLAN-A` or `WITHDRAW`. */
  readonly answers: string
  /** Hexadecimal, 16 bytes. */
  readonly salt: string
  readonly token: string
  readonly leafIndex: number
  /** Base64 of the leaf's bytes. */
  readonly leaf: string
  /** The `.tlog-proof` of the leaf, with its signed checkpoint: null until a checkpoint covers the leaf. */
  readonly proof: string | null
}

const base64: Shape = when(value => typeof value === 'string' && fromBase64(value) !== null)

const LONGEST_PROOF = 100_000

const RECEIPT = record({
  v: oneOf(1),
  community: plainText(80),
  log: matching(/^[!-~]{1,255}$/),
  poll: plainText(200),
  seq: count,
  unit: plainText(200),
  answers: matching(/^[A-Za-z0-9=;_-]{1,2000}$/),
  salt: matching(/^[0-9a-f]{32}$/),
  token: plainText(200),
  leafIndex: count,
  leaf: base64,
  proof: nullOr(when(value => typeof value === 'string' && value.length <= LONGEST_PROOF)),
})

/** Reads a file that claims to be a receipt; refuses a member too many or too few. */
export function parseReceipt(bytes: Uint8Array): Result<Receipt, { readonly at: string }> {
  const json = parseJson(bytes)
  if (json === undefined) return err({ at: 'json' })
  const at = RECEIPT(json, 'receipt')
  return at === null ? ok(json as unknown as Receipt) : err({ at })
}

/** True for a JSON file that is meant as a receipt and not as a list: it opens a commitment. */
export function isReceiptFile(bytes: Uint8Array): boolean {
  const json = parseJson(bytes)
  return json !== null && typeof json === 'object' && 'salt' in json && 'answers' in json
}

function parseJson(bytes: Uint8Array): CanonicalValue | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    return JSON.parse(text) as CanonicalValue
  } catch {
    return undefined
  }
}
