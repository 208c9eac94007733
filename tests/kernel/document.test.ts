/** Source documents by their first bytes, and JPEGs without what a camera wrote beside the picture. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { concatBytes, toHex, utf8 } from '#kernel'
import { sniffDocument, stripJpegMetadata } from '../../app/kernel/document.ts'

const bytes = (...values: number[]) => Uint8Array.from(values)
const segment = (marker: number, body: Uint8Array) =>
  concatBytes(bytes(0xff, marker, (body.length + 2) >> 8, (body.length + 2) & 255), body)

const SOI = bytes(0xff, 0xd8)
const EOI = bytes(0xff, 0xd9)
const JFIF = segment(0xe0, concatBytes(utf8('JFIF\0'), bytes(1, 1, 0, 0, 1, 0, 1, 0, 0)))
const JFXX = segment(0xe0, concatBytes(utf8('JFXX\0'), bytes(0x10), utf8('thumbnail')))
const JFIF_WITH_THUMBNAIL = segment(
  0xe0,
  concatBytes(utf8('JFIF\0'), bytes(1, 1, 0, 0, 1, 0, 1, 1, 1, 9, 9, 9)),
)
const EXIF = segment(0xe1, utf8('Exif\0\0GPS 30.6586 104.0648'))
const COMMENT = segment(0xfe, utf8('taken by Wang'))
const ADOBE = segment(0xee, utf8('Adobe'))
const DQT = segment(0xdb, bytes(...Array.from({ length: 65 }, (_, i) => i)))
const SOF = segment(0xc0, bytes(8, 0, 1, 0, 1, 1, 1, 0x11, 0))
const DHT = segment(0xc4, bytes(0, ...Array.from({ length: 17 }, () => 1)))
const SOS = segment(0xda, bytes(1, 1, 0, 0, 63, 0))
const SCAN = concatBytes(SOS, bytes(1, 2, 0xff, 0x00, 3, 0xff, 0xd0, 4, 0xff, 0xff, 0x00, 5))

describe('what a file is', () => {
  it.each([
    ['application/pdf', utf8('%PDF-1.7')],
    ['image/jpeg', concatBytes(SOI, JFIF)],
    ['image/png', bytes(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)],
    ['image/webp', concatBytes(utf8('RIFF'), bytes(1, 2, 3, 4), utf8('WEBPVP8 '))],
  ])('%s', (type, content) => {
    expect(sniffDocument(content)).toBe(type)
  })

  it.each([
    ['nothing', bytes()],
    ['HTML', utf8('<html>')],
    ['SVG', utf8('<svg xmlns=')],
    ['a program', utf8('MZ')],
    ['an archive', utf8('PK\u0003\u0004')],
    ['a sound', concatBytes(utf8('RIFF'), bytes(1, 2, 3, 4), utf8('WAVEfmt '))],
    ['half a signature', bytes(0x89, 0x50, 0x4e)],
    ['a PDF that begins later', utf8(' %PDF-1.7')],
    ['a GIF', utf8('GIF89a')],
  ])('not %s', (_, content) => {
    expect(sniffDocument(content)).toBeNull()
  })
})

describe('a JPEG', () => {
  const whole = concatBytes(SOI, JFIF, EXIF, DQT, COMMENT, SOF, ADOBE, DHT, SCAN, EOI)
  const bare = concatBytes(SOI, JFIF, DQT, SOF, ADOBE, DHT, SCAN, EOI)

  it('loses place, camera and comments, and not a byte of the picture', () => {
    expect(toHex(stripJpegMetadata(whole)!)).toBe(toHex(bare))
    expect(toHex(stripJpegMetadata(bare)!)).toBe(toHex(bare))
  })

  it('loses every application segment but the two that colours need', () => {
    for (let marker = 0xe1; marker <= 0xef; marker++) {
      const stripped = stripJpegMetadata(
        concatBytes(SOI, segment(marker, utf8('secret')), DQT, SOF, SCAN, EOI),
      )
      expect(toHex(stripped!).includes(toHex(utf8('secret')))).toBe(marker === 0xee)
    }
  })

  it('loses the small copies of the unredacted picture', () => {
    const expected = toHex(concatBytes(SOI, DQT, SOF, SCAN, EOI))
    for (const thumbnail of [JFXX, JFIF_WITH_THUMBNAIL])
      expect(toHex(stripJpegMetadata(concatBytes(SOI, thumbnail, DQT, SOF, SCAN, EOI))!)).toBe(expected)
  })

  it('loses what is appended after its end', () => {
    expect(
      toHex(stripJpegMetadata(concatBytes(bare, utf8('a film, or the picture unredacted'), whole))!),
    ).toBe(toHex(bare))
  })

  it('keeps all scans of a progressive picture, and drops metadata between them', () => {
    const progressive = (...between: Uint8Array[]) =>
      concatBytes(SOI, JFIF, DQT, SOF, DHT, SCAN, ...between, DHT, SCAN, SCAN, EOI)
    expect(toHex(stripJpegMetadata(progressive(EXIF, COMMENT))!)).toBe(toHex(progressive()))
  })

  it('is refused when it is cut short, at every byte', () => {
    for (let length = 0; length < whole.length; length++) {
      expect(stripJpegMetadata(whole.subarray(0, length)), `${length} bytes`).toBeNull()
    }
  })

  it.each([
    ['no picture', concatBytes(SOI, JFIF, EOI)],
    ['a segment that says it is longer than the file', concatBytes(SOI, bytes(0xff, 0xe1, 0xff, 0xff), EOI)],
    ['a segment too short to say its length', concatBytes(SOI, bytes(0xff, 0xdb, 0, 1), SCAN, EOI)],
    ['bytes between its segments', concatBytes(SOI, JFIF, bytes(0), DQT, SCAN, EOI)],
    ['another beginning', concatBytes(bytes(0x00, 0xd8), JFIF, SCAN, EOI)],
  ])('is refused with %s', (_, broken) => {
    expect(stripJpegMetadata(broken)).toBeNull()
  })

  it('never throws, and what it gives is given again unchanged', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 120 }), fc.nat(whole.length), (noise, at) => {
        const mangled = concatBytes(whole.subarray(0, at), noise, whole.subarray(at))
        for (const input of [noise, mangled, concatBytes(SOI, noise)]) {
          const stripped = stripJpegMetadata(input)
          if (stripped !== null) expect(toHex(stripJpegMetadata(stripped)!)).toBe(toHex(stripped))
        }
        expect(toHex(whole)).toHaveLength(whole.length * 2)
      }),
    )
  })
})
