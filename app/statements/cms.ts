/**
 * CMS, X.509 and RFC 3161 structures and their signatures, for the browser and for Node alike: the only pure file of
 * this room that imports packages (pkijs, asn1js, fflate). It takes structures apart and checks signatures; which
 * certificate may do what, and whom to trust, is decided elsewhere.
 */
import { type AsnType, fromBER, Integer, ObjectIdentifier, OctetString, Sequence } from 'asn1js'
import { Unzlib } from 'fflate'
import {
  type BasicConstraints,
  Certificate,
  ContentInfo,
  type ExtKeyUsage,
  type RelativeDistinguishedNames,
  SignedData,
  type SignerInfo,
  TSTInfo,
} from 'pkijs'
import { concatBytes, equalBytes, sha256Hex, toHex } from '#kernel'

export const OID = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  signingCertificate: '1.2.840.113549.1.9.16.2.12',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  timestampToken: '1.2.840.113549.1.9.16.2.14',
  timestampContent: '1.2.840.113549.1.9.16.1.4',
  timeStamping: '1.3.6.1.5.5.7.3.8',
  emailProtection: '1.3.6.1.5.5.7.3.4',
  documentSigning: '1.3.6.1.5.5.7.3.36',
} as const

/** Extensions whose meaning is known here; any other that is critical makes a certificate unusable. */
const KNOWN_EXTENSIONS = new Set([
  '2.5.29.14',
  '2.5.29.15',
  '2.5.29.19',
  '2.5.29.31',
  '2.5.29.32',
  '2.5.29.35',
  '2.5.29.37',
])

type HashName = 'SHA-1' | 'SHA-256' | 'SHA-384' | 'SHA-512'
const HASHES: Readonly<Record<string, HashName>> = {
  '1.3.14.3.2.26': 'SHA-1',
  '2.16.840.1.101.3.4.2.1': 'SHA-256',
  '2.16.840.1.101.3.4.2.2': 'SHA-384',
  '2.16.840.1.101.3.4.2.3': 'SHA-512',
}
/** Hash of a signature algorithm; SHA-1 is not among them. `null`: the hash is stated beside it. */
const SIGNATURE_HASHES: Readonly<Record<string, HashName | null>> = {
  '1.2.840.10045.4.3.2': 'SHA-256',
  '1.2.840.10045.4.3.3': 'SHA-384',
  '1.2.840.10045.4.3.4': 'SHA-512',
  '1.2.840.113549.1.1.11': 'SHA-256',
  '1.2.840.113549.1.1.12': 'SHA-384',
  '1.2.840.113549.1.1.13': 'SHA-512',
  '1.2.840.113549.1.1.1': null,
}
const CURVES: Readonly<Record<string, { readonly name: string; readonly bytes: number }>> = {
  '1.2.840.10045.3.1.7': { name: 'P-256', bytes: 32 },
  '1.3.132.0.34': { name: 'P-384', bytes: 48 },
}
const RSA_KEY = '1.2.840.113549.1.1.1'
const EC_KEY = '1.2.840.10045.2.1'

/** What matters of one certificate. */
export interface X509 {
  readonly der: Uint8Array
  /** For people: common name and organisation. */
  readonly subject: string
  readonly subjectDer: Uint8Array
  readonly issuerDer: Uint8Array
  readonly serial: string
  readonly notBefore: Date
  readonly notAfter: Date
  readonly isAuthority: boolean
  readonly pathLength: number | null
  readonly keyUsage: {
    readonly digitalSignature: boolean
    readonly nonRepudiation: boolean
    readonly certificateSigning: boolean
  } | null
  readonly extendedKeyUsage: readonly string[] | null
  readonly hasUnknownCritical: boolean
  /** SHA-256 of the SubjectPublicKeyInfo, hex: the fingerprint printed on the notice board. */
  readonly keyFingerprint: string
  readonly parsed: Certificate
}

/** The signed attributes of the one signer of a CMS signature. */
export interface SignedAttributes {
  readonly types: readonly string[]
  /** DER order, and no attribute twice. */
  readonly isWellFormed: boolean
  readonly contentType: string | null
  readonly messageDigest: Uint8Array | null
  /** ESS signing-certificate (RFC 5035): which certificate this signature was made with. */
  readonly certificateHash: { readonly algorithm: HashName; readonly hash: Uint8Array } | null
  /** The bytes that are signed, as SET OF. */
  readonly der: Uint8Array
}

/** A CMS SignedData with exactly one signer, taken apart; nothing is verified. */
export interface CmsSignature {
  readonly contentType: string
  readonly content: Uint8Array | null
  readonly certificates: readonly X509[]
  /** The certificate that the signer names, when it is inside. */
  readonly signer: X509 | null
  readonly digestAlgorithm: HashName | null
  readonly attributes: SignedAttributes | null
  readonly signatureAlgorithm: string
  readonly signature: Uint8Array
  /** RFC 3161 token over the signature, if any. */
  readonly timestampToken: Uint8Array | null
  /** Its one DER spelling, with nothing in the parts that no signature covers but what the profile puts there. */
  readonly isPlain: boolean
}

/** The statement of a timestamp token. */
export interface TimestampContent {
  readonly hash: HashName | null
  readonly imprint: Uint8Array
  readonly at: Date
  /** Hex of the nonce, without leading zeros; null when there is none. */
  readonly nonce: string | null
}

/** A DER certificate taken apart; null when it is none. */
export function parseCertificate(der: Uint8Array): X509 | null {
  try {
    return x509(Certificate.fromBER(buffer(der)), der)
  } catch {
    return null
  }
}

/** DER of every certificate of a PEM text. */
export function certificatesOfPem(pem: string): readonly Uint8Array[] {
  return [...pem.matchAll(/-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/g)].map(
    match => Uint8Array.from(atob(match[1]!.replace(/\s/g, '')), char => char.charCodeAt(0)),
  )
}

/**
 * SHA-256 of the public key of a PEM text's first certificate, hex: what hangs on the notice board and what the verifier
 * shows. Null when there is no certificate.
 */
export function keyFingerprintOf(pem: string): string | null {
  const [der] = certificatesOfPem(pem)
  return der ? (parseCertificate(der)?.keyFingerprint ?? null) : null
}

/** Takes a CMS signature apart; zero bytes may follow it (the rest of a PDF placeholder), anything else may not. */
export function parseCms(bytes: Uint8Array): CmsSignature | null {
  try {
    const outer = fromBER(buffer(bytes))
    if (outer.offset <= 0 || bytes.subarray(outer.offset).some(byte => byte !== 0)) return null
    const info = new ContentInfo({ schema: outer.result })
    if (info.contentType !== OID.signedData) return null
    const signed = new SignedData({ schema: info.content })
    if (signed.signerInfos.length !== 1) return null
    const isPlain = isPlainSignedData(signed, bytes.subarray(0, outer.offset))
    return cmsSignature(signed, signed.signerInfos[0]!, isPlain)
  } catch {
    return null
  }
}

/** Length of the CMS structure at the start of a padded placeholder; null when there is none. */
export function cmsLength(bytes: Uint8Array): number | null {
  const { offset } = fromBER(buffer(bytes))
  return offset > 0 ? offset : null
}

/** What a timestamp token states; null when it is none. */
export function parseTimestampContent(content: Uint8Array | null): TimestampContent | null {
  if (content === null) return null
  try {
    const stated = TSTInfo.fromBER(buffer(content))
    return {
      hash: HASHES[stated.messageImprint.hashAlgorithm.algorithmId] ?? null,
      imprint: new Uint8Array(stated.messageImprint.hashedMessage.valueBlock.valueHexView),
      at: stated.genTime,
      nonce: stated.nonce ? toHex(stated.nonce.valueBlock.valueHexView).replace(/^(?:00)+(?=.)/, '') : null,
    }
  } catch {
    return null
  }
}

/** Digest by WebCrypto. */
export async function digestOf(algorithm: HashName, bytes: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest(algorithm, buffer(bytes)))
}

/** True when the signature over the signed attributes was made by the key of the named certificate. */
export async function isCmsSignatureValid(cms: CmsSignature): Promise<boolean> {
  if (cms.signer === null || cms.attributes === null) return false
  return isSignedBy(
    cms.signer,
    cms.signatureAlgorithm,
    cms.digestAlgorithm,
    cms.signature,
    cms.attributes.der,
  )
}

/** True when `issuer`'s key signed the certificate. Names, dates and powers are not looked at. */
export async function isIssuedBy(certificate: X509, issuer: X509): Promise<boolean> {
  const { parsed } = certificate
  const signature = new Uint8Array(parsed.signatureValue.valueBlock.valueHexView)
  if (parsed.signature.algorithmId !== parsed.signatureAlgorithm.algorithmId) return false
  return isSignedBy(
    issuer,
    parsed.signatureAlgorithm.algorithmId,
    null,
    signature,
    new Uint8Array(parsed.tbsView),
  )
}

/** True when the ESS attribute names this very certificate. */
export async function isEssFor(attributes: SignedAttributes, certificate: X509): Promise<boolean> {
  const named = attributes.certificateHash
  return named !== null && equalBytes(named.hash, await digestOf(named.algorithm, certificate.der))
}

/** Inflates a FlateDecode stream; null when it is broken or longer than `mostBytes`. */
export function inflate(bytes: Uint8Array, mostBytes: number): Uint8Array | null {
  const parts: Uint8Array[] = []
  let length = 0
  let isComplete = false
  try {
    const stream = new Unzlib((part, isLast) => {
      length += part.length
      if (length > mostBytes) throw new Error('too long')
      parts.push(part)
      isComplete = isLast
    })
    // In slices, so that what inflates without bound is stopped early.
    for (let at = 0; at < bytes.length; at += 65_536) {
      stream.push(bytes.subarray(at, at + 65_536), at + 65_536 >= bytes.length)
    }
  } catch {
    return null
  }
  return isComplete ? concatBytes(...parts) : null
}

/** Our bytes are never shared memory, which WebCrypto's types insist on. */
function buffer(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytes as Uint8Array<ArrayBuffer>
}

function view(der: ArrayBuffer): Uint8Array {
  return new Uint8Array(der)
}

function nameText(name: RelativeDistinguishedNames): string {
  const partOf = (type: string) => {
    const found = name.typesAndValues.find(entry => entry.type === type)
    return found ? String(found.value.valueBlock.value) : ''
  }
  return [partOf('2.5.4.3'), partOf('2.5.4.10')].filter(part => part !== '').join(' · ')
}

function x509(parsed: Certificate, der: Uint8Array): X509 {
  const extension = (id: string) => parsed.extensions?.find(found => found.extnID === id)
  const basic = extension('2.5.29.19')?.parsedValue as BasicConstraints | undefined
  const usage = extension('2.5.29.15')?.parsedValue as
    | { valueBlock: { valueHexView: Uint8Array } }
    | undefined
  const extended = extension('2.5.29.37')?.parsedValue as ExtKeyUsage | undefined
  const usageBits = usage?.valueBlock.valueHexView[0] ?? 0
  return {
    der: der.slice(),
    subject: nameText(parsed.subject),
    subjectDer: view(parsed.subject.toSchema().toBER()),
    issuerDer: view(parsed.issuer.toSchema().toBER()),
    serial: toHex(parsed.serialNumber.valueBlock.valueHexView),
    notBefore: parsed.notBefore.value,
    notAfter: parsed.notAfter.value,
    isAuthority: basic?.cA === true,
    pathLength: typeof basic?.pathLenConstraint === 'number' ? basic.pathLenConstraint : null,
    keyUsage: usage
      ? {
          digitalSignature: (usageBits & 0x80) !== 0,
          nonRepudiation: (usageBits & 0x40) !== 0,
          certificateSigning: (usageBits & 0x04) !== 0,
        }
      : null,
    extendedKeyUsage: extended ? extended.keyPurposes : null,
    hasUnknownCritical: (parsed.extensions ?? []).some(
      found => found.critical && !KNOWN_EXTENSIONS.has(found.extnID),
    ),
    keyFingerprint: sha256Hex(view(parsed.subjectPublicKeyInfo.toSchema().toBER())),
    parsed,
  }
}

/**
 * No signature covers versions, algorithm lists and unsigned attributes: so that not even they can be changed unnoticed,
 * they must be as our profile writes them, and the whole must be what encoding it again gives.
 */
function isPlainSignedData(signed: SignedData, bytes: Uint8Array): boolean {
  const [signer] = signed.signerInfos
  const [digest] = signed.digestAlgorithms
  const unsigned = signer?.unsignedAttrs?.attributes ?? []
  const isProfile =
    signed.version === 1 &&
    signer?.version === 1 &&
    signed.digestAlgorithms.length === 1 &&
    digest?.algorithmId === signer.digestAlgorithm.algorithmId &&
    [digest, signer.digestAlgorithm, signer.signatureAlgorithm].every(
      algorithm => algorithm?.algorithmParams === undefined,
    ) &&
    signed.crls === undefined &&
    (unsigned.length === 0 || (unsigned.length === 1 && unsigned[0]!.type === OID.timestampToken))
  if (!isProfile) return false
  const again = new ContentInfo({ contentType: OID.signedData, content: signed.toSchema(true) })
  return equalBytes(view(again.toSchema().toBER()), bytes)
}

function cmsSignature(signed: SignedData, signerInfo: SignerInfo, isPlain: boolean): CmsSignature {
  const certificates = (signed.certificates ?? [])
    .filter(entry => entry instanceof Certificate)
    .map(certificate => x509(certificate, view(certificate.toSchema().toBER())))
  const { sid } = signerInfo as { sid: unknown }
  const named = sid as { issuer?: RelativeDistinguishedNames; serialNumber?: Integer }
  const signer =
    named.issuer && named.serialNumber
      ? certificates.find(
          certificate =>
            equalBytes(certificate.issuerDer, view(named.issuer!.toSchema().toBER())) &&
            certificate.serial === toHex(named.serialNumber!.valueBlock.valueHexView),
        )
      : undefined
  const token = signerInfo.unsignedAttrs?.attributes.find(entry => entry.type === OID.timestampToken)
    ?.values[0] as AsnType | undefined
  return {
    contentType: signed.encapContentInfo.eContentType,
    content: signed.encapContentInfo.eContent ? octets(signed.encapContentInfo.eContent) : null,
    certificates,
    signer: signer ?? null,
    digestAlgorithm: HASHES[signerInfo.digestAlgorithm.algorithmId] ?? null,
    attributes: signerInfo.signedAttrs ? signedAttributes(view(signerInfo.signedAttrs.encodedValue)) : null,
    signatureAlgorithm: signerInfo.signatureAlgorithm.algorithmId,
    signature: new Uint8Array(signerInfo.signature.valueBlock.valueHexView),
    timestampToken: token ? view(token.toBER()) : null,
    isPlain,
  }
}

/** An OCTET STRING's bytes, also when it comes in pieces. (asn1js parses what is inside a primitive one too: that is not meant.) */
function octets(value: OctetString): Uint8Array {
  return value.idBlock.isConstructed
    ? concatBytes(...(value.valueBlock.value as OctetString[]).map(octets))
    : new Uint8Array(value.valueBlock.valueHexView)
}

function childrenOf(value: AsnType | undefined): readonly AsnType[] {
  const inner = (value?.valueBlock as { value?: unknown } | undefined)?.value
  return Array.isArray(inner) ? (inner as AsnType[]) : []
}

function signedAttributes(der: Uint8Array): SignedAttributes {
  const attributes = childrenOf(fromBER(buffer(der)).result)
  const encoded = attributes.map(attribute => new Uint8Array(attribute.valueBeforeDecodeView))
  const types = attributes.map(attribute => {
    const [type] = childrenOf(attribute)
    return type instanceof ObjectIdentifier ? type.valueBlock.toString() : ''
  })
  const attributeOf = (type: string): AsnType | undefined => {
    const index = types.indexOf(type)
    return index < 0 ? undefined : childrenOf(childrenOf(attributes[index])[1])[0]
  }
  const contentType = attributeOf(OID.contentType)
  const messageDigest = attributeOf(OID.messageDigest)
  const isSorted = encoded.every((entry, index) => index === 0 || compareDer(encoded[index - 1]!, entry) < 0)
  return {
    types,
    isWellFormed: isSorted && new Set(types).size === types.length,
    contentType: contentType instanceof ObjectIdentifier ? contentType.valueBlock.toString() : null,
    messageDigest:
      messageDigest instanceof OctetString ? new Uint8Array(messageDigest.valueBlock.valueHexView) : null,
    certificateHash:
      essHash(attributeOf(OID.signingCertificateV2), 'SHA-256') ??
      essHash(attributeOf(OID.signingCertificate), 'SHA-1'),
    der,
  }
}

/** DER order of SET OF: as octet strings, the shorter padded with zeros (X.690 §11.6). */
function compareDer(a: Uint8Array, b: Uint8Array): number {
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

/** The first certificate id of SigningCertificate(V2): `SEQ { SEQ OF SEQ { [hashAlgorithm], certHash, ... } ... }`. */
function essHash(value: AsnType | undefined, byDefault: HashName): SignedAttributes['certificateHash'] {
  const id = childrenOf(childrenOf(childrenOf(value)[0])[0])
  const [first, second] = id
  if (first instanceof OctetString) {
    return { algorithm: byDefault, hash: new Uint8Array(first.valueBlock.valueHexView) }
  }
  const algorithm = first instanceof Sequence ? childrenOf(first)[0] : undefined
  const name = algorithm instanceof ObjectIdentifier ? HASHES[algorithm.valueBlock.toString()] : undefined
  return name && second instanceof OctetString
    ? { algorithm: name, hash: new Uint8Array(second.valueBlock.valueHexView) }
    : null
}

async function isSignedBy(
  signer: X509,
  algorithm: string,
  statedHash: HashName | null,
  signature: Uint8Array,
  bytes: Uint8Array,
): Promise<boolean> {
  const hash = algorithm in SIGNATURE_HASHES ? (SIGNATURE_HASHES[algorithm] ?? statedHash) : null
  const key = signer.parsed.subjectPublicKeyInfo
  const spki = key.toSchema().toBER()
  const data = buffer(bytes)
  if (hash === null || hash === 'SHA-1') return false
  try {
    if (key.algorithm.algorithmId === RSA_KEY) {
      const method = { name: 'RSASSA-PKCS1-v1_5', hash }
      const imported = await crypto.subtle.importKey('spki', spki, method, false, ['verify'])
      return await crypto.subtle.verify(method, imported, buffer(signature), data)
    }
    const curveId = key.algorithm.algorithmParams as unknown
    const curve = curveId instanceof ObjectIdentifier ? CURVES[curveId.valueBlock.toString()] : undefined
    const raw = curve ? rawEcdsa(signature, curve.bytes) : null
    if (key.algorithm.algorithmId !== EC_KEY || !curve || raw === null) return false
    const method = { name: 'ECDSA', namedCurve: curve.name, hash }
    const imported = await crypto.subtle.importKey('spki', spki, method, false, ['verify'])
    return await crypto.subtle.verify(method, imported, raw, data)
  } catch {
    return false
  }
}

/** `ECDSA-Sig-Value` as `r || s` of fixed width, which is what WebCrypto takes; null when it is not its one DER spelling. */
function rawEcdsa(signature: Uint8Array, width: number): Uint8Array<ArrayBuffer> | null {
  const { result } = fromBER(buffer(signature))
  const numbers = childrenOf(result)
  if (!(result instanceof Sequence) || numbers.length !== 2) return null
  const raw = new Uint8Array(2 * width)
  const spelling: Integer[] = []
  for (const [index, number] of numbers.entries()) {
    if (!(number instanceof Integer)) return null
    const digits = new Uint8Array(number.valueBlock.valueHexView)
    const start = digits.findIndex(byte => byte !== 0)
    const significant = start < 0 ? new Uint8Array(1) : digits.slice(start)
    if (significant.length > width) return null
    raw.set(significant, (index + 1) * width - significant.length)
    const sign = significant[0]! >= 0x80 ? new Uint8Array(1) : new Uint8Array()
    spelling.push(new Integer({ valueHex: concatBytes(sign, significant).slice().buffer }))
  }
  const again = view(new Sequence({ value: spelling }).toBER())
  if (!equalBytes(again, signature)) return null
  return raw
}
