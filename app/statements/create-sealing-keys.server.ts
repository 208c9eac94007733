/**
 * Makes the portal's own sealing authority and sealing certificate, and reads them back as a `Signer`. What it makes is a
 * system seal (系统签章), not a person's reliable electronic signature (电子签名法第13条); the certificate's name says so.
 */
import { createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import {
  type BaseBlock,
  BitString,
  Integer,
  ObjectIdentifier,
  OctetString,
  PrintableString,
  Sequence,
  Set as SetOf,
  Utf8String,
} from 'asn1js'
import {
  AlgorithmIdentifier,
  AuthorityKeyIdentifier,
  BasicConstraints,
  Certificate,
  Extension,
  ExtKeyUsage,
  PublicKeyInfo,
  RelativeDistinguishedNames,
} from 'pkijs'
import { assert, dateOf, instantOf, sha256, toBase64, utf8 } from '#kernel'
import type { Portal } from '#platform'
import { certificatesOfPem, OID } from './cms.ts'
import type { Signer } from './seal.server.ts'

/** How a certificate is made; the purposes besides `seal` serve the tests of the verifier. */
export interface CertificateOrder {
  readonly commonName: string
  readonly organisation: string
  readonly notBefore: Date
  readonly notAfter: Date
  readonly purpose: 'authority' | 'seal' | 'timestamp'
}

/** A certificate and its private key. */
export interface KeyedCertificate {
  readonly der: Uint8Array
  readonly certificate: Certificate
  readonly privateKey: KeyObject
}

/** Names in the portal's key store. Only the public certificate is for others' eyes. */
export const SEALING_KEYS = {
  /** Certificate and key of the authority: needed again only when the sealing certificate is renewed. */
  authority: 'sealing-authority.pem',
  /** Sealing certificate, authority's certificate, sealing key. */
  seal: 'sealing.pem',
  /** The authority's certificate alone: what everyone who verifies must have. */
  publicAuthority: 'sealing-ca.pem',
} as const

const KEY_USAGE = { authority: 0x06, seal: 0xc0, timestamp: 0xc0 } as const
const PURPOSES = { seal: [OID.emailProtection, OID.documentSigning], timestamp: [OID.timeStamping] } as const
const AUTHORITY_YEARS = 20
const SEAL_YEARS = 5

/**
 * Makes authority and sealing certificate unless they are there; never replaces one. For set-up. `operator` is who runs
 * the portal, the other two are the names that viewers show.
 */
export async function createSealingKeys(
  portal: Pick<Portal, 'keys' | 'clock'>,
  order: { readonly operator: string; readonly sealName: string; readonly authorityName: string },
): Promise<void> {
  const { keys } = portal
  // From the day's beginning, so that a statement issued in this very minute is not before it.
  const notBefore = instantOf(dateOf(portal.clock.now()))
  const orderOf = (commonName: string, purpose: 'authority' | 'seal', years: number): CertificateOrder => ({
    commonName,
    organisation: order.operator,
    notBefore,
    notAfter: yearsAfter(notBefore, years),
    purpose,
  })
  const authorityPem = await keys.readOrCreate(SEALING_KEYS.authority, () =>
    utf8(bundlePem(issueCertificate(orderOf(order.authorityName, 'authority', AUTHORITY_YEARS), null), [])),
  )
  const authority = parseBundle(authorityPem)
  const [authorityDer] = authority.certificates
  assert(authorityDer !== undefined, `${SEALING_KEYS.authority} holds a certificate`)
  await keys.readOrCreate(SEALING_KEYS.publicAuthority, () => utf8(certificatePem(authorityDer)))
  await keys.readOrCreate(SEALING_KEYS.seal, () => {
    const certificate = Certificate.fromBER(authorityDer.slice())
    const issuer = { der: authorityDer, certificate, privateKey: authority.privateKey }
    const seal = issueCertificate(orderOf(order.sealName, 'seal', SEAL_YEARS), issuer)
    return utf8(bundlePem(seal, [authorityDer]))
  })
}

/** The portal's signer. Throws when the sealing key was never made. */
export async function openSigner(portal: Pick<Portal, 'keys'>): Promise<Signer> {
  const bundle = await portal.keys.read(SEALING_KEYS.seal)
  assert(bundle !== null, `there is no key ${SEALING_KEYS.seal} in ${portal.keys.directory}`)
  const { certificates, privateKey } = parseBundle(bundle)
  return signerOf(certificates, privateKey)
}

/** PEM of the authority that everyone who verifies must know; throws when it was never made. */
export async function readAuthorityPem(portal: Pick<Portal, 'keys'>): Promise<string> {
  const pem = await portal.keys.read(SEALING_KEYS.publicAuthority)
  assert(pem !== null, `there is no ${SEALING_KEYS.publicAuthority} in ${portal.keys.directory}`)
  return new TextDecoder().decode(pem)
}

function bundlePem(own: KeyedCertificate, chain: readonly Uint8Array[]): string {
  const key = own.privateKey.export({ type: 'pkcs8', format: 'pem' })
  return `${[own.der, ...chain].map(certificatePem).join('')}${key}`
}

function parseBundle(bytes: Uint8Array): { certificates: readonly Uint8Array[]; privateKey: KeyObject } {
  const pem = new TextDecoder().decode(bytes)
  const key = /-----BEGIN PRIVATE KEY-----[^-]+-----END PRIVATE KEY-----/.exec(pem)
  assert(key !== null, 'a bundle of certificates and key holds a key')
  return { certificates: certificatesOfPem(pem), privateKey: createPrivateKey(key[0]) }
}

/** A signer of a key in this process. */
export function signerOf(certificateChain: readonly Uint8Array[], privateKey: KeyObject): Signer {
  return {
    certificateChain,
    sign: async bytes => new Uint8Array(sign('sha256', bytes, { key: privateKey, dsaEncoding: 'der' })),
  }
}

/** PEM text of a DER certificate. */
export function certificatePem(der: Uint8Array): string {
  const lines = toBase64(der).replace(/.{64}(?=.)/g, '$&\n')
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`
}

/** Issues an ECDSA P-256 certificate, by itself when there is no issuer. Whether the issuer may is not asked: the tests forge with it. */
export function issueCertificate(order: CertificateOrder, issuer: KeyedCertificate | null): KeyedCertificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const spki = new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }))
  const certificate = new Certificate({
    version: 2,
    serialNumber: new Integer({ valueHex: positiveSerial() }),
    subjectPublicKeyInfo: PublicKeyInfo.fromBER(spki),
  })
  certificate.subject = nameOf(order)
  certificate.issuer = issuer ? issuer.certificate.subject : certificate.subject
  certificate.notBefore.value = order.notBefore
  certificate.notAfter.value = order.notAfter
  // RFC 5280 §4.1.2.5: GeneralizedTime from 2050 on.
  certificate.notAfter.type = order.notAfter.getUTCFullYear() < 2050 ? 0 : 1
  const keyId = keyIdentifier(certificate)
  certificate.extensions = extensionsOf(order, keyId, issuer ? keyIdentifier(issuer.certificate) : keyId)
  const algorithm = new AlgorithmIdentifier({ algorithmId: '1.2.840.10045.4.3.2' })
  certificate.signature = algorithm
  certificate.signatureAlgorithm = algorithm
  const toBeSigned = new Uint8Array(certificate.encodeTBS().toBER())
  const signature = sign('sha256', toBeSigned, issuer ? issuer.privateKey : privateKey)
  certificate.tbsView = toBeSigned
  certificate.signatureValue = new BitString({ valueHex: Uint8Array.from(signature).buffer })
  const der = new Uint8Array(certificate.toSchema(true).toBER())
  return { der, certificate: Certificate.fromBER(der.slice()), privateKey }
}

function yearsAfter(start: Date, years: number): Date {
  return new Date(Date.UTC(start.getUTCFullYear() + years, start.getUTCMonth(), start.getUTCDate()))
}

/** Sixteen random bytes, positive and without a leading zero. */
function positiveSerial(): ArrayBuffer {
  const bytes = Uint8Array.from(randomBytes(16))
  bytes[0] = (bytes[0]! & 0x3f) | 0x40
  return bytes.buffer
}

/** Country, organisation, common name, each in a set of its own: pkijs would put all of them into one. */
function nameOf(order: CertificateOrder): RelativeDistinguishedNames {
  const part = (type: string, value: BaseBlock) =>
    new SetOf({ value: [new Sequence({ value: [new ObjectIdentifier({ value: type }), value] })] })
  const name = new Sequence({
    value: [
      part('2.5.4.6', new PrintableString({ value: 'CN' })),
      part('2.5.4.10', new Utf8String({ value: order.organisation })),
      part('2.5.4.3', new Utf8String({ value: order.commonName })),
    ],
  })
  return RelativeDistinguishedNames.fromBER(name.toBER())
}

function keyIdentifier(certificate: Certificate): Uint8Array {
  const bits = certificate.subjectPublicKeyInfo.subjectPublicKey.valueBlock.valueHexView
  return sha256(new Uint8Array(bits)).slice(0, 20)
}

function extensionsOf(order: CertificateOrder, keyId: Uint8Array, issuerKeyId: Uint8Array): Extension[] {
  const octets = (bytes: Uint8Array) => new OctetString({ valueHex: bytes.slice().buffer })
  const extension = (extnID: string, critical: boolean, value: { toBER(): ArrayBuffer }) =>
    new Extension({ extnID, critical, extnValue: value.toBER() })
  const isAuthority = order.purpose === 'authority'
  const usage = KEY_USAGE[order.purpose]
  // A bit string names how many of its last bits are unused: 1 for keyCertSign and cRLSign, 6 for the two signing bits.
  const usageBits = new BitString({ valueHex: Uint8Array.of(usage).buffer, unusedBits: isAuthority ? 1 : 6 })
  const basic = new BasicConstraints(isAuthority ? { cA: true, pathLenConstraint: 0 } : {})
  const extensions = [
    extension('2.5.29.19', true, basic.toSchema()),
    extension('2.5.29.15', true, usageBits),
    extension('2.5.29.14', false, octets(keyId)),
    extension(
      '2.5.29.35',
      false,
      new AuthorityKeyIdentifier({ keyIdentifier: octets(issuerKeyId) }).toSchema(),
    ),
  ]
  if (order.purpose !== 'authority') {
    const purposes = new ExtKeyUsage({ keyPurposes: [...PURPOSES[order.purpose]] })
    extensions.push(extension('2.5.29.37', order.purpose === 'timestamp', purposes.toSchema()))
  }
  return extensions
}
