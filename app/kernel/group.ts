/**
 * Pedersen commitments on ristretto255 (RFC 9496): a number is fixed without being shown, and sums of such numbers can be
 * opened without opening any one of them. With `digest.ts` the only file of the kernel that takes a package (`@noble`).
 * Nothing here draws chance: blindings are passed in, nonces of proofs follow from them.
 *
 * `commit(v, r) = v*G + r*H`. G is the group's generator; H is hashed to the group, so nobody knows its logarithm.
 * Everything that comes from outside may be malformed: it is refused with null or false, never with an exception.
 */
import { mulAddUnsafe } from '@noble/curves/abstract/curve.js'
import { ristretto255, ristretto255_hasher } from '@noble/curves/ed25519.js'
import { concatBytes, equalBytes, utf8 } from './digest.ts'
import { assert } from './result.ts'

type Point = InstanceType<typeof ristretto255.Point>

const { Point } = ristretto255
const ORDER = Point.Fn.ORDER
/** A point, a scalar, a commitment and a blinding all have 32 bytes. */
const BYTES = 32
const PROOF_BYTES = 4 * BYTES
const H_LABEL = 'mingzhang/pedersen/h/v1'
const BLINDING_LABEL = 'mingzhang/pedersen/blinding/v1'
const NONCE_LABEL = 'mingzhang/pedersen/bit-nonce/v1'
const CHALLENGE_LABEL = 'mingzhang/pedersen/bit-challenge/v1'

let secondGenerator: Point | null = null

/** H, made at the first use. */
function h(): Point {
  secondGenerator ??= ristretto255_hasher.hashToCurve(utf8(H_LABEL), { DST: H_LABEL }).precompute(8) as Point
  return secondGenerator
}

function readPoint(bytes: Uint8Array): Point | null {
  try {
    return Point.fromBytes(bytes)
  } catch {
    return null
  }
}

/** A canonical scalar below the order of the group, little-endian. */
function readScalar(bytes: Uint8Array): bigint | null {
  if (bytes.length !== BYTES) return null
  const value = littleEndian(bytes)
  return value < ORDER ? value : null
}

function littleEndian(bytes: Uint8Array): bigint {
  let value = 0n
  for (const byte of bytes.toReversed()) value = (value << 8n) | BigInt(byte)
  return value
}

function scalarBytes(value: bigint): Uint8Array {
  return Point.Fn.toBytes(value)
}

/** Any 32 bytes as a blinding; for uniform bytes the bias is below 2^-120. */
function blindingScalar(blinding: Uint8Array): bigint {
  assert(blinding.length === BYTES, 'a blinding has 32 bytes')
  return littleEndian(blinding) % ORDER
}

/** In constant time, which the package does for all scalars but 0. */
function times(point: Point, scalar: bigint): Point {
  return scalar === 0n ? Point.ZERO : point.multiply(scalar)
}

function hashToScalar(label: string, ...parts: readonly Uint8Array[]): bigint {
  return ristretto255_hasher.hashToScalar(concatBytes(...parts), { DST: label })
}

/** Commits to a whole number from 0 to below the order of the group (about 2^252). `blinding` is any 32 secret bytes. */
export function commit(value: bigint, blinding: Uint8Array): Uint8Array {
  assert(value >= 0n && value < ORDER, 'a committed number is within the order of the group')
  return times(Point.BASE, value)
    .add(times(h(), blindingScalar(blinding)))
    .toBytes()
}

/** The commitment to the sum of the numbers; null when one of them is no encoding of a point. */
export function sumCommitments(commitments: readonly Uint8Array[]): Uint8Array | null {
  let sum = Point.ZERO
  for (const commitment of commitments) {
    const point = readPoint(commitment)
    if (point === null) return null
    sum = sum.add(point)
  }
  return sum.toBytes()
}

/** The blinding that opens the sum, as a canonical scalar: the only form in which one is published. */
export function sumBlindings(blindings: readonly Uint8Array[]): Uint8Array {
  let sum = 0n
  for (const blinding of blindings) sum += blindingScalar(blinding)
  return scalarBytes(sum % ORDER)
}

/** Checks that number and blinding open the commitment. The blinding must be canonical, as `sumBlindings` gives it. */
export function isCommitmentTo(commitment: Uint8Array, value: bigint, blinding: Uint8Array): boolean {
  if (value < 0n || value >= ORDER || readScalar(blinding) === null) return false
  return equalBytes(commitment, commit(value, blinding))
}

/** A blinding that follows from a secret and a label; as good as chance for whoever does not know the secret. */
export function deriveBlinding(secret: Uint8Array, label: string): Uint8Array {
  assert(secret.length === BYTES, 'a secret has 32 bytes')
  return scalarBytes(hashToScalar(BLINDING_LABEL, secret, utf8(label)))
}

function challengeOf(context: string, commitment: Uint8Array, first: Point, second: Point): bigint {
  return hashToScalar(CHALLENGE_LABEL, commitment, first.toBytes(), second.toBytes(), utf8(context))
}

/**
 * Commits to 0 or 1 and proves that it is one of the two without saying which: two Schnorr proofs of the logarithm to H, of
 * C and of C - G, one of them simulated, bound together by one challenge (Cramer, Damgård, Schoenmakers 1994; Fiat–Shamir
 * with the context hashed in). The proof is 128 bytes: c0, c1, z0, z1.
 */
export function commitBit(
  bit: 0 | 1,
  blinding: Uint8Array,
  context: string,
): { readonly commitment: Uint8Array; readonly proof: Uint8Array } {
  const r = blindingScalar(blinding)
  const commitment = commit(BigInt(bit), blinding)
  const nonce = (part: string) =>
    hashToScalar(NONCE_LABEL, scalarBytes(r), Uint8Array.of(bit), utf8(`${part}\n${context}`))
  const [k, simulatedC, simulatedZ] = [nonce('k'), nonce('c'), nonce('z')]
  // The statement that is not true is about rH + G or rH - G; its first message z*H - c*(rH ± G) follows from a challenge
  // chosen beforehand, and needs multiples of the two generators only.
  const ofH = times(h(), Point.Fn.create(simulatedZ - simulatedC * r))
  const ofG = times(Point.BASE, simulatedC)
  const simulated = bit === 0 ? ofH.add(ofG) : ofH.subtract(ofG)
  const honest = times(h(), k)
  const challenge =
    bit === 0
      ? challengeOf(context, commitment, honest, simulated)
      : challengeOf(context, commitment, simulated, honest)
  const c = Point.Fn.create(challenge - simulatedC)
  const z = Point.Fn.create(k + c * r)
  const parts = bit === 0 ? [c, simulatedC, z, simulatedZ] : [simulatedC, c, simulatedZ, z]
  return { commitment, proof: concatBytes(...parts.map(scalarBytes)) }
}

/** Checks a proof that the commitment holds 0 or 1. */
export function isBitProof(proof: Uint8Array, commitment: Uint8Array, context: string): boolean {
  if (proof.length !== PROOF_BYTES) return false
  const point = readPoint(commitment)
  const [c0, c1, z0, z1] = [0, 1, 2, 3].map(i => readScalar(proof.subarray(i * BYTES, (i + 1) * BYTES)))
  if (point === null || c0 == null || c1 == null || z0 == null || z1 == null) return false
  const first = mulAddUnsafe(Point, [h(), point.negate()], [z0, c0])
  const second = mulAddUnsafe(Point, [h(), Point.BASE.subtract(point)], [z1, c1])
  return Point.Fn.create(c0 + c1) === challengeOf(context, commitment, first, second)
}
