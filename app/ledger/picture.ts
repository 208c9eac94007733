/**
 * Pictures without what stands beside the picture: place, camera, author, edit history, a small or earlier copy of the same
 * scene. Every format keeps a short list of what shows the picture, and loses the rest. Pure; picture data are never touched.
 */
import { concatBytes, type DocumentMediaType, utf8 } from '#kernel'

function startsWith(bytes: Uint8Array, ...signature: number[]): boolean {
  return signature.every((byte, index) => bytes[index] === byte)
}

function asciiAt(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4))
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
function stripJpeg(bytes: Uint8Array): Uint8Array | null {
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

/** What a PNG needs to look as it looks: size, colours, transparency, picture data. Text, time, EXIF, profiles and animation go. */
const PNG_KEPT = new Set([
  'IHDR',
  'PLTE',
  'IDAT',
  'IEND',
  'tRNS',
  'gAMA',
  'cHRM',
  'sRGB',
  'sBIT',
  'bKGD',
  'pHYs',
])
const PNG_SIGNATURE = 8

/**
 * A PNG without text, time, EXIF, profiles and further pictures, and without what is appended after its end (what a careless
 * crop leaves there is the picture before it); null when it is not well formed or is cut short.
 */
function stripPng(bytes: Uint8Array): Uint8Array | null {
  const kept: Uint8Array[] = [bytes.subarray(0, PNG_SIGNATURE)]
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let pictures = 0
  for (let at = PNG_SIGNATURE; at + 12 <= bytes.length; ) {
    const end = at + 12 + view.getUint32(at)
    if (end > bytes.length) return null
    const name = asciiAt(bytes, at + 4)
    if ((at === PNG_SIGNATURE) !== (name === 'IHDR')) return null
    if (name === 'IDAT') pictures += 1
    if (PNG_KEPT.has(name)) kept.push(bytes.subarray(at, end))
    if (name === 'IEND') return pictures === 0 ? null : concatBytes(...kept)
    at = end
  }
  return null
}

const RIFF_HEADER = 12
/** Flags of the extended header: a profile, EXIF and XMP follow; more pictures follow. */
const WEBP_BESIDE = 0x20 | 0x08 | 0x04
const WEBP_ANIMATED = 0x02

/** The chunk as it is kept; null when it goes. The extended header no longer promises what went. */
function keptWebpChunk(name: string, chunk: Uint8Array): Uint8Array | null {
  if (name === 'VP8 ' || name === 'VP8L' || name === 'ALPH') return chunk
  if (name !== 'VP8X') return null
  const header = chunk.slice()
  header[8] = header[8]! & ~WEBP_BESIDE
  return header
}

function riffOf(chunks: readonly Uint8Array[]): Uint8Array {
  const body = concatBytes(utf8('WEBP'), ...chunks)
  const size = new Uint8Array(4)
  new DataView(size.buffer).setUint32(0, body.length, true)
  return concatBytes(utf8('RIFF'), size, body)
}

/** A WebP of one picture without EXIF, XMP, profile and what is appended; null when it is animated, not well formed or cut short. */
function stripWebp(bytes: Uint8Array): Uint8Array | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < RIFF_HEADER) return null
  const total = 8 + view.getUint32(4, true)
  if (total > bytes.length) return null
  const kept: Uint8Array[] = []
  let pictures = 0
  let at = RIFF_HEADER
  while (at + 8 <= total) {
    const length = view.getUint32(at + 4, true)
    const end = at + 8 + length + (length % 2)
    if (end > total) return null
    const name = asciiAt(bytes, at)
    const isExtended = name === 'VP8X'
    if (isExtended && (at !== RIFF_HEADER || length < 10 || (bytes[at + 8]! & WEBP_ANIMATED) !== 0))
      return null
    if (name === 'VP8 ' || name === 'VP8L') pictures += 1
    const chunk = keptWebpChunk(name, bytes.subarray(at, end))
    if (chunk !== null) kept.push(chunk)
    at = end
  }
  return at === total && pictures === 1 ? riffOf(kept) : null
}

/** The picture alone; null when the file is not a well-formed one of its kind. What it gives is given again unchanged. */
export function stripPicture(
  mediaType: Exclude<DocumentMediaType, 'application/pdf'>,
  bytes: Uint8Array,
): Uint8Array | null {
  if (mediaType === 'image/jpeg') return stripJpeg(bytes)
  return mediaType === 'image/png' ? stripPng(bytes) : stripWebp(bytes)
}
