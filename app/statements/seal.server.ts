/**
 * Seals a rendered PDF (PAdES B-B, ETSI EN 319 142-1) by one appended update, and puts an RFC 3161 token into the same
 * seal later (B-T). The private key stays behind `Signer`; nothing is ever appended after the seal.
 */
import { fromBER, ObjectIdentifier, OctetString, Sequence, Set as SetOf } from 'asn1js'
import {
  AlgorithmIdentifier,
  Attribute,
  Certificate,
  ContentInfo,
  EncapsulatedContentInfo,
  IssuerAndSerialNumber,
  SignedAndUnsignedAttributes,
  SignedData,
  SignerInfo,
} from 'pkijs'
import { assert, concatBytes, err, formatInstant, ok, type Result, sha256, toHex, utf8 } from '#kernel'
import { cmsLength, OID, parseCms } from './cms.ts'
import { isDict, isRef, isString, objectAt, type PdfFile, pageIdsOf, readPdf } from './pdf-file.ts'
import { findSeals } from './seal-in-pdf.ts'

/** Where a seal's private key is: PEM files, an HSM, a KMS or a USB key. */
export interface Signer {
  /** DER, the sealing certificate first, each followed by its issuer. */
  readonly certificateChain: readonly Uint8Array[]
  /** ECDSA P-256 with SHA-256 over these bytes, as DER `ECDSA-Sig-Value`. */
  sign(bytes: Uint8Array): Promise<Uint8Array>
}

export interface SealOptions {
  /** Claimed time of sealing, to the second; only a timestamp proves it. */
  readonly sealedAt: Date
  /** Who seals, as viewers show it. */
  readonly name: string
  readonly reason: string
  /** Where on the first page the seal can be clicked: left, bottom, right, top in points. */
  readonly rect: readonly [number, number, number, number]
}

export type SealProblem = 'cannot-be-sealed' | 'seal-too-large' | 'not-sealed'

/** Bytes of CMS that fit: chain, signature and a timestamp token with its own chain. */
export const PLACEHOLDER_BYTES = 16_000

const SHA256 = '2.16.840.1.101.3.4.2.1'
const ECDSA_SHA256 = '1.2.840.10045.4.3.2'

/**
 * Appends signature field, certifying signature (DocMDP P=2: nothing may change but further signatures) and CMS.
 * The unsigned bytes stay as they are, as the beginning of the sealed file.
 */
export async function sealPdf(
  unsigned: Uint8Array,
  signer: Signer,
  options: SealOptions,
): Promise<Result<Uint8Array, SealProblem>> {
  const file = readPdf(unsigned)
  const update = file.ok ? sealUpdate(file.value, options) : null
  if (update === null) return err('cannot-be-sealed')
  const pdf = concatBytes(unsigned, update)
  const place = placeInUpdate(update, unsigned.length)
  const range = `[0 ${place.from} ${place.to} ${pdf.length - place.to}]`
  pdf.set(utf8(range.padEnd(RANGE_PLACEHOLDER.length)), place.rangeAt)
  const covered = concatBytes(pdf.subarray(0, place.from), pdf.subarray(place.to))
  const cms = await createCms(sha256(covered), signer)
  return writeContents(pdf, place, cms)
}

/** The seal's signature value: the bytes that a timestamp authority is asked to stamp. */
export function signatureValueOf(pdf: Uint8Array): Result<Uint8Array, SealProblem> {
  const place = placeOfContents(pdf)
  const cms = place ? parseCms(place.bytes) : null
  return cms ? ok(cms.signature) : err('not-sealed')
}

/**
 * Puts a timestamp token into the seal, as unsigned attribute of the same CMS in the same placeholder: the sealed bytes
 * do not change and nothing is appended. Call it whenever the authority answers, now or at a later try.
 */
export function addTimestampToSeal(pdf: Uint8Array, token: Uint8Array): Result<Uint8Array, SealProblem> {
  const place = placeOfContents(pdf)
  const length = place ? cmsLength(place.bytes) : null
  if (place === null || length === null) return err('not-sealed')
  const info = ContentInfo.fromBER(place.bytes.slice(0, length))
  const signed = new SignedData({ schema: info.content })
  const signer = signed.signerInfos[0]
  if (signer === undefined) return err('not-sealed')
  const stamp = new Attribute({ type: OID.timestampToken, values: [fromBER(token.slice()).result] })
  signer.unsignedAttrs = new SignedAndUnsignedAttributes({ type: 1, attributes: [stamp] })
  return writeContents(pdf.slice(), place, encodeSignedData(signed))
}

// ---- the appended update ----------------------------------------------------------------------------------------

const RANGE_PLACEHOLDER = '[0 0000000000 0000000000 0000000000]'

/** `D:20260705180000+08'00'`. */
function pdfDate(instant: Date): string {
  return `D:${formatInstant(instant).slice(0, 19).replace(/\D/g, '')}+08'00'`
}

/** A text string: UTF-16BE with its mark, as hexadecimal. */
function pdfText(text: string): string {
  let hex = 'feff'
  for (let index = 0; index < text.length; index++)
    hex += text.charCodeAt(index).toString(16).padStart(4, '0')
  return `<${hex}>`
}

/** An object's dictionary with further entries, the original text otherwise untouched; null when it is no plain dictionary. */
function extended(file: PdfFile, id: number, entries: string): string | null {
  const object = objectAt(file, id)
  if (!object || !isDict(object.value)) return null
  const source = new TextDecoder('latin1').decode(file.bytes.subarray(object.from, object.to))
  const close = source.lastIndexOf('>>')
  return `${source.slice(0, close)}${entries}\n>>\nendobj\n`
}

function sealUpdate(file: PdfFile, options: SealOptions): Uint8Array | null {
  const [revision] = file.revisions
  const root = revision?.trailer.get('Root')
  const size = revision?.trailer.get('Size')
  const [pageId] = pageIdsOf(file)
  if (file.revisions.length !== 1 || !isRef(root) || typeof size !== 'number' || pageId === undefined)
    return null
  const catalogValue = objectAt(file, root.id)?.value
  const pageValue = objectAt(file, pageId)?.value
  const isTaken =
    !isDict(catalogValue) ||
    !isDict(pageValue) ||
    ['AcroForm', 'Perms'].some(name => catalogValue.entries.has(name)) ||
    pageValue.entries.has('Annots')
  if (isTaken) return null
  const [signature, field, look] = [size, size + 1, size + 2]
  const catalog = extended(
    file,
    root.id,
    `/AcroForm << /Fields [${field} 0 R] /SigFlags 3 >>\n/Perms << /DocMDP ${signature} 0 R >>`,
  )
  const page = extended(file, pageId, `/Annots [${field} 0 R]`)
  if (catalog === null || page === null) return null
  const objects = new Map<number, string>([
    [root.id, catalog],
    [pageId, page],
    [signature, signatureObject(signature, options)],
    [field, fieldObject(field, signature, look, pageId, options)],
    [look, appearanceObject(look, options)],
  ])
  return writeUpdate(file, objects, size + 3)
}

function signatureObject(id: number, options: SealOptions): string {
  return [
    `${id} 0 obj`,
    '<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached',
    // Before /Contents, as some readers expect; of fixed width, filled in once everything else stands.
    `/ByteRange ${RANGE_PLACEHOLDER}`,
    `/Contents <${'0'.repeat(2 * PLACEHOLDER_BYTES)}>`,
    `/M (${pdfDate(options.sealedAt)})`,
    `/Name ${pdfText(options.name)}`,
    `/Reason ${pdfText(options.reason)}`,
    '/Reference [<< /Type /SigRef /TransformMethod /DocMDP /TransformParams << /Type /TransformParams /P 2 /V /1.2 >> >>]',
    '>>',
    'endobj',
    '',
  ].join('\n')
}

function fieldObject(
  id: number,
  signature: number,
  look: number,
  page: number,
  options: SealOptions,
): string {
  return [
    `${id} 0 obj`,
    // F 132: printed and locked, as PDF/A wants it.
    `<< /Type /Annot /Subtype /Widget /FT /Sig /T (Seal) /F 132 /P ${page} 0 R /V ${signature} 0 R`,
    `/Rect [${options.rect.join(' ')}] /AP << /N ${look} 0 R >> >>`,
    'endobj',
    '',
  ].join('\n')
}

/** The page itself shows the seal's words; the clickable field over them is clear. */
function appearanceObject(id: number, { rect }: SealOptions): string {
  const box = `[0 0 ${rect[2] - rect[0]} ${rect[3] - rect[1]}]`
  return `${id} 0 obj\n<< /Type /XObject /Subtype /Form /BBox ${box} /Resources << >> /Length 0 >>\nstream\n\nendstream\nendobj\n`
}

function writeUpdate(file: PdfFile, objects: ReadonlyMap<number, string>, size: number): Uint8Array {
  const [revision] = file.revisions
  const latin1 = (text: string) => Uint8Array.from(text, char => char.charCodeAt(0))
  const parts: Uint8Array[] = []
  const table: string[] = []
  let at = file.bytes.length
  for (const [id, text] of [...objects].sort(([a], [b]) => a - b)) {
    table.push(`${id} 1\n${String(at).padStart(10, '0')} 00000 n \n`)
    const bytes = latin1(text)
    parts.push(bytes)
    at += bytes.length
  }
  const refs = ['Root', 'Info'].flatMap(name => {
    const ref = revision!.trailer.get(name)
    return isRef(ref) ? [`/${name} ${ref.id} 0 R`] : []
  })
  const ids = revision!.trailer.get('ID')
  const id =
    Array.isArray(ids) && isString(ids[0]) ? `/ID [<${toHex(ids[0].bytes)}> <${toHex(ids[0].bytes)}>]` : ''
  const trailer = `<< /Size ${size} ${refs.join(' ')} ${id} /Prev ${revision!.xrefAt} >>`
  parts.push(latin1(`xref\n${table.join('')}trailer\n${trailer}\nstartxref\n${at}\n%%EOF\n`))
  return concatBytes(...parts)
}

interface ContentsPlace {
  readonly from: number
  readonly to: number
}

/** Where the update just written has its /Contents, delimiters included, and its /ByteRange. */
function placeInUpdate(update: Uint8Array, at: number): ContentsPlace & { readonly rangeAt: number } {
  const text = new TextDecoder('latin1').decode(update)
  const from = text.indexOf('/Contents <') + '/Contents '.length
  const rangeAt = text.indexOf(RANGE_PLACEHOLDER)
  assert(from > rangeAt && rangeAt > 0, 'the update holds a signature')
  return { from: at + from, to: at + from + 2 * PLACEHOLDER_BYTES + 2, rangeAt: at + rangeAt }
}

/** Place and bytes of the seal's /Contents in a sealed file; null when it has none. */
function placeOfContents(pdf: Uint8Array): (ContentsPlace & { readonly bytes: Uint8Array }) | null {
  const file = readPdf(pdf)
  const seals = file.ok ? findSeals(file.value) : null
  return seals?.ok ? seals.value[0]!.contents : null
}

function writeContents(
  pdf: Uint8Array,
  place: ContentsPlace,
  cms: Uint8Array,
): Result<Uint8Array, SealProblem> {
  const digits = place.to - place.from - 2
  if (2 * cms.length > digits) return err('seal-too-large')
  pdf.set(utf8(`<${toHex(cms).padEnd(digits, '0')}>`), place.from)
  return ok(pdf)
}

// ---- CMS (ETSI EN 319 122-1, CAdES B-B) -------------------------------------------------------------------------

async function createCms(digest: Uint8Array, signer: Signer): Promise<Uint8Array> {
  const certificates = signer.certificateChain.map(der => Certificate.fromBER(der.slice()))
  const [certificate] = certificates
  assert(certificate !== undefined, 'a signer has a certificate')
  const attributes = signedAttributes(digest, signer.certificateChain[0]!)
  const toBeSigned = new SetOf({ value: attributes.map(attribute => attribute.toSchema()) })
  const signature = await signer.sign(new Uint8Array(toBeSigned.toBER()))
  const signerInfo = new SignerInfo({
    version: 1,
    sid: new IssuerAndSerialNumber({ issuer: certificate.issuer, serialNumber: certificate.serialNumber }),
    digestAlgorithm: new AlgorithmIdentifier({ algorithmId: SHA256 }),
    signedAttrs: new SignedAndUnsignedAttributes({ type: 0, attributes }),
    signatureAlgorithm: new AlgorithmIdentifier({ algorithmId: ECDSA_SHA256 }),
    signature: new OctetString({ valueHex: signature.slice().buffer }),
  })
  const signed = new SignedData({
    version: 1,
    digestAlgorithms: [new AlgorithmIdentifier({ algorithmId: SHA256 })],
    encapContentInfo: new EncapsulatedContentInfo({ eContentType: OID.data }),
    certificates,
    signerInfos: [signerInfo],
  })
  return encodeSignedData(signed)
}

function encodeSignedData(signed: SignedData): Uint8Array {
  const info = new ContentInfo({ contentType: OID.signedData, content: signed.toSchema(true) })
  return new Uint8Array(info.toSchema().toBER())
}

/** Content type, digest and ESS signing-certificate-v2, in DER order. No signing-time: PAdES wants it in /M alone. */
function signedAttributes(digest: Uint8Array, certificate: Uint8Array): Attribute[] {
  const octets = (bytes: Uint8Array) => new OctetString({ valueHex: bytes.slice().buffer })
  // ESSCertIDv2 with the default hash SHA-256 left out, as DER demands.
  const certificateId = new Sequence({ value: [octets(sha256(certificate))] })
  const attributes = [
    new Attribute({ type: OID.contentType, values: [new ObjectIdentifier({ value: OID.data })] }),
    new Attribute({ type: OID.messageDigest, values: [octets(digest)] }),
    new Attribute({
      type: OID.signingCertificateV2,
      values: [new Sequence({ value: [new Sequence({ value: [certificateId] })] })],
    }),
  ]
  const derOf = (attribute: Attribute) => toHex(new Uint8Array(attribute.toSchema().toBER()))
  return attributes.sort((a, b) => (derOf(a) < derOf(b) ? -1 : 1))
}
