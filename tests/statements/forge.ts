/** Tools of a forger: appended updates, patched bytes, CMS taken apart and signed again. */
import { sign } from 'node:crypto'
import { OctetString, Set as SetOf } from 'asn1js'
import { type Attribute, ContentInfo, SignedData } from 'pkijs'
import { concatBytes, toHex, utf8 } from '#kernel'
import type { KeyedCertificate } from '../../app/statements/create-sealing-keys.server.ts'
import {
  isDict,
  isName,
  isRef,
  isString,
  memberOf,
  objectAt,
  type PdfFile,
  type PdfObject,
  type PdfRef,
  pageIdsOf,
  readPdf,
} from '../../app/statements/pdf-file.ts'

export function read(pdf: Uint8Array): PdfFile {
  const file = readPdf(pdf)
  if (!file.ok) throw new Error(JSON.stringify(file.error))
  return file.value
}

/** Latin-1 text of a file or an object. */
export function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1')
}

export function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text, 'latin1'))
}

/** The source text of an object's newest form, from `N 0 obj` to `endobj`. */
export function sourceOf(file: PdfFile, id: number): string {
  const object = objectAt(file, id)!
  return textOf(file.bytes.subarray(object.from, object.to))
}

/** Appends a well-formed update with these objects (text from `N 0 obj` to `endobj`). */
export function appendUpdate(pdf: Uint8Array, objects: ReadonlyMap<number, string>): Uint8Array {
  const file = read(pdf)
  const last = file.revisions.at(-1)!
  let at = pdf.length
  const table: string[] = []
  const parts: string[] = []
  for (const [id, source] of [...objects].sort(([a], [b]) => a - b)) {
    table.push(`${id} 1\n${String(at).padStart(10, '0')} 00000 n \n`)
    parts.push(`${source}\n`)
    at += source.length + 1
  }
  const root = last.trailer.get('Root') as PdfRef
  const info = last.trailer.get('Info') as PdfRef
  const size = Math.max(last.trailer.get('Size') as number, ...[...objects.keys()].map(id => id + 1))
  const trailer = `<< /Size ${size} /Root ${root.id} 0 R /Info ${info.id} 0 R /Prev ${last.xrefAt} >>`
  parts.push(`xref\n${table.join('')}trailer\n${trailer}\nstartxref\n${at}\n%%EOF\n`)
  return concatBytes(pdf, bytesOf(parts.join('')))
}

/** A number that no object has. */
export function freeId(pdf: Uint8Array): number {
  return read(pdf).revisions.at(-1)!.trailer.get('Size') as number
}

export function catalogId(file: PdfFile): number {
  return (file.revisions.at(-1)!.trailer.get('Root') as PdfRef).id
}

export function firstPageId(file: PdfFile): number {
  return pageIdsOf(file)[0]!
}

/** The object of the page's content stream. */
export function contentId(file: PdfFile): number {
  const page = objectAt(file, firstPageId(file))!.value
  const contents = isDict(page) ? page.entries.get('Contents') : null
  if (!isRef(contents)) throw new Error('the page has a content stream')
  return contents.id
}

/** The object of an attachment's bytes. */
export function attachmentId(file: PdfFile, name: string): number {
  for (const { objects } of file.revisions) {
    for (const { value } of objects.values()) {
      if (!isDict(value) || !isName(value.entries.get('Type'), 'Filespec')) continue
      const title = value.entries.get('F')
      const stream = memberEntry(file, value, 'EF')
      if (isString(title) && textOf(title.bytes) === name && isRef(stream)) return stream.id
    }
  }
  throw new Error(`no attachment ${name}`)
}

function memberEntry(file: PdfFile, value: PdfObject['value'], name: string) {
  const holder = memberOf(file, value, name)
  return isDict(holder) ? holder.entries.get('F') : null
}

/** A stream object with this text. */
export function streamObject(id: number, text: string, entries = ''): string {
  return `${id} 0 obj\n<< ${entries} /Length ${text.length} >>\nstream\n${text}\nendstream\nendobj`
}

export function flip(pdf: Uint8Array, at: number): Uint8Array {
  const forged = pdf.slice()
  forged[at] = forged[at]! ^ 1
  return forged
}

/** Replaces text by text of the same length. */
export function patch(pdf: Uint8Array, from: string | RegExp, to: (found: string) => string): Uint8Array {
  const source = textOf(pdf)
  const found = typeof from === 'string' ? from : from.exec(source)?.[0]
  if (found === undefined || !source.includes(found)) throw new Error('nothing to patch')
  const replacement = to(found).padEnd(found.length)
  if (replacement.length !== found.length) throw new Error('a patch must not move bytes')
  return bytesOf(source.replace(found, () => replacement))
}

/** Place of the last /Contents hexadecimal string, without its brackets. */
export function holeOf(pdf: Uint8Array): { from: number; to: number } {
  const source = textOf(pdf)
  const from = source.lastIndexOf('/Contents <') + '/Contents <'.length
  return { from, to: source.indexOf('>', from) }
}

/** Puts the signature of one file into another. */
export function transplantCms(from: Uint8Array, into: Uint8Array): Uint8Array {
  const source = holeOf(from)
  const forged = into.slice()
  forged.set(from.subarray(source.from, source.to), holeOf(into).from)
  return forged
}

/** Takes the CMS apart, lets `change` alter its signed attributes, and signs them again with a key. */
export function resign(
  pdf: Uint8Array,
  signer: KeyedCertificate,
  change: (attributes: Attribute[]) => Attribute[],
): Uint8Array {
  const place = holeOf(pdf)
  const hex = textOf(pdf.subarray(place.from, place.to))
  const signed = new SignedData({ schema: ContentInfo.fromBER(Buffer.from(hex, 'hex')).content })
  const info = signed.signerInfos[0]!
  const attributes = change(info.signedAttrs!.attributes)
  info.signedAttrs!.attributes = attributes
  const toBeSigned = new SetOf({ value: attributes.map(attribute => attribute.toSchema()) }).toBER()
  const signature = sign('sha256', Buffer.from(toBeSigned), signer.privateKey)
  info.signature = new OctetString({ valueHex: Uint8Array.from(signature).buffer })
  const content = new ContentInfo({ contentType: '1.2.840.113549.1.7.2', content: signed.toSchema(true) })
  const forged = pdf.slice()
  forged.set(utf8(toHex(new Uint8Array(content.toSchema().toBER())).padEnd(hex.length, '0')), place.from)
  return forged
}
