/**
 * Looks into a PDF that is going to be public for what its pages do not show: earlier versions of itself, attached files,
 * scripts, its author's name. It removes nothing, because a PDF taken apart and put together by us would be another paper;
 * it names what is there, and the person prints a new one. Never says that a PDF is clean, only what was found.
 */
import { inflateSync } from 'node:zlib'

export type PdfCopyFinding = 'revision' | 'attachment' | 'script' | 'author' | 'encrypted' | 'unreadable'

/** What object streams may inflate to, all together. */
const INFLATED_BYTES_MAX = 64 * 1024 * 1024

const SIGNS: readonly (readonly [PdfCopyFinding, RegExp])[] = [
  ['encrypted', /\/Encrypt\b/],
  ['attachment', /\/(?:EmbeddedFiles?|FileAttachment|RichMedia|Collection)\b/],
  ['script', /\/(?:JavaScript|JS|Launch|SubmitForm|ImportData|XFA)\b/],
  // A name in the information dictionary, or in the XMP packet beside it.
  [
    'author',
    /\/(?:Author|Keywords|Company|Manager)\s*(?:\(\s*[^)\s]|<\s*[0-9A-Fa-f])|<dc:creator\b|<pdf:Keywords>[^<\s]|<xmpMM:History\b/,
  ],
]

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
}

/** Names may be written with their letters as numbers: `/J#53` is `/JS`. */
function plainNames(text: string): string {
  return text.replace(/#([0-9A-Fa-f]{2})/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  )
}

/** The inflated object streams: newer files keep their dictionaries in them. Null when one of them cannot be read. */
function objectStreams(text: string, bytes: Uint8Array): string[] | null {
  const streams: string[] = []
  let left = INFLATED_BYTES_MAX
  for (const match of text.matchAll(/\/ObjStm\b[\s\S]{0,400}?\bstream\r?\n/g)) {
    const start = match.index + match[0].length
    const end = text.indexOf('endstream', start)
    if (end < 0) return null
    try {
      const inflated = inflateSync(bytes.subarray(start, end), { maxOutputLength: left })
      left -= inflated.length
      streams.push(latin1(inflated))
    } catch {
      return null
    }
  }
  return streams
}

/** True when the file holds a version of itself that is older than what it shows: the picture before the redaction. */
function hasRevisions(text: string): boolean {
  const ends = text.match(/\bstartxref\b/g)?.length ?? 0
  // A file made for slow lines has two by its nature: one at its beginning, one at its end.
  return ends > (/\/Linearized\b/.test(text.slice(0, 2048)) ? 2 : 1)
}

/** True when the same bytes also open as a zip, or when something other than empty lines follows the end of the document. */
function isArchiveToo(text: string): boolean {
  const isZip = text.includes('PK\x03\x04') && text.includes('PK\x05\x06')
  const end = text.lastIndexOf('%%EOF')
  return isZip || (end >= 0 && text.slice(end + '%%EOF'.length).trim() !== '')
}

/** What a PDF carries beside its pages, each thing once; empty when nothing of the kind was found. */
export function findInPdfCopy(bytes: Uint8Array): readonly PdfCopyFinding[] {
  const text = latin1(bytes)
  const streams = objectStreams(text, bytes)
  const searched = plainNames([text, ...(streams ?? [])].join('\n'))
  const found = SIGNS.filter(([, sign]) => sign.test(searched)).map(([finding]) => finding)
  if (isArchiveToo(text) && !found.includes('attachment')) found.push('attachment')
  if (hasRevisions(text)) found.unshift('revision')
  // An encrypted file cannot be looked into, and says so itself.
  if (streams === null && !found.includes('encrypted')) found.push('unreadable')
  return found
}
