/** The group by the vectors of RFC 9496, commitments by what must hold of them, and proofs of a bit by what they must refuse. */
import { expand_message_xmd } from '@noble/curves/abstract/hash-to-curve.js'
import { ristretto255_hasher } from '@noble/curves/ed25519.js'
import { sha512 } from '@noble/hashes/sha2.js'
import { describe, expect, it } from 'vitest'
import {
  commit,
  commitBit,
  deriveBlinding,
  fromHex,
  isBitProof,
  isCommitmentTo,
  sumBlindings,
  sumCommitments,
  toHex,
  utf8,
} from '#kernel'
import { fc, runs } from '../support/properties.ts'

const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n
const proveBit = (bit: 0 | 1, blinding: Uint8Array, context: string) =>
  commitBit(bit, blinding, context).proof
const zero = new Uint8Array(32)
const one = Uint8Array.from({ length: 32 }, (_, i) => (i === 0 ? 1 : 0))
const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 })
const value = fc.bigInt({ min: 0n, max: 2n ** 64n })

/** RFC 9496, appendix A.1: the generator taken 0 to 15 times. */
const MULTIPLES = [
  '0000000000000000000000000000000000000000000000000000000000000000',
  'e2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76',
  '6a493210f7499cd17fecb510ae0cea23a110e8d5b901f8acadd3095c73a3b919',
  '94741f5d5d52755ece4f23f044ee27d5d1ea1e2bd196b462166b16152a9d0259',
  'da80862773358b466ffadfe0b3293ab3d9fd53c5ea6c955358f568322daf6a57',
  'e882b131016b52c1d3337080187cf768423efccbb517bb495ab812c4160ff44e',
  'f64746d3c92b13050ed8d80236a7f0007c3b3f962f5ba793d19a601ebb1df403',
  '44f53520926ec81fbd5a387845beb7df85a96a24ece18738bdcfa6a7822a176d',
  '903293d8f2287ebe10e2374dc1a53e0bc887e592699f02d077d5263cdd55601c',
  '02622ace8f7303a31cafc63f8fc48fdc16e1c8c8d234b2f0d6685282a9076031',
  '20706fd788b2720a1ed2a5dad4952b01f413bcf0e7564de8cdc816689e2db95f',
  'bce83f8ba5dd2fa572864c24ba1810f9522bc6004afe95877ac73241cafdab42',
  'e4549ee16b9aa03099ca208c67adafcafa4c3f3e4e5303de6026e3ca8ff84460',
  'aa52e000df2e16f55fb1032fc33bc42742dad6bd5a8fc0be0167436c5948501f',
  '46376b80f409b29dc2b5f6f0c52591990896e5716f41477cd30085ab7f10301e',
  'e0c418f7c8d9c4cdd7395b93ea124f3ad99021bb681dfc3302a9d99a2e53e64e',
]

/** RFC 9496, appendix A.2: not canonical, negative, x^2 not a square, xy negative, and s = -1. */
const INVALID = [
  '00ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
  'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'f3ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  '0100000000000000000000000000000000000000000000000000000000000000',
  '01ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'ed57ffd8c914fb201471d1c3d245ce3c746fcbe63a3679d51b6a516ebebe0e20',
  'c34c4e1826e5d403b78e246e88aa051c36ccf0aafebffe137d148a2bf9104562',
  'c940e5a4404157cfb1628b108db051a8d439e1a421394ec4ebccb9ec92a8ac78',
  '47cfc5497c53dc8e61c91d17fd626ffb1c49e2bca94eed052281b510b1117a24',
  'f1c6165d33367351b0da8f6e4511010c68174a03b6581212c71c0e1d026c3c72',
  '87260f7a2f12495118360f02c26a470f450dadf34a413d21042b43b9d93e1309',
  '26948d35ca62e643e26a83177332e6b6afeb9d08e4268b650f1f5bbd8d81d371',
  '4eac077a713c57b4f4397629a4145982c661f48044dd3f96427d40b147d9742f',
  'de6a7b00deadc788eb6b6c8d20c0ae96c2f2019078fa604fee5b87d6e989ad7b',
  'bcab477be20861e01e4a0e295284146a510150d9817763caf1a6f4b422d67042',
  '2a292df7e32cababbd9de088d1d1abec9fc0440f637ed2fba145094dc14bea08',
  'f4a9e534fc0d216c44b218fa0c42d99635a0127ee2e53c712f70609649fdff22',
  '8268436f8c4126196cf64b3c7ddbda90746a378625f9813dd9b8457077256731',
  '2810e5cbc2cc4d4eece54f61c6f69758e289aa7ab440b3cbeaa21995c2f4232b',
  '3eb858e78f5a7254d8c9731174a94f76755fd3941c0ac93735c07ba14579630e',
  'a45fdc55c76448c049a1ab33f17023edfb2be3581e9c7aade8a6125215e04220',
  'd483fe813c6ba647ebbfd3ec41adca1c6130c2beeee9d9bf065c8d151c5f396e',
  '8a2e1d30050198c65a54483123960ccc38aef6848e1ec8f5f780e8523769ba32',
  '32888462f8b486c68ad7dd9610be5192bbeaf3b443951ac1a8118419d9fa097b',
  '227142501b9d4355ccba290404bde41575b037693cef1f438c47f8fbf35d1165',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
]

/** RFC 9496, appendix A.3: 64 bytes to a point. */
const DERIVED: readonly [string, string][] = [
  [
    '5d1be09e3d0c82fc538112490e35701979d99e06ca3e2b5b54bffe8b4dc772c14d98b696a1bbfb5ca32c436cc61c16563790306c79eaca7705668b47dffe5bb6',
    '3066f82a1a747d45120d1740f14358531a8f04bbffe6a819f86dfe50f44a0a46',
  ],
  [
    'f116b34b8f17ceb56e8732a60d913dd10cce47a6d53bee9204be8b44f6678b270102a56902e2488c46120e9276cfe54638286b9e4b3cdb470b542d46c2068d38',
    'f26e5b6f7d362d2d2a94c5d0e7602cb4773c95a2e5c31a64f133189fa76ed61b',
  ],
]

describe('ristretto255 (RFC 9496)', () => {
  it('takes the generator as often as the number says', () => {
    MULTIPLES.forEach((hex, k) => {
      expect(toHex(commit(BigInt(k), zero)), `${k}`).toBe(hex)
      expect(isCommitmentTo(fromHex(hex)!, BigInt(k), zero)).toBe(true)
    })
  })

  it('derives points from 64 bytes as appendix A.3 does, which is how H is made', () => {
    for (const [input, output] of DERIVED) {
      expect(ristretto255_hasher.deriveToCurve!(fromHex(input)!).toHex()).toBe(output)
    }
    const label = utf8('mingzhang/pedersen/h/v1')
    const uniform = expand_message_xmd(label, label, 64, sha512)
    expect(toHex(commit(0n, one))).toBe(ristretto255_hasher.deriveToCurve!(uniform).toHex())
    expect(MULTIPLES).not.toContain(toHex(commit(0n, one)))
  })

  it.each(INVALID)('refuses %s, without an exception', hex => {
    const bad = fromHex(hex)!
    expect(sumCommitments([commit(1n, one), bad])).toBeNull()
    expect(isCommitmentTo(bad, 1n, one)).toBe(false)
    expect(isBitProof(proveBit(1, one, 'a'), bad, 'a')).toBe(false)
  })

  it('refuses anything at all that is no encoding', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), bytes => {
        const sum = sumCommitments([bytes])
        expect(sum === null || toHex(sum) === toHex(bytes)).toBe(true)
        expect(isCommitmentTo(bytes, 3n, one)).toBe(false)
        expect(isBitProof(bytes, commit(1n, one), 'a')).toBe(false)
      }),
    )
  })
})

describe('a commitment', () => {
  it('sums with the numbers and the blindings', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(value, bytes32), { maxLength: 8 }), parts => {
        const sum = sumCommitments(parts.map(([v, r]) => commit(v, r)))!
        const total = parts.reduce((whole, [v]) => whole + v, 0n)
        const blinding = sumBlindings(parts.map(([, r]) => r))
        expect(isCommitmentTo(sum, total, blinding)).toBe(true)
        expect(isCommitmentTo(sum, total + 1n, blinding)).toBe(false)
        expect(isCommitmentTo(sum, total, sumBlindings([blinding, one]))).toBe(false)
      }),
      { numRuns: runs(40) },
    )
  })

  it('opens to its own number and blinding, and to no others', () => {
    fc.assert(
      fc.property(value, bytes32, value, bytes32, (v, r, otherValue, other) => {
        const commitment = commit(v, r)
        expect(isCommitmentTo(commitment, v, sumBlindings([r]))).toBe(true)
        expect(isCommitmentTo(commitment, otherValue, sumBlindings([r]))).toBe(otherValue === v)
        const isSame = toHex(sumBlindings([other])) === toHex(sumBlindings([r]))
        expect(isCommitmentTo(commitment, v, sumBlindings([other]))).toBe(isSame)
      }),
      { numRuns: runs(40) },
    )
  })

  it('takes no number outside the group’s order and no blinding in another spelling', () => {
    const commitment = commit(5n, one)
    const sameScalar = fromHex(toHex(one))!
    // one + ORDER is the same scalar, written with other bytes.
    let carry = ORDER
    for (let i = 0; i < 32; i++) {
      const digit = BigInt(sameScalar[i]!) + (carry & 255n)
      sameScalar[i] = Number(digit & 255n)
      carry = (carry >> 8n) + (digit >> 8n)
    }
    expect(toHex(commit(5n, sameScalar))).toBe(toHex(commitment))
    expect(isCommitmentTo(commitment, 5n, one)).toBe(true)
    expect(isCommitmentTo(commitment, 5n, sameScalar)).toBe(false)
    for (const bad of [one.slice(1), new Uint8Array(33), new Uint8Array(0)]) {
      expect(isCommitmentTo(commitment, 5n, bad)).toBe(false)
      expect(() => commit(5n, bad)).toThrow('32 bytes')
    }
    for (const bad of [-1n, ORDER, ORDER + 5n]) {
      expect(isCommitmentTo(commitment, bad, one)).toBe(false)
      expect(() => commit(bad, one)).toThrow('order of the group')
    }
    expect(toHex(sumCommitments([])!)).toBe(toHex(commit(0n, zero)))
  })

  it('has blindings that follow from secret and label alone', () => {
    const secret = new Uint8Array(32).fill(9)
    expect(toHex(deriveBlinding(secret, 'a'))).toBe(toHex(deriveBlinding(secret, 'a')))
    expect(toHex(deriveBlinding(secret, 'a'))).not.toBe(toHex(deriveBlinding(secret, 'b')))
    expect(toHex(deriveBlinding(one, 'a'))).not.toBe(toHex(deriveBlinding(secret, 'a')))
    expect(() => deriveBlinding(secret.slice(1), 'a')).toThrow('32 bytes')
  })
})

describe('a proof of a bit', () => {
  it('convinces of 0 and of 1, for its own commitment and context only', () => {
    fc.assert(
      fc.property(fc.constantFrom(0 as const, 1 as const), bytes32, fc.string(), (bit, r, context) => {
        const proof = proveBit(bit, r, context)
        const commitment = commit(BigInt(bit), r)
        expect(toHex(commitBit(bit, r, context).commitment)).toBe(toHex(commitment))
        expect(isBitProof(proof, commitment, context)).toBe(true)
        expect(isBitProof(proof, commitment, `${context} `)).toBe(false)
        expect(isBitProof(proof, commit(BigInt(1 - bit), r), context)).toBe(false)
        expect(isBitProof(proof, commit(2n, r), context)).toBe(false)
        expect(toHex(proveBit(bit, r, context))).toBe(toHex(proof))
      }),
      { numRuns: runs(20) },
    )
  })

  it('is refused with any part of it changed, at another length, or in another spelling', () => {
    const proof = proveBit(1, one, 'a')
    const commitment = commit(1n, one)
    for (const at of [0, 31, 32, 63, 64, 95, 96, 127]) {
      const bent = proof.slice()
      bent[at]! ^= 1
      expect(isBitProof(bent, commitment, 'a'), `byte ${at}`).toBe(false)
    }
    const full = proof.slice()
    full.fill(255, 64, 96)
    expect(isBitProof(full, commitment, 'a')).toBe(false)
    expect(isBitProof(proof.slice(1), commitment, 'a')).toBe(false)
    expect(isBitProof(new Uint8Array(128), commitment, 'a')).toBe(false)
  })

  it('cannot be made for a 2 by treating it as a 1', () => {
    // A prover who follows the recipe for the bit 1 with a commitment to 2 proves nothing.
    const two = commit(2n, one)
    expect(isBitProof(proveBit(1, one, 'a'), two, 'a')).toBe(false)
    expect(isBitProof(proveBit(0, one, 'a'), two, 'a')).toBe(false)
  })
})
