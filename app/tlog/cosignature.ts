/**
 * Ed25519 cosignatures of witnesses (c2sp.org/tlog-cosignature, `cosignature/v1`): at this time, this was the largest
 * consistent head I had seen of this log. It never trusts the time; that is for the reader's policy.
 */
import { concatBytes, isEd25519Signature, utf8 } from '#kernel'

const TIMESTAMP_BYTES = 8
const LARGEST_TIMESTAMP = 2n ** 63n - 1n

/** The bytes a witness signs: header, its time in POSIX seconds, the whole checkpoint text. */
export function cosignedMessage(timestamp: bigint, checkpointText: string): Uint8Array {
  return utf8(`cosignature/v1\ntime ${timestamp}\n${checkpointText}`)
}

/** `uint64be(timestamp) || signature`: what stands behind the key id in a cosignature line. */
export function encodeCosignature(timestamp: bigint, signature: Uint8Array): Uint8Array {
  const time = new Uint8Array(TIMESTAMP_BYTES)
  new DataView(time.buffer).setBigUint64(0, timestamp)
  return concatBytes(time, signature)
}

/** The time of a cosignature by this key over this checkpoint text; null when it is not one. */
export function verifyCosignature(
  payload: Uint8Array,
  checkpointText: string,
  publicKey: Uint8Array,
): bigint | null {
  if (payload.length !== TIMESTAMP_BYTES + 64) return null
  const timestamp = new DataView(payload.buffer, payload.byteOffset, payload.byteLength).getBigUint64(0)
  if (timestamp > LARGEST_TIMESTAMP) return null
  const signature = payload.subarray(TIMESTAMP_BYTES)
  return isEd25519Signature(signature, cosignedMessage(timestamp, checkpointText), publicKey)
    ? timestamp
    : null
}
