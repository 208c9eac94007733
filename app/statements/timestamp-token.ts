/**
 * Checks an RFC 3161 timestamp token: that an authority which the reader trusts saw these bytes at that time. The same
 * check serves the client that asks for a token and everyone who verifies a seal.
 */
import { equalBytes, err, ok, type Result } from '#kernel'
import { checkValidity, findChain, isTimestampCertificate } from './certificate-chain.ts'
import {
  digestOf,
  isCmsSignatureValid,
  isEssFor,
  OID,
  parseCms,
  parseTimestampContent,
  type X509,
} from './cms.ts'

export type TimestampProblem =
  | 'token-malformed'
  | 'imprint-differs'
  | 'token-signature-invalid'
  | 'not-a-timestamp-key'
  | 'authority-expired'

/** A token whose signature holds. Only one whose `isTrusted` is true proves a time. */
export interface CheckedTimestamp {
  readonly at: Date
  readonly authority: string
  readonly isTrusted: boolean
  /** Hex without leading zeros; null when the token has none. */
  readonly nonce: string | null
}

/** Checks a token over `stamped` (the bytes, not their digest). */
export async function checkTimestampToken(
  token: Uint8Array,
  stamped: Uint8Array,
  anchors: readonly X509[],
): Promise<Result<CheckedTimestamp, TimestampProblem>> {
  const cms = parseCms(token)
  const stated = cms?.contentType === OID.timestampContent ? parseTimestampContent(cms.content) : null
  if (cms === null || stated === null || cms.content === null || cms.attributes === null) {
    return err('token-malformed')
  }
  if (stated.hash === null || stated.hash === 'SHA-1') return err('imprint-differs')
  if (!equalBytes(stated.imprint, await digestOf(stated.hash, stamped))) return err('imprint-differs')
  const { attributes, signer, digestAlgorithm } = cms
  const isSigned =
    signer !== null &&
    digestAlgorithm !== null &&
    digestAlgorithm !== 'SHA-1' &&
    attributes.isWellFormed &&
    attributes.contentType === OID.timestampContent &&
    attributes.messageDigest !== null &&
    equalBytes(attributes.messageDigest, await digestOf(digestAlgorithm, cms.content)) &&
    (await isEssFor(attributes, signer)) &&
    (await isCmsSignatureValid(cms))
  if (!isSigned) return err('token-signature-invalid')
  if (!isTimestampCertificate(signer)) return err('not-a-timestamp-key')
  const chain = await findChain(signer, cms.certificates, anchors)
  if (!checkValidity(chain.ok ? chain.value : [signer], stated.at).ok) return err('authority-expired')
  return ok({ at: stated.at, authority: signer.subject, isTrusted: chain.ok, nonce: stated.nonce })
}
