/**
 * Asks an RFC 3161 timestamp authority for a token over a seal, and puts it into the seal. Every failure is a value: a
 * sealed statement is never lost for want of a timestamp, it is stamped at a later try.
 */
import { randomBytes } from 'node:crypto'
import { Integer, OctetString } from 'asn1js'
import { AlgorithmIdentifier, MessageImprint, TimeStampReq, TimeStampResp } from 'pkijs'
import { err, ok, type Result, sha256, toHex } from '#kernel'
import { certificatesOfPem, parseCertificate, parseCms, type X509 } from './cms.ts'
import { addTimestampToSeal, type SealProblem, signatureValueOf } from './seal.server.ts'
import { type CheckedTimestamp, checkTimestampToken, type TimestampProblem } from './timestamp-token.ts'

export interface TimestampAuthority {
  readonly url: string
  /** PEM of the authority's root; a token that does not chain to it is refused. */
  readonly trustAnchors: readonly string[]
  readonly timeoutMs?: number
}

export type TimestampFailure =
  | 'authority-unreachable'
  | 'authority-refused'
  | 'answer-malformed'
  | 'nonce-differs'
  | 'authority-not-trusted'
  | TimestampProblem
  | SealProblem

const DEFAULT_TIMEOUT_MS = 15_000
const LONGEST_ANSWER = 64_000
/** PKIStatus granted and grantedWithMods (RFC 3161 §2.4.2). */
const GRANTED = new Set([0, 1])

/** The sealed file with a trusted timestamp in its seal, or why there is none yet. The file given stays good either way. */
export async function timestampSeal(
  pdf: Uint8Array,
  authority: TimestampAuthority,
): Promise<Result<{ readonly pdf: Uint8Array; readonly timestamp: CheckedTimestamp }, TimestampFailure>> {
  const signature = signatureValueOf(pdf)
  if (!signature.ok) return signature
  const token = await requestTimestamp(signature.value, authority)
  if (!token.ok) return token
  const stamped = addTimestampToSeal(pdf, token.value.token)
  return stamped.ok ? ok({ pdf: stamped.value, timestamp: token.value.timestamp }) : stamped
}

/** A token over these bytes, checked: status, nonce, imprint, signature, key purpose and chain. */
export async function requestTimestamp(
  stamped: Uint8Array,
  authority: TimestampAuthority,
): Promise<Result<{ readonly token: Uint8Array; readonly timestamp: CheckedTimestamp }, TimestampFailure>> {
  const nonce = newNonce()
  const answer = await ask(encodeRequest(stamped, nonce), authority)
  if (!answer.ok) return answer
  const token = tokenOf(answer.value)
  if (!token.ok) return token
  const anchors = authority.trustAnchors
    .flatMap(certificatesOfPem)
    .map(parseCertificate)
    .filter((anchor): anchor is X509 => anchor !== null)
  const checked = await checkTimestampToken(token.value, stamped, anchors)
  if (!checked.ok) return checked
  if (checked.value.nonce !== toHex(nonce)) return err('nonce-differs')
  if (!checked.value.isTrusted) return err('authority-not-trusted')
  return ok({ token: token.value, timestamp: checked.value })
}

/** Eight bytes, positive and without a leading zero, so that there is one spelling of them. */
function newNonce(): Uint8Array {
  const nonce = Uint8Array.from(randomBytes(8))
  nonce[0] = (nonce[0]! & 0x3f) | 0x40
  return nonce
}

function encodeRequest(stamped: Uint8Array, nonce: Uint8Array): Uint8Array {
  const request = new TimeStampReq({
    version: 1,
    messageImprint: new MessageImprint({
      hashAlgorithm: new AlgorithmIdentifier({ algorithmId: '2.16.840.1.101.3.4.2.1' }),
      hashedMessage: new OctetString({ valueHex: sha256(stamped).slice().buffer }),
    }),
    nonce: new Integer({ valueHex: nonce.slice().buffer }),
    certReq: true,
  })
  return new Uint8Array(request.toSchema().toBER())
}

async function ask(
  request: Uint8Array,
  authority: TimestampAuthority,
): Promise<Result<Uint8Array, 'authority-unreachable' | 'answer-malformed'>> {
  try {
    const response = await fetch(authority.url, {
      method: 'POST',
      headers: { 'content-type': 'application/timestamp-query', accept: 'application/timestamp-reply' },
      body: request.slice(),
      redirect: 'error',
      signal: AbortSignal.timeout(authority.timeoutMs ?? DEFAULT_TIMEOUT_MS),
    })
    if (!response.ok) return err('authority-unreachable')
    const body = new Uint8Array(await response.arrayBuffer())
    return body.length <= LONGEST_ANSWER ? ok(body) : err('answer-malformed')
  } catch {
    // Refused connection, timeout, broken transfer: all of them mean "try again later".
    return err('authority-unreachable')
  }
}

function tokenOf(answer: Uint8Array): Result<Uint8Array, 'authority-refused' | 'answer-malformed'> {
  try {
    const response = TimeStampResp.fromBER(answer.slice())
    if (!GRANTED.has(Number(response.status.status))) return err('authority-refused')
    const token = response.timeStampToken ? new Uint8Array(response.timeStampToken.toSchema().toBER()) : null
    return token !== null && parseCms(token) !== null ? ok(token) : err('answer-malformed')
  } catch {
    return err('answer-malformed')
  }
}
