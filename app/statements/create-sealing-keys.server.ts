/**
 * Makes the portal's own sealing authority and sealing certificate, and reads them back as a `Signer`. What it makes is a
 * system seal (系统签章), not a person's reliable electronic signature (电子签名法第13条); the certificate's name says so.
 */
import { createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { BitString, Integer, OctetString, PrintableString, Utf8String } from 'asn1js'
import {
  AlgorithmIdentifier,
  AttributeTypeAndValue,
  AuthorityKeyIdentifier,
  BasicConstraints,
  Certificate,
  Extension,
  ExtKeyUsage,
  PublicKeyInfo,
  type RelativeDistinguishedNames,
} from 'pkijs'
import { sha256, toBase64 } from '#kernel'
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

/** File names below the portal's key directory; only the private keys are secret (0600). */
export const SEALING_FILES = {
  authority: 'sealing-ca.pem',
  authorityKey: 'sealing-ca-key.pem',
  chain: 'sealing-chain.pem',
  key: 'sealing-key.pem',
} as const

const KEY_USAGE = { authority: 0x06, seal: 0xc0, timestamp: 0xc0 } as const
const PURPOSES = { seal: [OID.emailProtection, OID.documentSigning], timestamp: [OID.timeStamping] } as const
const AUTHORITY_YEARS = 20
const SEAL_YEARS = 5

/** Makes authority and sealing certificate and writes them to a directory that has none yet; never overwrites a key. */
export async function createSealingKeys(
  directory: string,
  order: {
    readonly operator: string
    readonly sealName: string
    readonly authorityName: string
    readonly notBefore: Date
  },
): Promise<void> {
  const authority = issueCertificate(
    {
      commonName: order.authorityName,
      organisation: order.operator,
      notBefore: order.notBefore,
      notAfter: yearsAfter(order.notBefore, AUTHORITY_YEARS),
      purpose: 'authority',
    },
    null,
  )
  const seal = issueCertificate(
    {
      commonName: order.sealName,
      organisation: order.operator,
      notBefore: order.notBefore,
      notAfter: yearsAfter(order.notBefore, SEAL_YEARS),
      purpose: 'seal',
    },
    authority,
  )
  await mkdir(directory, { recursive: true })
  const secret = async (name: string, key: KeyObject) => {
    const path = join(directory, name)
    await writeFile(path, key.export({ type: 'pkcs8', format: 'pem' }), { flag: 'wx', mode: 0o600 })
    await chmod(path, 0o600)
  }
  // The sealing key last: whoever finds it finds the rest too.
  await writeFile(join(directory, SEALING_FILES.authority), certificatePem(authority.der), { flag: 'wx' })
  await secret(SEALING_FILES.authorityKey, authority.privateKey)
  const chain = `${certificatePem(seal.der)}${certificatePem(authority.der)}`
  await writeFile(join(directory, SEALING_FILES.chain), chain, { flag: 'wx' })
  await secret(SEALING_FILES.key, seal.privateKey)
}

/** The signer whose key and chain are PEM files of that directory. */
export async function readSigner(directory: string): Promise<Signer> {
  const [chain, key] = await Promise.all(
    [SEALING_FILES.chain, SEALING_FILES.key].map(name => readFile(join(directory, name), 'utf8')),
  )
  return signerOf(certificatesOfPem(chain!), createPrivateKey(key!))
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
  addName(certificate.subject, order)
  if (issuer) certificate.issuer = issuer.certificate.subject
  else addName(certificate.issuer, order)
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

function addName(name: RelativeDistinguishedNames, order: CertificateOrder): void {
  for (const [type, value] of [
    ['2.5.4.6', new PrintableString({ value: 'CN' })],
    ['2.5.4.10', new Utf8String({ value: order.organisation })],
    ['2.5.4.3', new Utf8String({ value: order.commonName })],
  ] as const) {
    name.typesAndValues.push(new AttributeTypeAndValue({ type, value }))
  }
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
