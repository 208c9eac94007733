/** A timestamp authority (RFC 3161) in this process, honest by default and dishonest where asked. */
import { sign } from 'node:crypto'
import { Integer, ObjectIdentifier, OctetString, Sequence, Set as SetOf } from 'asn1js'
import {
  AlgorithmIdentifier,
  Attribute,
  ContentInfo,
  EncapsulatedContentInfo,
  IssuerAndSerialNumber,
  MessageImprint,
  PKIStatusInfo,
  SignedAndUnsignedAttributes,
  SignedData,
  SignerInfo,
  TimeStampReq,
  TimeStampResp,
  TSTInfo,
} from 'pkijs'
import { sha256, toHex } from '#kernel'
import type { KeyedCertificate } from '../../app/statements/create-sealing-keys.server.ts'

export interface Dishonesty {
  readonly at?: Date
  readonly nonce?: Uint8Array
  readonly imprint?: Uint8Array
  readonly status?: number
  readonly withoutEss?: boolean
  readonly signWith?: KeyedCertificate
}

const SHA256 = '2.16.840.1.101.3.4.2.1'
const TST = '1.2.840.113549.1.9.16.1.4'

/** Answers a request with `certificate`'s key, its issuer inside. */
export function answerTimestamp(
  request: Uint8Array,
  certificate: KeyedCertificate,
  issuer: KeyedCertificate,
  dishonesty: Dishonesty = {},
): Uint8Array {
  const asked = TimeStampReq.fromBER(request.slice())
  const status = new PKIStatusInfo({ status: dishonesty.status ?? 0 })
  if (dishonesty.status === 2) return new Uint8Array(new TimeStampResp({ status }).toSchema().toBER())
  const stated = new TSTInfo({
    version: 1,
    policy: '1.2.3.4.1',
    messageImprint: dishonesty.imprint
      ? new MessageImprint({
          hashAlgorithm: new AlgorithmIdentifier({ algorithmId: SHA256 }),
          hashedMessage: new OctetString({ valueHex: dishonesty.imprint.slice().buffer }),
        })
      : asked.messageImprint,
    serialNumber: new Integer({ value: 1 }),
    genTime: dishonesty.at ?? new Date('2026-07-05T10:02:00Z'),
    nonce: dishonesty.nonce ? new Integer({ valueHex: dishonesty.nonce.slice().buffer }) : asked.nonce!,
  })
  const content = new Uint8Array(stated.toSchema().toBER())
  const token = tokenOver(content, certificate, issuer, dishonesty)
  return new Uint8Array(new TimeStampResp({ status, timeStampToken: token }).toSchema().toBER())
}

function tokenOver(
  content: Uint8Array,
  certificate: KeyedCertificate,
  issuer: KeyedCertificate,
  dishonesty: Dishonesty,
): ContentInfo {
  const octets = (bytes: Uint8Array) => new OctetString({ valueHex: bytes.slice().buffer })
  const essId = new Sequence({ value: [octets(sha256(certificate.der))] })
  const attributes = [
    new Attribute({ type: '1.2.840.113549.1.9.3', values: [new ObjectIdentifier({ value: TST })] }),
    new Attribute({ type: '1.2.840.113549.1.9.4', values: [octets(sha256(content))] }),
    ...(dishonesty.withoutEss
      ? []
      : [
          new Attribute({
            type: '1.2.840.113549.1.9.16.2.47',
            values: [new Sequence({ value: [new Sequence({ value: [essId] })] })],
          }),
        ]),
  ].sort((a, b) => (derOf(a) < derOf(b) ? -1 : 1))
  const toBeSigned = new SetOf({ value: attributes.map(attribute => attribute.toSchema()) }).toBER()
  const key = (dishonesty.signWith ?? certificate).privateKey
  const signed = new SignedData({
    version: 3,
    digestAlgorithms: [new AlgorithmIdentifier({ algorithmId: SHA256 })],
    encapContentInfo: new EncapsulatedContentInfo({ eContentType: TST, eContent: octets(content) }),
    certificates: [certificate.certificate, issuer.certificate],
    signerInfos: [
      new SignerInfo({
        version: 1,
        sid: new IssuerAndSerialNumber({
          issuer: certificate.certificate.issuer,
          serialNumber: certificate.certificate.serialNumber,
        }),
        digestAlgorithm: new AlgorithmIdentifier({ algorithmId: SHA256 }),
        signedAttrs: new SignedAndUnsignedAttributes({ type: 0, attributes }),
        signatureAlgorithm: new AlgorithmIdentifier({ algorithmId: '1.2.840.10045.4.3.2' }),
        signature: octets(Uint8Array.from(sign('sha256', Buffer.from(toBeSigned), key))),
      }),
    ],
  })
  return new ContentInfo({ contentType: '1.2.840.113549.1.7.2', content: signed.toSchema(true) })
}

function derOf(attribute: Attribute): string {
  return toHex(new Uint8Array(attribute.toSchema().toBER()))
}
