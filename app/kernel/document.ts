/**
 * Tells what a document is by its first bytes, never by its name or by what the browser claims; and takes from a picture what its
 * camera wrote into it.
 */
import { concatBytes } from './digest.ts'

export type DocumentMediaType = 'application/pdf' | 'image/jpeg' | 'image/png' | 'image/webp'

/** Largest source document: a photographed invoice fits many times. */
export const DOCUMENT_LIMIT_BYTES = 20 * 1024 * 1024

function startsWith(bytes: Uint8Array, ...signature: number[]): boolean {
  return signature.every((byte, index) => bytes[index] === byte)
}

/** The media type of a source document; null for anything but PDF, JPEG, PNG and WebP. */
export function sniffDocument(bytes: Uint8Array): DocumentMediaType | null {
  if (startsWith(bytes, 0x25, 0x50, 0x44, 0x46, 0x2d)) return 'application/pdf'
  if (startsWith(bytes, 0xff, 0xd8, 0xff)) return 'image/jpeg'
  if (startsWith(bytes, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png'
  const riff = startsWith(bytes, 0x52, 0x49, 0x46, 0x46)
  if (riff && startsWith(bytes.subarray(8), 0x57, 0x45, 0x42, 0x50)) return 'image/webp'
  return null
}

/** Longest name of a file that is kept. */
const FILE_NAME_MAX = 120

/**
 * A file's name as it may be kept and shown: without folders, without characters that nobody sees or that turn the order of
 * reading around (`gpj.exe`), at a readable length. A name is never a path: files are stored by their digest.
 */
export function plainFileName(name: string): string {
  const plain = name.replace(/^.*[/\\]/s, '').replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '')
  return [...plain].slice(0, FILE_NAME_MAX).join('')
}

/** Where the coded picture data that begin at `at` end: at the next marker that is neither stuffed nor a restart; null when none comes. */
function endOfScan(bytes: Uint8Array, at: number): number | null {
  for (let index = at; index + 1 < bytes.length; index++) {
    if (bytes[index] !== 0xff) continue
    const next = bytes[index + 1]!
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return index
  }
  return null
}

/** Neither EXIF, nor XMP, nor a comment, nor an APP0 that carries a small copy of the picture: what shows the picture itself. */
function isPicture(marker: number, segment: Uint8Array): boolean {
  if (marker === 0xe0)
    return startsWith(segment.subarray(4), 0x4a, 0x46, 0x49, 0x46, 0) && segment.length === 18
  return marker === 0xee || (marker !== 0xfe && (marker < 0xe1 || marker > 0xef))
}

/**
 * A JPEG without its application segments and comments (EXIF with place and camera, thumbnails of the unredacted picture) and
 * without what is appended after its end (a second picture, a film), picture data untouched; null when the file is not a
 * well-formed JPEG or is cut short. Plain JFIF (APP0) and Adobe colour (APP14) stay, the orientation of a phone's picture is
 * lost with EXIF.
 */
export function stripJpegMetadata(bytes: Uint8Array): Uint8Array | null {
  if (!startsWith(bytes, 0xff, 0xd8)) return null
  const kept: Uint8Array[] = [bytes.subarray(0, 2)]
  let scans = 0
  let at = 2
  while (at + 2 <= bytes.length) {
    if (bytes[at] !== 0xff) return null
    const marker = bytes[at + 1]!
    if (marker === 0xd9) return scans === 0 ? null : concatBytes(...kept, bytes.subarray(at, at + 2))
    if (at + 4 > bytes.length) return null
    const length = bytes[at + 2]! * 256 + bytes[at + 3]!
    if (length < 2 || at + 2 + length > bytes.length) return null
    const segmentEnd = at + 2 + length
    const end = marker === 0xda ? endOfScan(bytes, segmentEnd) : segmentEnd
    if (end === null) return null
    if (marker === 0xda) scans += 1
    if (isPicture(marker, bytes.subarray(at, segmentEnd))) kept.push(bytes.subarray(at, end))
    at = end
  }
  return null
}
